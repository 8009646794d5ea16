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
    return try content.answer(request) { found in emptyReason(request.expression, found: found, in: content) }
  }

  func metricNames(cancellation: CancellationSignal) throws(MetricError) -> [String] {
    try content().metricNames
  }

  func labelNames(of selector: Selector?, cancellation: CancellationSignal) throws(MetricError) -> [String] {
    try content().labelNames(of: selector)
  }

  func labelValues(
    of label: String, in selector: Selector?, cancellation: CancellationSignal
  ) throws(MetricError) -> [String] {
    try content().labelValues(of: label, in: selector)
  }

  func check(_ expression: String, cancellation: CancellationSignal) throws(MetricError) {
    try FileExpression.check(expression)
  }

  func defaultPanels(cancellation: CancellationSignal) throws(MetricError) -> [PanelSpecification] {
    DefaultPanels.choose(from: try content())
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

  private func emptyReason(_ expression: String, found: Bool, in content: MetricsFileContent) -> String {
    if content.series.isEmpty {
      return content.untimed > 0 ? "the samples of \(summary) have no timestamps" : "\(summary) holds no samples"
    }
    return found ? "the file has no samples in this time" : content.missing(expression)
  }
}
