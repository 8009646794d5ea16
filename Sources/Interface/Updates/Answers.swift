import LogFiles
import Metrics
import Quantities

/// Answers of the host: zones, configuration.
extension State {
  mutating func take(_ vocabulary: Vocabulary) -> [Effect] {
    self.vocabulary.values = vocabulary.values
    return []
  }

  mutating func takeZone(_ zone: Zone?, named name: String, for purpose: Effect.ZonePurpose) -> [Effect] {
    guard let zone else {
      return say("there is no zone named \(name); as in Europe/Zurich, +02:00, UTC, local", .error)
    }
    switch purpose {
    case .display:
      settings.displayZone = zone
      var effects = change { $0.zone = .local }
      keepCursorVisible()
      effects += refill()
      say("zone: \(zone.name)")
      return effects
    case .source(let file):
      say("stamps without a zone in \(summary.status(of: file)?.shortName ?? "") are read as \(zone.name)")
      return [.setAssumedZone(zone, file)]
    }
  }

  mutating func configure(_ settings: Settings, panels: [PanelSpecification]?, mistakes: [String]) -> [Effect] {
    let previous = self.settings
    self.settings = settings
    measureColumns()
    self.mistakes = mistakes
    var effects: [Effect] = settings.usesMouse == previous.usesMouse ? [] : [.setMouse(settings.usesMouse)]
    if settings.theme != previous.theme || settings.connection != previous.connection {
      effects.append(.setTheme(settings.theme))
    }
    if let panels { session.launchedPanels = panels }
    if let panels, panels != self.panels.specifications {
      effects += takePanels(panels) + refreshAxis()
    }
    sayMistakes(otherwise: "configuration read again")
    return effects
  }

  mutating func sayMistakes(otherwise text: String) {
    guard let first = mistakes.first else {
      say(text)
      return
    }
    let rest = mistakes.count > 1 ? "; \(mistakes.count - 1) more, :config lists them" : ""
    say(first + rest, .warning)
  }

  mutating func ask(aboutFolderConfiguration path: String) -> [Effect] {
    question = Question(
      .useFolderConfiguration(path: path), text: "\(path) sets panels and filters for these logs",
      answers: "y uses it, n does not")
    return []
  }

  mutating func takeFolderConfiguration(
    panels: [PanelSpecification], filters: [String: String], mistakes: [String]
  ) -> [Effect] {
    settings.savedFilters.merge(filters) { own, _ in own }
    self.mistakes = mistakes
    var effects: [Effect] = []
    let kept = self.panels.areDefaults ? [] : self.panels.specifications
    let added = panels.filter { !kept.contains($0) }
    if !added.isEmpty {
      effects += takePanels(kept + added) + refreshAxis()
    }
    let taken = [(added.count, "panel"), (filters.count, "filter")].map { "\($0) \($1)\($0 == 1 ? "" : "s")" }
    sayMistakes(otherwise: taken.joined(separator: " and ") + " taken from the folder")
    return effects
  }
}
