import Drawing
import Metrics
import Quantities
import Series
import Themes

/// The panels: one row each, on the time axis of the log.
enum PanelsView {
  static func draw(on canvas: inout Canvas) {
    for row in canvas.layout.panels {
      let specification = canvas.state.panels.specifications[row.index]
      let isSelected = canvas.state.focusedPane == .panels && canvas.state.panels.selected == row.index + 1
      PanelFrame.title(specification.title, isSelected: isSelected, row.rect, &canvas)
      let panels = canvas.state.panels.panels
      guard panels.indices.contains(row.index) else {
        notice("loading", .dim, row.rect, &canvas)
        continue
      }
      draw(panels[row.index], row.rect, &canvas)
    }
  }

  private static func draw(_ panel: PanelState, _ rect: Rect, _ canvas: inout Canvas) {
    let extents = self.extents(of: panel, canvas)
    let specification = panel.specification
    let known = extents.compactMap { $0 }
    let top = specification.maximum ?? known.map(\.maximum).max() ?? 0
    for (index, extent) in extents.enumerated() {
      guard let extent else { continue }
      let role = panel.isStale ? Role.panelStale : Self.role(of: extent.maximum, specification)
      canvas.put(
        canvas.glyphs.block(extent.maximum, top: top), role, column: canvas.layout.axisColumn + index, row: rect.row)
    }
    ExemplarsView.draw(specification, rect, &canvas)
    PanelFrame.anomalies(of: .panel(specification), rect, &canvas)
    PanelFrame.cursor(rect, &canvas)
    let value = PanelFrame.valueColumn(canvas).map { extents.indices.contains($0) ? extents[$0]?.last : nil }
    let shown = value ?? known.last?.last
    let bounds = known.isEmpty ? nil : (known.map(\.minimum).min() ?? 0, known.map(\.maximum).max() ?? 0)
    let kind = shown.map { Self.role(of: $0, specification) } ?? .panelNumber
    let numberRole = panel.isStale ? Role.panelStale : kind == .panelSpark ? .panelNumber : kind
    PanelFrame.numbers(value: shown, bounds: bounds, unit: panel.unit, role: numberRole, rect, &canvas)
    status(of: panel, rect, &canvas)
  }

  private static func extents(of panel: PanelState, _ canvas: Canvas) -> [Extent?] {
    guard let axis = canvas.state.axis, let series = panel.drawn else { return [] }
    return PanelColumns.downsample(series, from: axis.from, to: axis.to, columns: canvas.layout.axisColumns)
  }

  private static func role(of value: Double, _ specification: PanelSpecification) -> Role {
    if let limit = specification.error, value >= limit { return .panelOver }
    if let limit = specification.warn, value >= limit { return .panelWarn }
    return .panelSpark
  }

  // MARK: States

  private static func status(of panel: PanelState, _ rect: Rect, _ canvas: inout Canvas) {
    let hasBars = panel.drawn.map { !$0.samples.isEmpty } ?? false
    switch panel.status {
    case .fresh: break
    case .loading: if !hasBars { notice("loading", .dim, rect, &canvas) }
    case .empty(let reason): notice(reason, .dim, rect, &canvas)
    case .failed(let message, _): notice(message, .panelFault, isOverBars: hasBars, rect, &canvas)
    case .stale(let since, let reason, let nextTry):
      let text = staleText(canvas.state.now, since, reason, nextTry)
      notice(text, .panelFault, isOverBars: hasBars, rect, &canvas)
    }
  }

  private static func staleText(_ now: Timestamp, _ since: Timestamp, _ reason: String, _ next: Timestamp?) -> String {
    let age = TimeText.relative(since - now).dropFirst()
    let retry = next.map { "; next try in \(max(0, ($0 - now).nanoseconds / 1_000_000_000))s" } ?? "; trying again"
    return "\(reason), for \(age)\(retry)"
  }

  /// A sentence in the place of the bars or, over bars, at their right end, where the newest data would be.
  private static func notice(
    _ text: String, _ role: Role, isOverBars: Bool = false, _ rect: Rect, _ canvas: inout Canvas
  ) {
    let room = canvas.layout.axisColumns
    let shown = canvas.fitted(text, max(0, room - 2))
    let columns = CharacterWidth.columns(of: shown)
    if isOverBars {
      canvas.put(" \(shown) ", role, column: canvas.layout.axisColumn + room - columns - 2, row: rect.row)
    } else {
      canvas.put(shown, role, column: canvas.layout.axisColumn, row: rect.row)
    }
  }
}
