/// Reads whole JSON documents: configuration and theme files (with comments and trailing commas), and small answers.
///
///     let node = try JSONDocument.parse(bytes, allowingComments: true)
///     node["theme"]?.string
public enum JSONDocument {
  /// Parses `text`; O(its length), nested at most 200 deep.
  ///
  /// - Parameter allowingComments: Accepts `// ...`, `/* ... */`, a comma before a closing bracket and a byte-order mark.
  /// - Throws: `JSONError` with the place of the first mistake.
  public static func parse(_ text: [UInt8], allowingComments: Bool) throws(JSONError) -> JSONNode {
    var parser = JSONDocumentParser(text: text, allowsComments: allowingComments)
    return try parser.document()
  }

  /// Parses `text`; see `parse(_:allowingComments:)` for bytes.
  public static func parse(_ text: String, allowingComments: Bool) throws(JSONError) -> JSONNode {
    try parse(Array(text.utf8), allowingComments: allowingComments)
  }
}

/// Recursive descent over bytes; every method leaves `offset` after what it read.
struct JSONDocumentParser {
  let text: [UInt8]
  let allowsComments: Bool
  var offset = 0
  private var line = 1
  private var lineStart = 0
  private var depth = 0

  init(text: [UInt8], allowsComments: Bool) {
    self.text = text
    self.allowsComments = allowsComments
    if text.starts(with: [0xEF, 0xBB, 0xBF]) {
      offset = 3
      lineStart = 3
    }
  }

  mutating func document() throws(JSONError) -> JSONNode {
    try skipSpace()
    let node = try value()
    try skipSpace()
    if offset < text.count { throw mistake("expected the end of the file, found \(found)") }
    return node
  }

  // MARK: Values

  private mutating func value() throws(JSONError) -> JSONNode {
    let (line, column) = place
    guard offset < text.count else { throw mistake("expected a value, found \(found)") }
    switch text[offset] {
    case UInt8(ascii: "{"): return JSONNode(try object(), line: line, column: column)
    case UInt8(ascii: "["): return JSONNode(try array(), line: line, column: column)
    case UInt8(ascii: "\""): return JSONNode(.string(try string()), line: line, column: column)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return JSONNode(try number(), line: line, column: column)
    default: return JSONNode(try word(), line: line, column: column)
    }
  }

  private mutating func object() throws(JSONError) -> JSONValue {
    var members: [JSONMember] = []
    try list(closedBy: UInt8(ascii: "}")) { (parser: inout Self) throws(JSONError) in
      let (line, column) = parser.place
      guard parser.peek == UInt8(ascii: "\"") else {
        throw parser.mistake("expected a name in double quotes, found \(parser.found)")
      }
      let name = try parser.string()
      try parser.skipSpace()
      guard parser.peek == UInt8(ascii: ":") else {
        throw parser.mistake("expected \":\" after \"\(name)\", found \(parser.found)")
      }
      parser.offset += 1
      try parser.skipSpace()
      members.append(JSONMember(name: name, line: line, column: column, node: try parser.value()))
    }
    return .object(members)
  }

  private mutating func array() throws(JSONError) -> JSONValue {
    var elements: [JSONNode] = []
    try list(closedBy: UInt8(ascii: "]")) { (parser: inout Self) throws(JSONError) in
      elements.append(try parser.value())
    }
    return .array(elements)
  }

  /// The part that objects and arrays share: an opening bracket, items between commas, the closing one.
  private mutating func list(
    closedBy close: UInt8, item: (inout Self) throws(JSONError) -> Void
  ) throws(JSONError) {
    depth += 1
    if depth > 200 { throw mistake("nested more than 200 deep") }
    let opening = place
    offset += 1
    var isFirst = true
    while true {
      try skipSpace()
      if peek == close && (isFirst || allowsComments) { break }
      if offset >= text.count {
        let bracket = close == UInt8(ascii: "}") ? "{" : "["
        throw JSONError(message: "\"\(bracket)\" is never closed", line: opening.line, column: opening.column)
      }
      try item(&self)
      isFirst = false
      try skipSpace()
      if peek == close { break }
      guard peek == UInt8(ascii: ",") else {
        let end = Character(Unicode.Scalar(close))
        throw mistake("expected \",\" or \"\(end)\", found \(found)")
      }
      offset += 1
    }
    offset += 1
    depth -= 1
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = offset
    while offset < text.count, JSONDocumentParser.isNumberByte(text[offset]) { offset += 1 }
    let spelling = String(decoding: text[start..<offset], as: UTF8.self)
    let digits = spelling.first == "-" ? spelling.dropFirst() : Substring(spelling)
    let isMalformed =
      digits.first.map { !$0.isNumber } ?? true || spelling.hasSuffix(".") || spelling.contains(".e")
      || (digits.count > 1 && digits.first == "0" && digits.dropFirst().first?.isNumber == true)
    guard !isMalformed, let value = Double(spelling) else {
      offset = start
      throw mistake("\"\(spelling)\" is not a number")
    }
    return .number(value, text: spelling)
  }

  private static func isNumberByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private mutating func word() throws(JSONError) -> JSONValue {
    let start = offset
    while offset < text.count, text[offset] | 0x20 >= 0x61, text[offset] | 0x20 <= 0x7A { offset += 1 }
    switch String(decoding: text[start..<offset], as: UTF8.self) {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    case let word:
      offset = start
      throw mistake("expected a value, found \(word.isEmpty ? found : "\"\(word)\"; text needs double quotes")")
    }
  }

  // MARK: Places

  var peek: UInt8? { offset < text.count ? text[offset] : nil }

  var place: (line: Int, column: Int) {
    (line, text[min(lineStart, offset)..<offset].count { $0 & 0xC0 != 0x80 } + 1)
  }

  func mistake(_ message: String) -> JSONError { JSONError(message: message, line: place.line, column: place.column) }

  var found: String {
    guard offset < text.count else { return "the end of the file" }
    let byte = text[offset]
    return byte > 0x20 && byte < 0x7F ? "\"\(Character(Unicode.Scalar(byte)))\"" : "a byte 0x" + String(byte, radix: 16)
  }

  mutating func startLine() {
    line += 1
    lineStart = offset
  }
}
