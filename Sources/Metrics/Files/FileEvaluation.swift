import Matching
import Quantities
import Series

/// Evaluates expressions over what a metrics file holds.
struct FileEvaluation {
  /// A number, or series.
  enum Value {
    case number(Double)
    case series([TimeSeries])
  }

  let content: MetricsFileContent
  /// Whether a counter without a function was turned into its rate.
  private(set) var madeRates = false

  init(_ content: MetricsFileContent) { self.content = content }

  /// The series of `expression`; a number becomes a line through the whole file.
  mutating func series(of expression: FileExpression) throws(FileExpression.Mistake) -> [TimeSeries] {
    switch try value(of: expression) {
    case .series(let series): return series.filter { !$0.samples.isEmpty }
    case .number(let number):
      guard let longest = content.series.max(by: { $0.samples.count < $1.samples.count }) else { return [] }
      return [mapped(longest) { _ in number }]
    }
  }

  private mutating func value(of expression: FileExpression) throws(FileExpression.Mistake) -> Value {
    switch expression {
    case .number(let number): return .number(number)
    case .selector(let selector): return .series(try bare(selector))
    case .window(let function, let selector, let span): return .series(try window(function, selector, span))
    case .aggregate(let function, let grouping, let inner):
      guard case .series(let series) = try value(of: inner) else { return try value(of: inner) }
      return .series(aggregated(series, function, grouping))
    case .quantile(let share, let inner):
      guard case .series(let series) = try value(of: inner) else { return .number(.nan) }
      return .series(quantiles(share, series))
    case .binary(let sign, let left, let right): return combined(try value(of: left), try value(of: right), sign)
    }
  }

  private mutating func bare(_ selector: Selector) throws(FileExpression.Mistake) -> [TimeSeries] {
    let found = try selected(selector)
    return found.map { one in
      guard content.isCounter(one.name) else { return one }
      madeRates = true
      return CounterRates.rates(one)
    }
  }

  private func window(
    _ function: FileExpression.WindowFunction, _ selector: Selector, _ span: TimeSpan
  ) throws(FileExpression.Mistake) -> [TimeSeries] {
    let found = try selected(selector)
    switch function {
    case .rate: return found.map { CounterRates.rates($0, over: span) }
    case .irate: return found.map(CounterRates.rates)
    case .increase:
      return found.map { one in mapped(CounterRates.rates(one, over: span)) { $0 * span.seconds } }
    }
  }

  /// The series that a selector means.
  func selected(_ selector: Selector) throws(FileExpression.Mistake) -> [TimeSeries] {
    var tests: [(label: String, test: (String) -> Bool)] = []
    for matcher in selector.matchers { tests.append((matcher.label, try test(matcher))) }
    return content.series.filter { one in
      (selector.metric.isEmpty || selector.metric == one.name || selector.value(of: "__name__") != nil)
        && tests.allSatisfy { label, test in test(one.labels.first { $0.name == label }?.value ?? "") }
    }
  }

  /// Matchers are anchored at both ends, and a missing label is an empty one, as in PromQL.
  private func test(_ matcher: LabelMatcher) throws(FileExpression.Mistake) -> (String) -> Bool {
    switch matcher.comparison {
    case .equal: return { $0 == matcher.value }
    case .different: return { $0 != matcher.value }
    case .matches, .matchesNot:
      let pattern: Pattern
      do {
        pattern = try Pattern("^(?:\(matcher.value))$")
      } catch {
        throw FileExpression.Mistake(message: "the pattern: \(error.message)", range: matcher.range)
      }
      let isWanted = matcher.comparison == .matches
      return { value in Array(value.utf8).withUnsafeBytes { pattern.isMatch($0) } == isWanted }
    }
  }

  private func aggregated(
    _ series: [TimeSeries], _ function: String, _ grouping: FileExpression.Grouping
  ) -> [TimeSeries] {
    grouped(series) { label in
      switch grouping {
      case .all: false
      case .by(let names): names.contains(label)
      case .without(let names): label != "__name__" && !names.contains(label)
      }
    }.compactMap { labels, members in
      let counted = function == "count" ? members.map { mapped($0) { $0.isFinite ? 1 : .nan } } : members
      let combination = function == "count" ? .sum : SeriesCombination(rawValue: function) ?? .sum
      var result = combination.combined(counted)
      result?.labels = labels
      return result
    }
  }

  private func quantiles(_ share: Double, _ series: [TimeSeries]) -> [TimeSeries] {
    grouped(series) { $0 != "le" && $0 != "__name__" }.map { labels, members in
      var times: [Timestamp: [(bound: Double, count: Double)]] = [:]
      for one in members {
        guard let bound = one.labels.first(where: { $0.name == "le" }).flatMap({ Self.bound($0.value) }) else {
          continue
        }
        for sample in one.samples where sample.value.isFinite {
          times[sample.time, default: []].append((bound, sample.value))
        }
      }
      var result = TimeSeries(labels: labels, step: content.interval)
      for (time, buckets) in times.sorted(by: { $0.key < $1.key }) {
        let value = HistogramQuantile.value(share, buckets: buckets.sorted { $0.bound < $1.bound })
        result.samples.append(Sample(time: time, value: value))
      }
      return result
    }
  }

  private static func bound(_ text: String) -> Double? {
    Array(text.utf8).withUnsafeBytes { DecimalNumber.value(of: $0) }
  }

  /// Series put together by the labels that are kept, in the order of their first members.
  private func grouped(
    _ series: [TimeSeries], keeping isKept: (String) -> Bool
  ) -> [(labels: [Label], members: [TimeSeries])] {
    var groups: [(labels: [Label], members: [TimeSeries])] = []
    var places: [[Label]: Int] = [:]
    for one in series {
      let labels = one.labels.filter { isKept($0.name) }
      if let place = places[labels] {
        groups[place].members.append(one)
      } else {
        places[labels] = groups.count
        groups.append((labels, [one]))
      }
    }
    return groups
  }

  private func combined(_ left: Value, _ right: Value, _ sign: String) -> Value {
    let operation: (Double, Double) -> Double = { a, b in
      switch sign {
      case "+": a + b
      case "-": a - b
      case "*": a * b
      default: a / b
      }
    }
    switch (left, right) {
    case (.number(let a), .number(let b)): return .number(operation(a, b))
    case (.series(let series), .number(let b)): return .series(series.map { one in mapped(one) { operation($0, b) } })
    case (.number(let a), .series(let series)): return .series(series.map { one in mapped(one) { operation(a, $0) } })
    case (.series(let first), .series(let second)): return .series(joined(first, second, operation))
    }
  }

  /// Pairs of series with the same labels, or of the only ones on both sides.
  private func joined(
    _ left: [TimeSeries], _ right: [TimeSeries], _ operation: (Double, Double) -> Double
  ) -> [TimeSeries] {
    func labels(_ series: TimeSeries) -> [Label] { series.labels.filter { $0.name != "__name__" } }
    return left.compactMap { one in
      let isOnlyPair = left.count == 1 && right.count == 1
      guard let other = right.first(where: { isOnlyPair || labels($0) == labels(one) }) else { return nil }
      var result = TimeSeries(labels: labels(one), step: one.step)
      for sample in one.samples {
        let index = other.index(atOrAfter: sample.time)
        guard index < other.samples.count, other.samples[index].time == sample.time else { continue }
        let value = operation(sample.value, other.samples[index].value)
        result.samples.append(Sample(time: sample.time, value: value.isFinite ? value : .nan))
      }
      return result
    }
  }

  private func mapped(_ series: TimeSeries, _ change: (Double) -> Double) -> TimeSeries {
    var result = series
    result.labels.removeAll { $0.name == "__name__" }
    for index in result.samples.indices {
      let value = change(result.samples[index].value)
      result.samples[index].value = value.isFinite ? value : .nan
    }
    return result
  }
}
