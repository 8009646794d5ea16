import Analysis
import Drawing
import Quantities
import QueryLanguage
import Records

@testable import Interface

/// Results as engines give them, made by hand.
enum ResultFixture {
  /// 2026-03-14 14:00:00 UTC.
  static let start = Timestamp(seconds: 1_773_496_800)

  /// A state that shows `table` in the place of the incident's log.
  static func state(
    _ table: ResultTable, query: String = "* | count by route", columns: Int = 80, rows: Int = 24,
    chart: ChartKind? = nil, panels: Bool = true
  ) -> State {
    var state = GoldenFixture.state(columns: columns, rows: rows, files: GoldenLogs.all)
    state.follow.isFollowing = false
    state.settings.glyphs = .unicode
    if panels {
      GoldenFixture.addPanel("db conns", [6, 7, 9, .nan, 20, 22, 18, 9, 6, 6], to: &state)
      GoldenFixture.addVolume(to: &state)
    }
    show(table, query: query, chart: chart, in: &state)
    return state
  }

  /// Gives the state an answer as a worker would.
  static func show(_ table: ResultTable, query: String, chart: ChartKind? = nil, in state: inout State) {
    let parts = QueryParts(query)
    state.options.filter = parts.filter == "*" ? "" : parts.filter
    state.options.pipeline = parts.pipeline
    _ = state.requestResult(isRefresh: false)
    _ = state.update(
      .result(ResultAnswer(id: state.result.requestCount, table: table, chart: chart)), at: state.now)
    state.message = nil
  }

  /// `count, p95(duration), sum(bytes) by route`
  static let routes = ResultTable(
    columns: [
      .init("route", role: .key), .init("level", role: .key), .init("count"), .init("p95(duration)"),
      .init("sum(bytes)"), .init("avg(rows)"),
    ],
    rows: [
      row(
        .text("/api/orders"), .level(.error), .integer(31_204), .duration(182_400_000), .size(1_572_864), .number(12.5)),
      row(.text("/cart"), .level(.info), .integer(8_113), .duration(2_010_000_000), .size(5_626), .number(3)),
      row(.text("/search"), .level(.warn), .integer(942), .duration(830_000), .absent, .number(0.031)),
      row(
        .text("/static/bundles/checkout/main.7f3c9e1d.chunk.js"), .level(.info), .integer(17), .absent, .size(310),
        .absent),
      row(.text("注文を受け付けました"), .absent, .integer(3), .duration(95_000_000_000), .size(0), .number(1234.5)),
      .init([.text("(other)"), .absent, .integer(120), .duration(44_000_000), .size(99_000), .number(2)]),
    ],
    notes: [
      "p95(duration): UDDSketch, within 1 % of the value",
      "the 10,000 most frequent groups are kept, (other) has the rest; a count may miss up to 12 records of its group",
    ])

  private static func row(_ cells: Value...) -> ResultTable.Row {
    guard case .text(let route) = cells[0] else { return .init(cells) }
    return .init(cells, filter: "route=\"\(route)\"")
  }

  /// `patterns`
  static let patterns = ResultTable(
    columns: [
      .init("count"), .init("share"), .init("level"), .init("first"), .init("last"), .init("over time"),
      .init("pattern", role: .key),
    ],
    rows: [
      pattern("order placed order=<number>", .info, 12_402, [900, 1000, 1100, 1000, 800, 700, 900, 1000, 1100, 1402]),
      pattern(
        "payment <*> failed: upstream timed out after <duration> for order <number>", .error, 812,
        [0, 0, 3, 90, 410, 260, 40, 9, 0, 0, 0, 0]),
      pattern(
        "slow query took <duration> rows=<number>", .warn, 420, [10, 20, 30, 40, 50, 60, 60, 50, 40, 30, 20, 10]),
      pattern("connection reset by peer", .warn, 1, [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]),
    ])

  private static func pattern(_ text: String, _ level: Level, _ count: Int, _ trend: [Int]) -> ResultTable.Row {
    .init(
      [
        .integer(Int64(count)), .number(Double(count) / 13_635), .level(level),
        .time(start + .seconds(Int64(12))), .time(start + .seconds(Int64(1100))), .counts(trend), .text(text),
      ], filter: "pattern:\"\(text)\"")
  }

  /// `tree by trace`
  static let tree = ResultTable(
    columns: [
      .init("name", role: .key), .init("time"), .init("duration"), .init("level"), .init("count"), .init("status"),
    ],
    rows: [
      node("checkout  4bf92f3577b34da6", 0, 0, 2_310, .error, "ok"), node("cart.load", 1, 3, 41, .info, "ok"),
      node("payment.charge", 1, 60, 2_010, .error, "failed"),
      node("http POST gateway", 2, 61, 2_000, .warn, "timeout"), node("retry 1", 3, 900, 700, .warn, "timeout"),
      node("audit.write", 2, 2_065, 4, .info, "ok"), node("mail.receipt", 1, 2_100, 200, .info, "ok"),
      node("checkout  00f067aa0ba902b7", 0, 5_000, 90, .info, "ok"), node("cart.load", 1, 5_004, 38, .info, "ok"),
    ])

  private static func node(
    _ name: String, _ depth: Int, _ at: Int64, _ took: Int, _ level: Level, _ status: String
  ) -> ResultTable.Row {
    .init(
      [
        .text(name), .time(start + .milliseconds(at)), .duration(Double(took) * 1e6), .level(level), .integer(3),
        .text(status),
      ], filter: "span=\"\(name) \(at)\"", depth: depth)
  }

  /// `count by 1m, level`
  static let timeline: ResultTable = {
    var table = ResultTable(columns: [
      .init("time", role: .slice(nanoseconds: 10_000_000_000)), .init("level", role: .key), .init("count"),
    ])
    let from = GoldenFixture.now.wholeSeconds - 100
    for slice in 0..<7 {
      let time = Timestamp(seconds: (from / 10 + Int64(slice)) * 10)
      for (level, count) in [
        (Level.info, 40 + slice * 5), (.warn, slice == 2 ? 0 : 6), (.error, slice > 2 && slice < 5 ? 30 : 2),
      ]
      where count > 0 {
        table.rows.append(
          .init(
            [.time(time), .level(level), .integer(Int64(count))], filter: "time>=\(time.iso8601) level=\(level.name)"))
      }
    }
    return table
  }()
}
