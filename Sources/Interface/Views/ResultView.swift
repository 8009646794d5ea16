import Analysis
import Drawing
import Records
import Themes

/// The result of a pipeline in the place of the log: a header that stays, rows, and below them what must be known to read the
/// numbers.
enum ResultView {
  static func draw(on canvas: inout Canvas) {
    let rect = canvas.layout.log
    let result = canvas.state.result
    guard !rect.isEmpty else { return }
    guard let table = result.table else {
      EmptyResultText.draw(rect, &canvas)
      return
    }
    if case .chart(let kind) = result.form, ChartView.draw(kind, rect, &canvas) { return }
    draw(table, rect, &canvas)
  }

  private static func draw(_ table: ResultTable, _ rect: Rect, _ canvas: inout Canvas) {
    let result = canvas.state.result
    let columns = canvas.state.resultColumns
    header(table, columns, row: rect.row, &canvas)
    let body = canvas.state.resultBody
    if table.rows.isEmpty, EmptyResultView.appliesToResult(of: canvas.state) {
      EmptyResultView.draw(body, &canvas)
      return
    }
    let greatest = BarScale.greatest(in: table)
    let hasFilters = table.rows.contains { $0.filter != nil }
    for offset in 0..<body.size.rows {
      let index = result.top + offset
      guard result.rows.indices.contains(index) else { break }
      let row = body.row + offset
      draw(result.rows[index], table, columns, greatest, hasFilters: hasFilters, row: row, &canvas)
      if index == result.cursor, canvas.state.focusedPane == .log {
        canvas.highlight(row: row, columns: rect.size.columns, .cursor)
        canvas.put(canvas.glyphs.cursorBar, .cursorBar, column: 0, row: row)
      }
    }
    if table.rows.isEmpty { canvas.put("no rows", .dim, column: 3, row: body.row, maxColumns: rect.size.columns - 4) }
    notes(table, below: min(body.endRow, body.row + max(1, result.rows.count - result.top)), rect, &canvas)
  }

  // MARK: Header

  private static func header(_ table: ResultTable, _ columns: ResultColumns, row: Int, _ canvas: inout Canvas) {
    let result = canvas.state.result
    let width = canvas.layout.log.size.columns
    canvas.fill(Rect(column: 0, row: row, columns: width, rows: 1), .status)
    for place in columns.places {
      let column = table.columns[place.index]
      let name = canvas.fitted(column.name, place.width)
      let role: Role = column.role == .value ? .heading : .fieldKey
      let used = CharacterWidth.columns(of: name)
      let start = result.measures[place.index].kind == .number ? place.end - used : place.start
      canvas.put(name, role, column: start, row: row)
      if let sorting = result.sorting, sorting.column == place.index {
        // The sign may stand in the gap, so that the column keeps its width.
        let sign = canvas.glyphs.sortSign(isDescending: sorting.isDescending)
        canvas.put(sign, .statusKey, column: start + used, row: row)
      }
    }
    if columns.hasMoreRight { canvas.put(canvas.glyphs.more, .dim, column: width - 1, row: row) }
    if columns.hasMoreLeft { canvas.put(canvas.glyphs.less, .dim, column: 0, row: row) }
  }

  // MARK: Rows

  private static func draw(
    _ shown: ResultRow, _ table: ResultTable, _ columns: ResultColumns, _ greatest: BarScale?,
    hasFilters: Bool, row: Int,
    _ canvas: inout Canvas
  ) {
    let source = table.rows[shown.index]
    let isOther = source.filter == nil && hasFilters
    for place in columns.places where source.cells.indices.contains(place.index) {
      let measure = canvas.state.result.measures[place.index]
      let value = source.cells[place.index]
      if case .counts(let counts) = value {
        SparkText.draw(counts, column: place.start, row: row, width: place.width, &canvas)
        continue
      }
      var start = place.start
      var room = place.width
      if place.index == 0, !shown.branches.isEmpty || shown.hidden > 0 {
        let used = branch(shown, column: start, row: row, room: room, &canvas)
        start += used
        room -= used
      }
      let text = value == .absent ? canvas.glyphs.unknown : measure.text.fitting(room).text(value)
      let role = isOther ? Role.dim : self.role(of: value, table.columns[place.index])
      if measure.kind == .number {
        canvas.putRight(canvas.fitted(text, room), role, endColumn: place.end, row: row)
      } else {
        canvas.put(canvas.shortened(text, room), role, column: start, row: row, maxColumns: room)
      }
    }
    if let bar = columns.bar, let greatest, !isOther {
      greatest.draw(source, column: bar.start, width: bar.width, row: row, &canvas)
    }
  }

  private static func branch(
    _ row: ResultRow, column: Int, row line: Int, room: Int, _ canvas: inout Canvas
  ) -> Int {
    let text = TreeBranch.text(of: row, canvas.glyphs)
    let used = canvas.put(text, .axis, column: column, row: line, maxColumns: room)
    return used
      + canvas.put(TreeBranch.fold(of: row), .headerLive, column: column + used, row: line, maxColumns: room - used)
  }

  /// Colour by what a value is; keys stand out a little less than what was computed of them.
  static func role(of value: Value, _ column: ResultTable.Column) -> Role {
    switch value {
    case .absent: .dim
    case .integer, .number, .size: .fieldNumber
    case .duration: .fieldDuration
    case .boolean: .fieldBoolean
    case .time: .time
    case .level(let level): .level(level.rawValue)
    case .text, .counts: .message
    }
  }

  // MARK: Notes

  private static func notes(_ table: ResultTable, below row: Int, _ rect: Rect, _ canvas: inout Canvas) {
    let lines = canvas.state.resultNotes
    let top = min(row, rect.endRow - lines.count)
    for (offset, line) in lines.enumerated() {
      canvas.put(canvas.fitted(line, rect.size.columns - 3), .dim, column: 2, row: top + offset)
    }
  }
}

/// What stands where the result will be: that it is computed, or why there is none.
enum EmptyResultText {
  static func draw(_ rect: Rect, _ canvas: inout Canvas) {
    let result = canvas.state.result
    guard let problem = result.problem else {
      canvas.put(
        "computing " + canvas.glyphs.ellipsis, .dim, column: 3, row: rect.row, maxColumns: rect.size.columns - 4)
      return
    }
    let room = rect.size.columns - 6
    canvas.put(canvas.fitted(problem.message, room), .error, column: 3, row: rect.row)
    if let help = problem.help, rect.size.rows > 1 {
      canvas.put(canvas.fitted(help, room), .dim, column: 3, row: rect.row + 1)
    }
  }
}

/// Counts over time in one row.
enum SparkText {
  /// Draws `counts` over at most `width` columns; where there are more, each column shows the sum of its share of them.
  static func draw(_ counts: [Int], column: Int, row: Int, width: Int, _ canvas: inout Canvas) {
    let cells = self.cells(counts, width: width)
    let top = cells.max() ?? 0
    for (offset, count) in cells.enumerated() {
      let role: Role = count == 0 ? .dim : .panelSpark
      canvas.put(canvas.glyphs.block(count, top: top), role, column: column + offset, row: row)
    }
  }

  /// Counts over fewer cells; one that lies across the border of two is divided between them, so that none looks greater for
  /// having a count more.
  static func cells(_ counts: [Int], width: Int) -> [Double] {
    guard width > 0, counts.count > width else { return counts.map(Double.init) }
    var cells = [Double](repeating: 0, count: width)
    let size = Double(counts.count) / Double(width)
    for (index, count) in counts.enumerated() where count > 0 {
      let (from, to) = (Double(index) / size, Double(index + 1) / size)
      let first = min(width - 1, Int(from))
      let last = min(width - 1, Int(to))
      if first == last {
        cells[first] += Double(count)
      } else {
        let share = (Double(last) - from) / (to - from)
        cells[first] += Double(count) * share
        cells[last] += Double(count) * (1 - share)
      }
    }
    return cells
  }
}

/// A bar that shows how a row's first number stands to the greatest of its column.
struct BarScale {
  /// The column of the numbers.
  var column: Int
  /// Their greatest.
  var top: Double

  /// The scale of the first computed column, if it holds numbers of which none is negative; nil without two rows.
  static func greatest(in table: ResultTable) -> BarScale? {
    // A list of records has no keys, and its numbers are no amounts.
    guard let column = table.columns.firstIndex(where: { $0.role == .value }), table.rows.count > 1,
      table.columns.contains(where: { $0.role != .value })
    else { return nil }
    var top = 0.0
    for row in table.rows {
      guard row.depth == 0, row.cells.indices.contains(column) else { return nil }
      guard let value = row.cells[column].magnitude else {
        if row.cells[column] == .absent { continue }
        return nil
      }
      guard value >= 0, value.isFinite else { return nil }
      top = max(top, value)
    }
    return top > 0 ? BarScale(column: column, top: top) : nil
  }

  func draw(_ row: ResultTable.Row, column: Int, width: Int, row line: Int, _ canvas: inout Canvas) {
    guard let value = row.cells[self.column].magnitude, value > 0 else { return }
    let text = Self.bar(value / top, width: width, canvas.glyphs)
    canvas.put(text, .volume, column: column, row: line, maxColumns: width)
  }

  /// A bar of so many columns: in halves of a cell where the glyphs have them; whatever is there has one at least.
  static func bar(_ share: Double, width: Int, _ glyphs: GlyphSet) -> String {
    let share = min(1, max(0, share))
    guard glyphs == .unicode else {
      return String(repeating: "=", count: max(1, Int((share * Double(width)).rounded())))
    }
    // Lines rather than blocks: the bars of neighbouring rows would run into each other.
    let halves = max(1, Int((share * Double(width * 2)).rounded()))
    return String(repeating: "━", count: halves / 2) + (halves % 2 == 1 ? "╸" : "")
  }
}

extension Canvas {
  /// `text`, or as much of it as fits: sentences lose their end, names without spaces (paths, ids) their middle.
  func shortened(_ text: String, _ columns: Int) -> String {
    guard columns > 0 else { return "" }
    let width = CharacterWidth.columns(of: text)
    if width <= columns { return text }
    if columns < 8 || text.contains(" ") { return fitted(text, columns) }
    let tail = fittedEnd(text, columns - columns / 2)
    let head = String(fitted(text, columns - CharacterWidth.columns(of: tail) + 1).dropLast())
    return head + tail
  }
}

extension GlyphSet {
  /// Which way a column is sorted.
  fileprivate func sortSign(isDescending: Bool) -> String {
    self == .unicode ? (isDescending ? "▼" : "▲") : (isDescending ? "v" : "^")
  }
}
