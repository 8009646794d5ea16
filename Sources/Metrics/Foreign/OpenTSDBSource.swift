import JSON
import Platform
import Quantities
import Series

/// OpenTSDB 2.x: expressions are what its `m` parameter takes, `sum:rate:requests{host=*}`, or just a metric's name.
final class OpenTSDBSource: MetricSource {
  let name: String
  let summary: String
  private let client: HTTPClient

  init(_ configuration: MetricServerConfiguration) throws(HTTPAddress.Mistake) {
    name = configuration.name
    client = try HTTPClient(configuration)
    summary = client.address.text
  }

  func sampleInterval(
    of expression: String, at time: Timestamp, cancellation: CancellationSignal
  ) throws(MetricError) -> TimeSpan? {
    let series = try query(
      Self.sent(expression, step: .zero), from: time - .minutes(10), to: time, step: .seconds(1 as Int64), cancellation)
    return series.compactMap { ForeignAnswers.spacing(of: $0.samples) }.min()
  }

  func fetch(_ request: RangeRequest, cancellation: CancellationSignal) throws(MetricError) -> RangeAnswer {
    let isCoarse = request.step > request.interval
    let sent = Self.sent(request.expression, step: isCoarse ? request.step : .zero)
    let series = try query(sent, from: request.from, to: request.to, step: request.step, cancellation)
    let isRate = sent.split(separator: "{").first?.split(separator: ":").contains { $0.hasPrefix("rate") } ?? false
    return RangeAnswer(
      series: series, unit: isRate ? MetricUnit(.number, isRate: true) : .number,
      sentExpression: sent == request.expression ? nil : sent,
      emptyReason: series.isEmpty ? "no values in this time" : nil)
  }

  func metricNames(cancellation: CancellationSignal) throws(MetricError) -> [String] {
    try suggest("metrics", cancellation)
  }

  func labelNames(of selector: Selector?, cancellation: CancellationSignal) throws(MetricError) -> [String] {
    try suggest("tagk", cancellation)
  }

  func labelValues(
    of label: String, in selector: Selector?, cancellation: CancellationSignal
  ) throws(MetricError) -> [String] { try suggest("tagv", cancellation) }

  func defaultPanels(cancellation: CancellationSignal) throws(MetricError) -> [PanelSpecification] { [] }

  /// The `m` parameter: with an aggregator, and with a downsampling to the maximum of each step if it has none.
  static func sent(_ expression: String, step: TimeSpan) -> String {
    let head = expression.prefix { $0 != "{" }
    var parts = head.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let metric = parts.removeLast() + expression.dropFirst(head.count)
    if parts.isEmpty { parts = ["sum"] }
    let isDownsampled = parts.dropFirst().contains { $0.first?.isNumber == true }
    if step > .zero, !isDownsampled { parts.append("\(max(step.nanoseconds / 1_000_000, 1))ms-max") }
    return (parts + [metric]).joined(separator: ":")
  }

  private static func message(_ view: JSONView) -> String? { view["error"]?["message"]?.text }

  private func query(
    _ m: String, from: Timestamp, to: Timestamp, step: TimeSpan, _ cancellation: CancellationSignal
  ) throws(MetricError) -> [TimeSeries] {
    let query = [
      (name: "start", value: "\(from.nanoseconds.floorDivided(by: 1_000_000))"),
      (name: "end", value: "\(to.nanoseconds.floorDivided(by: 1_000_000))"), (name: "m", value: m),
      (name: "arrays", value: "true"), (name: "ms", value: "true"),
    ]
    return try client.json("/api/query", query, cancellation: cancellation, message: Self.message) { view in
      view.elements.map { Self.series($0, step: step) }.filter { !$0.samples.isEmpty }
    }
  }

  private func suggest(_ type: String, _ cancellation: CancellationSignal) throws(MetricError) -> [String] {
    try client.json(
      "/api/suggest", [(name: "type", value: type), (name: "max", value: "10000")], cancellation: cancellation,
      message: Self.message
    ) { $0.texts.sorted() }
  }

  /// One element of an answer; points are an array of pairs, or an object by time.
  static func series(_ view: JSONView, step: TimeSpan) -> TimeSeries {
    var samples: [Sample] = []
    func add(_ time: Double?, _ value: Double?) {
      guard let time, let value, value.isFinite, abs(time) < 9e12 else { return }
      // Seconds, or milliseconds where they were asked for.
      let milliseconds = abs(time) < 1e11 ? time * 1000 : time
      guard abs(milliseconds) < 9e12 else { return }
      samples.append(Sample(time: Timestamp(nanoseconds: Int64(milliseconds) * 1_000_000), value: value))
    }
    view["dps"]?.forEachElement { point in
      let pair = point.elements
      if pair.count == 2 { add(pair[0].number, pair[1].number) }
    }
    view["dps"]?.forEachMember { time, value in add(Double(time), value.number) }
    samples.sort { $0.time < $1.time }
    var ascending: ContiguousArray<Sample> = []
    for sample in samples where sample.time > ascending.last?.time ?? .distantPast { ascending.append(sample) }
    let labels = ForeignAnswers.labels(name: view["metric"]?.text ?? "", tags: view["tags"])
    return TimeSeries(
      labels: labels, samples: ascending, step: max(step, ForeignAnswers.spacing(of: ascending) ?? step))
  }
}
