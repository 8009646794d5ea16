import Quantities
import Series

/// The panels that a metrics file shows when the user named none: at most one for each question that people ask first.
///
///  1. How much is asked?     the busiest counter whose name speaks of requests, else the busiest of all
///  2. How much goes wrong?   counters of errors; else requests by a status label of 5xx
///  3. How long does it take? the 99th percentile of a histogram of seconds, or a summary's, or the average
///  4. What fills up?         the gauge of connections, queues, load, memory ... that changes most
///
/// Within a question the words decide first, then how much the values change: a flat line tells nothing. Families about
/// the exporter itself (`go_`, `process_`, `scrape_` ...) are left out as long as there are others.
struct DefaultPanels {
  private let content: MetricsFileContent
  private let names: [String]

  /// The panels for `content`, at most four.
  static func choose(from content: MetricsFileContent) -> [PanelSpecification] {
    let chooser = DefaultPanels(content)
    return [chooser.traffic, chooser.errors, chooser.latency, chooser.saturation].compactMap { $0 }
  }

  private init(_ content: MetricsFileContent) {
    self.content = content
    let all = Set(content.series.filter { $0.samples.count > 1 }.map(\.name)).sorted()
    let own = all.filter { name in !Self.exporterPrefixes.contains { name.hasPrefix($0) } }
    names = own.isEmpty ? all : own
  }

  private static let exporterPrefixes = [
    "go_", "process_", "python_", "promhttp_", "prometheus_", "scrape_", "node_exporter_", "node_scrape_", "nodejs_",
    "jvm_info",
  ]
  private static let trafficWords = ["request", "http", "quer", "command", "message", "transaction", "job", "event"]
  private static let errorWords = ["error", "fail", "exception", "timeout", "reject", "drop", "abort", "5xx"]
  private static let timeWords = ["duration", "latency", "time", "seconds"]
  private static let fillWords = [
    "connection", "active", "in_flight", "inflight", "in_progress", "queue", "backlog", "waiting", "pool", "lock",
    "load1",
    "threads", "workers", "busy", "memory", "usage", "lag",
  ]

  private var traffic: PanelSpecification? {
    let counters = counters.filter { !speaks($0, of: Self.errorWords) }
    guard let name = best(counters, words: Self.trafficWords) ?? busiest(counters) else { return nil }
    return PanelSpecification(title: Self.title(name), expression: name)
  }

  private var errors: PanelSpecification? {
    let counters = counters.filter { speaks($0, of: Self.errorWords) }
    if let name = best(counters, words: Self.errorWords), changes(name) > 0 {
      return PanelSpecification(title: Self.title(name), expression: name)
    }
    for series in content.series where content.isCounter(series.name) && names.contains(series.name) {
      for label in series.labels where ["code", "status", "status_code"].contains(label.name) {
        guard label.value.count == 3, label.value.hasPrefix("5"), !series.name.hasSuffix("_bucket"),
          !series.name.hasSuffix("_sum")
        else { continue }
        return PanelSpecification(title: "5xx", expression: "\(series.name){\(label.name)=~\"5..\"}")
      }
    }
    return nil
  }

  private var latency: PanelSpecification? {
    let buckets = names.filter { $0.hasSuffix("_bucket") && speaks($0, of: Self.timeWords) }
    if let name = best(buckets, words: Self.trafficWords + ["duration", "latency"]) {
      let expression = "histogram_quantile(0.99, sum by (le) (rate(\(name)[\(window)])))"
      return PanelSpecification(title: "p99 " + Self.title(String(name.dropLast(7))), expression: expression)
    }
    let summaries = content.series.filter { one in
      names.contains(one.name) && speaks(one.name, of: Self.timeWords) && one.labels.contains { $0.name == "quantile" }
    }
    if let one = summaries.last, let quantile = one.labels.first(where: { $0.name == "quantile" })?.value {
      return PanelSpecification(
        title: "p\(quantile) \(Self.title(one.name))", expression: "\(one.name){quantile=\"\(quantile)\"}")
    }
    let sums = names.filter { name in
      name.hasSuffix("_seconds_sum") && names.contains(String(name.dropLast(4)) + "_count")
    }
    guard let name = best(sums, words: Self.trafficWords + ["duration", "latency"]) ?? sums.first else { return nil }
    let base = String(name.dropLast(4))
    let expression = "sum(rate(\(base)_sum[\(window)])) / sum(rate(\(base)_count[\(window)]))"
    return PanelSpecification(title: Self.title(base), expression: expression)
  }

  private var saturation: PanelSpecification? {
    let gauges = names.filter { name in
      !content.isCounter(name) && !name.hasSuffix("_info") && !name.hasSuffix("_created") && changes(name) > 0
        && !name.contains("timestamp") && !isQuantile(name)
    }
    let name = best(gauges, words: Self.fillWords) ?? gauges.max { changes($0) < changes($1) }
    return name.map { PanelSpecification(title: Self.title($0), expression: $0) }
  }

  private var counters: [String] {
    names.filter { content.isCounter($0) && !$0.hasSuffix("_bucket") && !$0.hasSuffix("_sum") }
  }

  /// Four samples, so that a missed one does not tear the line.
  private var window: String { (content.interval * 4).promQL }

  private func isQuantile(_ name: String) -> Bool {
    content.series.contains { one in one.name == name && one.labels.contains { $0.name == "quantile" } }
  }

  private func speaks(_ name: String, of words: [String]) -> Bool { words.contains { name.contains($0) } }

  /// The name with the weightiest word; among equals the one that changes most.
  private func best(_ names: [String], words: [String]) -> String? {
    let ranked = names.compactMap { name in
      words.firstIndex { name.contains($0) }.map { (name: name, rank: $0, change: changes(name)) }
    }
    return ranked.min { left, right in
      left.rank == right.rank ? left.change > right.change : left.rank < right.rank
    }?.name
  }

  private func busiest(_ names: [String]) -> String? { names.max { changes($0) < changes($1) } }

  /// How much the values of a metric change: growth of counters, range relative to size of gauges.
  private func changes(_ name: String) -> Double {
    let isCounter = content.isCounter(name)
    return content.series.filter { $0.name == name }.reduce(0) { sum, one in
      guard let bounds = one.bounds else { return sum }
      let range = bounds.maximum - bounds.minimum
      return sum + (isCounter ? range : range / max(abs(bounds.maximum), abs(bounds.minimum), 1e-9))
    }
  }

  /// The metric's name as a short title: without units and suffixes, blanks for underscores.
  private static func title(_ name: String) -> String {
    var words = name.split(separator: "_").map(String.init)
    while words.count > 1, let last = words.last, ["total", "seconds", "bytes", "count", "sum"].contains(last) {
      words.removeLast()
    }
    return words.joined(separator: " ")
  }
}
