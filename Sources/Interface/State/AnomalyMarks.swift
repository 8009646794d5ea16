import Metrics
import Quantities
import Series

/// The stretches of panels and volume that are marked as anomalous.
struct AnomalyMarks: Sendable {
  /// Whether they are marked at all.
  var isOn = false
  /// What was found last.
  var spans: [AnomalyOwner: [ClosedRange<Timestamp>]] = [:]
  /// The request that was sent last.
  var request: AnomalyRequest?
  /// Whether its answer has not come yet.
  var isRunning = false
  /// Whether panels or records changed since.
  var isOutdated = false
  /// When the last answer came.
  var finished: Timestamp?
  /// How long it took.
  var duration = TimeSpan.zero

  /// The earliest moment at which they are looked for again: one second, and twenty times what it took, after the last
  /// answer, so that a screen that follows costs little.
  var nextRun: Timestamp? {
    guard isOn, isOutdated, !isRunning else { return nil }
    let rest = TimeSpan.nanoseconds(duration.nanoseconds.multipliedReportingOverflow(by: 20).partialValue)
    return finished.map { $0 + max(.seconds(Int64(1)), rest) }
  }
}

/// What has anomalies.
public enum AnomalyOwner: Hashable, Sendable {
  /// The records shown, by how many there are.
  case volume
  /// A panel, by the line that it draws.
  case panel(PanelSpecification)
}

/// Which series to look for anomalies in.
public struct AnomalyRequest: Sendable {
  /// Counts up with every request.
  public var id: Int
  /// The lines of the panels.
  public var panels: [PanelSpecification: TimeSeries]
  /// The time in which records are counted.
  public var axis: TimeAxis
  /// When it was sent.
  public var sent: Timestamp
}

/// What is anomalous.
public struct AnomalyAnswer: Sendable {
  /// The request's `id`.
  public var id: Int
  /// The stretches in order of time.
  public var spans: [AnomalyOwner: [ClosedRange<Timestamp>]]
}
