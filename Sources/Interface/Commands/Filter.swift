extension Command {
  /// `:filter QUERY`.
  static let filter = Command(["filter"], argument: "QUERY", help: "show the records that match; nothing shows all") {
    state, argument in state.apply(filter: argument)
  }
}
