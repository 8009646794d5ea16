import Drawing
import Themes

/// A list to choose from, over the lower left of the log: near the keys that opened it and the line that narrows it.
enum ChoiceView {
  static func draw(on canvas: inout Canvas) {
    guard let choice = canvas.state.choice else { return }
    let items = choice.shown
    let size = canvas.state.size
    let labels = min(40, items.map { CharacterWidth.columns(of: $0.label) }.max() ?? 0)
    let details = items.map { CharacterWidth.columns(of: $0.detail) }.max() ?? 0
    let hint = hint(of: choice)
    let wanted = max(labels + (details > 0 ? details + 2 : 0) + 6, choice.title.count + 6, hint.count + 6, 24)
    let columns = min(wanted, size.columns)
    let isNarrowed = choice.purpose != .continuations
    let height = min(max(1, items.count) + 2 + (isNarrowed ? 1 : 0), max(3, size.rows - 4))
    let rect = Rect(column: 0, row: max(0, size.rows - 1 - height), columns: columns, rows: height)
    guard let inside = PopupFrame.draw(rect, title: choice.title, &canvas) else { return }
    let room = inside.size.rows - (isNarrowed ? 1 : 0)
    list(choice, items, inside, room: room, labels: labels, &canvas)
    guard isNarrowed else { return }
    let row = inside.endRow - 1
    let used = canvas.put("> ", .prompt, column: inside.column + 1, row: row)
    if choice.narrowing.isEmpty {
      canvas.put(canvas.fitted(hint, inside.size.columns - 4), .dim, column: inside.column + 1 + used, row: row)
    }
    let typed = canvas.put(
      choice.narrowing, .promptText, column: inside.column + 1 + used, row: row, maxColumns: inside.size.columns - 4)
    canvas.caret = (column: inside.column + 1 + used + typed, row: row)
  }

  private static func hint(of choice: Choice) -> String {
    if choice.isLoading { return "counting" }
    return choice.items.isEmpty ? "there are none" : "type to narrow"
  }

  private static func list(
    _ choice: Choice, _ items: [Choice.Item], _ inside: Rect, room: Int, labels: Int, _ canvas: inout Canvas
  ) {
    let first = max(0, min(choice.selected - room / 2, items.count - room))
    for offset in 0..<max(0, room) {
      let index = first + offset
      guard items.indices.contains(index) else { return }
      let item = items[index]
      let row = inside.row + offset
      let mark = item.isMarked ? canvas.glyphs.bullet : " "
      let label = canvas.fitted(item.label, min(labels, inside.size.columns - 4))
      canvas.put(
        [.init(mark + " ", .headerLive), .init(canvas.padded(label, labels), .popup), .init("  " + item.detail, .dim)],
        column: inside.column + 1, row: row, maxColumns: inside.size.columns - 2)
      if index == choice.selected && choice.purpose != .continuations {
        canvas.highlight(row: row, column: inside.column, columns: inside.size.columns, .popupSelected)
      }
    }
  }
}
