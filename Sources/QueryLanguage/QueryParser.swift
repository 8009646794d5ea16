/// Reads queries: recursive descent over the grammar of the language.
///
///     query = [ or ] { "|" stage } ;
///     or    = and { ("or" | "||") and } ;
///     and   = not { [ "and" | "&&" ] not } ;
///     not   = ("not" | "!" | "-") not | prim ;
public enum QueryParser {
  /// Reads a query; the empty one is the filter that every record passes. Always ends; O(text).
  public static func parse(_ text: String) throws(Diagnostic) -> SyntaxTree {
    var parser = Parser(text)
    let root = try parser.query()
    let tree = SyntaxTree(text: text, root: root, stages: try parser.stages())
    try Checker.check(tree.root)
    try StageChecker.check(tree)
    return tree
  }

  /// The texts of the filter and of the pipeline, which begins with its `|`; all is filter where that cannot be read.
  public static func parts(_ text: String) -> (filter: String, pipeline: String) {
    var parser = Parser(text)
    guard (try? parser.query()) != nil, parser.isAtPipe else { return (text, "") }
    let bytes = parser.lexer.bytes
    return (
      String(decoding: bytes[..<parser.lexer.position], as: UTF8.self),
      String(decoding: bytes[parser.lexer.position...], as: UTF8.self)
    )
  }

  /// Reads as far as possible and says what stands where, for colouring while somebody types.
  public static func tokens(_ text: String) -> [QueryToken] {
    var parser = Parser(text)
    let problem: Diagnostic?
    do throws(Diagnostic) {
      let root = try parser.query()
      let tree = SyntaxTree(text: text, root: root, stages: try parser.stages())
      try Checker.check(root)
      try StageChecker.check(tree)
      problem = nil
    } catch { problem = error }
    return parser.tokens(markedBy: problem)
  }
}

/// The state of one reading.
struct Parser {
  var lexer: Lexer
  private var depth = 0
  /// Whether a `|` has been passed, so that columns of results may be named.
  var isInPipeline = false
  /// By where they begin, the names of columns such as `p95(duration)` that were read; nil where there is none.
  var resultNames: [Int: FieldName?] = [:]
  /// How many such names are being read, each inside of the one before.
  var namesOpen = 0

  /// Parentheses and negations inside each other; more is a mistake, and the stack is finite.
  private static let depthLimit = 100

  init(_ text: String) { lexer = Lexer(text) }

  mutating func query() throws(Diagnostic) -> Node {
    lexer.skipSpace()
    var root = Node(.all)
    if !lexer.isAtEnd, !isAtPipe { root = try disjunction() }
    lexer.skipSpace()
    guard lexer.isAtEnd || isAtPipe else { throw strayParenthesis() }
    return root
  }

  mutating func disjunction() throws(Diagnostic) -> Node {
    let start = lexer.position
    var parts = [try conjunction()]
    while let word = takeOr() {
      parts.append(try operand(after: word) { parser throws(Diagnostic) in try parser.conjunction() })
    }
    return .disjunction(parts, range: start..<parts[parts.count - 1].range.upperBound)
  }

  private mutating func conjunction() throws(Diagnostic) -> Node {
    let start = lexer.position
    var parts = [try negation()]
    while true {
      let before = lexer.position
      lexer.skipSpace()
      if let word = takeAnd() {
        parts.append(try operand(after: word) { parser throws(Diagnostic) in try parser.negation() })
      } else if isAtTestEnd || lexer.wordAhead().isWord("or") {
        lexer.position = before
        return .conjunction(parts, range: start..<parts[parts.count - 1].range.upperBound)
      } else {
        parts.append(try negation())
      }
    }
  }

  /// Whether nothing more of a test can follow: the end, `)`, `|` and, between the arguments of a function, `,`.
  private var isAtTestEnd: Bool {
    lexer.isAtEnd || lexer.peek() == UInt8(ascii: ")") || lexer.peek() == UInt8(ascii: "|")
      || lexer.stopsAtComma && lexer.peek() == UInt8(ascii: ",")
  }

  /// What stands behind `and`, `or` or `not`, which was written at `word`.
  private mutating func operand(
    after word: Range<Int>, _ read: (inout Parser) throws(Diagnostic) -> Node
  ) throws(Diagnostic) -> Node {
    lexer.skipSpace()
    if isAtTestEnd {
      let name = lexer.text(word)
      throw Diagnostic(
        "nothing follows \"\(name)\"", range: word,
        help: name.first?.isLetter == true
          ? "write a test after it, or quote it to search for the word: \"\(name)\"" : "write a test after it")
    }
    return try read(&self)
  }

  private mutating func negation() throws(Diagnostic) -> Node {
    let start = lexer.position
    try enter()
    defer { leave() }
    guard let word = takeNot() else { return try primary() }
    let part = try operand(after: word) { parser throws(Diagnostic) in try parser.negation() }
    return Node(.not(part), range: start..<part.range.upperBound)
  }

  /// Goes a level deeper.
  mutating func enter() throws(Diagnostic) {
    depth += 1
    guard depth <= Self.depthLimit else {
      depth -= 1
      throw Diagnostic(
        "this is nested too deeply", range: lexer.position..<lexer.position + 1,
        help: "more than 100 levels are not read")
    }
  }

  /// Comes back from a deeper level.
  mutating func leave() { depth -= 1 }

  private mutating func takeOr() -> Range<Int>? {
    lexer.skipSpace()
    return take(lexer.has("||") ? 2 : lexer.wordAhead().isWord("or") ? 2 : 0)
  }

  private mutating func takeAnd() -> Range<Int>? {
    take(lexer.has("&&") ? 2 : lexer.wordAhead().isWord("and") ? 3 : 0)
  }

  /// `!` and `-` negate where they touch a term; alone, and in arrows and long options, they are text.
  private mutating func takeNot() -> Range<Int>? {
    if lexer.wordAhead().isWord("not") { return take(3) }
    guard lexer.peek() == UInt8(ascii: "-") || lexer.peek() == UInt8(ascii: "!") else { return nil }
    let next = lexer.peek(1)
    if lexer.position + 1 >= lexer.bytes.count || next.isQuerySpace || "-!><=:)|,".utf8.contains(next) { return nil }
    return take(1)
  }

  private mutating func take(_ count: Int) -> Range<Int>? {
    guard count > 0 else { return nil }
    let start = lexer.position
    lexer.position += count
    lexer.note(.keyword, from: start)
    return start..<lexer.position
  }

  private mutating func primary() throws(Diagnostic) -> Node {
    let start = lexer.position
    switch lexer.peek() {
    case UInt8(ascii: "("): return try group()
    case UInt8(ascii: ")"): throw strayParenthesis()
    case UInt8(ascii: "|"): throw strayPipe()
    case UInt8(ascii: "~"):
      lexer.position += 1
      lexer.note(.comparison, from: start)
      if lexer.isAtBoundary, lexer.peek() != UInt8(ascii: "(") {
        throw Diagnostic(
          "nothing follows \"~\"", range: start..<start + 1, help: "write ~/expression/, or \"~\" to search for it")
      }
      let regex = try lexer.regexLiteral()
      return Node(.regex(regex), range: start..<lexer.position)
    default:
      if lexer.isAtQuote { return try phrase() }
      if let word = strayConjunction() { throw word }
      if let test = try test() { return test }
      return try word()
    }
  }

  private mutating func group() throws(Diagnostic) -> Node {
    let start = lexer.position
    lexer.position += 1
    lexer.note(.parenthesis, from: start)
    lexer.skipSpace()
    if lexer.peek() == UInt8(ascii: ")") {
      throw Diagnostic(
        "nothing stands between the parentheses", range: start..<lexer.position + 1,
        help: "to search for them, quote them: \"()\"")
    }
    guard !lexer.isAtEnd else { throw unclosed(start) }
    var node = try disjunction()
    lexer.skipSpace()
    if isAtPipe {
      throw pipeInGroup()
    }
    guard lexer.peek() == UInt8(ascii: ")") else { throw unclosed(start) }
    lexer.position += 1
    lexer.note(.parenthesis, from: lexer.position - 1)
    node.range = start..<lexer.position
    return node
  }

  private mutating func phrase() throws(Diagnostic) -> Node {
    let start = lexer.position
    let literal = try lexer.quotedLiteral()
    lexer.note(.string, from: start)
    let isTest = lexer.peek() == UInt8(ascii: ":") || lexer.peek() == UInt8(ascii: "=")
    if isTest, let name = literal.plainText {
      throw Diagnostic(
        "a quoted text is no field", range: literal.range,
        help:
          "write \(QueryPrinter.print(FieldName(steps: [.member(name)])))\(lexer.text(lexer.position..<lexer.position + 1))value; "
          + "to search for the text, put all of it in quotes")
    }
    return Node(.text(literal), range: literal.range)
  }

  private mutating func word() throws(Diagnostic) -> Node {
    let start = lexer.position
    let literal = lexer.bareLiteral()
    guard lexer.position > start else {
      // Never without progress: whoever calls this reads on.
      throw Diagnostic(
        "a test is missing here", range: start..<min(start + 1, lexer.bytes.count), help: "as in status>=500")
    }
    if literal.pieces == ["", ""] {
      lexer.note(.wildcard, from: start)
      return Node(.all, range: literal.range)
    }
    if lexer.bytes[start] == UInt8(ascii: "@") { return try saved(literal) }
    lexer.note(.word, from: start)
    return Node(.text(literal), range: literal.range)
  }

  private mutating func saved(_ literal: Literal) throws(Diagnostic) -> Node {
    lexer.note(.saved, from: literal.range.lowerBound)
    let name = literal.bareText.map { String($0.dropFirst()) } ?? ""
    guard !name.isEmpty, name.utf8.allSatisfy({ $0.continuesName || $0 == UInt8(ascii: ".") }) else {
      throw Diagnostic(
        "@ needs the name of a saved filter", range: literal.range,
        help: "write @name; to search for the text, quote it: \"\(lexer.text(literal.range))\"")
    }
    return Node(.saved(name), range: literal.range)
  }
}

extension String {
  /// Whether this is the keyword, in lower case or in upper case.
  func isWord(_ keyword: String) -> Bool { self == keyword || self == keyword.uppercased() }
}
