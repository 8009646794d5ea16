extension Command {
  /// `:e FILE`.
  static let edit = Command(
    ["e", "edit", "open"], argument: "FILE", help: "open another file, a directory or journal:UNIT"
  ) {
    state, argument in
    guard !argument.isEmpty else {
      state.files = FileChooser()
      return [.findFiles]
    }
    return [.open(argument)]
  }
}
