import Metrics

/// Named sets of panels: of the configuration, and saved ones.
extension State {
  /// Shows the set called `name`, or offers all of them.
  mutating func showPanelSet(_ name: String) -> [Effect] {
    if name.isEmpty { return choosePanelSet() }
    guard let set = settings.panelSets.first(where: { $0.name == name }) else {
      return say(noPanelSet(name), .error)
    }
    panels.setName = name
    say("panels: \(name) (\(set.panels.count))")
    return show(set.panels)
  }

  /// Takes panels of a dashboard in the place of those shown, and says what was left out of it.
  mutating func takeImport(_ title: String, _ imported: [PanelSpecification], notes: [String]) -> [Effect] {
    let name = title.isEmpty ? "the dashboard" : title
    guard !imported.isEmpty else {
      return say("\(name) has no panel that asks Prometheus" + notes.map { "; \($0)" }.joined(), .error)
    }
    panels.setName = nil
    let count = imported.count == 1 ? "1 panel" : "\(imported.count) panels"
    say("\(count) of \(name); \((notes + [":save-panels NAME keeps them"]).joined(separator: "; "))")
    return show(imported)
  }

  private mutating func show(_ specifications: [PanelSpecification]) -> [Effect] {
    panels.isHidden = false
    panels.selected = min(panels.selected, specifications.count)
    return takePanels(specifications) + refreshAxis() + refill()
  }

  /// Keeps the panels as the set called `name`.
  mutating func savePanelSet(_ name: String) -> [Effect] {
    let isName = name.first?.isLetter ?? false
    guard isName, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }) else {
      return say("a set of panels has a name of letters, digits, _ and -: :save-panels NAME", .error)
    }
    guard !panels.specifications.isEmpty else { return say("there are no panels to save; p, then a adds one") }
    if settings.isSecure { return say("--secure allows no writing", .error) }
    if settings.panelSets.contains(where: { $0.name == name && !$0.isSaved }) {
      return say("the configuration has panels named \(name), which go before; choose another name", .error)
    }
    let set = Settings.PanelSet(name: name, panels: panels.specifications, isSaved: true)
    settings.panelSets.removeAll { $0.name == name }
    settings.panelSets.append(set)
    panels.setName = name
    return [.savePanelSet(name: name, panels: panels.specifications)]
  }

  /// Every change goes to the set `saved`, so that one comes back to the panels after a look at other sets.
  mutating func noteChangedPanels() {
    let set = Settings.PanelSet(name: "saved", panels: panels.specifications, isSaved: true)
    guard !settings.panelSets.contains(where: { $0.name == set.name && !$0.isSaved }) else { return }
    settings.panelSets.removeAll { $0.name == set.name }
    settings.panelSets.append(set)
  }

  private mutating func choosePanelSet() -> [Effect] {
    guard !settings.panelSets.isEmpty else { return say(noPanelSet(nil)) }
    let items = settings.panelSets.map { set in
      Choice.Item(
        label: set.name, detail: set.summary, isMarked: set.name == panels.setName, value: .text(set.name))
    }
    choice = Choice(.panelSet, title: "sets of panels", items: items)
    return []
  }

  private func noPanelSet(_ name: String?) -> String {
    let known = settings.panelSets.map(\.name)
    if known.isEmpty { return "there are no sets of panels; :save-panels NAME keeps the panels shown" }
    guard let name else { return "" }
    let near = Suggestion.nearest(to: name, among: known).map { "did you mean \($0)?" }
    return "no panels named \(name); " + (near ?? "there are: \(known.joined(separator: ", "))")
  }
}

extension Settings {
  /// A set of panels that can be shown by its name.
  public struct PanelSet: Equatable, Sendable {
    /// Its name.
    public var name: String
    /// Its panels.
    public var panels: [PanelSpecification]
    /// Whether `:save-panels` wrote it, rather than the user in the configuration.
    public var isSaved: Bool

    /// Makes a set.
    public init(name: String, panels: [PanelSpecification], isSaved: Bool) {
      self.name = name
      self.panels = panels
      self.isSaved = isSaved
    }

    /// The titles of its panels.
    var summary: String {
      let titles = panels.prefix(4).map(\.title).joined(separator: ", ")
      return panels.count > 4 ? "\(titles) +\(panels.count - 4)" : titles
    }
  }
}
