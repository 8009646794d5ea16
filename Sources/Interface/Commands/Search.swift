extension Command {
  /// `:search TEXT`.
  static let search = Command(["search"], argument: "TEXT", help: "find text or a regular expression; also /") {
    state, argument in
    guard !argument.isEmpty else { return state.open(.search) }
    state.setSearch(argument)
    state.search.isForward = true
    state.histories[.search, default: PromptHistory()].add(argument)
    return state.startSearch(from: state.log.place, isForward: true, includesStart: false)
  }
}
