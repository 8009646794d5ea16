import Quantities

extension Command {
  /// `:120`, `:50%`, `:14:05`.
  static let goTo = Command(
    ["LINE", "goto"], help: "that line; :50% that far; :14:05 or :2026-11-22 14:05 or :-15m the record at that time"
  ) { state, argument in state.goTo(argument) }
}

extension State {
  mutating func goTo(_ text: String) -> [Effect] {
    if let line = Int(text), line >= 0 { return goToLine(line) ?? [] }
    if text.hasSuffix("%"), let percent = Double(text.dropLast()), percent >= 0 {
      return jump(.percent(min(percent, 100)))
    }
    let day = log.cursorRow?.time ?? view.span?.upperBound ?? now
    let newest = follow.isFollowing && summary.isLive ? now : view.span?.upperBound ?? now
    guard let time = TimeArgument.parse(text, day: day, newest: newest, zone: screenZone) else {
      return say("\(text) is no line, percentage or time; as in :120, :50%, :14:05, :2026-11-22 14:05, :-15m", .error)
    }
    tellIfOutside(time)
    return jump(.time(time), placement: .visible)
  }

  /// Says where the records begin or end, if they do not reach to a time that was asked for.
  private mutating func tellIfOutside(_ time: Timestamp) {
    guard let span = view.span, !span.contains(time) else { return }
    let isBefore = time < span.lowerBound
    let civil = screenZone.civilTime(at: isBefore ? span.lowerBound : span.upperBound)
    say("the records \(isBefore ? "begin" : "end") at \(TimeText.date(civil)) \(TimeText.clock(civil).prefix(8))")
  }
}
