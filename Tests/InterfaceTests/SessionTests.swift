import Foundation
import Metrics
import Quantities
import Testing

@testable import Interface

/// What a session leaves for the next one.
@Suite struct SavedSessionTests {
  private func opening(_ session: SavedSession? = nil, at start: Opening.Start = .restored) -> Opening {
    var opening = Opening()
    opening.start = start
    opening.keepsSession = true
    opening.session = session
    return opening
  }

  private func session(_ text: String, _ opening: Opening) -> Session {
    let session = Session(text, opening: opening)
    if session.state.sources.named.isEmpty { session.state.sources.named = ["/logs/app.log"] }
    return session
  }

  private func left(by session: Session) throws -> SavedSession {
    let kept = try #require(session.state.sessionToKeep)
    let read = SavedSession(reading: Array(kept.text.utf8))
    #expect(read == kept)
    return try #require(read)
  }

  @Test func positionBookmarksAndNotesComeBack() throws {
    let first = session(numbered(500), opening())
    #expect(first.state.follow.isFollowing)
    first.press(": 1 0 0 enter m : 2 0 0 enter")
    first.press("alt-m")
    #expect(first.state.prompt?.line.text == "note ")
    first.type("the pool is \"full\"")
    first.press("enter : 3 0 0 enter M")
    let kept = try left(by: first)
    #expect(kept.position?.line == 300)
    #expect(kept.marks.map(\.note) == ["", "the pool is \"full\""])

    let second = session(numbered(500), opening(kept))
    #expect(second.cursorText?.contains("record 300 ") == true)
    #expect(!second.state.follow.isFollowing)
    #expect(second.message.hasPrefix("back where the last session ended"))
    #expect(second.state.bookmarks.lines == kept.lines)
    second.press("[ b")
    #expect(second.cursorText?.contains("record 200 ") == true)
    second.press("'")
    second.wait(.milliseconds(600))
    #expect(second.state.choice?.items.map(\.label).prefix(2) == ["14:01:40 app.log:100", "14:03:20 app.log:200"])
    #expect(second.state.choice?.items[1].detail.hasPrefix("the pool is \"full\"  ") == true)
  }

  @Test func aSessionThatFollowedFollowsAgain() throws {
    let first = session(numbered(100), opening())
    let second = session(numbered(120), opening(try left(by: first)))
    #expect(second.state.follow.isFollowing)
    #expect(second.cursorText?.contains("record 120 ") == true)
    #expect(second.message.isEmpty)
  }

  @Test func recordsAreFoundByTimeAndTextInARotatedFile() throws {
    let first = session(numbered(500), opening())
    first.press(": 4 0 0 enter m")
    let kept = try left(by: first)
    let second = session(numbered(200, from: 350), opening(kept))
    #expect(second.cursorText?.contains("record 400 ") == true)
    #expect(second.state.bookmarks.marks.count == 1)
  }

  @Test func whatIsGoneIsSaidAndKept() throws {
    let first = session(numbered(500), opening())
    first.press(": 4 0 0 enter m")
    let kept = try left(by: first)
    let second = session(numbered(50, from: 1000), opening(kept))
    #expect(second.message == "1 bookmark is not in these files now")
    #expect(second.state.follow.isFollowing)
    #expect(try left(by: second).marks == kept.marks)
    second.press("'")
    second.wait(.milliseconds(600))
    #expect(second.state.choice?.items.map(\.label) == ["14:06:40 not here"])
  }

  @Test func aFilterIsOfferedNeverRestored() throws {
    let first = session(numbered(100), opening())
    first.press("i")
    first.type("level>=error")
    first.press("enter")
    let second = session(numbered(100), opening(try left(by: first)))
    #expect(second.state.options.filter.isEmpty)
    #expect(second.message == "its filter was level>=error: @ offers it")
    second.press("@ enter")
    #expect(second.state.options.filter == "level>=error")
    #expect(second.state.view.count == 10)
  }

  @Test func panelsComeBackWhereTheyWereChanged() throws {
    let first = session(numbered(100), opening())
    #expect(try left(by: first).panels == nil)
    first.press("p a")
    first.type("errors: rate(http_errors_total[1m])")
    first.press("enter")
    let second = session(numbered(100), opening(try left(by: first)))
    #expect(second.state.panels.specifications.map(\.title) == ["errors"])
    // The configuration has others by now.
    var changed = opening(try left(by: first))
    changed.panels = [PanelSpecification(expression: "up")]
    let third = session(numbered(100), changed)
    #expect(third.state.panels.specifications.map(\.expression) == ["up"])
  }

  @Test func whatTheCommandLineAsksForGoesFirst() throws {
    let first = session(numbered(500), opening())
    first.press(": 3 0 0 enter m")
    let second = session(numbered(500), opening(try left(by: first), at: .line(LineNumber(7))))
    #expect(second.cursorText?.contains("record 7 ") == true)
    #expect(second.state.bookmarks.marks.count == 1)
    let third = session(numbered(500), opening(try left(by: first), at: .place("14:02")))
    #expect(third.cursorText?.contains("record 120 ") == true)
  }

  @Test func aKeyBeforeTheRecordsAreKnownStays() throws {
    let first = session(numbered(500), opening())
    first.press(": 3 0 0 enter")
    let kept = try left(by: first)
    let second = Session(numbered(500), opening: opening())
    second.state.sources.named = ["/logs/app.log"]
    second.isPaused = true
    second.send(.sessionFound(kept))
    second.press("g")
    second.catchUp()
    #expect(second.cursorText?.contains("record 1 ") == true)
  }

  @Test func nothingIsKeptOfPipesInSecureModeOrOnRequest() {
    let session = session(numbered(5), opening())
    #expect(session.state.sessionToKeep != nil)
    session.state.settings.isSecure = true
    #expect(session.state.sessionToKeep == nil)
    session.state.settings.isSecure = false
    session.state.session.isKept = false
    #expect(session.state.sessionToKeep == nil)
    session.state.session.isKept = true
    session.state.sources.named.append("-")
    #expect(session.state.sessionToKeep == nil)
  }

  @Test func bookmarksAreKeptAtOnce() {
    let session = session(numbered(5), opening())
    session.press("m")
    #expect(session.host.contains { if case .keepSession(let kept) = $0 { kept.marks.count == 1 } else { false } })
    session.press(":")
    session.type("note slow")
    session.press("enter")
    #expect(session.state.bookmarks.marks.map(\.note) == ["slow"])
    #expect(
      session.host.contains { if case .keepSession(let kept) = $0 { kept.marks[0].note == "slow" } else { false } })
  }

  @Test func setsOpenedLastComeBackFromTheList() {
    var opening = opening()
    opening.choosesFiles = true
    let session = Session([], opening: opening)
    var candidate = FileChooser.Candidate(name: "/logs/a.log /logs/b.log", detail: "left 2 h ago")
    candidate.set = ["/logs/a.log", "/logs/b.log"]
    session.send(.filesFound([candidate], isComplete: true))
    session.press("enter")
    #expect(session.logs.opened == ["/logs/a.log", "/logs/b.log"])
    #expect(session.host.contains { if case .findSession(let names) = $0 { names == candidate.set } else { false } })
  }

  @Test func nonsenseIsNoSession() {
    for text in ["", "{}", "[1]", "{\"sources\": [\"a\"]}", "{\"sources\": 1, \"saved\": \"2\"}"] {
      #expect(SavedSession(reading: Array(text.utf8)) == nil)
    }
  }
}

/// What `Y` offers, and the command line of the view.
@Suite struct CopyMenuTests {
  private func copied(_ session: Session) -> String? {
    session.host.compactMap { if case .copy(let bytes) = $0 { String(decoding: bytes, as: UTF8.self) } else { nil } }
      .last
  }

  private func choose(_ label: String, _ session: Session) {
    session.press("Y")
    session.type(label)
    session.press("enter")
  }

  private func started(_ text: String, _ sources: [String] = ["app.log"]) -> Session {
    let session = Session(text)
    session.state.settings.invocation.sources = sources
    session.state.sources.named = sources
    return session
  }

  @Test func copiesFieldsAndThePlace() {
    let session = started(numbered(20))
    session.press("g j")
    choose("file and line", session)
    #expect(copied(session) == "app.log:2")
    #expect(session.message == "copied the place, 9 bytes (OSC 52)")
    choose("message", session)
    #expect(copied(session)?.hasPrefix("record 2") == true)
    choose("user", session)
    #expect(copied(session) == "u2")
    choose("JSON", session)
    #expect(session.outputs.requests.last?.form == .jsonLines)
    #expect(session.message.hasPrefix("copied 1 record as JSONL, "))
  }

  @Test func offersTheResultAndItsCells() {
    let session = started(numbered(20))
    session.press("i")
    session.type("| count by level")
    session.press("enter Y")
    #expect(
      session.state.choice?.items.map(\.label).prefix(4) == ["table", "JSON", "CSV", "command line of this view"])
    session.type("CSV")
    session.press("enter")
    #expect(session.outputs.requests.last?.form == .csv)
    #expect(session.message.hasPrefix("copied 3 rows as CSV, "))
  }

  @Test func theCommandLineShowsTheSameAgain() {
    let session = started(numbered(200))
    session.press("i")
    session.type("level>=error user:u1")
    session.press("enter g T")
    #expect(session.state.commandLine == "chiplog --utc -q 'level>=error user:u1' +10 app.log")
    session.press("U U U G")
    #expect(session.state.commandLine == "chiplog app.log")
  }

  @Test func theCommandLineHasPanelsOptionsAndHiddenSources() {
    let session = Session([("a.log", numbered(20)), ("it's.log", numbered(20))])
    session.state.settings.invocation.options = ["--prometheus", "http://h:9090"]
    session.state.sources.named = ["a.log", "it's.log"]
    session.press("p a")
    session.type("errors: rate(x[1m])")
    session.press("enter esc s j space esc g")
    let line = session.state.commandLine
    #expect(line.hasPrefix("chiplog --prometheus http://h:9090 --panel 'errors: rate(x[1m])' "))
    #expect(line.hasSuffix(#"-q '-source="it'\''s.log"' +2025-11-22T14:00:01Z a.log 'it'\''s.log'"#), "\(line)")
  }

  @Test(arguments: [
    ("app.log", "app.log"), ("", "''"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("$HOME", "'$HOME'"),
    ("a\nb", "'a\nb'"),
    ("caf\u{10FEE9}'.log", "$'caf\\xE9\\'.log'"), ("~x", "'~x'"), ("ä", "'ä'"),
  ])
  func wordsAreQuoted(text: String, quoted: String) { #expect(ShellWord.quoted(text) == quoted) }

  @Test func aShellReadsQuotedWordsBack() throws {
    for text in ["a b", "it's \"x\" `y` $z", "\\", "new\nline", "*?[a]", "#", "-n", "ü€"] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", "printf %s " + ShellWord.quoted(text)]
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let data = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      #expect(String(decoding: data, as: UTF8.self) == text)
    }
  }
}
