import Quantities
import TestSupport
import Testing

@testable import Records

@Suite struct LendingTests {
  @Test(arguments: 0..<200) func lendsWhatParsingLists(seed: Int) {
    var generator = SeededGenerator(seed)
    let file = Pool.file(40, &generator)
    let reference = Timestamp(seconds: 1_770_000_000)
    file.withUnsafeBytes { bytes in
      let reader = FormatDetection.reader(for: bytes, fileName: "", options: .init())
      var lending = RecordLending(reader, reference: reference)
      for line in bytes.split(separator: 10) {
        let record = UnsafeRawBufferPointer(rebasing: line)
        let parsed = reader.parse(record, reference: reference)
        var number = 0
        lending.read(record) { head in
          #expect(head.stamp == parsed.stamp && head.level == parsed.level && head.fields.isEmpty)
          #expect(head.messageSpan == parsed.messageSpan && head.messageEncoding == parsed.messageEncoding)
        } field: { path, value, kind, encoding in
          guard number < parsed.fields.count else { return number += 1 }
          let field = parsed.fields[number]
          #expect(path.elementsEqual(field.path.utf8) || field.path.contains("\u{FFFD}"))
          #expect(value == field.valueSpan && kind == field.kind && encoding == field.encoding)
          number += 1
        }
        #expect(number == parsed.fields.count)
      }
    }
  }

  @Test func aMessageBeyondReachIsWhole() {
    let text = Array(("2026-01-02T03:04:05Z INFO " + String(repeating: "word ", count: 30_000)).utf8)
    let reader = RecordReader()
    text.withUnsafeBytes { record in
      var lending = RecordLending(reader, reference: .distantPast)
      lending.read(record) {
        #expect($0.messageSpan == reader.parse(record, reference: .distantPast).messageSpan)
      } field: { _, _, _, _ in
      }
    }
  }
}
