import Drawing
import Themes

/// The box of lists that lie over the log.
enum PopupFrame {
  /// Draws a box with a title and returns its inside; nil if there is no room.
  static func draw(_ rect: Rect, title: String, _ canvas: inout Canvas) -> Rect? {
    guard rect.size.columns >= 8, rect.size.rows >= 3 else { return nil }
    canvas.fill(rect, .popup)
    let corners = canvas.glyphs.corners
    let line = String(repeating: canvas.glyphs.horizontal, count: rect.size.columns - 2)
    canvas.put(corners.0 + line + corners.1, .popupBorder, column: rect.column, row: rect.row)
    canvas.put(corners.2 + line + corners.3, .popupBorder, column: rect.column, row: rect.endRow - 1)
    for row in rect.row + 1..<rect.endRow - 1 {
      canvas.put(canvas.glyphs.vertical, .popupBorder, column: rect.column, row: row)
      canvas.put(canvas.glyphs.vertical, .popupBorder, column: rect.endColumn - 1, row: row)
    }
    let text = canvas.fitted(title, rect.size.columns - 6)
    canvas.put(" \(text) ", .popupTitle, column: rect.column + 2, row: rect.row)
    return Rect(
      column: rect.column + 1, row: rect.row + 1, columns: rect.size.columns - 2, rows: rect.size.rows - 2)
  }
}
