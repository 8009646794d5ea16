import Matching

/// Finds a pattern that the raw text of every record that passes a test matches.
///
/// A value may be spelled with escapes, so a stretch of it is looked for that no short escape can stand in, or else
/// any `\u` or `\x`, by which JSON and the backslash formats could spell everything.
enum Prefilter {
  static func pattern(for test: Test, _ value: ValueTest) -> Pattern? {
    guard !value.isInverted else { return nil }
    switch value.condition {
    case .equal, .contain:
      let isExact = test.comparison == .equal || test.comparison == .oneOf
      var stretches: [String] = []
      var ignoresCase = false
      for literal in test.operand.literals {
        guard let stretch = stretch(of: literal) else { return nil }
        stretches.append(Pattern.escape(stretch))
        ignoresCase = ignoresCase || !isExact && !literal.pieces.contains(where: \.hasUppercase)
      }
      return pattern(stretches, ignoresCase: ignoresCase)
    case .match(let pattern):
      guard !pattern.options.ignoresCase, let bytes = pattern.requiredLiteral,
        let stretch = longestStretch(in: String(decoding: bytes, as: UTF8.self))
      else { return nil }
      return self.pattern([Pattern.escape(stretch)], ignoresCase: false)
    default: return nil
    }
  }

  private static func pattern(_ stretches: [String], ignoresCase: Bool) -> Pattern? {
    guard !stretches.isEmpty, stretches.count <= 16 else { return nil }
    let alternatives = stretches + ["\\\\[ux]"]
    return try? Pattern(alternatives.joined(separator: "|"), options: PatternOptions(ignoresCase: ignoresCase))
  }

  /// What every spelling of an equal or containing value has in common.
  private static func stretch(of literal: Literal) -> String? {
    if let quantity = literal.quantity {
      // 18ms may be written 0.018; 500 also 500.0 or 0500, always with the digits before the point.
      guard quantity.dimension == .none, let text = literal.bareText else { return nil }
      let digits = text.drop { !$0.isNumber || $0 == "0" }.prefix { $0.isNumber }
      return digits.utf8.count >= 2 && !text.contains { $0.isLetter } ? String(digits) : nil
    }
    if literal.bareText.flatMap(ContainedValue.family) != nil { return nil }
    return literal.pieces.compactMap(longestStretch).max { $0.utf8.count < $1.utf8.count }
  }

  private static func longestStretch(in text: String) -> String? {
    let parts = text.unicodeScalars.split { scalar in
      scalar.value < 32 || "\"'\\/\u{FFFD}\u{7F}".unicodeScalars.contains(scalar)
    }
    guard let longest = parts.max(by: { $0.count < $1.count }), longest.count >= 2 else { return nil }
    return String(String.UnicodeScalarView(longest))
  }
}
