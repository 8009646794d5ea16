import Drawing

/// What `:` offers: commands and everything that keys do, found by any part of their names, with their help and their keys.
extension State {
  /// The pane in which an action is carried out from the command line: the one in focus, the log, or another that is open.
  private func pane(for action: Action) -> Pane? {
    let panes = KeyTable.rows.filter { $0.action == action }.map(\.pane)
    let open = (showsResult ? [.result] : []) + [focusedPane, .log] + visiblePanes
    return open.first { panes.contains($0) }
  }

  /// The pane whose help tells of an action; nil for what only lists and prompts know.
  private static func home(of action: Action) -> KeyTableRow? {
    let modal: Set<Pane> = [.prompt, .choice, .files, .help, .text]
    return KeyTable.rows.first { $0.action == action && !modal.contains($0.pane) }
  }

  /// Runs an action by its name, or an unambiguous beginning of it; nil if there is none. A number before it is its count.
  mutating func run(actionNamed name: String, argument: String) -> [Effect]? {
    let named = Action(rawValue: name).map { [$0] } ?? Action.allCases.filter { $0.rawValue.hasPrefix(name) }
    let known = named.filter { Self.home(of: $0) != nil }
    guard known.count == 1, let action = known.first, let home = Self.home(of: action) else { return nil }
    guard let pane = pane(for: action) else {
      return say("\(action.rawValue) works in the \(home.pane.title); open them first", .warning)
    }
    if focusedPane != pane, pane != .result, visiblePanes.contains(pane) { focusedPane = pane }
    return perform(action, count: Int(argument), in: pane)
  }

  /// Commands and actions for what was typed, the likeliest first; all commands for nothing.
  func paletteItems(for typed: String) -> [Prompt.Completion.Item] {
    var found: [(score: Int, item: Prompt.Completion.Item, key: String)] = []
    for command in Command.all.dropFirst() {
      let score = command.names.compactMap { Likeness.score(typed, $0, help: command.help) }.min()
      guard let score else { continue }
      let key = Self.twins[command.names[0]].flatMap { self.key(of: $0, in: .log) } ?? ""
      let text = command.names[0] + (command.argument.isEmpty ? "" : " ")
      found.append((score, .init(text: text, detail: command.help), key))
    }
    if !typed.isEmpty {
      for action in Action.allCases {
        guard let home = Self.home(of: action), let score = Likeness.score(typed, action.rawValue, help: home.help)
        else {
          continue
        }
        // A command goes before an action that is as like.
        let item = Prompt.Completion.Item(text: action.rawValue, detail: home.help)
        found.append((score + 1, item, self.key(of: action, in: home.pane) ?? ""))
      }
    }
    // What is only vaguely alike is for those whom nothing else helps.
    if found.contains(where: { $0.score < 60 }) { found.removeAll { $0.score >= 60 } }
    let sorted = found.enumerated().sorted { ($0.element.score, $0.offset) < ($1.element.score, $1.offset) }
    let shown = sorted.prefix(60).map(\.element)
    let columns = min(9, shown.map { CharacterWidth.columns(of: $0.key) }.max() ?? 0)
    return shown.map { entry in
      var item = entry.item
      let blanks = String(repeating: " ", count: max(0, columns - CharacterWidth.columns(of: entry.key)))
      if columns > 0 { item.detail = entry.key + blanks + "  " + item.detail }
      return item
    }
  }

  private func key(of action: Action, in pane: Pane) -> String? {
    settings.keymap.keys(for: action, in: pane).first.map { HintText.text(of: $0, settings.glyphs) }
  }

  /// Commands for which there is a key that does the same.
  private static let twins: [String: Action] = [
    "filter": .editFilter, "search": .search, "context": .cycleContext, "follow": .follow, "mouse": .mouse,
    "help": .help, "panel": .addPanel, "pipe": .pipeRecords, "note": .note, "copy": .copyMenu, "zoom": .zoomIn,
    "q": .closePane, "q!": .quit, "format": .whereAmI, "tz": .timeZone, "columns": .chooseColumns, "fold": .fold,
    "highlight": .highlightWord,
  ]
}

/// How much a text is like what was typed.
enum Likeness {
  /// Less is more like: the whole name, its beginning, the beginning of one of its words, any part, its letters in order, words
  /// of the help; nil for nothing of that.
  static func score(_ typed: String, _ name: String, help: String) -> Int? {
    let (typed, name) = (typed.lowercased(), name.lowercased())
    if typed.isEmpty { return 0 }
    if name == typed { return 0 }
    if name.hasPrefix(typed) { return 10 }
    let words = name.split { !$0.isLetter && !$0.isNumber }
    if words.contains(where: { $0.hasPrefix(typed) }) { return 20 }
    guard typed.count > 1 else { return nil }
    if name.contains(typed) { return 30 }
    if isSpelled(typed[...], by: words[...]) { return 40 }
    if help.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }).contains(where: { $0.hasPrefix(typed) }
    ) {
      return 50
    }
    return isSubsequence(typed, of: name) ? 60 : nil
  }

  /// Whether `typed` is put together from beginnings of the words, in order: `nexterr`, `nb` of `next bookmark`.
  private static func isSpelled(_ typed: Substring, by words: ArraySlice<Substring>) -> Bool {
    guard !typed.isEmpty else { return true }
    guard let word = words.first else { return false }
    let rest = words.dropFirst()
    if isSpelled(typed, by: rest) { return true }
    let common = zip(typed, word).prefix { $0 == $1 }.count
    return common > 0 && (1...common).contains { isSpelled(typed.dropFirst($0), by: rest) }
  }

  private static func isSubsequence(_ typed: String, of name: String) -> Bool {
    var rest = typed[...]
    for character in name where character == rest.first { rest = rest.dropFirst() }
    return rest.isEmpty && typed.count > 2
  }
}
