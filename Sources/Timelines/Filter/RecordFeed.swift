import LogFiles
import Quantities
import QueryLanguage
import Records

/// Lends the records of a snapshot that pass a predicate, segment by segment, to whoever computes something of them.
///
///     let feed = FilterEngine().feed(filter.predicate, over: snapshot)
///     for unit in feed.units.indices { feed.forEachRecord(of: unit) { record, place in count += 1 } }
///
/// Safe on any thread; each unit may be read on another one.
public final class RecordFeed: Sendable {
  /// A segment with records.
  public struct Unit: Hashable, Sendable {
    /// The file.
    public let file: FileID
    /// Its life.
    public let generation: GenerationID
    /// The bytes of the segment, which tell a segment that has grown from what it was.
    public let bytes: Range<Int>
    /// Records that start in it.
    public let recordCount: Int
    fileprivate let place: Int
    fileprivate let segment: Int
  }

  /// What has records, in the order of files and within them as they lie there.
  public let units: [Unit]
  private let generations: [Generation]
  private let files: [FileStatus]
  private let predicate: Predicate
  private let cache: LeafCache
  private let narrower: [String: String]
  /// What is given where it was found before; nil where the predicate is evaluated as the units come.
  private let found: [GenerationID: GenerationBits]?

  init(
    _ predicate: Predicate, over snapshot: LogSnapshot, hidden: Set<FileID>, cache: LeafCache,
    found: FilterResult? = nil
  ) {
    self.predicate = predicate
    self.found = found.map { found in
      Dictionary(
        zip(found.snapshot.generations.map(\.generation), found.generations), uniquingKeysWith: { first, _ in first })
    }
    self.cache = cache
    narrower = cache.narrower(predicate.leaves.flatMap(\.searched))
    let generations = snapshot.generations.filter { !hidden.contains($0.file) }.map(Generation.init)
    self.generations = generations
    let statuses = Dictionary(snapshot.files.map { ($0.file, $0) }, uniquingKeysWith: { first, _ in first })
    files = generations.map { statuses[$0.file] ?? FileStatus(file: $0.file, name: "", shortName: "") }
    units = generations.indices.flatMap { place in
      let generation = generations[place]
      return generation.segments.indices.compactMap { segment -> Unit? in
        let index = generation.segments[segment].index
        guard index.recordCount > 0 else { return nil }
        return Unit(
          file: generation.file, generation: generation.id, bytes: index.bytes, recordCount: index.recordCount,
          place: place, segment: segment)
      }
    }
  }

  /// Gives the records of unit `number` that pass to `body`, with the offset of each in its generation, until cancelled.
  ///
  /// The context serves all of them in turn; it is valid during the call only.
  public func forEachRecord(
    of number: Int, cancellation: Cancellation? = nil, _ body: (RecordContext, Int) -> Void
  ) {
    forEachPlace(of: number, cancellation: cancellation) { context, bytes, _, _ in body(context, bytes.lowerBound) }
  }

  /// The same with the bytes of each record in its generation, the lines of the file before it, and how many it has.
  func forEachPlace(
    of number: Int, cancellation: Cancellation? = nil, isUnchanging: Bool = false,
    _ body: (RecordContext, _ bytes: Range<Int>, _ line: Int, _ lineCount: () -> Int) -> Void
  ) {
    let unit = units[number]
    let (generation, file) = (generations[unit.place], files[unit.place])
    let scan = SegmentScan(generation, segment: unit.segment, cancellation: cancellation)
    let evaluation = SegmentEvaluation(scan, file: file, cache: cache, narrower: narrower)
    let words: Words
    if let found {
      words = found[unit.generation]?.segments[unit.segment]?.words ?? .zeros(scan.starts.count)
    } else {
      words = predicate == .all ? scan.starts : evaluation.records(of: scan.starts, passing: predicate)
    }
    guard words.hasBits, !scan.isCancelled else { return }
    let context = RecordContext(
      reader: generation.reader, reference: scan.index.reference, source: file.shortName, path: file.name)
    context.isUnchanging = isUnchanging
    context.looksForNames = true
    let hasSections = scan.index.hasSections
    let isCounted = generation.snapshot.isIndexed
    scan.forEachRecord(in: words) { place, range in
      let bytes = UnsafeRawBufferPointer(rebasing: generation.bytes[range])
      if hasSections { context.reference = scan.index.reference(ofLine: place.line) }
      let level = generation.level(at: place)
      let line = generation.lineCount(before: place)
      func lineCount() -> Int { generation.lineCount(before: generation.nextStart(after: place)) - line }
      func show(_ plain: UnsafeRawBufferPointer) {
        context.show(plain, line: isCounted ? line + 1 : nil, level: .some(level))
        body(context, range, line, lineCount)
      }
      if scan.hasPlainForm { generation.reader.withPlain(bytes) { show($0) } } else { show(bytes) }
    }
  }
}

extension FilterEngine {
  /// The records of `snapshot` that pass `predicate`, but for those of `hidden` files, for who computes something of them.
  public func feed(_ predicate: Predicate, over snapshot: LogSnapshot, hidden: Set<FileID> = []) -> RecordFeed {
    RecordFeed(predicate, over: snapshot, hidden: hidden, cache: cache)
  }

  /// The same with the `count` records before and after each that passes, within its file; nil if it was cancelled.
  public func feed(
    _ predicate: Predicate, over snapshot: LogSnapshot, hidden: Set<FileID> = [], context count: Int,
    cancellation: Cancellation
  ) -> RecordFeed? {
    guard let found = evaluate(predicate, over: snapshot, cancellation: cancellation) else { return nil }
    return RecordFeed(predicate, over: snapshot, hidden: hidden, cache: cache, found: found.context(count))
  }
}
