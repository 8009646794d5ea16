import Quantities

/// Reads records one after the other and lends their fields to a closure, for those who write them elsewhere at once: no
/// name and no list is made of them. One for each thread.
///
/// Says what `RecordReader.parse(_:reference:)` says.
public struct RecordLending {
  private let reader: RecordReader
  private var resolver: StampResolver

  /// Reads records of `reader`; `reference` settles stamps without a year or a date.
  public init(_ reader: RecordReader, reference: Timestamp) {
    self.reader = reader
    resolver = StampResolver(options: reader.options, reference: reference)
  }

  /// Reads a record, whose bytes must not change meanwhile: gives everything but its fields to `head`, then each field.
  public mutating func read(
    _ record: UnsafeRawBufferPointer, head: (ParsedRecord) -> Void,
    field: (_ path: UnsafeRawBufferPointer, _ value: Range<Int>, FieldKind, FieldEncoding) -> Void
  ) {
    let readable = record.part(0..<min(record.count, RecordReader.reach))
    let parsing = RecordParsing(reader: reader, record: readable)
    var parsed = parsing.withoutFields(&resolver)
    if readable.count < record.count { parsed.extendMessage(of: readable, to: record) }
    head(parsed)
    parsing.forEachField { path, _, value, kind, encoding in
      field(path, value, kind, encoding)
      return true
    }
  }
}

extension ParsedRecord {
  /// Adds to a message that reaches to the end of what was read of a record the rest of that.
  mutating func extendMessage(of readable: UnsafeRawBufferPointer, to record: UnsafeRawBufferPointer) {
    guard messageSpan.upperBound == readable.trimmedCount else { return }
    messageSpan = messageSpan.lowerBound..<max(record.trimmedCount, readable.count)
  }
}
