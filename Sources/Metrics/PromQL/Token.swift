/// One word of a PromQL expression and where it stands, in UTF-8 bytes.
struct Token: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// A metric, label, function or keyword; `value` is its text.
    case word
    /// A number or duration: `3`, `1e3`, `0x1f`, `5m`, `Inf` is a word.
    case number
    /// A string; `value` is what it spells.
    case string
    /// An operator or bracket; `value` is its text.
    case sign
    /// What cannot stand in PromQL.
    case stray
  }

  var kind: Kind
  var value: String
  var range: Range<Int>

  func isSign(_ text: String) -> Bool { kind == .sign && value == text }
  func isWord(_ text: String) -> Bool { kind == .word && value.lowercased() == text }
}

/// Cuts PromQL into tokens; knows no grammar and never fails.
struct Tokenizer {
  private let bytes: [UInt8]
  private var index = 0

  /// The tokens of `text` without comments and white space.
  static func tokens(of text: String) -> [Token] {
    var tokenizer = Tokenizer(bytes: Array(text.utf8))
    var result: [Token] = []
    while let token = tokenizer.next() { result.append(token) }
    return result
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func peek(_ offset: Int = 0) -> UInt8 { index + offset < bytes.count ? bytes[index + offset] : 0 }

  private mutating func next() -> Token? {
    skipBlanks()
    guard index < bytes.count else { return nil }
    let start = index
    let byte = peek()
    if Self.startsWord(byte) {
      while index < bytes.count, Self.continuesWord(peek()) { index += 1 }
      return token(.word, from: start)
    }
    if Self.isDigit(byte) || (byte == UInt8(ascii: ".") && Self.isDigit(peek(1))) {
      return number(from: start)
    }
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`") {
      return string(quote: byte)
    }
    for sign in Self.longSigns where bytes[index...].starts(with: sign.utf8) {
      index += 2
      return Token(kind: .sign, value: sign, range: start..<index)
    }
    index += 1
    return token("{}()[],=<>+-*/%^@:".utf8.contains(byte) ? .sign : .stray, from: start)
  }

  private static let longSigns = ["==", "!=", "=~", "!~", "<=", ">="]

  private mutating func skipBlanks() {
    while index < bytes.count {
      if peek() == UInt8(ascii: "#") {
        while index < bytes.count, peek() != 10 { index += 1 }
      } else if peek() == 32 || (9...13).contains(peek()) {
        index += 1
      } else {
        return
      }
    }
  }

  private mutating func number(from start: Int) -> Token {
    while index < bytes.count {
      let byte = peek()
      let isExponentSign =
        (byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")) && bytes[index - 1] | 32 == UInt8(ascii: "e")
        && !bytes[start..<index].contains(UInt8(ascii: "x"))
      guard Self.isDigit(byte) || Self.startsWord(byte) || byte == UInt8(ascii: ".") || isExponentSign else { break }
      index += 1
    }
    return token(.number, from: start)
  }

  private mutating func string(quote: UInt8) -> Token {
    let start = index
    var value: [UInt8] = []
    index += 1
    while index < bytes.count, peek() != quote {
      if peek() == UInt8(ascii: "\\"), quote != UInt8(ascii: "`"), index + 1 < bytes.count {
        index += 1
        switch peek() {
        case UInt8(ascii: "n"): value.append(10)
        case UInt8(ascii: "t"): value.append(9)
        case UInt8(ascii: "r"): value.append(13)
        default: value.append(peek())
        }
      } else {
        value.append(peek())
      }
      index += 1
    }
    let isClosed = index < bytes.count
    index = min(index + 1, bytes.count)
    return Token(
      kind: isClosed ? .string : .stray, value: String(decoding: value, as: UTF8.self), range: start..<index)
  }

  private func token(_ kind: Token.Kind, from start: Int) -> Token {
    Token(kind: kind, value: String(decoding: bytes[start..<index], as: UTF8.self), range: start..<index)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func startsWord(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_") || byte >= 128
  }

  private static func continuesWord(_ byte: UInt8) -> Bool {
    startsWord(byte) || isDigit(byte) || byte == UInt8(ascii: ":")
  }
}
