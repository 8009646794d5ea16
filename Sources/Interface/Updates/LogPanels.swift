import Metrics
import Quantities
import QueryLanguage

/// Panels that show series made from the logs.
extension State {
  /// Puts panels of both kinds in the order of the specifications.
  mutating func arrangePanels() {
    let metrics = Dictionary(panels.metrics.map { ($0.specification, $0) }, uniquingKeysWith: { first, _ in first })
    panels.panels = panels.specifications.map { specification in
      if specification.asksLogs {
        return panels.logs[specification]?.state ?? PanelState(specification: specification)
      }
      return metrics[specification] ?? PanelState(specification: specification)
    }
    let wanted = Set(panels.specifications)
    panels.logs = panels.logs.filter { wanted.contains($0.key) }
  }

  /// Asks the logs for panels that have nothing yet, whose axis has changed, or whose records have.
  mutating func refreshLogPanels() -> [Effect] {
    guard !panels.isHidden else { return [] }
    guard let span = view.span, let slice = logPanelSlice else {
      for index in panels.panels.indices where panels.panels[index].specification.asksLogs && view.totalCount > 0 {
        if view.span == nil { panels.panels[index].status = .empty(reason: "the logs have no times") }
      }
      return []
    }
    var effects: [Effect] = []
    for specification in panels.specifications where specification.asksLogs {
      var panel = panels.logs[specification] ?? LogPanel(state: PanelState(specification: specification))
      let isNew = panel.request.map { isOther($0, slice: slice) } ?? true
      guard !panel.isRunning, isNew || panel.isOutdated, panel.isDue(at: now) else { continue }
      panels.logRequestCount += 1
      let request = LogPanelRequest(
        id: panels.logRequestCount, specification: specification, context: queryContext, hidden: options.hidden,
        span: span, part: zoomedPart, slice: slice, sent: now)
      panel.request = request
      panel.isRunning = true
      panel.isOutdated = false
      panels.logs[specification] = panel
      effects.append(.askLogs(request))
    }
    return effects
  }

  mutating func take(_ answer: LogPanelAnswer) -> [Effect] {
    let specification = answer.panel.specification
    guard var panel = panels.logs[specification], panel.request?.id == answer.id else { return [] }
    panel.isRunning = false
    panel.finished = now
    panel.duration = now - (panel.request?.sent ?? now)
    panel.state = answer.panel
    if case .fresh = answer.panel.status { panel.state.status = .fresh(now) }
    panels.logs[specification] = panel
    arrangePanels()
    return refreshLogPanels() + anomaliesChanged()
  }

  /// The next moment at which a panel may be asked again.
  var nextLogPanel: Timestamp? {
    guard !panels.isHidden, !panels.logs.isEmpty, let slice = logPanelSlice else { return nil }
    return panels.logs.values.filter {
      !$0.isRunning && ($0.isOutdated || $0.request.map { isOther($0, slice: slice) } ?? true)
    }.compactMap(\.nextRun).min()
  }

  /// The part of time that panels ask for: nil asks for all. A width more on both sides, so that moving on a little shows at
  /// once what is there; in steps of half a width, so that following does not ask at each column.
  private var zoomedPart: TimeAxis? {
    guard options.zoom != nil, let axis else { return nil }
    let half = max(1, axis.span.nanoseconds / 2)
    let from = axis.from.floored(to: half) - axis.span
    return TimeAxis(from: from, to: from + .nanoseconds(half * 7))
  }

  /// Whether a panel would be asked something else now than it was.
  private func isOther(_ request: LogPanelRequest, slice: TimeSpan) -> Bool {
    request.slice != slice || request.hidden != options.hidden || request.part != zoomedPart
  }

  /// About a column of the axis, in a round number; nil without an axis.
  private var logPanelSlice: TimeSpan? {
    guard let axis, layout.axisColumns > 0 else { return nil }
    let columns = Int64(max(8, layout.axisColumns))
    return .nanoseconds(TimeAxis.step(atLeast: (axis.to - axis.from).nanoseconds / columns))
  }

  // MARK: Pinning

  /// Keeps the result's series as a panel; `title` as the query gives it, else the query itself.
  mutating func pin(title: String?) -> [Effect] {
    guard showsResult, let query = Self.panelQuery(options.query) else { return say("there is nothing to pin") }
    let specification = PanelSpecification(title: title ?? query, expression: query)
    if panels.specifications.contains(specification) { return say("panel \(specification.title) is there already") }
    if let title, let index = panels.specifications.firstIndex(where: { $0.title == title && $0.asksLogs }) {
      panels.specifications[index] = specification
    } else {
      panels.specifications.append(specification)
    }
    panels.isHidden = false
    let effects = panelsChanged()
    say("panel \(specification.title) added; in the panels D removes it")
    return effects
  }

  /// The query without the stages that only say how it is shown; nil without others.
  static func panelQuery(_ text: String) -> String? {
    guard let tree = try? QueryParser.parse(text) else { return nil }
    let bytes = Array(text.utf8)
    let stages = tree.stages.filter { stage in
      switch stage.kind {
      case .chart, .panel: false
      default: true
      }
    }
    guard !stages.isEmpty else { return nil }
    let parts = stages.map { String(decoding: bytes[$0.range.clamped(to: 0..<bytes.count)], as: UTF8.self).trimmed }
    return ([QueryParts(text).filter] + parts).joined(separator: " | ").trimmed
  }
}
