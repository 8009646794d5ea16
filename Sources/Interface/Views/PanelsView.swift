import Analysis
import Drawing
import Metrics
import Quantities
import Series
import Themes

/// The panels on the time axis of the log: bars, and below them rows of their series where those are asked for.
enum PanelsView {
  static func draw(on canvas: inout Canvas) {
    let tops = sharedTops(canvas)
    for row in canvas.layout.panels {
      let specification = canvas.state.panels.specifications[row.index]
      let isSelected = canvas.state.focusedPane == .panels && canvas.state.panels.selected == row.index + 1
      PanelFrame.title(specification.title, isSelected: isSelected, row.rect, &canvas)
      let panels = canvas.state.panels.panels
      guard panels.indices.contains(row.index) else {
        notice("loading", .dim, row.rect, &canvas)
        continue
      }
      let panel = panels[row.index]
      draw(panel, specification.look, sharedTop: tops[panel.unit], row.rect, &canvas)
    }
  }

  private static func draw(
    _ panel: PanelState, _ look: PanelLook, sharedTop: Double?, _ rect: Rect, _ canvas: inout Canvas
  ) {
    let heat = Heat(panel.series)
    let extents = self.extents(of: heat?.total ?? panel.drawn, canvas)
    let specification = panel.specification
    let known = extents.compactMap { $0 }
    let (bars, below) = split(panel, look, rect, canvas)
    let top = specification.maximum ?? sharedTop ?? known.map(\.maximum).max() ?? 0
    let scale = PanelScale(top: top, isLogarithmic: look.isLogarithmic, extents: known)
    PanelBars.draw(extents, scale, bars, &canvas) { value in
      panel.isStale ? .panelStale : role(of: value, specification)
    }
    if let heat { HeatRows.draw(heat, panel, below, &canvas) } else { SeriesRows.draw(panel, scale, below, &canvas) }
    ExemplarsView.draw(specification, bars, &canvas)
    PanelFrame.anomalies(of: .panel(specification), bars, &canvas)
    PanelFrame.cursor(rect, &canvas)
    PanelFrame.numbers(of: extents, unit: panel.unit, bars, &canvas) { value in
      if panel.isStale { return .panelStale }
      let kind = value.map { Self.role(of: $0, specification) } ?? .panelNumber
      return kind == .panelSpark ? .panelNumber : kind
    }
    status(of: panel, bars, &canvas)
  }

  /// The rows of the bars, and those of the series below.
  private static func split(
    _ panel: PanelState, _ look: PanelLook, _ rect: Rect, _ canvas: Canvas
  ) -> (bars: Rect, below: Rect) {
    var below = 0
    if look.showsSeries, panel.series.count > 1 {
      let wanted = canvas.state.panels.fillsScreen ? rect.size.rows / 2 : rect.size.rows - 1
      below = max(0, min(min(panel.series.count, wanted), rect.size.rows - 1))
      if !canvas.state.panels.fillsScreen { below = min(below, State.mostSeriesRows) }
    }
    let bars = Rect(column: 0, row: rect.row, columns: rect.size.columns, rows: rect.size.rows - below)
    return (bars, Rect(column: 0, row: bars.endRow, columns: rect.size.columns, rows: below))
  }

  /// The greatest value shown of all panels of a unit, where they share a scale; nothing where each has its own.
  private static func sharedTops(_ canvas: Canvas) -> [MetricUnit: Double] {
    guard canvas.state.panels.sharesScale else { return [:] }
    var tops: [MetricUnit: Double] = [:]
    for panel in canvas.state.panels.panels {
      let extents = extents(of: Heat(panel.series)?.total ?? panel.drawn, canvas)
      guard let top = extents.compactMap({ $0?.maximum }).max() else { continue }
      tops[panel.unit] = max(tops[panel.unit] ?? top, top)
    }
    return tops
  }

  private static func extents(of series: TimeSeries?, _ canvas: Canvas) -> [Extent?] {
    guard let axis = canvas.state.axis, let series else { return [] }
    return PanelColumns.downsample(series, from: axis.from, to: axis.to, columns: canvas.layout.axisColumns)
  }

  /// The colour of a value by the panel's thresholds.
  static func role(of value: Double, _ specification: PanelSpecification) -> Role {
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
