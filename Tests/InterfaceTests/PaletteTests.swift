import Drawing
import Testing

@testable import Interface

/// The command line as a palette.
@Suite struct PaletteTests {
  private func items(_ session: Session) -> [String] {
    (session.state.prompt?.palette?.items ?? []).map { $0.text.trimmed }
  }

  @Test func commandsAndActionsAreOfferedWhileOneTypes() {
    let session = Session(numbered(20))
    session.press(":")
    #expect(items(session).isEmpty)
    session.type("wr")
    #expect(items(session).first == "w")
    #expect(items(session).contains("view.wrap"))
    let wrap = session.state.prompt?.palette?.items.first { $0.text == "view.wrap" }
    #expect(wrap?.detail.hasPrefix("w ") == true)
    #expect(wrap?.detail.hasSuffix("wrap long lines") == true)
    session.press("esc")
    #expect(session.state.prompt == nil)
  }

  @Test func anyActionRunsByItsName() {
    let session = Session(numbered(50))
    session.press(":")
    session.type("move.first")
    session.press("enter")
    #expect(session.cursorText?.contains("record 1 ") == true)
    session.press(":")
    session.type("move.down 3")
    session.press("enter")
    #expect(session.cursorText?.contains("record 4 ") == true)
    session.press(":")
    session.type("view.wr")
    session.press("enter")
    #expect(session.state.options.wraps)
  }

  @Test func everyActionOfThePanesCanBeTyped() {
    for action in Action.allCases where action.rawValue != "quit" && !action.rawValue.hasPrefix("prompt.") {
      let session = Session(numbered(50))
      _ = session.state.run(action.rawValue)
      #expect(!session.message.hasPrefix("no command"), "\(action.rawValue)")
    }
  }

  @Test func actionsOfOtherPanesFocusThemOrSayWhere() {
    let session = Session(numbered(50))
    session.press(":")
    session.type("sources.toggle")
    session.press("enter")
    #expect(session.message == "sources.toggle works in the sources; open them first")
    session.press("enter esc p esc")
    session.press(":")
    session.type("panels.add")
    session.press("enter")
    #expect(session.state.prompt?.kind == .panel)
  }

  @Test func tabTakesWhatTheListHasFirst() {
    let session = Session(numbered(20))
    session.press(":")
    session.type("follo")
    session.press("tab")
    #expect(session.state.prompt?.line.text == "follow")
    session.press("enter")
    #expect(session.state.follow.isFollowing)
    session.press(":")
    session.type("nexterr")
    #expect(items(session).first == "move.next-error")
    session.press("tab enter")
    #expect(session.message.hasPrefix("no ") || session.cursorText?.contains("ERROR") == true)
  }

  @Test func argumentsAreOffered() {
    let session = Session(numbered(20))
    session.press(":")
    session.type("anomalies ")
    #expect(items(session) == ["on", "off"])
    session.press("tab tab enter")
    #expect(session.state.panels.anomalies.isOn)
    session.press(":")
    session.type("format sys")
    #expect(items(session).contains { $0.hasPrefix("syslog") })
  }

  @Test func pathsAreCompletedByTheHost() {
    let session = Session(numbered(20))
    session.press(":")
    session.type("e /var/lo")
    session.press("tab")
    #expect(session.host.contains { if case .completePath("/var/lo") = $0 { true } else { false } })
    session.send(.pathsFound("/var/lo", [.init(text: "/var/local/"), .init(text: "/var/log/")]))
    #expect(session.state.prompt?.line.text == "e /var/lo")
    session.press("tab tab")
    #expect(session.state.prompt?.line.text == "e /var/log/")
    session.press("esc")
    session.type("x")
    session.press("tab")
    session.send(.pathsFound("/var/lox", []))
    #expect(session.state.prompt?.note == "no file begins with /var/lox")
  }

  @Test func mistypedNamesAreCorrected() {
    let session = Session(numbered(20))
    session.press(":")
    session.type("view.warp")
    session.press("enter")
    #expect(session.message == "no command :view.warp; did you mean :view.wrap?")
  }

  @Test(arguments: [
    ("wrap", "view.wrap", 20), ("view.wrap", "view.wrap", 0), ("nexterr", "move.next-error", 40),
    ("xq", "move.down", nil),
    ("rit", "write", 30), ("lines", "x", 50),
  ])
  func likeness(typed: String, name: String, score: Int?) {
    #expect(Likeness.score(typed, name, help: "wrap long lines") == score)
  }
}
