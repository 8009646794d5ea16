import Metrics

/// Alerts and exemplars.
extension Workspace {
  func findAlerts(_ request: AlertRequest, _ emit: @escaping @Sendable (Event) -> Void) {
    guard let metrics else { return emit(.alerts(AlertAnswer(id: request.id, alerts: []))) }
    metrics.findAlerts(in: request.axis.from...request.axis.to, columns: request.columns) { alerts, problem in
      emit(.alerts(AlertAnswer(id: request.id, alerts: alerts, problem: problem)))
    }
  }

  func findExemplars(_ request: ExemplarRequest, _ emit: @escaping @Sendable (Event) -> Void) {
    guard let metrics else { return emit(.exemplars(ExemplarAnswer(id: request.id, exemplars: []))) }
    metrics.findExemplars(
      of: request.expression, source: request.source, in: request.axis.from...request.axis.to
    ) { exemplars, problem in
      emit(.exemplars(ExemplarAnswer(id: request.id, exemplars: exemplars, problem: problem)))
    }
  }
}
