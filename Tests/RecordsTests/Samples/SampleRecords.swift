import Foundation
import Quantities
import TestSupport
import Testing

@testable import Records

/// One system's log under ../shared/samples, and what a person reads in it.
struct Sample: Sendable, CustomTestStringConvertible {
  var name: String
  var format: String
  var records: Int
  var expected: [Record]

  init(_ name: String, _ format: String, records: Int, _ expected: [Record]) {
    (self.name, self.format, self.records, self.expected) = (name, format, records, expected)
  }

  var testDescription: String { name }

  /// One record: its first and last line, time, level, message (`…` at the end: its beginning) and some fields.
  struct Record: Sendable {
    var first: Int
    var last: Int
    var time: String?
    var level: Level?
    var message: String
    var fields: [String: String]

    init(_ first: Int, _ last: Int, _ time: String?, _ level: Level?, _ message: String, _ fields: [String: String]) {
      (self.first, self.last, self.time, self.level) = (first, last, time, level)
      (self.message, self.fields) = (message, fields)
    }
  }

  /// Compares what is read with what is expected.
  func check() throws {
    let url = try #require(sharedMaterial).appendingPathComponent("samples/\(name)")
    let data = [UInt8](try Data(contentsOf: url))
    data.withUnsafeBytes { bytes in
      let reader = FormatDetection.reader(for: bytes, fileName: name, options: .init())
      #expect(reader.formatName == format)
      let found = Self.starts(bytes, reader)
      #expect(found.lines.count == records)
      for record in expected {
        guard let number = found.lines.firstIndex(of: record.first) else {
          Issue.record("no record begins on line \(record.first)")
          continue
        }
        let isLast = number + 1 == found.lines.count
        #expect((isLast ? found.lineCount : found.lines[number + 1] - 1) == record.last, "end of line \(record.first)")
        let end = isLast ? bytes.count : found.offsets[number + 1]
        // Colours are no part of what a record says.
        let text = EscapeSequences.stripped(bytes.part(found.offsets[number]..<end))
        text.withUnsafeBytes { compare(record, $0, reader) }
      }
    }
  }

  private func compare(_ record: Record, _ bytes: UnsafeRawBufferPointer, _ reader: RecordReader) {
    let parsed = reader.parse(bytes, reference: reference)
    let place: Comment = "line \(record.first)"
    #expect(parsed.stamp.map(isoText) == record.time, place)
    #expect(parsed.level == record.level, place)
    let message = parsed.messageEncoding.decode(bytes.part(parsed.messageSpan))
    if record.message.hasSuffix("…") {
      #expect(message.hasPrefix(record.message.dropLast()), place)
    } else {
      #expect(message == record.message, place)
    }
    for (path, value) in record.fields {
      let texts = parsed.fields.filter { $0.path == path }.map { $0.text(in: bytes) }
      #expect(texts.contains(value), "line \(record.first), \(path): \(texts)")
    }
  }

  /// On which lines records begin, and at which offsets.
  private static func starts(
    _ bytes: UnsafeRawBufferPointer, _ reader: RecordReader
  ) -> (lines: [Int], offsets: [Int], lineCount: Int) {
    let index = reader.index(bytes, segment: 0..<bytes.count, reference: reference)
    var found: (lines: [Int], offsets: [Int]) = ([], [])
    var offset = 0
    for line in 0..<index.lineCount {
      if index.groups[line / 64].code(ofLine: line % 64).isStart {
        found.lines.append(line + 1)
        found.offsets.append(offset)
      }
      offset = (bytes[offset...].firstIndex(of: 10) ?? bytes.count) + 1
    }
    return (found.lines, found.offsets, index.lineCount)
  }
}

/// What real programs wrote, record by record; skipped where the samples are not beside the project.
@Suite(.enabled(if: sharedMaterial != nil, "the shared samples are not here")) struct SampleRecordTests {}
