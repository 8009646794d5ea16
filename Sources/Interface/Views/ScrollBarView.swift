import Drawing
import Themes

/// The right edge of the log: which part of it is on the screen, and where errors and matches lie.
///
/// Each row stands for as many records as any other. The more of them are errors, the wider its block; rows with matches (of the
/// search, or of the filter where all records are shown) have theirs in the colour of matches.
enum ScrollBarView {
  static func draw(on canvas: inout Canvas) {
    guard let rect = canvas.layout.scrollBar, !canvas.state.showsResult else { return }
    let state = canvas.state
    let rows = rect.size.rows
    let thumb = thumb(of: state, rows: rows)
    let marks = state.shownMinimap?.marks ?? []
    let (errors, matches) = (marks.map(\.errors).max() ?? 0, marks.map(\.matches).max() ?? 0)
    for offset in 0..<rows {
      // A map of another height still says roughly where things are.
      let index = marks.isEmpty ? offset : offset * marks.count / rows
      let mark = marks.indices.contains(index) ? marks[index] : Minimap.Mark()
      let isShown = thumb.contains(offset)
      let row = rect.row + offset
      if mark.matches > 0 {
        put(share(mark.matches, of: matches), ("+", "*"), .search, isShown, column: rect.column, row: row, &canvas)
      } else if mark.errors > 0 {
        put(share(mark.errors, of: errors), (".", "!"), .level(5), isShown, column: rect.column, row: row, &canvas)
      } else {
        let line = isShown ? canvas.glyphs.heavyVertical : canvas.glyphs.vertical
        let plain = isShown && !canvas.hasColours && canvas.glyphs == .ascii ? "#" : line
        canvas.put(plain, isShown ? .cursorBar : .axis, column: rect.column, row: row)
      }
      if isShown { canvas.highlight(row: row, column: rect.column, columns: 1, .selection) }
    }
  }

  /// One mark: a block as wide as `share`; a sign for few or many where there is no colour to tell what it is of, or no block.
  private static func put(
    _ share: Double, _ signs: (String, String), _ role: Role, _ isShown: Bool, column: Int, row: Int,
    _ canvas: inout Canvas
  ) {
    guard canvas.hasColours, canvas.glyphs == .unicode else {
      canvas.put(share < 0.3 ? signs.0 : signs.1, role, column: column, row: row)
      return
    }
    // The colour of matches is behind their text; here it is the block's own.
    let look = canvas.style(role)
    let style = Style(foreground: role == .search ? look.background ?? look.foreground : look.foreground)
    let glyph = blocks[min(blocks.count - 1, Int(share * Double(blocks.count)))]
    canvas.put(glyph, .axis, column: column, row: row)
    canvas.surface.blend(style, over: Rect(column: column, row: row, columns: 1, rows: 1))
  }

  private static let blocks = ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]

  private static func share(_ count: Int, of most: Int) -> Double { Double(count) / Double(max(1, most)) }

  /// The rows of the bar that stand for what is on the screen; at least one.
  static func thumb(of state: State, rows: Int) -> Range<Int> {
    let count = state.log.window.count
    guard count > 0, rows > 0, let top = state.log.top.flatMap(state.log.window.index(of:)) ?? state.log.cursorIndex
    else { return 0..<0 }
    let first = state.log.window.rank(of: top)
    let last = min(count - 1, max(first, state.log.window.endRank(of: top + rows - 1) - 1))
    let from = Minimap.row(ofRank: first, count: count, rows: rows)
    return from..<max(from, Minimap.row(ofRank: last, count: count, rows: rows)) + 1
  }
}
