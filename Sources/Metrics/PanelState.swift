public import Quantities
public import Series

/// How fresh a panel's data is, or why there is none.
public enum PanelStatus: Hashable, Sendable {
  /// Nothing has arrived yet.
  case loading
  /// The data was fetched at this instant.
  case fresh(Timestamp)
  /// The source failed since `since`; what was fetched before is still shown. `nextTry` is nil while a try is under way.
  case stale(since: Timestamp, reason: String, nextTry: Timestamp?)
  /// The source refused the expression; trying again does not help. `caret` is a UTF-8 range of the expression.
  case failed(message: String, caret: Range<Int>?)
  /// The source answered, with no series: why, as far as it can be told.
  case empty(reason: String)
}

/// A snapshot of one panel for the screen.
public struct PanelState: Sendable {
  /// What was asked for.
  public var specification: PanelSpecification
  /// Freshness or failure.
  public var status: PanelStatus
  /// The line that the panel draws: the only series, or all of them put together; nil without data.
  public var drawn: TimeSeries?
  /// The series behind `drawn`, the greatest 64 of them at most; of a histogram its buckets, put together over all other labels.
  public var series: [TimeSeries]
  /// Whether the series are the buckets of one histogram without holes, as `CumulativeBuckets.filled` makes them.
  public var areFilledBuckets: Bool
  /// What the series that are not among `series` come to together; nil where all are.
  public var others: TimeSeries?
  /// What `drawn` is of several series: `max of 5`; empty where it is the only one.
  public var drawnLabel: String
  /// How series become one line.
  public var combination: SeriesCombination
  /// How many series the source answered with.
  public var seriesCount: Int
  /// What the values measure.
  public var unit: MetricUnit
  /// What the bounds of a histogram's buckets measure.
  public var boundUnit: MetricUnit
  /// Whether a counter was asked for and its rate is shown.
  public var isRateOfCounter: Bool
  /// What the reader should know beside the title: `rate, 3 series, sum`, a server's warning; empty if nothing.
  public var note: String
  /// The distance of the samples.
  public var step: TimeSpan
  /// The expression that was sent, where it differs from the one asked for.
  public var sentExpression: String?
  /// The time for which data is held.
  public var fetched: Range<Timestamp>?

  /// Makes the state of a panel before anything is known.
  public init(specification: PanelSpecification) {
    self.specification = specification
    status = .loading
    drawn = nil
    series = []
    areFilledBuckets = false
    others = nil
    drawnLabel = ""
    combination = .maximum
    boundUnit = .number
    seriesCount = 0
    unit = specification.unit.map { MetricUnit(named: $0) } ?? .number
    isRateOfCounter = false
    note = ""
    step = TimeSpan.seconds(Int64(15))
    sentExpression = nil
    fetched = nil
  }

  /// The panel's name on the screen.
  public var title: String { specification.title }

  /// Whether the data is old, to be dimmed.
  public var isStale: Bool {
    if case .stale = status { return true }
    return false
  }
}
