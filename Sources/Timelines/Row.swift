import LogFiles
import Quantities
import Records

/// A record with its bytes and its meaning, copied out of the file so that the screen holds nothing that can fault.
public struct LogRow: Sendable {
  /// Where it is, how long, its key and level.
  public var record: TimelineRecord
  /// Its bytes in UTF-8 and without escape sequences of terminals, at most the limit that was asked for.
  public var bytes: [UInt8]
  /// Where in `bytes` the log itself has colours.
  public var colours: [ColourRun] = []
  /// Whether `bytes` is only the beginning.
  public var isTruncated: Bool
  /// The reading of `bytes`.
  public var parsed: ParsedRecord
  /// The format's name, as the reader of its file has it.
  public var format: String
  /// Whether rows of its file are better shown in columns.
  public var isStructured: Bool
  /// Whether the record passes the filter that rows were fetched with; true without one.
  public var isMatch: Bool

  /// Makes a row.
  public init(
    record: TimelineRecord, bytes: [UInt8], isTruncated: Bool, parsed: ParsedRecord, format: String,
    isStructured: Bool, isMatch: Bool
  ) {
    self.record = record
    self.bytes = bytes
    self.isTruncated = isTruncated
    self.parsed = parsed
    self.format = format
    self.isStructured = isStructured
    self.isMatch = isMatch
  }

  /// Where the record is.
  public var position: Position { record.position }
  /// The file it came from.
  public var source: FileID { record.position.file }
}

extension Timeline {
  /// Copies a record of this timeline out of its file: at most `limit` bytes. Nil if its generation is not shown.
  ///
  /// May fault pages in from a slow disk: call it on a worker.
  public func row(for record: TimelineRecord, matching result: FilterResult? = nil, limit: Int = 64 << 10) -> LogRow? {
    guard let generation = generation(of: record.position), record.bytes.lowerBound <= generation.bytes.count else {
      return nil
    }
    let end = min(record.bytes.upperBound, generation.bytes.count)
    let kept = record.bytes.lowerBound..<min(end, record.bytes.lowerBound + max(limit, 0))
    var bytes = Array(generation.bytes[kept])
    if generation.reader.isLatin1 { bytes = bytes.withUnsafeBytes { Latin1.utf8($0) } }
    let hasEscapes = bytes.withUnsafeBytes { EscapeSequences.isIn($0) }
    var colours: [ColourRun] = []
    if hasEscapes { (bytes, colours) = bytes.withUnsafeBytes { EscapeSequences.split($0) } }
    let reference = generation.reference(at: record.bytes.lowerBound)
    var row = LogRow(
      record: record, bytes: bytes, isTruncated: kept.upperBound < record.bytes.upperBound,
      parsed: bytes.withUnsafeBytes { generation.reader.parse($0, reference: reference) },
      format: generation.reader.formatName, isStructured: generation.reader.isStructured,
      isMatch: result?.contains(record.position) ?? true)
    row.colours = colours
    return row
  }

  /// The rows from `rank` on.
  public func rows(
    from rank: Int, count: Int, matching result: FilterResult? = nil, limit: Int = 64 << 10
  ) -> [LogRow] {
    records(from: rank, count: count).compactMap { row(for: $0, matching: result, limit: limit) }
  }

  /// The record that holds the byte at `position`, shown or not; nil if it is not indexed.
  public func record(at position: Position) -> TimelineRecord? {
    guard let number = runNumber(of: position), case let run = runs[number],
      let line = run.generation.place(at: position.offset.rawValue),
      let place = run.generation.start(atOrBefore: line)
    else { return nil }
    let start = run.generation.offset(of: place)
    let (next, end) = run.generation.record(after: place, at: start)
    var stamps = Stamps(run)
    return run.generation.record(
      at: place, bytes: start..<end, next: next, key: stamps.key(at: run.place(ofFile: place)))
  }

  private func generation(of position: Position) -> Generation? {
    runs.first { $0.generation.id == position.generation }?.generation
  }
}

extension Generation {
  /// The instant that stamps near byte `offset` are resolved against.
  func reference(at offset: Int) -> Timestamp {
    guard let number = segmentNumber(at: offset) else { return snapshot.fallbackKey }
    let index = segments[number].index
    if index.order.findings == nil { return index.reference }
    return place(at: offset).map { index.reference(ofLine: $0.line) } ?? index.reference
  }
}
