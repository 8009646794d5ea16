import Drawing
import Themes

/// The right edge of the log: which part of it is on the screen, and where errors and matches lie.
///
/// Each row stands for as many records as any other. Where more of them are errors than elsewhere its block is wider; rows with
/// matches (of the search, or of the filter where all records are shown) have theirs in the colour of matches. There are three
/// widths only: when the log scrolls by a line, each row whose block is not that of its neighbour is sent again.
enum ScrollBarView {
  static func draw(on canvas: inout Canvas) {
    guard let rect = canvas.layout.scrollBar, !canvas.state.showsResult else { return }
    let state = canvas.state
    let rows = rect.size.rows
    let thumb = thumb(of: state, rows: rows)
    let marks = state.shownMinimap?.marks ?? []
    let errors = marks.reduce(0) { $0 + $1.errors }
    let matches = marks.reduce(0) { $0 + $1.matches }
    // Errors that are everywhere are no news: then only where they are more than usual.
    let isEverywhere = marks.count { $0.errors > 0 } * 2 > marks.count
    for offset in 0..<rows {
      // A map of another height still says roughly where things are.
      let index = marks.isEmpty ? offset : offset * marks.count / rows
      let mark = marks.indices.contains(index) ? marks[index] : Minimap.Mark()
      let isShown = thumb.contains(offset)
      let row = rect.row + offset
      if mark.matches > 0 {
        let amount = amount(mark.matches, of: matches, in: marks.count)
        put(amount, ("+", "*"), .search, isShown, column: rect.column, row: row, &canvas)
      } else if let amount = errorAmount(mark.errors, of: errors, in: marks.count, isEverywhere) {
        put(amount, (".", "!"), .level(5), isShown, column: rect.column, row: row, &canvas)
      } else {
        let line = isShown ? canvas.glyphs.heavyVertical : canvas.glyphs.vertical
        let plain = isShown && canvas.glyphs == .ascii ? "#" : line
        canvas.put(plain, isShown ? .cursorBar : .axis, column: rect.column, row: row)
      }
    }
  }

  /// How many of something a row stands for, compared with all rows.
  private enum Amount: Int { case usual, more, most }

  private static func amount(_ count: Int, of all: Int, in rows: Int) -> Amount {
    let ratio = Double(count) * Double(rows) / Double(max(1, all))
    return ratio < 1.3 ? .usual : ratio < 2.5 ? .more : .most
  }

  private static func errorAmount(_ count: Int, of all: Int, in rows: Int, _ isEverywhere: Bool) -> Amount? {
    let amount = amount(count, of: all, in: rows)
    return count == 0 || isEverywhere && amount == .usual ? nil : amount
  }

  /// One mark: a block, or a sign for few or many where there is no colour to tell what it is of, or no block.
  private static func put(
    _ amount: Amount, _ signs: (String, String), _ role: Role, _ isShown: Bool, column: Int, row: Int,
    _ canvas: inout Canvas
  ) {
    defer { if isShown { canvas.highlight(row: row, column: column, columns: 1, .selection) } }
    guard canvas.hasColours, canvas.glyphs == .unicode else {
      canvas.put(amount == .usual ? signs.0 : signs.1, role, column: column, row: row)
      return
    }
    // The colour of matches is behind their text; here it is the block's own.
    let look = canvas.style(role)
    let style = Style(foreground: role == .search ? look.background ?? look.foreground : look.foreground)
    canvas.put(blocks[amount.rawValue], .axis, column: column, row: row)
    canvas.surface.blend(style, over: Rect(column: column, row: row, columns: 1, rows: 1))
  }

  private static let blocks = ["▎", "▌", "█"]

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
