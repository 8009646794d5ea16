import Drawing
import LogFiles
import Themes

/// What stands in the place of rows where there are none, and why.
enum EmptyResultView {
  static func applies(to state: State) -> Bool { state.log.window.rows.isEmpty }

  /// Whether a result is empty since its filter matches nothing.
  static func appliesToResult(of state: State) -> Bool {
    !state.options.filter.isEmpty && state.view.count == 0 && !state.view.isFiltering && state.view.id > 0
  }

  static func draw(_ rect: Rect, _ canvas: inout Canvas) {
    let lines = self.lines(canvas)
    let top = rect.row + max(0, min(3, (rect.size.rows - lines.count) / 2))
    for (index, line) in lines.prefix(rect.size.rows).enumerated() {
      canvas.put(line, column: 3, row: top + index, maxColumns: rect.size.columns - 4)
    }
  }

  private static func lines(_ canvas: Canvas) -> [[Canvas.Piece]] {
    let state = canvas.state
    if state.summary.files.isEmpty { return [[.init("nothing is open", .dim)]] }
    let failures = state.summary.files.filter { if case .failed = $0.phase { true } else { false } }
    if failures.count == state.summary.files.count { return failures.flatMap { failure($0, canvas) } }
    if state.view.isFiltering { return [[.init("filtering " + canvas.glyphs.ellipsis, .dim)]] }
    if !state.options.filter.isEmpty && state.view.count == 0 { return noMatch(canvas) }
    if state.summary.indexingProgress != nil { return [[.init("indexing " + canvas.glyphs.ellipsis, .dim)]] }
    if state.view.count > 0 { return [[.init("reading " + canvas.glyphs.ellipsis, .dim)]] }
    let waits = state.summary.isLive ? "no records yet; they appear as they are written" : "no records"
    let noted = state.summary.files.filter { !$0.notes.isEmpty }
    return [[.init(waits, .dim)]] + (noted.isEmpty ? [] : [[]]) + noted.flatMap { notes($0, canvas) }
  }

  private static func notes(_ file: FileStatus, _ canvas: Canvas) -> [[Canvas.Piece]] {
    let room = canvas.state.size.columns - 6
    return [[.init(canvas.fittedEnd(file.name, room), .message)]]
      + file.notes.map { [.init("  " + canvas.fitted($0, room), .dim)] }
  }

  private static func failure(_ file: FileStatus, _ canvas: Canvas) -> [[Canvas.Piece]] {
    guard case .failed(let reason) = file.phase else { return [] }
    let room = canvas.state.size.columns - 6
    return [[.init(canvas.fittedEnd(file.name, room), .message)], [.init("  " + canvas.fitted(reason, room), .error)]]
  }

  /// The empty result of a filter: each clause alone, so that one sees which is to blame.
  private static func noMatch(_ canvas: Canvas) -> [[Canvas.Piece]] {
    let state = canvas.state
    var lines: [[Canvas.Piece]] = [
      [.init("0 of \(TimeText.grouped(state.view.totalCount)) records match", .heading)], [],
    ]
    let width = state.view.clauses.map { CharacterWidth.columns(of: $0.text) }.max() ?? 0
    for clause in state.view.clauses {
      let count = String(repeating: " ", count: 2) + padLeft(TimeText.grouped(clause.count), 9)
      var pieces = [
        Canvas.Piece(canvas.padded(clause.text, min(width, 40)), .promptText),
        .init(count, clause.count == 0 ? .error : .panelNumber), .init(" alone", .dim),
      ]
      if !clause.seenValues.isEmpty {
        pieces.append(.init("   seen: " + clause.seenValues.prefix(6).joined(separator: ", "), .dim))
      }
      lines.append(pieces)
    }
    if !state.view.clauses.isEmpty { lines.append([]) }
    let undo = HintText.label(of: .undo, in: .log, canvas) ?? "U"
    let edit = HintText.label(of: .editFilter, in: .log, canvas) ?? "i"
    lines.append([
      .init(undo, .statusKey), .init(" goes back   ", .dim), .init(edit, .statusKey), .init(" edits the filter", .dim),
    ])
    return lines
  }

  private static func padLeft(_ text: String, _ columns: Int) -> String {
    String(repeating: " ", count: max(0, columns - text.utf8.count)) + text
  }
}
