import LogFiles

/// Sources shown and hidden from the log, without a look at their list.
extension State {
  /// `o`: only the source of the record at hand, or all again.
  mutating func showOnlySourceAtHand() -> [Effect] {
    guard !options.hidden.isEmpty || log.cursorRow != nil else { return say("there are no records") }
    let isAlone = shownFiles.count == 1 && summary.files.count > 1
    if isAlone || log.cursorRow == nil {
      let effects = change { $0.hidden = [] }
      say("all \(summary.files.count) sources")
      return effects
    }
    guard summary.files.count > 1, let row = log.cursorRow else { return say("there is only one source") }
    let others = Set(summary.files.map(\.file)).subtracting([row.source])
    let effects = change { $0.hidden = others }
    say("only \(sourceName(row.source)); o shows all again")
    return effects
  }

  /// `O`: without the source of the record at hand.
  mutating func muteSourceAtHand() -> [Effect] {
    guard let row = log.cursorRow else { return say("there are no records") }
    guard shownFiles.count > 1 else {
      let why = summary.files.count > 1 ? "it is the only source shown; o shows all" : "there is only one source"
      return say(why)
    }
    let effects = change { $0.hidden.insert(row.source) }
    say("\(sourceName(row.source)) is muted; U or s brings it back")
    return effects
  }

  private func sourceName(_ file: FileID) -> String { summary.status(of: file)?.shortName ?? "the source" }
}
