extension Command {
  /// `:mouse`.
  static let mouse = Command(["mouse"], help: "mouse on or off") { state, _ in state.toggleMouse() }
}
