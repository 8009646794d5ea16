import Drawing
import JSON
import Quantities
import Records

/// Where printed records come from, and what is the same for many of them. One for each thread.
final class PrintedSource {
  let reader: RecordReader
  /// The instant that stamps without a year or a date are resolved against.
  let reference: Timestamp
  let name: String
  fileprivate var lending: RecordLending
  /// `,"source":"...","format":"...","msg":`.
  fileprivate let members: [UInt8]

  init(name: String, reader: RecordReader, reference: Timestamp) {
    self.name = name
    self.reader = reader
    self.reference = reference
    lending = RecordLending(reader, reference: reference)
    var members = Array(",\"source\":".utf8)
    JSONText.appendQuoted(name, to: &members)
    members += ",\"format\":".utf8
    JSONText.appendQuoted(reader.formatName, to: &members)
    self.members = members + ",\"msg\":".utf8
  }
}

/// A record as headless output sees it: its bytes, and what is known around them.
struct PrintedRecord {
  /// First line, continuation lines, no last newline.
  var bytes: UnsafeRawBufferPointer
  /// 1-based number of the first line.
  var line: Int?
  var lineCount: Int
  var source: PrintedSource
  /// Whether nobody else can change the bytes, as happens to those of a map.
  var isPrivate = false
}

/// Writes records as text or JSON into a buffer; `--csv` and `--table` are in `RecordTable`.
struct RecordPrinter {
  var format: OutputFormat
  /// Whether control bytes must be shown instead of sent, because a terminal reads them.
  var isForTerminal: Bool

  /// What stands above the first record; nil where nothing does.
  var header: String? {
    switch format {
    case .text, .json: nil
    case .csv: RecordTable.header
    case .table: RecordTable.alignedHeader
    }
  }

  /// Bytes of a message in JSON; of a longer one the beginning is given and `"cut":true` says so.
  static let messageLimit = 1 << 20

  /// Appends one record and its newline.
  func append(_ record: PrintedRecord, to output: inout [UInt8]) {
    if format == .text, !isForTerminal {
      output.append(contentsOf: record.bytes)
      output.append(10)
      return
    }
    let isLatin1 = record.source.reader.isLatin1 && format != .text
    if record.isPrivate, !isLatin1, format == .text || !EscapeSequences.isIn(record.bytes) {
      return appendUnchanging(record, to: &output)
    }
    // Colours are no part of what a record says, and only text is given as it was written.
    // Bytes of a map may change between two looks, for which nothing below is made. Of a line of gigabytes no more is
    // copied than is shown: the message and what may stand before it.
    let needed = format == .json || format == .table ? 2 * Self.messageLimit : record.bytes.count
    var bytes = Array(record.bytes.prefix(needed))
    if isLatin1 { bytes = bytes.withUnsafeBytes { Latin1.utf8($0) } }
    if format != .text, bytes.withUnsafeBytes({ EscapeSequences.isIn($0) }) {
      bytes = bytes.withUnsafeBytes { EscapeSequences.stripped($0) }
    }
    bytes.withUnsafeBytes { bytes in
      var copy = record
      copy.bytes = bytes
      appendUnchanging(copy, to: &output)
    }
  }

  private func appendUnchanging(_ record: PrintedRecord, to output: inout [UInt8]) {
    switch format {
    case .text:
      output.append(contentsOf: Sanitiser.sanitised(record.bytes))
    case .json: appendObject(record, to: &output)
    case .csv: RecordTable.appendCSV(record, to: &output)
    case .table: RecordTable.appendAligned(record, to: &output)
    }
    output.append(10)
  }

  /// One JSON object: `time`, `level`, `line`, `last_line`, `source`, `format`, `msg`, `fields`.
  private func appendObject(_ record: PrintedRecord, to output: inout [UInt8]) {
    let bytes = record.bytes
    var isFirst = true
    var isCut = false
    record.source.lending.read(bytes) { parsed in
      appendHead(parsed, of: record, to: &output)
      isCut = parsed.messageSpan.count > Self.messageLimit
    } field: { path, value, kind, encoding in
      guard kind != .object, kind != .array else { return }
      if !isFirst { output.append(44) }
      isFirst = false
      JSONText.appendQuoted(bytes: path, to: &output)
      output.append(58)
      append(value, kind, encoding, of: bytes, to: &output)
    }
    if isCut { Self.put("},\"cut\":true}", to: &output) } else { Self.put("}}", to: &output) }
  }

  private func appendHead(_ parsed: ParsedRecord, of record: PrintedRecord, to output: inout [UInt8]) {
    Self.put("{\"time\":", to: &output)
    if let stamp = parsed.stamp {
      output.append(34)
      stamp.appendISO8601(to: &output)
      output.append(34)
    } else {
      Self.put("null", to: &output)
    }
    Self.put(",\"level\":", to: &output)
    if let level = parsed.level {
      output.append(34)
      output.append(contentsOf: level.name.utf8)
      output.append(34)
    } else {
      Self.put("null", to: &output)
    }
    Self.put(",\"line\":", to: &output)
    Self.append(record.line, to: &output)
    Self.put(",\"last_line\":", to: &output)
    Self.append(record.line.map { $0 + record.lineCount - 1 }, to: &output)
    output.append(contentsOf: record.source.members)
    append(parsed.messageSpan, parsed.messageEncoding, of: record.bytes, to: &output)
    Self.put(",\"fields\":{", to: &output)
  }

  /// One value; of several fields with the same path the last counts, as JSON readers take it.
  private func append(
    _ span: Range<Int>, _ kind: FieldKind, _ encoding: FieldEncoding, of bytes: UnsafeRawBufferPointer,
    to output: inout [UInt8]
  ) {
    let value = bytes[span.clamped(to: 0..<bytes.count)]
    switch kind {
    case .null: Self.put("null", to: &output)
    case .boolean where value.elementsEqual("true".utf8) || value.elementsEqual("false".utf8),
      .number where isJSONNumber(value):
      output.append(contentsOf: UnsafeRawBufferPointer(rebasing: value))
    default: append(span, encoding, of: bytes, to: &output)
    }
  }

  @inline(__always) private static func put(_ text: StaticString, to output: inout [UInt8]) {
    output.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// A number of a line; `null` while it is unknown.
  private static func append(_ number: Int?, to output: inout [UInt8]) {
    guard var rest = number, rest >= 0 else { return put("null", to: &output) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var place = digits.count
      repeat {
        place -= 1
        digits[place] = 48 + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      output.append(contentsOf: digits[place...])
    }
  }

  /// Appends a text of the record as a JSON string; plain ones without making a string of them.
  private func append(
    _ span: Range<Int>, _ encoding: FieldEncoding, of bytes: UnsafeRawBufferPointer, to output: inout [UInt8]
  ) {
    let part = UnsafeRawBufferPointer(rebasing: bytes[span.clamped(to: 0..<bytes.count)].prefix(Self.messageLimit))
    // What has no backslash is written as it is meant.
    let isPlain = encoding == .plain || (encoding == .json || encoding == .backslash) && !part.contains(92)
    if isPlain {
      JSONText.appendQuoted(bytes: part, to: &output)
    } else {
      JSONText.appendQuoted(encoding.decode(part), to: &output)
    }
  }
}

extension ParsedRecord {
  /// The text of at most the first `limit` bytes of the message in the bytes of the record.
  func message(in record: UnsafeRawBufferPointer, limit: Int = .max) -> String {
    let span = messageSpan.clamped(to: 0..<record.count)
    return messageEncoding.decode(UnsafeRawBufferPointer(rebasing: record[span].prefix(limit)))
  }
}

/// Whether `bytes` are a number by the grammar of RFC 8259, section 6: no leading zeros or plus, digits on both sides
/// of the point.
func isJSONNumber(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
  var rest = bytes
  func isDigit(_ byte: UInt8?) -> Bool { byte.map { $0 >= 48 && $0 <= 57 } ?? false }
  if rest.first == 45 { rest = rest.dropFirst() }
  let whole = rest.prefix { isDigit($0) }
  guard !whole.isEmpty, whole.count == 1 || whole.first != 48 else { return false }
  rest = rest.dropFirst(whole.count)
  if rest.first == 46 {
    let fraction = rest.dropFirst().prefix { isDigit($0) }
    guard !fraction.isEmpty else { return false }
    rest = rest.dropFirst(fraction.count + 1)
  }
  if let exponent = rest.first, exponent | 32 == 101 {
    rest = rest.dropFirst()
    if rest.first == 43 || rest.first == 45 { rest = rest.dropFirst() }
    let digits = rest.prefix { isDigit($0) }
    guard !digits.isEmpty else { return false }
    rest = rest.dropFirst(digits.count)
  }
  return rest.isEmpty
}
