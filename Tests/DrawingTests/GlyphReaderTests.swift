import Testing

@testable import Drawing

@Suite struct GlyphReaderTests {
  private func glyphs(_ bytes: [UInt8]) -> [Glyph] {
    bytes.withUnsafeBytes { buffer in
      var reader = GlyphReader(buffer)
      var glyphs: [Glyph] = []
      while let glyph = reader.next() { glyphs.append(glyph) }
      return glyphs
    }
  }

  private func shown(_ text: String) -> String { glyphs(Array(text.utf8)).map(\.text).joined() }

  @Test("What a terminal must not get is shown instead of sent")
  func substitutes() {
    #expect(shown("a\u{1B}[31mb") == "a^[[31mb")
    #expect(shown("\u{0}\u{7}\u{7F}") == "^@^G^?")
    #expect(shown("\u{202E}x\u{200B}y\u{FEFF}") == "<U+202E>x<U+200B>y<U+FEFF>")
    #expect(shown("\u{E000}\u{85}") == "<U+E000><U+0085>")
    #expect(shown("\u{301}x") == "<U+0301>x")
    #expect(glyphs([0x41, 0xFF, 0xC3, 0x28]).map(\.text) == ["A", "\\xFF", "\\xC3", "("])
  }

  @Test("Overlong, surrogate and too large encodings are not UTF-8")
  func malformed() {
    #expect(glyphs([0xC0, 0x80]).map(\.text) == ["\\xC0", "\\x80"])
    #expect(glyphs([0xED, 0xA0, 0x80]).map(\.text) == ["\\xED", "\\xA0", "\\x80"])
    #expect(glyphs([0xF5, 0x80, 0x80, 0x80]).count == 4)
    #expect(glyphs([0xE2, 0x82]).map(\.text) == ["\\xE2", "\\x82"])
  }

  @Test(
    "Widths: wide, combining, emoji sequences, tabs",
    arguments: [
      ("日本", 4), ("e\u{301}", 1), ("é", 1), ("👩‍💻", 4), ("🤷🏽", 2), ("❤️", 1), ("ab\tc", 9), ("한", 2), ("", 0),
    ])
  func widths(text: String, columns: Int) {
    #expect(CharacterWidth.columns(of: text) == columns)
  }

  @Test("At most three marks stay on a character; every byte is accounted for")
  func marks() {
    let text = "x" + String(repeating: "\u{301}", count: 100) + "y"
    let result = glyphs(Array(text.utf8))
    #expect(result.count == 2)
    #expect(result[0].text.unicodeScalars.count == 4)
    #expect(result[0].bytes == 0..<201)
  }

  @Test("No byte sequence yields a control character, and glyphs cover the bytes in order")
  func property() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2_000 {
      let bytes = (0..<24).map { _ in UInt8.random(in: 0...255, using: &random) }
      var end = 0
      for glyph in glyphs(bytes) {
        #expect(glyph.bytes.lowerBound >= end)
        end = glyph.bytes.upperBound
        for scalar in glyph.text.unicodeScalars {
          #expect(scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value), "\(bytes)")
        }
      }
      #expect(end == bytes.count)
    }
  }

  @Test("Printed text keeps its lines and tabs")
  func sanitiser() {
    #expect(Sanitiser.sanitised("a\tb\n\u{1B}c\n") == "a\tb\n^[c\n")
  }
}
