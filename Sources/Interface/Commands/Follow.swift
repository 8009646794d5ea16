extension Command {
  /// `:follow`.
  static let follow = Command(["follow"], help: "go to the end and follow") { state, _ in state.resumeFollowing() }
}
