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

  /// `:import FILE`.
  static let importPanels = Command(
    ["import"], argument: "FILE", help: "panels of a dashboard saved in Grafana as JSON"
  ) { state, argument in
    argument.isEmpty
      ? state.say(":import FILE: the JSON of a dashboard, as Grafana's Share, Export saves it", .error)
      : [.importPanels(path: argument)]
  }
}
