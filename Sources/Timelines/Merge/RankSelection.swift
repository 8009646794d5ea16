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
  /// Where the cut goes through one run.
  struct Cut {
    var place: Place
    /// The stamps read to find it.
    var stamps: Stamps
    /// A lower bound of the keys of all visible records from `place` on.
    var bound = Key.none
  }

  fileprivate enum Precision { case segments, groups }

  private let rank: Int
  private var brackets: [Bracket]
  private var active: [Int]
  /// Records before the cut in runs that dropped out.
  private var settledCount = 0
  private var precision = Precision.segments

  private init(_ runs: [Run], rank: Int) {
    self.rank = rank
    brackets = runs.map(Bracket.init)
    active = runs.indices.filter { runs[$0].count > 0 }
  }

  /// For each run the place before which lie its records among the first `rank` of all.
  static func places(_ runs: [Run], rank: Int) -> [Cut] {
    let total = runs.reduce(0) { $0 + $1.count }
    if rank <= 0 { return runs.map { Cut(place: .start, stamps: Stamps($0)) } }
    if rank >= total { return runs.map { Cut(place: $0.end, stamps: Stamps($0)) } }
    var selection = RankSelection(runs, rank: rank)
    return selection.run(runs)
  }

  private mutating func run(_ runs: [Run]) -> [Cut] {
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
        brackets[number].measure(key, precision)
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
      case .groups: return reachesExactly(key)
      }
    }
  }

  private mutating func reachesExactly(_ key: Int64) -> Bool {
    forEachActive { $0.narrow(key) }
    let reaches = active.reduce(settledCount) { $0 + brackets[$1].fromCount } > rank
    settle {
      if reaches {
        ($0.high, $0.highCount) = ($0.from, $0.fromCount)
      } else {
        ($0.low, $0.lowCount) = ($0.from, $0.fromCount)
      }
    }
    return reaches
  }

  /// Reading stamps of thousands of files is worth several threads.
  private mutating func forEachActive(_ body: @Sendable (inout Bracket) -> Void) {
    let numbers = active
    brackets.withUnsafeMutableBufferPointer { brackets in
      // SAFETY: every number occurs once in `numbers`, so no two threads touch the same element, and the closure ends
      // before the buffer does.
      nonisolated(unsafe) let elements = brackets
      Parallel.forEach(numbers.count) { body(&elements[numbers[$0]]) }
    }
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
  private mutating func cut(at key: Int64) -> [Cut] {
    if key > .min { forEachActive { $0.raise(to: key - 1) } }
    var left = rank - settledCount - active.reduce(0) { $0 + brackets[$1].lowCount }
    // What is left of a run from which all equal keys are taken lies above them, as in those that have dropped out.
    let above = key == .max ? key : key + 1
    var bounds = [Int64](repeating: above, count: brackets.count)
    for number in active {
      bounds[number] = key
      guard left > 0 else { continue }
      let (low, high) = (brackets[number].low, brackets[number].high)
      let run = brackets[number].stamps.run
      let end = brackets[number].stamps.boundary(after: key, from: low, to: high)
      let equal = run.count(from: low, to: end)
      let taken = min(left, equal)
      brackets[number].low = run.place(ofVisible: brackets[number].lowCount + taken)
      if taken == equal { bounds[number] = above }
      left -= taken
    }
    return zip(brackets, bounds).map { Cut(place: $0.low, stamps: $0.stamps, bound: $1) }
  }
}

/// Where the cut through one run may lie: all records before `low` belong left of it, all from `high` on right.
private struct Bracket {
  var stamps: Stamps
  var low = Place.start
  var high: Place
  var lowCount = 0
  var highCount: Int
  /// What the present step has found: the records up to its key end between `from` and `to`.
  var from = Place.start
  var to: Place
  var fromCount = 0
  var toCount: Int

  init(_ run: Run) {
    stamps = Stamps(run)
    high = run.end
    to = high
    highCount = run.count
    toCount = highCount
  }

  /// Finds from the index alone how many records have keys up to `key`, as closely as `precision` says.
  mutating func measure(_ key: Int64, _ precision: RankSelection.Precision) {
    switch precision {
    case .segments: (from, to) = stamps.segmentBounds(after: key, from: low, to: high)
    case .groups: (from, to) = stamps.bounds(after: key, from: low, to: high)
    }
    fromCount = count(to: from)
    toCount = to == from ? fromCount : count(to: to)
  }

  /// Finds it exactly, by reading stamps.
  mutating func narrow(_ key: Int64) {
    guard from < to else { return }
    let place = stamps.boundary(after: key, from: from, to: to)
    fromCount &+= stamps.run.count(from: from, to: place)
    from = place
  }

  /// Moves the lower end behind all records with keys up to `key`.
  mutating func raise(to key: Int64) {
    let place = stamps.boundary(after: key, from: low, to: high)
    lowCount &+= stamps.run.count(from: low, to: place)
    low = place
  }

  /// Visible records before `place`, counted from the bracket's beginning where that is near.
  private func count(to place: Place) -> Int {
    if place == low { return lowCount }
    if place == high { return highCount }
    if place.segment == low.segment { return lowCount &+ stamps.run.count(from: low, to: place) }
    return stamps.run.count(before: place)
  }
}
