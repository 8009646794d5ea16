extension Command {
  /// `:save NAME`.
  static let save = Command(["save"], argument: "NAME", help: "call the filter @NAME for this session") {
    state, argument in
    let isName = argument.first?.isLetter ?? false
    guard isName, argument.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }) else {
      return state.say("a name has letters, digits, _ and -, and begins with a letter", .error)
    }
    guard !state.options.filter.isEmpty else { return state.say("there is no filter to save; i begins one") }
    state.settings.savedFilters[argument] = state.options.filter
    return state.say("@\(argument) is \(state.options.filter)")
  }
}
