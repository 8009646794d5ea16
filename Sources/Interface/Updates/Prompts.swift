import Drawing
import Metrics
import Quantities
import QueryLanguage

/// The line at the bottom while it is typed into.
extension State {
  /// Opens a prompt.
  mutating func open(_ kind: PromptKind, text: String = "") -> [Effect] {
    choice = nil
    prompt = Prompt(kind, text: text, before: options, now: now)
    if kind == .search {
      search.origin = log.place
      search.originFollows = follow.isFollowing
    }
    return []
  }

  /// Types text at the caret.
  mutating func type(_ text: String) -> [Effect] {
    if prompt?.historyNeedle != nil { return searchHistory { $0 += text } }
    // No filter begins with it.
    if text == "?", prompt?.kind == .filter, prompt?.line.isEmpty == true { return openReference() }
    return edit { $0.insert(text) }
  }

  /// Changes the line; what depends on it follows.
  private mutating func edit(_ body: (inout LineEditor) -> Void) -> [Effect] {
    guard prompt != nil else { return [] }
    let before = prompt?.line.text
    prompt?.completion = nil
    prompt?.historyNeedle = nil
    if var line = prompt?.line {
      body(&line)
      prompt?.line = line
    }
    return prompt?.line.text == before ? [] : lineChanged()
  }

  /// The line changed: the filter goes live, the search goes on, panels complete.
  mutating func lineChanged() -> [Effect] {
    guard var current = prompt else { return [] }
    current.changed = now
    current.isHeld = false
    current.problem = nil
    current.isUnfinished = false
    current.readAs = nil
    current.note = nil
    // What a metric source offers stays until its next answer, so that the row does not come and go.
    if current.kind != .panel { current.offers = offers(for: current) }
    current.palette = palette(for: current)
    prompt = current
    switch current.kind {
    case .filter: return filterTyped(current.line.text)
    case .search where showsResult:
      result.needle = current.line.text
      if !result.needle.isEmpty { searchRows(forward: true, from: result.cursor, includesStart: true) }
      return []
    case .search: return searchTyped(current.line.text)
    case .help:
      help.needle = current.line.text
      help.scroll = 0
      return []
    case .panel: return panelTyped()
    case .text:
      textPane?.needle = current.line.text
      if !current.line.isEmpty { findInText(from: textPane?.top ?? 0, forward: true) }
      return []
    case .command, .saveAs, .pipe: return []
    }
  }

  mutating func performInPrompt(_ action: Action) -> [Effect] {
    guard prompt != nil else { return [] }
    switch action {
    case .accept: return accept()
    case .stepOut: return leavePrompt()
    case .complete: return complete(step: 1)
    case .completeBackward: return complete(step: -1)
    case .historyPrevious: return visitHistory(-1)
    case .historyNext: return visitHistory(1)
    case .historySearch: return searchHistory { _ in }
    case .repair: return repair()
    case .help: return openReference()
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .deleteBackward: return deleteBackward()
    default: return edit(action)
    }
  }

  private mutating func edit(_ action: Action) -> [Effect] {
    edit { line in
      switch action {
      case .lineStart: line.moveToStart()
      case .lineEnd: line.moveToEnd()
      case .characterLeft: line.move(by: -1)
      case .characterRight: line.move(by: 1)
      case .wordLeft: line.moveWordBackward()
      case .wordRight: line.moveWordForward()
      case .deleteForward: line.deleteForward()
      case .deleteWordBackward: line.deleteWordBackward()
      case .deleteWordForward: line.deleteWordForward()
      case .deleteToStart: line.deleteToStart()
      case .deleteToEnd: line.deleteToEnd()
      case .yank: line.yank()
      default: break
      }
    }
  }

  private mutating func deleteBackward() -> [Effect] {
    if prompt?.historyNeedle != nil { return searchHistory { _ = $0.popLast() } }
    // In an empty prompt it leaves, as in vi and less; the filter prompt stays, since emptying it is a filter too.
    if prompt?.line.isEmpty == true, prompt?.kind != .filter { return leavePrompt() }
    return edit { $0.deleteBackward() }
  }

  /// Takes the correction that the query's diagnostic offers.
  private mutating func repair() -> [Effect] {
    guard let repair = prompt?.problem?.repair, let text = prompt?.line.text else { return [] }
    return edit { $0.replace(with: repair.applied(to: text)) }
  }

  // MARK: Leaving

  /// Esc: the search in the history first, then the completion, then the prompt itself.
  private mutating func leavePrompt() -> [Effect] {
    guard let current = prompt else { return [] }
    if current.historyNeedle != nil {
      prompt?.historyNeedle = nil
      prompt?.line.replace(with: current.draft)
      return lineChanged()
    }
    if let completion = current.completion {
      prompt?.line = completion.original
      prompt?.completion = nil
      return completion.selected == nil ? [] : lineChanged()
    }
    prompt = nil
    switch current.kind {
    case .search where showsResult: return []
    case .filter:
      let typed = options
      options = current.before
      return optionsChanged(from: typed)
    case .search:
      search.inFlight = nil
      let origin = search.origin
      search.origin = nil
      restoreSearch()
      if search.originFollows, !follow.isFollowing {
        follow.isFollowing = true
        return [.cancel(.search)] + request(.end, movesCursor: true, placement: .bottom)
      }
      guard let origin, origin != log.place else { return [.cancel(.search)] }
      return [.cancel(.search)] + request(.position(origin.position, time: origin.time), movesCursor: true)
    case .help:
      help.needle = ""
      return []
    case .text:
      textPane?.needle = ""
      return []
    case .command, .panel, .saveAs, .pipe: return []
    }
  }

  /// Enter.
  private mutating func accept() -> [Effect] {
    guard let current = prompt else { return [] }
    let text = current.line.text
    if current.historyNeedle != nil {
      prompt?.historyNeedle = nil
      return lineChanged()
    }
    switch current.kind {
    case .filter: return acceptFilter(current)
    case .search where showsResult:
      prompt = nil
      result.needle = text.isEmpty ? histories[.search]?.entries.last ?? "" : text
      return remember(text, .search)
    case .search: return acceptSearch(text) + remember(text, .search)
    case .command:
      prompt = nil
      return run(text) + remember(text, .command)
    case .panel:
      if text.allSatisfy(\.isWhitespace) {
        prompt = nil
        return []
      }
      if refusesPanel(current) { return [] }
      let effects = enterPanel(text, replacing: current.editedPanel)
      guard !effects.isEmpty else { return [] }
      prompt = nil
      return effects + remember(text, .panel)
    case .help:
      prompt = nil
      return remember(text, .help)
    case .saveAs:
      prompt = nil
      guard !text.isEmpty else { return [] }
      return giveOut(
        .records(.all), as: OutputForm(ofFile: text), to: .file(path: text, replaces: false, thenQuits: true))
    case .pipe:
      prompt = nil
      return pipe(into: text) + remember(text, .pipe)
    case .text:
      prompt = nil
      return remember(text, .text)
    }
  }

  private mutating func acceptFilter(_ current: Prompt) -> [Effect] {
    let text = current.line.text
    switch read(text) {
    case .failure(let problem):
      // Shown at once: the user asked.
      prompt?.problem = problem
      prompt?.changed = now - Prompt.rest
      return []
    case .success(let query):
      prompt = nil
      let live = options
      options.filter = query.resolvedFilter
      options.pipeline = query.pipeline
      setFilter(query.compiled)
      if options != current.before { undo.push(current.before) }
      var effects = remember(text, .filter)
      // What was applied live is in force already, unless relative times were rewritten to another text.
      if live.filter != query.filter.trimmed, options.selectsOtherRecords(than: live) {
        effects += requestView(isNewSelection: true)
      }
      effects += resultOptionsChanged(from: current.before)
      if let warning = query.compiled?.warnings.first { say(warning.sentence, .warning) }
      return effects
    }
  }

  private mutating func remember(_ text: String, _ kind: PromptKind) -> [Effect] {
    guard text.contains(where: { !$0.isWhitespace }) else { return [] }
    histories[kind, default: PromptHistory()].add(text)
    return [.saveHistory(kind, histories[kind]?.entries ?? [])]
  }

  // MARK: History

  private mutating func visitHistory(_ step: Int) -> [Effect] {
    guard var current = prompt else { return [] }
    let entries = histories[current.kind]?.entries ?? []
    let index = (current.historyIndex ?? entries.count) + step
    guard index >= 0, index <= entries.count, !entries.isEmpty else { return [] }
    if current.historyIndex == nil { current.draft = current.line.text }
    current.historyIndex = index == entries.count ? nil : index
    current.line.replace(with: index == entries.count ? current.draft : entries[index])
    current.completion = nil
    prompt = current
    return lineChanged()
  }

  /// `^R`: begins a search in the history, goes on to an older entry, or changes what is searched for.
  private mutating func searchHistory(_ body: (inout String) -> Void) -> [Effect] {
    guard var current = prompt else { return [] }
    let history = histories[current.kind] ?? PromptHistory()
    var needle = current.historyNeedle ?? ""
    let before = needle
    body(&needle)
    if current.historyNeedle == nil { current.draft = current.line.text }
    let isAgain = current.historyNeedle != nil && needle == before
    let start = isAgain ? current.historyIndex ?? history.entries.count : history.entries.count
    current.historyNeedle = needle
    if let index = history.search(needle, before: start) {
      current.historyIndex = index
      current.line.replace(with: history.entries[index])
    }
    prompt = current
    return []
  }

  // MARK: Completion

  private mutating func complete(step: Int) -> [Effect] {
    guard var current = prompt else { return [] }
    if let completion = current.completion, !completion.items.isEmpty {
      return takeCompletion(completion, step: step)
    }
    if current.kind == .panel, !asksLogs(PanelText(current.line.text)) {
      prompt?.wantsList = true
      return askForCompletion()
    }
    guard let completion = completions(for: current), !completion.items.isEmpty else {
      if current.kind == .command, let path = typedPath(current.line) { return [.completePath(path)] }
      current.note = "nothing to complete"
      prompt = current
      return []
    }
    return show(current.kind == .command ? onlyBeginning(of: completion) : completion)
  }

  /// The only item that goes on from what was typed, where there is just one, however many others are like it.
  private func onlyBeginning(of completion: Prompt.Completion) -> Prompt.Completion {
    let typed = String(decoding: Array(completion.original.text.utf8)[completion.range], as: UTF8.self)
    let begun = completion.items.filter { !typed.isEmpty && $0.text.hasPrefix(typed) }
    var only = completion
    if begun.count == 1 { only.items = begun }
    return only
  }

  /// Shows a list, of which the only item is taken at once.
  mutating func show(_ completion: Prompt.Completion) -> [Effect] {
    prompt?.completion = completion
    if completion.items.count == 1 { return takeCompletion(completion, step: 1) }
    let before = prompt?.line.text
    let effects = completeCommonPrefix(completion)
    // The list was there already: what Tab does must be seen.
    guard prompt?.palette != nil, prompt?.line.text == before else { return effects }
    return takeCompletion(completion, step: 1)
  }

  /// Puts the next item into the line. The only item of a list ends the completion.
  private mutating func takeCompletion(_ completion: Prompt.Completion, step: Int) -> [Effect] {
    var completion = completion
    let count = completion.items.count
    let index = ((completion.selected ?? (step > 0 ? -1 : count)) + step + count) % count
    completion.selected = index
    var line = completion.original
    line.replace(utf8: completion.range, with: completion.items[index].text)
    prompt?.line = line
    let effects = lineChanged()
    prompt?.completion = count == 1 ? nil : completion
    return effects
  }

  /// Lengthens the word as far as all items agree; the list is shown.
  private mutating func completeCommonPrefix(_ completion: Prompt.Completion) -> [Effect] {
    var completion = completion
    let texts = completion.items.map { Array($0.text.utf8) }
    var length = texts.map(\.count).min() ?? 0
    while length > 0, !texts.allSatisfy({ $0.prefix(length) == texts[0].prefix(length) }) { length -= 1 }
    let common = String(decoding: texts[0].prefix(length), as: UTF8.self)
    guard length > completion.range.count, Array(common.utf8) == Array(texts[0].prefix(length)) else { return [] }
    var line = completion.original
    line.replace(utf8: completion.range, with: common)
    completion.original = line
    completion.range = completion.range.lowerBound..<completion.range.lowerBound + length
    prompt?.line = line
    let effects = lineChanged()
    prompt?.completion = completion
    return effects
  }
}
