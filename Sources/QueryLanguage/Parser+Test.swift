extension Parser {
  /// Reads a test of a field; nil (and no step) if what stands here is text.
  mutating func test() throws(Diagnostic) -> Node? {
    let start = lexer.position
    let known = lexer.tokens.count
    var read = isInPipeline ? try? resultName() : nil
    if read == nil {
      lexer.position = start
      lexer.tokens.removeSubrange(known...)
      read = try lexer.fieldName()
    }
    guard var field = read else { return nil }
    let afterName = lexer.position
    field.statedUnit = takeStatedUnit()
    guard let comparison = takeComparison(afterUnit: field.statedUnit != nil) else {
      lexer.position = afterName
      if lexer.bytes[start..<afterName].contains(UInt8(ascii: "`")) {
        throw Diagnostic(
          "a name in backquotes is a field, and needs a test", range: field.range,
          help: "write \(lexer.text(field.range)):value, or \(lexer.text(field.range)):* for any value")
      }
      lexer.position = start
      return nil
    }
    noteParts(from: start, to: afterName)
    let operand = try operand(of: field, comparison, start: start)
    let test = Test(field, operand == .anything ? .contains : comparison, operand)
    return Node(.test(test), range: start..<lexer.position)
  }

  private mutating func noteParts(from start: Int, to afterName: Int) {
    lexer.tokens.append(QueryToken(range: start..<afterName, kind: .field))
    lexer.tokens.append(QueryToken(range: afterName..<lexer.position, kind: .comparison))
  }

  /// `(s)` in `duration(s)>250ms`.
  private mutating func takeStatedUnit() -> String? {
    guard lexer.peek() == UInt8(ascii: "("),
      let close = lexer.bytes[lexer.position...].prefix(6).firstIndex(of: UInt8(ascii: ")"))
    else { return nil }
    let name = lexer.text(lexer.position + 1..<close)
    guard let unit = Unit.named(name), unit.dimension != .none else { return nil }
    let start = lexer.position
    lexer.position = close + 1
    var copy = self
    if copy.takeComparison(afterUnit: true) == nil {
      lexer.position = start
      return nil
    }
    return name
  }

  /// Reads the sign of a test. `::`, `://` and `=>` are none; `~` and `!~` with a space before and none behind begin a
  /// term of their own.
  private mutating func takeComparison(afterUnit: Bool) -> Test.Comparison? {
    if lexer.peek() == UInt8(ascii: ":") {
      if lexer.peek(1) == UInt8(ascii: ":") || lexer.has("://") { return nil }
      return take(1, .contains)
    }
    if lexer.has("!:") { return take(2, .notContains) }
    let before = lexer.position
    lexer.skipSpace()
    let isSpaced = lexer.position > before
    let found = spacedComparison(isSpaced: isSpaced)
    if found == nil { lexer.position = before }
    return found
  }

  private mutating func spacedComparison(isSpaced: Bool) -> Test.Comparison? {
    if lexer.has("==") { return take(2, .equal) }
    if lexer.has("=~") { return take(2, .matches) }
    if lexer.has("=>") { return nil }
    if lexer.has("=") { return take(1, .equal) }
    if lexer.has("!=") { return take(2, .notEqual) }
    if lexer.has("!~") { return isSpaced && !lexer.peek(2).isQuerySpace ? nil : take(2, .notMatches) }
    if lexer.has("~") { return isSpaced && !lexer.peek(1).isQuerySpace ? nil : take(1, .matches) }
    if lexer.has(">=") { return take(2, .greaterOrEqual) }
    if lexer.has("<=") { return take(2, .lessOrEqual) }
    if lexer.has(">") { return take(1, .greater) }
    if lexer.has("<") { return take(1, .less) }
    return isSpaced ? membership() : nil
  }

  /// `in (` or `not in (`, up to the parenthesis.
  private mutating func membership() -> Test.Comparison? {
    let start = lexer.position
    var isNegated = false
    if lexer.wordAhead().isWord("not") {
      isNegated = true
      lexer.position += 3
      lexer.skipSpace()
    }
    if lexer.wordAhead().isWord("in") {
      lexer.position += 2
      lexer.skipSpace()
      if lexer.peek() == UInt8(ascii: "(") { return isNegated ? .noneOf : .oneOf }
    }
    lexer.position = start
    return nil
  }

  private mutating func take(_ count: Int, _ comparison: Test.Comparison) -> Test.Comparison {
    lexer.position += count
    return comparison
  }

  private mutating func operand(
    of field: FieldName, _ comparison: Test.Comparison, start: Int
  ) throws(Diagnostic) -> Test.Operand {
    switch comparison {
    case .oneOf, .noneOf: return .values(try values(separatedByComma: true))
    case .contains, .notContains: try requireNoSpace(after: start)
    default: lexer.skipSpace()
    }
    try requireValue(after: start, field)
    if comparison == .matches || comparison == .notMatches { return .regex(try lexer.regexLiteral()) }
    if lexer.peek() == UInt8(ascii: "(") {
      guard comparison == .contains || comparison == .notContains else { throw listAfterSign(field, comparison) }
      return .values(try values(separatedByComma: false))
    }
    if comparison == .contains { try requireNoSecondSign(start) }
    return try single(field, comparison)
  }

  private mutating func single(_ field: FieldName, _ comparison: Test.Comparison) throws(Diagnostic) -> Test.Operand {
    let first = try value(endsAtComma: false)
    if first.pieces == ["", ""] {
      switch comparison {
      case .contains, .equal: return .anything
      default:
        throw Diagnostic(
          "* stands for any value, which \(comparison.rawValue) cannot compare", range: first.range,
          help: "for records without the field write not \(QueryPrinter.print(field)):*")
      }
    }
    let isTime = field.builtIn == .time
    let takesRange =
      comparison == .contains || comparison == .notContains
      || (isTime || field.builtIn == .level)
        && (comparison == .equal || comparison == .notEqual)
    if takesRange, let range = try range(from: first, of: field) { return range }
    if isTime { try requireNoClock(after: first) }
    return .value(first)
  }

  /// `a..b` of `time`, without the name; nil if it is something else.
  mutating func timeWindow() throws(Diagnostic) -> Test.Operand? {
    try range(from: try value(endsAtComma: false), of: FieldName(steps: [.member("time")]))
  }

  /// One value, quoted or bare.
  private mutating func value(endsAtComma: Bool) throws(Diagnostic) -> Literal {
    let start = lexer.position
    if lexer.isAtQuote {
      let literal = try lexer.quotedLiteral()
      lexer.note(.string, from: start)
      return literal
    }
    let literal = lexer.bareLiteral(endsAtComma: endsAtComma)
    lexer.note(literal.bareText.flatMap { Quantity($0) } == nil ? .value : .number, from: start)
    return literal
  }

  /// `(a, b)` of `in`, and `(a or b)` of `:`.
  private mutating func values(separatedByComma: Bool) throws(Diagnostic) -> [Literal] {
    let open = lexer.position
    lexer.position += 1
    lexer.note(.parenthesis, from: open)
    var values: [Literal] = []
    while true {
      lexer.skipSpace()
      guard !lexer.isAtEnd else { throw unclosed(open) }
      let literal = try value(endsAtComma: separatedByComma)
      guard !literal.range.isEmpty else {
        throw Diagnostic(
          "a value is missing here", range: lexer.position..<lexer.position + 1,
          help: separatedByComma
            ? "values in parentheses look like (500, 502)" : "values in parentheses look like (error or fatal)")
      }
      values.append(literal)
      lexer.skipSpace()
      guard !lexer.isAtEnd else { throw unclosed(open) }
      if lexer.peek() == UInt8(ascii: ")") {
        lexer.position += 1
        lexer.note(.parenthesis, from: lexer.position - 1)
        return values
      }
      try takeSeparator(comma: separatedByComma)
    }
  }

  private mutating func takeSeparator(comma: Bool) throws(Diagnostic) {
    let start = lexer.position
    if comma {
      if lexer.peek() == UInt8(ascii: ",") {
        lexer.position += 1
        return
      }
    } else if lexer.has("||") || lexer.wordAhead().isWord("or") {
      lexer.position += 2
      lexer.note(.keyword, from: start)
      return
    }
    let found = lexer.wordAhead()
    throw Diagnostic(
      comma ? "values of in are separated by commas" : "values after : are joined by or",
      range: start..<start + max(1, found.utf8.count),
      help: comma ? "write in (500, 502)" : "write (error or fatal); quote a value that has spaces")
  }

  /// `a..b`, if both sides can be compared; `path:../etc` is text.
  private mutating func range(from literal: Literal, of field: FieldName) throws(Diagnostic) -> Test.Operand? {
    if literal.isQuoted {
      guard field.builtIn == .time, lexer.has("..") else { return nil }
      lexer.position += 2
      return .range(literal, try value(endsAtComma: false))
    }
    guard let text = literal.bareText, let (low, high) = text.splitAtDots else { return nil }
    let start = literal.range.lowerBound
    let isPlain = literal.range.count == text.utf8.count
    let middle = isPlain ? start + low.utf8.count : literal.range.lowerBound
    let left = Literal(pieces: [low], isQuoted: false, range: isPlain ? start..<middle : literal.range)
    if high.isEmpty, field.builtIn == .time, lexer.isAtQuote { return .range(left, try value(endsAtComma: false)) }
    let right = Literal(
      pieces: [high], isQuoted: false, range: isPlain ? middle + 2..<literal.range.upperBound : literal.range)
    switch field.builtIn {
    case .time, .level: return low.isEmpty || high.isEmpty ? nil : .range(left, right)
    default: return Quantity(low) == nil || Quantity(high) == nil ? nil : .range(left, right)
    }
  }
}

extension String {
  /// The parts before and behind the first `..`; nil if there is none.
  var splitAtDots: (String, String)? {
    let bytes = Array(utf8)
    guard let index = bytes.indices.dropLast().first(where: { bytes[$0] == 46 && bytes[$0 + 1] == 46 }) else {
      return nil
    }
    return (String(decoding: bytes[..<index], as: UTF8.self), String(decoding: bytes[(index + 2)...], as: UTF8.self))
  }
}
