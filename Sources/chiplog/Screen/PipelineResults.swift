import Analysis
import Interface
import LogFiles
import QueryLanguage
import Synchronization
import Timelines

/// Runs the pipelines of the screen. Each of the last few queries keeps what it computed, so that a panel that follows a growing file
/// does not begin anew beside the table.
final class PipelineResults: ResultProvider {
  private let analysers = Mutex<[(query: String, analyser: Analyser)]>([])
  private static let most = 8

  func run(
    _ tree: SyntaxTree, context: QueryContext, over snapshot: LogSnapshot, cancellation: Cancellation,
    partial: @escaping @Sendable (ResultTable, Double) -> Void
  ) throws(Diagnostic) -> ResultOutcome? {
    let plan = try PipelinePlan(tree, context: context)
    let analyser = analyser(for: QueryPrinter.print(tree))
    guard let table = try analyser.run(plan, over: snapshot, cancellation: cancellation, partial: partial) else {
      return nil
    }
    return ResultOutcome(table: table, chart: plan.chart, panel: plan.panel, warnings: plan.filter.warnings)
  }

  private func analyser(for query: String) -> Analyser {
    analysers.withLock { analysers in
      if let place = analysers.firstIndex(where: { $0.query == query }) {
        let found = analysers.remove(at: place)
        analysers.append(found)
        return found.analyser
      }
      if analysers.count >= Self.most { analysers.removeFirst() }
      let fresh = Analyser()
      analysers.append((query, fresh))
      return fresh
    }
  }
}
