import Analysis
import LogFiles
import Quantities
import QueryLanguage

/// The result of a pipeline, which takes the place of the log: its table, and what a person does with it.
public struct ResultState: Sendable {
  /// The column that the rows are sorted by.
  public struct Sorting: Hashable, Sendable {
    /// Its index in the table.
    public var column: Int
    /// Whether the greatest comes first.
    public var isDescending: Bool
  }

  /// How the result is drawn.
  public enum Form: Hashable, Sendable {
    /// Rows and columns.
    case table
    /// Over the time axis, or a bar a row.
    case chart(ChartKind)
  }

  /// The request that was sent last; nil before the first.
  public var request: ResultRequest?
  /// Whether its answer, or the rest of it, has not come yet.
  public var isRunning = false
  /// How far it is, 0 to 1.
  public var progress = 0.0
  /// The table as it was computed; nil before the first answer.
  public var table: ResultTable?
  /// The rows that are shown, in order.
  public var rows: [ResultRow] = []
  /// Its series over time; nil where it has no time slices.
  var chart: ChartContent?
  /// How wide each column would be with all of its text.
  public var measures: [ResultColumns.Measure] = []
  /// What is wrong with the pipeline, found when it was run.
  public var problem: Diagnostic?
  /// How it is drawn.
  public var form = Form.table
  /// What the rows are sorted by; nil leaves them as they were computed.
  public var sorting: Sorting?
  /// Nodes of a tree whose inside is not shown.
  public var folded: Set<ResultRow.Identity> = []
  /// The index of the row under the cursor among `rows`.
  public var cursor = 0
  /// Whether a person has moved the cursor; until then a chart's stays at its end.
  public var hasMoved = false
  /// The index of the first row on the screen.
  public var top = 0
  /// Columns of the table that are scrolled away.
  public var firstColumn = 0
  /// When the last answer came, for the pause between two.
  public var finished: Timestamp?
  /// How long the last one took.
  public var duration = TimeSpan.zero
  /// Whether the sources changed since the request was sent.
  public var isOutdated = false
  /// What rows are searched for; empty for nothing.
  public var needle = ""
  /// Counts the requests.
  public var requestCount = 0

  /// Makes a state without a result.
  public init() {}

  /// The row under the cursor; nil without rows.
  public var cursorRow: ResultTable.Row? {
    guard let table, rows.indices.contains(cursor) else { return nil }
    return table.rows[rows[cursor].index]
  }

  /// Whether it may be run again; a clock that was set back must not hold it up.
  func isDue(at now: Timestamp) -> Bool {
    guard let finished, let nextRun else { return true }
    return nextRun <= now || finished > now
  }

  /// The earliest moment at which the pipeline may be run again: one second, and twice what it took, after it ended.
  var nextRun: Timestamp? {
    finished.map {
      $0 + max(.seconds(Int64(1)), .nanoseconds(duration.nanoseconds.multipliedReportingOverflow(by: 2).partialValue))
    }
  }
}

/// What to compute.
public struct ResultRequest: Sendable {
  /// Counts up with every request.
  public var id: Int
  /// The filter and the pipeline, with absolute times.
  public var query: String
  /// What the query needs to know of the world.
  public var context: QueryContext
  /// Sources that are left out.
  public var hidden: Set<FileID>
  /// When it was sent.
  public var sent: Timestamp
}

/// A result to come back to, as one row of it was looked into.
struct ResultReturn: Sendable {
  /// What was shown.
  var options: ViewOptions
  /// The result as it stood.
  var result: ResultState
}
