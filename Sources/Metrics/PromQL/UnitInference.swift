import Series

/// What an expression's values measure and how its series add up, told from its text.
///
/// A shallow reading by precedence, enough for the expressions that people put into panels; what it does not understand
/// is a plain number. It never fails and its depth is bounded.
///
///     ExpressionNature.of("histogram_quantile(0.99, sum by (le) (rate(x_seconds_bucket[5m])))").unit    // seconds
struct ExpressionNature: Hashable, Sendable {
  var unit: MetricUnit
  var combination: SeriesCombination
  /// The unit of what a histogram or summary observes, which quantiles and averages of its rates are in.
  fileprivate var observed: MetricUnit?
  /// What the bounds of the buckets are in, where it is a histogram.
  var boundUnit: MetricUnit { observed ?? .number }
  private var isSum = false
  private var isCount = false
  private var isConstant = false

  /// The nature of `expression`; `unitOf` knows more about a metric than its name, if it answers.
  static func of(_ expression: String, unitOf: @escaping (String) -> MetricUnit? = { _ in nil }) -> ExpressionNature {
    var reader = NatureReader(tokens: Tokenizer.tokens(of: expression), unitOf: unitOf)
    return reader.binary(from: 0, depth: 0)
  }

  fileprivate init(_ unit: MetricUnit = .number, _ combination: SeriesCombination = .maximum) {
    self.unit = unit
    self.combination = combination
  }

  fileprivate static var constant: ExpressionNature {
    var result = ExpressionNature()
    result.isConstant = true
    return result
  }

  fileprivate init(metric: String, unit: MetricUnit) {
    self.init(metric.hasSuffix("_bucket") ? .number : unit)
    observed = unit
    isSum = metric.hasSuffix("_sum")
    isCount = metric.hasSuffix("_count")
    if Self.matterWhenLow(metric) { combination = .minimum }
  }

  /// Whether a metric, by its name, is looked at for its low values, which a greatest one would hide: one target of five that is
  /// not `up`, the one disk that is full.
  private static func matterWhenLow(_ metric: String) -> Bool {
    let words = metric.split(whereSeparator: { $0 == "_" || $0 == ":" || $0 == "." }).map { $0.lowercased() }
    let low: Set<String> = [
      "up", "success", "healthy", "ready", "free", "avail", "available", "memavailable", "memfree", "swapfree",
      "remaining",
    ]
    return words.contains { low.contains($0) } && !words.contains("total")
  }

  fileprivate func divided(by other: ExpressionNature) -> ExpressionNature {
    if let observed, isSum, other.isCount { return ExpressionNature(observed) }
    if other.isConstant {
      return ExpressionNature(unit.isRate ? MetricUnit(.number, isRate: true) : .number, combination)
    }
    let isShare = unit == other.unit && (unit != .number || isCount)
    return ExpressionNature(isShare ? .ratio : .number)
  }

  fileprivate func with(_ combination: SeriesCombination) -> ExpressionNature {
    var result = self
    result.combination = combination
    return result
  }

  fileprivate var perSecond: ExpressionNature {
    var result = self
    result.unit = unit.perSecond
    result.combination = .sum
    return result
  }

  fileprivate func combined(with other: ExpressionNature, sign: String) -> ExpressionNature {
    switch sign {
    case "/": return divided(by: other)
    case "*", "%", "^":
      guard isConstant || other.isConstant else { return .init() }
      return ExpressionNature(.number, isConstant ? other.combination : combination)
    default: return isConstant ? other : self
    }
  }
}

/// Reads tokens from left to right.
private struct NatureReader {
  let tokens: [Token]
  let unitOf: (String) -> MetricUnit?
  var index = 0

  init(tokens: [Token], unitOf: @escaping (String) -> MetricUnit?) {
    self.tokens = tokens
    self.unitOf = unitOf
  }

  private static let precedence: [String: Int] = [
    "or": 1, "and": 2, "unless": 2, "==": 3, "!=": 3, "<": 3, ">": 3, "<=": 3, ">=": 3, "+": 4, "-": 4, "*": 5,
    "/": 5, "%": 5, "atan2": 5, "^": 6,
  ]

  private var token: Token? { index < tokens.count ? tokens[index] : nil }

  mutating func binary(from least: Int, depth: Int) -> ExpressionNature {
    guard depth < 50 else { return .init() }
    var left = unary(depth: depth)
    while let sign = token, sign.kind == .sign || sign.kind == .word,
      let strength = Self.precedence[sign.value.lowercased()], strength > least || (strength == 6 && least == 6)
    {
      index += 1
      skipMatching()
      let right = binary(from: strength, depth: depth + 1)
      left = left.combined(with: right, sign: sign.value.lowercased())
    }
    return left
  }

  /// Skips `bool`, `on (...)`, `ignoring (...)`, `group_left (...)` behind an operator.
  private mutating func skipMatching() {
    while let word = token, ["bool", "on", "ignoring", "group_left", "group_right"].contains(word.value.lowercased()) {
      index += 1
      if token?.isSign("(") == true { skipBrackets() }
    }
  }

  private mutating func unary(depth: Int) -> ExpressionNature {
    while token?.isSign("-") == true || token?.isSign("+") == true { index += 1 }
    guard let first = token else { return .init() }
    var result: ExpressionNature
    if first.isSign("(") {
      index += 1
      result = binary(from: 0, depth: depth + 1)
      if token?.isSign(")") == true { index += 1 }
    } else if first.kind == .number || first.isWord("inf") || first.isWord("nan") {
      index += 1
      result = .constant
    } else if first.kind == .word, isCall {
      result = call(depth: depth)
    } else {
      result = selector()
    }
    skipModifiers()
    return result
  }

  private var isCall: Bool {
    guard index + 1 < tokens.count else { return false }
    return tokens[index + 1].isSign("(") || tokens[index + 1].isWord("by") || tokens[index + 1].isWord("without")
  }

  private mutating func selector() -> ExpressionNature {
    guard let selector = Selector(tokens, at: &index) else {
      index += 1
      return .init()
    }
    return ExpressionNature(
      metric: selector.metric, unit: unitOf(selector.metric) ?? .inferred(fromMetric: selector.metric))
  }

  private mutating func skipModifiers() {
    while let next = token {
      if next.isSign("[") {
        skipBrackets()
      } else if next.isWord("offset") || next.isSign("@") {
        index += 1
        if token?.isSign("-") == true { index += 1 }
        index += 1
        if token?.isSign("(") == true { skipBrackets() }
      } else {
        return
      }
    }
  }

  private mutating func skipBrackets() {
    var depth = 0
    while let next = token {
      index += 1
      if next.isSign("(") || next.isSign("[") || next.isSign("{") { depth += 1 }
      if next.isSign(")") || next.isSign("]") || next.isSign("}") { depth -= 1 }
      if depth <= 0 { return }
    }
  }

  private mutating func call(depth: Int) -> ExpressionNature {
    let name = token?.value.lowercased() ?? ""
    index += 1
    skipGrouping()
    var arguments: [ExpressionNature] = []
    if token?.isSign("(") == true {
      index += 1
      while let next = token, !next.isSign(")") {
        let before = index
        arguments.append(binary(from: 0, depth: depth + 1))
        if token?.isSign(",") == true { index += 1 }
        if index == before { index += 1 }
      }
      index += 1
    }
    skipGrouping()
    return Self.nature(of: name, arguments)
  }

  private mutating func skipGrouping() {
    guard token?.isWord("by") == true || token?.isWord("without") == true else { return }
    index += 1
    if token?.isSign("(") == true { skipBrackets() }
  }

  private static func nature(of function: String, _ arguments: [ExpressionNature]) -> ExpressionNature {
    let first = arguments.first ?? .init()
    let last = arguments.last ?? .init()
    switch function {
    case "rate", "irate", "deriv": return first.perSecond
    case "increase", "delta", "idelta": return first.with(.sum)
    case "sum", "sum_over_time": return first.with(.sum)
    case "max", "max_over_time": return first.with(.maximum)
    case "min", "min_over_time": return first.with(.minimum)
    case "avg", "avg_over_time": return first.with(.average)
    case "count", "count_values", "count_over_time", "changes", "resets": return .init(.number, .sum)
    case "absent", "absent_over_time", "sgn", "group", "stdvar", "ln", "log2", "log10", "exp": return .init()
    case "time", "timestamp": return .init(MetricUnit(.instant))
    case "histogram_quantile": return .init(last.observed ?? last.unit)
    case "quantile", "quantile_over_time", "topk", "bottomk", "limitk": return .init(last.unit)
    default: return first
    }
  }
}
