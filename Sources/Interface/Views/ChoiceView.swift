import Drawing
import Themes

/// A list to choose from, over the lower left of the log: near the keys that opened it and the line that narrows it.
enum ChoiceView {
  static func draw(on canvas: inout Canvas) {
    guard let choice = canvas.state.choice else { return }
    let layout = ChoiceLayout(choice, size: canvas.state.size)
    guard let inside = PopupFrame.draw(layout.rect, title: choice.title, &canvas) else { return }
    list(choice, layout, inside, &canvas)
    guard layout.isNarrowed else { return }
    let row = inside.endRow - 1
    let used = canvas.put("> ", .prompt, column: inside.column + 1, row: row)
    if choice.narrowing.isEmpty {
      canvas.put(canvas.fitted(choice.hint, inside.size.columns - 4), .dim, column: inside.column + 1 + used, row: row)
    }
    let typed = canvas.put(
      choice.narrowing, .promptText, column: inside.column + 1 + used, row: row, maxColumns: inside.size.columns - 4)
    canvas.caret = (column: inside.column + 1 + used + typed, row: row)
  }

  private static func list(_ choice: Choice, _ layout: ChoiceLayout, _ inside: Rect, _ canvas: inout Canvas) {
    let (items, labels) = (choice.shown, layout.labelColumns)
    for offset in 0..<max(0, layout.room) {
      let index = layout.first + offset
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
