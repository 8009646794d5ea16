import Quantities
import Series
import Testing

@testable import Metrics

/// What of many series is handed to the screen.
@Suite struct ShownSeriesTests {
  private func series(_ labels: [(String, String)], _ values: [Double]) -> TimeSeries {
    TimeSeries(
      labels: labels.map { Label(name: $0.0, value: $0.1) },
      samples: ContiguousArray(
        values.enumerated().map { Sample(time: Timestamp(seconds: Int64($0.offset) * 10), value: $0.element) }),
      step: .seconds(Int64(10)))
  }

  private func panel(_ series: [TimeSeries], _ combination: SeriesCombination = .sum) -> PanelState {
    var held = HeldSeries()
    let answer = RangeAnswer(series: series, combination: combination)
    let request = RangeRequest(
      expression: "x", from: Timestamp(seconds: 0), to: Timestamp(seconds: 100), step: .seconds(Int64(10)),
      interval: .seconds(Int64(10)))
    held.replace(with: answer, request, fetched: Timestamp(seconds: 100))
    var panel = PanelState(specification: PanelSpecification(expression: "x"))
    panel.show(held, answer: answer, isTail: false, now: Timestamp(seconds: 100))
    return panel
  }

  @Test func theGreatestOfManyAreShownAndTheOthersTogether() {
    let panel = panel((0..<200).map { series([("host", "h\($0)")], [Double($0), 1]) })
    #expect(panel.series.count == 64 && panel.seriesCount == 200)
    #expect(panel.series.first?.labels.first?.value == "h136" && panel.series.last?.labels.first?.value == "h199")
    #expect(panel.others?.samples.map(\.value) == [Double((0..<136).reduce(0, +)), 136])
    #expect(panel.drawn?.samples.map(\.value) == [Double((0..<200).reduce(0, +)), 200])
    #expect(panel.drawnLabel == "sum of 200" && panel.note == "200 series, sum")
    #expect(self.panel([series([("host", "a")], [1])]).others == nil)
  }

  @Test func bucketsArePutTogetherOverOtherLabels() {
    let panel = panel([
      series([("le", "0.1"), ("job", "a")], [1]), series([("le", "1"), ("job", "a")], [2]),
      series([("le", "+Inf"), ("job", "a")], [3]),
      series([("le", "+Inf"), ("job", "b")], [30]), series([("le", "0.5"), ("job", "b")], [20]),
      series([("le", "0.1"), ("job", "b")], [10]),
    ])
    // Job a has no bucket of 0.5, so that what it counted below is taken; job b none of 1.
    #expect(panel.series.map { $0.labels.map(\.value) } == [["0.1"], ["0.5"], ["1"], ["+Inf"]])
    #expect(panel.series.map { $0.samples[0].value } == [11, 21, 22, 33])
    #expect(panel.drawn?.samples.first?.value == 33 && panel.note == "6 series, buckets" && panel.drawnLabel.isEmpty)
  }

  @Test func bucketsThatComeAndGoAddUp() {
    // As native histograms: a bucket without counts is left out, here that of 1 at the first instant.
    var late = series([("le", "1"), ("job", "a")], [0, 5])
    late.samples.removeFirst()
    let panel = panel([
      series([("le", "0.1"), ("job", "a")], [2, 2]), late, series([("le", "+Inf"), ("job", "a")], [4, 6]),
      series([("le", "0.1"), ("job", "b")], [1, 1]), series([("le", "1"), ("job", "b")], [1, 1]),
      series([("le", "+Inf"), ("job", "b")], [1, 1]),
    ])
    #expect(panel.series.map { $0.samples.map(\.value) } == [[3, 3], [3, 6], [5, 7]])
  }

  @Test func manyHistogramsAreNotCutShort() {
    let many = (0..<20).flatMap { job in
      ["0.1", "1", "5", "+Inf"].map { series([("job", "\(job)"), ("le", $0), ("env", "x")], [1]) }
    }
    let panel = panel(many)
    #expect(panel.series.map { $0.samples[0].value } == [20, 20, 20, 20] && panel.seriesCount == 80)
    #expect(panel.series.first?.labels.map(\.name) == ["env", "le"])
  }

  @Test(arguments: [
    ("up", SeriesCombination.minimum), ("up{job=\"a\"}", .minimum), ("probe_success", .minimum),
    ("node_memory_MemAvailable_bytes", .minimum), ("node_filesystem_avail_bytes{mountpoint=\"/\"}", .minimum),
    ("last_over_time(up[30s])", .minimum), ("max(up)", .maximum), ("sum(up)", .sum), ("node_load1", .maximum),
    ("rate(login_success_total[1m])", .sum), ("node_memory_free_total", .maximum), ("backup_seconds", .maximum),
  ])
  func whatMattersWhenItIsLowIsDrawnByItsLeast(expression: String, combination: SeriesCombination) {
    #expect(ExpressionNature.of(expression).combination == combination)
  }
}
