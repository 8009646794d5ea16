extension Command {
  /// `:tz ZONE`.
  static let timeZone = Command(
    ["tz", "zone"], argument: "ZONE", help: "show times in a zone: Europe/Zurich, +02:00, UTC, local, written",
    candidates: { _ in ["UTC", "local", "written"].map { .init(text: $0) } }
  ) { state, argument in
    switch argument.lowercased() {
    case "": return state.say("zone: \(state.screenZone.name)")
    case "utc": return state.change { $0.zone = .utc }
    case "written": return state.change { $0.zone = .written }
    default: return [.findZone(name: argument, purpose: .display)]
    }
  }

  /// `:assume-tz ZONE`.
  static let assumeZone = Command(
    ["assume-tz"], argument: "ZONE", help: "the zone of stamps that name none, in the file under the cursor",
    candidates: { _ in ["UTC", "local"].map { .init(text: $0) } }
  ) { state, argument in
    guard let file = state.log.cursorRow?.source else { return state.say("there are no records") }
    guard !argument.isEmpty else {
      let zone = state.summary.status(of: file)?.assumedZone
      return state.say(zone.map { "stamps without a zone are read as \($0)" } ?? "every stamp names its zone")
    }
    return [.findZone(name: argument, purpose: .source(file))]
  }
}
