extension Command {
  /// `:panels NAME`.
  static let panels = Command(
    ["panels"], argument: "NAME", help: "show a set of panels; without a name, choose one",
    candidates: { state in state.settings.panelSets.map { .init(text: $0.name, detail: $0.summary) } },
    run: { state, argument in state.showPanelSet(argument) })

  /// `:save-panels NAME`.
  static let savePanels = Command(
    ["save-panels"], argument: "NAME", help: "keep the panels shown as the set NAME",
    candidates: { state in
      state.settings.panelSets.filter(\.isSaved).map { .init(text: $0.name, detail: $0.summary) }
    },
    run: { state, argument in state.savePanelSet(argument) })
}
