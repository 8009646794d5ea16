import Analysis
import Drawing
import QueryLanguage
import Quantities
import Series
import Themes

/// A result with time slices over the time axis that it shares with volume and panels: lines, bars, or a sparkline a series.
///
///     ● error 30   ● warn 6                       the legend, with the numbers at the cursor
///          48 ⠉⠒⠤⣀                                the scale at the left
///             ⠀⠀⠀⠀⠉⠒⠤⣀
///           0 ⣀⣀⣀⣀⣀⣀⣀⣀
enum ChartView {
  /// Draws the result as a chart; false where it is none, so that the table has to do.
  static func draw(_ kind: ChartKind, _ rect: Rect, _ canvas: inout Canvas) -> Bool {
    guard let content = canvas.state.chartContent, let axis = canvas.state.axis, canvas.layout.axisColumns > 0 else {
      return false
    }
    if kind == .spark {
      sparks(content, axis, rect, &canvas)
      return true
    }
    let fitting = content.groups.prefix(max(1, rect.size.rows / 4))
    let height = rect.size.rows / fitting.count
    for (index, group) in fitting.enumerated() {
      let rows = index == fitting.count - 1 ? rect.size.rows - height * index : height
      let part = Rect(column: rect.column, row: rect.row + height * index, columns: rect.size.columns, rows: rows)
      draw(group, content, kind, axis, part, &canvas)
    }
    return true
  }

  private static func draw(
    _ group: ChartContent.Group, _ content: ChartContent, _ kind: ChartKind, _ axis: TimeAxis, _ rect: Rect,
    _ canvas: inout Canvas
  ) {
    let used = ChartLegend.draw(group, rect, &canvas)
    let plot = Rect(
      column: canvas.layout.axisColumn, row: rect.row + used, columns: canvas.layout.axisColumns,
      rows: rect.size.rows - used)
    guard plot.size.rows > 0 else { return }
    let isStacked = kind == .bar && group.isAdditive
    let width = kind == .line && canvas.drawsDots ? plot.size.columns * 2 : plot.size.columns
    let columns =
      isStacked
      ? content.stacks(group.series, axis: axis, columns: width)
      : group.series.map { content.columns($0, axis: axis, columns: width) }
    var top = 0.0
    for index in 0..<width {
      let values = columns.compactMap { $0[index] }
      top = max(top, isStacked ? values.reduce(0, +) : values.max() ?? 0)
    }
    scale(top: top, unit: group.unit, plot, &canvas)
    switch kind {
    case .line:
      let drawsDots = canvas.drawsDots
      let lines = zip(columns, group.series).enumerated().map { number, line in
        ChartLines.Line(line.0, top: top, drawsDots ? line.1.role : .text, mark: canvas.seriesMark(number))
      }
      if drawsDots { ChartLines.dots(lines, plot, &canvas) } else { ChartLines.marks(lines, plot, &canvas) }
    case .bar, .spark: ChartBars.draw(columns, group.series, top: top, isStacked: isStacked, plot, &canvas)
    }
    PanelFrame.cursor(plot, &canvas)
  }

  /// The greatest number in the first row, its half in the middle, zero in the last.
  private static func scale(top: Double, unit: ChartSeries.Unit, _ plot: Rect, _ canvas: inout Canvas) {
    let text = ValueText(zone: .utc)
    let room = plot.column - 2
    func label(_ value: Double, _ row: Int) {
      canvas.putRight(canvas.fitted(text.text(unit.value(value)), room), .dim, endColumn: plot.column - 1, row: row)
    }
    label(top, plot.row)
    if plot.size.rows >= 5 { label(top / 2, plot.row + (plot.size.rows - 1) / 2) }
    if plot.size.rows >= 2 { label(0, plot.endRow - 1) }
  }

  // MARK: Sparklines

  private static func sparks(_ content: ChartContent, _ axis: TimeAxis, _ rect: Rect, _ canvas: inout Canvas) {
    let text = ValueText(zone: .utc)
    var row = rect.row
    for group in content.groups {
      for series in group.series where row < rect.endRow {
        let line = Rect(column: rect.column, row: row, columns: rect.size.columns, rows: 1)
        let name =
          content.groups.count > 1 && group.series.count > 1 ? "\(series.name) \(group.title ?? "")" : series.name
        let room = canvas.layout.titleColumns - 2
        canvas.put(canvas.shortened(name, room), series.role, column: 1, row: row, maxColumns: room)
        let values = content.columns(series, axis: axis, columns: canvas.layout.axisColumns)
        let top = values.compactMap { $0 }.max() ?? 0
        for (index, value) in values.enumerated() {
          guard let value else { continue }
          let glyph = canvas.glyphs.block(value, top: top)
          canvas.put(glyph, value > 0 ? series.role : .dim, column: canvas.layout.axisColumn + index, row: row)
        }
        PanelFrame.cursor(line, &canvas)
        let value = canvas.state.chartTime.flatMap { series.value(at: $0) } ?? series.samples.last?.value
        let end = canvas.layout.axisColumn + canvas.layout.axisColumns
        if let value {
          canvas.putRight(
            canvas.fitted(text.text(group.unit.value(value)), 9), .panelNumber, endColumn: end + 10, row: row)
        }
        if canvas.layout.numberColumns > 10 {
          let range = "max " + text.text(group.unit.value(top))
          canvas.putRight(
            canvas.fitted(range, canvas.layout.numberColumns - 12), .dim,
            endColumn: end + canvas.layout.numberColumns - 1, row: row)
        }
        row += 1
      }
    }
  }
}

/// What the colours of a chart mean, with the numbers at the cursor.
enum ChartLegend {
  /// Draws the legend on as many rows as it takes, a third of the chart at most; returns them.
  static func draw(_ group: ChartContent.Group, _ rect: Rect, _ canvas: inout Canvas) -> Int {
    guard rect.size.rows >= 3 else { return 0 }
    let text = ValueText(zone: .utc)
    var column = 1
    var row = 0
    func room() -> Int { rect.size.columns - 1 - column }
    if let title = group.title, group.series.count > 1 {
      column += canvas.put(title + "  ", .heading, column: column, row: rect.row, maxColumns: room())
    }
    for (index, series) in group.series.enumerated() {
      let value = canvas.state.chartTime.flatMap { series.value(at: $0) }
      let number = value.map { " " + text.text(group.unit.value($0)) } ?? ""
      let mark = canvas.seriesMark(index)
      let name = canvas.shortened(series.name, 28)
      let needed = CharacterWidth.columns(of: mark + name + number) + 4
      if needed > room(), column > 3 {
        guard row + 1 < max(1, rect.size.rows / 3) else { break }
        row += 1
        column = 1
      }
      column += canvas.put(
        [.init(mark + " ", series.role), .init(name, .message), .init(number, .panelNumber), .init("   ", .text)],
        column: column, row: rect.row + row, maxColumns: room())
    }
    return row + 1
  }
}

extension Canvas {
  /// Whether lines are drawn with the dots of braille characters; without colours one could not tell them apart.
  var drawsDots: Bool { glyphs == .unicode && hasColours }

  /// The sign of the n-th series: a dot in its colour, or a letter.
  func seriesMark(_ index: Int) -> String {
    drawsDots ? glyphs.bullet : String(UnicodeScalar(UInt8(ascii: "a") + UInt8(index % 26)))
  }
}
