import Platform
import Quantities
import Series

/// A Prometheus server, or one that speaks its API (VictoriaMetrics, Mimir, Thanos).
final class PrometheusSource: MetricSource {
  let name: String
  let summary: String
  let api: PrometheusAPI
  let knowledge: PrometheusKnowledge
  private let timeout: Double

  init(_ configuration: MetricServerConfiguration) throws(HTTPAddress.Mistake) {
    name = configuration.name
    api = try PrometheusAPI(configuration)
    summary = api.address.text
    knowledge = PrometheusKnowledge(api: api)
    timeout = configuration.timeout
  }

  func sampleInterval(
    of expression: String, at time: Timestamp, cancellation: CancellationSignal
  ) throws(MetricError) -> TimeSpan? {
    try knowledge.interval(of: expression, at: time, cancellation: cancellation)
  }

  func fetch(_ request: RangeRequest, cancellation: CancellationSignal) throws(MetricError) -> RangeAnswer {
    let variables = request.variables
    do {
      var answer = try fetchReplaced(request.with(variables), cancellation: cancellation)
      if answer.sentExpression == nil, variables.expression != request.expression {
        answer.sentExpression = variables.expression
      }
      return answer
    } catch {
      throw variables.original(error)
    }
  }

  private func fetchReplaced(
    _ request: RangeRequest, cancellation: CancellationSignal
  ) throws(MetricError) -> RangeAnswer {
    let question = try question(for: request, cancellation: cancellation)
    let query = [
      (name: "query", value: question.sent), (name: "start", value: request.from.apiText),
      (name: "end", value: request.to.apiText), (name: "step", value: request.step.promQL),
      (name: "timeout", value: TimeSpan.seconds(max(timeout, 1)).promQL),
    ]
    let answer: (matrix: PrometheusAnswer.Matrix, warnings: [String])
    do {
      answer = try api.get("/api/v1/query_range", query, expression: question.sent, cancellation: cancellation) {
        data, warnings in PrometheusAnswer.matrix(data, step: request.step).map { ($0, warnings) }
      }
    } catch {
      throw question.original(error)
    }
    var result = RangeAnswer(
      series: answer.matrix.series, unit: question.nature.unit, combination: question.nature.combination,
      isRateOfCounter: question.isRate, sentExpression: question.sent == request.expression ? nil : question.sent,
      warnings: answer.warnings)
    result.boundUnit = question.nature.boundUnit
    if result.series.isEmpty {
      result.emptyReason =
        answer.matrix.hasHistograms
        ? "a native histogram in which nothing was counted"
        : emptyReason(question, cancellation: cancellation)
    }
    return result
  }

  func metricNames(cancellation: CancellationSignal) throws(MetricError) -> [String] {
    try knowledge.list("/api/v1/label/__name__/values", [], cancellation: cancellation)
  }

  func labelNames(of selector: Selector?, cancellation: CancellationSignal) throws(MetricError) -> [String] {
    try knowledge.list("/api/v1/labels", match(selector), cancellation: cancellation)
  }

  func labelValues(
    of label: String, in selector: Selector?, cancellation: CancellationSignal
  ) throws(MetricError) -> [String] {
    try knowledge.list("/api/v1/label/\(HTTPText.encoded(label))/values", match(selector), cancellation: cancellation)
  }

  func defaultPanels(cancellation: CancellationSignal) throws(MetricError) -> [PanelSpecification] { [] }

  var summaries: [String: MetricSummary] { knowledge.summaries }

  func learnSummaries(cancellation: CancellationSignal) { knowledge.learnSummaries(cancellation: cancellation) }

  func check(_ expression: String, cancellation: CancellationSignal) throws(MetricError) {
    let variables = RangeVariables(expression, step: FetchPlan.usualInterval, interval: FetchPlan.usualInterval)
    do { try knowledge.check(variables.expression, cancellation: cancellation) } catch {
      throw variables.original(error)
    }
  }

  private func match(_ selector: Selector?) -> [(name: String, value: String)] {
    guard let selector else { return [] }
    // A selector that an empty value would satisfy is refused.
    let isSelective =
      !selector.metric.isEmpty || selector.matchers.contains { $0.comparison == .equal && !$0.value.isEmpty }
    return isSelective ? [(name: "match[]", value: selector.promQL)] : []
  }

  private func question(
    for request: RangeRequest, cancellation: CancellationSignal
  ) throws(MetricError) -> PrometheusQuestion {
    let bare = BareSelector(request.expression)
    let metric = bare?.selector.metric ?? ""
    let family = metric.isEmpty ? nil : try knowledge.family(of: metric, cancellation: cancellation)
    return PrometheusQuestion(request, bare: bare, family: family)
  }

  private func emptyReason(_ question: PrometheusQuestion, cancellation: CancellationSignal) -> String {
    let metric = question.bare?.selector.metric ?? ""
    guard !metric.isEmpty, let names = try? metricNames(cancellation: cancellation), !names.contains(metric) else {
      return "no series in this time"
    }
    let hint = MetricNames.nearest(to: metric, in: names).map { "; did you mean \($0)?" } ?? ""
    return "no metric \(metric)\(hint)"
  }
}

/// An expression made ready to be sent: what the user asked for, bounded and turned into rates where it must be.
///
/// A bare counter is asked as its rate, since its height says nothing; a bare gauge is bounded, since Prometheus goes on
/// for five minutes after the samples have stopped.
struct PrometheusQuestion: Hashable, Sendable {
  let asked: String
  let sent: String
  let bare: BareSelector?
  let isRate: Bool
  let nature: ExpressionNature

  init(_ request: RangeRequest, bare: BareSelector?, family: PrometheusKnowledge.Family?) {
    asked = request.expression
    self.bare = bare
    let metric = bare?.selector.metric ?? ""
    isRate = bare != nil && MetricNames.isCounter(metric, type: family?.type ?? "")
    if let bare, isRate {
      let window = max(request.step + request.interval, request.interval * 4)
      sent = bare.wrapped(asked, in: "rate", window: window.promQL)
    } else if let bare {
      sent = bare.wrapped(asked, in: "last_over_time", window: (request.interval * 2).promQL)
    } else {
      sent = asked
    }
    let unit = family.flatMap { $0.unit.isEmpty ? nil : MetricUnit(named: $0.unit) }
    nature = ExpressionNature.of(sent) { $0 == metric ? unit : nil }
  }

  /// An error about the text that was sent, told of the text that was asked.
  func original(_ error: MetricError) -> MetricError {
    guard case .query(let message, let range?) = error, sent != asked, let bare else { return error }
    let count = asked.utf8.count
    let start = bare.selector.range.lowerBound
    let prefix = (isRate ? "rate(" : "last_over_time(").utf8.count
    func moved(_ offset: Int) -> Int {
      offset <= start ? offset : min(max(offset - prefix, start), count)
    }
    return .query(message: message, range: moved(range.lowerBound)..<moved(range.upperBound))
  }
}

extension Selector {
  /// A selector of all series of a metric, or of one with a name that needs quotes.
  init(metric: String) {
    self.metric = metric
    matchers = []
    range = 0..<0
  }

  /// The selector as PromQL writes it.
  var promQL: String {
    let isPlain = metric.utf8.allSatisfy { byte in
      byte == 95 || byte == 58 || (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
    var parts = matchers.map { "\($0.label)\($0.comparison.rawValue)\(Self.quoted($0.value))" }
    let hasName = matchers.contains { $0.label == "__name__" }
    if !isPlain, !hasName { parts.insert("__name__=\(Self.quoted(metric))", at: 0) }
    return (isPlain && !hasName ? metric : "") + (parts.isEmpty ? "" : "{\(parts.joined(separator: ","))}")
  }

  private static func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }

  /// A text as it stands between the quotes of PromQL.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\"", "\\": result += "\\\(character)"
      case "\n": result += "\\n"
      default: result.append(character)
      }
    }
    return result
  }
}
