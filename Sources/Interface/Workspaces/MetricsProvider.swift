import Metrics
import Quantities

/// Where panels get their data: `MetricsHub`, or nothing in tests. Every method may be called from any thread.
public protocol MetricsProvider: AnyObject, Sendable {
  /// Replaces the panels; those that stay the same keep their data.
  func setPanels(_ specifications: [PanelSpecification])
  /// Sets the time that the panels show.
  func setView(from: Timestamp, to: Timestamp, columns: Int, isFollowing: Bool)
  /// Completes an expression; answers on a worker thread, perhaps more than once.
  func complete(
    _ text: String, cursor: Int, source: String?, answer: @escaping @Sendable (ExpressionCompletion) -> Void)
  /// Has a source read an expression; answers on a worker thread what is wrong, if anything.
  func check(_ expression: String, source: String?, answer: @escaping @Sendable (ExpressionProblem?) -> Void)
  /// Finds alerts; answers on a worker thread, with what may be wrong.
  func findAlerts(
    in view: ClosedRange<Timestamp>, columns: Int, answer: @escaping @Sendable ([Alert], _ problem: String?) -> Void)
  /// Finds exemplars; answers on a worker thread, with what may be wrong.
  func findExemplars(
    of expression: String, source: String?, in view: ClosedRange<Timestamp>,
    answer: @escaping @Sendable ([Exemplar], _ problem: String?) -> Void)
  /// Tries every source again now.
  func retry()
}

extension MetricsHub: MetricsProvider {}
