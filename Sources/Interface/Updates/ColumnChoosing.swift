import Drawing
import QueryLanguage

/// The columns of a format: their pane and their command.
extension State {
  /// `:columns time,level,msg=40`; nothing opens the pane, `auto` forgets what was chosen.
  mutating func chooseColumns(_ text: String) -> [Effect] {
    guard !text.isEmpty else { return openColumnChooser() }
    guard let format = log.cursorRow?.format else { return say("there are no records") }
    if text == "auto" { return setColumns(nil, ofFormat: format) }
    guard let columns = LogColumn.list(text) else {
      return say("columns are names with commas between, and widths: time,level,msg=40", .error)
    }
    let known = columnNames(ofFormat: format)
    let unknown = columns.first { !known.contains($0.name) }?.name
    var effects = setColumns(columns, ofFormat: format)
    effects += closeColumnPane()
    if let unknown {
      let near = Suggestion.nearest(to: unknown, among: known).map { "; did you mean \($0)?" } ?? ""
      say("no field \(unknown) in the records of \(format) seen so far\(near)", .warning)
    }
    return effects
  }

  /// What can be typed after `:columns`: what stands there so far, with one more name.
  var columnCandidates: [Prompt.Completion.Item] {
    guard let format = log.cursorRow?.format else { return [] }
    let text = prompt?.line.textBeforeCaret ?? ""
    let typed = text.firstIndex(where: \.isWhitespace).map { String(text[text.index(after: $0)...]) } ?? ""
    let before = typed.lastIndex(of: ",").map { String(typed[...$0]) } ?? ""
    let used = Set(before.split(separator: ",").map { String($0.prefix { $0 != "=" }) })
    let names = columnNames(ofFormat: format).filter { !used.contains($0) }
    let items = names.map { Prompt.Completion.Item(text: before + $0) }
    return before.isEmpty ? items + [.init(text: "auto", detail: "as usual")] : items
  }

  /// Puts columns in force for a format, in the form of columns; nil forgets them. They are kept for the next session.
  private mutating func setColumns(_ columns: [LogColumn]?, ofFormat format: String) -> [Effect] {
    logPane.columns.chosen[format] = columns
    logPane.columns.measured[format] = nil
    var effects: [Effect] = []
    if columns != nil, !usesColumns { effects += change { $0.form = .columns } }
    measureColumns()
    log.horizontalOffset = 0
    keepCursorVisible()
    let shown = columns.map { LogColumn.text(of: $0) }
    say(shown.map { "\(format): \($0)" } ?? "the columns of \(format) are as usual")
    return effects + refill() + [.saveColumns(format: format, columns?.filter(\.isShown))]
  }

  /// Looks how wide the values of the records at hand are.
  mutating func measureColumns() {
    guard !logPane.columns.chosen.isEmpty || !settings.columns.isEmpty, usesColumns else { return }
    let cells = ColumnCells(state: self)
    var measured = logPane.columns.measured
    for row in log.window.rows {
      guard let columns = columns(ofFormat: row.format, path: summary.status(of: row.source)?.name) else { continue }
      for column in columns {
        guard let width = cells.measure(column, row, columns) else { continue }
        let known = measured[row.format]?[column.name] ?? 0
        if width > known { measured[row.format, default: [:]][column.name] = width }
      }
    }
    if measured != logPane.columns.measured { logPane.columns.measured = measured }
  }

  // MARK: The pane

  /// `c`: opens the pane for the format of the record at hand, or closes it.
  mutating func openColumnChooser() -> [Effect] {
    if logPane.columns.isOpen { return closeColumnPane() }
    guard let row = log.cursorRow else { return say("there are no records") }
    detail.isOpen = false
    sources.isOpen = false
    logPane.columns.isOpen = true
    logPane.columns.format = row.format
    logPane.columns.selected = 0
    listColumns()
    focusedPane = .columns
    keepCursorVisible()
    return refill()
  }

  /// What the pane lists: the columns in force in their order, then what else there is.
  private mutating func listColumns() {
    let format = logPane.columns.format
    let path = log.cursorRow.flatMap { summary.status(of: $0.source)?.name }
    var items = logPane.columns.chosen[format] ?? columns(ofFormat: format, path: path) ?? usualColumns
    for name in columnNames(ofFormat: format) where !items.contains(where: { $0.name == name }) {
      items.append(LogColumn(name, isShown: false))
    }
    logPane.columns.items = items
    logPane.columns.selected = min(logPane.columns.selected, max(0, items.count - 1))
  }

  /// What rows hold without a choice.
  private var usualColumns: [LogColumn] {
    [LogColumn("time"), LogColumn("level")] + (showsSourceColumn ? [LogColumn("source")] : [])
      + [LogColumn("msg"), LogColumn("fields")]
  }

  /// What can be a column: the parts of every record, then the fields seen in records of the format, the most frequent first.
  func columnNames(ofFormat format: String) -> [String] {
    var counts: [String: Int] = [:]
    for row in log.window.rows where row.format == format {
      for field in row.parsed.fields where field.kind != .object && field.kind != .array {
        counts[field.path, default: 0] += 1
      }
    }
    if summary.files.allSatisfy({ $0.format == format }) {
      for field in vocabulary.fields where counts[field] == nil { counts[field] = 0 }
    }
    let parts = ["time", "level", "source", "msg", "fields"]
    let isName: (String) -> Bool = { !parts.contains($0) && !$0.contains { $0 == "," || $0.isNewline } }
    return parts + counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key).filter(isName)
  }

  mutating func closeColumnChooser() {
    logPane.columns.isOpen = false
    focusedPane = .log
  }

  private mutating func closeColumnPane() -> [Effect] {
    guard logPane.columns.isOpen else { return [] }
    closeColumnChooser()
    keepCursorVisible()
    return refill()
  }

  mutating func performInColumns(_ action: Action, count: Int?) -> [Effect]? {
    let times = max(1, min(count ?? 1, LogColumn.widest))
    let page = max(1, (layout.columnChooser?.size.rows ?? 2) - 1)
    switch action {
    case .down: selectColumn(logPane.columns.selected + times)
    case .up: selectColumn(logPane.columns.selected - times)
    case .pageDown: selectColumn(logPane.columns.selected + page)
    case .pageUp: selectColumn(logPane.columns.selected - page)
    case .first: selectColumn(0)
    case .last: selectColumn(.max)
    case .toggleColumn: return toggleColumn()
    case .moveColumnDown: return moveColumn(by: times)
    case .moveColumnUp: return moveColumn(by: -times)
    case .widenColumn: return widenColumn(by: times)
    case .narrowColumn: return widenColumn(by: -times)
    case .fitColumn: return changeColumns { items, index in items[index].width = nil }
    case .resetColumns:
      let effects = setColumns(nil, ofFormat: logPane.columns.format)
      listColumns()
      return effects
    default: return nil
    }
    return []
  }

  private mutating func selectColumn(_ index: Int) {
    logPane.columns.selected = min(max(0, index), max(0, logPane.columns.items.count - 1))
  }

  /// One that is shown becomes the last of those shown, or the last but for `fields`, which is long.
  private mutating func toggleColumn() -> [Effect] {
    changeColumns { items, index in
      items[index].isShown.toggle()
      guard items[index].isShown else { return }
      let item = items.remove(at: index)
      let last = items.lastIndex { $0.isShown && ($0.name != "fields" || item.name == "fields") }
      index = last.map { $0 + 1 } ?? 0
      items.insert(item, at: index)
    }
  }

  private mutating func moveColumn(by step: Int) -> [Effect] {
    let from = logPane.columns.selected
    let to = min(max(0, from + step), logPane.columns.items.count - 1)
    guard from != to else { return say("it is the \(step > 0 ? "last" : "first") column") }
    return changeColumns { items, index in
      items.insert(items.remove(at: index), at: to)
      index = to
    }
  }

  private mutating func widenColumn(by step: Int) -> [Effect] {
    let cells = ColumnCells(state: self)
    let measured = logPane.columns.measured[logPane.columns.format] ?? [:]
    return changeColumns { items, index in
      let width = cells.width(of: items[index], measured) + step
      items[index].width = min(max(1, width), LogColumn.widest)
    }
  }

  /// Changes the list and what the log shows by it. One column stays.
  private mutating func changeColumns(_ body: (inout [LogColumn], inout Int) -> Void) -> [Effect] {
    var state = logPane.columns
    guard state.items.indices.contains(state.selected) else { return say("there are no columns") }
    body(&state.items, &state.selected)
    guard state.items.contains(where: \.isShown) else { return say("one column stays") }
    logPane.columns = state
    return setColumns(state.items, ofFormat: state.format)
  }
}
