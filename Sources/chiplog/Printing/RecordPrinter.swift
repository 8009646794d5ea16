import Drawing
import JSON
import Quantities
import Records

/// A record as headless output sees it: its bytes, and what is known around them.
struct PrintedRecord {
  /// First line, continuation lines, no last newline.
  var bytes: UnsafeRawBufferPointer
  var reader: RecordReader
  var reference: Timestamp
  /// 1-based number of the first line.
  var line: Int?
  var lineCount: Int
  var source: String
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
    // Bytes of a map may change between two looks, for which nothing below is made. Of a line of gigabytes no more is
    // copied than is shown: the message and what may stand before it.
    let needed = format == .json || format == .table ? 2 * Self.messageLimit : record.bytes.count
    Array(record.bytes.prefix(needed)).withUnsafeBytes { bytes in
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
    let parsed = record.reader.parse(record.bytes, reference: record.reference)
    output.append(contentsOf: "{\"time\":".utf8)
    if let stamp = parsed.stamp {
      output.append(34)
      stamp.appendISO8601(to: &output)
      output.append(34)
    } else {
      output.append(contentsOf: "null".utf8)
    }
    output.append(contentsOf: ",\"level\":".utf8)
    append(parsed.level?.name, to: &output)
    output.append(contentsOf: Array(",\"line\":\(record.line.map(String.init) ?? "null")".utf8))
    let lastLine = record.line.map { String($0 + record.lineCount - 1) }
    output.append(contentsOf: Array(",\"last_line\":\(lastLine ?? "null"),\"source\":".utf8))
    JSONText.appendQuoted(record.source, to: &output)
    output.append(contentsOf: ",\"format\":".utf8)
    JSONText.appendQuoted(record.reader.formatName, to: &output)
    output.append(contentsOf: ",\"msg\":".utf8)
    append(parsed.messageSpan, parsed.messageEncoding, of: record.bytes, to: &output)
    output.append(contentsOf: ",\"fields\":{".utf8)
    appendFields(parsed.fields, of: record.bytes, to: &output)
    output.append(contentsOf: Array((parsed.messageSpan.count > Self.messageLimit ? "},\"cut\":true}" : "}}").utf8))
  }

  /// Fields by path, leaves only; of several with the same path the last stays, as JSON readers take it.
  private func appendFields(_ fields: [Field], of bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    var isFirst = true
    for field in fields where field.kind != .object && field.kind != .array {
      if !isFirst { output.append(44) }
      isFirst = false
      JSONText.appendQuoted(field.path, to: &output)
      output.append(58)
      let value = bytes[field.valueSpan.clamped(to: 0..<bytes.count)]
      switch field.kind {
      case .null: output.append(contentsOf: "null".utf8)
      case .boolean where value.elementsEqual("true".utf8) || value.elementsEqual("false".utf8):
        output.append(contentsOf: value)
      case .number where isJSONNumber(value): output.append(contentsOf: value)
      default: append(field.valueSpan, field.encoding, of: bytes, to: &output)
      }
    }
  }

  /// Appends a text of the record as a JSON string; plain ones without making a string of them.
  private func append(
    _ span: Range<Int>, _ encoding: FieldEncoding, of bytes: UnsafeRawBufferPointer, to output: inout [UInt8]
  ) {
    let part = UnsafeRawBufferPointer(rebasing: bytes[span.clamped(to: 0..<bytes.count)].prefix(Self.messageLimit))
    if encoding == .plain {
      JSONText.appendQuoted(bytes: part, to: &output)
    } else {
      JSONText.appendQuoted(encoding.decode(part), to: &output)
    }
  }

  private func append(_ text: String?, to output: inout [UInt8]) {
    if let text { JSONText.appendQuoted(text, to: &output) } else { output.append(contentsOf: "null".utf8) }
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
