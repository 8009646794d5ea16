extension Command {
  /// `:theme NAME`.
  static let theme = Command(
    ["theme"], argument: "NAME", help: "a theme that comes with the program, or a file",
    candidates: { state in state.settings.themeNames.map { .init(text: $0) } }
  ) { state, argument in
    guard argument.isEmpty else {
      state.settings.theme = argument
      return [.setTheme(argument)]
    }
    let items = state.settings.themeNames.map { name in
      Choice.Item(label: name, isMarked: name == state.settings.theme, value: .text(name))
    }
    state.choice = Choice(.theme, title: "themes", items: items)
    return []
  }
}
