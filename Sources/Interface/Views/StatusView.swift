import Drawing
import LogFiles
import Quantities
import Themes

/// The last row: a message, the filter, or where one is; at its right the keys of the pane in focus.
enum StatusView {
  static func draw(on canvas: inout Canvas) {
    let rect = canvas.layout.status
    guard !rect.isEmpty, canvas.state.prompt == nil else { return }
    canvas.fill(rect, .status)
    let state = canvas.state
    if let question = state.question {
      let room = rect.size.columns - 2
      let text = canvas.fitted(question.text, room - CharacterWidth.columns(of: question.answers) - 2)
      let line = text.isEmpty ? question.answers : "\(text): \(question.answers)"
      canvas.put(line, .warning, column: 1, row: rect.row, maxColumns: room)
      return
    }
    let width = rect.size.columns
    let message = state.message.flatMap { $0.until > state.now ? $0 : nil }
    let pending = pendingText(state)
    let free = message.map { width - 4 - CharacterWidth.columns(of: $0.text) } ?? width
    let share = state.options.query.isEmpty ? width / 2 : width / 4
    let hints = HintText.hints(maxColumns: max(0, min(free, share)), canvas)
    let hintColumns = hints.reduce(0) { $0 + $1.columns }
    let hintStart = width - 1 - hintColumns
    canvas.put(hints, column: hintStart, row: rect.row)
    var end = hintColumns > 0 ? hintStart - 2 : width - 1
    if !pending.isEmpty {
      canvas.putRight(pending, .statusKey, endColumn: end, row: rect.row)
      end -= CharacterWidth.columns(of: pending) + 2
    }
    if let message {
      canvas.put(canvas.fitted(message.text, end - 1), role(of: message.tone), column: 1, row: rect.row)
    } else {
      situation(room: end - 1, row: rect.row, &canvas)
    }
  }

  private static func role(of tone: Message.Tone) -> Role {
    switch tone {
    case .plain: .statusMessage
    case .warning: .warning
    case .error: .error
    }
  }

  /// The count and the keys of a sequence that is not complete.
  private static func pendingText(_ state: State) -> String {
    let count = state.keys.count.map(String.init) ?? ""
    return count + state.keys.sequence.map { $0.label(state.settings.glyphs) }.joined()
  }

  // MARK: Situation

  private static func situation(room: Int, row: Int, _ canvas: inout Canvas) {
    let state = canvas.state
    if state.textPane != nil { return }
    if let text = outputText(state)
      ?? (state.focusedPane == .log ? state.selectionText : nil)
    {
      canvas.put(canvas.fitted(text, room), .statusMessage, column: 1, row: row)
    } else if let note = state.spanNote {
      canvas.put(canvas.fitted(note, room), .statusMessage, column: 1, row: row)
    } else if state.focusedPane == .panels, let note = panelNote(canvas) {
      canvas.put(canvas.fitted(note, room), .status, column: 1, row: row)
    } else if state.showsResult {
      query(room: room, row: row, &canvas)
    } else if !state.options.filter.isEmpty {
      filter(room: room, row: row, &canvas)
    } else if let text = state.search.text, state.search.isHighlighted {
      let pieces = [Canvas.Piece("search: ", .status), .init(canvas.fitted(text, max(0, room - 8)), .promptText)]
      canvas.put(pieces, column: 1, row: row, maxColumns: room)
    } else {
      canvas.put(canvas.fitted(place(state), room), .status, column: 1, row: row)
    }
  }

  /// What is being given out, once it takes long enough to say so.
  private static func outputText(_ state: State) -> String? {
    guard let request = state.output.inFlight, state.now - state.output.sent >= OutputState.patience else { return nil }
    let share = state.output.progress.map { " \(Int($0 * 100))%" } ?? ""
    return "\(request.deed.verb)\(share), Esc cancels  \(request.deed.object)"
  }

  /// The query, and how many rows it gave.
  private static func query(room: Int, row: Int, _ canvas: inout Canvas) {
    let count = canvas.state.result.table?.rows.count
    let rows = count.map { "\(TimeText.grouped($0)) \($0 == 1 ? "row" : "rows")" } ?? ""
    let columns = rows.utf8.count + 2
    let textRoom = room - 7 - (columns < room / 2 ? columns : 0)
    let pieces =
      [Canvas.Piece("query: ", .status)] + QueryColours.pieces(canvas.state.options.query, columns: textRoom, canvas)
    canvas.put(pieces, column: 1, row: row, maxColumns: room)
    if columns < room / 2 { canvas.putRight(rows, .statusMessage, endColumn: 1 + room, row: row) }
  }

  private static func filter(room: Int, row: Int, _ canvas: inout Canvas) {
    let state = canvas.state
    let label = state.options.showsOnlyMatches ? "filter: " : "marked: "
    let counts = counts(canvas)
    let context = state.options.context > 0 ? " \(canvas.glyphs == .unicode ? "±" : "+-")\(state.options.context)" : ""
    let countColumns = CharacterWidth.columns(of: counts + context) + 2
    let textRoom = room - label.utf8.count - (countColumns < room / 2 ? countColumns : 0)
    let pieces = [Canvas.Piece(label, .status)] + QueryColours.pieces(canvas.fitted(state.options.filter, textRoom))
    canvas.put(pieces, column: 1, row: row, maxColumns: room)
    if countColumns < room / 2 { canvas.putRight(counts + context, .statusMessage, endColumn: 1 + room, row: row) }
  }

  /// `1,204 of 48,212`; while a filter is at work what it has found so far, `≥812 of 48,212`.
  static func counts(_ canvas: Canvas) -> String {
    let view = canvas.state.view
    let matched =
      view.isFiltering ? canvas.glyphs.atLeast + TimeText.grouped(view.foundSoFar) : TimeText.grouped(view.matchCount)
    return "\(matched) of \(TimeText.grouped(view.totalCount))"
  }

  private static func panelNote(_ canvas: Canvas) -> String? {
    let state = canvas.state
    // What happened at the cursor goes before what the panel is.
    let alert = AlertsView.note(state)
    let happened = [alert?.text, ExemplarsView.note(canvas), alert?.about].compactMap { $0 }.filter { !$0.isEmpty }
    if !happened.isEmpty { return happened.joined(separator: "  ") }
    let index = state.panels.selected - 1
    guard state.panels.panels.indices.contains(index) else { return nil }
    let panel = state.panels.panels[index]
    // The note first: a long expression may be cut, what was made of its series may not.
    return (panel.note.isEmpty ? "" : "\(panel.note): ") + panel.specification.expression
  }

  /// `access.log:812  61%`.
  private static func place(_ state: State) -> String {
    guard let row = state.log.cursorRow, let rank = state.log.cursorRank else { return "" }
    let name = state.summary.status(of: row.source)?.shortName ?? ""
    let line = row.line.map { ":\($0.rawValue)" } ?? ""
    let percent = state.view.count > 1 ? Int(Double(rank) / Double(max(1, state.view.count - 1)) * 100) : 100
    let note = state.bookmarks.mark(at: row.position)?.note ?? ""
    return "\(name)\(line)  \(min(100, percent))%" + (note.isEmpty ? "" : "  " + note)
  }
}
