import Analysis
import LogFiles
import QueryLanguage
import Timelines

/// What a pipeline gave.
public struct ResultOutcome: Sendable {
  /// The table.
  public var table: ResultTable
  /// How it shall be drawn, where the query says so.
  public var chart: ChartKind?
  /// The title of the panel that it shall be pinned as, where the query says so.
  public var panel: String?
  /// Doubts: unknown fields and such.
  public var warnings: [Diagnostic]

  /// Makes an outcome.
  public init(table: ResultTable, chart: ChartKind? = nil, panel: String? = nil, warnings: [Diagnostic] = []) {
    self.table = table
    self.chart = chart
    self.panel = panel
    self.warnings = warnings
  }
}

/// What runs pipelines: `Analysis`, or tables made by hand in tests. May be called from several threads at a time.
public protocol ResultProvider: Sendable {
  /// Runs a query with a pipeline over all records of `snapshot`; nil if it was cancelled.
  ///
  /// `partial` gets what is known so far, and how far that is (0 to 1), from any thread, a few times a second at most.
  ///
  /// - Throws: What is wrong with the query.
  func run(
    _ tree: SyntaxTree, context: QueryContext, over snapshot: LogSnapshot, cancellation: Cancellation,
    partial: @escaping @Sendable (ResultTable, Double) -> Void
  ) throws(Diagnostic) -> ResultOutcome?
}

/// A result, or as much of it as is known.
public struct ResultAnswer: Sendable {
  /// The request's `id`.
  public var id: Int
  /// The table.
  public var table: ResultTable
  /// How far it is, 0 to 1.
  public var progress: Double
  /// Whether this is all.
  public var isComplete: Bool
  /// How it shall be drawn, where the query says so.
  public var chart: ChartKind?
  /// The title of the panel that it shall be pinned as, where the query says so.
  public var panel: String?
  /// Doubts about the query.
  public var warnings: [Diagnostic]

  /// Makes an answer.
  public init(
    id: Int, table: ResultTable, progress: Double = 1, isComplete: Bool = true, chart: ChartKind? = nil,
    panel: String? = nil, warnings: [Diagnostic] = []
  ) {
    self.id = id
    self.table = table
    self.progress = progress
    self.isComplete = isComplete
    self.chart = chart
    self.panel = panel
    self.warnings = warnings
  }
}
