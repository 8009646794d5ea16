extension Lexer {
  /// Reads a regular expression: `/.../flags`, quoted, or bare up to white space, `|` or an unbalanced `)`.
  ///
  /// `\/` and `\"` are read as `/` and `"`, which mean the same, so that every form has one spelling.
  mutating func regexLiteral() throws(Diagnostic) -> RegexLiteral {
    let start = position
    var literal: RegexLiteral
    switch peek() {
    case UInt8(ascii: "/"): literal = try slashedRegex()
    case UInt8(ascii: "\""): literal = RegexLiteral(pattern: try delimitedRegex(by: UInt8(ascii: "\"")))
    default: literal = RegexLiteral(pattern: try bareRegex())
    }
    literal.range = start..<position
    guard !literal.pattern.isEmpty else {
      throw Diagnostic(
        "the regular expression is empty", range: start..<max(position, start + 1), help: "write ~/text/ or ~text")
    }
    note(.regex, from: start)
    return literal
  }

  private mutating func slashedRegex() throws(Diagnostic) -> RegexLiteral {
    let pattern = try delimitedRegex(by: UInt8(ascii: "/"))
    let slash = position - 1
    let flagStart = position
    while peek().isLetter { position += 1 }
    let letters = text(flagStart..<position)
    let isKnown = letters.allSatisfy { "ims".contains($0) }
    if isAtBoundary && peek() != UInt8(ascii: "(") || peek() == UInt8(ascii: ",") {
      if isKnown { return RegexLiteral(pattern: pattern, flags: String("ims".filter { letters.contains($0) })) }
      if letters.utf8.count <= 2 {
        throw Diagnostic(
          "unknown flag after the regular expression: \(letters)", range: flagStart..<position,
          help: "the flags are i (ignore case), m (^ and $ at every line), s (. matches line ends)")
      }
    }
    throw Diagnostic(
      "the regex literal ended here", range: slash..<slash + 1,
      help:
        "write \\/ for a slash inside /.../, or quote it: \(text(contextStart(before: slash)..<regexStart(before: slash)))\"...\""
    )
  }

  /// Reads to the closing delimiter; inside `[...]` a slash is a character of the class.
  private mutating func delimitedRegex(by delimiter: UInt8) throws(Diagnostic) -> String {
    let start = position
    position += 1
    var pattern: [UInt8] = []
    var classStart: Int?
    while !isAtEnd, peek() != delimiter || (classStart != nil && delimiter == UInt8(ascii: "/")) {
      let byte = peek()
      if byte == UInt8(ascii: "\\"), position + 1 < bytes.count {
        if !peek(1).isNeedlesslyEscaped { pattern.append(byte) }
        position += 1
      } else if byte == UInt8(ascii: "["), classStart == nil {
        classStart = position
      } else if byte == UInt8(ascii: "]"), let begin = classStart, position > begin + 1,
        !(position == begin + 2 && bytes[begin + 1] == UInt8(ascii: "^"))
      {
        classStart = nil
      }
      pattern.append(peek())
      position += 1
    }
    guard !isAtEnd else {
      throw Diagnostic(
        delimiter == UInt8(ascii: "/") ? "this regular expression is never closed" : "this quote is never closed",
        range: start..<start + 1,
        help: delimiter == UInt8(ascii: "/")
          ? "write ~\(text(start..<bytes.count).trimmingEnd)/, or quote it: ~\"...\"" : "end the expression with \"")
    }
    position += 1
    return String(decoding: pattern, as: UTF8.self)
  }

  private mutating func bareRegex() throws(Diagnostic) -> String {
    var pattern: [UInt8] = []
    var depth = 0
    while !isAtEnd, !peek().isQuerySpace, peek() != UInt8(ascii: "|") {
      let byte = peek()
      if byte == UInt8(ascii: "\\") {
        guard position + 1 < bytes.count, !peek(1).isQuerySpace else {
          throw Diagnostic(
            "the regular expression ends in a backslash", range: position..<position + 1,
            help: "write \\\\ for the character itself, or put the expression in slashes: ~/.../")
        }
        if !peek(1).isNeedlesslyEscaped { pattern.append(byte) }
        position += 1
      } else if byte == UInt8(ascii: "(") {
        depth += 1
      } else if byte == UInt8(ascii: ")") {
        if depth == 0 { break }
        depth -= 1
      }
      pattern.append(peek())
      position += 1
    }
    return String(decoding: pattern, as: UTF8.self)
  }

  /// Where the literal that ends in the slash at `slash` begins.
  private func regexStart(before slash: Int) -> Int {
    var index = slash
    while index > 0, bytes[index - 1] != UInt8(ascii: "~") { index -= 1 }
    return index
  }

  /// Where the test around it begins.
  private func contextStart(before slash: Int) -> Int {
    var index = regexStart(before: slash)
    while index > 0, !bytes[index - 1].isQuerySpace, bytes[index - 1] != UInt8(ascii: "(") { index -= 1 }
    return index
  }
}

extension UInt8 {
  /// Whether `\` before it changes nothing in a regular expression.
  fileprivate var isNeedlesslyEscaped: Bool { self == UInt8(ascii: "/") || self == UInt8(ascii: "\"") }
}
