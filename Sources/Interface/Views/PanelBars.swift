import Analysis
import Drawing
import Series
import Themes

/// Bars over the time axis, one row high or several.
enum PanelBars {
  /// Draws bars of the greatest value of each column, or of the least where the series fell for a moment; `role` colours a column by
  /// its greatest value.
  static func draw(
    _ extents: [Extent?], _ scale: PanelScale, _ unit: MetricUnit, _ rect: Rect, _ canvas: inout Canvas,
    role: (Double) -> Role
  ) {
    let dips = PanelDips(extents, bottom: scale.isLogarithmic ? 0 : scale.bottom)
    for (index, extent) in extents.enumerated() {
      guard let extent else { continue }
      let column = canvas.layout.axisColumn + index
      let role = role(extent.maximum)
      let value = dips.shown(extent)
      if rect.size.rows == 1 {
        let share = scale.share(value)
        canvas.put(canvas.glyphs.block(share, top: 1), role, column: column, row: rect.row)
      } else {
        tall(value, scale, role, column: column, rect, &canvas)
      }
    }
    PanelFrame.labels(scale, unit, rect, &canvas)
  }

  private static func tall(
    _ value: Double, _ scale: PanelScale, _ role: Role, column: Int, _ rect: Rect, _ canvas: inout Canvas
  ) {
    // One step stays empty, so that the highest bar does not touch what lies above it.
    let steps = rect.size.rows * 8 - 1
    let share = scale.share(value)
    let level = share > 0 ? max(2, Int((share * Double(steps)).rounded())) : 1
    for row in 0..<rect.size.rows {
      let eighths = min(8, level - row * 8)
      if eighths > 0 {
        canvas.put(canvas.glyphs.blocks[eighths - 1], role, column: column, row: rect.endRow - 1 - row)
      }
    }
  }
}
