import Platform
import Quantities

/// What somebody who types an expression is helped with.
extension PrometheusKnowledge {
  /// What families of metrics measure, as far as it has been learnt.
  var summaries: [String: MetricSummary] { knownSummaries.value }

  /// Asks for types and helps of all families, a hundred bytes each, unless they are known and younger than five minutes.
  func learnSummaries(cancellation: CancellationSignal) {
    guard knownSummaries.isOld else { return }
    // Set before the answer, so that one request is under way at a time.
    keepSummaries(nil)
    let found = try? hint("/api/v1/metadata", [(name: "limit_per_metric", value: "1")], cancellation: cancellation) {
      data in
      var result: [String: MetricSummary] = [:]
      data.forEachMember { name, entries in
        guard let entry = entries.elements.first else { return }
        result[name] = MetricSummary(
          type: entry["type"]?.text ?? "",
          help: PrometheusErrors.visible(String((entry["help"]?.text ?? "").prefix(200))))
      }
      return result
    }
    if let found = found.flatMap({ $0 }) { keepSummaries(found) }
  }

  /// Has the server read `expression`: by its formatter, which evaluates nothing; by a query where it has none
  /// (Prometheus before 2.38, VictoriaMetrics).
  func check(_ expression: String, cancellation: CancellationSignal) throws(MetricError) {
    let query = [(name: "query", value: expression)]
    if formatterIsAbsent != true {
      do {
        let isRead: Bool = try api.get(
          "/api/v1/format_query", query, expression: expression, cancellation: cancellation
        ) { data, _ in data.text != nil }
        noteFormatter(isAbsent: !isRead)
        return
      } catch .query(let message, let range) {
        throw .query(message: message, range: range)
      } catch .cancelled {
        throw .cancelled
      } catch {
        noteFormatter(isAbsent: true)
      }
    }
    try api.get("/api/v1/query", query, expression: expression, cancellation: cancellation) { _, _ in () }
  }
}
