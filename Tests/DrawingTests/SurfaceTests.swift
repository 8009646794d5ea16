import Testing

@testable import Drawing

@Suite struct SurfaceTests {
  @Test("Text is clipped at every edge")
  func clipping() {
    var surface = Surface(size: Size(columns: 4, rows: 2))
    surface.put("abcdef", column: 2, row: 0)
    surface.put("xy", column: -1, row: 1)
    surface.put("no", column: 0, row: 5)
    #expect(surface.textLines == ["  ab", "y"])
  }

  @Test("A wide character is never cut in half")
  func wide() {
    var surface = Surface(size: Size(columns: 5, rows: 1))
    #expect(surface.put("日本語", column: 0, row: 0) == 5)
    #expect(surface.textLines == ["日本"])
    surface.put("x", column: 1, row: 0)
    #expect(surface.textLines == [" x本"])
    surface.put("y", column: 2, row: 0)
    #expect(surface.textLines == [" xy"])
    surface.put("語", column: 0, row: 0)
    #expect(surface.textLines == ["語y"])
  }

  @Test("Every row has exactly as many cells as columns, whatever is drawn")
  func widthProperty() {
    let pieces = ["a", "日", "e\u{301}", "👩‍💻", "\t", "\u{202E}", "字b"]
    var random = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      var surface = Surface(size: Size(columns: 9, rows: 1))
      for _ in 0..<12 {
        surface.put(
          pieces.randomElement(using: &random) ?? "", column: Int.random(in: -2...9, using: &random), row: 0)
      }
      let cells = Array(surface.cells(ofRow: 0))
      for (index, cell) in cells.enumerated() {
        if cell.width == 2 { #expect(index + 1 < cells.count && cells[index + 1].width == 0) }
        if cell.width == 0 { #expect(index > 0 && cells[index - 1].width == 2) }
      }
    }
  }

  @Test("Styles lie over each other: colours win where there are any, attributes add up")
  func styles() {
    var surface = Surface(size: Size(columns: 2, rows: 1), style: Style(background: .indexed(4)))
    surface.put("a", column: 0, row: 0, style: Style(foreground: .indexed(1), attributes: .bold))
    surface.blend(Style(attributes: .underline), over: surface.bounds)
    let cell = surface[column: 0, row: 0]
    #expect(cell.style == Style(foreground: .indexed(1), background: .indexed(4), attributes: [.bold, .underline]))
  }

  @Test("Filling replaces text and style; placing copies a surface")
  func fillAndPlace() {
    var surface = Surface(size: Size(columns: 4, rows: 2))
    surface.fill(Rect(column: 1, row: 0, columns: 9, rows: 1), with: "-")
    var other = Surface(size: Size(columns: 2, rows: 1))
    other.put("日", column: 0, row: 0)
    surface.place(other, column: 2, row: 1)
    #expect(surface.textLines == [" ---", "  日"])
  }

  @Test("A bar shows zero lowest and anything above zero higher")
  func blocks() {
    #expect(GlyphSet.unicode.block(0, top: 10) == "▁")
    #expect(GlyphSet.unicode.block(0.01, top: 10) == "▂")
    #expect(GlyphSet.unicode.block(10, top: 10) == "▇")
    #expect(GlyphSet.unicode.block(1e300, top: 1e-300) == "▇")
    #expect(GlyphSet.ascii.block(10, top: 10) == "#")
    #expect(GlyphSet.unicode.block(.nan, top: 10) == "▁")
  }

  @Test("The locale decides the glyphs as the C library would")
  func locale() {
    #expect(GlyphSet.forLocale(all: nil, characters: nil, language: "en_GB.UTF-8") == .unicode)
    #expect(GlyphSet.forLocale(all: "C", characters: nil, language: "en_GB.UTF-8") == .ascii)
    #expect(GlyphSet.forLocale(all: "", characters: "C.utf8", language: "C") == .unicode)
    #expect(GlyphSet.forLocale(all: nil, characters: nil, language: nil) == .ascii)
  }
}
