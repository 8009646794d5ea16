import Drawing
import Themes

/// What one sees who starts the program without arguments: what could be opened, narrowed as one types.
enum FileChooserView {
  static func draw(on canvas: inout Canvas) {
    guard let chooser = canvas.state.files else { return }
    let size = canvas.state.size
    canvas.fill(Rect(column: 0, row: 0, columns: size.columns, rows: 1), .header)
    canvas.put("chiplog", .headerTitle, column: 1, row: 0)
    canvas.put("choose what to open", .header, column: 10, row: 0, maxColumns: size.columns - 11)
    if chooser.isLoading { canvas.putRight("looking", .headerPaused, endColumn: size.columns - 1, row: 0) }
    let used = canvas.put("> ", .prompt, column: 1, row: 2)
    let typed = canvas.put(chooser.narrowing, .promptText, column: 1 + used, row: 2, maxColumns: size.columns - 4)
    if chooser.narrowing.isEmpty { canvas.put("type to narrow", .dim, column: 1 + used, row: 2) }
    canvas.caret = (column: min(size.columns - 1, 1 + used + typed), row: 2)
    list(chooser, &canvas)
    let status = Rect(column: 0, row: size.rows - 1, columns: size.columns, rows: 1)
    canvas.fill(status, .status)
    let message = canvas.state.message.flatMap { $0.until > canvas.state.now ? $0.text : nil }
    let counts = "\(chooser.shown.count) of \(chooser.candidates.count)"
    canvas.put(message ?? counts, message == nil ? .status : .statusMessage, column: 1, row: status.row)
    let hints = HintText.hints(maxColumns: size.columns / 2, canvas)
    canvas.put(hints, column: size.columns - 1 - hints.reduce(0) { $0 + $1.columns }, row: status.row)
  }

  /// The row of the first candidate.
  static let listRow = 4

  /// The index of the candidate in that row.
  static func firstShown(_ chooser: FileChooser, size: Size) -> Int {
    let room = max(0, size.rows - 5)
    return max(0, min(chooser.selected - room / 2, chooser.shown.count - room))
  }

  private static func list(_ chooser: FileChooser, _ canvas: inout Canvas) {
    let size = canvas.state.size
    let items = chooser.shown
    if items.isEmpty, !chooser.isLoading {
      canvas.put(canvas.fitted(chooser.emptyText, size.columns - 3), .dim, column: 2, row: listRow)
    }
    let room = max(0, size.rows - 5)
    let first = firstShown(chooser, size: size)
    let widest = items.map { CharacterWidth.columns(of: $0.name) }.max() ?? 0
    let names = min(widest, max(16, size.columns * 3 / 5))
    for offset in 0..<room {
      let index = first + offset
      guard items.indices.contains(index) else { return }
      let item = items[index]
      let row = listRow + offset
      let name = canvas.fittedEnd(item.name, names)
      let padding = String(repeating: " ", count: max(0, names - CharacterWidth.columns(of: name)))
      let detail = [item.detail, item.obstacle ?? ""].filter { !$0.isEmpty }.joined(separator: "  ")
      canvas.put(
        [.init(name + padding, item.obstacle == nil ? .message : .dim), .init("  " + detail, .dim)], column: 2,
        row: row,
        maxColumns: size.columns - 3)
      if index == chooser.selected {
        canvas.highlight(row: row, columns: size.columns, .cursor)
        canvas.put(canvas.glyphs.cursorBar, .cursorBar, column: 0, row: row)
      }
    }
  }
}
