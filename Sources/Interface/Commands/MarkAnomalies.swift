extension Command {
  /// `:anomalies on`.
  static let anomalies = Command(
    ["anomalies"], argument: "[on|off]", help: "underline anomalies in the panels and the volume",
    candidates: { _ in ["on", "off"].map { .init(text: $0) } }
  ) { state, argument in
    switch argument {
    case "": state.markAnomalies(nil)
    case "on": state.markAnomalies(true)
    case "off": state.markAnomalies(false)
    default: state.say("anomalies are on or off", .error)
    }
  }
}
