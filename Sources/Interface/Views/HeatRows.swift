import Drawing
import Metrics
import Series

/// Below a panel of a histogram: a row for each bucket, the darker the more fell into it.
enum HeatRows {
  static func draw(_ heat: Heat, _ panel: PanelState, _ rect: Rect, _ canvas: inout Canvas) {
    guard let axis = canvas.state.axis, rect.size.rows > 0 else { return }
    let rows = heat.rows(axis, canvas.layout.axisColumns, rows: rect.size.rows)
    let most = rows.flatMap { $0.values.compactMap(\.self) }.max() ?? 0
    for (number, row) in rows.reversed().enumerated() {
      let at = Rect(column: 0, row: rect.row + number, columns: rect.size.columns, rows: 1)
      SeriesRows.title(bound(row.bound, of: rows.map(\.bound), canvas.glyphs), at, &canvas)
      for (index, value) in row.values.enumerated() {
        guard let value, let glyph = canvas.glyphs.shade(value, most: most) else { continue }
        canvas.put(glyph, .panelSpark, column: canvas.layout.axisColumn + index, row: at.row)
      }
      let extents = row.values.map { $0.map { Extent(minimum: $0, maximum: $0, last: $0) } }
      PanelFrame.numbers(of: extents, unit: panel.unit, at, &canvas) { _ in .dim }
    }
  }

  private static func bound(_ bound: Double, of bounds: [Double], _ glyphs: GlyphSet) -> String {
    // The values are counts a second; what the bounds measure is not told, so they stand as numbers.
    if bound.isFinite { return (glyphs == .unicode ? "≤ " : "<= ") + MetricUnit.number.text(bound) }
    let last = bounds.last { $0.isFinite }
    return "> " + MetricUnit.number.text(last ?? 0)
  }
}

extension GlyphSet {
  /// A shade for `value` between nothing and `most`; nil for nothing.
  func shade(_ value: Double, most: Double) -> String? {
    guard value > 0, most > 0 else { return nil }
    let shades = self == .unicode ? ["░", "▒", "▓", "█"] : [".", ":", "*", "#"]
    return shades[min(3, Int(value / most * 4))]
  }
}
