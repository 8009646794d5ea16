import Analysis
import Drawing
import Metrics
import Quantities
import Themes

/// The panels on the time axis of the log: bars, and below them rows of their series where those are asked for.
enum PanelsView {
  static func draw(on canvas: inout Canvas) {
    let pictures = canvas.state.pictures(ofPanels: canvas.layout.panels.map(\.index))
    let tops = canvas.state.sharedTops(of: pictures)
    for row in canvas.layout.panels {
      let specification = canvas.state.panels.specifications[row.index]
      let isSelected = canvas.state.focusedPane == .panels && canvas.state.panels.selected == row.index + 1
      PanelFrame.title(specification.title, isSelected: isSelected, row.rect, &canvas)
      guard var picture = pictures[row.index] else {
        notice("loading", .dim, row.rect, &canvas)
        continue
      }
      picture.keepLines(canvas.distinctSeries)
      let panel = canvas.state.panels.panels[row.index]
      draw(picture, panel, specification, sharedTop: tops[picture.unit], row.rect, &canvas)
    }
  }

  private static func draw(
    _ picture: PanelPicture, _ panel: PanelState, _ specification: PanelSpecification, sharedTop: Double?,
    _ rect: Rect, _ canvas: inout Canvas
  ) {
    let look = specification.look
    let (own, below) = split(panel, look, rect, canvas)
    let legendRow = PanelLines.legendRow(picture, own, hasRows: below.size.rows > 0)
    let rows = own.size.rows - (legendRow == nil ? 0 : 1)
    let plot = Rect(column: own.column, row: own.endRow - rows, columns: own.size.columns, rows: rows)
    let scale = picture.scale(specification, look, sharedTop: sharedTop)
    let role: (Double) -> Role = { panel.isStale ? .panelStale : self.role(of: $0, specification) }
    switch (picture.style, picture.heat) {
    case (.line, _): PanelLines.draw(picture, scale, plot, &canvas, role: role)
    case (.heat, let heat?) where plot.size.rows > 1 && below.size.rows == 0:
      HeatRows.cells(heat, picture.unit, plot, isStale: panel.isStale, &canvas)
    default: PanelBars.draw(picture.main, scale, picture.unit, plot, &canvas, role: role)
    }
    if let heat = picture.heat {
      HeatRows.draw(heat, panel, below, &canvas)
    } else {
      SeriesRows.draw(panel, specification, picture, scale, below, &canvas)
    }
    ExemplarsView.draw(specification, plot, &canvas)
    PanelFrame.anomalies(of: .panel(specification), plot, &canvas)
    PanelFrame.cursor(rect, &canvas)
    if let legendRow { PanelLines.legend(picture, row: legendRow, &canvas) }
    PanelFrame.numbers(of: picture.main, unit: picture.unit, prefix: picture.prefix, own, &canvas) { value in
      if panel.isStale { return .panelStale }
      let kind = value.map { Self.role(of: $0, specification) } ?? .panelNumber
      return kind == .panelSpark ? .panelNumber : kind
    }
    if own.size.rows > 1, picture.heat == nil { PanelFrame.underNumber(panel.drawnLabel, own, &canvas) }
    status(of: panel, own, &canvas)
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
