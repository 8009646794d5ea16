import TestSupport
import Testing

@testable import Matching

/// The scan of lines says of each line what `isMatch` says of it alone, whatever the way it takes.
@Suite struct LineTests {
  private static let patterns = [
    "timeout", "(?i)TimeOut", "timeout|refused|denied", #"status=5\d\d"#, "status=[^2]..", "[a-z]+ing [0-9a-f]{4}",
    #"\bg\b"#, "^$", "^x", "x$", "", "a*", #"\s"#, #"[^x]y"#, #"e\nx|é"#, "(?s)a.b", "(?s)^.{3,}$", #"\r$"#, ".", "..é",
    "zoë|мария", "(?i)straße", #"[\x{80}-\x{FFFF}]+x"#, #"\W$"#, "(?m)^a|b$", "[A-Z]{3,}", #"\d{4,}"#, "x{2,3}?y",
    #"\x00"#,
    "(?:a|b)*a(?:a|b){12}c", "ö",
  ]

  private static let pieces: [[UInt8]] =
    [
      "timeout", "TIMEOUT", "refused", "status=503", "status=204", "walking 0f0f", "é", "x", "y", "g", " ", "a", "b",
      "ab", "INFO",
      "2026", "zoë", "STRASSE", "straẞe", "\r", "\r\n", "\n", "\n", "\n\n", "\0", "ö",
    ].map { Array($0.utf8) } + [[0xC3], [0xFF], [0xE2, 0x82], [0xF0, 0x9F], [0x80]]

  private func check(_ text: [UInt8], _ patterns: [Pattern]) {
    var starts = [0]
    for (offset, byte) in text.enumerated() where byte == 10 { starts.append(offset + 1) }
    if starts.last == text.count { starts.removeLast() }
    text.withUnsafeBytes { bytes in
      for pattern in patterns {
        let expected = starts.indices.filter { line in
          let end = line + 1 < starts.count ? starts[line + 1] - 1 : text.last == 10 ? text.count - 1 : text.count
          return pattern.isMatch(UnsafeRawBufferPointer(rebasing: bytes[starts[line]..<end]))
        }
        var found: [Int] = []
        pattern.forEachMatchingLine(in: bytes) { hit, end in
          var line = found.last.map { $0 + 1 } ?? 0
          while line + 1 < starts.count, starts[line + 1] <= hit { line += 1 }
          found.append(line)
          let next = line + 1 < starts.count ? starts[line + 1] : text.last == 10 ? text.count : text.count + 1
          #expect(hit >= starts[line] && end == next - 1, "\(pattern.source): the hit \(hit) ends at \(end)")
        }
        #expect(found == expected, "\(pattern.source) in \(text.count) bytes")
      }
    }
  }

  @Test func everyLineIsAskedByItself() throws {
    let patterns = try LineTests.patterns.map { try Pattern($0) }
    var generator = SeededGenerator(31)
    for round in 0..<60 {
      var text: [UInt8] = []
      let length = [30, 300, 3_000, 30_000][round % 4]
      let filler = Array("an ordinary line of text ".utf8)
      while text.count < length {
        let isRare = round % 3 != 0 && Int.random(in: 0..<10, using: &generator) != 0
        text += isRare ? filler : LineTests.pieces.randomElement(using: &generator) ?? []
      }
      check(text, patterns)
    }
  }

  @Test func longLinesAreLinesToo() throws {
    let patterns = try LineTests.patterns.map { try Pattern($0) }
    var text = Array(String(repeating: "an ordinary line of text ", count: 42_000).utf8)
    check(text, patterns)
    text[600_000] = 10
    text.replaceSubrange(900_000..<900_007, with: "timeout".utf8)
    text.replaceSubrange((text.count - 3)..<text.count, with: "x\r\n".utf8)
    check(text, patterns)
  }
}
