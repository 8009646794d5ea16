import Analysis
import Drawing
import Series
import Themes

/// Bars over the time axis, one row high or several.
enum PanelBars {
  /// Draws bars; `role` colours a column by its greatest value.
  static func draw(
    _ extents: [Extent?], _ scale: PanelScale, _ rect: Rect, _ canvas: inout Canvas, role: (Double) -> Role
  ) {
    for (index, extent) in extents.enumerated() {
      guard let extent else { continue }
      let column = canvas.layout.axisColumn + index
      let role = role(extent.maximum)
      if rect.size.rows == 1 {
        let share = extent.maximum == .infinity ? 1 : scale.share(extent.maximum)
        canvas.put(canvas.glyphs.block(share, top: 1), role, column: column, row: rect.row)
      } else {
        tall(extent.maximum, scale, role, column: column, rect, &canvas)
      }
    }
    if rect.size.rows >= 3 { labels(scale, rect, &canvas) }
  }

  private static func tall(
    _ value: Double, _ scale: PanelScale, _ role: Role, column: Int, _ rect: Rect, _ canvas: inout Canvas
  ) {
    // One step stays empty, so that the highest bar does not touch what lies above it.
    let steps = rect.size.rows * 8 - 1
    let share = value == .infinity ? 1 : scale.share(value)
    let level = share > 0 ? max(2, Int((share * Double(steps)).rounded())) : 1
    for row in 0..<rect.size.rows {
      let eighths = min(8, level - row * 8)
      if eighths > 0 {
        canvas.put(canvas.glyphs.blocks[eighths - 1], role, column: column, row: rect.endRow - 1 - row)
      }
    }
  }

  /// What the heights mean, under the title.
  private static func labels(_ scale: PanelScale, _ rect: Rect, _ canvas: inout Canvas) {
    let unit = canvas.unit(ofPanelAt: rect.row)
    func label(_ share: Double, row: Int) {
      let value = share == 0 ? scale.low ?? 0 : scale.value(at: share)
      let text = canvas.fitted(unit.text(value), canvas.layout.titleColumns - 2)
      canvas.putRight(text, .dim, endColumn: canvas.layout.axisColumn - 1, row: row)
    }
    label(0, row: rect.endRow - 1)
    if rect.size.rows >= 5 { label(0.5, row: rect.row + rect.size.rows / 2) }
  }
}

extension Canvas {
  /// The unit of the panel that begins at a row.
  func unit(ofPanelAt row: Int) -> MetricUnit {
    guard let index = layout.panels.first(where: { $0.rect.row == row })?.index,
      state.panels.panels.indices.contains(index)
    else { return .number }
    return state.panels.panels[index].unit
  }
}
