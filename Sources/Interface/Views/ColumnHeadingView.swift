import Drawing
import Themes

/// The names of the columns above the log; they move sideways with it.
enum ColumnHeadingView {
  static func draw(on canvas: inout Canvas) {
    guard let rect = canvas.layout.columnHeading, let columns = canvas.state.headingColumns else { return }
    let format = canvas.state.log.cursorRow?.format ?? canvas.state.shownFiles.first?.format ?? ""
    let line = ColumnCells(state: canvas.state).heading(columns, format: format)
    RowView.draw(line, isContinuation: false, row: rect.row, .none, &canvas)
    canvas.highlight(row: rect.row, columns: rect.size.columns, .date)
  }
}
