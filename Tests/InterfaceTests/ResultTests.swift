import Analysis
import Drawing
import LogFiles
import Quantities
import QueryLanguage
import Records
import Synchronization
import TestSupport
import Testing
import Themes
import Timelines

@testable import Interface

@Suite struct ResultTests {
  private func state(_ table: ResultTable = ResultFixture.routes, columns: Int = 100, rows: Int = 24) -> State {
    ResultFixture.state(table, columns: columns, rows: rows)
  }

  private func names(_ state: State) -> [String] {
    state.result.rows.map { ValueText(zone: .utc).text(state.result.table?.rows[$0.index].cells[0] ?? .absent) }
  }

  // MARK: Order

  @Test func sortsByEachColumnInTurnAndBack() {
    var state = state()
    let asComputed = names(state)
    var seen: [[String]] = []
    for _ in 0..<7 {
      _ = state.performInResult(.sortNext, count: nil)
      seen.append(names(state))
    }
    #expect(seen[0].first == "/api/orders")
    #expect(seen[2].prefix(2) == ["/api/orders", "/cart"])
    // Absent values come last, and the row of all others behind them.
    #expect(seen[3].suffix(2) == ["/static/bundles/checkout/main.7f3c9e1d.chunk.js", "(other)"])
    #expect(seen[6] == asComputed)
    _ = state.sort(by: 2)
    _ = state.performInResult(.sortReverse, count: nil)
    #expect(names(state).first == "注文を受け付けました")
    #expect(names(state).last == "(other)")
  }

  @Test func theCursorStaysOnItsRowWhenRowsAreSortedOrRenewed() {
    var state = state()
    state.moveInResult(to: 2)
    _ = state.sort(by: 5)
    #expect(state.result.cursorRow?.cells.first == .text("/search"))
    var table = ResultFixture.routes
    table.rows.swapAt(0, 2)
    table.rows[0].cells[5] = .number(50_000)
    state.show(table)
    #expect(state.result.cursorRow?.cells.first == .text("/search"))
    // What was left at the top stays there.
    state.moveInResult(to: 0)
    state.show(ResultFixture.routes)
    #expect(state.result.cursor == 0)
  }

  @Test(arguments: 0..<20) func sortingIsStableAndLosesNothing(seed: Int) {
    var generator = SeededGenerator(seed)
    var table = ResultTable(columns: [.init("a", role: .key), .init("n")])
    var depth = 0
    for index in 0..<Int.random(in: 0..<60, using: &generator) {
      depth = seed % 2 == 0 ? 0 : Int.random(in: 0...(depth + 1), using: &generator)
      if index == 0 { depth = 0 }
      let value: Value = Bool.random(using: &generator) ? .absent : .integer(.random(in: 0..<5, using: &generator))
      table.rows.append(.init([.integer(Int64(index)), value], filter: "n=\(index)", depth: depth))
    }
    let rows = ResultRows.arrange(table, sorting: .init(column: 1, isDescending: seed % 3 == 0))
    #expect(rows.map(\.index).sorted() == Array(table.rows.indices))
    #expect(rows.allSatisfy { (table.rows[$0.index].depth == 0) == ($0.depth == 0) })
    for (row, next) in zip(rows, rows.dropFirst()) where row.branches.isEmpty && next.branches.isEmpty {
      let (a, b) = (table.rows[row.index].cells[1], table.rows[next.index].cells[1])
      if a == b { #expect(row.index < next.index) }
      if a == .absent { #expect(b == .absent) }
    }
    #expect(ResultRows.arrange(table, sorting: nil).map(\.index) == Array(table.rows.indices))
    let folded = Set(rows.filter(\.isParent).map(\.identity))
    let roots = ResultRows.arrange(table, sorting: nil, folded: folded)
    #expect(roots.map(\.index) == table.rows.indices.filter { table.rows[$0].depth == 0 })
    #expect(roots.reduce(roots.count) { $0 + $1.hidden } == table.rows.count)
  }

  // MARK: Trees

  @Test func foldsANodeFromItsLeavesAndTheWholeTree() {
    var state = state(ResultFixture.tree)
    #expect(state.result.rows.count == 9)
    state.moveInResult(to: 4)
    _ = state.performInResult(.foldNode, count: nil)
    #expect(state.result.rows.count == 8)
    #expect(state.result.cursorRow?.cells.first == .text("http POST gateway"))
    _ = state.performInResult(.foldNode, count: nil)
    #expect(state.result.rows.count == 9)
    _ = state.performInResult(.foldAll, count: nil)
    #expect(names(state).map { $0.prefix(8) } == ["checkout", "checkout"])
    _ = state.performInResult(.foldAll, count: nil)
    #expect(state.result.rows.count == 9)
  }

  @Test func aChainOfManyNodesIsArrangedFoldedAndDrawn() throws {
    var table = ResultTable(columns: [.init("name", role: .key), .init("count")])
    for depth in 0..<50_000 { table.rows.append(.init([.text("n\(depth)"), .integer(1)], filter: nil, depth: depth)) }
    var state = state(table)
    #expect(state.result.rows.last?.depth == 49_999)
    #expect(state.result.rows.allSatisfy { $0.branches.count <= TreeBranch.deepest })
    _ = state.performInResult(.last, count: nil)
    _ = renderScreen(state, size: state.size, theme: try Theme(named: "dark", depth: .direct), glyphs: .unicode)
    _ = state.performInResult(.foldAll, count: nil)
    #expect(state.result.rows.map(\.hidden) == [49_999])
  }

  // MARK: Records of a row

  @Test func enterShowsTheRecordsOfTheRowAndBackspaceComesBack() {
    var state = state()
    state.options.filter = "order or cart"
    state.moveInResult(to: 1)
    _ = state.performInResult(.drillDown, count: nil)
    #expect(!state.showsResult)
    #expect(state.options.filter == "(order or cart) and route=\"/cart\"")
    _ = state.performInResult(.backToResult, count: nil)
    #expect(state.showsResult)
    #expect(state.options.filter == "order or cart")
    #expect(state.result.cursor == 1)
    #expect(names(state).count == 6)
    state.moveInResult(to: 5)
    _ = state.performInResult(.drillDown, count: nil)
    #expect(state.showsResult, "the row of all others has no filter")
  }

  @Test func aRowNarrowsTheResultOrIsLeftOut() {
    var state = state()
    let effects = state.performInResult(.exclude, count: nil)
    #expect(state.options.filter == "not route=\"/api/orders\"")
    #expect(
      effects.contains { if case .analyse(let request) = $0 { request.query == state.options.query } else { false } })
  }

  @Test func escapeLeavesThePipelineAndKeepsTheFilter() {
    var state = state()
    state.options.filter = "order"
    _ = state.performInResult(.stepOut, count: nil)
    #expect(state.options.query == "order")
    _ = state.undoView()
    #expect(state.options.pipeline == "| count by route")
  }

  // MARK: Answers

  @Test func answersOfOtherRequestsAreDropped() {
    var state = state()
    _ = state.requestResult(isRefresh: true)
    let id = state.result.requestCount
    _ = state.update(.result(ResultAnswer(id: id - 1, table: ResultTable())), at: state.now)
    #expect(names(state).count == 6)
    // While a result is renewed, parts of it do not take its place.
    _ = state.update(
      .result(ResultAnswer(id: id, table: ResultTable(), progress: 0.5, isComplete: false)), at: state.now)
    #expect(names(state).count == 6)
    _ = state.update(.result(ResultAnswer(id: id, table: ResultFixture.patterns)), at: state.now)
    #expect(names(state).count == 4)
    #expect(!state.result.isRunning)
  }

  @Test func growthRenewsTheResultAtMostOnceASecond() {
    var state = state()
    func isAsked(_ effects: [Effect]) -> Bool { effects.contains { if case .analyse = $0 { true } else { false } } }
    let start = state.now
    #expect(!isAsked(state.update(.snapshotChanged(state.summary), at: start + .milliseconds(100))))
    #expect(state.nextDeadline.map { $0 <= start + .seconds(Int64(1)) } == true)
    #expect(isAsked(state.update(.tick, at: start + .seconds(Int64(1)))))
    #expect(!isAsked(state.update(.snapshotChanged(state.summary), at: start + .milliseconds(1100))))
    // One that took three seconds rests six.
    let answer = ResultAnswer(id: state.result.requestCount, table: ResultFixture.routes)
    #expect(!isAsked(state.update(.result(answer), at: start + .seconds(Int64(4)))))
    #expect(!isAsked(state.update(.tick, at: start + .seconds(Int64(9)))))
    #expect(isAsked(state.update(.tick, at: start + .seconds(Int64(10)))))
  }

  @Test func partsOfTheFirstResultAreShownAndEscapeKeepsThem() {
    var state = state()
    state.options.pipeline = "| count by host"
    _ = state.requestResult(isRefresh: false)
    #expect(state.result.table == nil)
    let part = ResultAnswer(
      id: state.result.requestCount, table: ResultFixture.routes, progress: 0.4, isComplete: false)
    _ = state.update(.result(part), at: state.now)
    #expect(names(state).count == 6)
    let effects = state.performInResult(.stepOut, count: nil)
    #expect(effects.contains { if case .cancel(.analysis) = $0 { true } else { false } })
    #expect(state.showsResult)
    _ = state.performInResult(.stepOut, count: nil)
    #expect(!state.showsResult)
  }

  // MARK: Mouse and search

  @Test func clicksSortMoveAndOpen() {
    var state = state()
    state.settings.usesMouse = true
    let header = state.layout.log.row
    let count = state.resultColumns.places[2]
    func click(_ column: Int, _ row: Int) {
      _ = state.update(.key(.mouse(MouseEvent(.press(0), column: column, row: row))), at: state.now)
    }
    click(count.start, header)
    #expect(state.result.sorting == .init(column: 2, isDescending: true))
    click(count.start, header)
    #expect(state.result.sorting == .init(column: 2, isDescending: false))
    click(3, header + 2)
    #expect(state.result.cursor == 1)
    click(3, header + 2)
    #expect(!state.showsResult)
  }

  @Test func searchGoesThroughTheRows() {
    var state = state()
    for key in [Key.character("/")] + "SEARCH".map(Key.character) { _ = state.update(.key(key), at: state.now) }
    #expect(state.result.cursor == 0)
    _ = state.update(.key(.control("u")), at: state.now)
    for key in "cart".map(Key.character) + [.enter] { _ = state.update(.key(key), at: state.now) }
    #expect(state.result.cursorRow?.cells.first == .text("/cart"))
    _ = state.update(.key(.character("n")), at: state.now)
    #expect(state.message?.text == nil, "the only one is found again")
  }
}

@Suite struct ResultTextTests {
  @Test(arguments: [
    (Value.duration(182_400_000), "182ms"), (.duration(2_010_000_000), "2.01s"), (.duration(59_960_000_000), "1m00s"),
    (.duration(95e9), "1m35s"), (.duration(11_221e9), "3h07m"), (.duration(-1500), "-1.5us"), (.duration(0), "0s"),
    (.duration(9.9e14), "11d11h"), (.size(1_572_864), "1.5MiB"), (.size(310), "310B"),
    (.integer(1_234_567), "1,234,567"),
    (.number(1234.5678), "1,234.6"), (.number(0.031), "0.031"), (.number(0.9999999), "1"), (.number(-2.5), "-2.5"),
    (.number(7.334e-7), "7.33e-7"), (.number(.nan), "NaN"), (.number(1e20), "1e20"), (.number(0), "0"),
    (.boolean(false), "false"), (.boolean(true), "true"), (.level(.warn), "warn"), (.absent, ""),
  ])
  func reads(value: Value, text: String) { #expect(ValueText(zone: .utc).text(value) == text) }

  @Test(arguments: [(0.9096, "91%"), (0.0596, "6%"), (0.00073, "0.073%"), (1, "100%"), (0.4567, "45.7%"), (0, "0%")])
  func shares(share: Double, text: String) { #expect(ValueText.percent(share) == text) }

  @Test(arguments: [1, 2, 5, 9, 11]) func evenCountsStayEvenInFewerCells(width: Int) {
    let cells = SparkText.cells(Array(repeating: 6, count: 12), width: width)
    #expect(cells.count == width)
    #expect(cells.allSatisfy { abs($0 - 72 / Double(width)) < 1e-9 })
  }

  @Test func timesLoseWhatThereIsNoRoomFor() {
    var text = ValueText(zone: .utc)
    text.times = .milliseconds(hasDate: true)
    let time = Timestamp(seconds: 1_773_496_800, nanoseconds: 120_000_000)
    #expect(text.fitting(18).text(time) == "03-14 14:00:00.120")
    #expect(text.fitting(17).text(time) == "03-14 14:00:00")
    #expect(text.fitting(11).text(time) == "03-14 14:00")
    #expect(text.telling([time, time + .seconds(Int64(1))]).timeColumns == 18)
    #expect(text.telling([time, time + .minutes(9)]).timeColumns == 14)
    #expect(text.telling([time + .minutes(90), time]).timeColumns == 11)
  }

  @Test(arguments: [20, 33, 40, 57, 80, 131, 300])
  func columnsStayInsideAndInOrder(width: Int) {
    let state = ResultFixture.state(ResultFixture.patterns, columns: width, rows: 20)
    for first in 0..<7 {
      let columns = ResultColumns(state.result.measures, columns: width, first: first, barColumns: 30)
      #expect(!columns.places.isEmpty)
      for (left, right) in zip(columns.places, columns.places.dropFirst()) { #expect(left.end + 2 <= right.start) }
      #expect(columns.places.allSatisfy { $0.width > 0 && $0.end < width })
      if let bar = columns.bar { #expect(bar.start + bar.width < width) }
    }
  }

  @Test(arguments: [
    ("level>=warn | count by host", "level>=warn", "| count by host"), ("| count", "", "| count"),
    ("a || b", "a || b", ""), ("\"a | b\" | count", "\"a | b\"", "| count"),
    ("~/a|b/ | top 5 x", "~/a|b/", "| top 5 x"),
    ("* | where a=\"|\" | limit 3", "*", "| where a=\"|\" | limit 3"), ("(a or b)", "(a or b)", ""),
  ])
  func queriesAreTakenApart(text: String, filter: String, pipeline: String) {
    let parts = QueryParts(text)
    #expect(parts.filter == filter)
    #expect(parts.pipeline == pipeline)
  }
}

@Suite struct ChartSeriesTests {
  @Test func countsThatASliceLacksAreZero() throws {
    let content = try #require(ChartContent(ResultFixture.timeline, sums: [2]))
    let group = try #require(content.groups.first)
    #expect(group.series.map(\.name) == ["error", "warn", "info"])
    #expect(group.series[1].samples.map(\.value) == [6, 6, 0, 6, 6, 6, 6])
    let gaps = try #require(ChartContent(ResultFixture.timeline, sums: []))
    #expect(gaps.groups[0].series[1].samples.count == 6)
  }

  @Test(arguments: [1, 60_000_000_000, Int64.max]) func timesFarApartAreNoTrap(length: Int64) throws {
    let table = ResultTable(
      columns: [.init("time", role: .slice(nanoseconds: length)), .init("count")],
      rows: [Timestamp.distantPast, ResultFixture.start, .distantFuture].map { .init([.time($0), .integer(1)]) })
    let content = try #require(
      ChartContent(table, sums: [1], span: Timestamp.distantPast...Timestamp.distantFuture))
    #expect(content.groups[0].series[0].samples.count <= 20_000)
    let axis = TimeAxis(from: .distantPast, to: .distantFuture)
    #expect(content.columns(content.groups[0].series[0], axis: axis, columns: 80).count == 80)
  }

  @Test func aClockSetBackHoldsNothingUp() {
    var result = ResultState()
    result.finished = ResultFixture.start
    #expect(!result.isDue(at: ResultFixture.start + .milliseconds(500)))
    #expect(result.isDue(at: ResultFixture.start + .seconds(Int64(1))))
    #expect(result.isDue(at: ResultFixture.start - .minutes(5)))
  }

  @Test func whatIsStackedInAColumnIsOfOneSlice() throws {
    let start = ResultFixture.start
    var table = ResultTable(
      columns: [.init("time", role: .slice(nanoseconds: 60_000_000_000)), .init("host", role: .key), .init("count")])
    for (minute, a, b) in [(0, 9, 1), (1, 2, 7), (2, 4, 4), (3, 1, 0)] as [(Int64, Int64, Int64)] {
      table.rows.append(.init([.time(start + .minutes(minute)), .text("a"), .integer(a)]))
      table.rows.append(.init([.time(start + .minutes(minute)), .text("b"), .integer(b)]))
    }
    let group = try #require(ChartContent(table, sums: [2]))
    let axis = TimeAxis(from: start, to: start + .minutes(4))
    #expect(group.stacks(group.groups[0].series, axis: axis, columns: 2) == [[9, 4], [1, 4]])
    #expect(group.columns(group.groups[0].series[1], axis: axis, columns: 2) == [7, 4])
  }

  @Test func moreThanEightSeriesAreEightAndTheOthers() throws {
    var table = ResultTable(columns: [
      .init("time", role: .slice(nanoseconds: 60_000_000_000)), .init("host", role: .key), .init("count"),
    ])
    for minute in 0..<3 {
      for host in 0..<12 {
        table.rows.append(
          .init([.time(ResultFixture.start + .minutes(Int64(minute))), .text("h\(host)"), .integer(Int64(host + 1))]))
      }
    }
    let content = try #require(ChartContent(table, sums: [2]))
    #expect(content.groups[0].series.map(\.name) == (4...11).reversed().map { "h\($0)" } + ["4 others"])
    #expect(content.groups[0].series.last?.samples.map(\.value) == [10, 10, 10])
  }

  @Test func columnsOfOneUnitShareAChart() throws {
    let table = ResultTable(
      columns: [.init("time", role: .slice(nanoseconds: 60_000_000_000)), .init("p50"), .init("p99"), .init("count")],
      rows: [.init([.time(ResultFixture.start), .duration(1e6), .duration(9e6), .integer(4)])])
    let content = try #require(ChartContent(table, sums: [3]))
    #expect(content.groups.map { $0.series.map(\.name) } == [["p50", "p99"], ["count"]])
    let axis = TimeAxis(from: ResultFixture.start, to: ResultFixture.start + .minutes(2))
    #expect(content.columns(content.groups[1].series[0], axis: axis, columns: 4) == [4, 4, nil, nil])
  }
}
