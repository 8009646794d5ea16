import Quantities
import TestSupport
import Testing

@testable import Records

/// The fast paths against the general reading.
@Suite struct TemplateTests {
  /// Reads `lines` one after the other both ways; what differs is an issue.
  private func compare(_ lines: [[UInt8]], options: ReadingOptions = .init()) {
    let sample = Array(lines.prefix(3).joined(separator: [10])) + [10]
    let reader = sample.withUnsafeBytes { FormatDetection.reader(for: $0, fileName: "", options: options) }
    // Some paths need many bytes after the line.
    for room in [0, 71, 300] { compare(lines, reader, room: room) }
    compareStamps(lines, reader)
  }

  private func compare(_ lines: [[UInt8]], _ reader: RecordReader, room: Int) {
    var quick = LineReading(reader: reader, reference: reference)
    var slow = LineReading(reader: reader, reference: reference)
    var states = (quick: ScanState(), slow: ScanState())
    let filler = Array("9.99Z INFO 2026 [\"\\ and more, so that loads of many bytes find something\",\"}".utf8)
    for line in lines {
      // What follows a line in its file may be read, and must not matter.
      let padded = line + [10] + Array(repeatElement(filler, count: 5).joined().prefix(room))
      padded.withUnsafeBytes { bytes in
        let part = bytes.part(0..<line.count)
        let fast = quick.mark(part, readable: bytes.count, state: &states.quick)
        let general = slow.generalMark(part, readable: part.count, state: &states.slow)
        #expect(fast == general, "\(String(decoding: line, as: UTF8.self))")
      }
    }
    #expect(states.quick == states.slow)
  }

  /// Stamps alone, one by one and in a row, with and without a line below.
  private func compareStamps(_ lines: [[UInt8]], _ reader: RecordReader) {
    var reading = StampReading(reader, reference: reference)
    for line in lines {
      for record in [line, line + Array("\n    at x.y=1 \"2026-01-02T03:04:05.678Z\" INFO ] 200 \"".utf8)] {
        record.withUnsafeBytes { bytes in
          let expected = reader.parse(bytes, reference: reference).stamp
          #expect(reading.stamp(of: bytes) == expected, "\(String(decoding: record, as: UTF8.self))")
          #expect(reader.stamp(of: bytes, reference: reference) == expected)
        }
      }
    }
  }

  private static let models = [
    "2026-01-02T03:04:05.678Z INFO [worker-1] api: started",
    "2026-01-02 03:04:05,678 WARNING api: slow",
    "2026-01-02 03:04:05 ERROR api: failed",
    "2026/01/02 03:04:05.123456 [error] 12#12: x",
    "[2026-01-02 03:04:05.678] [info] x y z",
    "2026-01-02T03:04:05.678901234+02:00 DEBUG x y z",
    "2026-01-02 03:04:05 +0100 notice: something",
    "2026-01-02 03:04:05 UTC [17] LOG:  checkpoint",
    "2026-01-02T03:04:05Z web1 app lower case words",
    "2026-01-02 03:04:05 PM INFO afternoon",
    "10.0.0.1 - bob [02/Jan/2026:03:04:05 +0100] \"GET /a?b=c HTTP/1.1\" 200 512 \"-\" \"curl/8 (x)\" 0.25",
    "{\"timestamp\": \"2026-01-02T03:04:05.678Z\", \"level\": \"info\", \"event\": \"x\", \"n\": 1}",
    "{\"event\": \"x\", \"n\": 1, \"level\": \"warning\", \"timestamp\": \"2026-01-02T03:04:05.678901+00:00\"}",
    "{\"event\":\"a \\\"b\\\"\",\"o\":{\"p\":[1,2]},\"level\":\"info\",\"time\":\"2026-01-02T03:04:05Z\"}",
    "{\"level\":\"error\",\"msg\":\"x\",\"n\":1.5,\"ok\":true,\"time\":\"2026-01-02T03:04:05Z\"}",
    "{\"event\": \"x\", \"timestamp\": \"2026-01-02T03:04:05.678Z\", \"level\": \"debug\", \"n\": 1}",
    "Jan  2 03:04:05 web1 sshd[12]: Failed password for root",
    "Nov 22 12:04:05 192.168.1.7 kernel: [1.5] WARNING: x",
    "<34>Nov 23 11:59:05 web1 su: x",
    "ts=2026-01-02T03:04:05.678Z caller=a.go:12 level=warn msg=\"two words\" n=3",
    "{\"level\":30,\"time\":1767323045678,\"msg\":\"x\"}",
  ]

  @Test("Lines whose digits change", arguments: models)
  func digits(_ model: String) {
    var generator = SeededGenerator(7)
    var lines = Array(repeating: Array(model.utf8), count: 3)
    for _ in 0..<400 {
      var line = Array(model.utf8)
      for index in line.indices
      where line[index] >= 48 && line[index] <= 57 && Int.random(in: 0..<6, using: &generator) == 0 {
        line[index] = UInt8.random(in: 48...57, using: &generator)
      }
      lines.append(line)
    }
    compare(lines)
    compare(lines, options: ReadingOptions(assumedZone: Zone(fixedOffset: 19_800), offset: .seconds(Int64(-7))))
  }

  @Test("Lines of which any byte changes, goes or comes", arguments: models)
  func mutations(_ model: String) {
    var generator = SeededGenerator(11)
    let alphabet = Array("0123456789:-/., TZ+[]\"\\{}aApPmMINFOWERUC\u{1B}\t".utf8)
    var lines = Array(repeating: Array(model.utf8), count: 3)
    for _ in 0..<1500 {
      var line = Array(model.utf8)
      for _ in 0..<Int.random(in: 1...2, using: &generator) {
        let index = Int.random(in: 0..<min(line.count, 100), using: &generator)
        let byte = alphabet.randomElement(using: &generator) ?? 32
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: line.remove(at: index)
        case 1: line.insert(byte, at: index)
        case 2: line.removeSubrange(max(index, 1)...)
        default: line[index] = byte
        }
        if line.isEmpty { line = [48] }
      }
      lines.append(line)
      if Bool.random(using: &generator) { lines.append(Array(model.utf8)) }
    }
    compare(lines)
  }

  @Test(
    "The models hit the fast path of stamps",
    arguments: models.filter { !$0.contains("PM") && !$0.contains("11:59") && !$0.hasPrefix("{\"level\":30") })
  func stampHits(_ model: String) {
    let reader = reader(for: model + "\n" + model)
    var reading = LineReading(reader: reader, reference: reference)
    withBytes(model) { #expect(reading.fastStamp($0) != nil) }
  }

  @Test(
    "The models hit their fast path, or the properties would hold for nothing",
    arguments: models.filter { !$0.contains("PM") && !$0.contains("11:59") })
  func hits(_ model: String) {
    let reader = reader(for: model + "\n" + model)
    var reading = LineReading(reader: reader, reference: reference)
    var state = ScanState()
    let padded = model + "\n" + String(repeating: " ", count: 256)
    withBytes(padded) { bytes in
      let line = bytes.part(0..<model.utf8.count)
      _ = reading.mark(line, readable: bytes.count, state: &state)
      switch reader.family {
      case .text: #expect(reading.fastText(line, readable: bytes.count) != nil)
      case .access: #expect(reading.fastAccess(line, readable: bytes.count) != nil)
      case .json: #expect(reading.fastJSON(line, readable: bytes.count) != nil)
      case .syslog: #expect(reading.fastSyslog(line, readable: bytes.count) != nil)
      case .logfmt: #expect(reading.fastLogfmt(line, readable: bytes.count) != nil)
      case .columns, .custom, .journal, .xml: Issue.record("a line of another family is read as a row or a custom one")
      }
    }
  }
}
