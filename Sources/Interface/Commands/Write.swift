extension Command {
  /// `:w FILE`.
  static let write = Command(["w", "write"], argument: "FILE", help: "save the records shown to a file") {
    state, argument in
    if state.settings.isSecure { return state.say("--secure: nothing is written", .error) }
    guard !argument.isEmpty else { return state.say(":w needs a file name", .error) }
    return [.write(path: argument, onlyShown: true, thenQuits: false)]
  }
}
