import Dispatch
import LogFiles
import Matching
import Quantities
import Records
import Synchronization

/// Which way a search goes.
public enum SearchDirection: Sendable {
  /// Towards later ranks.
  case forward
  /// Towards earlier ranks.
  case backward
}

extension Timeline {
  /// The rank of the nearest record shown after (or before) `rank` whose text matches; nil if there is none, or if cancelled.
  ///
  /// Reads from `rank` outwards, all files side by side in order of time, and stops as soon as no nearer match is possible.
  /// `rank` may be -1, or `count` backwards, to look at all. `progress` gets how much of what lies that way was read, 0 to 1, many
  /// times a second.
  public func search(
    _ pattern: Pattern, from rank: Int, direction: SearchDirection = .forward, cancellation: Cancellation? = nil,
    progress: ((Double) -> Void)? = nil
  ) -> Int? {
    nearest(from: rank, direction, cancellation, progress) { scan, words in
      let (known, value) = scan.matches(of: pattern, in: words)
      return value.intersection(known).intersection(words)
    }
  }

  /// The rank of the nearest record shown after (or before) `rank` whose level is `level` or worse.
  public func nearest(
    atLeast level: Level, from rank: Int, direction: SearchDirection = .forward, cancellation: Cancellation? = nil
  ) -> Int? {
    nearest(from: rank, direction, cancellation) { scan, words in
      words.indices.map { words[$0] & scan.index.groups[$0].atLeast(level) }
    }
  }

  /// The rank of the nearest record shown after (or before) `rank` that passes `result`: a search once all is evaluated.
  public func nearest(
    in result: FilterResult, from rank: Int, direction: SearchDirection = .forward, cancellation: Cancellation? = nil
  ) -> Int? {
    let numbers = Dictionary(
      result.snapshot.generations.enumerated().map { ($1.generation, $0) }, uniquingKeysWith: { first, _ in first })
    return nearest(from: rank, direction, cancellation) { scan, words in
      let segment = scan.generation.firstNumber + scan.number
      guard let number = numbers[scan.generation.id], segment < result.generations[number].segments.count,
        let bits = result.generations[number].segments[segment]
      else { return .zeros(words.count) }
      return words.indices.map { $0 < bits.words.count ? words[$0] & bits.words[$0] : 0 }
    }
  }

  /// `matches` tells which of the records in `words` of a segment are looked for.
  private func nearest(
    from rank: Int, _ direction: SearchDirection, _ cancellation: Cancellation?, _ progress: ((Double) -> Void)? = nil,
    _ matches: @escaping @Sendable (SegmentScan, Words) -> Words
  ) -> Int? {
    let cut = direction == .forward ? max(rank + 1, 0) : min(max(rank, 0), count)
    var search = NearestSearch(
      runs, places: RankSelection.places(runs, rank: cut).map(\.place), direction: direction, cancellation: cancellation
    )
    guard let hit = search.run(matches, progress) else { return nil }
    return self.rank(of: hit.place, inRun: hit.run)
  }
}

/// Looks for the record nearest to a cut through all runs, piece by piece in order of time.
private struct NearestSearch {
  /// What is still unseen of a run begins (or ends) at `place`; no record there is nearer than `bound`.
  private struct Front {
    var run: Int
    var place: Place
    var bound: Int64
  }

  /// Some groups of a segment whose records are to be looked at; none of them is nearer than `bound`.
  private struct Piece {
    var run: Int
    var segment: Int
    var words: Words
    /// In a file with an order of its own, the records by their numbers in it, in place of words.
    var numbers: Range<Int>?
    var bound: Int64
  }

  struct Hit {
    var run: Int
    var place: Place
    var key: Int64
  }

  private let runs: [Run]
  private let isForward: Bool
  private let cancellation: Cancellation?
  private var fronts: [Front] = []
  private var best: Hit?
  /// The runs that have had a hit.
  private var hitRuns: Set<Int> = []
  /// Groups looked at in one go.
  private static let step = 128
  /// Pieces looked at side by side.
  private static let widest = 64

  init(_ runs: [Run], places: [Place], direction: SearchDirection, cancellation: Cancellation?) {
    self.runs = runs
    isForward = direction == .forward
    self.cancellation = cancellation
    for (number, place) in places.enumerated() {
      fronts.append(Front(run: number, place: place, bound: 0))
      rebound(number)
    }
    fronts = fronts.filter { !isExhausted($0) }
  }

  /// Looks at the pieces in order of time, and where none of them has a match at more and more of them at once: the first
  /// ones are mostly enough, and one thread does them sooner than several.
  mutating func run(_ matches: @Sendable (SegmentScan, Words) -> Words, _ progress: ((Double) -> Void)?) -> Hit? {
    let all = progress == nil ? 0 : groupsLeft
    var width = 1
    while !fronts.isEmpty, cancellation?.isCancelled != true {
      if let best, let nearest = fronts.indices.min(by: { isNearer(fronts[$0], fronts[$1]) }),
        isBehind(fronts[nearest].bound, best)
      {
        return best
      }
      let pieces = takePieces(atMost: width)
      for (piece, place) in zip(pieces, places(in: pieces, matches)) {
        if let best, isBehind(piece.bound, best) { break }
        guard let place, hitRuns.insert(piece.run).inserted else { continue }
        offer(place, ofRun: piece.run)
        // What else its run has is farther away.
        fronts.removeAll { $0.run == piece.run }
      }
      width = min(width * 2, Self.widest)
      if let progress { progress(1 - Double(groupsLeft) / Double(max(1, all))) }
    }
    return cancellation?.isCancelled == true ? nil : best
  }

  /// Whether everything from `bound` on is farther away than `hit`.
  private func isBehind(_ bound: Int64, _ hit: Hit) -> Bool { isForward ? bound > hit.key : bound < hit.key }

  /// Groups of 64 lines (in a file with an order of its own of 64 records) that were not looked at. O(segments).
  private var groupsLeft: Int {
    fronts.reduce(0) { sum, front in
      let run = runs[front.run]
      if let own = run.own {
        return sum + (isForward ? own.recordCount - front.place.line : front.place.line) / 64
      }
      let segments = run.generation.segments
      let here = front.place.segment
      let whole = isForward ? segments.dropFirst(here) : segments.prefix(here)
      return sum + whole.reduce(isForward ? -front.place.group : front.place.group) { $0 + $1.index.groups.count }
    }
  }

  /// The next pieces, nearest first; moves the fronts behind them.
  private mutating func takePieces(atMost count: Int) -> [Piece] {
    var pieces: [Piece] = []
    while pieces.count < count, let nearest = fronts.indices.min(by: { isNearer(fronts[$0], fronts[$1]) }) {
      if cancellation?.isCancelled == true { return pieces }
      if let piece = isForward ? takeForward(nearest) : takeBackward(nearest) { pieces.append(piece) }
      if isExhausted(fronts[nearest]) { fronts.remove(at: nearest) } else { rebound(nearest) }
    }
    return pieces
  }

  /// The nearest match in each piece.
  private func places(in pieces: [Piece], _ matches: @Sendable (SegmentScan, Words) -> Words) -> [Place?] {
    guard pieces.count > 1 else { return pieces.map { place(in: $0, matches) } }
    let places = Mutex([Place?](repeating: nil, count: pieces.count))
    DispatchQueue.concurrentPerform(iterations: pieces.count) { number in
      guard let found = place(in: pieces[number], matches) else { return }
      places.withLock { $0[number] = found }
    }
    return places.withLock { $0 }
  }

  private func place(in piece: Piece, _ matches: (SegmentScan, Words) -> Words) -> Place? {
    let run = runs[piece.run]
    if let own = run.own, let numbers = piece.numbers {
      let hits = self.hits(numbers, own, run, matches)
      return (isForward ? hits.first : hits.last).map { Place(segment: 0, line: $0) }
    }
    let scan = SegmentScan(run.generation, segment: piece.segment, cancellation: cancellation)
    let found = matches(scan, piece.words)
    if isForward {
      guard let group = found.firstIndex(where: { $0 != 0 }) else { return nil }
      return Place(segment: piece.segment, line: group * 64 + found[group].trailingZeroBitCount)
    }
    guard let group = found.lastIndex(where: { $0 != 0 }) else { return nil }
    return Place(segment: piece.segment, line: group * 64 + 63 - found[group].leadingZeroBitCount)
  }

  private func isNearer(_ left: Front, _ right: Front) -> Bool {
    isForward ? (left.bound, left.run) < (right.bound, right.run) : (left.bound, left.run) > (right.bound, right.run)
  }

  private func isExhausted(_ front: Front) -> Bool {
    isForward ? front.place >= runs[front.run].end : front.place <= .start
  }

  private mutating func rebound(_ number: Int) {
    let run = runs[fronts[number].run]
    fronts[number].bound =
      isForward ? run.lowerBound(at: fronts[number].place) : run.upperBound(before: fronts[number].place)
  }

  private mutating func offer(_ place: Place, ofRun number: Int) {
    var stamps = Stamps(runs[number])
    let hit = Hit(run: number, place: place, key: stamps.key(at: place))
    guard let best else {
      self.best = hit
      return
    }
    let isNearer = isForward ? (hit.key, hit.run) < (best.key, best.run) : (hit.key, hit.run) > (best.key, best.run)
    if isNearer { self.best = hit }
  }

  /// The next few groups; moves the front behind them.
  private mutating func takeForward(_ number: Int) -> Piece? {
    let front = fronts[number]
    let run = runs[front.run]
    if let own = run.own {
      let numbers = front.place.line..<min(front.place.line + Self.step * 64, own.recordCount)
      fronts[number].place = Place(segment: 0, line: numbers.upperBound)
      return Piece(run: front.run, segment: 0, words: [], numbers: numbers, bound: front.bound)
    }
    let segment = front.place.segment
    let groups = run.generation.segments[segment].index.groups.count
    let end = min(front.place.group + Self.step, groups)
    fronts[number].place = end < groups ? Place(segment: segment, line: end * 64) : Place(segment: segment + 1, line: 0)
    guard front.place.group < end else { return nil }
    var words = run.words(ofSegment: segment, groups: front.place.group..<end)
    words[front.place.group] &= ~0 &<< front.place.bit
    return words.hasBits ? Piece(run: front.run, segment: segment, words: words, numbers: nil, bound: front.bound) : nil
  }

  /// The few groups before; moves the front to their beginning.
  private mutating func takeBackward(_ number: Int) -> Piece? {
    let front = fronts[number]
    let run = runs[front.run]
    if run.own != nil {
      let numbers = max(0, front.place.line - Self.step * 64)..<front.place.line
      fronts[number].place = Place(segment: 0, line: numbers.lowerBound)
      return Piece(run: front.run, segment: 0, words: [], numbers: numbers, bound: front.bound)
    }
    var (segment, line) = (front.place.segment, front.place.line)
    while line == 0, segment > 0 {
      segment -= 1
      line = run.generation.segments[segment].index.lineCount
    }
    let end = (line + 63) / 64
    let start = max(0, end - Self.step)
    fronts[number].place = Place(segment: segment, line: start * 64)
    guard start < end else { return nil }
    var words = run.words(ofSegment: segment, groups: start..<end)
    if line & 63 != 0 { words[end - 1] &= (1 &<< UInt64(line & 63)) - 1 }
    return words.hasBits ? Piece(run: front.run, segment: segment, words: words, numbers: nil, bound: front.bound) : nil
  }

  /// Which of these records of an own order are looked for: they are asked for segment by segment of the file.
  private func hits(
    _ numbers: Range<Int>, _ own: OwnView, _ run: Run, _ matches: (SegmentScan, Words) -> Words
  ) -> [Int] {
    let places = numbers.map { own.word($0 >> 6) &>> UInt64($0 & 63) & 1 == 1 ? own.place($0) : run.generation.end }
    var hits: [Int: Words] = [:]
    for place in places where place < run.generation.end {
      let count = run.generation.segments[place.segment].index.groups.count
      hits[place.segment, default: .zeros(count)][place.group] |= 1 &<< place.bit
    }
    for (segment, words) in hits { hits[segment] = found(words, run, segment, matches) }
    return zip(numbers, places).filter { _, place in
      hits[place.segment].map { $0[place.group] &>> place.bit & 1 == 1 } ?? false
    }.map(\.0)
  }

  private func found(
    _ words: Words, _ run: Run, _ segment: Int, _ matches: (SegmentScan, Words) -> Words
  ) -> Words {
    guard words.hasBits else { return words }
    return matches(SegmentScan(run.generation, segment: segment, cancellation: cancellation), words)
  }
}

extension Run {
  /// The visible records of some groups of a segment, with zeros for all other groups.
  fileprivate func words(ofSegment segment: Int, groups: Range<Int>) -> Words {
    var words = Words.zeros(generation.segments[segment].index.groups.count)
    for group in groups { words[group] = fileWord(segment: segment, group: group) }
    return words
  }

  /// An upper bound of the keys of all records before `place`, from the index alone.
  fileprivate func upperBound(before place: Place) -> Int64 {
    let segments = generation.segments
    if let own { return place.segment > 0 ? lastKey : own.upperBound(before: place.line) }
    guard !isTimeless, place.segment < segments.count else { return lastKey }
    let index = segments[place.segment].index
    let carried = max(leadingKey, generation.carriedKey(place.segment))
    let next = (place.line + 63) / 64
    if place.line == 0 { return carried }
    if next < index.groups.count {
      guard let stamp = index.stamp(ofGroup: next) else { return carried }
      return max(carried, (stamp + TimeSpan(nanoseconds: index.tick - 1)).nanoseconds)
    }
    return place.segment + 1 < segments.count ? max(leadingKey, generation.carriedKey(place.segment + 1)) : lastKey
  }
}

extension Group {
  /// The record starts whose level is known and `level` or worse.
  fileprivate func atLeast(_ level: Level) -> UInt64 {
    var result: UInt64 = 0
    for raw in level.rawValue...Level.fatal.rawValue {
      result |=
        (raw & 1 != 0 ? plane0 : ~plane0) & (raw & 2 != 0 ? plane1 : ~plane1) & (raw & 4 != 0 ? plane2 : ~plane2)
    }
    return result & ~plane3
  }
}
