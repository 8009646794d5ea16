import Quantities
import Series

/// How samples that are held here, from a file or collected, answer what panels and prompts ask.
extension MetricsFileContent {
  /// The series of an expression, cut to the time asked for; `emptyReason` says why there are none, being told whether
  /// there are any at other times.
  func answer(_ request: RangeRequest, emptyReason: (Bool) -> String) throws(MetricError) -> RangeAnswer {
    var evaluation = FileEvaluation(self)
    let series: [TimeSeries]
    let variables = request.variables
    do {
      series = try evaluation.series(of: try FileExpression.parse(variables.expression))
    } catch {
      throw variables.original(.query(message: error.message, range: error.range))
    }
    let nature = nature(of: variables.expression)
    let parts = series.compactMap { Self.part(of: $0, request) }
    let reason = parts.isEmpty ? emptyReason(!series.isEmpty) : nil
    var answer = RangeAnswer(
      series: parts, unit: nature.unit, combination: nature.combination, isRateOfCounter: evaluation.madeRates,
      warnings: warnings, emptyReason: reason)
    answer.boundUnit = nature.boundUnit
    return answer
  }

  /// Names of metrics, sorted.
  var metricNames: [String] { Set(series.map(\.name)).sorted() }

  /// Names of labels, sorted; those of what a selector selects if it is given.
  func labelNames(of selector: Selector?) -> [String] {
    Set(series(of: selector).flatMap { $0.labels.map(\.name) }).sorted()
  }

  /// Values of a label, sorted; those of what a selector selects if it is given.
  func labelValues(of label: String, in selector: Selector?) -> [String] {
    Set(series(of: selector).compactMap { one in one.labels.first { $0.name == label }?.value }).sorted()
  }

  /// Says that an expression found nothing, and what may have been meant.
  func missing(_ expression: String) -> String {
    let metric = BareSelector(expression)?.selector.metric ?? ""
    let names = metricNames
    guard !metric.isEmpty, !names.contains(metric) else { return "no series" }
    let hint = MetricNames.nearest(to: metric, in: names).map { "; did you mean \($0)?" } ?? ""
    return "no metric \(metric)\(hint)"
  }

  /// The series that name and equalities of a selector leave; patterns are not looked at.
  private func series(of selector: Selector?) -> [TimeSeries] {
    guard let selector else { return series }
    return series.filter { one in
      (selector.metric.isEmpty || one.name == selector.metric)
        && selector.matchers.allSatisfy { matcher in
          let value = one.labels.first { $0.name == matcher.label }?.value ?? ""
          switch matcher.comparison {
          case .equal: return value == matcher.value
          case .different: return value != matcher.value
          case .matches, .matchesNot: return true
          }
        }
    }
  }

  /// What the values measure: as the expression says, a bare counter being a rate.
  private func nature(of expression: String) -> ExpressionNature {
    let bare = BareSelector(expression)
    let isRate = bare.map { isCounter($0.selector.metric) } ?? false
    let sent = isRate ? bare?.wrapped(expression, in: "rate", window: "1m") ?? expression : expression
    return ExpressionNature.of(sent) { metric in
      family(of: metric).flatMap { $0.unit.isEmpty ? nil : MetricUnit(named: $0.unit) }
    }
  }

  private static func part(of series: TimeSeries, _ request: RangeRequest) -> TimeSeries? {
    var result = series
    let end = series.index(atOrAfter: request.to + request.step)
    let start = min(series.index(atOrAfter: request.from), end)
    result.samples = ContiguousArray(series.samples[start..<end])
    return result.samples.isEmpty ? nil : result
  }

  var warnings: [String] {
    guard let first = firstBroken else { return [] }
    return ["\(broken) \(broken == 1 ? "line" : "lines") not read; line \(first.line): \(first.reason)"]
  }
}
