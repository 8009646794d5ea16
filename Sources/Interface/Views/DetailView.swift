import Drawing
import Themes

/// The pane with everything about the record under the cursor: its fields, or its text (JSON indented).
enum DetailView {
  static func draw(on canvas: inout Canvas) {
    guard let rect = canvas.layout.detail else { return }
    canvas.fill(rect, .text)
    let form = canvas.state.detail.form
    canvas.rule(
      Rect(column: rect.column, row: rect.row, columns: rect.size.columns, rows: 1),
      title: [.init(form == .fields ? "details" : "text", .heading)], right: place(canvas))
    let body = Rect(column: 0, row: rect.row + 1, columns: rect.size.columns, rows: rect.size.rows - 1)
    switch form {
    case .fields: fields(body, &canvas)
    case .raw: text(body, &canvas)
    }
  }

  private static func place(_ canvas: Canvas) -> [Canvas.Piece] {
    guard let row = canvas.state.log.cursorRow else { return [] }
    let name = canvas.state.summary.status(of: row.source)?.shortName ?? ""
    return [.init(name, .source(row.source.rawValue)), .init(row.line.map { ":\($0.rawValue)" } ?? "", .dim)]
  }

  // MARK: Fields

  private static func fields(_ rect: Rect, _ canvas: inout Canvas) {
    let items = canvas.state.detailItems
    let widest = items.map { CharacterWidth.columns(of: $0.name) }.max() ?? 0
    let nameColumns = min(widest, max(8, rect.size.columns / 3))
    let isFocused = canvas.state.focusedPane == .detail
    for offset in 0..<rect.size.rows {
      let index = canvas.state.detail.scroll + offset
      guard items.indices.contains(index) else { return }
      let item = items[index]
      let row = rect.row + offset
      canvas.put(canvas.padded(item.name, nameColumns), .fieldKey, column: 2, row: row)
      value(of: item, column: 4 + nameColumns, row: row, &canvas)
      if isFocused && index == canvas.state.detail.selected {
        canvas.highlight(row: row, columns: rect.size.columns, .cursor)
        canvas.put(canvas.glyphs.cursorBar, .cursorBar, column: 0, row: row)
      }
    }
  }

  /// The value on one row; its line ends are shown, and what does not fit ends in an ellipsis.
  private static func value(of item: DetailItem, column: Int, row: Int, _ canvas: inout Canvas) {
    let lines = item.value.split(separator: "\n", omittingEmptySubsequences: false)
    let more = lines.count > 1 ? "  +\(TimeText.grouped(lines.count - 1)) \(lines.count == 2 ? "line" : "lines")" : ""
    let room = canvas.state.size.columns - column - 1 - CharacterWidth.columns(of: more)
    let text = canvas.fitted(String(lines.first ?? ""), room)
    let used = canvas.put(text, RowView.role(of: item.role, false), column: column, row: row, maxColumns: room)
    canvas.put(more, .dim, column: column + used, row: row)
  }

  // MARK: Text

  private static func text(_ rect: Rect, _ canvas: inout Canvas) {
    let lines = canvas.state.detailTextLines
    let isFocused = canvas.state.focusedPane == .detail
    for offset in 0..<rect.size.rows {
      let index = canvas.state.detail.scroll + offset
      guard lines.indices.contains(index) else { return }
      let row = rect.row + offset
      var column = 2
      for span in lines[index].spans {
        let style = canvas.style(RowView.role(of: span.role, false))
        column += span.text.withUnsafeBytes {
          canvas.surface.put($0, column: column, row: row, style: style, maxColumns: max(0, rect.endColumn - column))
        }
      }
      if isFocused && index == canvas.state.detail.selected {
        canvas.highlight(row: row, columns: rect.size.columns, .cursor)
        canvas.put(canvas.glyphs.cursorBar, .cursorBar, column: 0, row: row)
      }
    }
  }
}

extension State {
  /// How many rows the detail pane has to show.
  var detailRowCount: Int { detail.form == .fields ? detailItems.count : detailTextLines.count }

  /// The lines of the record's text for the detail pane: JSON indented, anything else as written.
  var detailTextLines: [RowLine] {
    guard let row = log.cursorRow else { return [] }
    if let lines = JSONIndenter.lines(of: row.bytes) { return lines }
    return row.lines.map { range in
      var line = RowLine()
      line.spans = RowColouring.spans(of: row, in: range)
      return line
    }
  }
}
