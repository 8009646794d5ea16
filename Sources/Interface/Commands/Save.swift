extension Command {
  /// `:save NAME`, `:save-query NAME`.
  static let save = Command(
    ["save", "save-query"], argument: "NAME", help: "call the filter with its pipeline @NAME, from now on"
  ) { state, argument in
    let isName = argument.first?.isLetter ?? false
    guard isName, argument.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }) else {
      return state.say("a name has letters, digits, _ and -, and begins with a letter", .error)
    }
    let query = state.options.query
    guard !query.isEmpty else { return state.say("there is no filter to save; i begins one") }
    guard QueryParts(query).savedName != argument else { return state.say("@\(argument) is saved already") }
    state.settings.savedFilters[argument] = query
    state.say("@\(argument) is \(query)")
    return [.saveQuery(name: argument, query: query)]
  }
}
