extension Command {
  /// `:fold off|lines|repeats|identical`.
  static let fold = Command(
    ["fold"], argument: "off|lines|repeats|identical",
    help: "one line a record; fold records that repeat the one before, but for numbers or byte for byte",
    candidates: { _ in ViewOptions.Fold.allCases.map { .init(text: $0.rawValue) } }
  ) { state, argument in
    guard !argument.isEmpty else { return state.cycleFold() }
    guard let fold = ViewOptions.Fold(rawValue: argument) else {
      let names = ViewOptions.Fold.allCases.map(\.rawValue).joined(separator: ", ")
      return state.say("no fold \(argument); as in \(names)", .error)
    }
    return state.fold(fold)
  }
}
