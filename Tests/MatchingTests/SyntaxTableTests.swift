import Foundation
import Testing

@testable import Matching

/// Holds the tables of `PatternSyntax` to what the module does, and the page that shows them to the tables.
@Suite struct SyntaxTableTests {
  /// For the first piece of every row: patterns, a text, and what is found in it ("-" for nothing).
  private let examples: [String: [(pattern: String, text: String, found: String)]] = [
    "x": [
      ("x", "axb", "x"), ("é", "é", "é"), (#"\.\*\+\?\(\)\[\]\{\}\|\^\$\\"#, #".*+?()[]{}|^$\"#, #".*+?()[]{}|^$\"#),
    ],
    ".": [(".", "\né", "é"), ("(?s).", "\né", "\n"), ("a.b", "a\nb", "-")],
    "[abc]": [("[abc]", "xb", "b"), ("[a-z]+", "ABcd", "cd"), ("[^a-z]", "a\nb", "\n"), ("[]^-]+", "a]^-", "]^-")],
    #"\d"#: [
      (#"\d+"#, "a12٣", "12"), (#"\w+"#, "-a_1é", "a_1"), (#"\s+"#, "a \t\n\u{B}\u{C}\rb", " \t\n\u{B}\u{C}\r"),
      (#"\D"#, "1a", "a"), (#"\W"#, "aé", "é"), (#"\S"#, " b", "b"), (#"[\d_]+"#, "a1_", "1_"),
      (#"[^\w\s]"#, "a -", "-"),
    ],
    "[[:alpha:]]": [
      ("[[:alpha:]]+", "1aB2", "aB"), ("[[:^digit:]]", "1x", "x"), ("[[:punct:]]+", "a!_~", "!_~"),
      ("[[:alnum:][:space:]]+", "-a 1", "a 1"), ("[[:xdigit:]]+", "xfF09g", "fF09"), ("[[:word:]]+", "-a_", "a_"),
      ("[[:cntrl:]]", "a\u{1B}", "\u{1B}"), ("[[:graph:]]+", " a!", "a!"), ("[[:print:]]+", "\ta b", "a b"),
      ("[[:blank:]]+", "a \t\n", " \t"), ("[[:ascii:]]+", "éab", "ab"), ("[[:lower:]]", "Ab", "b"),
      ("[[:upper:]]", "aB", "B"),
    ],
    #"\pL"#: [
      (#"\pL+"#, "1äя", "äя"), (#"\p{Lu}"#, "aÄ", "Ä"), (#"\p{Greek}+"#, "aλόγος", "λόγος"), (#"\P{N}"#, "1²x", "x"),
      (#"\p{^N}"#, "1x", "x"), (#"[\p{Cyrillic}\d]+"#, "a1я", "1я"), (#"\p{Han}+"#, "ab漢字", "漢字"),
      (#"\p{Nd}+"#, "a٣1", "٣1"),
    ],
    #"\t"#: [
      (#"\t\n\r\f\v\a\e"#, "\t\n\r\u{C}\u{B}\u{7}\u{1B}", "\t\n\r\u{C}\u{B}\u{7}\u{1B}"),
      (#"\x41\x{20AC}"#, "A€", "A€"),
    ],
    #"\Q...\E"#: [(#"\Qa.*\E+"#, "a.**", "a.**"), (#"\Q[x"#, "[x", "[x")],
    "xy": [("ab", "xab", "ab"), ("a|ab", "ab", "a"), ("ab|a", "ab", "ab"), ("|a", "a", "")],
    "x*": [
      ("a*", "aab", "aa"), ("a+", "baa", "aa"), ("ba?", "ba", "ba"), ("a{3}", "aaaa", "aaa"), ("a{2,}", "aaaa", "aaaa"),
      ("a{2,3}", "aaaa", "aaa"), ("a{,2}", "a{,2}", "a{,2}"),
    ],
    "x*?": [("a*?b", "aab", "aab"), ("a+?", "aa", "a"), ("a??", "a", ""), ("a{2,3}?", "aaaa", "aa")],
    "(x)": [("(ab)+", "abab", "abab"), ("(?<n>a)b", "ab", "ab"), ("(?P<n>a)b", "ab", "ab"), ("(?:a|b)+", "abc", "ab")],
    "(?i)": [
      ("(?i)äB", "Äb", "Äb"), ("(?m)^b$", "a\nb\nc", "b"), ("(?s)a.b", "a\nb", "a\nb"), ("(?U)a+", "aaa", "a"),
      ("(?U)a+?", "aaa", "aaa"), ("(?i)a(?-i)b", "AB Ab", "Ab"), ("(?i:a)b", "AB Ab", "Ab"),
      ("((?i)a)b", "AB Ab", "Ab"),
      ("(?is-U:a.b)", "A\nB", "A\nB"), ("(?U:a+)a+", "aaaa", "aaaa"), ("(?i)straße", "STRAẞE", "STRAẞE"),
    ],
    "^": [("^a", "ba\na", "-"), ("a$", "a\nb", "-"), ("b$", "a\nb", "b"), ("b$", "b\n", "-")],
    #"\A"#: [(#"(?m)\Aa"#, "b\na", "-"), (#"(?m)a\z"#, "a\nb", "-"), (#"\Aab\z"#, "ab", "ab")],
    #"\b"#: [(#"\bb\b"#, "ab b", "b"), (#"\Bb"#, "b ab", "b"), (#"é\bx"#, "éx", "éx")],
  ]

  private func pieces(_ write: String) -> [String] {
    write.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  @Test func everyRowDoesWhatItSays() throws {
    for row in PatternSyntax.rows {
      let pieces = pieces(row.write)
      for piece in pieces { #expect(throws: Never.self, "\(piece)") { try Pattern(piece) } }
      let cases = try #require(examples[pieces[0]], "no example for \(row.write)")
      for item in cases {
        #expect(try firstMatch(item.pattern, item.text) ?? "-" == item.found, "\(item.pattern) in \(item.text)")
      }
    }
  }

  @Test func everyRefusalSaysSo() {
    for row in PatternSyntax.refusals {
      for piece in pieces(row.write) {
        do {
          _ = try Pattern(piece)
          Issue.record("\(piece) was accepted")
        } catch {
          #expect(error.message.hasPrefix(row.message), "\(piece): \(error.message)")
          #expect(error.range.upperBound <= piece.utf8.count, "\(piece)")
        }
      }
    }
  }

  @Test func thePageShowsTheTables() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(contentsOf: root.appendingPathComponent("Sources/Matching/README.md"), encoding: .utf8)
    // A bar would end a cell, also between backquotes.
    func cell(_ text: String) -> String { text.replacing("|", with: #"\|"#) }
    for row in PatternSyntax.rows { #expect(page.contains("| \(cell(row.write)) | \(cell(row.meaning)) |\n")) }
    for row in PatternSyntax.refusals { #expect(page.contains("| \(cell(row.write)) | \(cell(row.message)) |\n")) }
    #expect(page.count { $0 == "\n" } < 120)
  }

  @Test func capturesHaveNames() throws {
    let pattern = try Pattern(#"(\w+) took (?<time>\d+)(?P<unit>ms|s)?"#)
    let text = Array("GET took 15s, it took 7".utf8)
    try text.withUnsafeBytes { bytes in
      let captures = try #require(pattern.captures(in: bytes))
      #expect(captures.match == 0..<12)
      #expect(captures.names == [nil, "time", "unit"])
      #expect(captures[1] == 0..<3)
      #expect(captures["time"] == 9..<11)
      #expect(captures["unit"] == 11..<12)
      #expect(captures["nothing"] == nil && captures[4] == nil && captures[-1] == nil)
      let second = try #require(pattern.captures(in: bytes, from: captures.match.upperBound))
      #expect(second["time"] == 22..<23)
      #expect(second["unit"] == nil)
      #expect(pattern.captures(in: bytes, from: 13 + 4) == nil)
    }
  }
}
