extension Command {
  /// `:highlight WORD [COLOUR]`.
  static let highlight = Command(
    ["highlight"], argument: "WORD [COLOUR]",
    help: "give a word, or /an expression/, a colour of its own; without a word, list them",
    candidates: { _ in HighlightColour.allCases.map { .init(text: $0.rawValue) } }
  ) { state, argument in state.highlight(argument) }
}
