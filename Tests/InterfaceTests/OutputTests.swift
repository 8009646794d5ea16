import Drawing
import Quantities
import Testing

@testable import Interface

@Suite struct OutputTests {
  private func copies(_ session: Session) -> [String] {
    session.host.compactMap { if case .copy(let bytes) = $0 { String(decoding: bytes, as: UTF8.self) } else { nil } }
  }

  // MARK: Selecting

  @Test func selectsByMotionsAndCopies() {
    let session = Session(numbered(50))
    session.press("g V j j")
    #expect(session.state.selectionText == "3 records selected")
    #expect(session.message.isEmpty)
    session.press("y")
    #expect(copies(session).map { $0.split(separator: "\n").count } == [3])
    #expect(copies(session)[0].hasSuffix("record 3 user=u0"))
    #expect(session.message == "copied 3 records, \(copies(session)[0].utf8.count) bytes (OSC 52)")
    #expect(session.state.selection == nil)
  }

  @Test func selectsUpwardsAndFarBeyondTheWindow() {
    let session = Session(numbered(5000), rows: 10)
    session.press("k V g")
    #expect(session.state.selectionText == "selected from 14:00:01 to 15:23:19")
    session.press("|")
    session.type("wc -l")
    session.press("enter")
    #expect(session.message == "4999")
    #expect(session.state.selection != nil)
    session.press("esc")
    #expect(session.state.selection == nil)
  }

  @Test func selectingPausesFollowingAndEndsWithEsc() {
    let session = Session(numbered(20))
    session.press("V")
    #expect(!session.state.follow.isFollowing)
    session.press("esc")
    #expect(session.state.selection == nil)
    #expect(session.message.isEmpty)
    session.press("V V")
    #expect(session.state.selection == nil)
  }

  @Test func keysThatComeBeforeTheRowsMeanTheRowsToCome() {
    let session = Session(numbered(3000))
    session.isPaused = true
    session.press("g V j j y")
    session.catchUp()
    #expect(copies(session).map { $0.split(separator: "\n").count } == [3])
    #expect(copies(session).first?.hasPrefix("2025-11-22T14:00:01") == true)
    session.isPaused = true
    session.press("G y esc")
    session.catchUp()
    #expect(copies(session).count == 1)
  }

  @Test func theTimeOfTheSelectionBecomesTheFilter() {
    let session = Session(numbered(50))
    session.press("g j V j j j")
    #expect(session.state.hints.map(\.text) == ["copy", "pipe", "filter", "drop"])
    session.press("+")
    #expect(session.state.view.count == 4)
    #expect(session.state.selection == nil)
    session.press("U")
    #expect(session.state.view.count == 50)
  }

  @Test func selectedRowsAreMarked() {
    let session = Session(numbered(30))
    session.press("g V j j")
    let rows = session.state.log.window.rows
    #expect(rows.prefix(5).map(session.state.isSelected) == [true, true, true, false, false])
  }

  @Test func refusesToCopyMoreThanTerminalsTake() {
    let session = Session(numbered(3000))
    session.press("g V G y")
    #expect(copies(session).isEmpty)
    #expect(session.message.hasPrefix("not copied: 3,000 records, "), "\(session.message)")
    #expect(session.message.contains("terminals take 74,994"))
  }

  // MARK: Pipes

  @Test func pipesTheRecordAtHand() {
    let session = Session(numbered(20))
    session.press("g |")
    #expect(session.state.prompt?.label == "| ")
    session.type("cat")
    session.press("enter")
    #expect(session.message.hasSuffix("record 1 user=u1"))
    #expect(session.state.histories[.pipe]?.entries == ["cat"])
    session.press("| up")
    #expect(session.state.prompt?.line.text == "cat")
  }

  @Test func showsOutputOfSeveralLinesInAPane() {
    let session = Session(numbered(100), rows: 24)
    session.press("g V G |")
    session.type("cat")
    session.press("enter")
    #expect(session.state.focus == .text)
    #expect(session.state.textPane?.lines.count == 100)
    session.press("space j")
    #expect(session.state.textPane?.top == 22)
    session.press("/")
    session.type("record 90")
    session.press("enter")
    #expect(session.state.textPane?.top == 89)
    session.press("esc")
    #expect(session.state.textPane?.needle == "")
    session.press("y")
    #expect(copies(session).count == 1)
    session.press("q")
    #expect(session.state.textPane == nil)
    #expect(session.state.focus == .log)
  }

  @Test func failuresOfCommandsAreTold() {
    let session = Session(numbered(5))
    session.press("|")
    session.type("nonsense")
    session.press("enter")
    #expect(session.message == "nonsense: no output; exit 1")
  }

  @Test func escEndsACommand() {
    let session = Session(numbered(5))
    session.isPaused = true
    session.press("|")
    session.type("sleep 100")
    session.press("enter")
    session.now = session.now + .milliseconds(400)
    session.send(.tick)
    #expect(session.state.output.inFlight != nil)
    session.press("esc")
    #expect(session.state.output.inFlight == nil)
    #expect(session.message == "ended the command")
    #expect(!session.waiting.contains { if case .giveOut = $0 { true } else { false } })
  }

  @Test func aResultIsPipedAndWritten() {
    let session = Session(numbered(20))
    session.press("i")
    session.type("| count by level")
    session.press("enter")
    #expect(session.state.focus == .result)
    session.press("|")
    session.type("wc -l")
    session.press("enter")
    #expect(session.message == "3")
    session.press(":")
    session.type("w levels.csv")
    session.press("enter")
    #expect(session.outputs.requests.last?.form == .csv)
    #expect(session.message == "wrote 3 rows to levels.csv")
  }

  // MARK: Files

  @Test(arguments: [
    ("w a.json", OutputForm.json, "a.json"), ("w a.JSONL", .jsonLines, "a.JSONL"),
    ("w a.ndjson", .jsonLines, "a.ndjson"),
    ("w a.csv", .csv, "a.csv"), ("w a.log", .text, "a.log"), ("w --csv a.txt", .csv, "a.txt"),
    ("w x.d/a", .text, "x.d/a"),
  ])
  func theFormIsChosenByNameOrOption(command: String, form: OutputForm, path: String) {
    let session = Session(numbered(5))
    session.press(":")
    session.type(command)
    session.press("enter")
    #expect(session.outputs.requests.map(\.form) == [form])
    #expect(session.outputs.requests.map(\.target) == [.file(path: path, replaces: false, thenQuits: false)])
    #expect(session.message == "wrote 5 records to \(path)")
  }

  @Test func writesWhatIsShown() {
    let session = Session(numbered(50))
    session.press("i")
    session.type("level>=error")
    session.press("enter :")
    session.type("w! errors.log")
    session.press("enter")
    #expect(session.outputs.requests.last?.text.split(separator: "\n").count == 5)
    #expect(session.outputs.requests.last?.target == .file(path: "errors.log", replaces: true, thenQuits: false))
    session.press("U g V j :")
    session.type("w two.log")
    session.press("enter")
    #expect(session.message == "wrote 2 records to two.log")
  }

  @Test func writingWaitsForTheFilter() {
    let session = Session(numbered(50))
    session.isPaused = true
    session.press("i")
    session.type("level>=error")
    session.press("enter :")
    session.type("w errors.log")
    session.press("enter")
    #expect(!session.waiting.contains { if case .giveOut = $0 { true } else { false } })
    session.catchUp()
    #expect(session.outputs.requests.map { $0.text.split(separator: "\n").count } == [5])
  }

  // MARK: Programs

  @Test func editorAndPagerGetTheTerminal() {
    let session = Session(numbered(5))
    session.press("v")
    #expect(
      session.host.contains {
        if case .runProgram(.editor, path: "/tmp/records.log", line: nil, isTemporary: true) = $0 {
          true
        } else {
          false
        }
      })
    session.press(":")
    session.type("pager")
    session.press("enter")
    #expect(session.host.contains { if case .runProgram(.pager, _, _, _) = $0 { true } else { false } })
  }

  @Test func secureModeLetsNothingOut() {
    let session = Session(numbered(5))
    session.state.settings.isSecure = true
    for keys in ["|", "v"] {
      session.press(keys)
      #expect(session.message.hasPrefix("--secure allows no"), "\(keys)")
      #expect(session.state.prompt == nil)
    }
    for command in ["pager", "pipe cat", "w x", "w! x"] {
      session.press(":")
      session.type(command)
      session.press("enter")
      #expect(session.message.hasPrefix("--secure allows no"), "\(command)")
    }
    #expect(session.outputs.requests.isEmpty)
    session.press("y")
    #expect(copies(session).count == 1)
  }

  @Test(arguments: [
    ("vi", "vi +12 \"$1\""), ("/usr/bin/vim -R", "/usr/bin/vim -R +12 \"$1\""),
    ("code --wait", "code --wait -g \"$1\":12"),
    ("env TERM=xterm hx", "env TERM=xterm hx \"$1\":12"), ("emacs -nw", "emacs -nw +12 \"$1\""),
  ])
  func editorsAreToldTheLine(program: String, command: String) {
    #expect(ViewerCommand.text(program: program, line: 12) == command)
    #expect(ViewerCommand.text(program: program, line: nil) == program + " \"$1\"")
  }
}
