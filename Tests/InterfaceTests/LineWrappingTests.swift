import Testing

@testable import Interface

@Suite struct LineWrappingTests {
  private func line(_ prefix: String, _ texts: String...) -> RowLine {
    var line = RowLine()
    line.prefix = [.init(.time, prefix)]
    line.spans = texts.map { .init(.message, $0) }
    return line
  }

  private func body(_ line: RowLine) -> String { line.spans.map { String(decoding: $0.text, as: UTF8.self) }.joined() }

  @Test("Lines break after spaces, and under the text")
  func words() {
    let wrapped = LineWrapping.wrap(line("12:00 ", "one two ", "three four"), width: 16)
    #expect(wrapped.map(\.text) == ["12:00 one two ", "      three four"])
  }

  @Test("A word longer than the line is cut; a wide character never")
  func longWords() {
    #expect(LineWrapping.wrap(line("", "abcdefgh"), width: 3).map(\.text) == ["abc", "def", "gh"])
    #expect(LineWrapping.wrap(line("", "日本語"), width: 3).map(\.text) == ["日", "本", "語"])
    #expect(LineWrapping.wrap(line("", "日本"), width: 1).map(\.text) == ["日", "本"])
  }

  @Test("A line without text is one piece")
  func empty() { #expect(LineWrapping.wrap(line("12:00 "), width: 16).map(\.text) == ["12:00 "]) }

  @Test("No byte is lost, and every piece fits but for spaces at its end")
  func property() {
    let pieces = ["a", "word ", "  ", "日本 ", "e\u{301}x", "👩‍💻", "\u{1B}", "\t", "loooooong"]
    var random = SystemRandomNumberGenerator()
    for _ in 0..<1_000 {
      let texts = (0..<3).map { _ in
        (0..<Int.random(in: 0...8, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      }
      let original = line("p ", texts[0], texts[1], texts[2])
      let width = Int.random(in: 10...30, using: &random)
      let wrapped = LineWrapping.wrap(original, width: width)
      #expect(wrapped.map(body).joined() == body(original))
      for piece in wrapped {
        var text = piece.text
        while text.last == " " || text.last == "\t" { text.removeLast() }
        let columns = LineWrapping.columns(of: Array(text.utf8))
        #expect(columns <= width || text.contains("\t"), "\(texts) \(width): \(text)")
      }
    }
  }
}
