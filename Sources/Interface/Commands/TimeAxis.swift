import Quantities

extension Command {
  /// `:zoom 15m`, `:zoom 14:00..14:20`, `:zoom`.
  static let zoom = Command(
    ["zoom"], argument: "[LENGTH|A..B]",
    help: "show so much time around the cursor, or that stretch; nothing shows all",
    candidates: { _ in ["1m", "5m", "15m", "1h", "6h", "1d"].map { .init(text: $0) } }
  ) { state, argument in
    if argument.isEmpty || argument == "all" { return state.showWholeAxis() }
    if argument.contains("..") {
      return state.stretch(argument).map { state.zoom(to: $0) } ?? state.sayNoStretch(argument)
    }
    guard let length = TimeArgument.span(argument[...]), length > .zero else {
      return state.say("\(argument) is no length of time; as in :zoom 15m, :zoom 14:00..14:20", .error)
    }
    return state.zoom(toLength: length)
  }

  /// `:span 14:00..14:20`.
  static let span = Command(
    ["span"], argument: "A..B", help: "select that stretch of the time axis; Enter there makes it the filter"
  ) { state, argument in
    if argument.isEmpty { return state.dropSpan() ?? state.say("no span is selected; :span 14:00..14:20 selects one") }
    return state.stretch(argument).map { state.select($0) } ?? state.sayNoStretch(argument)
  }
}

extension State {
  /// What `a..b` means; the end may be a length after the beginning, as in `14:00..+5m`. Nil if it is no stretch.
  fileprivate func stretch(_ text: String) -> TimeAxis? {
    guard let dots = text.firstRange(of: "..") else { return nil }
    let day = log.cursorRow?.time ?? view.span?.upperBound ?? now
    let newest = follow.isFollowing && summary.isLive ? now : view.span?.upperBound ?? now
    func time(_ text: String, after start: Timestamp? = nil) -> Timestamp? {
      if let start, text.hasPrefix("+") { return TimeArgument.span(text.dropFirst()).map { start + $0 } }
      return TimeArgument.parse(text, day: day, newest: newest, zone: screenZone)
    }
    guard let from = time(String(text[..<dots.lowerBound]).trimmed),
      let to = time(String(text[dots.upperBound...]).trimmed, after: from), from < to
    else { return nil }
    return TimeAxis(from: from, to: to)
  }

  fileprivate mutating func sayNoStretch(_ text: String) -> [Effect] {
    say("\(text) is no stretch of time; as in 14:00..14:20, 14:00..+5m, -15m..now", .error)
  }
}

extension String {
  /// Where `needle` stands first; nil where it does not.
  fileprivate func firstRange(of needle: String) -> Range<Index>? {
    indices.lazy.compactMap { start in
      self[start...].hasPrefix(needle) ? start..<self.index(start, offsetBy: needle.count) : nil
    }.first
  }
}
