import Drawing
import LogFiles
import Quantities
import Testing
import Timelines

@testable import Interface

@Suite struct LogPaneTests {
  // MARK: Sources

  private func two() -> Session {
    let second = numbered(20).replacing("record", with: "other")
    return Session([("app.log", numbered(20)), ("other.log", second)])
  }

  @Test func oneKeyShowsOnlyTheSourceAtHandAndAllAgain() {
    let session = two()
    session.press("o")
    #expect(session.state.shownFiles.map(\.shortName) == ["other.log"])
    #expect(session.message == "only other.log; o shows all again")
    #expect(session.state.view.count == 20)
    session.press("o")
    #expect(session.state.options.hidden.isEmpty)
    #expect(session.message == "all 2 sources")
    session.press("o U")
    #expect(session.state.options.hidden.isEmpty)
  }

  @Test func anotherKeyMutesIt() {
    let session = two()
    session.press("O")
    #expect(session.state.shownFiles.map(\.shortName) == ["app.log"])
    #expect(session.message == "other.log is muted; U or s brings it back")
    session.press("O")
    #expect(session.message == "it is the only source shown; o shows all")
    session.press("o")
    #expect(session.state.options.hidden.isEmpty)
  }

  @Test func aSingleSourceIsNotMuted() {
    let session = Session(numbered(5))
    session.press("o")
    #expect(session.message == "there is only one source")
    session.press("O")
    #expect(session.message == "there is only one source")
  }

  // MARK: Highlights

  @Test func wordsAreHighlightedListedAndRemoved() {
    let session = Session(numbered(5))
    session.press("H")
    #expect(session.state.logPane.highlights.map(\.text) == ["record"])
    #expect(session.message == "record is magenta; :highlight lists the words")
    session.press(":")
    session.type("highlight ERROR yellow")
    session.press("enter :")
    session.type("highlight /user=u[12]/")
    session.press("enter")
    #expect(session.state.logPane.highlights.map(\.colour) == [.magenta, .yellow, .green])
    session.press(":")
    session.type("highlight")
    session.press("enter")
    #expect(session.state.choice?.items.map(\.label) == ["record", "ERROR", "/user=u[12]/"])
    session.press("down enter")
    #expect(session.state.logPane.highlights.map(\.text) == ["record", "/user=u[12]/"])
    session.press("H")
    #expect(session.message == "record is not highlighted any more")
  }

  @Test func anExpressionThatCannotBeReadIsRefused() {
    let session = Session(numbered(5))
    session.press(":")
    session.type("highlight /(/")
    session.press("enter")
    #expect(session.message == "/(/ is no regular expression")
    #expect(session.state.logPane.highlights.isEmpty)
  }

  // MARK: Folding

  private static let traces = """
    2026-03-14T10:00:00Z ERROR first
      at one
      at two
    2026-03-14T10:00:01Z INFO second
    2026-03-14T10:00:02Z ERROR third
      at three

    """

  @Test func continuationLinesFold() {
    let session = Session(Self.traces)
    #expect(session.screen.count == 6)
    session.press("R")
    #expect(session.message == "one line a record")
    #expect(session.screen.count == 3)
    #expect(session.screen[0].hasSuffix("ERROR first  +2 lines"))
    #expect(session.screen[2].hasSuffix("ERROR third  +1 line"))
    session.press("k")
    #expect(session.cursorText?.contains("second") == true)
    session.press("R R")
    #expect(session.screen.count == 6)
    session.press(":")
    session.type("fold lnes")
    session.press("enter")
    #expect(session.message == "no fold lnes; as in off, lines, repeats, identical")
  }

  // MARK: Scroll bar

  @Test func theScrollBarCountsErrorsAndMatches() throws {
    let session = Session(numbered(1000))
    let rows = session.state.layout.log.size.rows
    let errors = try #require(session.state.shownMinimap?.marks)
    #expect(errors.count == rows)
    #expect(errors.reduce(0) { $0 + $1.errors } == 100)
    #expect(errors.allSatisfy { (4...6).contains($0.errors) && $0.matches == 0 })
    session.press("/")
    session.type("record 99")
    session.press("enter")
    let found = try #require(session.state.shownMinimap?.marks)
    // 99 and 990 to 999.
    #expect(found.map(\.matches).filter { $0 > 0 } == [1, 10])
    #expect(found.last?.matches == 10)
    session.press("esc i")
    session.type("level>=error")
    session.press("enter")
    #expect(session.state.shownMinimap?.marks.reduce(0) { $0 + $1.errors } == 100)
    session.press("x")
    #expect(session.state.shownMinimap?.marks.reduce(0) { $0 + $1.matches } == 100)
    session.press("x i ctrl-u")
    session.type("record")
    session.press("enter /")
    session.type("ERROR")
    session.press("enter")
    #expect(session.state.shownMinimap?.marks.reduce(0) { $0 + $1.matches } == 100)
  }

  @Test func theMapOfAGrowingLogIsDrawnOnceASecond() {
    let session = Session(numbered(100))
    #expect(session.state.shownMinimap?.marks.reduce(0) { $0 + $1.errors } == 10)
    session.logs.append(numbered(100, from: 101))
    session.grow()
    session.logs.append(numbered(100, from: 201))
    session.grow()
    #expect(session.state.shownMinimap?.marks.reduce(0) { $0 + $1.errors } == 10)
    #expect(session.state.nextDeadline.map { $0 <= session.now + .seconds(Int64(1)) } == true)
    session.wait(.seconds(Int64(1)))
    #expect(session.state.shownMinimap?.marks.reduce(0) { $0 + $1.errors } == 30)
  }

  @Test func thereIsNoScrollBarWhereAllFitsOrIsNarrow() {
    #expect(Session(numbered(10)).state.layout.scrollBar == nil)
    #expect(Session(numbered(100), columns: 59).state.layout.scrollBar == nil)
    #expect(Session(numbered(100), columns: 60).state.layout.scrollBar != nil)
  }

  // MARK: Work

  @Test func escapeCancelsAFilterAndASearch() {
    let session = Session(numbered(100))
    session.isPaused = true
    session.press(":")
    session.type("filter ERROR")
    session.press("enter")
    #expect(session.state.view.isFiltering)
    session.press("esc")
    #expect(session.message == "cancelled; the filter before is in force")
    session.catchUp()
    #expect(session.state.options.filter.isEmpty)
    #expect(session.state.view.count == 100)
    session.isPaused = true
    session.press("/")
    session.type("nowhere")
    session.press("enter")
    session.wait(.milliseconds(300))
    #expect(session.state.isSearchSlow)
    #expect(session.header.contains("SEARCHING 0%  Esc ends it"))
    session.send(.searchProgress(id: session.state.search.requestCount, fraction: 0.437))
    #expect(session.header.contains("SEARCHING 43%"))
    session.send(.searchProgress(id: session.state.search.requestCount - 1, fraction: 0.9))
    #expect(session.header.contains("SEARCHING 43%"), "an earlier search says nothing any more")
    session.press("esc")
    #expect(session.message == "search cancelled")
    session.catchUp()
  }
}
