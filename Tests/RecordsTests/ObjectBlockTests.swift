import Quantities
import TestSupport
import Testing

@testable import Records

@Suite struct ObjectBlockTests {
  private static func block(_ second: Int, _ level: String, indent: String = "", extra: String = "") -> String {
    "\(indent){\n\(indent)  \"user\": {\n\(indent)    \"name\": \"bob\"\n\(indent)  },\n\(extra)\(indent)  \"level\": \"\(level)\",\n"
      + "\(indent)  \"list\": [\n\(indent)    1,\n\(indent)    2\n\(indent)  ],\n"
      + "\(indent)  \"time\": \"2026-01-02T03:04:0\(second)Z\",\n\(indent)  \"msg\": \"m\(second)\"\n\(indent)}"
  }

  /// Each record of `text` as its time, level and message, by its own bytes; and the same by the index.
  private func check(_ expected: [String], separator: String = "\n") -> [String] {
    let text = expected.joined(separator: separator)
    #expect(records(of: text) == expected)
    return withBytes(text) { bytes in
      let reader = reader(for: text)
      #expect(reader.formatName == "json")
      let index = reader.index(bytes, segment: 0..<bytes.count, reference: reference)
      var stamps: [Timestamp?] = []
      reader.forEachStamp(of: index, in: bytes, at: 0) { _, stamp in
        stamps.append(stamp)
        return true
      }
      let codes = (0..<index.lineCount).map { index.groups[$0 / 64].code(ofLine: $0 % 64) }.filter(\.isStart)
      return zip(zip(records(of: text), codes), stamps).map { pair, stamp in
        withBytes(pair.0) { record in
          let parsed = reader.parse(record, reference: reference)
          #expect(parsed.level == pair.1.level && parsed.stamp == stamp, "\(pair.0)")
          #expect(reader.stamp(of: record, reference: reference) == parsed.stamp)
          let message = parsed.messageEncoding.decode(record.part(parsed.messageSpan))
          return "\(parsed.stamp.map(isoText) ?? "-") \(parsed.level?.name ?? "-") \(message) \(parsed.fields.count)"
        }
      }
    }
  }

  @Test("Objects one after the other: time, level, message and fields of the whole object")
  func concatenated() {
    let found = check((1...4).map { Self.block($0, $0 == 2 ? "error" : "info") })
    #expect(found == (1...4).map { "2026-01-02T03:04:0\($0)Z \($0 == 2 ? "error" : "info") m\($0) 8" })
  }

  @Test("An array of objects, printed one a block; and one a line")
  func array() {
    let blocks = ["["] + (1...3).map { Self.block($0, "warn", indent: "  ") + ($0 < 3 ? "," : "\n]") }
    #expect(check(blocks).dropFirst() == (1...3).map { "2026-01-02T03:04:0\($0)Z warn m\($0) 8" }[...])
    let lines = (1...3).map {
      "  {\"time\": \"2026-01-02T03:04:0\($0)Z\", \"msg\": \"m\($0)\"}" + ($0 < 3 ? "," : "\n]")
    }
    #expect(check(["["] + lines).dropFirst() == (1...3).map { "2026-01-02T03:04:0\($0)Z - m\($0) 2" }[...])
    let flat = (1...3).map { ($0 == 1 ? "[" : ",") + "{\"time\":\"2026-01-02T03:04:0\($0)Z\",\"msg\":\"m\($0)\"}" }
    #expect(check(flat) == (1...3).map { "2026-01-02T03:04:0\($0)Z - m\($0) 2" })
  }

  @Test("Objects on one line among them, text before them, and what is cut off")
  func mixed() {
    let line = #"{"time":"2026-01-02T03:04:09Z","level":"debug","msg":"one line"}"#
    let cut = "{\n  \"time\": \"2026-01-02T03:04:08Z\",\n  \"level\": \"fatal\","
    let found = check([
      "starting up", Self.block(1, "info"), line, cut, Self.block(2, "error"), "some words", cut, line,
      Self.block(3, "info"), cut,
    ])
    #expect(
      found == [
        "- - starting up 0", "2026-01-02T03:04:01Z info m1 8", "2026-01-02T03:04:09Z debug one line 3", found[3],
        "2026-01-02T03:04:02Z error m2 8", "- - some words 0", found[6], "2026-01-02T03:04:09Z debug one line 3",
        "2026-01-02T03:04:03Z info m3 8", found[9],
      ])
    for place in [3, 6, 9] { #expect(found[place].hasPrefix("- - ")) }
  }

  @Test("A lost brace swallows nothing; an object that is too long is read by its first line")
  func bounded() {
    let filler = String(repeating: "  \"k\": \"\(String(repeating: "x", count: 90))\",\n", count: 800)
    let found = check([Self.block(1, "info"), Self.block(2, "error", extra: filler), Self.block(3, "info")])
    #expect(found[0] == "2026-01-02T03:04:01Z info m1 8")
    #expect(found[1].hasPrefix("- - "))
    #expect(found[2] == "2026-01-02T03:04:03Z info m3 8")
    for length in 65_400..<65_560 where length % 8 == 0 || length > 65_530 && length < 65_540 {
      let rest = length - Self.block(2, "error").utf8.count - 13
      let long = Self.block(2, "error", extra: "  \"pad\": \"\(String(repeating: "x", count: max(rest, 1)))\",\n")
      _ = check([Self.block(1, "info"), long, Self.block(3, "info")])
    }
  }

  @Test("However the file is cut, each line has the same code and the segment the same stamps", arguments: 1...40)
  func cuts(_ seed: UInt64) {
    var generator = SeededGenerator(seed &+ 31)
    var lines: [String] = []
    for number in 0..<40 {
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: lines.append(Traces.line(&generator))
      case 1: lines.append(#"{"time":"2026-01-02T03:04:09Z","level":"debug","msg":"x"}"#)
      case 2: lines.append("{\n  \"level\": \"fatal\",")
      default: lines.append(Self.block(number % 10, ["info", "error", "warn"][number % 3]))
      }
    }
    let text = lines.joined(separator: "\n") + "\n"
    withBytes(text) { bytes in
      let reader = reader(for: text)
      let whole = reader.index(bytes, segment: 0..<bytes.count, reference: reference)
      var (codes, state, position) = ([UInt8](), ScanState(), 0)
      var stamped = 0
      while position < bytes.count {
        let next = min(bytes.count, position + Int.random(in: 1..<900, using: &generator))
        // As workers do: blocks that end anywhere, the rest of an unfinished record again with the next one.
        var indexer = SegmentIndexer(reader, reference: reference)
        indexer.begin(entry: state, reference: reference)
        var place =
          position == 0 ? 0 : position - 1 + (bytes.part(position - 1..<bytes.count).firstIndex(of: 10) ?? 0) + 1
        var end = place
        while place < next {
          end = min(bytes.count, max(end, place) + Int.random(in: 1..<200, using: &generator))
          let read = indexer.read(
            bytes.part(place..<end), from: 0, before: next - place, at: place, isLast: end == bytes.count)
          place += read
        }
        let part = indexer.finish(emptyAt: place)
        for line in 0..<part.lineCount { codes.append(part.groups[line / 64].code(ofLine: line % 64).rawValue) }
        stamped += part.stampedCount
        state = part.exit
        position = next
      }
      #expect(codes == (0..<whole.lineCount).map { whole.groups[$0 / 64].code(ofLine: $0 % 64).rawValue })
      #expect(stamped == whole.stampedCount)
    }
    expectSameBounds(
      lines.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }, &generator)
  }
}
