import Metrics
import Testing

@testable import Interface

@Suite struct PanelSetTests {
  private let up = PanelSpecification(title: "up", expression: "up")
  private let load = PanelSpecification(title: "load", source: "node", expression: "node_load1", warn: 4)

  private func session() -> Session {
    let session = Session("2026-01-02T10:00:00Z a\n2026-01-02T10:00:09Z b\n")
    session.state.settings.panelSets = [
      .init(name: "web", panels: [up, load], isSaved: false), .init(name: "night", panels: [load], isSaved: true),
    ]
    return session
  }

  @Test func setsAreShownByName() {
    let session = session()
    session.press(":")
    session.type("panels we")
    session.press("tab enter")
    #expect(session.state.panels.specifications == [up, load])
    #expect(session.message == "panels: web (2)")
    #expect(session.state.layout.panels.count == 2)
    // Showing a set is no change to be kept.
    #expect(!session.host.contains { if case .savePanels = $0 { true } else { false } })
  }

  @Test func withoutANameThereIsAList() {
    let session = session()
    session.press(":")
    session.type("panels")
    session.press("enter")
    #expect(session.state.choice?.items.map(\.label) == ["web", "night"])
    #expect(session.state.choice?.items[0].detail == "up, load")
    session.press("down enter")
    #expect(session.state.panels.specifications == [load])
  }

  @Test func anUnknownNameIsAnsweredWithANearOne() {
    let session = session()
    session.press(":")
    session.type("panels nigth")
    session.press("enter")
    #expect(session.message == "no panels named nigth; did you mean night?")
  }

  @Test func panelsAreKeptAsASet() {
    let session = session()
    session.press("p a")
    session.type("errors: rate(http_errors_total[1m])")
    session.press("enter w")
    #expect(session.state.prompt?.line.text == "save-panels ")
    session.type("web")
    session.press("enter")
    #expect(session.message == "the configuration has panels named web, which go before; choose another name")
    session.press("w")
    session.type("mine")
    session.press("enter")
    let saved = session.host.compactMap { effect -> [PanelSpecification]? in
      if case .savePanelSet("mine", let panels) = effect { panels } else { nil }
    }
    #expect(saved.map { $0.map(\.title) } == [["errors"]])
    session.press("w")
    #expect(session.state.prompt?.line.text == "save-panels mine")
    session.press("esc")
    session.state.settings.isSecure = true
    session.press(":")
    session.type("save-panels other")
    session.press("enter")
    #expect(session.message == "--secure allows no writing")
  }

  @Test func changedPanelsCanBeComeBackTo() {
    let session = session()
    session.press("p a")
    session.type("x: y | count")
    session.press("enter")
    for name in ["web", "saved"] {
      session.press(":")
      session.type("panels \(name)")
      session.press("enter")
    }
    #expect(session.state.panels.specifications.map(\.title) == ["x"])
  }

  @Test func theCommandLineOfTheViewNamesTheSet() {
    let session = session()
    #expect(!session.state.commandLine.contains("--panels"))
    session.press(":")
    session.type("panels web")
    session.press("enter")
    #expect(session.state.commandLine.contains(" --panels web"))
    session.press("p j D")
    #expect(!session.state.commandLine.contains("--panels"))
  }

  @Test func theSetOfTheCommandLineIsTheOneToSaveTo() {
    var opening = Opening()
    opening.panels = [up]
    opening.panelSet = "mine"
    let session = Session("2026-01-02T10:00:00Z a\n", opening: opening)
    session.press("p w")
    #expect(session.state.prompt?.line.text == "save-panels mine")
  }

  @Test func editingAPanelKeepsWhatItsTextDoesNotSay() {
    let session = session()
    session.press(":")
    session.type("panels night")
    session.press("enter p j e")
    session.type("5")
    session.press("enter")
    let edited = session.state.panels.specifications.first
    #expect(edited?.expression == "node_load15")
    #expect(edited?.source == "node" && edited?.warn == 4)
  }

  @Test func aPanelIsReadBackAsItWasWritten() {
    let panels = [
      up, load, PanelSpecification(expression: #"sum(rate(x{a="b\"c"}[5m]))"#),
      PanelSpecification(title: "a: b {c}", expression: "up", unit: "ms", maximum: 0.25, warn: -3, error: 1e300),
      PanelSpecification(title: "errors", expression: "level>=error | count"),
    ]
    let text = "{ \"panels\": { \"x\": [ \(panels.map(\.configurationText).joined(separator: ",\n")) ] } }"
    let read = Configuration.decode(Array(text.utf8), scope: .user)
    #expect(read.mistakes.isEmpty)
    #expect(read.configuration.panels(named: "x") == panels)
    #expect(read.configuration.panels(named: "x")?.map(\.maximum) == panels.map(\.maximum))
  }
}

@Suite struct ImportTests {
  @Test func aDashboardTakesThePlaceOfThePanels() {
    let session = Session("2026-01-02T10:00:00Z a\n2026-01-02T10:00:09Z b\n")
    session.press(":")
    session.type("import /tmp/shop.json")
    session.press("enter")
    #expect(session.host.contains { if case .importPanels("/tmp/shop.json") = $0 { true } else { false } })
    session.send(
      .panelsImported(title: "Shop", panels: [PanelSpecification(expression: "up")], notes: ["left out: 1 text"]))
    #expect(session.state.panels.specifications.map(\.expression) == ["up"])
    #expect(session.message == "1 panel of Shop; left out: 1 text; :save-panels NAME keeps them")
    session.send(.panelsImported(title: "Empty", panels: [], notes: ["left out: 3 of loki"]))
    #expect(session.message == "Empty has no panel that asks Prometheus; left out: 3 of loki")
    #expect(session.state.panels.specifications.count == 1)
  }
}
