import Platform
public import Quantities
public import Series

/// What is asked of a metric source: an expression over a range of time.
public struct RangeRequest: Hashable, Sendable {
  /// The expression as the user wrote it.
  public var expression: String
  /// The first instant wanted, a multiple of `step`.
  public var from: Timestamp
  /// The last instant wanted, a multiple of `step`.
  public var to: Timestamp
  /// The distance of samples in the answer.
  public var step: TimeSpan
  /// The distance of the stored samples, as far as it is known.
  public var interval: TimeSpan

  /// Makes a request.
  public init(expression: String, from: Timestamp, to: Timestamp, step: TimeSpan, interval: TimeSpan) {
    self.expression = expression
    self.from = from
    self.to = to
    self.step = step
    self.interval = interval
  }
}

/// What a metric source answered.
public struct RangeAnswer: Hashable, Sendable {
  /// The series, each ascending in time.
  public var series: [TimeSeries]
  /// The unit of the values, as far as name and metadata tell.
  public var unit: MetricUnit
  /// What a histogram or summary that is asked for observes: what the bounds of its buckets are in.
  public var boundUnit = MetricUnit.number
  /// How several series become the one line of a panel.
  public var combination: SeriesCombination
  /// Whether a counter was asked for and rates are answered.
  public var isRateOfCounter: Bool
  /// The expression that was sent, where it differs from the one asked for.
  public var sentExpression: String?
  /// What the source warns of.
  public var warnings: [String]
  /// Why there are no series, if there are none and that can be told.
  public var emptyReason: String?

  /// Makes an answer.
  public init(
    series: [TimeSeries], unit: MetricUnit = .number, combination: SeriesCombination = .maximum,
    isRateOfCounter: Bool = false, sentExpression: String? = nil, warnings: [String] = [], emptyReason: String? = nil
  ) {
    self.series = series
    self.unit = unit
    self.combination = combination
    self.isRateOfCounter = isRateOfCounter
    self.sentExpression = sentExpression
    self.warnings = warnings
    self.emptyReason = emptyReason
  }
}

/// A place that metrics come from.
///
/// Calls block and happen on worker threads only; every call ends within its source's own deadline, or soon after
/// `cancellation` is cancelled.
protocol MetricSource: Sendable {
  /// The name by which panels refer to it.
  var name: String { get }
  /// What people call it: an address or a path, without credentials.
  var summary: String { get }
  /// The distance of the samples stored around `time` that `expression` reads; nil if the source cannot tell.
  func sampleInterval(
    of expression: String, at time: Timestamp, cancellation: CancellationSignal
  ) throws(MetricError) -> TimeSpan?
  /// The series of an expression.
  func fetch(_ request: RangeRequest, cancellation: CancellationSignal) throws(MetricError) -> RangeAnswer
  /// Names of metrics, sorted.
  func metricNames(cancellation: CancellationSignal) throws(MetricError) -> [String]
  /// Names of labels, sorted; those of what a selector selects if it is given.
  func labelNames(of selector: Selector?, cancellation: CancellationSignal) throws(MetricError) -> [String]
  /// Values of a label, sorted; those of what a selector selects if it is given.
  func labelValues(
    of label: String, in selector: Selector?, cancellation: CancellationSignal
  ) throws(MetricError) -> [String]
  /// What is known of metrics by the names of their families, without asking anyone.
  var summaries: [String: MetricSummary] { get }
  /// Finds out what `summaries` tells, unless that was done lately. Nothing waits for it.
  func learnSummaries(cancellation: CancellationSignal)
  /// Finds out whether an expression can be read at all, without evaluating it where the source can tell so.
  ///
  /// - Throws: `MetricError.query` with what is wrong and where; anything else if it cannot be told.
  func check(_ expression: String, cancellation: CancellationSignal) throws(MetricError)
  /// Panels that tell most about this source when the user named none.
  func defaultPanels(cancellation: CancellationSignal) throws(MetricError) -> [PanelSpecification]
  /// The alerts that fired in `view`, asked for in so many steps.
  func alerts(
    in view: ClosedRange<Timestamp>, columns: Int, now: Timestamp, cancellation: CancellationSignal
  ) throws(MetricError) -> [Alert]
  /// The exemplars of what `expression` reads, in order of time.
  func exemplars(
    of expression: String, in view: ClosedRange<Timestamp>, cancellation: CancellationSignal
  ) throws(MetricError) -> [Exemplar]
}

/// What sources do that have nothing to tell.
extension MetricSource {
  func alerts(
    in view: ClosedRange<Timestamp>, columns: Int, now: Timestamp, cancellation: CancellationSignal
  ) throws(MetricError) -> [Alert] { [] }
  func exemplars(
    of expression: String, in view: ClosedRange<Timestamp>, cancellation: CancellationSignal
  ) throws(MetricError) -> [Exemplar] { [] }
  var summaries: [String: MetricSummary] { [:] }
  func learnSummaries(cancellation: CancellationSignal) {}
  func check(_ expression: String, cancellation: CancellationSignal) throws(MetricError) {}
}
