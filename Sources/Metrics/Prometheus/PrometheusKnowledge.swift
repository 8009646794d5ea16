import Platform
import Quantities
import Series
import Synchronization

/// What a server told about its metrics, kept for a while: intervals, types, names.
///
/// Every answer is a hint: a server that does not offer an endpoint costs one failed request, not the panel.
final class PrometheusKnowledge: Sendable {
  /// Type and unit of a metric's family.
  struct Family: Hashable, Sendable {
    var type: String
    var unit: String
  }

  private struct Dated<Value: Sendable>: Sendable {
    var value: Value
    var until: ContinuousClock.Instant
  }

  private struct Store: Sendable {
    var jobs: Dated<[String: TimeSpan]>?
    var intervals: [String: Dated<TimeSpan>] = [:]
    var families: [String: Dated<Family?>] = [:]
    var lists: [String: Dated<[String]>] = [:]
    var summaries = Dated<[String: MetricSummary]>(value: [:], until: .now)
    var rules: Dated<[String: String]>?
    /// Whether the server cannot read an expression without evaluating it; nil while unknown.
    var formatterIsAbsent: Bool?
    /// Until when no hints are asked for, since the server took too long over one.
    var restsUntil: ContinuousClock.Instant?
  }

  private let store = Mutex(Store())
  let api: PrometheusAPI

  init(api: PrometheusAPI) { self.api = api }

  /// The distance of the samples that `expression` reads: of its job where that is told, else of the fastest target.
  ///
  /// A selector without a job is asked which jobs it has; a server without targets (Mimir, Thanos) is asked how many
  /// samples there were in ten minutes. Nil if nobody knows.
  func interval(
    of expression: String, at time: Timestamp, cancellation: CancellationSignal
  ) throws(MetricError) -> TimeSpan? {
    let now = ContinuousClock.now
    if let known = store.withLock({ $0.intervals[expression] }), known.until > now { return known.value }
    let jobs = try jobIntervals(cancellation: cancellation)
    let bare = BareSelector(expression)
    var result: TimeSpan?
    var minutes = 5
    if Set(jobs.values).count == 1 {
      result = jobs.values.first
    } else if let bare {
      var names: [String] = []
      if let job = bare.selector.value(of: "job") {
        names = [job]
      } else if !jobs.isEmpty {
        names = try jobNames(bare, at: time, cancellation: cancellation)
      }
      result = names.compactMap { jobs[$0] }.max()
      if result == nil {
        result = try counted(bare, at: time, cancellation: cancellation)
        minutes = 1
      }
    }
    guard let interval = result ?? jobs.values.min() else { return nil }
    store.withLock {
      if $0.intervals.count > 200 { $0.intervals.removeAll() }
      $0.intervals[expression] = Dated(value: interval, until: now + .seconds(60 * minutes))
    }
    return interval
  }

  /// Type and unit of the family that `metric` belongs to; nil if the server does not know.
  func family(of metric: String, cancellation: CancellationSignal) throws(MetricError) -> Family? {
    let now = ContinuousClock.now
    if let known = store.withLock({ $0.families[metric] }), known.until > now { return known.value }
    var result: Family?
    for name in MetricNames.families(of: metric) {
      result = try hint("/api/v1/metadata", [("metric", name)], cancellation: cancellation) { data in
        data[name]?.elements.first.map { Family(type: $0["type"]?.text ?? "", unit: $0["unit"]?.text ?? "") }
      }
      if result != nil { break }
    }
    store.withLock {
      if $0.families.count > 1000 { $0.families.removeAll() }
      $0.families[metric] = Dated(value: result, until: now + .seconds(result == nil ? 60 : 300))
    }
    return result
  }

  /// A list of strings from an endpoint, sorted, kept for a quarter of a minute: for as long as somebody types.
  func list(
    _ endpoint: String, _ query: [(name: String, value: String)], cancellation: CancellationSignal
  ) throws(MetricError) -> [String] {
    let now = ContinuousClock.now
    let key = endpoint + "?" + query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    if let known = store.withLock({ $0.lists[key] }), known.until > now { return known.value }
    let values: [String] = try api.get(endpoint, query, cancellation: cancellation) { data, _ in data.texts.sorted() }
    store.withLock {
      if $0.lists.count > 50 { $0.lists.removeAll() }
      $0.lists[key] = Dated(value: values, until: now + .seconds(15))
    }
    return values
  }

  /// What is known of families, and whether that is to be asked for again.
  var knownSummaries: (value: [String: MetricSummary], isOld: Bool) {
    store.withLock { ($0.summaries.value, $0.summaries.until <= .now) }
  }

  /// Keeps what was learnt of families; nil keeps what is known and puts off asking.
  func keepSummaries(_ summaries: [String: MetricSummary]?) {
    store.withLock { store in
      if let summaries { store.summaries.value = summaries }
      store.summaries.until = .now + .seconds(300)
    }
  }

  /// The alerting rules, if they were told within a minute.
  var knownRules: [String: String]? {
    store.withLock { store in store.rules.flatMap { $0.until > .now ? $0.value : nil } }
  }

  /// Keeps the alerting rules for a minute.
  func keepRules(_ rules: [String: String]) {
    store.withLock { $0.rules = Dated(value: rules, until: .now + .seconds(60)) }
  }

  /// Whether the server is known to have no formatter of expressions.
  var formatterIsAbsent: Bool? { store.withLock { $0.formatterIsAbsent } }

  /// Takes note of it.
  func noteFormatter(isAbsent: Bool) { store.withLock { $0.formatterIsAbsent = isAbsent } }

  /// The intervals of all scraped jobs, by name.
  private func jobIntervals(cancellation: CancellationSignal) throws(MetricError) -> [String: TimeSpan] {
    let now = ContinuousClock.now
    if let known = store.withLock({ $0.jobs }), known.until > now { return known.value }
    let query = [(name: "state", value: "active")]
    let found: [String: TimeSpan]? = try hint("/api/v1/targets", query, cancellation: cancellation) { data in
      var result: [String: TimeSpan] = [:]
      data["activeTargets"]?.forEachElement { target in
        let text = target["scrapeInterval"]?.text ?? target["discoveredLabels"]?["__scrape_interval__"]?.text
        guard let job = target["labels"]?["job"]?.text, let interval = text.flatMap(TimeSpan.init(promQL:)) else {
          return
        }
        result[job] = max(result[job] ?? .zero, interval)
      }
      return result
    }
    let jobs = found ?? [:]
    store.withLock { $0.jobs = Dated(value: jobs, until: now + .seconds(found == nil ? 60 : jobs.isEmpty ? 5 : 300)) }
    return jobs
  }

  private func jobNames(
    _ bare: BareSelector, at time: Timestamp, cancellation: CancellationSignal
  ) throws(MetricError) -> [String] {
    let selector = bare.selector.promQL
    let answer = try instant("count by (job) (last_over_time(\(selector)[10m]))", at: time, cancellation: cancellation)
    return answer.compactMap { item in item.labels.first { $0.name == "job" }?.value }
  }

  private func counted(
    _ bare: BareSelector, at time: Timestamp, cancellation: CancellationSignal
  ) throws(MetricError) -> TimeSpan? {
    // The fullest of an hour's windows: one with an end or a gap of the samples in it has fewer than their distance makes.
    let query = "max(max_over_time(count_over_time(\(bare.selector.promQL)[10m])[1h:5m]))"
    let answer = try instant(query, at: time, cancellation: cancellation)
    guard let count = answer.first?.value, count >= 2 else { return nil }
    return RangePlan.nice(atLeast: .seconds(600 / count * 0.9))
  }

  private func instant(
    _ query: String, at time: Timestamp, cancellation: CancellationSignal
  ) throws(MetricError) -> [(labels: [Label], value: Double)] {
    let arguments = [(name: "query", value: query), (name: "time", value: time.apiText)]
    return try hint("/api/v1/query", arguments, cancellation: cancellation) { PrometheusAnswer.vector($0) } ?? []
  }

  /// Asks for what would be good to know; a server that is slow to tell is left in peace for a minute.
  func hint<Value>(
    _ endpoint: String, _ query: [(name: String, value: String)], cancellation: CancellationSignal,
    _ body: (JSONView) -> Value?
  ) throws(MetricError) -> Value? {
    let now = ContinuousClock.now
    if let rest = store.withLock({ $0.restsUntil }), rest > now { return nil }
    switch try api.hint(endpoint, query, cancellation: cancellation, body) {
    case .value(let value): return value
    case .absent: return nil
    case .slow:
      store.withLock { $0.restsUntil = now + .seconds(60) }
      return nil
    }
  }
}

extension TimeSpan {
  /// Reads a duration as Prometheus writes it: `15s`, `1m30s`, `500ms`; nil for anything else.
  init?(promQL text: String) {
    let units: [String: Int64] = [
      "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000, "h": 3_600_000_000_000, "d": 86_400_000_000_000,
      "w": 604_800_000_000_000, "y": 31_536_000_000_000_000,
    ]
    var total = TimeSpan.zero
    var rest = text[...]
    while !rest.isEmpty {
      let digits = rest.prefix(while: \.isWholeNumber)
      rest = rest.dropFirst(digits.count)
      let name = rest.prefix(while: \.isLetter)
      rest = rest.dropFirst(name.count)
      guard let count = Int64(digits), let unit = units[String(name)] else { return nil }
      total = total + TimeSpan(nanoseconds: unit) * count
    }
    guard total > .zero else { return nil }
    self = total
  }
}
