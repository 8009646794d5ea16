import Metrics
import Quantities
import QueryLanguage
import Timelines

/// The panels, the volume and the time axis.
extension State {
  /// Asks for what the axis shows now, if it is not what was asked for last.
  mutating func refreshAxis() -> [Effect] {
    guard let axis else { return [] }
    var effects: [Effect] = []
    let columns = layout.axisColumns
    guard columns > 0 else { return [] }
    let view = PanelView(axis: axis, columns: columns, isFollowing: follow.isFollowing && summary.isLive)
    if !panels.specifications.isEmpty || !panels.panels.isEmpty, view != panels.requestedView {
      panels.requestedView = view
      effects.append(.setPanelView(view))
    }
    return effects + countVolume(axis, columns: columns) + refreshLogPanels() + refreshAnomalies()
  }

  /// One count at a time: while one is under way, the next waits for its answer.
  private mutating func countVolume(_ axis: TimeAxis, columns: Int) -> [Effect] {
    let request = VolumeRequest(view: view.id, axis: axis, columns: columns)
    guard request != panels.requestedVolume, panels.volume?.request == panels.requestedVolume else { return [] }
    panels.requestedVolume = request
    return [.countVolume(request)]
  }

  mutating func take(_ volume: Volume) -> [Effect] {
    guard volume.request == panels.requestedVolume else { return [] }
    panels.volume = volume
    return refreshAxis() + anomaliesChanged()
  }

  mutating func takePanels(_ states: [PanelState]) -> [Effect] {
    panels.metrics = states
    let specifications = states.map(\.specification)
    // The hub may show panels of its own choice where none were asked for.
    if panels.specifications.isEmpty, !specifications.isEmpty {
      panels.specifications = specifications
      panels.areDefaults = true
      arrangePanels()
      keepCursorVisible()
      return refreshAxis() + anomaliesChanged()
    }
    arrangePanels()
    return anomaliesChanged()
  }

  /// The instant that the axis marks: the slice under the cursor of a result, else the time of the record under that of the log.
  public var axisTime: Timestamp? {
    // The first slice may begin before the axis does.
    resultTime.map { time in axis.map { max(time, $0.from) } ?? time } ?? log.cursorRow?.time
  }

  /// The instant that panels mark: that of the record under the cursor; nil while following live records.
  public var markedTime: Timestamp? {
    guard let row = log.cursorRow, summary.status(of: row.source)?.hasTimes ?? true else { return nil }
    return row.time
  }

  /// The column of the axis that is marked.
  public var markedColumn: Int? {
    guard let axis, let time = markedTime else { return nil }
    return axis.column(of: time, columns: layout.axisColumns)
  }

  // MARK: Keys

  mutating func focusPanels() -> [Effect] {
    if focusedPane == .panels {
      focusedPane = .log
      return []
    }
    panels.isHidden = false
    focusedPane = .panels
    panels.selected = min(panels.selected, panels.specifications.count)
    if panels.specifications.isEmpty {
      let how =
        settings.metricSources.isEmpty
        ? "no panels: --prometheus URL names a server, a adds a panel" : "no panels yet: a adds one"
      say(how)
    }
    keepCursorVisible()
    return refreshAxis() + refill()
  }

  mutating func hidePanels() -> [Effect] {
    panels.isHidden.toggle()
    if panels.isHidden, focusedPane == .panels { focusedPane = .log }
    keepCursorVisible()
    say(panels.isHidden ? "panels hidden" : "panels shown")
    return refreshAxis() + refill()
  }

  mutating func performInPanels(_ action: Action, count: Int?) -> [Effect]? {
    let times = max(1, min(count ?? 1, 1 << 20))
    switch action {
    case .earlier: return moveInTime(by: -times)
    case .later: return moveInTime(by: times)
    case .down: selectPanel(by: times)
    case .up: selectPanel(by: -times)
    case .first: return axis.map { jump(.time($0.from)) } ?? []
    case .last: return resumeFollowing()
    case .addPanel: return open(.panel)
    case .editPanel:
      guard let index = selectedPanel else { return say("select a panel first; a adds one") }
      let effects = open(.panel, text: panels.specifications[index].text)
      prompt?.editedPanel = index
      showProblem(ofPanel: index)
      return effects
    case .removePanel:
      guard let index = selectedPanel else { return say("select a panel first") }
      let title = panels.specifications[index].title
      panels.specifications.remove(at: index)
      panels.selected = min(panels.selected, panels.specifications.count)
      say("panel \(title) removed")
      return panelsChanged()
    case .growPanel: return changeLook { $0.rows = min(PanelLook.mostRows, $0.rows + times) }
    case .shrinkPanel: return changeLook { $0.rows = max(1, $0.rows - times) }
    case .panelSeries: return changeLook { $0.showsSeries.toggle() }
    case .panelStyle: return changeStyle()
    case .lockScale: return lockScale()
    case .panelScale: return changeLook { $0.isLogarithmic.toggle() }
    case .sharedScale: return shareScale()
    case .fillScreen: return fillScreen()
    case .movePanelDown: return movePanel(by: times)
    case .movePanelUp: return movePanel(by: -times)
    case .hidePanel: return hidePanel()
    case .showHiddenPanels: return showHiddenPanels()
    case .showTrace: return showTrace()
    case .toggleAlerts: return toggleAlerts()
    case .savePanels: return open(.command, text: "save-panels " + (panels.setName ?? ""))
    case .panEarlier: return pan(by: -times)
    case .panLater: return pan(by: times)
    case .wholeAxis: return showWholeAxis()
    case .beginSpan: return beginSpan()
    case .takeSpan: return takeSpan()
    case .stepOut:
      if let effects = dropSpan() { return effects }
      panels.fillsScreen = false
      focusedPane = .log
      keepCursorVisible()
    default: return nil
    }
    return []
  }

  /// The index of the selected panel; nil on the volume.
  var selectedPanel: Int? {
    let index = panels.selected - 1
    return panels.specifications.indices.contains(index) ? index : nil
  }

  /// Moves by columns of the axis; the log goes to the record at that time.
  private mutating func moveInTime(by columns: Int) -> [Effect] {
    if options.span != nil { return moveSpanEdge(by: columns) }
    if chartTime != nil { return moveAlongChart(by: columns) }
    guard let axis, layout.axisColumns > 0 else { return say("there are no times") }
    let width = layout.axisColumns
    var current = markedColumn ?? (columns < 0 ? width : -1)
    // One under way is not forgotten: the next step starts from where it goes.
    if case .column(let column, width, axis, _)? = log.pending?.anchor { current = column }
    let (target, overflow) = current.addingReportingOverflow(columns)
    guard !overflow else { return [] }
    return goTo(column: target, of: axis, width: width, forward: columns > 0)
  }

  /// Goes to the first record in a column of the axis; beyond the ends of a part of it, which then goes along.
  mutating func goTo(column: Int, of axis: TimeAxis, width: Int, forward: Bool = true) -> [Effect] {
    pause()
    let columns = options.zoom == nil ? 0...width - 1 : -(1 << 20)...1 << 20
    let column = min(max(columns.lowerBound, column), columns.upperBound)
    return request(.column(column, of: width, axis: axis, forward: forward), movesCursor: true)
  }

  /// Takes panels in place of those shown.
  mutating func takePanels(_ specifications: [PanelSpecification]) -> [Effect] {
    panels.specifications = specifications
    panels.areDefaults = false
    panels.requestedView = nil
    arrangePanels()
    keepCursorVisible()
    return [.setPanels(specifications)]
  }

  mutating func panelsChanged() -> [Effect] {
    panels.areDefaults = false
    arrangePanels()
    keepCursorVisible()
    panels.requestedView = nil
    noteChangedPanels()
    return [.setPanels(panels.specifications), .savePanels(panels.specifications)] + refreshAxis() + refill()
  }

  /// Adds the panel typed, or puts it in place of the one edited; nil if the text is none.
  mutating func enterPanel(_ text: String, replacing index: Int?) -> [Effect] {
    let specification: PanelSpecification
    do {
      specification = try PanelSpecification(parsing: text)
    } catch {
      return say(error.message, .error)
    }
    if specification.asksLogs {
      do { _ = try QueryParser.parse(specification.expression) } catch { return say(error.sentence, .error) }
    }
    if let index, panels.specifications.indices.contains(index) {
      // Unit, thresholds and source are not in the text; they stay.
      panels.specifications[index].title = specification.title
      panels.specifications[index].expression = specification.expression
    } else {
      panels.specifications.append(specification)
      panels.selected = panels.specifications.count
    }
    panels.isHidden = false
    return panelsChanged()
  }
}
