import Quantities
import Records

/// Finds where rank k of the merged order lies in every run, without merging.
///
///     run 0  ....|......x.....|.......      low | where all keys are below the wanted one
///     run 1  .......|.x...|...........      high| where all keys are above it
///     run 2  ..|..........x.......|...      x     the cut that is looked for: k records lie left of all x
///
/// The wanted key is found by bisection over time. Each step asks every run how many records lie up to the middle: first
/// from the segments' running maxima, then from the groups' stamps, and only when these bounds do not decide, by reading the
/// stamps of the group or two where the middle falls. Runs whose bracket is empty drop out, so that thousands of files
/// cost little more than those that overlap the instant. Equal keys go by run, that is by (file, generation).
struct RankSelection {
  private struct Bracket {
    var stamps: Stamps
    var low: Place
    var high: Place
    var lowCount: Int
    var highCount: Int
    /// What the present step has found: the cut lies between `from` and `to`.
    var from: Place
    var to: Place
    var fromCount: Int
    var toCount: Int
  }

  private enum Precision { case segments, groups, records }

  private let rank: Int
  private var brackets: [Bracket]
  private var active: [Int]
  /// Records before the cut in runs that dropped out.
  private var settledCount = 0
  private var precision = Precision.segments

  private init(_ runs: [Run], rank: Int) {
    self.rank = rank
    brackets = runs.map { run in
      let end = run.generation.end
      return Bracket(
        stamps: Stamps(run), low: .start, high: end, lowCount: 0, highCount: run.count, from: .start, to: end,
        fromCount: 0, toCount: run.count)
    }
    active = runs.indices.filter { runs[$0].count > 0 }
  }

  /// For each run the place before which lie its records among the first `rank` of all.
  static func places(_ runs: [Run], rank: Int) -> [Place] {
    let total = runs.reduce(0) { $0 + $1.count }
    if rank <= 0 { return runs.map { _ in .start } }
    if rank >= total { return runs.map(\.generation.end) }
    var selection = RankSelection(runs, rank: rank)
    return selection.run(runs)
  }

  private mutating func run(_ runs: [Run]) -> [Place] {
    let filled = runs.filter { $0.count > 0 }
    var low = filled.map(\.leadingKey).min() ?? 0
    // The block of files without stamps must not stretch the bisection to the end of time.
    let timed = filled.filter { $0.lastKey != Key.timeless }
    let isTimed = rank < timed.reduce(0) { $0 + $1.count }
    var high = isTimed ? timed.map(\.lastKey).max() ?? 0 : Key.timeless
    if !isTimed { low = Key.timeless }
    while low < high {
      let middle = low &+ Int64(bitPattern: UInt64(bitPattern: high &- low) / 2)
      if reaches(middle) { high = middle } else { low = middle + 1 }
    }
    return cut(at: low)
  }

  /// Whether more than `rank` records have keys up to `key`; narrows the brackets accordingly.
  private mutating func reaches(_ key: Int64) -> Bool {
    while true {
      var (least, most) = (settledCount, settledCount)
      for number in active {
        measure(number, key)
        least &+= brackets[number].fromCount
        most &+= brackets[number].toCount
      }
      if least > rank {
        settle {
          $0.high = $0.to; $0.highCount = $0.toCount
        }
        return true
      }
      if most <= rank {
        settle {
          $0.low = $0.from; $0.lowCount = $0.fromCount
        }
        return false
      }
      switch precision {
      case .segments: precision = .groups
      case .groups, .records: return reachesExactly(key)
      }
    }
  }

  private mutating func reachesExactly(_ key: Int64) -> Bool {
    var total = settledCount
    for number in active {
      narrow(number, key)
      total &+= brackets[number].fromCount
    }
    let reaches = total > rank
    settle {
      if reaches {
        ($0.high, $0.highCount) = ($0.from, $0.fromCount)
      } else {
        ($0.low, $0.lowCount) = ($0.from, $0.fromCount)
      }
    }
    return reaches
  }

  private mutating func measure(_ number: Int, _ key: Int64) {
    let bracket = brackets[number]
    let run = bracket.stamps.run
    switch precision {
    case .segments:
      (brackets[number].from, brackets[number].to) = bracket.stamps.segmentBounds(
        after: key, from: bracket.low, to: bracket.high)
    case .groups, .records:
      (brackets[number].from, brackets[number].to) = bracket.stamps.bounds(
        after: key, from: bracket.low, to: bracket.high)
    }
    brackets[number].fromCount = count(run, bracket, to: brackets[number].from)
    brackets[number].toCount = count(run, bracket, to: brackets[number].to)
  }

  /// Visible records before `place`, counted from whichever end of the bracket needs fewer steps.
  private func count(_ run: Run, _ bracket: Bracket, to place: Place) -> Int {
    if place == bracket.low { return bracket.lowCount }
    if place == bracket.high { return bracket.highCount }
    if place.line == 0 { return run.count(before: place) }
    if place.segment == bracket.low.segment { return bracket.lowCount &+ run.count(from: bracket.low, to: place) }
    return run.count(before: place)
  }

  private mutating func narrow(_ number: Int, _ key: Int64) {
    let bracket = brackets[number]
    guard bracket.from < bracket.to else { return }
    let place = brackets[number].stamps.boundary(after: key, from: bracket.from, to: bracket.to)
    let count = bracket.fromCount &+ bracket.stamps.run.count(from: bracket.from, to: place)
    brackets[number].from = place
    brackets[number].fromCount = count
  }

  private mutating func settle(_ adopt: (inout Bracket) -> Void) {
    for number in active { adopt(&brackets[number]) }
    active.removeAll { number in
      let bracket = brackets[number]
      guard bracket.lowCount == bracket.highCount else { return false }
      settledCount &+= bracket.lowCount
      return true
    }
  }

  /// The cut before rank `rank`, whose record has the key `key`: equal keys are taken run by run.
  private mutating func cut(at key: Int64) -> [Place] {
    for number in active {
      let bracket = brackets[number]
      let run = bracket.stamps.run
      let low =
        key == .min
        ? bracket.low : brackets[number].stamps.boundary(after: key - 1, from: bracket.low, to: bracket.high)
      brackets[number].lowCount += run.count(from: bracket.low, to: low)
      brackets[number].low = low
    }
    var left = rank - settledCount - active.reduce(0) { $0 + brackets[$1].lowCount }
    for number in active where left > 0 {
      let bracket = brackets[number]
      let run = bracket.stamps.run
      let high = brackets[number].stamps.boundary(after: key, from: bracket.low, to: bracket.high)
      let taken = min(left, run.count(from: bracket.low, to: high))
      brackets[number].low = run.place(ofVisible: bracket.lowCount + taken)
      left -= taken
    }
    return brackets.map(\.low)
  }
}
