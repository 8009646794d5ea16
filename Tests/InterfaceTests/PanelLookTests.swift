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

  @Test func thePictureIsChosenAndKept() {
    let session = session()
    session.press("c")
    #expect(session.message == "lines; c draws bars again")
    #expect(rows(session) == [1, 1, 4], "a line needs more heights than one row has")
    #expect(saved(session)?.last?.look.style == .line)
    session.press("c")
    #expect(session.message == "bars")
    #expect(saved(session)?.last?.look.style == nil && rows(session) == [1, 1, 4])
    session.press("k k k c")
    #expect(session.message == "select a panel first; j and k go from one to the next")
  }

  private func series(_ values: [Double], _ session: Session, labels: [Label] = []) -> TimeSeries {
    let from = session.state.axis?.from ?? .distantPast
    return TimeSeries(
      labels: labels,
      samples: ContiguousArray(
        values.enumerated().map { Sample(time: from + .seconds(Int64($0.offset)), value: $0.element) }),
      step: .seconds(Int64(1)))
  }

  @Test func theScaleIsLockedAsItIsAndFreed() {
    let session = session()
    session.press("S")
    #expect(session.message == "there are no values to lock the scale to")
    session.state.panels.panels[2].drawn = series([0.5, 3.3333, -1], session)
    session.press("S")
    #expect(session.message == "scale locked from -1 to 3.3; S lets it follow the values again")
    #expect(saved(session)?.last?.maximum == 3.34 && saved(session)?.last?.minimum == -1)
    session.state.panels.panels[2].drawn = series([50], session)
    let panel = session.state.panels.specifications[2]
    let scale = session.state.picture(ofPanel: 2)?.scale(panel, panel.look)
    #expect(scale?.top == 3.34 && scale?.bottom == -1)
    #expect(session.state.panels.panels[2].drawn != nil, "the data stays")
    session.press("S")
    #expect(session.message == "the scale follows the values again")
    #expect(saved(session)?.last?.maximum == nil && saved(session)?.last?.minimum == nil)
  }

  @Test func aHistogramIsHeatFirstWhichHasNoScale() {
    let session = session()
    session.state.panels.panels[2].series = ["0.1", "1", "+Inf"].map {
      series([1, 2], session, labels: [Label(name: "le", value: $0)])
    }
    session.press("+ S")
    #expect(session.message == "heat has no scale: its rows are the buckets; c draws it as bars or lines")
    session.press("c")
    #expect(session.state.picture(ofPanel: 2)?.style == .bars)
    session.press("c")
    #expect(session.state.picture(ofPanel: 2)?.lines.map(\.name) == ["p50", "p95", "p99"])
    session.press("c")
    #expect(session.state.picture(ofPanel: 2)?.style == .heat && saved(session)?.last?.look.style == nil)
  }

  @Test func linesBeyondTheGreatestEightAreCounted() {
    let session = session()
    session.state.panels.panels[2].series = (0..<12).map {
      series([Double($0), 1], session, labels: [Label(name: "host", value: "h\($0)")])
    }
    session.state.panels.panels[2].seriesCount = 200
    session.press("c")
    let picture = session.state.picture(ofPanel: 2)
    #expect(picture?.lines.map(\.name) == ["h10", "h11", "h4", "h5", "h6", "h7", "h8", "h9"])
    #expect(picture?.unshownLines == 192 && picture?.top == 11)
  }

  @Test func looksAreWrittenAndReadAgain() {
    var panel = PanelSpecification(title: "5xx", expression: "rate(x[1m])")
    panel.look.rows = 4
    panel.look.isLogarithmic = true
    panel.look.showsSeries = true
    panel.look.isHidden = true
    panel.look.style = .line
    (panel.minimum, panel.maximum) = (-2, 0.25)
    let text = "{ \"panels\": { \"default\": [ \(panel.configurationText) ] } }"
    let (configuration, mistakes) = Configuration.decode(Array(text.utf8), scope: .user)
    #expect(mistakes.isEmpty)
    #expect(configuration.panels()?.first == panel)
    #expect(configuration.panels()?.first?.look == panel.look)
    #expect(configuration.panels()?.first?.minimum == -2 && configuration.panels()?.first?.maximum == 0.25)
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

  @Test func aScaleBeginsWhereItIsTold() {
    let scale = PanelScale(top: 10, bottom: 5, isLogarithmic: false, extents: extents([1, 10]))
    #expect([0, 5, 7.5, 10, 20, .infinity].map(scale.share) == [0, 0, 0.5, 1, 1, 1])
    let below = PanelScale(top: 10, isLogarithmic: false, extents: extents([-10, 10]))
    #expect(below.bottom == -10 && below.share(0) == 0.5 && below.value(at: 0.5) == 0)
    let allBelow = PanelScale(top: -5, isLogarithmic: false, extents: extents([-10, -5]))
    #expect(allBelow.share(-10) == 0 && allBelow.share(-7.5) == 0.5)
    let locked = PanelScale(top: 1000, bottom: 10, isLogarithmic: true, extents: extents([3]))
    #expect(locked.bottom == 10 && abs(locked.share(100) - 0.5) < 1e-9)
    #expect(PanelScale(top: 1, bottom: 5, isLogarithmic: false, extents: []).share(7) == 0)
  }

  @Test func roundNumbersEncloseTheScale() {
    let above = [3.3333, 0.3, 0.30001, 123_456].map { PanelScale.rounded($0, up: true) }
    #expect(above == [3.34, 0.3, 0.301, 124_000])
    #expect([-1, -1.2345, 99.99].map { PanelScale.rounded($0, up: false) } == [-1, -1.24, 99.9])
    #expect(PanelScale.rounded(0, up: true) == 0 && PanelScale.rounded(.infinity, up: true) == .infinity)
  }

  @Test func aLogarithmicScaleBeginsAtADecade() {
    let scale = PanelScale(top: 1000, isLogarithmic: true, extents: extents([0, 3, 1000]))
    #expect(scale.bottom == 1)
    #expect(abs(scale.share(10) - 1 / 3) < 1e-9)
    #expect(scale.share(0) == 0 && scale.share(1) > 0)
    #expect(abs(scale.value(at: 1 / 3) - 10) < 1e-9)
    // Nothing above zero, or one value only.
    #expect(PanelScale(top: 0, isLogarithmic: true, extents: []).share(1) == 0)
    #expect(PanelScale(top: 10, isLogarithmic: true, extents: extents([10])).share(10) == 1)
  }
}

@Suite struct PanelDipTests {
  /// 960 samples of 4 hours in 120 columns, as a panel of an interval of 15 seconds has them.
  private func columns(_ value: (Int) -> Double) -> [Extent?] {
    let samples = (0..<960).map { Sample(time: Timestamp(seconds: Int64($0) * 15), value: value($0)) }
    let series = TimeSeries(samples: ContiguousArray(samples), step: .seconds(Int64(15)))
    return PanelColumns.downsample(series, from: Timestamp(seconds: 0), to: Timestamp(seconds: 14_400), columns: 120)
  }

  private func dips(_ columns: [Extent?]) -> Int {
    let dips = PanelDips(columns, bottom: 0)
    return columns.count { $0.map(dips.isDip) ?? false }
  }

  private let places = Set((0..<20).map { $0 * 47 + 13 })

  @Test func twentyDipsOfOneSampleAreAllSeen() {
    let up = columns { places.contains($0) ? 0 : 1 }
    #expect(dips(up) == 20)
    let shown = PanelDips(up, bottom: 0)
    #expect(up.compactMap { $0.map(shown.shown) }.count { $0 == 0 } == 20)
    #expect(dips(columns { places.contains($0) ? 1e9 : 8e9 + Double($0 * 7919 % 1000) * 1e6 }) == 20)
  }

  @Test func spikesAndWhatFallsAgainAndAgainStayBarsOfTheGreatest() {
    let spikes = columns { places.contains($0) ? 100 : 1 }
    let shown = PanelDips(spikes, bottom: 0)
    #expect(spikes.compactMap { $0.map(shown.shown) }.count { $0 == 100 } == 20)
    #expect(dips(columns { Double($0 * 7919 % 10) }) == 0, "counts that reach zero in every column")
    #expect(dips(columns { _ in 0 }) == 0 && dips(columns { _ in .nan }) == 0 && dips([]) == 0)
    #expect(dips(columns { $0 < 480 ? 100 : 5 }) == 0, "what is low for long is low as a bar")
  }

  @Test func aColumnWithAPeakShowsIt() {
    #expect(dips(columns { $0 == 400 ? 0 : $0 == 401 ? 5 : 1 }) == 0)
    #expect(dips(columns { $0 == 400 ? 0 : 1 }) == 1)
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
    #expect(heat.rows(axis, 1, rows: 9).map(\.values) == [[3], [4], [3]])
    #expect(heat.total.samples.first?.value == 10)
    let two = heat.rows(axis, 1, rows: 2)
    #expect(two.map(\.bound) == [0.1, .infinity] && two.map { $0.values[0] } == [3, 7])
  }

  @Test func percentilesAreThoseOfHistogramQuantile() throws {
    let heat = try #require(Heat([series("+Inf", 10), series("0.1", 3), series("1", 10), series("5", 10)]))
    #expect(abs((heat.quantile(0.95).samples.first?.value ?? 0) - (0.1 + 0.9 * 6.5 / 7)) < 1e-12)
    #expect(abs((heat.quantile(0.2).samples.first?.value ?? 0) - 0.1 * 2 / 3) < 1e-12)
    let above = try #require(Heat([series("+Inf", 10), series("0.1", 3), series("1", 7)]))
    #expect(above.quantile(0.95).samples.first?.value == 1, "above the last bound nothing is known")
    let none = try #require(Heat([series("+Inf", 0), series("0.1", 0), series("1", 0)]))
    #expect(none.quantile(0.5).samples.first?.value.isNaN == true)
  }

  @Test func whatFellIntoABucketForOneSampleIsSeen() throws {
    let all = ["0.1", "1", "+Inf"].map { bound in
      TimeSeries(
        labels: [Label(name: "le", value: bound)],
        samples: ContiguousArray(
          (0..<10).map { index in
            let isSlow = index == 4 && bound != "+Inf"
            return Sample(time: Timestamp(seconds: 100 + Int64(index)), value: isSlow ? 0 : 7)
          }),
        step: .seconds(Int64(1)))
    }
    let heat = try #require(Heat(all))
    #expect(heat.rows(axis, 1, rows: 3).map(\.values) == [[7], [0], [7]])
    let quantile = heat.quantile(0.95)
    #expect(quantile.samples.map(\.value).max() == 1)
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
