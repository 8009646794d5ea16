/// One cell of a surface.
public struct Cell: Hashable, Sendable {
  /// The character in it, already safe; empty in the right half of a wide character.
  public var text: String
  /// How it looks.
  public var style: Style
  /// Cells taken: 1, 2, or 0 in the right half of a wide character.
  public var width: UInt8

  /// Makes a cell.
  public init(text: String = " ", style: Style = .plain, width: UInt8 = 1) {
    self.text = text
    self.style = style
    self.width = width
  }

  /// A space in the terminal's own look.
  public static let blank = Cell()
}

/// A grid of cells that a view draws into and a terminal shows.
///
/// Drawing outside is clipped, text is made safe (`GlyphReader`), and a wide character is never cut in half: where one
/// would be, a space stands.
///
///     var surface = Surface(size: Size(columns: 80, rows: 24))
///     surface.put("hello", column: 2, row: 0, style: theme.style(.header))
public struct Surface: Hashable, Sendable {
  /// Columns and rows.
  public let size: Size
  private var cells: [Cell]

  /// A blank surface in `style`.
  public init(size: Size, style: Style = .plain) {
    self.size = size
    cells = Array(repeating: Cell(style: style), count: size.columns * size.rows)
  }

  /// The cell at a place; outside a blank one, and writing there does nothing.
  public subscript(column column: Int, row row: Int) -> Cell {
    get { contains(column, row) ? cells[row * size.columns + column] : .blank }
    set {
      guard contains(column, row) else { return }
      cells[row * size.columns + column] = newValue
    }
  }

  /// The cells of one row; empty outside.
  public func cells(ofRow row: Int) -> ArraySlice<Cell> {
    row >= 0 && row < size.rows ? cells[row * size.columns..<(row + 1) * size.columns] : []
  }

  /// The rectangle of all cells.
  public var bounds: Rect { Rect(column: 0, row: 0, columns: size.columns, rows: size.rows) }

  private func contains(_ column: Int, _ row: Int) -> Bool {
    column >= 0 && row >= 0 && column < size.columns && row < size.rows
  }

  // MARK: Drawing

  /// Draws `text`, made safe, over what is there; `style` is laid over the style below.
  ///
  /// - Parameter maxColumns: The most cells to use; what does not fit is left out.
  /// - Returns: The cells used.
  @discardableResult
  public mutating func put(
    _ text: String, column: Int, row: Int, style: Style = .plain, maxColumns: Int = .max
  ) -> Int {
    var text = text
    return text.withUTF8 { bytes in
      // SAFETY: the bytes are used only inside this closure.
      put(UnsafeRawBufferPointer(bytes), column: column, row: row, style: style, maxColumns: maxColumns)
    }
  }

  /// Draws bytes of a log, made safe; see `put(_:column:row:style:maxColumns:)` for text.
  @discardableResult
  public mutating func put(
    _ bytes: UnsafeRawBufferPointer, column: Int, row: Int, style: Style = .plain, maxColumns: Int = .max
  ) -> Int {
    var reader = GlyphReader(bytes)
    let limit = min(maxColumns, max(0, size.columns - column))
    var used = 0
    while used < limit, let glyph = reader.next() {
      used += put(glyph, column: column + used, row: row, style: style, maxColumns: limit - used)
    }
    return used
  }

  /// Draws one glyph; a wide one that does not fit becomes a space.
  ///
  /// - Returns: The cells used.
  @discardableResult
  public mutating func put(_ glyph: Glyph, column: Int, row: Int, style: Style = .plain, maxColumns: Int = .max) -> Int
  {
    if glyph.width == 1 {
      set(Cell(text: glyph.text, style: style, width: 1), column, row)
      return min(1, maxColumns)
    }
    if glyph.width == 2 && !glyph.isSubstitute && glyph.text.utf8.first ?? 0 >= 0x80 {
      return putWide(glyph, column: column, row: row, style: style, maxColumns: maxColumns)
    }
    var used = 0
    for scalar in glyph.text.unicodeScalars where used < maxColumns {
      set(Cell(text: String(scalar), style: style, width: 1), column + used, row)
      used += 1
    }
    return used
  }

  private mutating func putWide(_ glyph: Glyph, column: Int, row: Int, style: Style, maxColumns: Int) -> Int {
    guard maxColumns >= 2, column >= 0, column + 1 < size.columns else {
      // Half of it would lie outside: a space stands in each half that does not.
      for half in 0..<min(2, maxColumns) { set(Cell(text: " ", style: style, width: 1), column + half, row) }
      return min(2, maxColumns)
    }
    set(Cell(text: glyph.text, style: style, width: 2), column, row)
    set(Cell(text: "", style: style, width: 0), column + 1, row)
    return 2
  }

  /// Puts a cell, lays its style over the one below, and repairs a wide character that it cuts.
  private mutating func set(_ cell: Cell, _ column: Int, _ row: Int) {
    guard contains(column, row) else { return }
    let index = row * size.columns + column
    let old = cells[index]
    if old.width == 2 && cell.width != 2 && column + 1 < size.columns && cells[index + 1].width == 0 {
      cells[index + 1] = Cell(style: cells[index + 1].style)
    } else if old.width == 0 && cell.width != 0 && column > 0 && cells[index - 1].width == 2 {
      cells[index - 1] = Cell(style: cells[index - 1].style)
    }
    if cell.width == 2, column + 2 < size.columns, cells[index + 1].width == 2 {
      cells[index + 2] = Cell(style: cells[index + 2].style)
    }
    cells[index] = Cell(text: cell.text, style: old.style.overlaid(with: cell.style), width: cell.width)
  }

  /// Fills `rect` with `character` (one cell wide) in exactly `style`.
  public mutating func fill(_ rect: Rect, with character: Character = " ", style: Style = .plain) {
    for row in max(0, rect.row)..<max(0, rect.row, min(size.rows, rect.endRow)) {
      for column in max(0, rect.column)..<max(0, rect.column, min(size.columns, rect.endColumn)) {
        cells[row * size.columns + column].style = Style.plain
        set(Cell(text: String(character), style: style, width: 1), column, row)
      }
    }
  }

  /// Lays `style` over the cells of `rect`, keeping their text.
  public mutating func blend(_ style: Style, over rect: Rect) {
    for row in max(0, rect.row)..<max(0, rect.row, min(size.rows, rect.endRow)) {
      for column in max(0, rect.column)..<max(0, rect.column, min(size.columns, rect.endColumn)) {
        let index = row * size.columns + column
        cells[index].style = cells[index].style.overlaid(with: style)
      }
    }
  }

  /// Copies `other` with its upper left corner at a place, styles and all.
  public mutating func place(_ other: Surface, column: Int, row: Int) {
    for line in 0..<other.size.rows {
      for (offset, cell) in other.cells(ofRow: line).enumerated() where contains(column + offset, row + line) {
        let index = (row + line) * size.columns + column + offset
        cells[index].style = .plain
        set(cell, column + offset, row + line)
      }
    }
  }

  // MARK: Reading

  /// The rows as text without trailing spaces: what a golden test compares.
  public var textLines: [String] {
    (0..<size.rows).map { row in
      var line = ""
      for cell in cells(ofRow: row) { line += cell.text }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
