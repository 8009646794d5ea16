import LogFiles
import Quantities
import Records

/// Many files as one view in order of time, as they stood at one moment; perhaps filtered, perhaps with files hidden.
///
/// The order is that of a stable sort by (key, file, generation, record), where a record's key is the running maximum of
/// its generation's stamps, or its own stamp where those are in disorder (see `Run`); no such order is ever built. A rank is looked up by selection among the
/// files (`RankSelection`, some 10 us), and rows from there on come from a heap of cursors.
///
///     let timeline = Timeline(files.snapshot())
///     let last = timeline.records(from: timeline.count - 50, count: 50)
///     let rank = timeline.rank(atOrAfter: noon)
///
/// An immutable value that may be used from any thread; ranks have no meaning in another timeline, positions do.
public struct Timeline: Sendable {
  /// What the view shows; of a filtered view the snapshot that the filter was evaluated over.
  public let snapshot: LogSnapshot
  /// The filter whose records are shown; nil for all.
  public let filter: FilterResult?
  /// The files that are not shown.
  public let hidden: Set<FileID>
  /// The number of records shown. All ranks are below it.
  public let count: Int
  /// The number of records that would be shown without a filter, in the newest snapshot.
  public let totalCount: Int
  let runs: [Run]

  /// Makes a view of what is indexed so far. O(generations).
  public init(_ snapshot: LogSnapshot, filter: FilterResult? = nil, hidden: Set<FileID> = []) {
    self.snapshot = filter?.snapshot ?? snapshot
    self.filter = filter
    self.hidden = hidden
    let surviving = Set(snapshot.generations.map(\.generation))
    var shown: [(Generation, GenerationBits?)] = []
    for (number, generation) in self.snapshot.generations.enumerated()
    where !hidden.contains(generation.file) && (filter == nil || surviving.contains(generation.generation)) {
      shown.append((Generation(generation), filter?.generations[number]))
    }
    shown.sort { ($0.0.file, $0.0.id) < ($1.0.file, $1.0.id) }
    let keys = Self.leadingKeys(shown.map(\.0))
    runs = zip(shown, keys).flatMap { Self.runs($0.0, bits: $0.1, leadingKey: $1) }
    count = runs.reduce(0) { $0 + $1.count }
    totalCount = snapshot.generations.reduce(0) { $0 + (hidden.contains($1.file) ? 0 : $1.recordCount) }
  }

  /// The sorted stretches of a generation, and what is not sorted.
  private static func runs(_ generation: Generation, bits: GenerationBits?, leadingKey: Int64) -> [Run] {
    let orders = generation.snapshot.ownOrders
    guard let last = orders.last else { return [Run(generation, bits: bits, leadingKey: leadingKey)] }
    var sorted = orders.map { Run($0, of: generation, bits: bits) }
    // Equal keys go by run.
    if last.isNewestFirst { sorted.reverse() }
    let first = generation.segments.partitioningIndex { $0.firstLine >= last.lines.upperBound }
    if first == generation.segments.count { return sorted }
    let rest = Generation(generation.snapshot, from: first)
    let restBits = bits.map { GenerationBits(segments: Array($0.segments[min(first, $0.segments.count)...])) }
    return sorted + [Run(rest, bits: restBits, leadingKey: rest.firstStamp ?? last.lastKey)]
  }

  /// The keys at which the generations begin (see `Run`).
  private static func leadingKeys(_ generations: [Generation]) -> [Int64] {
    generations.indices.map { number in
      let generation = generations[number]
      if let stamp = generation.firstStamp { return stamp }
      let earlier = generations[..<number].reversed().prefix { $0.file == generation.file }
      if let stamp = earlier.lazy.compactMap(\.lastStamp).first { return stamp }
      let later = generations[number...].prefix { $0.file == generation.file }
      if let stamp = later.lazy.compactMap(\.firstStamp).first { return stamp }
      return Key.timeless
    }
  }

  // MARK: Records

  /// The record at `rank`; nil outside `0..<count`.
  public func record(at rank: Int) -> TimelineRecord? { records(from: rank, count: 1).first }

  /// Up to `count` records from `rank` on; fewer at the end. A rank below 0 counts from 0.
  public func records(from rank: Int, count wanted: Int) -> [TimelineRecord] {
    let rank = max(rank, 0)
    guard rank < count, wanted > 0 else { return [] }
    var cursor = cursor(from: rank)
    var records: [TimelineRecord] = []
    records.reserveCapacity(min(wanted, count - rank))
    while records.count < wanted, let record = cursor.next() { records.append(record) }
    return records
  }

  /// The last `wanted` records, oldest first.
  public func tail(_ wanted: Int) -> [TimelineRecord] { records(from: max(0, count - wanted), count: wanted) }

  /// Up to `count` records from `rank` on, each with what `body` makes of it; many of them on several threads.
  public func records<Value: Sendable>(
    from rank: Int, count wanted: Int, _ body: @Sendable (TimelineRecord, RecordView) -> Value
  ) -> [(record: TimelineRecord, value: Value)] {
    let ranks = min(max(rank, 0), count)..<min(max(rank, 0) + max(wanted, 0), count)
    return Parallel.joined(ranks, partSize: 1024) { part in
      var result: [(record: TimelineRecord, value: Value)] = []
      result.reserveCapacity(part.count)
      guard !part.isEmpty else { return result }
      var cursor = cursor(from: part.lowerBound)
      cursor.forEachRecord { record, view in
        result.append((record, body(record, view)))
        return result.count < part.count
      }
      return result
    }
  }

  /// A cursor that begins at `rank`.
  public func cursor(from rank: Int = 0) -> MergeCursor {
    MergeCursor(RankSelection.places(runs, rank: rank))
  }

  // MARK: Ranks

  /// The rank of the record that holds the byte at `position`; if it is not shown, the rank of the first record shown
  /// after it. The rank of what follows its generation if that is gone.
  public func rank(of position: Position) -> Int {
    guard let number = runNumber(of: position) else { return rank(afterLost: position) }
    let generation = runs[number].generation
    let start = generation.start(atOrBefore: generation.nearestPlace(to: position.offset.rawValue)) ?? .start
    return rank(of: runs[number].place(ofFile: generation.nextStart(atOrAfter: start)), inRun: number)
  }

  /// Whether the record that holds the byte at `position` is shown.
  public func contains(_ position: Position) -> Bool {
    guard let number = runNumber(of: position) else { return false }
    let generation = runs[number].generation
    guard let line = generation.place(at: position.offset.rawValue), let start = generation.start(atOrBefore: line)
    else {
      return false
    }
    return runs[number].fileWord(segment: start.segment, group: start.group) &>> start.bit & 1 == 1
  }

  /// The rank of the first record whose key is `instant` or later; `count` if there is none.
  public func rank(atOrAfter instant: Timestamp) -> Int {
    instant == .distantPast ? 0 : Parallel.sum(runs.count) { runs[$0].count(upTo: instant.nanoseconds - 1) }
  }

  /// The rank that lies `percent` of the way, 0 to 100.
  public func rank(atPercent percent: Double) -> Int {
    guard count > 0, !percent.isNaN else { return 0 }
    return min(max(Int(Double(count) * min(max(percent, 0), 100) / 100), 0), count - 1)
  }

  /// How far `rank` lies from the beginning (0) to the end (100).
  public func percent(atRank rank: Int) -> Double {
    count <= 1 ? 100 : Double(min(max(rank, 0), count - 1)) * 100 / Double(count - 1)
  }

  /// The number of visible records before the record start at `place`.
  func rank(of place: Place, inRun number: Int) -> Int {
    let own = runs[number]
    var stamps = Stamps(own)
    let key = stamps.key(at: place)
    return own.count(before: place)
      + Parallel.sum(runs.count) { other in
        // Equal keys go by run: those of earlier ones stand before ours.
        other == number || key == .min && other > number
          ? 0 : runs[other].count(upTo: other < number ? key : key - 1)
      }
  }

  /// The run that the record at `position` is in.
  func runNumber(of position: Position) -> Int? {
    let first = runs.firstIndex { $0.generation.id == position.generation && $0.generation.file == position.file }
    guard let first, runs[first].own != nil else { return first }
    // Of several stretches the first knows the whole generation.
    let generation = runs[first].generation
    guard let start = generation.start(atOrBefore: generation.nearestPlace(to: position.offset.rawValue)) else {
      return first
    }
    let line = generation.lineCount(before: generation.nextStart(atOrAfter: start))
    return runs[first...].prefix { $0.generation.id == position.generation }.firstIndex { $0.lines.contains(line) }
      ?? first
  }

  private func rank(afterLost position: Position) -> Int {
    let next = runs.indices.first {
      let generation = runs[$0].generation
      return generation.file == position.file && generation.id > position.generation
    }
    guard let next else { return count }
    return rank(of: runs[next].place(ofFile: runs[next].generation.nextStart(atOrAfter: .start)), inRun: next)
  }

  // MARK: Lines and times

  /// Where line `number` of `file` is, in its newest generation that has it; nil while it is not indexed.
  public func position(ofLine number: LineNumber, in file: FileID) -> Position? {
    for run in runs.reversed() where run.generation.file == file && run.generation.snapshot.isIndexed {
      let generation = run.generation
      guard let line = generation.place(ofLine: number), let start = generation.start(atOrBefore: line) else {
        continue
      }
      return generation.position(generation.offset(of: start))
    }
    return nil
  }

  /// The earliest and the latest stamp of all records, filtered out or not; nil if none has a stamp. O(segments).
  public var span: (Timestamp, Timestamp)? {
    var span: (Timestamp, Timestamp)?
    for run in runs {
      for segment in run.generation.segments {
        guard let earliest = segment.index.earliest, let latest = segment.index.latest else { continue }
        span = (min(span?.0 ?? earliest, earliest), max(span?.1 ?? latest, latest))
      }
    }
    return span
  }

  /// The files whose generations have no stamp at all: they stand after all others and are marked `no time`.
  public var timelessFiles: Set<FileID> {
    Set(runs.filter { $0.leadingKey == Key.timeless && $0.generation.recordCount > 0 }.map(\.generation.file))
  }

  /// Whether the record that holds the byte at `position` passes `result`.
  public func isMatch(_ position: Position, in result: FilterResult) -> Bool { result.contains(position) }
}

extension Run {
  /// The number of visible records whose keys are at most `key`.
  func count(upTo key: Int64) -> Int {
    var stamps = Stamps(self)
    return count(before: stamps.boundary(after: key, from: .start, to: end))
  }
}

extension Generation {
  /// The place of the line that holds byte `offset`; the nearest indexed one if none does.
  func nearestPlace(to offset: Int) -> Place {
    if let place = place(at: offset) { return place }
    return segments.first.map { offset < $0.index.bytes.lowerBound } ?? true ? .start : end
  }
}
