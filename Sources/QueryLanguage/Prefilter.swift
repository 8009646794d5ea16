import Matching

/// Finds patterns of which the raw text of every record that passes a test matches at least one.
///
/// A value may be spelled with escapes, so a stretch of it is looked for that no short escape can stand in, or else any
/// escape by which JSON and the backslash formats could spell everything. Each is looked for by itself: a plain text is
/// found several times as fast as an alternation, and what is known of it serves other tests too.
enum Prefilter {
  /// `mayBeNumbers`: journald writes messages that are no UTF-8 as an array of numbers.
  static func patterns(for test: Test, _ value: ValueTest, mayBeNumbers: Bool = false) -> [Pattern] {
    guard !value.isInverted, let escape else { return [] }
    let others = mayBeNumbers ? [escape] + [byteArray].compactMap { $0 } : [escape]
    switch value.condition {
    case .equal, .contain:
      let isExact = test.comparison == .equal || test.comparison == .oneOf
      var stretches: [Pattern] = []
      for literal in test.operand.literals {
        guard let stretch = stretch(of: literal) else { return [] }
        let ignoresCase = !isExact && !literal.pieces.contains(where: \.hasUppercase)
        stretches.append(.literal(stretch, ignoresCase: ignoresCase))
      }
      return stretches.isEmpty || stretches.count > 8 ? [] : stretches + others
    case .match(let pattern):
      guard !pattern.options.ignoresCase, let bytes = pattern.requiredLiteral,
        let stretch = longestStretch(in: String(decoding: bytes, as: UTF8.self))
      else { return [] }
      return [.literal(stretch, ignoresCase: false)] + others
    default: return []
    }
  }

  /// A backslash that begins no escape for a quote, a slash, a backslash or a control character.
  private static let escape = try? Pattern(#"\\[^"\\/bfnrt\n]"#)
  private static let byteArray = try? Pattern(
    #""MESSAGE"[ \t\r]*(?::[ \t\r]*)?(?:\[|$)"#, options: PatternOptions(anchorsMatchLines: true))

  /// One pattern for what matches any of `patterns`, for those who scan with a single one.
  static func union(_ patterns: [Pattern]) -> Pattern? {
    guard patterns.count != 1 else { return patterns[0] }
    let parts = patterns.map { pattern in
      let flags = (pattern.options.ignoresCase ? "i" : "") + (pattern.options.anchorsMatchLines ? "m" : "")
      return "(?\(flags):\(pattern.source))"
    }
    return parts.isEmpty ? nil : try? Pattern(parts.joined(separator: "|"))
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
      scalar.value < 32 || "\"'\\/<>&\u{FFFD}\u{7F}".unicodeScalars.contains(scalar)
    }
    guard let longest = parts.max(by: { $0.count < $1.count }), longest.count >= 2 else { return nil }
    return String(String.UnicodeScalarView(longest))
  }
}
