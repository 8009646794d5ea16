import JSON
import Platform
import Quantities
import Series

/// Graphite: expressions are targets, `aliasByNode(servers.*.load, 1)`.
///
/// Where the server must put points together, it is asked for their maximum, so that spikes stay visible, unless the
/// target says otherwise.
final class GraphiteSource: MetricSource {
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
    let series = try render(
      expression, from: time - .minutes(10), to: time, points: nil, cancellation: cancellation)
    return series.map(\.step).min()
  }

  func fetch(_ request: RangeRequest, cancellation: CancellationSignal) throws(MetricError) -> RangeAnswer {
    let points = (request.to - request.from).nanoseconds / max(request.step.nanoseconds, 1) + 2
    let series = try render(
      Self.sent(request.expression), from: request.from - request.step, to: request.to, points: points,
      cancellation: cancellation)
    let held = series.filter { !$0.samples.isEmpty }
    let reason = series.isEmpty ? "no series of this name" : held.isEmpty ? "no values in this time" : nil
    return RangeAnswer(series: held, emptyReason: reason)
  }

  func metricNames(cancellation: CancellationSignal) throws(MetricError) -> [String] {
    try client.json("/metrics/index.json", [], cancellation: cancellation, message: { _ in nil }) { $0.texts.sorted() }
  }

  func labelNames(of selector: Selector?, cancellation: CancellationSignal) throws(MetricError) -> [String] { [] }

  func labelValues(
    of label: String, in selector: Selector?, cancellation: CancellationSignal
  ) throws(MetricError) -> [String] { [] }

  func defaultPanels(cancellation: CancellationSignal) throws(MetricError) -> [PanelSpecification] { [] }

  private static let wrapping = (before: "consolidateBy(", behind: ",\"max\")")

  /// The target that is sent for one that was asked.
  static func sent(_ target: String) -> String {
    target.contains("consolidateBy") ? target : wrapping.before + target + wrapping.behind
  }

  /// The name of an answered target, without what we put around it.
  static func name(of target: String) -> String {
    guard target.hasPrefix(wrapping.before), target.hasSuffix(wrapping.behind) else { return target }
    return String(target.dropFirst(wrapping.before.count).dropLast(wrapping.behind.count))
  }

  private func render(
    _ target: String, from: Timestamp, to: Timestamp, points: Int64?, cancellation: CancellationSignal
  ) throws(MetricError) -> [TimeSeries] {
    var query = [
      (name: "target", value: target), (name: "format", value: "json"),
      (name: "from", value: "\(from.nanoseconds.floorDivided(by: 1_000_000_000))"),
      (name: "until", value: "\(to.nanoseconds.floorDivided(by: 1_000_000_000))"),
    ]
    if let points { query.append((name: "maxDataPoints", value: "\(points)")) }
    return try client.json("/render", query, cancellation: cancellation, message: { _ in nil }) { view in
      view.elements.map(Self.series)
    }
  }

  /// One element of an answer; the value stands before the time.
  static func series(_ view: JSONView) -> TimeSeries {
    var times: ContiguousArray<Sample> = []
    view["datapoints"]?.forEachElement { point in
      let pair = point.elements
      guard pair.count == 2, let seconds = pair[1].number, abs(seconds) < 9e9 else { return }
      let time = Timestamp(nanoseconds: Int64(seconds * 1000) * 1_000_000)
      guard time > times.last?.time ?? .distantPast else { return }
      times.append(Sample(time: time, value: pair[0].number ?? .nan))
    }
    let labels = ForeignAnswers.labels(name: name(of: view["target"]?.text ?? ""), tags: nil)
    let step = ForeignAnswers.spacing(of: times) ?? .seconds(60 as Int64)
    return TimeSeries(labels: labels, samples: times.filter { !$0.value.isNaN }, step: step)
  }
}
