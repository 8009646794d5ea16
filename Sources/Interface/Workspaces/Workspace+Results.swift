import Analysis
import LogFiles
import QueryLanguage
import Timelines

/// Running pipelines.
extension Workspace {
  func analyse(_ request: ResultRequest, _ cancellation: Cancellation, _ emit: @escaping @Sendable (Event) -> Void) {
    let id = request.id
    do throws(Diagnostic) {
      let tree = try QueryParser.parse(request.query)
      let outcome = try results.run(
        tree, context: request.context, over: snapshot(without: request.hidden), cancellation: cancellation
      ) { table, progress in
        emit(.result(ResultAnswer(id: id, table: table, progress: progress, isComplete: false, chart: tree.chart)))
      }
      guard let outcome, !cancellation.isCancelled else { return }
      emit(
        .result(
          ResultAnswer(
            id: id, table: outcome.table, chart: outcome.chart, panel: outcome.panel, warnings: outcome.warnings)))
    } catch {
      emit(.resultFailed(id: id, error))
    }
  }

  /// The records of the sources that are not hidden.
  func snapshot(without hidden: Set<FileID>) -> LogSnapshot {
    var snapshot = logs.snapshot()
    guard !hidden.isEmpty else { return snapshot }
    snapshot.generations.removeAll { hidden.contains($0.file) }
    snapshot.files.removeAll { hidden.contains($0.file) }
    return snapshot
  }
}

/// What stands in for the engine where there is none.
public struct NoResults: ResultProvider {
  /// Makes one.
  public init() {}

  /// Refuses.
  public func run(
    _ tree: SyntaxTree, context: QueryContext, over snapshot: LogSnapshot, cancellation: Cancellation,
    partial: @escaping @Sendable (ResultTable, Double) -> Void
  ) throws(Diagnostic) -> ResultOutcome? {
    throw Diagnostic("this session runs no pipelines", range: 0..<0)
  }
}
