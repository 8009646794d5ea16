extension Command {
  /// `:config`.
  static let configuration = Command(["config"], help: "mistakes in the configuration") { state, _ in
    guard !state.mistakes.isEmpty else { return state.say("the configuration has no mistakes") }
    let items = state.mistakes.map { Choice.Item(label: $0, value: .nothing) }
    state.choice = Choice(.continuations, title: "mistakes in the configuration", items: items)
    return []
  }

  /// `:help`.
  static let help = Command(
    ["help", "h"], argument: "[query]", help: "the keys and commands, or the query language",
    candidates: { _ in [.init(text: "query", detail: "the query language")] }
  ) { state, argument in argument.isEmpty ? state.openHelp() : state.openReference() }
}
