import Platform
import Quantities
import Series

/// Alerts and exemplars of a Prometheus server.
extension PrometheusSource {
  /// So many stretches and exemplars are taken: more than a screen has columns for.
  static let mostMarks = 1000

  func alerts(
    in view: ClosedRange<Timestamp>, columns: Int, now: Timestamp, cancellation: CancellationSignal
  ) throws(MetricError) -> [Alert] {
    let end = min(view.upperBound, now)
    guard end > view.lowerBound else { return [] }
    // Some steps a column: alerts that come and go would grow together.
    let span = TimeSpan(nanoseconds: (end - view.lowerBound).nanoseconds / Int64(max(columns, 1) * 4))
    let step = RangePlan.nice(atLeast: max(span, .seconds(1 as Int64)))
    let first = RangePlan.floored(view.lowerBound, to: step)
    // A step that ends after the view is over would not be asked for; one beyond the present tells what has come so far.
    let last = RangePlan.floored(end, to: step) + step
    // However short an alert fired, the window of one step has a sample of it.
    let query = [
      (name: "query", value: "max_over_time(ALERTS{alertstate=\"firing\"}[\(step.promQL)])"),
      (name: "start", value: first.apiText), (name: "end", value: last.apiText), (name: "step", value: step.promQL),
    ]
    let series = try api.get("/api/v1/query_range", query, cancellation: cancellation) { data, _ in
      PrometheusAnswer.matrix(data, step: step)?.series
    }
    var spans = AlertAnswers.spans(series, step: step, from: view.lowerBound)
    for index in spans.indices { spans[index].to = max(spans[index].from, min(spans[index].to, end)) }
    let active = try knowledge.activeAlerts(cancellation: cancellation)
    let rules = spans.isEmpty && active.isEmpty ? [:] : try knowledge.alertRules(cancellation: cancellation)
    return Array(
      AlertAnswers.completed(spans, active: active, rules: rules, step: step, view: view.lowerBound...end, now: now)
        .prefix(Self.mostMarks))
  }

  func exemplars(
    of expression: String, in view: ClosedRange<Timestamp>, cancellation: CancellationSignal
  ) throws(MetricError) -> [Exemplar] {
    let variables = RangeVariables(expression, step: FetchPlan.usualInterval, interval: FetchPlan.usualInterval)
    let query = [
      (name: "query", value: variables.expression), (name: "start", value: view.lowerBound.apiText),
      (name: "end", value: view.upperBound.apiText),
    ]
    let found: [Exemplar]
    do {
      found = try api.get("/api/v1/query_exemplars", query, expression: expression, cancellation: cancellation) {
        data, _ in PrometheusAnswer.exemplars(data)
      }
    } catch {
      throw variables.original(error)
    }
    let known = Set(found.filter { view.contains($0.time) && $0.trace != nil })
    return Array(known.sorted { ($0.time, $0.value) < ($1.time, $1.value) }.suffix(Self.mostMarks * 10))
  }
}

extension PrometheusAnswer {
  /// Reads `data` of `/api/v1/query_exemplars`, a list of series with their exemplars.
  static func exemplars(_ data: JSONView) -> [Exemplar] {
    data.elements.flatMap { series in
      (series["exemplars"]?.elements ?? []).compactMap { item -> Exemplar? in
        guard let seconds = item["timestamp"]?.number, abs(seconds) < 9e9, let value = item["value"]?.number,
          let labels = item["labels"].map(labels)
        else { return nil }
        let time = Timestamp(nanoseconds: Int64((seconds * 1000).rounded()) * 1_000_000)
        return Exemplar(time: time, value: value, labels: labels)
      }
    }
  }
}

extension PrometheusKnowledge {
  /// The alerts that are active now; none where the server does not tell.
  func activeAlerts(cancellation: CancellationSignal) throws(MetricError) -> [AlertAnswers.Active] {
    try hint("/api/v1/alerts", [], cancellation: cancellation) { AlertAnswers.active($0) } ?? []
  }

  /// The expressions of alerting rules by name, asked for once a minute.
  func alertRules(cancellation: CancellationSignal) throws(MetricError) -> [String: String] {
    if let known = knownRules { return known }
    let query = [(name: "type", value: "alert")]
    let rules = try hint("/api/v1/rules", query, cancellation: cancellation) { AlertAnswers.rules($0) } ?? [:]
    keepRules(rules)
    return rules
  }
}
