/// How a matcher compares a label's value.
enum MatchOperator: String, Hashable, Sendable {
  case equal = "="
  case different = "!="
  case matches = "=~"
  case matchesNot = "!~"
}

/// One condition on a label: `code=~"5.."`.
struct LabelMatcher: Hashable, Sendable {
  var label: String
  var comparison: MatchOperator
  var value: String
  /// Where the value stands in the expression, in UTF-8 bytes.
  var range: Range<Int>
}

/// A metric's name and conditions on its labels: `http_requests_total{code="500"}`.
struct Selector: Hashable, Sendable {
  /// The metric's name; empty if only labels tell.
  var metric: String
  var matchers: [LabelMatcher]
  /// Where it stands in the expression, in UTF-8 bytes.
  var range: Range<Int>

  /// The value that a label must have, where the selector names one.
  func value(of label: String) -> String? {
    matchers.first { $0.label == label && $0.comparison == .equal }?.value
  }
}

extension Selector {
  /// Reads the selector that begins at token `index` and moves `index` behind it; nil if none does.
  init?(_ tokens: [Token], at index: inout Int) {
    var next = index
    metric = ""
    matchers = []
    range = 0..<0
    guard next < tokens.count else { return nil }
    let start = tokens[next].range.lowerBound
    if tokens[next].kind == .word {
      metric = tokens[next].value
      next += 1
    } else if !tokens[next].isSign("{") {
      return nil
    }
    if next < tokens.count, tokens[next].isSign("{") {
      guard readMatchers(tokens, at: &next) else { return nil }
    }
    range = start..<(next > 0 ? tokens[next - 1].range.upperBound : start)
    if metric.isEmpty, let name = value(of: "__name__") { metric = name }
    index = next
  }

  private mutating func readMatchers(_ tokens: [Token], at index: inout Int) -> Bool {
    index += 1
    while index < tokens.count, !tokens[index].isSign("}") {
      let label = tokens[index]
      let after = index + 1 < tokens.count ? tokens[index + 1] : nil
      if label.kind == .string, after?.isSign(",") == true || after?.isSign("}") == true {
        // Prometheus 3: {"metric.name", label="x"}
        metric = label.value
        index += 1
      } else {
        guard label.kind == .word || label.kind == .string, index + 2 < tokens.count,
          let comparison = MatchOperator(rawValue: tokens[index + 1].value), tokens[index + 1].kind == .sign,
          tokens[index + 2].kind == .string
        else { return false }
        matchers.append(
          LabelMatcher(
            label: label.value, comparison: comparison, value: tokens[index + 2].value,
            range: tokens[index + 2].range))
        index += 3
      }
      if index < tokens.count, tokens[index].isSign(",") {
        index += 1
      } else if index >= tokens.count || !tokens[index].isSign("}") {
        return false
      }
    }
    guard index < tokens.count else { return false }
    index += 1
    return true
  }
}

/// An expression that is a selector, alone or within one aggregation: what we may turn into a rate ourselves.
struct BareSelector: Hashable, Sendable {
  var selector: Selector
  /// `sum`, `avg`, `min`, `max`, or nil for a selector alone.
  var aggregation: String?
  /// Whether the aggregation keeps labels (`by`, `without`).
  var isGrouped: Bool

  /// Reads `x`, `x{...}`, `(x)`, `sum(x)`, `sum by (a) (x)`, `max(x) without (b)`; nil for any other expression.
  init?(_ expression: String) {
    var tokens = Tokenizer.tokens(of: expression)
    while tokens.count > 2, tokens[0].isSign("("), tokens[tokens.count - 1].isSign(")") {
      tokens = Array(tokens.dropFirst().dropLast())
    }
    var index = 0
    isGrouped = false
    if let first = tokens.first, first.kind == .word, ["sum", "avg", "min", "max"].contains(first.value.lowercased()),
      tokens.count > 1, !tokens[1].isSign("{")
    {
      aggregation = first.value.lowercased()
      index = 1
      isGrouped = Self.skipGrouping(tokens, at: &index)
      guard index < tokens.count, tokens[index].isSign("(") else { return nil }
      index += 1
    }
    guard let selector = Selector(tokens, at: &index) else { return nil }
    self.selector = selector
    if aggregation != nil {
      guard index < tokens.count, tokens[index].isSign(")") else { return nil }
      index += 1
      if Self.skipGrouping(tokens, at: &index) { isGrouped = true }
    }
    guard index == tokens.count, !selector.metric.isEmpty || !selector.matchers.isEmpty else { return nil }
    if ["inf", "nan"].contains(selector.metric.lowercased()) { return nil }
  }

  /// The expression with its selector put into `function(selector[window])`.
  func wrapped(_ expression: String, in function: String, window: String) -> String {
    let bytes = Array(expression.utf8)
    let range = selector.range
    return String(decoding: bytes[..<range.lowerBound], as: UTF8.self)
      + "\(function)(" + String(decoding: bytes[range], as: UTF8.self) + "[\(window)])"
      + String(decoding: bytes[range.upperBound...], as: UTF8.self)
  }

  private static func skipGrouping(_ tokens: [Token], at index: inout Int) -> Bool {
    guard index + 1 < tokens.count, tokens[index].isWord("by") || tokens[index].isWord("without"),
      tokens[index + 1].isSign("("), let close = tokens[index...].firstIndex(where: { $0.isSign(")") })
    else { return false }
    index = close + 1
    return true
  }
}
