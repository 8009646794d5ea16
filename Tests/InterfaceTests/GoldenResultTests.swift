import Analysis
import Drawing
import QueryLanguage
import Testing

@testable import Interface

@Suite struct GoldenResultTests {
  @Test("A table of groups, its header and notes", arguments: [(80, 24), (130, 36), (40, 10), (1, 1)])
  func table(columns: Int, rows: Int) throws {
    var state = ResultFixture.state(ResultFixture.routes, columns: columns, rows: rows)
    state.result.cursor = 1
    try GoldenScreen.check("result-\(columns)x\(rows)", state)
  }

  @Test("In ASCII and without colours")
  func plain() throws {
    var state = ResultFixture.state(ResultFixture.routes)
    _ = state.sort(by: 3)
    state.message = nil
    try GoldenScreen.check("result-ascii", state, glyphs: .ascii, depth: .none)
  }

  @Test("Patterns with their levels and sparklines", arguments: [(80, 24), (130, 36), (40, 10)])
  func patterns(columns: Int, rows: Int) throws {
    let state = ResultFixture.state(
      ResultFixture.patterns, query: "level>=info | patterns", columns: columns, rows: rows)
    try GoldenScreen.check("patterns-\(columns)x\(rows)", state)
  }

  @Test("A tree, a node of it folded", arguments: [(80, 24), (130, 36), (40, 10)])
  func tree(columns: Int, rows: Int) throws {
    var state = ResultFixture.state(
      ResultFixture.tree, query: "trace:* | tree by trace", columns: columns, rows: rows)
    state.result.cursor = 3
    _ = state.performInResult(.foldNode, count: nil)
    try GoldenScreen.check("tree-\(columns)x\(rows)", state)
  }

  @Test("A tree in ASCII")
  func plainTree() throws {
    let state = ResultFixture.state(ResultFixture.tree, query: "trace:* | tree by trace", rows: 20)
    try GoldenScreen.check("tree-ascii", state, glyphs: .ascii, depth: .none)
  }

  @Test("Scrolled sideways, the first key stays")
  func sideways() throws {
    var state = ResultFixture.state(ResultFixture.routes, columns: 40, rows: 10, panels: false)
    state.result.firstColumn = 3
    try GoldenScreen.check("result-sideways", state)
  }

  // MARK: Charts

  static let charts: [(ChartKind, Int, Int)] = [
    (.line, 80, 24), (.bar, 80, 24), (.spark, 80, 24), (.line, 130, 36), (.bar, 130, 36), (.line, 40, 10),
    (.line, 1, 1),
  ]

  @Test("Series over the axis of the panels, the slice under the cursor marked", arguments: charts)
  func chart(kind: ChartKind, columns: Int, rows: Int) throws {
    let query = "* | count by 10s, level | chart \(kind.rawValue)"
    var state = ResultFixture.state(ResultFixture.timeline, query: query, columns: columns, rows: rows, chart: kind)
    _ = state.performInResult(.right, count: 2)
    state.message = nil
    try GoldenScreen.check("chart-\(kind.rawValue)-\(columns)x\(rows)", state)
  }

  @Test("Charts in ASCII and without colours", arguments: [ChartKind.line, .bar])
  func plainChart(kind: ChartKind) throws {
    let query = "* | count by 10s, level | chart \(kind.rawValue)"
    let state = ResultFixture.state(ResultFixture.timeline, query: query, chart: kind)
    try GoldenScreen.check("chart-\(kind.rawValue)-ascii", state, glyphs: .ascii, depth: .none)
  }

  @Test("A bar a row where there are no slices")
  func bars() throws {
    let state = ResultFixture.state(
      ResultFixture.routes, query: "* | count by route | chart bar", rows: 16, chart: .bar)
    try GoldenScreen.check("chart-rows", state)
  }

  // MARK: Prompts

  @Test("The reference of the language, searched")
  func reference() throws {
    var state = GoldenFixture.state(columns: 110, rows: 24, files: GoldenLogs.all)
    _ = state.open(.filter, text: "level:error | ")
    _ = state.openReference()
    state.help.needle = "percentile"
    try GoldenScreen.check("reference", state)
  }

  @Test("What Tab would put in is offered while one types", arguments: [80, 40])
  func offers(columns: Int) throws {
    var state = GoldenFixture.state(columns: columns, rows: 12, files: GoldenLogs.all)
    state.panels.isHidden = true
    state.vocabulary = Vocabulary(values: ["path": ["/cart"], "process": ["7"], "port": ["80"], "level": ["info"]])
    _ = state.open(.filter)
    _ = state.type("level>=info | count by 1m, p")
    state.view.inFlight = nil
    try GoldenScreen.check("offers-\(columns)", state)
  }

  @Test("Stages are completed with a line about each")
  func stages() throws {
    var state = GoldenFixture.state(rows: 16, files: GoldenLogs.all)
    state.panels.isHidden = true
    _ = state.open(.filter)
    _ = state.type("level>=info | ")
    _ = state.performInPrompt(.complete)
    _ = state.performInPrompt(.complete)
    try GoldenScreen.check("completion-stages", state)
  }
}
