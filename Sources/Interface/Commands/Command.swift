import Quantities

/// Something that can be typed after `:`.
///
/// Each command is a file of its own and one line in `all`.
public struct Command: Sendable {
  /// The names that it answers to, the first one the proper one.
  public let names: [String]
  /// The argument in the help, e.g. `FILE`; empty without one.
  public let argument: String
  /// The sentence in the help.
  public let help: String
  /// What its argument can be, given what was typed of it.
  let candidates: @Sendable (State) -> [Prompt.Completion.Item]
  /// Does it. The argument comes without white space around it.
  let run: @Sendable (inout State, String) -> [Effect]

  init(
    _ names: [String], argument: String = "", help: String,
    candidates: @escaping @Sendable (State) -> [Prompt.Completion.Item] = { _ in [] },
    run: @escaping @Sendable (inout State, String) -> [Effect]
  ) {
    self.names = names
    self.argument = argument
    self.help = help
    self.candidates = candidates
    self.run = run
  }

  /// How it is written: `:e FILE`.
  public var usage: String { ":" + (names.first ?? "") + (argument.isEmpty ? "" : " " + argument) }

  /// All commands, in the order of the help.
  public static let all: [Command] = [
    .goTo, .edit, .write, .overwrite, .pipe, .pager, .note, .copy, .quit, .quitNow, .filter, .save, .search, .context,
    .follow,
    .theme, .timeZone, .zoom, .span,
    .clockOffset, .format,
    .columns, .highlight, .fold,
    .assumeZone, .panel, .panels, .savePanels, .importPanels, .alerts, .anomalies, .retry, .mouse, .configuration,
    .help,
  ]

  /// The command of a name; nil if there is none.
  static func named(_ name: String) -> Command? { all.first { $0.names.contains(name) } }
}

extension State {
  /// What goes somewhere in the log goes back to it first.
  private mutating func leaveResult() -> [Effect] { showsResult ? change { $0.pipeline = "" } : [] }

  /// Runs what was typed after `:`.
  mutating func run(_ text: String) -> [Effect] {
    let text = text.trimmed
    guard !text.isEmpty else { return [] }
    if let first = text.first, first.isNumber || first == "-" || first == "+" { return leaveResult() + goTo(text) }
    if text.hasPrefix("/") { return leaveResult() + Command.search.run(&self, String(text.dropFirst())) }
    let name = String(text.prefix { !$0.isWhitespace })
    let argument = String(text.dropFirst(name.count)).trimmed
    if let command = Command.named(name) { return command.run(&self, argument) }
    // An unambiguous beginning of a name will do.
    let matches = Command.all.filter { $0.names[0].hasPrefix(name) && $0.names[0] != "LINE" }
    if matches.count == 1, let command = matches.first { return command.run(&self, argument) }
    if let effects = run(actionNamed: name, argument: argument) { return effects }
    let names = Command.all.dropFirst().flatMap(\.names) + Action.allCases.map(\.rawValue)
    if let near = Suggestion.nearest(to: name, among: names) {
      return say("no command :\(name); did you mean :\(near)?", .error)
    }
    return say("no command :\(name); :help lists them", .error)
  }
}

extension String {
  /// The text without white space at both ends.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}

/// Finds what someone may have meant.
enum Suggestion {
  /// The name that differs least, by at most a third of its letters (two letters exchanged count once).
  static func nearest(to word: String, among names: some Sequence<String>) -> String? {
    var best: (name: String, distance: Int)?
    for name in names {
      let distance = distance(Array(word.lowercased()), Array(name.lowercased()))
      if distance <= max(1, min(word.count, name.count) / 3), distance < best?.distance ?? .max {
        best = (name, distance)
      }
    }
    return best?.name
  }

  /// Damerau's distance (optimal string alignment).
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var rows = [Array(0...right.count)]
    for i in left.indices {
      var row = [i + 1]
      for j in right.indices {
        let cost = left[i] == right[j] ? 0 : 1
        var value = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + cost)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { value = min(value, rows[i - 1][j - 1] + 1) }
        row.append(value)
      }
      rows.append(row)
    }
    return rows[left.count][right.count]
  }
}
