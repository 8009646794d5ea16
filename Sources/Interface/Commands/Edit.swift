extension State {
  /// Opens sources. The first ones of a session that began without any bring back what was left of them.
  mutating func openSources(_ names: [String]) -> [Effect] {
    let isFirst = sources.named.isEmpty
    sources.named += names.filter { !sources.named.contains($0) }
    sources.awaited.formUnion(names)
    var effects = names.map(Effect.open)
    if isFirst, session.isKept {
      opening = opening ?? .restored
      effects.append(.findSession(names))
    }
    return effects
  }

  /// Says why there is nothing of a file that was opened here: it cannot be read, or is not there yet.
  mutating func tellOfOpened(in summary: SourcesSummary) {
    guard !sources.awaited.isEmpty else { return }
    for file in summary.files where sources.awaited.contains(file.name) {
      if case .failed(let reason) = file.phase {
        say("\(file.name): \(reason)", .error)
      } else if file.recordCount == 0, let note = file.notes.first {
        say("\(file.name): \(note)", .warning)
      } else if file.recordCount == 0 {
        continue
      }
      sources.awaited.remove(file.name)
    }
  }
}

extension Command {
  /// `:e FILE`.
  static let edit = Command(
    ["e", "edit", "open"], argument: "FILE", help: "open another file, a directory or journal:UNIT"
  ) {
    state, argument in
    guard !argument.isEmpty else {
      state.files = FileChooser()
      return [.findFiles]
    }
    return state.openSources([argument])
  }
}
