/// A coloured stretch of a query.
public struct QueryToken: Hashable, Sendable {
  /// What stands there.
  public enum Kind: Hashable, Sendable {
    /// The name of a field.
    case field
    /// `:`, `>=`, `in`, ...
    case comparison
    /// A value without quotes.
    case value
    /// A value that is a number, with its unit.
    case number
    /// A quoted value or phrase.
    case string
    /// A regular expression.
    case regex
    /// `and`, `or`, `not`, `-`, `!`.
    case keyword
    /// A word to search for.
    case word
    /// `(` or `)`.
    case parenthesis
    /// `@name`
    case saved
    /// `*`
    case wildcard
    /// `|` and the stages behind it.
    case pipeline
    /// What could not be read.
    case error
  }

  /// Where, in UTF-8 offsets.
  public var range: Range<Int>
  /// What.
  public var kind: Kind

  /// Makes a token.
  public init(range: Range<Int>, kind: Kind) {
    self.range = range
    self.kind = kind
  }
}

/// Cuts a query into words, phrases, names and expressions. What a character means depends on where it stands, so the
/// parser asks for what may come next instead of getting a stream of tokens.
///
/// Works on bytes: every special character is ASCII, and bytes above 127 count as letters. Each function either moves
/// forward or leaves the position alone, and none reads past the end.
struct Lexer {
  let bytes: [UInt8]
  var position = 0
  /// What was read so far, for colouring.
  var tokens: [QueryToken] = []
  /// Whether a comma ends every bare word: among the arguments of a function.
  var stopsAtComma = false

  init(_ text: String) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { position >= bytes.count }

  /// The byte at `position + distance`; 0 outside.
  func peek(_ distance: Int = 0) -> UInt8 {
    let index = position + distance
    return index < bytes.count ? bytes[index] : 0
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  mutating func skipSpace() {
    while position < bytes.count, bytes[position].isQuerySpace { position += 1 }
  }

  /// Whether the coming bytes are `text`.
  func has(_ text: StaticString, at distance: Int = 0) -> Bool {
    let start = position + distance
    guard start + text.utf8CodeUnitCount <= bytes.count else { return false }
    return text.withUTF8Buffer { bytes[start..<start + $0.count].elementsEqual($0) }
  }

  mutating func note(_ kind: QueryToken.Kind, from start: Int) {
    if start < position { tokens.append(QueryToken(range: start..<position, kind: kind)) }
  }

  /// Whether a term ends before the coming byte: at the end, at white space, a parenthesis, a `|`, `&&`.
  var isAtBoundary: Bool {
    isAtEnd || peek().isQuerySpace || peek() == UInt8(ascii: "(") || peek() == UInt8(ascii: ")")
      || peek() == UInt8(ascii: "|") || has("&&")
  }

  /// The word at the position without reading it: what `bareLiteral` would take.
  func wordAhead() -> String {
    var copy = self
    _ = copy.bareLiteral()
    return text(position..<copy.position)
  }

  /// Reads up to the next boundary: `*` is a wildcard, a backslash takes the meaning from the character behind it.
  /// Empty if there is nothing to read.
  mutating func bareLiteral(endsAtComma: Bool = false) -> Literal {
    let start = position
    var pieces: [[UInt8]] = [[]]
    while !isAtBoundary, peek() != UInt8(ascii: "\"") {
      let byte = peek()
      if byte == UInt8(ascii: ","), endsAtComma || stopsAtComma { break }
      position += 1
      if byte == UInt8(ascii: "*") {
        if pieces.count == 1 || pieces[pieces.count - 1] != [] { pieces.append([]) }
      } else if byte == UInt8(ascii: "\\"), !isAtEnd, peek().isEscapable {
        pieces[pieces.count - 1].append(peek())
        position += 1
      } else {
        pieces[pieces.count - 1].append(byte)
      }
    }
    return Literal(pieces: pieces.map { String(decoding: $0, as: UTF8.self) }, isQuoted: false, range: start..<position)
  }

  /// Whether a quoted text begins here. An apostrophe counts only if another one closes it before a boundary.
  var isAtQuote: Bool {
    if peek() == UInt8(ascii: "\"") { return true }
    guard peek() == UInt8(ascii: "'") else { return false }
    var index = position + 1
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 1
      } else if bytes[index] == UInt8(ascii: "'") {
        let after = index + 1 < bytes.count ? bytes[index + 1] : 32
        return after.isQuerySpace || after == UInt8(ascii: ")") || after == UInt8(ascii: "|")
          || after == UInt8(ascii: ",")
      }
      index += 1
    }
    return false
  }

  /// Reads a quoted text; in it only the quote and the backslash are escaped.
  mutating func quotedLiteral() throws(Diagnostic) -> Literal {
    let start = position
    let quote = peek()
    position += 1
    var content: [UInt8] = []
    while !isAtEnd, peek() != quote {
      if peek() == UInt8(ascii: "\\"), peek(1) == quote || peek(1) == UInt8(ascii: "\\") { position += 1 }
      content.append(peek())
      position += 1
    }
    guard !isAtEnd else {
      throw Diagnostic(
        "this quote is never closed", range: start..<start + 1,
        help: "write \(text(start..<bytes.count).trimmingEnd)\"; a quote in the text itself is \\\"")
    }
    position += 1
    return Literal(pieces: [String(decoding: content, as: UTF8.self)], isQuoted: true, range: start..<position)
  }

  /// Reads a field name: `user.id`, `span[0].ok`, `` `odd name` ``, with a leading dot; nil (and no step) if none is here.
  mutating func fieldName() throws(Diagnostic) -> FieldName? {
    let start = position
    let isOwn = peek() == UInt8(ascii: ".")
    if isOwn { position += 1 }
    guard let first = try member() else {
      position = start
      return nil
    }
    var steps = [FieldName.Step.member(first)]
    while true {
      let before = position
      if peek() == UInt8(ascii: ".") {
        position += 1
        if let name = try member() {
          steps.append(.member(name))
          continue
        }
      } else if peek() == UInt8(ascii: "[") {
        position += 1
        let digits = position
        while peek().isDigit, position - digits < 10 { position += 1 }
        if peek() == UInt8(ascii: "]") {
          steps.append(Int(text(digits..<position)).map(FieldName.Step.element) ?? .anyElement)
          position += 1
          continue
        }
      }
      position = before
      return FieldName(steps: steps, isOwn: isOwn, range: start..<position)
    }
  }

  private mutating func member() throws(Diagnostic) -> String? {
    let start = position
    if peek() == UInt8(ascii: "`") {
      position += 1
      while !isAtEnd, peek() != UInt8(ascii: "`") { position += 1 }
      guard !isAtEnd, position > start + 1 else {
        throw Diagnostic(
          isAtEnd ? "this backquote is never closed" : "there is no name between the backquotes",
          range: start..<start + 1, help: "a field name in backquotes is `any name`:value")
      }
      position += 1
      return text(start + 1..<position - 1)
    }
    guard peek().startsName else { return nil }
    while peek().continuesName { position += 1 }
    return text(start..<position)
  }
}

extension UInt8 {
  var isQuerySpace: Bool { self == 32 || self == 9 || self == 10 || self == 13 }

  var isLetter: Bool { (self | 32) &- 97 < 26 }

  var startsName: Bool {
    isLetter || self == UInt8(ascii: "_") || self == UInt8(ascii: "@") || self == UInt8(ascii: "$") || self >= 128
  }

  var continuesName: Bool { startsName || isDigit || self == UInt8(ascii: "-") }

  /// Whether a backslash takes its special meaning: `\d` stays what it is, so that paths and patterns can be pasted.
  var isEscapable: Bool { isQuerySpace || "*\\\"()|:=!<>~-,'@&/`".utf8.contains(self) }
}

extension String {
  /// The text without white space at its end.
  var trimmingEnd: String {
    var text = self[...]
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
