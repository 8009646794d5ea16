import Drawing
import Themes

/// The list of columns of a format: which are shown, how wide they are, and what the record at hand has in them.
enum ColumnChooserView {
  static func draw(on canvas: inout Canvas) {
    guard let rect = canvas.layout.columnChooser else { return }
    canvas.fill(rect, .text)
    let state = canvas.state
    let columns = state.logPane.columns
    canvas.rule(
      Rect(column: 0, row: rect.row, columns: rect.size.columns, rows: 1),
      title: [.init("columns", .heading), .init(" of ", .axisLabel), .init(columns.format, .axisLabel)],
      right: [.init("\(columns.items.filter(\.isShown).count) of \(columns.items.count)", .dim)])
    let room = rect.size.rows - 1
    let first = columns.firstShown(rows: room)
    let nameColumns = min(columns.items.map { CharacterWidth.columns(of: $0.name) }.max() ?? 0, rect.size.columns / 3)
    for offset in 0..<max(0, room) {
      let index = first + offset
      guard columns.items.indices.contains(index) else { return }
      let row = rect.row + 1 + offset
      draw(columns.items[index], nameColumns: nameColumns, row: row, &canvas)
      if state.focusedPane == .columns && index == columns.selected {
        canvas.highlight(row: row, columns: rect.size.columns, .cursor)
        canvas.put(canvas.glyphs.cursorBar, .cursorBar, column: 0, row: row)
      }
    }
  }

  private static func draw(_ column: LogColumn, nameColumns: Int, row: Int, _ canvas: inout Canvas) {
    let mark = column.isShown ? canvas.glyphs.bullet : canvas.glyphs.unknown
    let width = column.width.map(String.init) ?? "auto"
    let pieces: [Canvas.Piece] = [
      .init(mark + " ", column.isShown ? .headerLive : .dim),
      .init(canvas.padded(column.name, nameColumns), column.isShown ? .fieldKey : .dim),
      .init(
        String(repeating: " ", count: max(1, 6 - width.utf8.count)) + width, column.width == nil ? .dim : .panelNumber),
      .init("  " + example(of: column, canvas.state), .dim),
    ]
    canvas.put(pieces, column: 2, row: row, maxColumns: canvas.state.size.columns - 3)
  }

  /// What the record at hand has in a column.
  private static func example(of column: LogColumn, _ state: State) -> String {
    guard let row = state.log.cursorRow, row.format == state.logPane.columns.format else { return "" }
    return ColumnCells(state: state).text(of: column, row, among: state.logPane.columns.items.filter(\.isShown))
  }
}
