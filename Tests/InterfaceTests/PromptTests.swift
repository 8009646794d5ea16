import Drawing
import Quantities
import Testing

@testable import Interface

@Suite struct LineEditorTests {
  @Test func insertsAndDeletes() {
    var line = LineEditor("level")
    line.insert(">=warn")
    #expect(line.text == "level>=warn")
    line.moveToStart()
    line.deleteForward()
    #expect(line.text == "evel>=warn")
    line.moveToEnd()
    let hasDeleted = line.deleteBackward()
    #expect(hasDeleted)
    #expect(line.text == "evel>=war")
    line.deleteToStart()
    let deleted = line.deleteBackward()
    #expect(!deleted)
  }

  @Test func movesByWords() {
    var line = LineEditor("status>=500 route:/api")
    line.moveWordBackward()
    #expect(line.textBeforeCaret == "status>=500 route:/")
    line.moveWordBackward()
    #expect(line.textBeforeCaret == "status>=500 ")
    line.moveToStart()
    line.moveWordForward()
    #expect(line.textBeforeCaret == "status")
  }

  @Test func killsGatherAndComeBack() {
    var line = LineEditor("one two three")
    line.deleteWordBackward()
    line.deleteWordBackward()
    #expect(line.text == "one ")
    line.yank()
    #expect(line.text == "one two three")
    line.moveToStart()
    line.deleteWordForward()
    line.deleteToEnd()
    #expect(line.isEmpty)
    line.yank()
    #expect(line.text == "one two three")
  }

  @Test func treatsGraphemesAsOne() {
    var line = LineEditor("aé👩‍👩‍👧x")
    line.move(by: -1)
    line.deleteBackward()
    #expect(line.text == "aéx")
    #expect(line.caretUTF8 == 3)
    line.replace(utf8: 1..<3, with: "bc")
    #expect(line.text == "abcx")
    #expect(line.caret == 3)
  }

  @Test func controlCharactersBecomeSpaces() {
    var line = LineEditor()
    line.insert("a\nb\u{1b}[31m\tc")
    #expect(line.text == "a b [31m c")
  }
}

@Suite struct PromptTests {
  @Test func keepsAHistory() {
    var history = PromptHistory(["a"])
    history.add("b")
    history.add("a")
    history.add("")
    #expect(history.entries == ["b", "a"])
    let session = Session(numbered(20))
    for text in ["level>=error", "user=u1"] {
      session.press("i ctrl-u")
      session.type(text)
      session.press("enter")
    }
    session.press("i ctrl-u")
    session.type("draft")
    session.press("up")
    #expect(session.state.prompt?.line.text == "user=u1")
    session.press("up up")
    #expect(session.state.prompt?.line.text == "level>=error")
    session.press("down down")
    #expect(session.state.prompt?.line.text == "draft")
    #expect(
      session.host.contains {
        if case .saveHistory(.filter, let entries) = $0 { entries == ["level>=error", "user=u1"] } else { false }
      })
  }

  @Test func searchesTheHistory() {
    let session = Session(numbered(20))
    session.state.histories[.filter] = PromptHistory(["level>=error", "user=u1", "level=warn"])
    session.press("i ctrl-r")
    session.type("lev")
    #expect(session.state.prompt?.line.text == "level=warn")
    session.press("ctrl-r")
    #expect(session.state.prompt?.line.text == "level>=error")
    session.press("enter")
    #expect(session.state.prompt?.historyNeedle == nil)
    session.press("enter")
    #expect(session.state.options.filter == "level>=error")
  }

  @Test func escapeLeavesTheHistorySearchFirst() {
    let session = Session(numbered(20))
    session.state.histories[.filter] = PromptHistory(["level>=error"])
    session.press("i")
    session.type("u")
    session.press("ctrl-r")
    session.type("lev")
    session.press("esc")
    #expect(session.state.prompt?.line.text == "u")
    session.press("esc")
    #expect(session.state.prompt == nil)
  }

  @Test func completesFieldsAndValues() {
    let session = Session(numbered(30))
    session.press("i")
    session.type("us")
    session.press("tab")
    #expect(session.state.prompt?.line.text == "user")
    session.type("=")
    session.press("tab")
    #expect(session.state.prompt?.completion?.items.map(\.text) == ["u0", "u1", "u2"])
    session.press("tab tab")
    #expect(session.state.prompt?.line.text == "user=u1")
    session.press("esc")
    #expect(session.state.prompt?.completion == nil)
    #expect(session.state.prompt != nil)
    session.press("esc")
    #expect(session.state.prompt == nil)
  }

  @Test func completesCommands() {
    let session = Session(numbered(5))
    session.press(":")
    session.type("them")
    session.press("tab")
    #expect(session.state.prompt?.line.text == "theme ")
    session.press("esc")
    session.press(":")
    session.type("fo")
    session.press("tab")
    #expect(Set(session.state.prompt?.completion?.items.prefix(3).map(\.text) ?? []) == ["follow", "fold ", "format "])
    session.press("ctrl-u")
    session.type("format js")
    session.press("tab")
    #expect(session.state.prompt?.line.text == "format json")
    session.press("enter")
    #expect(session.state.summary.files.first?.isForced == false)
    session.grow()
    #expect(session.state.summary.files.first?.isForced == true)
  }

  @Test func commandsSuggest() {
    let session = Session(numbered(5))
    session.press(":")
    session.type("fitler x")
    session.press("enter")
    #expect(session.message == "no command :fitler; did you mean :filter?")
    session.press(":")
    session.type("format nosuch")
    session.press("enter")
    #expect(session.message.hasPrefix("no format nosuch"))
  }

  @Test func backspaceLeavesAnEmptyPrompt() {
    let session = Session(numbered(5))
    session.press("/ a backspace")
    #expect(session.state.prompt != nil)
    session.press("backspace")
    #expect(session.state.prompt == nil)
  }

  @Test func digitsAndKeysAreTextInPrompts() {
    let session = Session(numbered(20))
    session.press("/ 1 2 q ]")
    #expect(session.state.prompt?.line.text == "12q]")
  }

  @Test func secureModeWritesNothing() {
    let session = Session(numbered(5))
    session.press(":")
    session.type("w /tmp/x")
    session.press("enter")
    #expect(session.outputs.requests.count == 1)
    session.state.settings.isSecure = true
    session.press(":")
    session.type("w /tmp/x")
    session.press("enter")
    #expect(session.outputs.requests.count == 1)
    #expect(session.message.contains("--secure"))
  }
}
