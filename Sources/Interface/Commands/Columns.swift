extension Command {
  /// `:columns time,level,msg=40`.
  static let columns = Command(
    ["columns"], argument: "NAME[=WIDTH],...",
    help: "the columns of the format at hand; auto as usual, nothing to choose",
    candidates: { state in state.columnCandidates }
  ) { state, argument in state.chooseColumns(argument) }
}
