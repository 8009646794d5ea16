import Drawing
import Themes

/// The help over the whole log: the keys of the pane in focus first, as the keymap has them.
enum HelpView {
  static func draw(on canvas: inout Canvas) {
    let size = canvas.state.size
    let rect = Rect(column: 0, row: 1, columns: size.columns, rows: size.rows - 2)
    canvas.fill(rect, .text)
    let title = canvas.state.help.topic == .language ? "the query language" : "help"
    let needle = canvas.state.help.needle
    let found: [Canvas.Piece] = needle.isEmpty ? [] : [.init("  /", .dim), .init(needle, .promptText)]
    let lines = canvas.state.helpLines
    let position =
      lines.isEmpty
      ? "nothing found" : "\(min(lines.count, canvas.state.help.scroll + rect.size.rows - 1)) of \(lines.count)"
    canvas.rule(
      Rect(column: 0, row: rect.row, columns: size.columns, rows: 1), title: [.init(title, .popupTitle)] + found,
      right: [.init(position, .dim)])
    let widest = canvas.state.help.topic == .language ? 32 : 22
    let keyColumns = min(widest, max(12, size.columns * 2 / 5))
    for offset in 0..<max(0, rect.size.rows - 1) {
      let index = canvas.state.help.scroll + offset
      guard lines.indices.contains(index) else { return }
      line(lines[index], keyColumns: keyColumns, row: rect.row + 1 + offset, &canvas)
    }
  }

  private static func line(_ line: HelpLine, keyColumns: Int, row: Int, _ canvas: inout Canvas) {
    switch line.kind {
    case .blank: break
    case .heading: canvas.put(line.keys, .heading, column: 2, row: row, maxColumns: canvas.state.size.columns - 3)
    case .entry:
      let room = max(0, canvas.state.size.columns - keyColumns - 8)
      let text = canvas.fitted(line.text, room)
      let left = room - CharacterWidth.columns(of: text) - 3
      // An example that is cut is none.
      let fits = !line.example.isEmpty && CharacterWidth.columns(of: line.example) <= left
      canvas.put(
        [
          .init(canvas.padded(line.keys, keyColumns), .statusKey), .init("  " + text, .message),
          .init(fits ? "   " + line.example : "", .dim),
        ], column: 4, row: row, maxColumns: canvas.state.size.columns - 5)
    }
  }
}
