extension Parser {
  func unclosed(_ start: Int) -> Diagnostic {
    Diagnostic("this ( is never closed", range: start..<start + 1, help: "close it with ), or quote it: \"(\"")
  }

  func strayParenthesis() -> Diagnostic {
    Diagnostic(
      "this ) closes nothing", range: lexer.position..<lexer.position + 1, help: "to search for it, quote it: \")\"")
  }

  func strayPipe() -> Diagnostic {
    let isOr = lexer.peek(1) == UInt8(ascii: "|")
    return Diagnostic(
      isOr ? "nothing stands before \"||\"" : "nothing stands before \"|\"",
      range: lexer.position..<lexer.position + (isOr ? 2 : 1), help: "write a test before it")
  }

  /// `(error | warn)` and `(~time|out)`
  func pipeInGroup() -> Diagnostic {
    let pipe = lexer.position
    var copy = lexer
    copy.position += 1
    let word = copy.wordAhead()
    return Diagnostic(
      "| starts a pipeline, which cannot stand in parentheses", range: pipe..<pipe + 1,
      help: regexAlternative(before: pipe, to: word) ?? "for \"either\" write or")
  }

  /// The advice where a bare regular expression was cut off by the `|` at `pipe`.
  func regexAlternative(before pipe: Int, to word: String) -> String? {
    guard let regex = lexer.tokens.last(where: { $0.kind == .regex }), regex.range.upperBound == pipe,
      lexer.bytes[regex.range.lowerBound] != UInt8(ascii: "/")
    else { return nil }
    return "for \"either\" in a regular expression write ~/\(lexer.text(regex.range))|\(word)/"
  }

  /// `and` or `or` where a term should begin.
  func strayConjunction() -> Diagnostic? {
    let word = lexer.has("&&") ? "&&" : lexer.wordAhead()
    guard word == "&&" || word.isWord("and") || word.isWord("or") else { return nil }
    return Diagnostic(
      "nothing stands before \"\(word)\"", range: lexer.position..<lexer.position + word.utf8.count,
      help: "write a test before it, or quote it to search for it: \"\(word)\"")
  }

  /// The tokens read, with the part that `problem` points at marked, and the rest as words.
  func tokens(markedBy problem: Diagnostic?) -> [QueryToken] {
    let count = lexer.bytes.count
    guard let problem else { return lexer.tokens }
    let bad = problem.range.clamped(to: 0..<count)
    var tokens = lexer.tokens.filter { bad.isEmpty || !$0.range.overlaps(bad) }
    if !bad.isEmpty { tokens.append(QueryToken(range: bad, kind: .error)) }
    let end = max(lexer.tokens.last?.range.upperBound ?? 0, bad.upperBound)
    if end < count { tokens.append(QueryToken(range: end..<count, kind: .word)) }
    return tokens.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}
