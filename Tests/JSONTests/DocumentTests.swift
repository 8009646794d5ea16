import Testing

@testable import JSON

@Suite struct DocumentTests {
  @Test("Comments, trailing commas and a byte-order mark are accepted where they are allowed")
  func comments() throws {
    let text = """
      \u{FEFF}// first
      { "a": 1, /* in
      between */ "b": [1, 2, ], // last
      }
      """
    let node = try JSONDocument.parse(text, allowingComments: true)
    #expect(node["a"]?.number == 1)
    #expect(node["b"]?.array?.count == 2)
    #expect(throws: JSONError.self) { try JSONDocument.parse(text, allowingComments: false) }
    #expect(throws: JSONError.self) { try JSONDocument.parse("[1,]", allowingComments: false) }
  }

  @Test("Values remember line and column, in characters")
  func places() throws {
    let node = try JSONDocument.parse("{\n  \"é\": 1,\n  \"ö\": \"x\", \"z\": null }", allowingComments: false)
    let members = node.members ?? []
    #expect(members.map(\.line) == [2, 3, 3])
    #expect(members.map(\.column) == [3, 3, 13])
    #expect(members.map(\.node.column) == [8, 8, 18])
  }

  @Test("Escapes are resolved; a lone surrogate becomes U+FFFD")
  func escapes() throws {
    let node = try JSONDocument.parse(#""a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00\ud800""#, allowingComments: false)
    #expect(node.string == "a\"\\/\u{8}\u{C}\n\r\té😀\u{FFFD}")
  }

  @Test(
    "Mistakes say where and what",
    arguments: [
      ("", "1:1: expected a value, found the end of the file"),
      ("{", "1:1: \"{\" is never closed"),
      ("[1 2]", "1:4: expected \",\" or \"]\", found \"2\""),
      ("{\"a\" 1}", "1:6: expected \":\" after \"a\", found \"1\""),
      ("{a: 1}", "1:2: expected a name in double quotes, found \"a\""),
      ("[1,\n  yes]", "2:3: expected a value, found \"yes\"; text needs double quotes"),
      ("\"ab", "1:1: the text that begins here is never closed"),
      ("01", "1:1: \"01\" is not a number"), ("1.", "1:1: \"1.\" is not a number"), ("-", "1:1: \"-\" is not a number"),
      ("{} {}", "1:4: expected the end of the file, found \"{\""),
      (#""\q""#, "1:2: \"\\q\" is no escape; a backslash is written \\\\"),
      ("/* x", "1:1: the comment that begins here is never closed"),
    ])
  func mistakes(text: String, message: String) {
    let error = #expect(throws: JSONError.self) { try JSONDocument.parse(text, allowingComments: true) }
    #expect(error?.description == message)
  }

  @Test("Deep nesting is refused, not followed")
  func depth() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: JSONError.self) { try JSONDocument.parse(text, allowingComments: false) }
  }

  @Test("Numbers keep their spelling", arguments: ["0", "-1.5e+10", "12345678901234567890", "1E5"])
  func numbers(text: String) throws {
    guard case .number(_, let spelling) = try JSONDocument.parse(text, allowingComments: false).value else {
      Issue.record("not a number")
      return
    }
    #expect(spelling == text)
  }
}
