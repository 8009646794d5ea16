extension State {
  /// Opens sources. The first ones of a session that began without any bring back what was left of them.
  mutating func openSources(_ names: [String]) -> [Effect] {
    let isFirst = sources.named.isEmpty
    sources.named += names.filter { !sources.named.contains($0) }
    var effects = names.map(Effect.open)
    if isFirst, session.isKept {
      opening = opening ?? .restored
      effects.append(.findSession(names))
    }
    return effects
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
