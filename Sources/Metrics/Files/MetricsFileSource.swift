import Platform
import Quantities
import Series

/// A file of OpenMetrics or Prometheus text with timestamps.
final class MetricsFileSource: MetricSource {
  let name: String
  let summary: String
  init(name: String, path: String) {
    self.name = name
    summary = path
  }
  func sampleInterval(of expression: String, at time: Timestamp, cancellation: CancellationSignal) -> TimeSpan { .zero }
  func fetch(_ request: RangeRequest, cancellation: CancellationSignal) throws(MetricError) -> RangeAnswer {
    .init(series: [])
  }
  func metricNames(cancellation: CancellationSignal) throws(MetricError) -> [String] { [] }
  func labelNames(of metric: String?, cancellation: CancellationSignal) throws(MetricError) -> [String] { [] }
  func labelValues(of label: String, metric: String?, cancellation: CancellationSignal) throws(MetricError) -> [String]
  { [] }
  func defaultPanels(cancellation: CancellationSignal) throws(MetricError) -> [PanelSpecification] { [] }
}
