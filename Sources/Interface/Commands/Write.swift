extension Command {
  /// `:w FILE`.
  static let write = Command(
    ["w", "write"], argument: "[--json|--jsonl|--csv|--text] FILE",
    help: "save the records shown, those selected, or the result; .json .jsonl .csv choose the form",
    candidates: { _ in
      OutputForm.allCases.map { .init(text: "--\($0.rawValue) ", detail: "whatever the file is called") }
    }
  ) { state, argument in state.write(argument, replaces: false) }

  /// `:w! FILE`.
  static let overwrite = Command(["w!", "write!"], argument: "FILE", help: "the same, in place of an older file") {
    state, argument in state.write(argument, replaces: true)
  }

  /// `:pipe COMMAND`.
  static let pipe = Command(["pipe"], argument: "COMMAND", help: "records or the result into a command, as |") {
    state, argument in argument.isEmpty ? state.pipeRecords() : state.pipe(into: argument)
  }

  /// `:pager`.
  static let pager = Command(["pager"], help: "the record, those selected, or the result in $PAGER") { state, _ in
    state.show(in: .pager)
  }
}

extension State {
  fileprivate mutating func write(_ argument: String, replaces: Bool) -> [Effect] {
    var path = argument
    var form: OutputForm?
    for candidate in OutputForm.allCases where argument.hasPrefix("--\(candidate.rawValue) ") {
      form = candidate
      path = String(argument.dropFirst(candidate.rawValue.count + 3)).trimmed
    }
    return write(to: path, as: form, replaces: replaces)
  }
}
