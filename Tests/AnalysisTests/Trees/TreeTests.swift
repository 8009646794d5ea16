import Quantities
import QueryLanguage
import TestSupport
import Testing

@testable import Analysis

@Suite struct TreeTests {
  @Test func nestsSpansByParents() {
    let log = TreeLog(
      """
      {"time":"2026-11-22T10:00:00.000Z","level":"info","msg":"GET /pay","trace_id":"t","span_id":"a","span_name":"http","duration_ms":120}
      {"time":"2026-11-22T10:00:00.010Z","level":"info","msg":"charging","trace_id":"t","span_id":"b","parent_span_id":"a"}
      {"time":"2026-11-22T10:00:00.050Z","level":"error","msg":"refused","trace_id":"t","span_id":"b","parent_span_id":"a"}
      {"time":"2026-11-22T10:00:00.060Z","level":"info","msg":"query","trace_id":"t","span_id":"c","parent_span_id":"gone"}
      {"time":"2026-11-22T10:00:00.070Z","level":"info","msg":"loose","trace_id":"t"}
      {"time":"2026-11-22T10:00:00.080Z","level":"info","msg":"stranger"}
      """)
    let table = log.table()
    #expect(
      table.outline("duration", "level", "count") == [
        "t 120ms error 5", "  http: GET /pay 120ms error 3", "    b 40ms error 2", "      charging - info 1",
        "      refused - error 1", "  query - info 1", "  loose - info 1",
      ])
    #expect(table.notes == ["no record has the parent of 1 span", "1 record has nothing that tells the trace"])
    #expect(table.rows[1].filter == #"trace_id="t" (span_id="a" or span_id="b")"#)
  }

  @Test func opensCirclesOfParents() throws {
    let log = TreeLog(
      lines: ["pq", "qr", "rp", "ss", "tp"].enumerated().map { number, pair in
        let (id, parent) = (pair.prefix(1), pair.suffix(1))
        return
          #"{"time":"2026-11-22T10:00:0\#(number)Z","msg":"\#(id)","trace_id":"t","span_id":"\#(id)","parent_span_id":"\#(parent)"}"#
      })
    let table = log.table()
    #expect(table.rows.count == 6)
    #expect(table.outline() == ["t", "  r", "    q", "      p", "        t", "  s"])
    #expect(table.notes == ["1 span stood in themselves by way of their parents"])
  }

  @Test func nestsSpansThatHaveNoIds() throws {
    let log = TreeLog(
      """
      {"timestamp":"2022-02-15T18:47:10.1Z","level":"INFO","fields":{"message":"preparing"},"spans":[{"yaks":3,"name":"all"}]}
      {"timestamp":"2022-02-15T18:47:10.2Z","level":"TRACE","fields":{"message":"hello"},"spans":[{"yaks":3,"name":"all"},{"yak":1,"name":"one"}]}
      {"timestamp":"2022-02-15T18:47:10.3Z","level":"WARN","fields":{"message":"where"},"spans":[{"yaks":3,"name":"all"},{"yak":1,"name":"one"}]}
      {"timestamp":"2022-02-15T18:47:10.4Z","level":"TRACE","fields":{"message":"done"},"spans":[{"yaks":3,"name":"all"}]}
      {"timestamp":"2022-02-15T18:47:10.5Z","level":"TRACE","fields":{"message":"other"},"spans":[{"yaks":4,"name":"all"}]}
      """)
    let table = log.table()
    #expect(
      table.outline("duration", "level", "count") == [
        "all{yaks=3} 300ms warn 4", "  preparing - info 1", "  one{yak=1} 100ms warn 2", "    hello - trace 1",
        "    where - warn 1", "  done - trace 1", "all{yaks=4} - trace 1", "  other - trace 1",
      ])
    for row in table.rows where row.filter != nil {
      #expect(try log.count(row.filter ?? "") == Int(row.cells[4].magnitude ?? -1), "\(row.filter ?? "")")
    }
    #expect(table.rows[0].filter != nil && table.rows[2].filter != nil)
  }

  @Test(arguments: [
    (#"{"traceId":"z","id":"1","name":"get","timestamp":1502787600000000,"duration":1500}"#, "get 1.5ms"),
    (#"{"traceID":"z","spanID":"1","operationName":"get","startTime":1502787600000000,"duration":1500}"#, "get 1.5ms"),
    (
      #"{"@timestamp":"2026-11-22T10:00:00Z","trace.id":"z","span.id":"1","event.duration":1500,"message":"m"}"#,
      "m 1.5us"
    ),
    (
      #"{"@timestamp":"2026-11-22T10:00:00Z","trace":{"id":"z"},"transaction":{"id":"1","name":"t"},"message":"m"}"#,
      "t: m -"
    ),
  ])
  func knowsTheNamesOf(line: String, node: String) {
    #expect(TreeLog(line).table().outline("duration").dropFirst() == ["  " + node])
  }

  /// A million records that have no trace are not one trace.
  @Test(arguments: ["00000000000000000000000000000000", "-", "null", "00000000-0000-0000-0000-000000000000"])
  func takesNoneForNoId(id: String) {
    let log = TreeLog(
      """
      {"time":"2026-11-22T10:00:00Z","msg":"a","trace_id":"\(id)","span_id":"0000000000000000"}
      {"time":"2026-11-22T10:00:01Z","msg":"b","trace_id":"t","span_id":"s","parent_span_id":"\(id)"}
      {"time":"2026-11-22T10:00:02Z","msg":"c","trace_id":"\(id)","request_id":"r"}
      """)
    let table = log.table()
    #expect(table.outline() == ["t", "  b", "r", "  c"])
    #expect(table.notes == ["1 record has nothing that tells the trace"])
    #expect(log.table(by: "trace_id").outline() == [id, "  a", "  c", "t", "  b"])
  }

  @Test func aZeroCountsRequestsOrIsDatadogsNothing() {
    let log = TreeLog(
      """
      {"time":"2026-11-22T10:00:00Z","msg":"a","request_id":0}
      {"time":"2026-11-22T10:00:01Z","msg":"b","dd.trace_id":"0","dd.span_id":"0"}
      """)
    #expect(log.table().outline() == ["0", "  a"])
  }

  /// pino writes the logger's name beside the message.
  @Test func takesNoLoggerForASpan() {
    let log = TreeLog(
      """
      {"level":"info","time":1745532517537,"name":"payment","trace_id":"t","span_id":"s","msg":"charged"}
      {"level":"info","time":1745532517538,"name":"payment","trace_id":"t","span_id":"s","msg":"done"}
      {"level":"info","time":1745532517539,"name":"payment","trace_id":"t","span_id":"u","msg":"other"}
      """)
    #expect(log.table().outline() == ["t", "  s", "    charged", "    done", "  other"])
  }

  @Test func takesTheFieldThatIsNamed() {
    let log = TreeLog(
      "level=info msg=one shop=x request_id=1\nlevel=warn msg=two shop=x request_id=2", format: "logfmt")
    #expect(log.table(by: "shop").outline("count") == ["x 2", "  one 1", "  two 1"])
    #expect(log.table().outline("count") == ["1 1", "  one 1", "2 1", "  two 1"])
    #expect(log.table(by: "none").notes == ["2 records have no none"])
  }

  @Test func standsDeepNesting() {
    let lines = (0..<20_000).map {
      #"{"time":"2026-11-22T10:00:00Z","msg":"m","trace_id":"t","span_id":"\#($0)","parent_span_id":"\#($0 + 1)"}"#
    }
    let table = TreeLog(lines: lines).table()
    #expect(table.rows.count == 20_001)
    #expect(table.rows.last?.depth == Forest.depthLimit)
    #expect(
      table.notes.contains("what stands deeper than 256 levels, down to 20000, is shown at that depth"))
    #expect(table.cell(0, "count") == .integer(20_000))
  }

  /// Records of all kinds, many of which contradict each other.
  private func randomLog(_ random: inout SeededGenerator, _ count: Int) -> TreeLog {
    TreeLog(
      lines: (0..<count).map { number in
        var line = "{\"time\":\"2026-11-22T10:00:0\(random.below(10)).\(100_000 + number)Z\",\"msg\":\"m\(number)\""
        if random.chance(90) { line += ",\"trace_id\":\"t\(random.below(4))\"" }
        if random.chance(70) { line += ",\"span_id\":\"s\(random.below(12))\"" }
        if random.chance(60) { line += ",\"parent_span_id\":\"s\(random.below(14))\"" }
        if random.chance(20) { line += ",\"span_name\":\"n\(random.below(3))\"" }
        if random.chance(20) { line += ",\"level\":\"warn\"" }
        if random.chance(10) {
          line += ",\"task_uuid\":\"u\",\"task_level\":[\(random.below(3)),\(random.below(3) + 1)]"
        }
        if random.chance(10) { line += ",\"spans\":[{\"name\":\"o\"},{\"name\":\"i\",\"k\":\(random.below(2))}]" }
        return line + "}"
      })
  }

  @Test(arguments: 0..<30) func isTheSameHoweverTheRecordsAreCut(seed: Int) {
    var random = SeededGenerator(seed)
    let log = randomLog(&random, 200)
    let plan =
      seed % 2 == 0
      ? TreePlan(by: nil, limits: .large) : TreePlan(by: nil, recordLimit: 1 + random.below(60), byteLimit: 1 << 20)
    let whole = log.sink(plan).table()
    var pieces: [TreeSink] = []
    var start = 0
    while start < log.lines.count {
      let end = min(log.lines.count, start + 1 + random.below(80))
      pieces.append(log.sink(plan, start..<end))
      start = end
    }
    pieces.shuffle(using: &random)
    var merged = TreeSink(plan)
    for piece in pieces { merged.merge(piece) }
    #expect(merged.table() == whole)
  }

  /// Records each of which belongs to one trace only.
  private func plainLog(_ random: inout SeededGenerator, _ count: Int) -> TreeLog {
    TreeLog(
      lines: (0..<count).map { number in
        var line = "{\"time\":\"2026-11-22T10:00:0\(random.below(10)).\(100_000 + number)Z\",\"msg\":\"m\(number)\""
        switch random.below(3) {
        case 0:
          line += ",\"trace_id\":\"t\(random.below(3))\""
          if random.chance(80) { line += ",\"span_id\":\"s\(random.below(9))\"" }
          if random.chance(60) { line += ",\"parent_span_id\":\"s\(random.below(11))\"" }
        case 1: line += ",\"task_uuid\":\"u\",\"task_level\":[\(random.below(3)),\(number)]"
        default:
          line += ",\"spans\":[{\"name\":\"o\",\"n\":\(random.below(2))},{\"name\":\"i\",\"k\":\(random.below(2))}]"
        }
        return line + "}"
      })
  }

  @Test(arguments: 0..<10) func filtersFindTheRecordsOfTheirRows(seed: Int) throws {
    var random = SeededGenerator(100 + seed)
    let log = plainLog(&random, 60)
    let table = log.table()
    #expect(table.rows.filter { $0.filter != nil }.count * 10 >= table.rows.count * 9)
    for row in table.rows {
      guard let filter = row.filter else { continue }
      let count = Int(row.cells[4].magnitude ?? -1)
      #expect(try log.count(filter) == count, "\(filter) \(row.cells)")
    }
  }

  @Test func keepsTheNewestWithinItsBound() {
    let lines = (0..<5000).map {
      #"{"time":\#(1_700_000_000 + ($0 * 7919) % 5000),"msg":"m\#($0)","trace_id":"t\#($0 % 100)"}"#
    }
    var sink = TreeSink(TreePlan(by: nil, recordLimit: 100, byteLimit: 1 << 20))
    TreeLog(lines: lines).forEach {
      sink.add($0)
      #expect(sink.byteCount < 1 << 20)
    }
    let table = sink.table()
    #expect(table.rows.filter { $0.depth == 1 }.count == 100)
    #expect(table.notes == ["the tree is of the newest 100 of 5000 records; traces may lack their beginnings"])
    let times = table.rows.compactMap { if case .time(let time) = $0.cells[1] { time } else { nil } }
    #expect(times.allSatisfy { $0 >= Timestamp(seconds: 1_700_004_900) })
  }
}
