import Platform
import Quantities
import Series
import Synchronization

/// A file of OpenMetrics or Prometheus text with timestamps, answered without a server.
///
/// The file is read as a whole, and again when it has changed.
final class MetricsFileSource: MetricSource {
  private struct Loaded: Sendable {
    var facts: FileFacts
    var content: MetricsFileContent
  }

  let name: String
  let summary: String
  private let loaded = Mutex<Loaded?>(nil)

  /// More bytes than this are not read: samples take about half of that in memory.
  static let largestFile = 512 << 20

  init(name: String, path: String) {
    self.name = name
    summary = path
  }

  func sampleInterval(
    of expression: String, at time: Timestamp, cancellation: CancellationSignal
  ) throws(MetricError) -> TimeSpan? {
    try content().interval
  }

  func fetch(_ request: RangeRequest, cancellation: CancellationSignal) throws(MetricError) -> RangeAnswer {
    let content = try content()
    var evaluation = FileEvaluation(content)
    let series: [TimeSeries]
    do {
      series = try evaluation.series(of: try FileExpression.parse(request.expression))
    } catch {
      throw .query(message: error.message, range: error.range)
    }
    let nature = nature(of: request.expression, in: content)
    let parts = series.compactMap { Self.part(of: $0, request) }
    let reason = parts.isEmpty ? emptyReason(request.expression, found: !series.isEmpty, in: content) : nil
    return RangeAnswer(
      series: parts, unit: nature.unit, combination: nature.combination, isRateOfCounter: evaluation.madeRates,
      warnings: warnings(about: content), emptyReason: reason)
  }

  func metricNames(cancellation: CancellationSignal) throws(MetricError) -> [String] {
    Set(try content().series.map(\.name)).sorted()
  }

  func labelNames(of metric: String?, cancellation: CancellationSignal) throws(MetricError) -> [String] {
    Set(try series(of: metric).flatMap { $0.labels.map(\.name) }).sorted()
  }

  func labelValues(of label: String, metric: String?, cancellation: CancellationSignal) throws(MetricError) -> [String]
  {
    Set(try series(of: metric).compactMap { one in one.labels.first { $0.name == label }?.value }).sorted()
  }

  func defaultPanels(cancellation: CancellationSignal) throws(MetricError) -> [PanelSpecification] {
    DefaultPanels.choose(from: try content())
  }

  private func series(of metric: String?) throws(MetricError) -> [TimeSeries] {
    let all = try content().series
    guard let metric, !metric.isEmpty else { return all }
    return all.filter { $0.name == metric }
  }

  /// What the file holds now.
  private func content() throws(MetricError) -> MetricsFileContent {
    do {
      let descriptor = try FileDescriptor.open(summary)
      let facts = try FileFacts(descriptor)
      if let known = loaded.withLock({ $0 }), known.facts == facts { return known.content }
      guard facts.kind == .regular else { throw MetricError.configuration(reason: "\(summary): not a file") }
      guard facts.size <= Self.largestFile else {
        throw MetricError.configuration(reason: "\(summary): larger than \(Self.largestFile >> 20) MiB")
      }
      let content = try descriptor.readToEnd(limit: Self.largestFile).withUnsafeBytes { MetricsFileContent($0) }
      loaded.withLock { $0 = Loaded(facts: facts, content: content) }
      return content
    } catch let error as SystemError {
      throw .configuration(reason: error.subject.isEmpty ? "\(summary): \(error.reason)" : error.description)
    } catch let error as MetricError {
      throw error
    } catch {
      throw .configuration(reason: "\(summary): \(error)")
    }
  }

  /// What the values measure: as the expression says, a bare counter being a rate.
  private func nature(of expression: String, in content: MetricsFileContent) -> ExpressionNature {
    let bare = BareSelector(expression)
    let isCounter = bare.map { content.isCounter($0.selector.metric) } ?? false
    let sent = isCounter ? bare?.wrapped(expression, in: "rate", window: "1m") ?? expression : expression
    return ExpressionNature.of(sent) { metric in
      content.family(of: metric).flatMap { $0.unit.isEmpty ? nil : MetricUnit(named: $0.unit) }
    }
  }

  private static func part(of series: TimeSeries, _ request: RangeRequest) -> TimeSeries? {
    var result = series
    let end = series.index(atOrAfter: request.to + request.step)
    let start = min(series.index(atOrAfter: request.from), end)
    result.samples = ContiguousArray(series.samples[start..<end])
    return result.samples.isEmpty ? nil : result
  }

  private func warnings(about content: MetricsFileContent) -> [String] {
    guard let first = content.firstBroken else { return [] }
    return ["\(content.broken) \(content.broken == 1 ? "line" : "lines") not read; line \(first.line): \(first.reason)"]
  }

  private func emptyReason(_ expression: String, found: Bool, in content: MetricsFileContent) -> String {
    if content.series.isEmpty {
      return content.untimed > 0 ? "the samples of \(summary) have no timestamps" : "\(summary) holds no samples"
    }
    if found { return "the file has no samples in this time" }
    let metric = BareSelector(expression)?.selector.metric ?? ""
    let names = Set(content.series.map(\.name)).sorted()
    guard !metric.isEmpty, !names.contains(metric) else { return "no series" }
    let hint = MetricNames.nearest(to: metric, in: names).map { "; did you mean \($0)?" } ?? ""
    return "no metric \(metric)\(hint)"
  }
}
