extension Command {
  /// `:q`: at once, unless records would be lost.
  static let quit = Command(["q", "quit", "x", "wq"], help: "quit") { state, _ in state.askToQuit() }

  /// `:q!`: at once.
  static let quitNow = Command(["q!", "quit!", "qa", "qa!"], help: "quit at once") { _, _ in [.quit] }
}
