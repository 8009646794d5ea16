extension Command {
  /// `:format NAME`.
  static let format = Command(
    ["format"], argument: "NAME", help: "read the file under the cursor as that format; auto detects it",
    candidates: { state in
      [.init(text: "auto", detail: "decide from the content")]
        + state.settings.formats.map { .init(text: $0.name, detail: $0.summary) }
    }
  ) { state, argument in
    guard let row = state.log.cursorRow, let status = state.summary.status(of: row.source) else {
      return state.say("there are no records")
    }
    if argument.isEmpty {
      state.choice = state.formatChoice(for: status)
      return []
    }
    if argument == "auto" { return [.setFormat(nil, status.file)] }
    let names = state.settings.formats.map(\.name)
    guard names.contains(argument) else {
      let near = Suggestion.nearest(to: argument, among: names).map { "; did you mean \($0)?" } ?? ""
      return state.say("no format \(argument)\(near)", .error)
    }
    return [.setFormat(argument, status.file)]
  }
}
