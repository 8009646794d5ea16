import Quantities

/// What a metrics file can answer, taken apart: a part of PromQL that needs no server.
///
///     http_requests_total{code=~"5.."}                       counters are answered as rates
///     sum by (code) (rate(http_requests_total[1m]))
///     histogram_quantile(0.99, rate(latency_seconds_bucket[1m]))
///     rate(latency_seconds_sum[1m]) / rate(latency_seconds_count[1m])
indirect enum FileExpression: Hashable, Sendable {
  /// How samples of a window become one value.
  enum WindowFunction: String, Hashable, Sendable {
    case rate, irate, increase
  }

  /// How labels are kept when series are put together.
  enum Grouping: Hashable, Sendable {
    case all
    case by([String])
    case without([String])
  }

  case number(Double)
  case selector(Selector)
  case window(WindowFunction, Selector, TimeSpan)
  case aggregate(String, Grouping, FileExpression)
  case quantile(Double, FileExpression)
  case binary(String, FileExpression, FileExpression)

  /// An expression that a file does not answer, or none at all.
  struct Mistake: Error, Hashable {
    var message: String
    var range: Range<Int>
  }

  /// Finds out whether an expression can be read.
  static func check(_ text: String) throws(MetricError) {
    let variables = RangeVariables(text, step: FetchPlan.usualInterval, interval: FetchPlan.usualInterval)
    do { _ = try parse(variables.expression) } catch {
      throw variables.original(.query(message: error.message, range: error.range))
    }
  }

  /// Reads an expression.
  static func parse(_ text: String) throws(Mistake) -> FileExpression {
    var parser = FileExpressionParser(tokens: Tokenizer.tokens(of: text), end: text.utf8.count)
    return try parser.parse()
  }
}

/// Recursive descent over tokens; depth is bounded.
private struct FileExpressionParser {
  let tokens: [Token]
  let end: Int
  var index = 0
  var depth = 0

  init(tokens: [Token], end: Int) {
    self.tokens = tokens
    self.end = end
  }

  private var token: Token? { index < tokens.count ? tokens[index] : nil }

  private func mistake(_ message: String) -> FileExpression.Mistake {
    FileExpression.Mistake(message: message, range: token?.range ?? end..<end)
  }

  mutating func parse() throws(FileExpression.Mistake) -> FileExpression {
    let result = try sum()
    if let token { throw mistake("a metrics file cannot answer \"\(token.value)\"") }
    return result
  }

  private mutating func sum() throws(FileExpression.Mistake) -> FileExpression {
    var left = try product()
    while let sign = token, sign.isSign("+") || sign.isSign("-") {
      index += 1
      left = .binary(sign.value, left, try product())
    }
    return left
  }

  private mutating func product() throws(FileExpression.Mistake) -> FileExpression {
    var left = try primary()
    while let sign = token, sign.isSign("*") || sign.isSign("/") {
      index += 1
      left = .binary(sign.value, left, try primary())
    }
    return left
  }

  private mutating func primary() throws(FileExpression.Mistake) -> FileExpression {
    depth += 1
    defer { depth -= 1 }
    guard let first = token else { throw mistake("the expression ends here") }
    guard depth < 50 else { throw mistake("too deep") }
    if first.isSign("-") {
      index += 1
      return .binary("-", .number(0), try primary())
    }
    if first.isSign("(") {
      index += 1
      let inner = try sum()
      try expect(")")
      return inner
    }
    if first.kind == .number {
      guard let value = Double(first.value) else { throw mistake("\(first.value) is no number") }
      index += 1
      return .number(value)
    }
    let isCall = index + 1 < tokens.count && (tokens[index + 1].isSign("(") || isGroupingWord(tokens[index + 1]))
    return first.kind == .word && isCall ? try call(first) : .selector(try selector())
  }

  private func isGroupingWord(_ token: Token) -> Bool { token.isWord("by") || token.isWord("without") }

  private mutating func selector() throws(FileExpression.Mistake) -> Selector {
    guard let selector = Selector(tokens, at: &index) else {
      throw mistake("a metric's name or labels are expected here")
    }
    return selector
  }

  private mutating func call(_ name: Token) throws(FileExpression.Mistake) -> FileExpression {
    let function = name.value.lowercased()
    if let window = FileExpression.WindowFunction(rawValue: function) {
      index += 1
      try expect("(")
      let selector = try selector()
      try expect("[")
      guard let span = token.flatMap({ TimeSpan(promQL: $0.value) }) else {
        throw mistake("a duration such as 5m is expected")
      }
      index += 1
      try expect("]")
      try expect(")")
      return .window(window, selector, span)
    }
    if function == "histogram_quantile" {
      index += 1
      try expect("(")
      guard case .number(let share) = try primary() else { throw mistake("a quantile such as 0.99 is expected") }
      try expect(",")
      let inner = try sum()
      try expect(")")
      return .quantile(share, inner)
    }
    guard ["sum", "max", "min", "avg", "count"].contains(function) else {
      throw mistake(
        "a metrics file cannot answer \(name.value)(): selectors, rate(), sum(), max(), min(), avg() and "
          + "histogram_quantile() it can; the rest needs a server")
    }
    index += 1
    var grouping = try grouping()
    try expect("(")
    let inner = try sum()
    try expect(")")
    if grouping == .all { grouping = try self.grouping() }
    return .aggregate(function, grouping, inner)
  }

  private mutating func grouping() throws(FileExpression.Mistake) -> FileExpression.Grouping {
    guard let word = token, isGroupingWord(word) else { return .all }
    index += 1
    try expect("(")
    var labels: [String] = []
    while let label = token, label.kind == .word || label.kind == .string {
      labels.append(label.value)
      index += 1
      if token?.isSign(",") == true { index += 1 }
    }
    try expect(")")
    return word.isWord("by") ? .by(labels) : .without(labels)
  }

  private mutating func expect(_ sign: String) throws(FileExpression.Mistake) {
    guard token?.isSign(sign) == true else { throw mistake("\"\(sign)\" is expected here") }
    index += 1
  }
}
