import Drawing
import Themes

/// The help over the whole log: the keys of the pane in focus first, as the keymap has them.
enum HelpView {
  static func draw(on canvas: inout Canvas) {
    let size = canvas.state.size
    let rect = Rect(column: 0, row: 1, columns: size.columns, rows: size.rows - 2)
    canvas.fill(rect, .text)
  }
}
