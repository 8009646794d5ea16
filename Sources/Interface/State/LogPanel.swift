import LogFiles
import Metrics
import Quantities
import QueryLanguage

/// A panel that shows what a query of the logs gives.
struct LogPanel: Sendable {
  /// What is drawn.
  var state: PanelState
  /// The request that was sent last.
  var request: LogPanelRequest?
  /// Whether its answer has not come yet.
  var isRunning = false
  /// Whether the sources changed since.
  var isOutdated = false
  /// When the last answer came.
  var finished: Timestamp?
  /// How long it took.
  var duration = TimeSpan.zero

  /// Whether it may be asked again; a clock that was set back must not hold it up.
  func isDue(at now: Timestamp) -> Bool {
    guard let finished, let nextRun else { return true }
    return nextRun <= now || finished > now
  }

  /// The earliest moment at which it is asked again: one second, and twice what it took, after the last answer.
  var nextRun: Timestamp? {
    finished.map { $0 + max(.seconds(Int64(1)), duration + duration) }
  }
}

/// What a panel asks the logs.
public struct LogPanelRequest: Sendable {
  /// Counts up with every request.
  public var id: Int
  /// The panel.
  public var specification: PanelSpecification
  /// What the query needs to know of the world.
  public var context: QueryContext
  /// Sources that are left out.
  public var hidden: Set<FileID>
  /// The time of all records.
  public var span: ClosedRange<Timestamp>
  /// The part of it that is looked at, where the axis is zoomed; nil is all.
  public var part: TimeAxis?
  /// The slices of a query that names none: about a column of the axis.
  public var slice: TimeSpan
  /// When it was sent.
  public var sent: Timestamp

  /// The time of the records that are looked at.
  var lookedAt: ClosedRange<Timestamp> {
    guard let part else { return span }
    return span.clamped(to: part.from...part.to - .nanoseconds(1))
  }
}

/// What the logs answered to a panel.
public struct LogPanelAnswer: Sendable {
  /// The request's `id`.
  public var id: Int
  /// The panel, with its data or what is wrong; its status says when it was fetched only once `State` has taken it.
  public var panel: PanelState
}
