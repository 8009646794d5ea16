import Analysis
import QueryLanguage
import TestSupport
import Testing

/// What comes out does not depend on how the records were cut, nor on how many threads took the pieces; and it is what a naive count says.
@Suite struct PipelinePropertyTests {
  private static func records(_ generator: inout SeededGenerator, _ count: Int) -> (
    text: String, rows: [(route: String?, took: Int?, level: String)]
  ) {
    var text = ""
    var rows: [(route: String?, took: Int?, level: String)] = []
    for number in 0..<count {
      let level = ["INFO", "WARN", "ERROR", "DEBUG"].randomElement(using: &generator) ?? "INFO"
      let route = Bool.random(using: &generator) ? "/r\(Int.random(in: 0..<12, using: &generator))" : nil
      let took = Int.random(in: 0..<4, using: &generator) > 0 ? Int.random(in: 0..<5000, using: &generator) : nil
      let (minute, second) = (number / 60 % 60, number % 60)
      text += "2026-01-02T10:\(minute < 10 ? "0" : "")\(minute):\(second < 10 ? "0" : "")\(second)Z \(level) [app] done"
      if let route { text += " route=\(route)" }
      if let took { text += " took_ms=\(took)" }
      text += "\n"
      if number % 17 == 0 { text += "  at somewhere route=/none\n" }
      rows.append((route, took, level))
    }
    return (text, rows)
  }

  @Test(arguments: 0..<6) func cuttingDoesNotMatter(seed: Int) throws {
    var generator = SeededGenerator(UInt64(seed))
    let (text, _) = Self.records(&generator, 300)
    let queries = [
      "* | count, p50 p99(took_ms), sum(took_ms), distinct(route), min(took_ms), first(took_ms), last(route) by route",
      "level>=warn | count by 1m, level", "* | top 3 route", "* | rate by 5m | sort -rate",
      "* | sort -took_ms | limit 7 | fields took_ms",
      "took_ms>2000 | fields time, took_ms", "* | eval s = took_ms / 1000 | avg(s), stdev(took_ms) by level",
    ]
    for query in queries {
      let whole = Pipelines.text(try Pipelines.table(query, text), isShort: true)
      for pieces in [2, 5, 40] {
        #expect(
          Pipelines.text(try Pipelines.table(query, text, pieces: pieces), isShort: true) == whole,
          "\(query) in \(pieces) pieces")
      }
    }
  }

  @Test(arguments: 0..<6) func equalsANaiveCount(seed: Int) throws {
    var generator = SeededGenerator(UInt64(100 + seed))
    let (text, rows) = Self.records(&generator, 400)
    let table = try Pipelines.table("* | count, sum(took_ms), p90(took_ms), max(took_ms) by route", text, pieces: 7)
    let routes = Dictionary(grouping: rows, by: \.route)
    #expect(table.rows.count == routes.count)
    for row in table.rows {
      var route: String?
      if case .text(let text) = row.cells[0] { route = text }
      let group = try #require(routes[route])
      let numbers = group.compactMap(\.took).sorted()
      #expect(row.cells[1] == .integer(Int64(group.count)))
      guard !numbers.isEmpty else { continue }
      #expect(row.cells[2] == .duration(Double(numbers.reduce(0, +)) * 1e6))
      let rank = max(1, Int((0.9 * Double(numbers.count)).rounded(.up)))
      #expect(row.cells[3] == .duration(Double(numbers[rank - 1]) * 1e6))
      #expect(row.cells[4] == .duration(Double(numbers[numbers.count - 1]) * 1e6))
    }
  }

  /// Where groups are put away, nothing is counted twice or lost, and no count is off by more than what is said.
  @Test(arguments: 0..<6) func bounded(seed: Int) throws {
    var generator = SeededGenerator(UInt64(200 + seed))
    var text = ""
    var counts: [String: Int] = [:]
    for _ in 0..<60_000 {
      // Half of the records share few keys, the others are nearly all different.
      let key =
        Bool.random(using: &generator)
        ? "k\(Int.random(in: 0..<20, using: &generator))" : "r\(Int.random(in: 0..<30_000, using: &generator))"
      counts[key, default: 0] += 1
      text += "2026-01-02T10:00:00Z INFO done key=\(key)\n"
    }
    let table = try Pipelines.table(
      "* | count by key", text, pieces: 60, limits: .init(groups: 100, exactNumbers: 1000, bytes: 64 << 20))
    #expect(table.rows.count == 101)
    var total = 0
    let said = try #require(table.notes.first { $0.contains("a count may miss up to") })
    let error = try #require(said.split(separator: " ").compactMap { Int($0) }.last)
    for row in table.rows {
      guard case .text(let key) = row.cells[0], case .integer(let count) = row.cells[1] else { continue }
      total += Int(count)
      if key == "(other)" { continue }
      let truth = try #require(counts[key])
      #expect(Int(count) <= truth && truth <= Int(count) + error, "\(key): \(count) of \(truth), error \(error)")
    }
    #expect(total == 60_000)
    for number in 0..<20 { #expect(table.rows.contains { $0.cells[0] == .text("k\(number)") }) }
  }
}
