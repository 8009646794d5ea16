import Analysis
import Drawing
import Series
import Themes

/// What the volume and all panels share: title at the left, cursor over the bars, numbers at the right.
enum PanelFrame {
  /// The title, marked while the row is selected.
  static func title(_ title: String, isSelected: Bool, _ rect: Rect, _ canvas: inout Canvas) {
    if isSelected { canvas.put(canvas.glyphs.cursorBar, .cursorBar, column: 0, row: rect.row) }
    let room = canvas.layout.titleColumns - 2
    canvas.put(canvas.fitted(title, room), .panelTitle, column: 1, row: rect.row)
    if isSelected { canvas.highlight(row: rect.row, column: 1, columns: canvas.layout.titleColumns - 2, .cursor) }
  }

  /// The ground of a span that is being selected; without colours the axis shows its ends only.
  private static func span(_ rect: Rect, _ canvas: inout Canvas) {
    let columns = canvas.layout.axisColumns
    guard canvas.hasColours, let axis = canvas.state.axis, let range = canvas.state.options.span?.range,
      let shown = axis.columns(of: range, columns: columns)
    else { return }
    let start = canvas.layout.axisColumn + shown.lowerBound
    for row in rect.row..<rect.endRow {
      canvas.highlight(row: row, column: start, columns: shown.count, .selection)
    }
  }

  /// The cursor's column: a background, or a line where there are no colours.
  static func cursor(_ rect: Rect, _ canvas: inout Canvas) {
    span(rect, &canvas)
    guard let column = AxisView.cursorColumn(canvas) else { return }
    let at = canvas.layout.axisColumn + column
    for row in rect.row..<rect.endRow {
      if canvas.hasColours {
        canvas.highlight(row: row, column: at, columns: 1, .timeCursor)
      } else {
        canvas.put(canvas.glyphs.heavyVertical, .timeCursor, column: at, row: row)
      }
    }
  }

  /// A line under what is anomalous, where that is asked for.
  static func anomalies(of owner: AnomalyOwner, _ rect: Rect, _ canvas: inout Canvas) {
    let (marks, columns) = (canvas.state.panels.anomalies, canvas.layout.axisColumns)
    guard marks.isOn, let axis = canvas.state.axis, columns > 0 else { return }
    for span in marks.spans[owner] ?? [] where span.upperBound >= axis.from && span.lowerBound < axis.to {
      let first = axis.column(of: span.lowerBound, columns: columns) ?? 0
      let last = axis.column(of: span.upperBound, columns: columns) ?? columns - 1
      canvas.surface.blend(
        Style(attributes: .underline),
        over: Rect(column: canvas.layout.axisColumn + first, row: rect.endRow - 1, columns: last - first + 1, rows: 1))
    }
  }

  /// The column whose value is shown: the cursor's, or nil for the last value while following.
  static func valueColumn(_ canvas: Canvas) -> Int? {
    canvas.state.follow.isFollowing && canvas.state.summary.isLive && canvas.state.resultTime == nil
      ? nil : AxisView.cursorColumn(canvas)
  }

  /// The value of the cursor's column, or the last one.
  static func value(of extents: [Extent?], _ canvas: Canvas) -> Double? {
    let value = valueColumn(canvas).map { extents.indices.contains($0) ? extents[$0]?.last : nil }
    return value ?? extents.last { $0 != nil }??.last
  }

  /// The numbers of bars: the value of the cursor's column, or the last one, and the least and the greatest.
  static func numbers(
    of extents: [Extent?], unit: MetricUnit, prefix: String = "", _ rect: Rect, _ canvas: inout Canvas,
    role: (Double?) -> Role
  ) {
    let known = extents.compactMap { $0 }
    let shown = value(of: extents, canvas)
    let bounds = known.isEmpty ? nil : (known.map(\.minimum).min() ?? 0, known.map(\.maximum).max() ?? 0)
    numbers(value: shown, bounds: bounds, unit: unit, prefix: prefix, role: role(shown), rect, &canvas)
  }

  /// One number right-aligned; on a wide screen the smallest and largest too.
  static func numbers(
    value: Double?, bounds: (Double, Double)?, unit: MetricUnit, prefix: String = "", role: Role, _ rect: Rect,
    _ canvas: inout Canvas
  ) {
    let start = canvas.layout.axisColumn + canvas.layout.axisColumns
    var text = value.map { unit.text($0) } ?? ""
    // Without colours a letter says that a threshold is passed.
    if !canvas.hasColours, role == .panelOver || role == .panelWarn { text = (role == .panelOver ? "E " : "W ") + text }
    if !text.isEmpty, text.utf8.count + prefix.utf8.count <= 9 { text = prefix + text }
    canvas.putRight(canvas.fitted(text, 9), role, endColumn: start + 10, row: rect.row)
    guard canvas.layout.numberColumns > 10, let bounds else { return }
    let range = canvas.fitted(unit.text(from: bounds.0, to: bounds.1), canvas.layout.numberColumns - 12)
    canvas.putRight(range, .dim, endColumn: start + canvas.layout.numberColumns - 1, row: rect.row)
  }
  /// What the number is of, below it.
  static func underNumber(_ text: String, _ rect: Rect, _ canvas: inout Canvas) {
    let end = canvas.layout.axisColumn + canvas.layout.axisColumns + 10
    canvas.putRight(canvas.fitted(text, 9), .dim, endColumn: end, row: rect.row + 1)
  }

  /// What the heights of a panel of three rows or more mean, under its title.
  static func labels(_ scale: PanelScale, _ unit: MetricUnit, _ rect: Rect, _ canvas: inout Canvas) {
    guard rect.size.rows >= 3, scale.top > scale.bottom else { return }
    func label(_ share: Double, row: Int) {
      let text = canvas.fitted(unit.text(scale.value(at: share)), canvas.layout.titleColumns - 2)
      canvas.putRight(text, .dim, endColumn: canvas.layout.axisColumn - 1, row: row)
    }
    label(0, row: rect.endRow - 1)
    if rect.size.rows >= 5 { label(0.5, row: rect.row + rect.size.rows / 2) }
  }
}
