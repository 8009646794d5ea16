import Drawing
import Themes

/// What a command printed, over the whole log.
enum TextPaneView {
  static func draw(on canvas: inout Canvas) {
    guard let pane = canvas.state.textPane else { return }
    let size = canvas.state.size
    let rect = Rect(column: 0, row: 1, columns: size.columns, rows: size.rows - 2)
    canvas.fill(rect, .text)
    let shown = min(pane.lines.count, pane.top + rect.size.rows - 1)
    let found: [Canvas.Piece] = pane.needle.isEmpty ? [] : [.init("  /", .dim), .init(pane.needle, .promptText)]
    canvas.rule(
      Rect(column: 0, row: rect.row, columns: size.columns, rows: 1),
      title: [.init(canvas.fitted(pane.title, size.columns / 2), .popupTitle)] + found,
      right: [.init("\(TimeText.grouped(shown)) of \(TimeText.grouped(pane.lines.count))", .dim)])
    for offset in 0..<max(0, rect.size.rows - 1) {
      let index = pane.top + offset
      guard pane.lines.indices.contains(index) else { return }
      line(pane.lines[index], pane, row: rect.row + 1 + offset, &canvas)
    }
  }

  private static func line(_ text: String, _ pane: TextPaneState, row: Int, _ canvas: inout Canvas) {
    let start = 1
    let end = canvas.state.size.columns
    let style = canvas.style(.message)
    var text = text
    var column = start - pane.column
    text.withUTF8 { bytes in
      var reader = GlyphReader(UnsafeRawBufferPointer(bytes))
      while let glyph = reader.next() {
        if column >= start, column < end {
          let glyphStyle = glyph.isSubstitute ? canvas.style(.substitute) : style
          canvas.surface.put(glyph, column: column, row: row, style: glyphStyle, maxColumns: end - column)
        }
        column += glyph.width
      }
    }
    if column > end { canvas.put(canvas.glyphs.more, .dim, column: end - 1, row: row) }
    mark(text, pane, start: start, row: row, &canvas)
  }

  /// Marks what is searched for.
  private static func mark(_ text: String, _ pane: TextPaneState, start: Int, row: Int, _ canvas: inout Canvas) {
    guard !pane.needle.isEmpty else { return }
    let ignoresCase = !pane.needle.contains(where: \.isUppercase)
    let hay = Array((ignoresCase ? text.lowercased() : text).utf8)
    let needle = Array(pane.needle.utf8)
    var index = 0
    while index + needle.count <= hay.count {
      guard hay[index..<index + needle.count].elementsEqual(needle) else {
        index += 1
        continue
      }
      let before = CharacterWidth.columns(of: String(decoding: hay[..<index], as: UTF8.self))
      let columns = CharacterWidth.columns(of: pane.needle)
      let column = max(start, start + before - pane.column)
      let width = min(canvas.state.size.columns, start + before - pane.column + columns) - column
      if width > 0 { canvas.highlight(row: row, column: column, columns: width, .search) }
      index += needle.count
    }
  }
}
