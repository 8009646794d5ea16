import Quantities
import Series

/// What Prometheus tells of alerts, put together.
///
/// `ALERTS` holds when each alert fired, as far back as samples go; `/api/v1/alerts` what those that fire now say of
/// themselves; `/api/v1/rules` what the rules ask.
struct AlertAnswers {
  /// An alert of `/api/v1/alerts`.
  struct Active: Hashable, Sendable {
    /// With `alertname`, without state, sorted.
    var labels: [Label]
    var summary: String
    var isFiring: Bool
    var since: Timestamp?
  }

  /// Stretches of firing from the samples of `ALERTS`, each sample standing for the step before it.
  static func spans(_ series: [TimeSeries], step: TimeSpan, from: Timestamp) -> [Alert] {
    var alerts: [Alert] = []
    for one in series {
      let labels = one.labels.filter { !["__name__", "alertname", "alertstate"].contains($0.name) }
      let name = one.labels.first { $0.name == "alertname" }?.value ?? ""
      var open: Alert?
      for sample in one.samples where sample.value > 0 {
        if var last = open, sample.time - last.to <= step {
          last.to = sample.time
          open = last
        } else {
          if let open { alerts.append(open) }
          open = Alert(name: name, labels: labels, from: max(from, sample.time - step), to: sample.time)
        }
      }
      if let open { alerts.append(open) }
    }
    return alerts
  }

  /// `alerts` with what is known of the rules and of those that fire now, which reach to `now`; in order of time.
  static func completed(
    _ alerts: [Alert], active: [Active], rules: [String: String], step: TimeSpan, view: ClosedRange<Timestamp>,
    now: Timestamp
  ) -> [Alert] {
    var result = alerts
    for index in result.indices { result[index].summary = rules[result[index].name] ?? "" }
    for one in active where one.isFiring {
      let name = one.labels.first { $0.name == "alertname" }?.value ?? ""
      let labels = one.labels.filter { $0.name != "alertname" }
      let last = result.indices.last { result[$0].name == name && result[$0].labels == labels }
      // The stretch that reaches to the newest step is the one that goes on.
      if let last, now - result[last].to <= step + step + .minutes(1) {
        result[last].summary = one.summary.isEmpty ? result[last].summary : one.summary
        result[last].isActive = true
        result[last].to = max(result[last].to, min(now, view.upperBound))
      } else if last == nil, let since = one.since, since <= view.upperBound, now >= view.lowerBound {
        // Rules that another program evaluates leave no samples.
        result.append(
          Alert(
            name: name, labels: labels, from: max(since, view.lowerBound), to: min(now, view.upperBound),
            summary: one.summary.isEmpty ? rules[name] ?? "" : one.summary, isActive: true))
      }
    }
    return result.sorted { ($0.from, $0.name) < ($1.from, $1.name) }
  }

  /// Reads `data` of `/api/v1/alerts`.
  static func active(_ data: JSONView) -> [Active] {
    (data["alerts"]?.elements ?? []).map { alert in
      Active(
        labels: alert["labels"].map(PrometheusAnswer.labels) ?? [], summary: summary(alert["annotations"]),
        isFiring: alert["state"]?.text == "firing", since: alert["activeAt"]?.text.flatMap(Self.time))
    }
  }

  /// Reads `data` of `/api/v1/rules`: the expressions of alerting rules, by name.
  static func rules(_ data: JSONView) -> [String: String] {
    var result: [String: String] = [:]
    for group in data["groups"]?.elements ?? [] {
      for rule in group["rules"]?.elements ?? [] where rule["type"]?.text == "alerting" {
        if let name = rule["name"]?.text, let query = rule["query"]?.text {
          result[name] = PrometheusErrors.visible(query)
        }
      }
    }
    return result
  }

  private static func summary(_ annotations: JSONView?) -> String {
    let text = ["summary", "message", "description", "title"].lazy.compactMap { annotations?[$0]?.text }.first ?? ""
    return PrometheusErrors.visible(String(text.prefix(300)))
  }

  /// `2026-01-02T03:04:05.678Z`, in UTC as Prometheus writes it.
  static func time(_ text: String) -> Timestamp? {
    let numbers = text.prefix(19).split { !$0.isNumber }.compactMap { Int($0) }
    guard numbers.count == 6, text.hasSuffix("Z") else { return nil }
    return CivilTime(
      year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4], second: numbers[5]
    ).utc
  }
}
