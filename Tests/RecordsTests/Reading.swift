import JSON
import Quantities
import Testing

@testable import Records

/// Noon of 22 November 2026: the time of change that all test files have.
let reference = CivilTime(year: 2026, month: 11, day: 22, hour: 12).utc

/// Lends the UTF-8 of `text` to `body`.
func withBytes<Result>(_ text: String, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
  try Array(text.utf8).withUnsafeBytes(body)
}

/// The reader that detection gives for a file that holds `text`.
func reader(for text: String, options: ReadingOptions = .init()) -> RecordReader {
  withBytes(text) { FormatDetection.reader(for: $0, fileName: "test.log", options: options) }
}

/// One record in texts, as tests like to compare it.
struct Reading: Equatable {
  var format: String
  var time: String?
  var level: Level?
  var message: String
  var fields: [String: String]
  var kinds: [String: FieldKind]

  /// Reads `text` as a file that holds one record.
  init(_ text: String, options: ReadingOptions = .init()) {
    let reader = makeReader(text, options)
    let parsed = withBytes(text) { reader.parse($0, reference: reference) }
    format = reader.formatName
    time = parsed.stamp.map(isoText)
    level = parsed.level
    message = withBytes(text) { parsed.messageEncoding.decode($0.part(parsed.messageSpan)) }
    fields = [:]
    kinds = [:]
    for field in parsed.fields {
      fields[field.path] = withBytes(text) { field.text(in: $0) }
      kinds[field.path] = field.kind
    }
  }
}

private func makeReader(_ text: String, _ options: ReadingOptions) -> RecordReader {
  reader(for: text, options: options)
}

/// `2026-01-02T03:04:05.678Z`, with as many digits of a fraction as it has.
func isoText(_ instant: Timestamp) -> String {
  func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
  let civil = CivilTime(utc: instant)
  let date = "\(padded(civil.year, 4))-\(padded(civil.month, 2))-\(padded(civil.day, 2))"
  let clock = "\(padded(civil.hour, 2)):\(padded(civil.minute, 2)):\(padded(civil.second, 2))"
  var fraction = civil.nanosecond == 0 ? "" : "." + padded(civil.nanosecond, 9)
  while fraction.hasSuffix("0") { fraction.removeLast() }
  return "\(date)T\(clock)\(fraction)Z"
}
