import Drawing
import Quantities

extension State {
  /// Takes in an event; returns what is to be done about it. Never does I/O; O(a screen of rows).
  ///
  /// - Parameter now: The wall clock.
  public mutating func update(_ event: Event, at now: Timestamp) -> [Effect] {
    self.now = now
    let (cursor, resultTime) = (log.cursor, zoomedResultTime)
    var effects = respond(to: event)
    if !heldKeys.isEmpty { effects += releaseKeys() }
    var hasMoved = log.cursor != cursor || zoomedResultTime != resultTime
    // A jump to where the cursor stands brings the axis back to it all the same.
    if case .window(let window) = event, window.request.movesCursor { hasMoved = true }
    let following = hasMoved ? keepCursorOnAxis(after: event) : []
    return effects + following + keepAxisOnLog() + refreshMinimap() + refreshMarks()
  }

  private mutating func respond(to event: Event) -> [Effect] {
    switch event {
    case .key(let key): press(key)
    case .tick: tick()
    case .resize(let size): resize(to: size)
    case .snapshotChanged(let summary): take(summary)
    case .view(let answer): take(answer)
    case .viewProgress(let id, let fraction, let found): takeProgress(id, fraction, found)
    case .searchProgress(let id, let fraction): takeSearchProgress(id, fraction)
    case .window(let window): take(window)
    case .found(let answer): take(answer)
    case .result(let answer): take(answer)
    case .resultFailed(let id, let problem): takeResultFailure(id, problem)
    case .logPanel(let answer): take(answer)
    case .anomalies(let answer): take(answer)
    case .landmark(let answer): take(answer)
    case .volume(let volume): take(volume)
    case .minimap(let minimap): take(minimap)
    case .vocabulary(let vocabulary): take(vocabulary)
    case .topValues(let field, let values, let sampled, let isComplete):
      takeTopValues(field, values, sampled: sampled, isComplete: isComplete)
    case .panels(let panels): takePanels(panels)
    case .alerts(let answer): take(answer)
    case .exemplars(let answer): take(answer)
    case .expressionChecked(let text, let problem): take(problem, with: text)
    case .completions(let text, let completion): take(completion, for: text)
    case .filesFound(let candidates, let isComplete): takeFiles(candidates, isComplete: isComplete)
    case .zoneFound(let name, let zone, let purpose): takeZone(zone, named: name, for: purpose)
    case .configured(let settings, let panels, let mistakes): configure(settings, panels: panels, mistakes: mistakes)
    case .folderConfigurationFound(let path): ask(aboutFolderConfiguration: path)
    case .panelsImported(let title, let panels, let notes): takeImport(title, panels, notes: notes)
    case .folderConfiguration(let panels, let filters, let mistakes):
      takeFolderConfiguration(panels: panels, filters: filters, mistakes: mistakes)
    case .pathsFound(let typed, let items): takePaths(items, for: typed)
    case .spotsFound(let places): takeSpots(places)
    case .sessionFound(let session): takeSession(session)
    case .output(let answer): take(answer)
    case .outputProgress(let id, let fraction): takeOutputProgress(id, fraction)
    case .message(let text, let tone): say(text, tone)
    case .resumed: [.redraw]
    }
  }

  /// Shows a sentence in the status line.
  @discardableResult mutating func say(_ text: String, _ tone: Message.Tone = .plain) -> [Effect] {
    message = Message(text, tone: tone, at: now)
    return []
  }

  private mutating func resize(to size: Size) -> [Effect] {
    self.size = size
    keepCursorVisible()
    if showsResult { keepResultCursorVisible() }
    return refill() + refreshAxis()
  }

  private mutating func tick() -> [Effect] {
    if let message, now >= message.until { self.message = nil }
    var effects =
      releaseHeldFilter() + checkRestedPanel() + refreshResultIfDue() + refreshLogPanels() + refreshAnomalies()
    if !keys.sequence.isEmpty, choice == nil, now - keys.since >= PendingKeys.patience { effects += prefixRested() }
    if filter.slides, follow.isFollowing, now - (slid ?? .distantPast) >= .seconds(Int64(1)) { effects += slide() }
    return effects
  }

  /// Compiles a filter with relative times anew, so that its window moves on.
  private mutating func slide() -> [Effect] {
    slid = now
    guard prompt?.kind != .filter, view.inFlight == nil, case .success(let compiled) = compile(options.filter) else {
      return []
    }
    filter.compiled = compiled
    return requestView(isNewSelection: false) + refreshResult()
  }
}
