import Drawing
import LogFiles
import Quantities
import Themes
import Timelines

/// The rows of the log.
enum LogView {
  static func draw(on canvas: inout Canvas) {
    let rect = canvas.layout.log
    guard !rect.isEmpty else { return }
    let state = canvas.state
    if EmptyResultView.applies(to: state) {
      EmptyResultView.draw(rect, &canvas)
      return
    }
    let composer = RowComposer(state)
    let highlights = RowHighlights(state)
    var composed: (index: Int, lines: [RowLine])?
    let rows = Array(state.visibleRows.prefix(rect.size.rows))
    let shift = shift(of: rows, canvas)
    let sticky = shift == 0 ? stickyRecord(rows, state) : nil
    for (offset, visible) in rows.dropFirst(shift).enumerated() {
      let row = rect.row + offset
      switch visible {
      case .date(let date): thin(" \(date) ", .date, row, &canvas)
      case .marker(let marker): thin(MarkerText.text(marker, state), .marker, row, &canvas)
      case .now(let time): thin(" now \(time) ", .bookmark, row, &canvas)
      case .record(let index, let line):
        let line = offset == 0 && index == sticky ? 0 : line
        if composed?.index != index { composed = (index, composer.lines(of: state.log.window.rows[index])) }
        let lines = composed?.lines ?? []
        let text = lines.indices.contains(line) ? lines[line] : RowLine()
        record(state.log.window.rows[index], text, line: line, row: row, highlights, &canvas)
        if offset == 0, index == sticky { canvas.underline(row: row, columns: rect.size.columns) }
      }
    }
  }

  /// How far the rows move up so that what stands above the prompt does not hide the record under the cursor.
  private static func shift(of rows: [VisibleRow], _ canvas: Canvas) -> Int {
    let state = canvas.state
    let room =
      canvas.layout.log.size.rows
      - (canvas.layout.log.endRow == canvas.layout.status.row ? PromptView.notes(canvas).count : 0)
    let cursor = rows.lastIndex {
      if case .record(let index, _) = $0 { state.log.window.rows[index].position == state.log.cursor } else { false }
    }
    return max(0, (cursor ?? 0) - room + 1)
  }

  /// The record whose first line stands in the first row in place of one of its later lines, so that one sees what they
  /// belong to; nil where the first row has to be what it is: also under the cursor, and where no other line of it is left.
  private static func stickyRecord(_ rows: [VisibleRow], _ state: State) -> Int? {
    guard rows.count > 2, case .record(let index, let line) = rows[0], line > 0, case .record(index, _) = rows[1] else {
      return nil
    }
    let isCursor = state.log.cursorIndex == index && state.hasLineStops && state.log.cursorLine == line
    return isCursor ? nil : index
  }

  /// What is lit of the cursor's row over a slow line: what stays in place of it, or a time with its date.
  private static func litColumns(_ line: RowLine) -> Int {
    line.prefix.isEmpty ? 25 : RowView.gutter + line.prefixColumns
  }

  // MARK: Records

  private static func record(
    _ record: LogRow, _ line: RowLine, line number: Int, row: Int, _ highlights: RowHighlights, _ canvas: inout Canvas
  ) {
    let state = canvas.state
    let isCursor = record.position == state.log.cursor
    RowView.draw(line, isContinuation: number > 0, row: row, highlights, &canvas)
    let isFaint =
      (state.view.isFiltering && !state.view.isPartial) || (!record.isMatch && !state.options.filter.isEmpty)
    let width = canvas.layout.log.size.columns
    if isFaint { canvas.highlight(row: row, columns: width, .dim) }
    let isSelected = state.isSelected(record)
    if isSelected {
      canvas.highlight(row: row, columns: width, .selection)
      canvas.put(canvas.glyphs.heavyVertical, .bookmark, column: 0, row: row)
    }
    let isMarked = number == 0 && state.bookmarks.contains(record.position)
    if isCursor {
      let lit = state.settings.connection == .slow ? min(width, litColumns(line)) : width
      if !isSelected { canvas.highlight(row: row, columns: lit, .cursor) }
      let role: Role = isMarked ? .bookmark : .cursorBar
      canvas.put(isMarked ? canvas.glyphs.bookmark : canvas.glyphs.cursorBar, role, column: 0, row: row)
    } else if isMarked {
      canvas.put(canvas.glyphs.bookmark, .bookmark, column: 0, row: row)
    }
    if isCursor { highlights.drawCurrent(line, row: row, &canvas) }
  }

  // MARK: Thin rows

  private static func thin(_ text: String, _ role: Role, _ row: Int, _ canvas: inout Canvas) {
    let width = canvas.layout.log.size.columns
    canvas.put(String(repeating: canvas.glyphs.horizontal, count: width), .axis, column: 0, row: row)
    canvas.put(text, role, column: 1, row: row, maxColumns: width - 2)
  }
}

/// What a thin row says.
enum MarkerText {
  static func text(_ marker: LogMarker, _ state: State) -> String {
    let name = state.summary.status(of: marker.file)?.shortName ?? ""
    let time = TimeText.clock(state.screenZone.civilTime(at: marker.seen)).prefix(5)
    func records(_ count: Int) -> String { "\(TimeText.grouped(count)) \(count == 1 ? "record" : "records")" }
    let what =
      switch marker.kind {
      case .rotated: "rotated \(time)"
      case .truncated(let gone): "truncated \(time), \(records(gone)) gone"
      case .rewritten(let gone): "rewritten \(time), \(records(gone)) gone"
      case .dropped(let count, let bytes): "\(records(count)) (\(SizeText.text(bytes))) dropped to make room"
      }
    return " \(what)" + (state.summary.files.count > 1 ? "  \(name) " : " ")
  }
}
