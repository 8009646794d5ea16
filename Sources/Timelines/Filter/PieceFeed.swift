import LogFiles
import Matching
import Quantities
import QueryLanguage
import Records

/// Lends the records of pieces of a file that pass a predicate, without an index of the file. One for each thread.
///
/// Where every match holds some text that is rare, a piece is searched for that and only the records that have it are looked at;
/// else the piece is indexed as if it were a file, and the predicate evaluated as the screen does.
public final class PieceFeed {
  /// A record of a piece.
  public struct Record {
    /// Its bytes without the last line end; valid during the call.
    public let bytes: UnsafeRawBufferPointer
    /// The same in the form in which records are matched and read, with what is known of it.
    public let context: RecordContext
    /// Where it begins: in the file, or in the piece where that has no place.
    public let offset: Int
    /// Lines before it, if those before the piece are known.
    public let line: Int?
    /// How many lines it has; 1 where lines are not counted.
    public let lineCount: Int
  }

  private let predicate: Predicate
  private let reader: RecordReader
  private let reference: Timestamp
  private let context: RecordContext
  private let probe: Pattern?
  private let engine = FilterEngine(cacheLimit: 0, workers: 1)
  /// Whether the last piece held many matches of the probe.
  private var isCommon = false

  /// Bytes for each hit below which it is quicker to index the piece and to evaluate the filter on bitmaps.
  private static let rareHit = 1500

  /// Prepares for pieces of a file called `name` and, for short, `shortName`, that is read by `reader`.
  public init(
    _ predicate: Predicate, reader: RecordReader, reference: Timestamp, name: String, shortName: String
  ) {
    self.predicate = predicate
    self.reader = reader
    self.reference = reference
    // Colours may stand between the letters of what is sought.
    probe = reader.hasPlainForm ? nil : predicate.lineProbe
    context = RecordContext(reader: reader, reference: reference, source: shortName, path: name)
    context.isUnchanging = true
    context.looksForNames = true
  }

  /// Gives the records of a piece that was read by `reading` and pass; `firstLine` lines come before it.
  public func forEachRecord(
    of piece: Range<Int>, in reading: ChunkReading, firstLine: Int? = nil, _ body: (Record) -> Void
  ) {
    let bytes = reading.bytes(piece)
    guard let probe, let hits = rareHits(of: probe, in: bytes, at: piece.lowerBound) else {
      return forEachRecord(in: bytes, at: piece.lowerBound, firstLine: firstLine, body)
    }
    var known = piece.lowerBound
    var (line, counted) = (firstLine, piece.lowerBound)
    // Several lines of one record may be hit.
    for hit in hits where hit >= known {
      let place = reading.record(at: hit, in: piece, from: known)
      known = place.upperBound
      if let number = line {
        line = number + reading.lineCount(in: counted..<place.lowerBound)
        counted = place.lowerBound
      }
      let lineCount = line == nil ? 1 : reading.lineCount(in: place.lowerBound..<place.upperBound - 1) + 1
      let record = Self.withoutLineEnd(reading.bytes(place))
      reader.withPlain(record) { plain in
        context.show(plain, line: line.map { $0 + 1 })
        guard predicate.matches(context) else { return }
        body(
          Record(bytes: record, context: context, offset: place.lowerBound, line: line, lineCount: lineCount))
      }
    }
  }

  /// Gives the records of whole records that stay as they are, and that begin at `offset` of the file, if they pass.
  public func forEachRecord(
    in bytes: UnsafeRawBufferPointer, at offset: Int, firstLine: Int? = nil, _ body: (Record) -> Void
  ) {
    let index = reader.index(bytes, segment: 0..<bytes.count, reference: reference)
    let segment = StitchedSegment(index: index, firstLine: firstLine ?? 0, firstRecord: 0, carriedKey: nil)
    var snapshot = LogSnapshot()
    snapshot.generations = [
      GenerationSnapshot(
        file: FileID(0), generation: GenerationID(0), bytes: PieceBytes(bytes), byteCount: bytes.count,
        reader: reader, segments: [segment], isIndexed: firstLine != nil, fallbackKey: reference)
    ]
    snapshot.files = [FileStatus(file: FileID(0), name: context.path, shortName: context.source)]
    let feed = engine.feed(predicate, over: snapshot)
    for unit in feed.units.indices {
      feed.forEachPlace(of: unit, isUnchanging: true) { context, record, line, lineCount in
        body(
          Record(
            bytes: UnsafeRawBufferPointer(rebasing: bytes[record]), context: context,
            offset: offset + record.lowerBound,
            line: firstLine == nil ? nil : line, lineCount: firstLine == nil ? 1 : lineCount()))
      }
    }
  }

  /// The lines that hold a match of `probe`, by a byte of each; nil if they are many.
  private func rareHits(of probe: Pattern, in bytes: UnsafeRawBufferPointer, at offset: Int) -> [Int]? {
    guard probe.requiredLiteral != nil || !isCommon else { return nil }
    let limit = max(64, bytes.count / Self.rareHit)
    var hits: [Int] = []
    var count = 0
    probe.forEachMatchingLine(in: bytes) { hit, _ in
      count += 1
      if count <= limit { hits.append(offset + hit) }
    }
    isCommon = count > limit
    return isCommon ? nil : hits
  }

  private static func withoutLineEnd(_ record: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var end = record.count
    if end > 0, record[end - 1] == 10 { end -= 1 }
    if end > 0, record[end - 1] == 13 { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: record[..<end])
  }
}

/// The bytes of a piece as the store of a generation that lives no longer than they do.
private final class PieceBytes: ByteStore {
  // SAFETY: `PieceFeed` alone makes one, of bytes that stay as they are until it is given the next piece, which is after
  // the snapshot that holds this is gone.
  nonisolated(unsafe) let buffer: UnsafeRawBufferPointer

  init(_ buffer: UnsafeRawBufferPointer) { self.buffer = buffer }
}

extension Predicate {
  /// A pattern that some line of each passing record matches by itself; nil if none is known.
  public var lineProbe: Pattern? {
    switch self {
    case .leaf(let leaf):
      var pattern = leaf.prefilter
      if case .text(let own) = leaf.kind { pattern = own }
      return pattern.flatMap { $0.crossesLines || $0.anchorsToText ? nil : $0 }
    case .and(let parts):
      let probes = parts.compactMap(\.lineProbe)
      return probes.first { $0.requiredLiteral != nil } ?? probes.first
    case .all, .none, .or, .not: return nil
    }
  }
}
