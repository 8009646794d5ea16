import Analysis
import LogFiles
import QueryLanguage
import Timelines

@testable import Interface

/// Runs pipelines by the engine that the program has.
struct EngineResults: ResultProvider {
  let engine: FilterEngine

  func run(
    _ tree: SyntaxTree, context: QueryContext, over snapshot: LogSnapshot, cancellation: Cancellation,
    partial: @escaping @Sendable (ResultTable, Double) -> Void
  ) throws(Diagnostic) -> ResultOutcome? {
    let plan = try PipelinePlan(tree, context: context)
    let table = try Analyser(engine: engine, workers: 1).run(plan, over: snapshot, cancellation: cancellation)
    return table.map {
      ResultOutcome(table: $0, chart: plan.chart, panel: plan.panel, warnings: plan.filter.warnings)
    }
  }
}
