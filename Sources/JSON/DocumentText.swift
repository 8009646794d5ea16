extension JSONDocumentParser {
  /// Skips spaces, line ends and, where allowed, comments.
  mutating func skipSpace() throws(JSONError) {
    while offset < text.count {
      switch text[offset] {
      case 0x0A:
        offset += 1
        startLine()
      case 0x20, 0x09, 0x0D: offset += 1
      case UInt8(ascii: "/"): try skipComment()
      default: return
      }
    }
  }

  private mutating func skipComment() throws(JSONError) {
    let next = offset + 1 < text.count ? text[offset + 1] : 0
    guard allowsComments, next == UInt8(ascii: "/") || next == UInt8(ascii: "*") else {
      throw mistake("expected a value, found \(found)")
    }
    if next == UInt8(ascii: "/") {
      while offset < text.count, text[offset] != 0x0A { offset += 1 }
      return
    }
    let opening = mistake("the comment that begins here is never closed")
    offset += 2
    while offset + 1 < text.count {
      if text[offset] == UInt8(ascii: "*"), text[offset + 1] == UInt8(ascii: "/") {
        offset += 2
        return
      }
      offset += 1
      if text[offset - 1] == 0x0A { startLine() }
    }
    throw opening
  }

  /// A text in double quotes, its escapes resolved; bytes that are not UTF-8 become U+FFFD.
  mutating func string() throws(JSONError) -> String {
    let opening = mistake("the text that begins here is never closed")
    offset += 1
    var bytes: [UInt8] = []
    while offset < text.count {
      let byte = text[offset]
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        return String(decoding: bytes, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &bytes)
      case 0x0A: throw opening
      case 0..<0x20: throw mistake("a control character must be written as an escape")
      default:
        bytes.append(byte)
        offset += 1
      }
    }
    throw opening
  }

  private mutating func escape(into bytes: inout [UInt8]) throws(JSONError) {
    guard offset + 1 < text.count else { throw mistake("the escape is cut off") }
    let letter = text[offset + 1]
    if letter == UInt8(ascii: "u") {
      let scalar = try unicodeEscape()
      bytes.append(contentsOf: String(scalar).utf8)
      return
    }
    guard let byte = Self.simpleEscapes[letter] else {
      throw mistake("\"\\\(Character(Unicode.Scalar(letter)))\" is no escape; a backslash is written \\\\")
    }
    bytes.append(byte)
    offset += 2
  }

  /// Reads `\uXXXX`, or two of them that form a surrogate pair; a lone surrogate becomes U+FFFD.
  private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
    let high = try hexadecimal()
    if (0xD800..<0xDC00).contains(high), offset + 1 < text.count, text[offset] == UInt8(ascii: "\\"),
      text[offset + 1] == UInt8(ascii: "u")
    {
      let saved = offset
      let low = try hexadecimal()
      if (0xDC00..<0xE000).contains(low) {
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
      }
      offset = saved
    }
    return Unicode.Scalar(high) ?? "\u{FFFD}"
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    guard offset + 6 <= text.count else { throw mistake("\"\\u\" needs four hexadecimal digits") }
    let digits = String(decoding: text[offset + 2..<offset + 6], as: UTF8.self)
    guard digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16) else {
      throw mistake("\"\\u\" needs four hexadecimal digits")
    }
    offset += 6
    return value
  }

  private static let simpleEscapes: [UInt8: UInt8] = [
    UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 0x08,
    UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
  ]
}
