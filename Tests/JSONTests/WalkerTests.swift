import Foundation
import JSON
import Testing

private func members(_ text: String) -> [(String, JSONKind, String)] {
  Array(text.utf8).withUnsafeBytes { bytes in
    var result: [(String, JSONKind, String)] = []
    var walker = JSONMembers(bytes, object: 0..<bytes.count)
    while let (name, value) = walker?.next() {
      result.append(
        (
          String(decoding: bytes[name.range], as: UTF8.self), value.kind,
          String(decoding: bytes[value.range], as: UTF8.self)
        ))
    }
    return result
  }
}

@Suite struct WalkerTests {
  @Test("All kinds of members, in order, delimited")
  func kinds() {
    let found = members(
      #" { "s" : "a\"b" , "n":-1.5e3,"o":{"x":[1,{"]":2}]},"a":[ ],"t":true,"f":false,"z":null,"":""}"#)
    #expect(found.map(\.0) == ["s", "n", "o", "a", "t", "f", "z", ""])
    #expect(found.map(\.1) == [.string, .number, .object, .array, .true, .false, .null, .string])
    #expect(found.map(\.2) == [#"a\"b"#, "-1.5e3", #"{"x":[1,{"]":2}]}"#, "[ ]", "true", "false", "null", ""])
  }

  @Test("Elements of an array")
  func elements() {
    let text = Array(#"[1, "two", [3], {"four": 4}, null]"#.utf8)
    let kinds = text.withUnsafeBytes { bytes in
      var walker = JSONElements(bytes, array: 0..<bytes.count)
      var kinds: [JSONKind] = []
      while let span = walker?.next() { kinds.append(span.kind) }
      return kinds
    }
    #expect(kinds == [.number, .string, .array, .object, .null])
  }

  @Test("Every prefix of an object gives a prefix of its members")
  func prefixes() {
    let text = Array(#"{"a": "x\\", "b": [1, {"c": "\u00e9"}], "d": {"e": {}}, "f": 12, "g": "last"}"#.utf8)
    let whole = members(String(decoding: text, as: UTF8.self)).map(\.0)
    for count in 0...text.count {
      let names = members(String(decoding: text[..<count], as: UTF8.self)).map(\.0)
      #expect(names.elementsEqual(whole.prefix(names.count)))
    }
    #expect(whole.count == 5)
  }

  @Test("A hundred thousand open brackets end no stack")
  func deep() {
    for bracket in ["[", "{\"a\":", "[{\"a\":"] {
      let text = "{\"x\":" + String(repeating: bracket, count: 100_000)
      #expect(members(text).isEmpty)
      #expect(members(text + "\"").isEmpty)
    }
  }

  @Test("A string of any length and place is found to its quote", arguments: 0..<40)
  func lengths(_ count: Int) {
    let content = String(repeating: "x", count: count)
    for place in 0...count {
      var escaped = content
      escaped.insert(contentsOf: "\\\"", at: content.index(content.startIndex, offsetBy: place))
      let found = members("{\"k\":\"\(escaped)\",\"l\":1}")
      #expect(found.map(\.2) == [escaped, "1"])
    }
  }

  @Test("Random bytes never break the walker, and spans stay inside")
  func hostile() {
    var generator = SystemRandomNumberGenerator()
    let alphabet = Array("{}[]\",:\\0123456789truefalsn \n\u{0}é".utf8)
    for _ in 0..<3000 {
      let text =
        [UInt8(ascii: "{")] + (0..<Int.random(in: 0..<60, using: &generator)).map { _ in alphabet.randomElement() ?? 0 }
      text.withUnsafeBytes { bytes in
        var walker = JSONMembers(bytes, object: 0..<bytes.count)
        var last = 0
        while let (name, value) = walker?.next() {
          #expect(name.range.lowerBound >= last && value.range.upperBound <= bytes.count)
          last = value.range.upperBound
        }
      }
    }
  }
}

@Suite struct TextTests {
  @Test("Escapes become text; what is invalid becomes U+FFFD")
  func decode() {
    func decode(_ text: String) -> String { Array(text.utf8).withUnsafeBytes(JSONText.decode) }
    #expect(decode(#"a\n\t\"\\\/\u00e9\ud83d\ude00"#) == "a\n\t\"\\/é😀")
    #expect(decode(#"\ud83d x"#) == "\u{FFFD} x")
    #expect(decode(#"\udc00"#) == "\u{FFFD}")
    #expect(decode(#"\u12"#).hasPrefix("\u{FFFD}"))
    #expect(decode("\\") == "\\")
    #expect([0xff, 0x61].withUnsafeBytesOfBytes { JSONText.decode($0) } == "\u{FFFD}a")
  }

  @Test("Quoted text comes back through any JSON reader, and holds no control character")
  func quoted() throws {
    let text = "a\"b\\c\n\u{1B}[31m\u{9B}31m\u{7F}é😀\u{0}\u{C2}\u{A0}"
    let quoted = JSONText.quoted(text)
    #expect(quoted.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    let decoded = try JSONSerialization.jsonObject(with: Data("[\(quoted)]".utf8)) as? [String]
    #expect(decoded == [text])
  }
}

extension Array where Element == UInt8 {
  fileprivate func withUnsafeBytesOfBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    withUnsafeBytes(body)
  }
}

@Suite struct QuotingTests {
  /// The plain rule, one scalar after the other.
  private func naive(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  @Test(arguments: 0..<300) func everyTextIsQuotedByTheRule(seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    func number(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let rare = ["\"", "\\", "\n", "\r", "\t", "\u{0}", "\u{1F}", "\u{7F}", "\u{80}", "\u{9F}", "\u{A0}", "é", "漢", "😀"]
    var text = ""
    for _ in 0..<number(60) {
      if number(6) == 0 {
        text += rare[number(rare.count)]
      } else {
        text.unicodeScalars.append(.init(UInt8(32 + number(95))))
      }
    }
    #expect(JSONText.quoted(text) == naive(text))
    var bytes: [UInt8] = []
    Array(text.utf8).withUnsafeBytes { JSONText.appendQuoted(bytes: $0, to: &bytes) }
    #expect(String(decoding: bytes, as: UTF8.self) == naive(text))
  }

  @Test func invalidBytesBecomeReplacements() {
    var bytes: [UInt8] = []
    let raw: [UInt8] = [0x61, 0xFF, 0x22, 0xC2]
    raw.withUnsafeBytes { JSONText.appendQuoted(bytes: $0, to: &bytes) }
    #expect(String(decoding: bytes, as: UTF8.self) == "\"a\u{FFFD}\\\"\u{FFFD}\"")
  }
}
