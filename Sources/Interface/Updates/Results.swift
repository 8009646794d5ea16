import Analysis
import Drawing
import Quantities
import QueryLanguage

/// The result of a pipeline: asking for it, taking answers, keeping it up to date.
extension State {
  /// Whether a result stands in the place of the log.
  public var showsResult: Bool { !options.pipeline.isEmpty }

  // MARK: Asking

  /// Runs the pipeline in force; `isRefresh` where the query is the one on the screen and only the records have changed.
  mutating func requestResult(isRefresh: Bool) -> [Effect] {
    guard showsResult else { return [] }
    result.requestCount += 1
    let request = ResultRequest(
      id: result.requestCount, query: options.query, context: queryContext, hidden: options.hidden, sent: now)
    result.request = request
    result.isRunning = true
    result.isOutdated = false
    result.progress = 0
    if !isRefresh {
      result = ResultState()
      result.requestCount = request.id
      result.request = request
      result.isRunning = true
    }
    return [.analyse(request)]
  }

  /// The sources changed: the result follows, at most once a second.
  mutating func refreshResult() -> [Effect] {
    guard showsResult, result.request != nil, result.problem == nil else { return [] }
    result.isOutdated = true
    return refreshResultIfDue()
  }

  /// Runs the pipeline again if sources have changed and enough time has passed.
  mutating func refreshResultIfDue() -> [Effect] {
    guard showsResult, result.isOutdated, !result.isRunning, result.isDue(at: now) else {
      return []
    }
    return requestResult(isRefresh: true)
  }

  // MARK: Answers

  mutating func take(_ answer: ResultAnswer) -> [Effect] {
    guard showsResult, answer.id == result.request?.id, result.isRunning else { return [] }
    result.progress = answer.progress
    if !answer.isComplete, result.table != nil, result.finished != nil {
      // While a result is renewed, what is known of all records stays, rather than what is known of the first ones.
      return []
    }
    let isFirst = result.table == nil
    if isFirst { result.form = answer.chart.map { .chart($0) } ?? .table }
    show(answer.table)
    if isChartOverTime, !result.hasMoved { moveInResult(to: .max) }
    guard answer.isComplete else { return [] }
    result.isRunning = false
    result.duration = now - (result.request?.sent ?? now)
    let isNew = result.finished == nil
    result.finished = now
    if isNew, let warning = answer.warnings.first { say(warning.sentence, .warning) }
    if isNew, let title = answer.panel { return pin(title: title) }
    return []
  }

  mutating func takeResultFailure(_ id: Int, _ problem: Diagnostic) -> [Effect] {
    guard id == result.request?.id else { return [] }
    result.isRunning = false
    result.finished = now
    result.problem = problem
    return say(problem.sentence, .error)
  }

  /// Puts a table on the screen; the cursor stays on its row, unless it was left at the top.
  mutating func show(_ table: ResultTable) {
    result.table = table
    result.problem = nil
    rearrangeResult()
  }

  /// Arranges the rows anew: the table, its order, its folds or the zone changed.
  mutating func rearrangeResult() {
    guard let table = result.table else { return }
    if let sorting = result.sorting, !table.columns.indices.contains(sorting.column) { result.sorting = nil }
    let held =
      result.cursor > 0 && result.rows.indices.contains(result.cursor) ? result.rows[result.cursor].identity : nil
    let offset = result.cursor - result.top
    result.rows = ResultRows.arrange(table, sorting: result.sorting, folded: result.folded)
    result.chart = ChartContent(table, sums: SummingColumns.of(table, query: options.query), span: view.span)
    result.measures = ResultColumns.measure(table, result.rows, zone: screenZone)
    let found = held.flatMap { identity in result.rows.firstIndex { $0.identity == identity } }
    result.cursor = found ?? min(result.cursor, max(0, result.rows.count - 1))
    result.top = max(0, result.cursor - offset)
    result.firstColumn = min(result.firstColumn, max(0, table.columns.count - 1))
    keepResultCursorVisible()
  }

  /// Scrolls as little as possible so that the cursor's row is on the screen.
  mutating func keepResultCursorVisible() {
    let height = max(1, resultBody.size.rows)
    result.top = min(max(result.top, result.cursor - height + 1), result.cursor)
    result.top = max(0, min(result.top, result.rows.count - height))
  }

  // MARK: Where it stands

  /// The columns on the screen.
  var resultColumns: ResultColumns {
    if case .chart(.bar) = result.form, let table = result.table, !isChartOverTime {
      // A bar a row: what names it, the number, and all the room that is left.
      let keys = table.columns.indices.filter { table.columns[$0].role != .value }
      let value = table.columns.firstIndex { $0.role == .value }
      return ResultColumns(
        result.measures, columns: layout.log.size.columns, first: 0, barColumns: .max,
        shown: keys + [value].compactMap { $0 })
    }
    let isTree = result.table?.rows.contains { $0.depth > 0 } ?? false
    return ResultColumns(
      result.measures, columns: layout.log.size.columns, first: result.firstColumn, barColumns: isTree ? 0 : 30)
  }

  /// The rows of the table, without header and notes.
  var resultBody: Rect {
    let rect = layout.log
    let rows = max(0, rect.size.rows - 1 - resultNotes.count)
    return Rect(column: rect.column, row: rect.row + 1, columns: rect.size.columns, rows: rows)
  }

  /// The notes below the table that there is room for.
  var resultNotes: [String] {
    guard let notes = result.table?.notes, !notes.isEmpty else { return [] }
    let room = min(6, layout.log.size.rows / 4)
    let wrapped = notes.map { $0.wrapped(columns: max(20, layout.log.size.columns - 3)) }
    let lines = Array(wrapped.joined())
    if lines.count <= room { return lines }
    return room < 1
      ? [] : notes.prefix(room - 1) + ["\(notes.count - room + 1) more \(notes.count == room ? "note" : "notes")"]
  }
}

extension Diagnostic {
  /// What is wrong and what to do, in one line.
  var sentence: String { message + (help.map { "; " + $0 } ?? "") }
}

extension String {
  /// Its words in lines of at most `columns`; a longer word has a line of its own.
  func wrapped(columns: Int) -> [String] {
    var lines: [String] = []
    for word in split(separator: " ") {
      if let last = lines.last,
        CharacterWidth.columns(of: last) + 1 + CharacterWidth.columns(of: String(word)) <= columns
      {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
