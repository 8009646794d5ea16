import LogFiles
import Quantities

extension Command {
  /// `:offset +3s [SOURCE]`.
  static let clockOffset = Command(
    ["offset"], argument: "SPAN [SOURCE]",
    help: "move the stamps of a source whose clock was wrong: :offset +3s; 0 takes that back",
    candidates: { state in state.summary.files.map { .init(text: "+0s \($0.shortName)") } }
  ) { state, argument in
    let words = argument.split(separator: " ", maxSplits: 1).map(String.init)
    guard let file = state.source(named: words.count > 1 ? words[1].trimmed : nil) else {
      return state.say(words.count > 1 ? "no source \(words[1])" : "there are no records", .error)
    }
    guard let text = words.first else { return state.sayOffset(of: file) }
    let sign = text.first
    let digits = sign == "+" || sign == "-" ? text.dropFirst() : text[...]
    guard let span = TimeArgument.span(digits) else {
      return state.say("\(text) is no length of time; as in :offset +3s, :offset -1m500ms app", .error)
    }
    let offset = sign == "-" ? -span : span
    state.say(
      offset == .zero
        ? "stamps in \(file.shortName) are taken as written"
        : "stamps in \(file.shortName) are moved by \(TimeText.signed(offset))")
    return [.setClockOffset(offset, file.file)]
  }
}

extension State {
  /// The source of a name, short or full; the one under the cursor without a name.
  fileprivate func source(named name: String?) -> FileStatus? {
    guard let name else { return log.cursorRow.flatMap { summary.status(of: $0.source) } ?? summary.files.first }
    return summary.files.first { $0.shortName == name || $0.name == name }
  }

  fileprivate mutating func sayOffset(of file: FileStatus) -> [Effect] {
    say(
      file.clockOffset == .zero
        ? "stamps in \(file.shortName) are as written; :offset +3s moves them"
        : "stamps in \(file.shortName) are moved by \(TimeText.signed(file.clockOffset))")
  }
}

extension TimeText {
  /// `+3s`, `-1m30s`, `+250ms`: a span as `:offset` reads it.
  static func signed(_ span: TimeSpan) -> String {
    var rest = span.nanoseconds.magnitude / 1_000_000
    guard rest > 0 else { return "+0s" }
    var text = span.nanoseconds < 0 ? "-" : "+"
    for (unit, length) in [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)]
      as [(String, UInt64)]
    {
      if rest >= length { text += "\(rest / length)\(unit)" }
      rest %= length
    }
    return text
  }

  /// `+00:01.234`, `-1:02:03.456`: how long after or before a mark, exact to a millisecond; days beyond 100 hours.
  static func delta(_ span: TimeSpan) -> String {
    let milliseconds = Int(clamping: span.nanoseconds.magnitude / 1_000_000)
    let sign = span.nanoseconds < 0 && milliseconds > 0 ? "-" : "+"
    let (seconds, fraction) = (milliseconds / 1000, String(1000 + milliseconds % 1000).dropFirst())
    let (hours, minutes) = (seconds / 3600, TimeText.two(seconds / 60 % 60) + ":" + TimeText.two(seconds % 60))
    if hours == 0 { return "\(sign)\(minutes).\(fraction)" }
    if hours < 100 { return "\(sign)\(hours):\(minutes).\(fraction)" }
    return "\(sign)\(hours / 24)d\(TimeText.two(hours % 24)):\(minutes)"
  }
}
