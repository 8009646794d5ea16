extension Parser {
  /// `error: cannot open`: a space behind the colon makes it text that somebody pasted.
  func requireNoSpace(after start: Int) throws(Diagnostic) {
    guard lexer.peek().isQuerySpace else { return }
    let sign = lexer.text(start..<lexer.position)
    var copy = lexer
    copy.skipSpace()
    if copy.isAtEnd || copy.peek() == UInt8(ascii: ")") || copy.peek() == UInt8(ascii: "|") { return }
    var end = copy.position
    var depth = 0
    while end < lexer.bytes.count, depth >= 0, !"|\"".utf8.contains(lexer.bytes[end]) {
      if lexer.bytes[end] == UInt8(ascii: "(") { depth += 1 }
      if lexer.bytes[end] == UInt8(ascii: ")") { depth -= 1 }
      end += depth < 0 ? 0 : 1
    }
    let text = lexer.text(start..<end).trimmingEnd
    throw Diagnostic(
      "space after \"\(sign)\"", range: lexer.position..<lexer.position + 1,
      help: "a field test is \(sign)value; to search the text, quote it: \"\(text)\"",
      repair: .init(range: start..<start + text.utf8.count, replacement: "\"\(text)\""))
  }

  /// Something must stand behind the sign of a test.
  func requireValue(after start: Int, _ field: FieldName) throws(Diagnostic) {
    let isMissing =
      lexer.isAtEnd || lexer.peek().isQuerySpace || lexer.peek() == UInt8(ascii: ")")
      || lexer.peek() == UInt8(ascii: "|") || lexer.has("&&")
    guard isMissing else { return }
    let written = lexer.text(start..<lexer.position).trimmingEnd
    let name = lexer.text(field.range)
    throw Diagnostic(
      "\"\(written)\" needs a value", range: start..<start + written.utf8.count,
      help: "write \(written)value, or \(name):* for any value; to search the text, quote it: \"\(written)\"")
  }

  /// `status=(500 or 502)`
  func listAfterSign(_ field: FieldName, _ comparison: Test.Comparison) -> Diagnostic {
    let name = lexer.text(field.range)
    let isEquality = comparison == .equal || comparison == .notEqual
    return Diagnostic(
      "\(comparison.rawValue) takes one value", range: lexer.position..<lexer.position + 1,
      help: isEquality
        ? "write \(name) \(comparison == .equal ? "in" : "not in") (500, 502)" : "to search for it, quote it: \"(\"")
  }

  /// `status:>=500`, as other languages write it.
  func requireNoSecondSign(_ start: Int) throws(Diagnostic) {
    guard "=<>".utf8.contains(lexer.peek()) else { return }
    let name = lexer.text(start..<lexer.position - 1)
    var copy = lexer
    while "=<>".utf8.contains(copy.peek()) { copy.position += 1 }
    let sign = lexer.text(lexer.position..<copy.position)
    throw Diagnostic(
      "a test has one sign, not \":\(sign)\"", range: lexer.position - 1..<copy.position,
      help: "write \(name)\(sign)value; for text that begins with \(sign) quote it: \(name):\"\(sign)...\"")
  }

  /// `time>=2026-01-02 14:05`, where the clock would be a word to search for.
  func requireNoClock(after date: Literal) throws(Diagnostic) {
    guard let text = date.bareText, case .date = TimeLiteral(text)?.kind else { return }
    var copy = lexer
    copy.skipSpace()
    let start = copy.position
    let clock = copy.bareLiteral()
    guard let clockText = clock.bareText, clock.range.lowerBound == start, case .clock = TimeLiteral(clockText)?.kind
    else { return }
    throw Diagnostic(
      "a date and a clock are joined by T", range: date.range.lowerBound..<clock.range.upperBound,
      help: "write \(text)T\(clockText)",
      repair: .init(range: date.range.lowerBound..<clock.range.upperBound, replacement: "\(text)T\(clockText)"))
  }
}
