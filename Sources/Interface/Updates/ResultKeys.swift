import Analysis
import Drawing
import Quantities
import QueryLanguage

/// What keys and the mouse do with a result.
extension State {
  mutating func performInResult(_ action: Action, count: Int?) -> [Effect] {
    let times = max(1, min(count ?? 1, 1 << 30))
    let page = max(1, resultBody.size.rows - 1)
    if [Action.down, .up, .pageDown, .pageUp, .halfPageDown, .halfPageUp, .first, .last, .left, .right].contains(action)
    {
      result.hasMoved = action != .last
    }
    switch action {
    case .down: moveInResult(by: times)
    case .up: moveInResult(by: -times)
    case .pageDown: scrollResult(by: page * times)
    case .pageUp: scrollResult(by: -page * times)
    case .halfPageDown: scrollResult(by: count ?? max(1, page / 2))
    case .halfPageUp: scrollResult(by: -(count ?? max(1, page / 2)))
    case .first: moveInResult(to: (count ?? 1) - 1)
    case .last: moveInResult(to: count.map { $0 - 1 } ?? .max)
    case .left: return moveSideways(by: -times)
    case .right: return moveSideways(by: times)
    case .drillDown: return drillDown()
    case .include: return narrowResult(isNegated: false)
    case .exclude: return narrowResult(isNegated: true)
    case .sortNext: return sortByNextColumn()
    case .sortReverse: return sortReversed()
    case .foldNode: return isChartOverTime ? zoom(by: max(1, min(count ?? 1, 60))) : foldNode()
    case .foldAll: return foldAll()
    case .resultForm: return changeForm()
    case .pinResult: return pin(title: nil)
    case .copyRecord: return copyRow()
    case .search: return open(.search)
    case .searchNext: return searchRows(forward: true, from: result.cursor, includesStart: false)
    case .searchPrevious: return searchRows(forward: false, from: result.cursor, includesStart: false)
    case .stepOut: return stepOutOfResult()
    default: return performOverResult(action, count: count)
    }
    return []
  }

  // MARK: Moving

  mutating func moveInResult(to row: Int) {
    result.cursor = min(max(0, row), max(0, result.rows.count - 1))
    keepResultCursorVisible()
  }

  private mutating func moveInResult(by count: Int) {
    moveInResult(to: result.cursor.addingReportingOverflow(count).partialValue)
  }

  private mutating func scrollResult(by count: Int) {
    result.top = max(0, min(result.top + count, result.rows.count - 1))
    moveInResult(by: count)
  }

  private mutating func moveSideways(by count: Int) -> [Effect] {
    if isChartOverTime { return moveAlongChart(by: count) }
    let last = max(0, (result.table?.columns.count ?? 1) - 1)
    if count > 0, !resultColumns.hasMoreRight { return say("there are no more columns") }
    result.firstColumn = min(max(0, result.firstColumn + count), last)
    return []
  }

  // MARK: Order

  /// `o`: by each column in turn, then as computed; numbers begin with the greatest, texts and times with the least.
  private mutating func sortByNextColumn() -> [Effect] {
    guard let table = result.table, !table.columns.isEmpty else { return [] }
    let next = (result.sorting?.column ?? -1) + 1
    return sort(by: next < table.columns.count ? next : nil)
  }

  mutating func sort(by column: Int?) -> [Effect] {
    guard let table = result.table else { return [] }
    result.sorting = column.map { column in
      let kind = result.measures.indices.contains(column) ? result.measures[column].kind : .text
      return .init(column: column, isDescending: kind == .number || kind == .spark)
    }
    rearrangeResult()
    return say(column.map { "sorted by \(table.columns[$0].name)" } ?? "in the order of the query")
  }

  private mutating func sortReversed() -> [Effect] {
    guard result.sorting != nil else { return sortByNextColumn() }
    result.sorting?.isDescending.toggle()
    rearrangeResult()
    return []
  }

  // MARK: Trees

  private mutating func foldNode() -> [Effect] {
    guard result.rows.indices.contains(result.cursor) else { return [] }
    var index = result.cursor
    // On a leaf, the node that it is in.
    if !result.rows[index].isParent {
      let depth = result.rows[index].depth
      guard let parent = result.rows[..<index].lastIndex(where: { $0.depth < depth }) else {
        return say("nothing to fold here")
      }
      index = parent
    }
    result.folded.formSymmetricDifference([result.rows[index].identity])
    result.cursor = index
    rearrangeResult()
    return []
  }

  private mutating func foldAll() -> [Effect] {
    guard let table = result.table, table.rows.contains(where: { $0.depth > 0 }) else {
      return say("this result has no tree")
    }
    if result.folded.isEmpty {
      let all = ResultRows.arrange(table, sorting: nil)
      result.folded = Set(all.filter(\.isParent).map(\.identity))
      let top = result.rows[..<min(result.rows.count, result.cursor + 1)].lastIndex { $0.depth == 0 }
      result.cursor = top ?? 0
    } else {
      result.folded = []
    }
    rearrangeResult()
    return []
  }

  // MARK: Records of a row

  /// Enter: the filter finds the records of the row, and the log shows them.
  private mutating func drillDown() -> [Effect] {
    guard let row = result.cursorRow else { return say("there are no rows") }
    let back = ResultReturn(options: options, result: result)
    guard let filter = sliceFilter ?? row.filter else {
      guard let time = listedTime(of: row) else { return say("no filter finds the records of this row") }
      remember(back)
      return change { $0.pipeline = "" } + jump(.time(time))
    }
    let text = Self.joined(options.filter, filter)
    guard case .success(let compiled) = compile(text) else { return say("no filter finds the records of this row") }
    remember(back)
    let resolved = compiled.map { $0.slides ? text : $0.resolvedText } ?? ""
    let effects = change {
      $0.filter = resolved.trimmed
      $0.pipeline = ""
    }
    say("the records of the row; \(keyLabel(.backToResult)) goes back to the result")
    return effects
  }

  /// The time of a record that is listed as a row: the log goes there.
  private func listedTime(of row: ResultTable.Row) -> Timestamp? {
    guard let table = result.table, !table.columns.contains(where: { $0.role != .value }) else { return nil }
    for (column, cell) in zip(table.columns, row.cells) where column.name == "time" {
      if case .time(let time) = cell { return time }
    }
    return nil
  }

  private mutating func remember(_ back: ResultReturn) {
    returns.append(back)
    if returns.count > 20 { returns.removeFirst() }
  }

  /// `+` and `-`: the same result of fewer records.
  private mutating func narrowResult(isNegated: Bool) -> [Effect] {
    guard let row = result.cursorRow else { return say("there are no rows") }
    guard let filter = row.filter else { return say("no filter finds the records of this row") }
    let text = Self.joined(options.filter, isNegated ? Self.negated(filter) : filter)
    guard case .success(let compiled) = compile(text) else { return say("no filter finds the records of this row") }
    remember(ResultReturn(options: options, result: result))
    let resolved = compiled.map { $0.slides ? text : $0.resolvedText } ?? ""
    let effects = change { $0.filter = resolved.trimmed }
    say("filter: \(options.filter)")
    return effects
  }

  /// Backspace: the result that a row was opened from, as it stood.
  mutating func goBackToResult() -> [Effect] {
    guard let back = returns.popLast() else { return say("no result to go back to") }
    let effects = change { $0 = back.options }
    let (count, request) = (result.requestCount, result.request)
    result = back.result
    result.requestCount = count
    result.request = request
    // It is renewed from what is known: nothing flickers.
    result.isRunning = request?.id == count && effects.contains { if case .analyse = $0 { true } else { false } }
    keepResultCursorVisible()
    return effects
  }

  /// Both filters, each in parentheses where it must be.
  static func joined(_ left: String, _ right: String) -> String {
    func part(_ text: String) -> String {
      guard let root = try? QueryParser.parse(text).root else { return "(\(text))" }
      if case .or = root.kind { return "(\(text))" }
      return text
    }
    if left.trimmed.isEmpty || left.trimmed == "*" { return right }
    if right.trimmed.isEmpty || right.trimmed == "*" { return left }
    return part(left) + " and " + part(right)
  }

  private static func negated(_ text: String) -> String {
    switch (try? QueryParser.parse(text))?.root.kind {
    case .test, .text, .regex, .saved: "not " + text
    case .not(let part): QueryPrinter.print(part)
    default: "not (\(text))"
    }
  }

  private func keyLabel(_ action: Action) -> String {
    settings.keymap.keys(for: action, in: .log).first.map { HintText.text(of: $0, settings.glyphs) } ?? "U"
  }

  /// Esc: the log, with the same filter.
  mutating func stepOutOfResult() -> [Effect] {
    if result.isRunning, result.table == nil || result.finished == nil {
      result.isRunning = false
      if result.table != nil {
        say("cancelled; what was computed so far is shown")
        result.finished = now
        return [.cancel(.analysis)]
      }
    }
    let effects = change { $0.pipeline = "" }
    return [.cancel(.analysis)] + effects
  }

  // MARK: Finding and copying

  /// Goes to the next row that holds the text; smart case.
  @discardableResult
  mutating func searchRows(forward: Bool, from start: Int, includesStart: Bool) -> [Effect] {
    guard !result.needle.isEmpty else { return say("no search yet; / begins one") }
    let count = result.rows.count
    for step in (includesStart ? 0 : 1)..<max(1, count + 1) {
      let index = ((start + (forward ? step : -step)) % max(1, count) + max(1, count)) % max(1, count)
      guard result.rows.indices.contains(index), rowText(index).holds(result.needle) else { continue }
      moveInResult(to: index)
      return []
    }
    return say("not found: \(result.needle)", .warning)
  }

  private func rowText(_ index: Int) -> String {
    guard let table = result.table else { return "" }
    let row = table.rows[result.rows[index].index]
    return zip(row.cells, result.measures).map { $1.text.text($0) }.joined(separator: "\t")
  }

  private mutating func copyRow() -> [Effect] {
    guard result.rows.indices.contains(result.cursor) else { return say("there are no rows") }
    let text = rowText(result.cursor)
    return copy(Array(text.utf8), what: "1 row")
  }

  // MARK: Mouse

  /// A click: on a header it sorts (again: the other way round), on a row it goes there (again: opens it).
  mutating func clickInResult(column: Int, row: Int, isDouble: Bool) -> [Effect] {
    focusedPane = .log
    guard result.table != nil else { return [] }
    result.hasMoved = true
    if isChartOverTime { return goToSlice(atColumn: column) }
    if row == layout.log.row {
      guard let index = resultColumns.column(at: column) else { return [] }
      return result.sorting?.column == index ? sortReversed() : sort(by: index)
    }
    let index = result.top + row - resultBody.row
    guard resultBody.row..<resultBody.endRow ~= row, result.rows.indices.contains(index) else { return [] }
    moveInResult(to: index)
    return isDouble ? drillDown() : []
  }
}

extension String {
  /// Whether it contains `needle`; without regard to case unless that has a capital letter.
  fileprivate func holds(_ needle: String) -> Bool {
    needle.contains(where: \.isUppercase) ? contains(needle) : lowercased().contains(needle)
  }
}
