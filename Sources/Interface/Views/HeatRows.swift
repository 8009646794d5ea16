import Drawing
import Metrics
import Series

/// A histogram: rows of its buckets, the darker the more fell into them.
enum HeatRows {
  /// A row for each bucket below the panel, as far as there is room.
  static func draw(_ heat: Heat, _ panel: PanelState, _ rect: Rect, _ canvas: inout Canvas) {
    let rows = shades(heat, rect, isStale: panel.isStale, &canvas)
    for (number, row) in rows.enumerated() {
      let at = Rect(column: 0, row: foot(of: number, rows.count, rect), columns: rect.size.columns, rows: 1)
      SeriesRows.title(bound(row.bound, of: rows.map(\.bound), panel.boundUnit, canvas.glyphs), at, &canvas)
      let extents = row.values.map { $0.map { Extent(minimum: $0, maximum: $0, last: $0) } }
      PanelFrame.numbers(of: extents, unit: panel.unit, at, &canvas) { _ in .dim }
    }
  }

  /// The picture of the panel itself; the bounds of its buckets stand under its title.
  static func cells(_ heat: Heat, _ unit: MetricUnit, _ rect: Rect, isStale: Bool, _ canvas: inout Canvas) {
    let rows = shades(heat, rect, isStale: isStale, &canvas)
    guard rect.size.rows >= 3 else { return }
    for (number, row) in rows.enumerated() {
      let foot = foot(of: number, rows.count, rect)
      guard foot > rect.row else { continue }
      let text = bound(row.bound, of: rows.map(\.bound), unit, canvas.glyphs)
      canvas.putRight(
        canvas.fitted(text, canvas.layout.titleColumns - 2), .dim, endColumn: canvas.layout.axisColumn - 1,
        row: foot)
    }
  }

  /// Rows of the screen that a bucket takes: they share the room.
  private static func height(_ count: Int, _ rect: Rect) -> Int { max(1, rect.size.rows / max(1, count)) }

  /// The lowest row of bucket `number`, counted from the lowest.
  private static func foot(of number: Int, _ count: Int, _ rect: Rect) -> Int {
    rect.endRow - 1 - number * height(count, rect)
  }

  private static func shades(
    _ heat: Heat, _ rect: Rect, isStale: Bool, _ canvas: inout Canvas
  ) -> [(bound: Double, values: [Double?])] {
    guard let axis = canvas.state.axis, rect.size.rows > 0 else { return [] }
    let rows = heat.rows(axis, canvas.layout.axisColumns, rows: rect.size.rows)
    let most = rows.flatMap { $0.values.compactMap(\.self) }.max() ?? 0
    for (number, row) in rows.enumerated() {
      let foot = foot(of: number, rows.count, rect)
      for (index, value) in row.values.enumerated() {
        guard let value, let glyph = canvas.glyphs.shade(value, most: most) else { continue }
        for row in max(rect.row, foot - height(rows.count, rect) + 1)...foot {
          canvas.put(
            glyph, isStale ? .panelStale : .panelSpark, column: canvas.layout.axisColumn + index, row: row)
        }
      }
    }
    return rows
  }

  private static func bound(_ bound: Double, of bounds: [Double], _ unit: MetricUnit, _ glyphs: GlyphSet) -> String {
    if bound.isFinite { return (glyphs == .unicode ? "≤ " : "<= ") + unit.text(bound) }
    return "> " + unit.text(bounds.last { $0.isFinite } ?? 0)
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
