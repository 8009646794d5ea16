import LogFiles
import Quantities
import Records
import TestSupport
import Testing

@testable import QueryLanguage
@testable import Timelines

/// Filters and rows of coloured logs are those of the same logs without colours.
@Suite struct ColourTests {
  private static let queries = [
    "a1b2", "request_id=a1b2", "\"user bob\"", "~user.*bob", "~^x7", "bob -a1b2", "raw:bob", "msg:bob", "level>=warn",
    "request_id", "took>5", "error or bob", "-user", "~b2", "[31m", "31", "user=bob error",
  ]

  /// A log, with and without colours between any of its letters after the level.
  private static func logs(_ seed: Int) -> (plain: String, coloured: String) {
    var random = SeededGenerator(seed)
    var (plain, coloured) = ("", "")
    let words = ["user", "bob", "request_id=a1b2", "request_id=a1b3", "user=bob", "took=7", "took=3", "31", "é"]
    for line in 0..<150 {
      let two = line % 60 < 10 ? "0\(line % 60)" : "\(line % 60)"
      let head = "2026-01-02 03:0\(line / 60):\(two) "
      let level = ["INFO", "WARN", "ERROR"][random.below(3)]
      plain += head + level + " "
      // The first line has colours, so that the sample shows them.
      let isColoured = line == 0 || random.below(3) > 0
      coloured += head + (isColoured ? "\u{1B}[3\(random.below(8))m\(level)\u{1B}[0m " : level + " ")
      for _ in 0..<(1 + random.below(4)) {
        for letter in words[random.below(words.count)] + " " {
          plain.append(letter)
          if isColoured, random.below(4) == 0 { coloured += ["\u{1B}[1;36m", "\u{1B}[m", "\u{1B}(B"][random.below(3)] }
          coloured.append(letter)
        }
      }
      plain += "end\n"
      coloured += "end\n"
    }
    return (plain, coloured)
  }

  @Test(arguments: 0..<30) func filtersSeeNoColours(seed: Int) throws {
    let logs = Self.logs(seed)
    let size = [300, 2_000, 1 << 20][seed % 3]
    let plain = snapshot([TestFile(file: 0, text: Array(logs.plain.utf8), segmentSize: size)])
    let coloured = snapshot([TestFile(file: 0, text: Array(logs.coloured.utf8), segmentSize: size)])
    #expect(coloured.generations[0].reader.hasColours && !plain.generations[0].reader.hasColours)
    let now = Timestamp(seconds: 1_767_355_200)
    let engine = FilterEngine()
    for query in Self.queries {
      let filter = try QueryCompiler.compile(query, context: QueryContext(now: now, newest: now))
      let expected = try #require(FilterEngine().evaluate(filter, over: plain))
      let found = try #require(engine.evaluate(filter, over: coloured))
      let lines = { (result: FilterResult, snapshot: LogSnapshot) in
        Timeline(snapshot, filter: result).records(from: 0, count: .max).map { $0.line?.rawValue }
      }
      #expect(lines(found, coloured) == lines(expected, plain), "\(query)")
    }
  }

  @Test func rowsHaveNoEscapes() throws {
    let logs = Self.logs(1)
    let plain = Timeline(snapshot([TestFile(file: 0, text: Array(logs.plain.utf8), segmentSize: 1_000)]))
    let coloured = Timeline(snapshot([TestFile(file: 0, text: Array(logs.coloured.utf8), segmentSize: 1_000)]))
    let (expected, rows) = (plain.rows(from: 0, count: .max), coloured.rows(from: 0, count: .max))
    #expect(rows.map(\.bytes) == expected.map(\.bytes) && !rows.isEmpty)
    #expect(rows.map(\.parsed.stamp) == expected.map(\.parsed.stamp))
    #expect(rows.map(\.parsed.level) == expected.map(\.parsed.level))
  }

  @Test func filtersAndRowsOfLatin1AreInUTF8() throws {
    let lines = ["2026-01-02 03:04:05 INFO user=André done", "2026-01-02 03:04:06 INFO user=Zoe done"]
    let bytes = lines.joined(separator: "\n").unicodeScalars.map { UInt8($0.value) }
    let snapshot = snapshot([TestFile(file: 0, text: bytes, segmentSize: 1_000)])
    #expect(Timeline(snapshot).rows(from: 0, count: .max).map { String(decoding: $0.bytes, as: UTF8.self) } == lines)
    let now = Timestamp(seconds: 1_767_355_200)
    for query in ["André", "user=André", "~ndr[\u{e9}]", "user:é"] {
      let filter = try QueryCompiler.compile(query, context: QueryContext(now: now, newest: now))
      let result = try #require(FilterEngine().evaluate(filter, over: snapshot))
      #expect(result.count == 1, "\(query)")
    }
  }
}
