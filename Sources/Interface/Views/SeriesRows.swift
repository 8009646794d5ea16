import Analysis
import Drawing
import Metrics
import Series
import Themes

/// Below a panel: a row for each of its series, the greatest first; those without room are one row together.
enum SeriesRows {
  private struct Row {
    var name: String
    var series: TimeSeries
    var extents: [Extent?]
    var top: Double
  }

  static func draw(
    _ panel: PanelState, _ specification: PanelSpecification, _ picture: PanelPicture, _ scale: PanelScale,
    _ rect: Rect,
    _ canvas: inout Canvas
  ) {
    guard let axis = canvas.state.axis, rect.size.rows > 0 else { return }
    func extents(_ series: TimeSeries) -> [Extent?] {
      PanelColumns.downsample(series, from: axis.from, to: axis.to, columns: canvas.layout.axisColumns)
    }
    var rows = zip(panel.series, SeriesNames.distinguishing(panel.series)).map { series, name in
      let extents = extents(series)
      return Row(
        name: name, series: series, extents: extents, top: extents.compactMap { $0?.maximum }.max() ?? -.infinity)
    }
    rows.sort { ($1.top, $0.name) < ($0.top, $1.name) }
    // What a sum is drawn by would flatten its parts.
    let greatest = rows.map(\.top).max() ?? 0
    var scale = scale
    if specification.maximum == nil, !canvas.state.panels.sharesScale, greatest > 0 { scale.top = greatest }
    let isMore = rows.count > rect.size.rows || panel.others != nil
    let shown = rows.prefix(isMore ? rect.size.rows - 1 : rect.size.rows)
    for (place, row) in shown.enumerated() {
      let at = Rect(column: 0, row: rect.row + place, columns: rect.size.columns, rows: 1)
      title(row.name, line: picture.lines.firstIndex { $0.name == row.name }, at, &canvas)
      bars(row.extents, panel, specification, scale, at, &canvas)
    }
    guard isMore else { return }
    let at = Rect(column: 0, row: rect.row + shown.count, columns: rect.size.columns, rows: 1)
    title(SeriesNames.rest(of: panel, shown: shown.count), at, &canvas)
    let rest = rows.dropFirst(shown.count).map(\.series) + (panel.others.map { [$0] } ?? [])
    guard let together = panel.combination.combined(rest) else { return }
    bars(extents(together), panel, specification, scale, at, &canvas)
  }

  private static func bars(
    _ extents: [Extent?], _ panel: PanelState, _ specification: PanelSpecification, _ scale: PanelScale, _ rect: Rect,
    _ canvas: inout Canvas
  ) {
    PanelBars.draw(extents, scale, panel.unit, rect, &canvas) { value in
      panel.isStale ? .panelStale : PanelsView.role(of: value, specification)
    }
    PanelFrame.numbers(of: extents, unit: panel.unit, rect, &canvas) { _ in .dim }
  }

  /// What a row is of, set in below the panel's title, with the sign of its line where it has one.
  static func title(_ text: String, line: Int? = nil, _ rect: Rect, _ canvas: inout Canvas) {
    if let line { canvas.put(canvas.seriesMark(line), .source(line), column: 1, row: rect.row) }
    canvas.put(canvas.fitted(text, canvas.layout.titleColumns - 4), .dim, column: 3, row: rect.row)
  }
}
