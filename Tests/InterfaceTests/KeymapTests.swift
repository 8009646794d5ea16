import Drawing
import Quantities
import Testing

@testable import Interface

@Suite struct KeymapTests {
  /// The keys of the specification, with what they do in the log; those left for the navigator issue are missing.
  static let specified: [(String, Action)] = [
    ("j", .down), ("down", .down), ("k", .up), ("up", .up), ("space", .pageDown), ("f", .pageDown),
    ("pgdn", .pageDown), ("ctrl-f", .pageDown), ("b", .pageUp), ("pgup", .pageUp), ("ctrl-b", .pageUp),
    ("d", .halfPageDown), ("u", .halfPageUp), ("ctrl-d", .halfPageDown), ("ctrl-u", .halfPageUp), ("g", .first),
    ("home", .first), ("<", .first), ("G", .last), ("end", .last), (">", .last), ("%", .percent), ("h", .left),
    ("l", .right), ("left", .left), ("right", .right), ("{", .previousRecord), ("}", .nextRecord), ("F", .follow),
    ("ctrl-c", .cancel), ("/", .search), ("n", .searchNext), ("N", .searchPrevious), ("*", .searchWord),
    ("enter", .details), ("tab", .nextPane), ("shift-tab", .previousPane), ("esc", .stepOut), ("q", .closePane),
    ("Q", .quit), ("z", .zoomIn), ("Z", .zoomOut), ("] g", .nextGap), ("[ g", .previousGap),
    ("] e", .nextBurst), ("[ e", .previousBurst), (":", .command), ("?", .help), ("f1", .help), ("ctrl-l", .redraw),
    ("ctrl-z", .suspend), ("f2", .mouse), ("i", .editFilter), ("&", .editFilter), ("x", .toggleMatches),
    ("C", .cycleContext), ("+", .include), ("-", .exclude), ("@", .savedFilters), ("U", .undo), ("e", .nextError),
    ("E", .previousError), ("] w", .nextWarning), ("[ w", .previousWarning), ("] b", .nextBookmark),
    ("] s", .nextSpike), ("[ s", .previousSpike),
    ("[ b", .previousBookmark), ("m", .bookmark), ("'", .bookmarks), ("M", .nowLine), ("' '", .back),
    ("ctrl-o", .back), ("alt-right", .forward), ("t", .timeColumn), ("T", .timeZone), ("w", .wrap), ("r", .columns),
    ("#", .lineNumbers), ("s", .sources), ("p", .focusPanels), ("P", .hidePanels), ("y", .copyRecord),
    ("=", .whereAmI),
  ]

  @Test(arguments: specified) func everyKeyOfTheTableIsBound(key: String, action: Action) throws {
    let keys = try #require(Key.sequence(named: key))
    switch Keymap.standard.lookup(keys, in: .log) {
    case .action(let found), .both(let found): #expect(found == action)
    case .none, .prefix: Issue.record("\(key) is not bound")
    }
  }

  @Test func noKeyIsBoundTwiceInOnePane() {
    var seen: Set<String> = []
    for row in KeyTable.rows {
      for key in row.keys { #expect(seen.insert("\(row.pane) \(key)").inserted, "\(key) in \(row.pane)") }
    }
  }

  @Test func everyRowCanBeRead() {
    for row in KeyTable.rows {
      for key in row.keys { #expect(Key.sequence(named: key) != nil, "\(key)") }
      #expect(!row.help.isEmpty)
    }
  }

  @Test func everyActionHasAKeyAndItsHelp() {
    for action in Action.allCases {
      #expect(KeyTable.rows.contains { $0.action == action }, "\(action)")
    }
    let names = Set(Action.allCases.map(\.rawValue))
    #expect(names.count == Action.allCases.count)
  }

  @Test func helpCoversEveryRow() {
    var state = State(size: Size(columns: 80, rows: 24), now: .distantPast)
    state.help.isOpen = true
    let lines = state.helpLines
    for row in KeyTable.rows where row.pane != .files {
      #expect(lines.contains { $0.text == row.help }, "\(row.help)")
    }
    for command in Command.all { #expect(lines.contains { $0.keys == command.usage }) }
  }

  @Test func keysAreRemapped() {
    var keymap = Keymap.standard
    keymap.bind([.control("s")], to: .copyRecord)
    keymap.unbind([.character("q")])
    #expect(keymap.lookup([.control("s")], in: .log) == .action(.copyRecord))
    #expect(keymap.lookup([.control("s")], in: .detail) == .action(.copyRecord))
    #expect(keymap.lookup([.character("q")], in: .log) == .none)
    #expect(keymap.lookup([.character("y")], in: .log) == .action(.copyRecord))
  }

  @Test func unboundKeysSaySo() {
    let session = Session(numbered(5))
    session.press("X")
    #expect(session.message == "X is not bound; ? lists the keys")
    session.press("] q")
    #expect(session.message == "] q is not bound; ? lists the keys")
  }

  @Test func prefixesListTheirContinuations() {
    let session = Session(numbered(5))
    session.press("]")
    #expect(session.state.choice == nil)
    #expect(session.state.nextDeadline != nil)
    session.wait(.milliseconds(600))
    #expect(session.state.choice?.items.map(\.label) == ["] a", "] b", "] e", "] g", "] s", "] w"])
    #expect(session.state.focus == .choice)
    session.press("w")
    #expect(session.state.choice == nil)
    #expect(session.cursorText?.contains("record 5 ") == true)
  }
}

@Suite struct PaneTests {
  @Test func qClosesThePaneAndThenRests() {
    let session = Session(numbered(20))
    session.press("enter")
    #expect(session.state.focus == .detail)
    session.press("q q")
    #expect(session.state.focus == .log)
    #expect(session.host.isEmpty)
    session.wait(.milliseconds(500))
    session.press("q")
    #expect(session.host.contains { if case .quit = $0 { true } else { false } })
  }

  @Test func aKeyThatIsNoAnswerMeansWhatItAlwaysMeans() {
    let session = Session(numbered(20))
    session.send(.folderConfigurationFound(path: "/logs/chiplog.jsonc"))
    #expect(session.state.question != nil)
    session.press("q")
    #expect(session.state.question == nil)
    #expect(session.host.contains { if case .quit = $0 { true } else { false } })
  }

  @Test func aQuestionLeavesKeysToALineThatIsBeingTyped() {
    let session = Session(numbered(20))
    session.press("i")
    session.send(.folderConfigurationFound(path: "/logs/chiplog.jsonc"))
    session.type("y")
    #expect(session.state.prompt?.line.text == "y")
    #expect(session.state.question != nil)
    session.press("esc n")
    #expect(session.state.question == nil)
  }

  @Test func asksBeforeRecordsOfAPipeAreLost() {
    let session = Session([("-", numbered(20))])
    session.press("q")
    #expect(session.state.question?.kind == .quitLosesRecords)
    session.press("j")
    #expect(session.state.question != nil)
    session.press("esc")
    #expect(session.state.question == nil)
    session.press("q w")
    #expect(session.state.prompt?.kind == .saveAs)
    session.type("saved.log")
    session.press("enter")
    #expect(session.outputs.requests.map(\.target) == [.file(path: "saved.log", replaces: false, thenQuits: true)])
    #expect(session.outputs.requests[0].text.split(separator: "\n").count == 20)
    #expect(session.host.contains { if case .quit = $0 { true } else { false } })
    session.host = []
    session.press("q q")
    #expect(session.host.count == 1)
    session.host = []
    session.press("Q")
    #expect(session.host.count == 1)
  }

  @Test func escapeStepsOutButNeverQuits() {
    let session = Session(numbered(20))
    session.press("/")
    session.type("record")
    session.press("enter enter esc")
    #expect(session.state.detail.isOpen == false)
    #expect(session.state.search.isHighlighted)
    session.press("esc")
    #expect(!session.state.search.isHighlighted)
    session.press("esc esc esc")
    #expect(session.host.allSatisfy { if case .quit = $0 { false } else { true } })
  }

  @Test func tabVisitsPanes() {
    let session = Session(numbered(100))
    session.press("enter")
    #expect(session.state.visiblePanes == [.panels, .log, .detail])
    session.press("tab")
    #expect(session.state.focus == .panels)
    session.press("shift-tab shift-tab")
    #expect(session.state.focus == .log)
  }

  @Test func hidesAndShowsSources() {
    let session = Session([("a.log", numbered(20)), ("b.log", numbered(10))])
    #expect(session.state.view.count == 30)
    session.press("s space")
    #expect(session.state.view.count == 10)
    session.press("o")
    #expect(session.state.view.count == 20)
    session.press("o")
    #expect(session.state.view.count == 30)
    session.press("j f")
    #expect(session.state.choice != nil)
    session.press("esc q")
    #expect(!session.state.sources.isOpen)
  }

  @Test func helpScrollsByHalfPagesAndToLines() {
    let session = Session(numbered(20))
    session.press("? d d u")
    #expect(session.state.help.scroll == 10)
    session.press("3 0 g")
    #expect(session.state.help.scroll == 29)
    session.press("space b g")
    #expect(session.state.help.scroll == 0)
  }

  @Test func helpFindsKeys() {
    let session = Session(numbered(20))
    session.press("? /")
    session.type("bookmark")
    session.press("enter")
    #expect(session.state.helpLines.allSatisfy { $0.kind != .entry || $0.text.contains("ookmark") || $0.keys != "" })
    #expect(session.state.helpLines.count < 15)
    session.press("esc")
    #expect(session.state.help.isOpen)
    session.press("esc")
    #expect(!session.state.help.isOpen)
  }

  @Test func copiesTheRecord() {
    let session = Session("2026-01-02 10:00:00 INFO hello\n")
    session.press("y")
    #expect(session.message == "copied 1 record, 30 bytes (OSC 52)")
    #expect(
      session.host.contains {
        if case .copy(let bytes) = $0 { String(decoding: bytes, as: UTF8.self).hasSuffix("hello") } else { false }
      })
  }

  @Test func cyclesTimeAndForm() {
    let session = Session([("a.log", numbered(20)), ("b.log", numbered(10))])
    session.press("g")
    #expect(session.screen[0].hasPrefix("▌14:00:01.000 INFO  a.log record 1"))
    session.press("t")
    #expect(session.screen[0].contains("2025-11-22 14:00:01.000"))
    session.press("t t")
    #expect(session.screen[0].hasPrefix("▌INFO "))
    session.press("t r")
    #expect(session.screen[0].contains("2025-11-22T14:00:01Z INFO record 1"))
    session.press("#")
    #expect(session.screen[0].hasPrefix("▌      1 "))
    session.press("U U")
    #expect(session.screen[0].hasPrefix("▌14:00:01.000 INFO  a.log record 1"))
  }

  @Test func mouseMovesAndScrolls() {
    let session = Session(numbered(100))
    session.press("f2")
    #expect(session.host.contains { if case .setMouse(true) = $0 { true } else { false } })
    let layout = session.state.layout
    session.send(.key(.mouse(MouseEvent(.press(0), column: 5, row: layout.log.row + 2))))
    #expect(session.screen[2].hasPrefix("▌"))
    session.send(.key(.mouse(MouseEvent(.scrollUp, column: 5, row: 10))))
    #expect(!session.state.follow.isFollowing)
    if let volume = layout.volume {
      session.send(.key(.mouse(MouseEvent(.press(0), column: layout.axisColumn, row: volume.row))))
      #expect(session.cursorText?.contains("record 1 ") == true)
      #expect(session.state.focus == .panels)
    }
  }
}
