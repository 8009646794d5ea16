import Drawing
import Metrics
import Quantities
import Themes

/// Alerts on the line of the time axis: a heavier line, red or amber, for as long as one fires.
enum AlertsView {
  /// Draws the line; what stands on it comes later.
  static func drawLine(_ rect: Rect, _ canvas: inout Canvas) {
    for (columns, role) in spans(canvas) {
      let line = String(repeating: canvas.glyphs.alertLine, count: columns.count)
      canvas.put(line, role, column: canvas.layout.axisColumn + columns.lowerBound, row: rect.row)
    }
  }

  /// Colours the times that stand on the line of an alert.
  static func colourLabels(_ rect: Rect, _ canvas: inout Canvas) {
    for (columns, role) in spans(canvas) {
      let start = canvas.layout.axisColumn + columns.lowerBound
      canvas.highlight(row: rect.row, column: start, columns: columns.count, role)
    }
  }

  /// Takes the colours of alerts off `columns`, where something else is drawn.
  static func clear(_ columns: Range<Int>, _ rect: Rect, _ canvas: inout Canvas) {
    for column in columns {
      canvas.surface[column: canvas.layout.axisColumn + column, row: rect.row] = Cell(style: canvas.style(.text))
    }
  }

  /// The columns of each alert; those that matter most come last, over the others.
  private static func spans(_ canvas: Canvas) -> [(Range<Int>, Role)] {
    let (marks, count) = (canvas.state.panels.alerts, canvas.layout.axisColumns)
    guard marks.isOn, let axis = canvas.state.axis, count > 0 else { return [] }
    let spans = marks.alerts.compactMap { alert -> (Range<Int>, Role)? in
      guard alert.to >= axis.from, alert.from < axis.to else { return nil }
      let first = axis.column(of: max(alert.from, axis.from), columns: count) ?? 0
      let last = axis.column(of: alert.to, columns: count) ?? count - 1
      return (first..<max(first, last) + 1, role(of: alert))
    }
    return spans.filter { $0.1 == .panelWarn } + spans.filter { $0.1 != .panelWarn }
  }

  /// What is less than a reason to be woken is amber.
  private static func role(of alert: Alert) -> Role {
    ["warning", "warn", "info", "none", "notice", "low", "ticket"].contains(alert.severity.lowercased())
      ? .panelWarn : .panelOver
  }

  /// The alerts at the cursor in words: `ManyErrors since 14:03:20 (page) +1: Slow`, and what the first is about.
  static func note(_ state: State) -> (text: String, about: String)? {
    let alerts = state.alertsAtCursor
    guard let first = alerts.first else { return nil }
    let others = Set(alerts.dropFirst().map(\.name)).sorted().joined(separator: ", ")
    let rest = others.isEmpty ? "" : "  +\(alerts.count - 1): \(others)"
    return (text(of: first, state) + rest, first.summary)
  }

  /// `ManyErrors since 14:03:20 (page)`.
  static func text(of alert: Alert, _ state: State) -> String {
    func clock(_ time: Timestamp) -> String { TimeText.clock(state.screenZone.civilTime(at: time), digits: 0) }
    let time = alert.isActive ? "since \(clock(alert.from))" : "\(clock(alert.from))-\(clock(alert.to))"
    return "\(alert.name) \(time)\(alert.severity.isEmpty ? "" : " (\(alert.severity))")"
  }
}

/// Exemplars over the panel in focus: the greatest ones, a few columns apart.
enum ExemplarsView {
  /// One mark for so many columns of the axis, so that the bars stay visible, and the columns between two of them.
  private static let (share, distance) = (12, 4)

  static func draw(_ specification: PanelSpecification, _ rect: Rect, _ canvas: inout Canvas) {
    let exemplars = canvas.state.exemplars(of: specification)
    guard let axis = canvas.state.axis, !exemplars.isEmpty else { return }
    for column in columns(exemplars, axis, canvas.layout.axisColumns) {
      put(column: canvas.layout.axisColumn + column, row: rect.row, &canvas)
    }
  }

  /// A mark; where a high bar stands it lies on the colour of the bar, which must not vanish.
  private static func put(column: Int, row: Int, _ canvas: inout Canvas) {
    let bar = canvas.surface[column: column, row: row]
    let isHigh = canvas.glyphs.blocks.firstIndex(of: bar.text) ?? 0 >= 4
    canvas.put(canvas.glyphs.exemplar, .bookmark, column: column, row: row)
    guard isHigh else { return }
    if canvas.hasColours, let colour = bar.style.foreground {
      let style = Style(foreground: canvas.style(.timeCursor).background, background: colour)
      canvas.surface.blend(style, over: Rect(column: column, row: row, columns: 1, rows: 1))
    } else {
      canvas.surface.blend(
        Style(attributes: .reverse), over: Rect(column: column, row: row, columns: 1, rows: 1))
    }
  }

  /// The columns that are marked: the greatest exemplar first, then the next one that is far enough from all before.
  static func columns(_ exemplars: [Exemplar], _ axis: TimeAxis, _ columns: Int) -> [Int] {
    var greatest: [Int: Double] = [:]
    for one in exemplars {
      if let column = axis.column(of: one.time, columns: columns) {
        greatest[column] = max(greatest[column] ?? one.value, one.value)
      }
    }
    var isNear = Set<Int>()
    var marked: [Int] = []
    let order = greatest.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    for (column, _) in order where !isNear.contains(column) && marked.count < max(1, columns / share) {
      marked.append(column)
      isNear.formUnion(column - distance + 1..<column + distance)
    }
    return marked.sorted()
  }

  /// The exemplar at the cursor in words: `◆ 482 ms trace_id=4bf9…  t its records`.
  static func note(_ canvas: Canvas) -> String? {
    guard let exemplar = canvas.state.exemplarAtCursor, let trace = exemplar.trace else { return nil }
    let unit = canvas.state.selectedPanel.flatMap { index in
      canvas.state.panels.panels.indices.contains(index) ? canvas.state.panels.panels[index].unit : nil
    }
    let isRate = unit?.isRate ?? true
    let value = isRate ? "\(Double(Int(exemplar.value * 1000)) / 1000)" : unit?.text(exemplar.value) ?? ""
    let key = HintText.label(of: .showTrace, in: .panels, canvas) ?? ""
    return "\(canvas.glyphs.exemplar) \(value) \(trace.name)=\(canvas.shortened(trace.value, 20))  \(key) its records"
  }
}
