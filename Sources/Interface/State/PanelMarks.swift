public import Metrics
import Quantities

/// The alerts that are marked on the time axis.
struct AlertMarks: Sendable {
  /// Whether they are marked at all.
  var isOn = true
  /// What fired in the time that was asked about, in order of time.
  var alerts: [Alert] = []
  /// The request that was sent last.
  var request: AlertRequest?
  /// Whether its answer has not come yet.
  var isRunning = false
  /// When the last answer came.
  var finished: Timestamp?
  /// Why some may be missing.
  var problem: String?

  /// How long a moving axis waits for its next answer, and one that a server could not give.
  static let rest = TimeSpan.seconds(Int64(15))
  static let longRest = TimeSpan.seconds(Int64(60))
}

/// The exemplars of the panel in focus.
struct ExemplarMarks: Sendable {
  /// Those of the time that was asked about, in order of time.
  var exemplars: [Exemplar] = []
  /// The request that was sent last.
  var request: ExemplarRequest?
  /// Whether its answer has not come yet.
  var isRunning = false
  /// When the last answer came.
  var finished: Timestamp?
  /// Why there are none.
  var problem: String?

  /// How long a moving axis waits for its next answer.
  static let rest = TimeSpan.seconds(Int64(10))
}

/// Which alerts to look for.
public struct AlertRequest: Sendable {
  /// Counts up with every request.
  public var id: Int
  /// The time.
  public var axis: TimeAxis
  /// In how many columns it is shown.
  public var columns: Int
}

/// Which exemplars to look for.
public struct ExemplarRequest: Sendable {
  /// Counts up with every request.
  public var id: Int
  /// The panel's expression.
  public var expression: String
  /// The source that it asks; nil for the first one.
  public var source: String?
  /// The time.
  public var axis: TimeAxis
}

/// Alerts that were found.
public struct AlertAnswer: Sendable {
  /// The request's `id`.
  public var id: Int
  /// The alerts, in order of time.
  public var alerts: [Alert]
  /// Why some may be missing.
  public var problem: String?
}

/// Exemplars that were found.
public struct ExemplarAnswer: Sendable {
  /// The request's `id`.
  public var id: Int
  /// The exemplars, in order of time.
  public var exemplars: [Exemplar]
  /// Why there are none.
  public var problem: String?
}
