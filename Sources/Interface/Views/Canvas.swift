import Drawing
import Themes

/// What the views draw on: the surface, and what decides how it looks.
struct Canvas {
  let state: State
  let layout: ScreenLayout
  let theme: Theme
  let glyphs: GlyphSet
  var surface: Surface
  /// Where the terminal's caret goes.
  var caret: (column: Int, row: Int)?

  init(_ state: State, theme: Theme, glyphs: GlyphSet) {
    self.state = state
    self.theme = theme
    self.glyphs = glyphs
    layout = state.layout
    surface = Surface(size: state.size, style: theme.style(.text))
  }

  /// A text with its role.
  struct Piece {
    var text: String
    var role: Role

    init(_ text: String, _ role: Role) {
      self.text = text
      self.role = role
    }

    var columns: Int { CharacterWidth.columns(of: text) }
  }

  func style(_ role: Role) -> Style { theme.style(role) }

  /// Whether colours tell things apart; without them, characters must.
  var hasColours: Bool { theme.depth != .none }

  // MARK: Text

  /// Draws one text; returns the columns used.
  @discardableResult
  mutating func put(_ text: String, _ role: Role, column: Int, row: Int, maxColumns: Int = .max) -> Int {
    surface.put(text, column: column, row: row, style: style(role), maxColumns: max(0, maxColumns))
  }

  /// Draws pieces one after the other; returns the columns used.
  @discardableResult
  mutating func put(_ pieces: [Piece], column: Int, row: Int, maxColumns: Int = .max) -> Int {
    var used = 0
    for piece in pieces where used < maxColumns {
      used += put(piece.text, piece.role, column: column + used, row: row, maxColumns: maxColumns - used)
    }
    return used
  }

  /// Draws a text so that it ends before `endColumn`.
  mutating func putRight(_ text: String, _ role: Role, endColumn: Int, row: Int) {
    put(text, role, column: endColumn - CharacterWidth.columns(of: text), row: row)
  }

  /// `text`, or as much of its beginning as fits with an ellipsis.
  func fitted(_ text: String, _ columns: Int) -> String {
    guard columns > 0 else { return "" }
    if CharacterWidth.columns(of: text) <= columns { return text }
    var result = ""
    var used = 0
    for character in text {
      let width = CharacterWidth.columns(of: String(character))
      if used + width > columns - 1 { break }
      result.append(character)
      used += width
    }
    return result + glyphs.ellipsis
  }

  /// `text`, or its end after an ellipsis: for paths, whose last part tells most.
  func fittedEnd(_ text: String, _ columns: Int) -> String {
    guard columns > 0 else { return "" }
    if CharacterWidth.columns(of: text) <= columns { return text }
    var result: [Character] = []
    var used = 0
    for character in text.reversed() {
      let width = CharacterWidth.columns(of: String(character))
      if used + width > columns - 1 { break }
      result.append(character)
      used += width
    }
    return glyphs.ellipsis + String(result.reversed())
  }

  /// `text` with spaces after it up to `columns`.
  func padded(_ text: String, _ columns: Int) -> String {
    let fitted = fitted(text, columns)
    return fitted + String(repeating: " ", count: max(0, columns - CharacterWidth.columns(of: fitted)))
  }

  // MARK: Areas

  /// Fills a rectangle with a role's look.
  mutating func fill(_ rect: Rect, _ role: Role) {
    surface.fill(rect, style: style(.text).overlaid(with: style(role)))
  }

  /// A horizontal line with a title in it: the top of a pane.
  mutating func rule(_ rect: Rect, title: [Piece], right: [Piece] = []) {
    let line = String(repeating: glyphs.horizontal, count: rect.size.columns)
    put(line, .axis, column: rect.column, row: rect.row, maxColumns: rect.size.columns)
    let rightColumns = right.reduce(0) { $0 + $1.columns }
    let room = rect.size.columns - 4
    let used = put(
      [Piece(" ", .axis)] + title + [Piece(" ", .axis)], column: rect.column + 2, row: rect.row, maxColumns: room)
    if rightColumns > 0, used + rightColumns + 5 <= room {
      put([Piece(" ", .axis)] + right + [Piece(" ", .axis)], column: rect.endColumn - rightColumns - 4, row: rect.row)
    }
  }

  /// Underlines a row and takes its colours back: it stands for what is above the screen.
  mutating func underline(row: Int, columns: Int) {
    let rect = Rect(column: 0, row: row, columns: columns, rows: 1)
    surface.blend(style(.dim), over: rect)
    surface.blend(Style(attributes: .underline), over: rect)
  }

  /// Marks a row as the one under the cursor of a pane.
  mutating func highlight(row: Int, column: Int = 0, columns: Int, _ role: Role) {
    surface.blend(style(role), over: Rect(column: column, row: row, columns: columns, rows: 1))
  }
}
