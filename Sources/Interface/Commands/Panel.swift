extension Command {
  /// `:panel TEXT`.
  static let panel = Command(["panel"], argument: "[TITLE: ]PROMQL", help: "add a panel") { state, argument in
    argument.isEmpty ? state.open(.panel) : state.enterPanel(argument, replacing: nil)
  }

  /// `:retry`.
  static let retry = Command(["retry"], help: "ask the metric servers again now") { _, _ in [.retryMetrics] }

  /// `:alerts`.
  static let alerts = Command(["alerts"], help: "the alerts that fired in the time shown, to go to one") { state, _ in
    state.listAlerts()
  }
}
