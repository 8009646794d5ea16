import Drawing
import Quantities

/// From keys to actions.
extension State {
  mutating func press(_ key: Key) -> [Effect] {
    if holds(key) { return [] }
    if case .mouse(let event) = key { return take(event) }
    message = nil
    opening = nil
    if let effects = answer(key) { return effects }
    if choice?.purpose == .continuations { choice = nil }
    if case .paste(let text) = key { return paste(text) }
    let pane = focus
    if takesDigit(key, in: pane) { return [] }
    let sequence = keys.sequence + [key]
    switch settings.keymap.lookup(sequence, in: pane) {
    case .action(let action):
      let count = keys.count
      keys = PendingKeys()
      return perform(action, count: count, in: pane)
    case .prefix, .both:
      keys.sequence = sequence
      keys.since = now
      return []
    case .none:
      return pressUnbound(key, after: keys.sequence, in: pane)
    }
  }

  /// Digits before a key are its count, where they are not typed into something.
  private mutating func takesDigit(_ key: Key, in pane: Pane) -> Bool {
    guard keys.sequence.isEmpty, case .character(let character) = key, let digit = character.wholeNumberValue,
      character.isASCII, digit > 0 || keys.count != nil
    else { return false }
    switch pane {
    case .prompt, .choice, .files: return false
    case .log, .result, .detail, .panels, .sources, .columns, .help, .text:
      // A number goes on, also where its digit is a key.
      guard keys.count != nil || settings.keymap.lookup([key], in: pane) == .none else { return false }
      keys.count = min(999_999_999_999, (keys.count ?? 0) * 10 + digit)
      return true
    }
  }

  private mutating func pressUnbound(_ key: Key, after prefix: [Key], in pane: Pane) -> [Effect] {
    let count = keys.count
    keys = PendingKeys()
    if !prefix.isEmpty {
      // The prefix is an action too: it happens, and the key stands for itself.
      if case .both(let action) = settings.keymap.lookup(prefix, in: pane) {
        return perform(action, count: count, in: pane) + press(key)
      }
      if key == .escape { return [] }
      return unbound(prefix + [key])
    }
    switch (pane, key) {
    case (.prompt, .character(let character)): return type(String(character))
    case (.choice, .character(let character)): return narrow { $0.append(character) }
    case (.files, .character(let character)): return narrow { $0.append(character) }
    case (.prompt, _), (.choice, _), (.files, _): return []
    default:
      if key == .escape, count != nil { return [] }
      return unbound([key])
    }
  }

  private mutating func unbound(_ keys: [Key]) -> [Effect] {
    let text = keys.map { $0.label(settings.glyphs) }.joined(separator: " ")
    let help = settings.keymap.keys(for: .help, in: .log).first?.map { $0.label(settings.glyphs) }.joined() ?? ":help"
    return say("\(text) is not bound; \(help) lists the keys")
  }

  /// A prefix has rested: a key that is an action too acts, any other shows how it goes on.
  mutating func prefixRested() -> [Effect] {
    let sequence = keys.sequence
    let pane = focus
    if case .both(let action) = settings.keymap.lookup(sequence, in: pane) {
      let count = keys.count
      keys = PendingKeys()
      return perform(action, count: count, in: pane)
    }
    let items = settings.keymap.continuations(of: sequence, in: pane).map { keys, action in
      Choice.Item(
        label: keys.map { $0.label(settings.glyphs) }.joined(separator: " "), detail: helpText(of: action, in: pane),
        value: .nothing)
    }
    choice = Choice(
      .continuations, title: sequence.map { $0.label(settings.glyphs) }.joined(separator: " ") + " goes on with",
      items: items)
    return []
  }

  private func helpText(of action: Action, in pane: Pane) -> String {
    let rows = KeyTable.rows.filter { $0.action == action }
    return (rows.first { $0.pane == pane } ?? rows.first)?.help ?? action.rawValue
  }

  private mutating func paste(_ text: String) -> [Effect] {
    switch focus {
    case .prompt: return type(text)
    case .choice, .files: return narrow { $0 += text }
    default: return say("nothing here takes text; \(text.count) pasted characters were dropped")
    }
  }

  // MARK: Actions

  /// Does what a key stands for. Panes that give an action a meaning of their own come first.
  mutating func perform(_ action: Action, count: Int?, in pane: Pane) -> [Effect] {
    switch pane {
    case .prompt: return performInPrompt(action)
    case .choice: return performInChoice(action)
    case .files: return performInFiles(action)
    case .text: return performInText(action, count: count)
    case .help: if let effects = performInHelp(action, count: count) { return effects }
    case .result: return performInResult(action, count: count)
    case .detail: if let effects = performInDetail(action, count: count) { return effects }
    case .panels: if let effects = performInPanels(action, count: count) { return effects }
    case .sources: if let effects = performInSources(action, count: count) { return effects }
    case .columns: if let effects = performInColumns(action, count: count) { return effects }
    case .log: break
    }
    if showsResult { return performOverResult(action, count: count) }
    return performMotion(action, count: count) ?? performFinding(action, count: count) ?? performLooking(
      action, count: count)
      ?? performInShell(action, count: count) ?? []
  }

  /// What panes that lie beside a result let through, and what the result lets through itself: keys that need the rows of
  /// the log say that there are none.
  mutating func performOverResult(_ action: Action, count: Int?) -> [Effect] {
    switch action {
    case .cancel: return cancelWork()
    case .follow: return resumeFollowing()
    case .editFilter, .savedFilters, .undo, .command: return performFinding(action, count: count) ?? []
    case .timeZone: return performLooking(action, count: count) ?? []
    case .backToResult: return goBackToResult()
    case .copyMenu: return listCopies()
    case .pipeRecords: return pipeRecords()
    case .editRecord: return show(in: .editor)
    default: return performInShell(action, count: count) ?? say("that needs the log; Esc goes back to it")
    }
  }

  /// Moving in the log; nil for other actions.
  private mutating func performMotion(_ action: Action, count: Int?) -> [Effect]? {
    let times = max(1, min(count ?? 1, 1 << 40))
    let page = max(1, layout.log.size.rows - 1)
    let half = max(1, layout.log.size.rows / 2)
    func steps(_ lines: Int) -> Int { lines.multipliedReportingOverflow(by: times).partialValue }
    switch action {
    case .down: return moveLines(by: times)
    case .up: return moveLines(by: -times)
    case .pageDown: return scroll(by: steps(page))
    case .pageUp: return scroll(by: -steps(page))
    case .halfPageDown: return scroll(by: count ?? half)
    case .halfPageUp: return scroll(by: -(count ?? half))
    case .nextRecord: return moveRecords(by: times)
    case .previousRecord: return moveRecords(by: -times)
    case .first: return goToLine(count) ?? jump(.start, placement: .top)
    case .last: return goToLine(count) ?? resumeFollowing()
    case .percent:
      guard let count else { return say("write the number first: 50%") }
      return jump(.percent(Double(min(count, 100))))
    case .left: return scrollSideways(by: -8 * times)
    case .right: return scrollSideways(by: 8 * times)
    case .nextError: return goToLevel(.error, below: nil, forward: true, times: times)
    case .previousError: return goToLevel(.error, below: nil, forward: false, times: times)
    case .nextWarning: return goToLevel(.warn, below: .error, forward: true, times: times)
    case .previousWarning: return goToLevel(.warn, below: .error, forward: false, times: times)
    case .nextAlert: return goToAlert(forward: true, times: times)
    case .previousAlert: return goToAlert(forward: false, times: times)
    case .nextSpike: return goToSpike(forward: true, times: times)
    case .previousSpike: return goToSpike(forward: false, times: times)
    case .nextBookmark: return goToBookmark(forward: true)
    case .previousBookmark: return goToBookmark(forward: false)
    case .nextGap: return goToLandmark(.gap, forward: true, times: times)
    case .previousGap: return goToLandmark(.gap, forward: false, times: times)
    case .nextBurst: return goToLandmark(.burst, forward: true, times: times)
    case .previousBurst: return goToLandmark(.burst, forward: false, times: times)
    case .back: return goBack()
    case .forward: return goForward()
    case .follow: return resumeFollowing()
    case .cancel: return cancelWork()
    default: return nil
    }
  }

  private mutating func performFinding(_ action: Action, count: Int?) -> [Effect]? {
    switch action {
    case .search: return open(.search)
    case .searchNext: return repeatSearch(forward: search.isForward, count: count ?? 1)
    case .searchPrevious: return repeatSearch(forward: !search.isForward, count: count ?? 1)
    case .searchWord: return searchWordAtHand()
    case .editFilter: return open(.filter, text: options.query)
    case .savedFilters: return listSavedFilters()
    case .toggleMatches: return toggleMatches()
    case .cycleContext: return cycleContext(count)
    case .include: return filterByValue(negated: false)
    case .exclude: return filterByValue(negated: true)
    case .undo: return undoView()
    case .backToResult: return goBackToResult()
    case .command: return open(.command)
    default: return nil
    }
  }

  private mutating func performLooking(_ action: Action, count: Int?) -> [Effect]? {
    switch action {
    case .details: return openDetails()
    case .timeColumn: return cycleTimeColumn()
    case .timeZone: return cycleZone()
    case .wrap: return change { $0.wraps.toggle() }
    case .columns: return toggleColumns()
    case .lineNumbers: return change { $0.showsLineNumbers.toggle() }
    case .chooseColumns: return openColumnChooser()
    case .fold: return cycleFold()
    case .highlightWord: return highlightWordAtHand()
    case .onlySourceAtHand: return showOnlySourceAtHand()
    case .muteSourceAtHand: return muteSourceAtHand()
    case .whereAmI: return whereAmI()
    case .bookmark: return toggleBookmark()
    case .bookmarks: return listBookmarks()
    case .nowLine: return drawNowLine()
    case .copyRecord: return copyRecord()
    case .copyMenu: return listCopies()
    case .note: return editNote()
    case .select: return toggleSelection()
    case .editRecord: return show(in: .editor)
    case .pipeRecords: return pipeRecords()
    default: return nil
    }
  }

  private mutating func performInShell(_ action: Action, count: Int?) -> [Effect]? {
    switch action {
    case .nextPane: return visitPane(1)
    case .previousPane: return visitPane(-1)
    case .stepOut: return stepOut()
    case .closePane: return closePane()
    case .quit: return [.quit]
    case .sources: return toggleSources()
    case .focusPanels: return focusPanels()
    case .hidePanels: return hidePanels()
    case .zoomIn: return zoom(by: max(1, min(count ?? 1, 60)))
    case .zoomOut: return zoom(by: -max(1, min(count ?? 1, 60)))
    case .help: return openHelp()
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .mouse: return toggleMouse()
    default: return nil
    }
  }

  /// A message behind which the effects of the change before stay.
  mutating func announce(_ text: String) -> [Effect] { say(text) }
}

extension CaseIterable where Self: Equatable, AllCases.Index == Int {
  /// The case after this one, the first after the last.
  var next: Self {
    let all = Self.allCases
    guard let index = all.firstIndex(of: self) else { return self }
    return all[index + 1 < all.count ? index + 1 : 0]
  }
}
