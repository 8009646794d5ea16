import Drawing
import LogFiles
import Quantities
import Testing

@testable import Interface

@Suite struct MotionTests {
  @Test func startsAtTheEndAndFollows() {
    let session = Session(numbered(100))
    #expect(session.cursorText?.contains("record 100 ") == true)
    #expect(session.state.follow.isFollowing)
    #expect(session.screen.last?.hasPrefix("▌") == true)
  }

  @Test func whatIndexingBringsIsNotNew() {
    let session = Session(numbered(100))
    session.logs.change { $0[0].isIndexed = false }
    session.grow()
    session.press("g")
    session.logs.append(numbered(50, from: 101))
    session.logs.change { $0[0].isIndexed = true }
    session.grow()
    #expect(session.state.newRecordCount == 0)
    session.logs.append(numbered(7, from: 151))
    session.grow()
    #expect(session.state.newRecordCount == 7)
  }

  @Test func movesByRowsPagesAndEnds() {
    let session = Session(numbered(1000))
    session.press("g")
    #expect(session.cursorText?.contains("record 1 ") == true)
    session.press("j j j k")
    #expect(session.cursorText?.contains("record 3 ") == true)
    session.press("1 2 j")
    #expect(session.cursorText?.contains("record 15 ") == true)
    session.press("G")
    #expect(session.cursorText?.contains("record 1000 ") == true)
    session.press("5 0 %")
    #expect(session.cursorText?.contains("record 501 ") == true)
    session.press("1 2 0 G")
    #expect(session.cursorText?.contains("record 120 ") == true)
    session.press("' '")
    #expect(session.cursorText?.contains("record 501 ") == true)
    session.press("alt-right")
    #expect(session.cursorText?.contains("record 120 ") == true)
    session.press("9 9 9 j")
    #expect(session.cursorText?.contains("record 1000 ") == true)
    session.press("5 0 0 k")
    #expect(session.cursorText?.contains("record 500 ") == true)
  }

  @Test func pagesThroughEverythingWithoutSkipping() {
    let session = Session(numbered(300))
    session.press("g")
    var seen: [String] = []
    for _ in 0..<30 {
      seen += session.screen
      session.press("space")
    }
    for number in 1...300 {
      #expect(seen.contains { $0.contains("record \(number) ") }, "record \(number)")
    }
  }

  @Test func keysThatComeBeforeTheAnswerAddUp() {
    let session = Session(numbered(1000))
    session.isPaused = true
    session.press("g j j j")
    session.isPaused = false
    session.settle()
    #expect(session.cursorText?.contains("record 4 ") == true)
  }

  /// Seen in the running program: `n n`, pressed faster than a search takes, went to the first match only.
  @Test func searchesAndJumpsThatComeBeforeTheAnswerAddUp() {
    let session = Session(numbered(1000))
    session.press("g /")
    session.type("ERROR")
    session.isPaused = true
    session.press("enter n n n")
    session.catchUp()
    #expect(session.cursorText?.contains("record 40 ") == true)
    session.isPaused = true
    session.press("e e 2 e")
    session.catchUp()
    #expect(session.cursorText?.contains("record 80 ") == true)
    session.press("p g")
    session.isPaused = true
    session.press("l l l")
    session.catchUp()
    #expect(session.state.markedColumn == 3)
  }

  @Test func whatFilesHeldBeforeTheyWereOpenedIsNotNew() {
    let session = Session(numbered(100))
    session.press("k")
    session.logs.change { $0.append(TextLogs.File(name: "other.log", text: numbered(50))) }
    session.grow()
    #expect(session.state.view.count == 150)
    #expect(session.header.hasSuffix("PAUSED"))
    session.logs.append(numbered(3, from: 51), to: 1)
    session.grow()
    #expect(session.header.hasSuffix("PAUSED +3"))
  }

  @Test func pausesWhenMovingUpAndCountsWhatIsNew() {
    let session = Session(numbered(100))
    session.press("k k")
    let before = session.screen
    #expect(!session.state.follow.isFollowing)
    session.logs.append(numbered(28, from: 101))
    session.grow()
    #expect(session.state.newRecordCount == 28)
    #expect(session.screen == before)
    session.press("F")
    #expect(session.cursorText?.contains("record 128 ") == true)
    session.logs.append(numbered(1, from: 129))
    session.grow()
    #expect(session.cursorText?.contains("record 129 ") == true)
    #expect(session.state.newRecordCount == 0)
  }

  @Test func goesToErrorsAndWarnings() {
    let session = Session(numbered(100))
    session.press("g e")
    #expect(session.cursorText?.contains("record 10 ") == true)
    session.press("e e E")
    #expect(session.cursorText?.contains("record 20 ") == true)
    session.press("] w")
    #expect(session.cursorText?.contains("record 25 ") == true)
    session.press("[ w [ w")
    #expect(session.cursorText?.contains("record 5 ") == true)
    session.press("[ w")
    #expect(session.message == "no warn above")
    #expect(session.cursorText?.contains("record 5 ") == true)
  }

  @Test func showsAllLinesOfATextFileAsWritten() {
    let text = "2026-01-02 10:00:00 ERROR boom\n  at one\n  at two\n2026-01-02 10:00:01 INFO fine\n"
    let session = Session(text, rows: 8)
    session.press("g")
    #expect(
      session.screen == [
        "▌2026-01-02 10:00:00 ERROR boom", "   at one", "   at two", " 2026-01-02 10:00:01 INFO fine",
      ])
    session.press("j")
    #expect(session.screen[1] == "▌  at one")
    session.press("}")
    #expect(session.screen[3].hasPrefix("▌"))
    session.press("r g")
    #expect(session.screen.count == 3)
    #expect(session.screen[1].contains("at one  +1 line"))
  }

  @Test func bookmarks() {
    let session = Session(numbered(100))
    session.press("g j j m g")
    session.press("] b")
    #expect(session.cursorText?.contains("record 3 ") == true)
    session.press("] b")
    #expect(session.message == "no bookmark below")
    session.press("G '")
    session.wait(.milliseconds(600))
    #expect(session.state.choice?.purpose == .bookmarks)
    session.press("enter")
    #expect(session.cursorText?.contains("record 3 ") == true)
  }

  @Test func goesToTimesAndLines() {
    let session = Session(numbered(100))
    session.type(":14:00:30")
    session.press("enter")
    #expect(session.cursorText?.contains("record 30 ") == true)
    session.type(":7")
    session.press("enter")
    #expect(session.cursorText?.contains("record 7 ") == true)
    session.type(":nonsense")
    session.press("enter")
    #expect(session.message.contains("no command :nonsense"))
  }

  @Test func survivesTinyScreens() {
    for (columns, rows) in [(1, 1), (2, 2), (5, 3), (40, 10)] {
      let session = Session(numbered(50), columns: columns, rows: rows)
      session.press("g j G k space b enter tab q")
      session.send(.resize(Size(columns: 80, rows: 24)))
      #expect(session.state.log.cursorIndex != nil)
    }
  }

  @Test func aJumpToNowhereGoesOnFollowing() {
    let session = Session(numbered(9))
    session.press("e")
    #expect(session.message == "no error or worse below")
    #expect(session.state.follow.isFollowing)
    session.press("/")
    session.type("record 3")
    #expect(session.cursorText?.contains("record 3 ") == true)
    session.press("esc")
    #expect(session.state.follow.isFollowing)
    #expect(session.cursorText?.contains("record 9 ") == true)
  }

  @Test func opensWhereTheCommandLineSays() {
    var opening = Opening()
    opening.start = .line(LineNumber(42))
    #expect(Session(numbered(100), opening: opening).cursorText?.contains("record 42 ") == true)
    opening.start = .search("ERROR")
    #expect(Session(numbered(100), opening: opening).cursorText?.contains("record 10 ") == true)
    opening.start = .time(Timestamp(seconds: 1_763_820_050))
    #expect(Session(numbered(100), opening: opening).cursorText?.contains("record 50 ") == true)
    opening.start = .endPaused
    let paused = Session(numbered(100), opening: opening)
    #expect(paused.cursorText?.contains("record 100 ") == true)
    #expect(!paused.state.follow.isFollowing)
    opening.start = .end
    opening.follows = false
    opening.filter = "level>=error"
    let filtered = Session(numbered(95), opening: opening)
    #expect(filtered.cursorText?.contains("record 90 ") == true)
    #expect(!filtered.state.follow.isFollowing)
  }

  @Test func choosesAFile() {
    var opening = Opening()
    opening.choosesFiles = true
    let session = Session([], opening: opening)
    #expect(session.state.focus == .files)
    session.send(
      .filesFound(
        [
          .init(name: "/var/log/syslog", detail: "1 MB"),
          .init(name: "/var/log/auth.log", detail: "", obstacle: "group adm"),
        ], isComplete: true))
    session.type("auth")
    session.press("enter")
    #expect(session.message.contains("group adm"))
    session.press("ctrl-u")
    session.type("sys")
    session.press("enter")
    #expect(session.logs.opened == ["/var/log/syslog"])
    #expect(session.state.files == nil)
  }

  @Test func aFileThatIsNotThereIsSpokenOf() {
    let session = Session([])
    session.send(.filesFound([], isComplete: true))
    session.press(":")
    session.type("e /logs/missing.log")
    session.press("enter")
    #expect(session.logs.opened == ["/logs/missing.log"])
    var summary = SourcesSummary(session.logs.snapshot())
    var status = FileStatus(file: FileID(0), name: "/logs/missing.log", shortName: "missing.log")
    status.phase = .following
    status.notes = ["not there yet: waiting for it"]
    summary.files = [status]
    session.send(.snapshotChanged(summary))
    #expect(session.message == "/logs/missing.log: not there yet: waiting for it")
    let lines = renderScreen(
      session.state, size: session.state.size, theme: .standard(depth: .none), glyphs: .unicode
    ).surface.textLines
    #expect(lines.contains { $0.contains("   /logs/missing.log") })
    #expect(lines.contains { $0.contains("     not there yet: waiting for it") })
    session.press("esc")
    session.send(.snapshotChanged(summary))
    #expect(session.message != "/logs/missing.log: not there yet: waiting for it", "said once")
  }

  @Test func theListOfFilesSaysWhatEnterDoes() {
    var opening = Opening()
    opening.choosesFiles = true
    let session = Session([], opening: opening)
    session.send(.filesFound([.init(name: "/var/log/syslog", detail: "1 MB")], isComplete: true))
    session.type("ng")
    session.press("enter")
    #expect(session.message == "nothing fits; ./ng opens a file of that name")
    session.press("ctrl-u")
    session.type("./ng")
    #expect(session.state.files?.emptyText == "Enter opens ./ng")
    session.press("enter")
    #expect(session.logs.opened == ["./ng"])
  }

  @Test func aTimeBeyondTheRecordsIsSaidToBe() {
    let session = Session(numbered(100))
    for (text, message) in [
      ("2020-01-01", "the records begin at 2025-11-22 14:00:01"),
      ("2031-01-01", "the records end at 2025-11-22 14:01:40"),
      ("14:01", ""),
    ] {
      session.press(":")
      session.type(text)
      session.press("enter")
      #expect(session.message == message)
    }
  }

  @Test func aFilteredViewFollowsToo() {
    let session = Session(numbered(95))
    session.press("i")
    session.type("level>=error")
    session.press("enter")
    session.logs.append(numbered(20, from: 96))
    session.grow()
    #expect(session.state.view.count == 11)
    #expect(session.cursorText?.contains("record 110 ") == true)
    session.press("k")
    session.logs.append(numbered(20, from: 116))
    session.grow()
    #expect(session.state.newRecordCount == 2)
    #expect(session.cursorText?.contains("record 100 ") == true)
  }
}
