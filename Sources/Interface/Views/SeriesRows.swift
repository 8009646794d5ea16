import Analysis
import Drawing
import Metrics
import Series
import Themes

/// Below a panel: a row for each of its series, the greatest first.
enum SeriesRows {
  static func draw(_ panel: PanelState, _ scale: PanelScale, _ rect: Rect, _ canvas: inout Canvas) {
    guard let axis = canvas.state.axis, rect.size.rows > 0 else { return }
    let columns = canvas.layout.axisColumns
    let names = SeriesNames.distinguishing(panel.series)
    var rows = zip(panel.series, names).map { series, name in
      let extents = PanelColumns.downsample(series, from: axis.from, to: axis.to, columns: columns)
      return (name: name, extents: extents, top: extents.compactMap { $0?.maximum }.max() ?? -.infinity)
    }
    rows.sort { ($1.top, $0.name) < ($0.top, $1.name) }
    // What a sum is drawn by would flatten its parts.
    let greatest = rows.map(\.top).max() ?? 0
    var scale = scale
    if panel.specification.maximum == nil, !canvas.state.panels.sharesScale, greatest > 0 { scale.top = greatest }
    let room = rect.size.rows
    let shown = rows.count > room ? rows.prefix(room - 1) : rows.prefix(room)
    for (place, row) in shown.enumerated() {
      let at = Rect(column: 0, row: rect.row + place, columns: rect.size.columns, rows: 1)
      title(row.name, at, &canvas)
      PanelBars.draw(row.extents, scale, at, &canvas) { PanelsView.role(of: $0, panel.specification) }
      PanelFrame.numbers(of: row.extents, unit: panel.unit, at, &canvas) { _ in .dim }
    }
    if rows.count > room {
      let rest = max(rows.count, panel.seriesCount) - shown.count
      canvas.put("+\(rest) more", .dim, column: canvas.layout.axisColumn, row: rect.endRow - 1)
    }
  }

  /// What a row is of, set in below the panel's title.
  static func title(_ text: String, _ rect: Rect, _ canvas: inout Canvas) {
    canvas.put(canvas.fitted(text, canvas.layout.titleColumns - 4), .dim, column: 3, row: rect.row)
  }
}
