import Drawing
import Themes

/// What stands in a window too small for anything else.
enum TinyWindowView {
  static let smallest = Size(columns: 20, rows: 4)

  static func applies(to size: Size) -> Bool { size.columns < smallest.columns || size.rows < smallest.rows }

  static func draw(on canvas: inout Canvas) {
    let size = canvas.state.size
    let texts = ["window too small", "\(size.columns)x\(size.rows), need \(smallest.columns)x\(smallest.rows)"]
    for (row, text) in texts.enumerated() { canvas.put(text, .warning, column: 0, row: row) }
  }
}
