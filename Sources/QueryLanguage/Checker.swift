import Records

/// Finds what the grammar allows and the meaning does not: unknown levels, times that are none, `>` with a text.
enum Checker {
  /// Throws the first mistake, in the order written.
  static func check(_ node: Node) throws(Diagnostic) {
    switch node.kind {
    case .all, .saved, .text, .regex: return
    case .and(let parts), .or(let parts): for part in parts { try check(part) }
    case .not(let part): try check(part)
    case .test(let test): try check(test)
    }
  }

  private static func check(_ test: Test) throws(Diagnostic) {
    switch test.field.builtIn {
    case .level: try checkLevel(test)
    case .time: try checkTime(test)
    default: try checkOrder(test)
    }
    try checkRange(test)
  }

  /// `9..1` and `1..5ms` hold nothing.
  private static func checkRange(_ test: Test) throws(Diagnostic) {
    guard case .range(let low, let high) = test.operand else { return }
    let range = low.range.lowerBound..<max(low.range.lowerBound, high.range.upperBound)
    if test.field.builtIn == .level {
      guard let first = low.plainText.flatMap(LevelName.level), let last = high.plainText.flatMap(LevelName.level),
        first > last
      else { return }
    } else {
      guard let first = low.quantity, let last = high.quantity else { return }
      if first.dimension != last.dimension {
        throw Diagnostic("the ends of this range have different units", range: range, help: "write both: 100ms..200ms")
      }
      guard first.order(last) == .greater else { return }
    }
    throw Diagnostic("this range ends before it begins", range: range, help: "the smaller end stands first")
  }

  // MARK: level

  private static func checkLevel(_ test: Test) throws(Diagnostic) {
    for literal in test.operand.literals {
      // A quoted text that is no level is looked for in the level as the log wrote it.
      if literal.isQuoted, !test.comparison.isOrder { continue }
      if literal.hasWildcard, !test.comparison.isOrder, !levels(like: literal).isEmpty { continue }
      guard literal.plainText.flatMap(LevelName.level) == nil else { continue }
      let name = literal.pieces.joined(separator: "*")
      let several = name.split(separator: ",").compactMap { LevelName.level(String($0))?.name }
      if several.count > 1, !test.comparison.isOrder {
        let list = "(" + several.joined(separator: " or ") + ")"
        throw Diagnostic(
          "unknown level \"\(name)\"", range: literal.range, help: "several are level:\(list)",
          repair: test.comparison == .contains ? .init(range: literal.range, replacement: list) : nil)
      }
      let meant = Suggestion.nearest(to: name, among: LevelName.all).flatMap(LevelName.level)?.name
      let guess = meant.map { "did you mean \"\($0)\"? " } ?? ""
      throw Diagnostic(
        "unknown level \"\(name)\"", range: literal.range, help: "\(guess)levels: \(LevelName.list)",
        repair: meant.map { .init(range: literal.range, replacement: $0) })
    }
  }

  /// The levels whose names fit a literal with wildcards.
  static func levels(like literal: Literal) -> [Level] {
    let test = ValueTest(.equal([EqualValue(Literal(pieces: literal.pieces.map { $0.lowercased() }, isQuoted: false))]))
    return Level.allCases.filter { test.matches(anyOf: [$0.name]) }
  }

  // MARK: time

  private static func checkTime(_ test: Test) throws(Diagnostic) {
    if case .regex(let regex) = test.operand {
      throw Diagnostic(
        "a time has no text to match", range: regex.range,
        help: "write time:10:00..10:15, or search the text: ~\(regex.pattern)")
    }
    for literal in test.operand.literals {
      guard let text = literal.plainText, let time = TimeLiteral(text) else { throw noTime(literal, test) }
      if case .range = test.operand { continue }
      if time.isInstant, !test.comparison.isOrder {
        throw Diagnostic(
          "\(text) is an instant, which no record hits", range: literal.range,
          help: "write time>=\(text) for everything since")
      }
    }
  }

  private static func noTime(_ literal: Literal, _ test: Test) -> Diagnostic {
    let text = literal.pieces.joined(separator: "*")
    let sign = test.comparison.rawValue
    if let amount = Quantity(text), amount.dimension == .time {
      return Diagnostic(
        "\"\(text)\" is a duration, not a time", range: literal.range,
        help: "for \(text) ago write time\(sign)-\(text)",
        repair: .init(range: literal.range, replacement: "-" + text))
    }
    let sides = text.split(separator: "-").map(String.init)
    if sides.count == 2, sides.allSatisfy({ TimeLiteral($0)?.kind == .clock }) {
      let range = sides.joined(separator: "..")
      return Diagnostic(
        "\"\(text)\" is not a time", range: literal.range, help: "a range is \(range)",
        repair: .init(range: literal.range, replacement: range))
    }
    let example =
      Quantity(text)?.dimension == Dimension.none ? "for \(text) minutes ago write time\(sign)-\(text)m; " : ""
    return Diagnostic(
      "\"\(text)\" is not a time", range: literal.range,
      help: "\(example)times: 10:00, 10:00:30, -15m, 2026-01-02, 2026-01-02T10:00Z, today, yesterday")
  }

  // MARK: order

  private static func checkOrder(_ test: Test) throws(Diagnostic) {
    guard test.comparison.isOrder else { return }
    for literal in test.operand.literals where literal.bareText.flatMap({ Quantity($0) }) == nil {
      let text = literal.pieces.joined(separator: "*")
      throw Diagnostic(
        "\(test.comparison.rawValue) compares numbers, durations, sizes and times, not \"\(text)\"",
        range: literal.range, help: advice(on: text, after: test))
    }
  }

  private static func advice(on text: String, after test: Test) -> String {
    if test.comparison == .less, text.hasPrefix(">") { return "not equal is !=" }
    if let family = ContainedValue.family(text) {
      let isUpper = test.comparison == .greater || test.comparison == .lessOrEqual
      let limit = Int(isUpper ? family.upperBound - 1 : family.lowerBound)
      return "write \(QueryPrinter.print(test.field))\(test.comparison.rawValue)\(limit)"
    }
    return "for text use = : or ~"
  }
}

extension Test.Comparison {
  /// `>`, `>=`, `<`, `<=`
  var isOrder: Bool {
    switch self {
    case .greater, .greaterOrEqual, .less, .lessOrEqual: true
    default: false
    }
  }

  /// Whether the field must be there and the test must fail.
  var isInverted: Bool {
    switch self {
    case .notEqual, .notContains, .notMatches, .noneOf: true
    default: false
    }
  }
}

extension Test.Operand {
  /// The values in it, in the order written.
  var literals: [Literal] {
    switch self {
    case .value(let literal): [literal]
    case .values(let literals): literals
    case .range(let low, let high): [low, high]
    case .anything, .regex: []
    }
  }
}
