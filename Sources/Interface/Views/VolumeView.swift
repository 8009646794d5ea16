import Drawing
import Records
import Series
import Themes

/// Above the panels: how many records fall into each column of the axis.
///
/// One row takes the colour of the worst level that more than a few records have; several rows are stacked by level.
enum VolumeView {
  static func draw(on canvas: inout Canvas) {
    guard let rect = canvas.layout.volume else { return }
    let state = canvas.state
    PanelFrame.title("volume", isSelected: state.focusedPane == .panels && state.panels.selected == 0, rect, &canvas)
    guard let volume = state.shownVolume else {
      canvas.put(canvas.glyphs.unknown, .dim, column: canvas.layout.axisColumn, row: rect.row)
      return
    }
    let columns = volume.columns.prefix(canvas.layout.axisColumns)
    if rect.size.rows > 1 { VolumeBars.draw(columns, rect, &canvas) } else { bars(columns, rect, &canvas) }
    PanelFrame.anomalies(of: .volume, rect, &canvas)
    PanelFrame.cursor(rect, &canvas)
    let rates = volume.columns.indices.map { volume.rate(inColumn: $0) }
    let shown = PanelFrame.valueColumn(canvas).flatMap { rates.indices.contains($0) ? rates[$0] : nil } ?? rates.last
    let unit = MetricUnit(.number, isRate: true)
    let bounds = rates.max().map { (rates.min() ?? 0, $0) }
    PanelFrame.numbers(value: shown, bounds: bounds, unit: unit, role: .panelNumber, rect, &canvas)
  }

  private static func bars(_ columns: ArraySlice<Volume.Column>, _ rect: Rect, _ canvas: inout Canvas) {
    let top = Double(columns.map(\.total).max() ?? 0)
    for (index, column) in columns.enumerated() {
      canvas.put(
        canvas.glyphs.block(Double(column.total), top: top), column.total == 0 ? .dim : role(of: column),
        column: canvas.layout.axisColumn + index, row: rect.row)
    }
  }

  /// Errors colour a column from 3% of its records on, warnings from 20%: a few of them are everyday life.
  private static func role(of column: Volume.Column) -> Role {
    func count(from level: Level) -> Int { column.counts.prefix(8).dropFirst(Int(level.rawValue)).reduce(0, +) }
    if count(from: .error) * 100 >= column.total * 3 { return .panelOver }
    return count(from: .warn) * 100 >= column.total * 20 ? .panelWarn : .volume
  }
}
