/// What kind of word the cursor stands in.
struct CompletionPlace: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// A metric or function; `wantsCounter` within `rate(` and its kind.
    case metric(wantsCounter: Bool)
    /// A label within braces, or within the parentheses of `by`; of what the selector selects.
    case label(Selector?)
    /// The value of a label, of what the rest of the selector selects.
    case value(label: String, Selector?)
    /// A window within brackets.
    case window
    /// Behind an operand: `by`, `offset`, `and`.
    case keyword
    case nothing
  }

  private(set) var kind = Kind.metric(wantsCounter: false)
  /// The part of the word before the cursor.
  private(set) var typed = ""
  /// Where it stands, in UTF-8 bytes.
  private(set) var replaced: Range<Int>
  /// Whether what follows the cursor closes the string or the parenthesis that is open there.
  private(set) var isClosed = false

  /// Finds the place of `cursor`, a UTF-8 offset into `text`, the whole panel text with or without a title.
  init(_ text: String, cursor: Int) {
    let bytes = Array(text.utf8)
    let end = min(max(cursor, 0), bytes.count)
    let start = Self.expressionStart(text)
    replaced = end..<end
    guard start <= end else {
      kind = .nothing
      return
    }
    let before = Tokenizer.tokens(of: String(decoding: bytes[start..<end], as: UTF8.self))
    let last = before.last
    let touches = last?.range.upperBound == end - start
    if let last, touches, last.kind == .word || last.kind == .number {
      typed = last.value
      replaced = last.range.lowerBound + start..<end
    }
    let settled = typed.isEmpty ? before[...] : before.dropLast()
    if let open = Self.openBracket(settled) {
      readInside(before, open: open, end: end, start: start, rest: bytes[end...])
    } else {
      readOutside(settled, last: last)
    }
  }

  // MARK: Outside of braces

  private mutating func readOutside(_ tokens: ArraySlice<Token>, last: Token?) {
    if last?.kind == .stray || last?.kind == .number && !typed.isEmpty {
      kind = .nothing
    } else if let token = tokens.last, Self.endsOperand(token) {
      kind = .keyword
    }
  }

  private static func endsOperand(_ token: Token) -> Bool {
    let operators = ["and", "or", "unless", "by", "without", "on", "ignoring", "bool", "atan2"]
    return token.isSign(")") || token.isSign("}") || token.isSign("]") || token.kind == .number
      || token.kind == .word && !operators.contains(token.value.lowercased())
  }

  // MARK: Inside

  /// The innermost bracket that is still open: `{`, `[`, or the `(` of a grouping or of a function.
  private static func openBracket(_ tokens: ArraySlice<Token>) -> Int? {
    var open: [Int] = []
    for index in tokens.indices where tokens[index].kind == .sign {
      switch tokens[index].value {
      case "{", "(", "[": open.append(index)
      case "}", ")", "]": _ = open.popLast()
      default: break
      }
    }
    return open.last
  }

  private mutating func readInside(_ tokens: [Token], open: Int, end: Int, start: Int, rest: ArraySlice<UInt8>) {
    let settled = typed.isEmpty ? tokens[...] : tokens.dropLast()
    let next = rest.first { $0 != 32 }
    switch tokens[open].value {
    case "[": kind = .window
    case "{":
      isClosed = next == UInt8(ascii: "\"") || next == UInt8(ascii: "'")
      readBraces(tokens, open: open, end: end, start: start)
    default:
      isClosed = next == UInt8(ascii: ")")
      let name = open > 0 && tokens[open - 1].kind == .word ? tokens[open - 1].value.lowercased() : ""
      if ["by", "without", "on", "ignoring", "group_left", "group_right"].contains(name) {
        let others = Tokenizer.tokens(of: String(decoding: rest, as: UTF8.self))
        kind =
          settled.last?.isSign(",") == true || settled.last?.isSign("(") == true
          ? .label(Self.firstSelector(tokens[..<open]) ?? Self.firstSelector(others[...])) : .nothing
      } else {
        readOutside(settled.dropFirst(open + 1), last: tokens.last)
        if case .metric = kind { kind = .metric(wantsCounter: FunctionTable.ofCounters.contains(name)) }
      }
    }
  }

  private mutating func readBraces(_ tokens: [Token], open: Int, end: Int, start: Int) {
    let scope = Self.selector(tokens, open: open)
    kind = .label(scope.metric.isEmpty && scope.matchers.isEmpty ? nil : scope)
    let rest = tokens[(open + 1)...]
    guard let last = rest.last else { return }
    if last.kind == .stray, rest.count >= 3, last.range.upperBound == end - start, last.range.count > 0 {
      // An open string: its beginning is what has been typed of the value.
      let isLabel = rest[rest.endIndex - 2].kind == .sign
      guard isLabel else { return kind = .nothing }
      kind = .value(
        label: rest[rest.endIndex - 3].value, scope.metric.isEmpty && scope.matchers.isEmpty ? nil : scope)
      typed = last.value
      replaced = min(last.range.lowerBound + start + 1, end)..<end
    } else if last.kind == .string || last.kind == .stray || last.kind == .sign && !last.isSign(",") {
      kind = .nothing
    } else if last.kind == .word, rest.count > 1, !rest[rest.endIndex - 2].isSign(",") {
      kind = .nothing
    }
  }

  /// The selector as far as it stands before the cursor: its name and its finished matchers.
  private static func selector(_ tokens: [Token], open: Int) -> Selector {
    let name = open > 0 && tokens[open - 1].kind == .word ? tokens[open - 1].value : ""
    var scope = Selector(metric: name)
    var index = open + 1
    while index + 2 < tokens.count {
      guard let comparison = MatchOperator(rawValue: tokens[index + 1].value), tokens[index + 2].kind == .string else {
        break
      }
      scope.matchers.append(
        LabelMatcher(
          label: tokens[index].value, comparison: comparison, value: tokens[index + 2].value,
          range: tokens[index + 2].range))
      index += 4
    }
    return scope
  }

  /// The first metric that an expression reads, with its matchers.
  private static func firstSelector(_ tokens: ArraySlice<Token>) -> Selector? {
    let tokens = Array(tokens)
    for index in tokens.indices where tokens[index].kind == .word {
      let isCall = index + 1 < tokens.count && tokens[index + 1].isSign("(")
      let name = tokens[index].value
      let isKeyword = (FunctionTable.keywords + FunctionTable.aggregations).contains { $0.name == name.lowercased() }
      if isCall || isKeyword { continue }
      var next = index
      return Selector(tokens, at: &next) ?? Selector(metric: name)
    }
    return nil
  }

  /// Where the expression begins behind a title.
  private static func expressionStart(_ text: String) -> Int {
    guard let panel = try? PanelSpecification(parsing: text) else { return 0 }
    guard panel.title != panel.expression else { return 0 }
    return text.utf8.count - panel.expression.utf8.count - trailingBlanks(text)
  }

  private static func trailingBlanks(_ text: String) -> Int {
    text.utf8.reversed().prefix { $0 == 32 || (9...13).contains($0) }.count
  }
}
