import Analysis
import Metrics
import Quantities
import Series
import Testing

@testable import Interface

@Suite struct PanelLookTests {
  private func session() -> Session {
    let lines = (0..<200).map { "2026-01-02T10:0\($0 / 60):\($0 % 60 < 10 ? "0" : "")\($0 % 60)Z INFO request \($0)\n" }
    let session = Session(lines.joined())
    session.press("p a")
    session.type("a: up")
    session.press("enter a")
    session.type("b: down")
    session.press("enter a")
    session.type("c: rate(x[1m])")
    session.press("enter")
    #expect(session.state.panels.specifications.map(\.title) == ["a", "b", "c"])
    return session
  }

  private func saved(_ session: Session) -> [PanelSpecification]? {
    session.host.compactMap { if case .savePanels(let panels, _) = $0 { panels } else { nil } }.last
  }

  private func rows(_ session: Session) -> [Int] { session.state.layout.panels.map(\.rect.size.rows) }

  @Test func plusAndMinusChangeTheHeightAndKeepIt() {
    let session = session()
    session.press("+ +")
    #expect(rows(session) == [1, 1, 3])
    #expect(saved(session)?.map(\.look.rows) == [1, 1, 3])
    session.press("9 9 +")
    #expect(session.state.panels.specifications[2].look.rows == PanelLook.mostRows)
    session.press("+")
    #expect(session.message == "it has 24 rows, which is the most")
    session.press("9 9 -")
    #expect(rows(session) == [1, 1, 1])
    session.press("-")
    #expect(session.message == "it has one row")
    session.press("g")
  }

  @Test func panelsMoveAndTheSelectionWithThem() {
    let session = session()
    session.press("K")
    #expect(session.state.panels.specifications.map(\.title) == ["a", "c", "b"])
    #expect(session.state.panels.selected == 2)
    session.press("9 K K")
    #expect(session.message == "it is the first panel")
    session.press("9 J")
    #expect(session.state.panels.specifications.map(\.title) == ["a", "b", "c"])
    #expect(session.state.panels.panels.map(\.title) == ["a", "b", "c"], "the data goes along")
  }

  @Test func hiddenPanelsAreSkippedAndComeBack() {
    let session = session()
    session.press("k x")
    #expect(session.message == "b is hidden; X shows it again")
    #expect(session.state.layout.panels.map(\.index) == [0, 2])
    #expect(session.state.panels.selected == 3, "the next one is selected")
    session.press("k")
    #expect(session.state.panels.selected == 1)
    session.press("k k")
    #expect(session.state.panels.selected == 3, "around the volume")
    session.press("X")
    #expect(session.state.layout.panels.map(\.index) == [0, 1, 2])
    session.press("X")
    #expect(session.message == "no panel is hidden")
  }

  @Test func aPanelFillsTheScreenUntilThePaneIsLeft() {
    let session = session()
    session.press("f")
    #expect(session.state.layout.panels.map(\.index) == [2])
    #expect(session.state.layout.volume == nil)
    #expect(session.state.layout.log.size.rows >= 3)
    session.press("esc")
    #expect(session.state.layout.panels.count == 3)
    #expect(session.state.layout.volume != nil)
  }

  @Test func scalesAreChangedByKeys() {
    let session = session()
    session.press("s")
    #expect(session.state.panels.specifications[2].look.isLogarithmic && session.message == "logarithmic scale")
    session.press("=")
    #expect(session.state.panels.sharesScale)
    session.press("p k k k")
  }

  @Test func looksAreWrittenAndReadAgain() {
    var panel = PanelSpecification(title: "5xx", expression: "rate(x[1m])")
    panel.look.rows = 4
    panel.look.isLogarithmic = true
    panel.look.showsSeries = true
    panel.look.isHidden = true
    let text = "{ \"panels\": { \"default\": [ \(panel.configurationText) ] } }"
    let (configuration, mistakes) = Configuration.decode(Array(text.utf8), scope: .user)
    #expect(mistakes.isEmpty)
    #expect(configuration.panels()?.first == panel)
    #expect(configuration.panels()?.first?.look == panel.look)
    let wrong = "{ \"panels\": { \"default\": [ { \"expr\": \"x\", \"scale\": \"lag\", \"rows\": 0 } ] } }"
    #expect(Configuration.decode(Array(wrong.utf8), scope: .user).mistakes.count == 2)
  }
}

@Suite struct PanelScaleTests {
  private func extents(_ values: [Double]) -> [Extent] { values.map { Extent(minimum: $0, maximum: $0, last: $0) } }

  @Test func aLinearScaleBeginsAtZero() {
    let scale = PanelScale(top: 10, isLogarithmic: false, extents: extents([1, 10]))
    #expect([0, -1, 5, 10, 20].map(scale.share) == [0, 0, 0.5, 1, 1])
    #expect(scale.value(at: 0.5) == 5)
  }

  @Test func aLogarithmicScaleBeginsAtADecade() {
    let scale = PanelScale(top: 1000, isLogarithmic: true, extents: extents([0, 3, 1000]))
    #expect(scale.low == 1)
    #expect(abs(scale.share(10) - 1 / 3) < 1e-9)
    #expect(scale.share(0) == 0 && scale.share(1) > 0)
    #expect(abs(scale.value(at: 1 / 3) - 10) < 1e-9)
    // Nothing above zero, or one value only.
    #expect(PanelScale(top: 0, isLogarithmic: true, extents: []).share(1) == 0)
    #expect(PanelScale(top: 10, isLogarithmic: true, extents: extents([10])).share(10) == 1)
  }
}

@Suite struct HeatTests {
  private func series(_ bound: String, _ value: Double, job: String = "a") -> TimeSeries {
    TimeSeries(
      labels: [Label(name: "le", value: bound), Label(name: "job", value: job)],
      samples: [Sample(time: Timestamp(seconds: 100), value: value)], step: .seconds(Int64(10)))
  }

  private let axis = TimeAxis(from: Timestamp(seconds: 100), to: Timestamp(seconds: 110))

  @Test func whatFellIntoABucketIsWhatTheOneBelowHasNot() throws {
    let heat = try #require(Heat([series("+Inf", 10), series("0.1", 3), series("1", 7)]))
    #expect(heat.bounds == [0.1, 1, .infinity])
    #expect(heat.columns(axis, 1) == [[3], [4], [3]])
    #expect(heat.total.samples.first?.value == 10)
    let two = heat.rows(axis, 1, rows: 2)
    #expect(two.map(\.bound) == [0.1, .infinity] && two.map { $0.values[0] } == [3, 7])
  }

  @Test func otherSeriesAreNoHistogram() {
    #expect(Heat([series("0.1", 3), series("1", 7)]) == nil)
    #expect(Heat([series("0.1", 3), series("1", 7), series("+Inf", 9, job: "b")]) == nil)
    #expect(Heat([series("0.1", 3), series("x", 7), series("+Inf", 9)]) == nil)
    #expect(Heat([series("0.1", 3), series("0.1", 7), series("+Inf", 9)]) == nil)
  }

  @Test func seriesAreNamedByWhatTellsThemApart() {
    let both = [series("1", 1), series("2", 1)]
    #expect(SeriesNames.distinguishing(both) == ["1", "2"])
    #expect(SeriesNames.distinguishing([series("1", 1)]) == [#"{le="1",job="a"}"#])
  }
}
