import Drawing
import LogFiles
import Quantities

/// Opening, closing and visiting panes; leaving the program.
extension State {
  /// How long `q` rests after a pane was closed, so that one press too many does not quit.
  static let closingRest = TimeSpan.milliseconds(400)

  /// The panes that `Tab` visits, from top to bottom.
  public var visiblePanes: [Pane] {
    var panes: [Pane] = []
    if layout.axis != nil { panes.append(.panels) }
    panes.append(.log)
    if detail.isOpen { panes.append(.detail) }
    if sources.isOpen { panes.append(.sources) }
    if logPane.columns.isOpen { panes.append(.columns) }
    return panes
  }

  mutating func visitPane(_ step: Int) -> [Effect] {
    let panes = visiblePanes
    guard panes.count > 1 else { return say("there is no other pane; Enter opens details, s the sources") }
    let index = panes.firstIndex(of: focusedPane) ?? 0
    focusedPane = panes[(index + step + panes.count) % panes.count]
    return []
  }

  /// Closes the topmost pane; nil if only the log is there.
  private mutating func closeTopPane() -> [Effect]? {
    var closingEffects: [Effect] = []
    if help.isOpen {
      closeHelp()
    } else if focusedPane == .columns || (logPane.columns.isOpen && focusedPane == .log) {
      closeColumnChooser()
    } else if focusedPane == .sources || (sources.isOpen && focusedPane == .log) {
      sources.isOpen = false
      focusedPane = .log
    } else if focusedPane == .detail || (detail.isOpen && focusedPane == .log) {
      detail.isOpen = false
      focusedPane = .log
    } else if focusedPane == .panels {
      focusedPane = .log
    } else if showsResult {
      closingEffects = stepOutOfResult()
    } else {
      return nil
    }
    paneClosed = now
    keepCursorVisible()
    return closingEffects + refill()
  }

  mutating func closePane() -> [Effect] {
    if let effects = closeTopPane() { return effects }
    if let closed = paneClosed, (.zero..<Self.closingRest).contains(now - closed) { return [] }
    return askToQuit()
  }

  /// Quits, unless that loses records that exist nowhere else.
  mutating func askToQuit() -> [Effect] {
    guard summary.holdsUnsavedRecords else { return [.quit] }
    let way = settings.isSecure ? "q quits, Esc stays" : "q quits, w saves, Esc stays"
    question = Question(
      .quitLosesRecords, text: "these records came through a pipe and are not saved", answers: way)
    return []
  }

  /// What an answer does; nil where `key` is none and means what it always means.
  mutating func answer(_ key: Key) -> [Effect]? {
    // While a line is typed, its keys are its own: the question waits until it is drawn.
    guard prompt == nil, let asked = question else { return nil }
    switch (asked.kind, key) {
    case (_, .escape), (_, .control("c")), (.useFolderConfiguration, .character("n")),
      (.useFolderConfiguration, .enter):
      question = nil
      return []
    case (.quitLosesRecords, .character("q")), (.quitLosesRecords, .character("Q")),
      (.quitLosesRecords, .character("y")):
      question = nil
      return [.quit]
    case (.quitLosesRecords, .character("w")) where !settings.isSecure:
      question = nil
      return open(.saveAs)
    case (.useFolderConfiguration(let path), .character("y")):
      question = nil
      return [.useFolderConfiguration(path: path)]
    case (_, .control("l")): return [.redraw]
    case (_, .control("z")): return [.suspend]
    case (.useFolderConfiguration, _):
      question = nil
      return nil
    case (.quitLosesRecords, _): return []
    }
  }

  /// Esc: one step out; never removes a filter, never quits.
  mutating func stepOut() -> [Effect] {
    if let effects = cancelOutput() { return effects }
    if selection != nil, focusedPane == .log {
      selection = nil
      return []
    }
    if focusedPane == .log, !help.isOpen, !showsResult, view.isFiltering || search.inFlight != nil {
      return cancelWork()
    }
    if let effects = closeTopPane() { return effects }
    if search.isHighlighted {
      search.isHighlighted = false
      return []
    }
    return say("q quits; U undoes the last change of view")
  }

  // MARK: Details

  mutating func openDetails() -> [Effect] {
    guard log.cursorRow != nil else { return say("there are no records") }
    sources.isOpen = false
    logPane.columns.isOpen = false
    detail.isOpen = true
    detail.scroll = 0
    detail.selected = min(detail.selected, max(0, detailItems.count - 1))
    focusedPane = .detail
    keepCursorVisible()
    return refill()
  }

  mutating func performInDetail(_ action: Action, count: Int?) -> [Effect]? {
    let times = max(1, min(count ?? 1, 1 << 30))
    let page = max(1, (layout.detail?.size.rows ?? 2) - 2)
    switch action {
    case .down: selectDetail(detail.selected + times)
    case .up: selectDetail(detail.selected - times)
    case .pageDown: selectDetail(detail.selected + page)
    case .pageUp: selectDetail(detail.selected - page)
    case .first: selectDetail(0)
    case .last: selectDetail(.max)
    case .detailForm:
      detail.form = detail.form == .fields ? .raw : .fields
      detail.selected = 0
      detail.scroll = 0
    case .topValues: return countTopValues()
    default: return nil
    }
    return []
  }

  /// Selects an item (in raw form: scrolls to a line).
  private mutating func selectDetail(_ index: Int) {
    let room = max(1, (layout.detail?.size.rows ?? 2) - 1)
    let count = detail.form == .fields ? detailItems.count : detailTextLines.count
    detail.selected = min(max(0, index), max(0, count - 1))
    detail.scroll = min(max(detail.scroll, detail.selected - room + 1), detail.selected)
  }

  /// The item under the cursor of the detail pane; nil while another pane is in focus.
  var selectedDetailItem: DetailItem? {
    guard focusedPane == .detail, detail.form == .fields else { return nil }
    let items = detailItems
    return items.indices.contains(detail.selected) ? items[detail.selected] : nil
  }

  private mutating func countTopValues() -> [Effect] {
    guard let item = selectedDetailItem else { return say("select a field first") }
    guard item.isFilterable else { return say("\(item.name) has no top values") }
    choice = Choice(.topValues(field: item.queryName), title: "top values of \(item.name)", items: [], isLoading: true)
    return [.countValues(field: item.queryName)]
  }

  // MARK: Sources

  mutating func toggleSources() -> [Effect] {
    if sources.isOpen, focusedPane == .sources {
      sources.isOpen = false
      focusedPane = .log
    } else {
      detail.isOpen = false
      logPane.columns.isOpen = false
      sources.isOpen = true
      focusedPane = .sources
    }
    keepCursorVisible()
    return refill()
  }

  mutating func performInSources(_ action: Action, count: Int?) -> [Effect]? {
    let times = max(1, min(count ?? 1, 1 << 30))
    let page = max(1, (layout.sources?.size.rows ?? 2) - 1)
    let last = max(0, summary.files.count - 1)
    switch action {
    case .down: sources.selected = min(last, sources.selected + times)
    case .up: sources.selected = max(0, sources.selected - times)
    case .pageDown: sources.selected = min(last, sources.selected + page)
    case .pageUp: sources.selected = max(0, sources.selected - page)
    case .first: sources.selected = 0
    case .last: sources.selected = last
    case .toggleSource, .onlySource, .sourceFormat, .sourceZone, .sourceClock:
      guard summary.files.indices.contains(sources.selected) else { return say("there are no sources") }
      return perform(action, on: summary.files[sources.selected])
    default: return nil
    }
    return []
  }

  private mutating func perform(_ action: Action, on status: FileStatus) -> [Effect] {
    let all = Set(summary.files.map(\.file))
    switch action {
    case .toggleSource: return change { $0.hidden.formSymmetricDifference([status.file]) }
    case .onlySource:
      let others = all.subtracting([status.file])
      return change { $0.hidden = $0.hidden == others ? [] : others }
    case .sourceFormat: choice = formatChoice(for: status)
    case .sourceClock: return open(.command, text: "offset \(TimeText.signed(status.clockOffset)) \(status.shortName)")
    case .sourceZone:
      let names = ["UTC", "local", settings.displayZone.name, "Europe/Berlin", "America/New_York", "Asia/Tokyo"]
      var items: [Choice.Item] = []
      for name in names where !items.contains(where: { $0.label == name }) {
        items.append(.init(label: name, isMarked: status.assumedZone == name, value: .text(name)))
      }
      choice = Choice(
        .zone(status.file), title: "zone of stamps without one in \(status.shortName); or type a name", items: items)
    default: break
    }
    return []
  }

  // MARK: Help

  mutating func openHelp() -> [Effect] {
    help = HelpState()
    help.isOpen = true
    help.pane = focusedPane
    return []
  }

  /// The reference of the query language; a prompt that it was opened from goes on afterwards.
  mutating func openReference() -> [Effect] {
    help = HelpState()
    help.isOpen = true
    help.topic = .language
    help.resumes = prompt
    prompt = nil
    return []
  }

  private mutating func closeHelp() {
    help.isOpen = false
    prompt = help.resumes
    help.resumes = nil
  }

  mutating func performInHelp(_ action: Action, count: Int?) -> [Effect]? {
    let scroll = LineScroll(top: help.scroll, rows: max(1, size.rows - 3), count: helpLines.count)
    if let top = scroll.top(after: action, count: count) {
      help.scroll = top
      return []
    }
    switch action {
    case .search: return open(.help, text: help.needle)
    case .closePane:
      closeHelp()
      paneClosed = now
    case .stepOut:
      if help.needle.isEmpty {
        closeHelp()
        paneClosed = now
      } else {
        help.needle = ""
        help.scroll = 0
      }
    default: return nil
    }
    return []
  }

  mutating func toggleMouse() -> [Effect] {
    settings.usesMouse.toggle()
    say(settings.usesMouse ? "mouse on; Shift selects text" : "mouse off")
    return [.setMouse(settings.usesMouse)]
  }
}
