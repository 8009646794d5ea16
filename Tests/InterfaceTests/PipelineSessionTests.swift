import Analysis
import Metrics
import Quantities
import Series
import Testing

@testable import Interface

/// Pipelines from the keys to the screen, with the engine that the program has.
@Suite struct PipelineSessionTests {
  private func table(_ session: Session) -> [[String]] {
    let result = session.state.result
    return result.rows.map { row in
      zip(result.table?.rows[row.index].cells ?? [], result.measures).map { $1.text.text($0) }
    }
  }

  private func enter(_ query: String, in session: Session) {
    session.press("i ctrl-u")
    session.type(query)
    session.press("enter")
  }

  @Test func aQueryShowsItsResultAndEnterItsRecords() {
    let session = Session(numbered(100))
    enter("level>=warn | count by user", in: session)
    #expect(session.state.prompt == nil)
    #expect(session.state.focus == .result)
    #expect(table(session) == [["u1", "7"], ["u2", "7"], ["u0", "6"]])
    session.press("j enter")
    #expect(session.state.focus == .log)
    #expect(session.state.view.count == 7)
    session.press("backspace")
    #expect(session.state.focus == .result)
    #expect(session.state.result.cursor == 1)
    #expect(table(session).count == 3)
    session.press("esc")
    #expect(session.state.options.query == "level>=warn")
    #expect(session.state.view.count == 20)
  }

  @Test func aListedRecordIsFoundInTheLog() {
    let session = Session(numbered(100))
    enter("level:error | fields time, msg", in: session)
    #expect(table(session).count == 10)
    session.press("j j enter")
    #expect(session.cursorText?.contains("record 30 ") == true)
    session.press("backspace")
    #expect(session.state.result.cursor == 2)
  }

  @Test func theFilterIsAppliedWhileOneTypesThePipelineOnEnter() {
    let session = Session(numbered(100))
    session.press("i")
    session.type("level:error | count by use")
    #expect(session.state.view.count == 10)
    #expect(!session.state.showsResult)
    session.type("r")
    session.press("enter")
    #expect(table(session).count == 3)
    // Editing shows the old result as long as there is a pipeline, the log without one, and Esc goes back.
    session.press("i ctrl-w")
    #expect(session.state.showsResult)
    session.press("ctrl-u")
    session.type("level:warn")
    #expect(!session.state.showsResult)
    #expect(session.state.view.count == 10)
    session.press("esc")
    #expect(session.state.options.query == "level:error | count by user")
    #expect(table(session).count == 3)
  }

  @Test func aMistakeInThePipelineIsShownInThePrompt() {
    let session = Session(numbered(10))
    session.press("i")
    session.type("level:warn | cuont by user")
    session.press("enter")
    #expect(session.state.prompt?.problem?.message.contains("cuont") == true)
    #expect(session.state.prompt?.showsProblem(at: session.now) == true)
  }

  @Test func undoAndHistoryKnowPipelines() {
    let session = Session(numbered(30))
    enter("| count by level", in: session)
    enter("| count by user", in: session)
    session.press("U")
    #expect(session.state.options.query == "| count by level")
    #expect(table(session).count == 3)
    session.press("U")
    #expect(!session.state.showsResult)
    session.press("i up up")
    #expect(session.state.prompt?.line.text == "| count by level")
  }

  @Test func growthIsCounted() {
    let session = Session(numbered(100))
    enter("| count", in: session)
    #expect(table(session) == [["100"]])
    session.logs.append(numbered(50, from: 101))
    session.grow()
    #expect(table(session) == [["100"]])
    session.wait(.seconds(Int64(1)))
    #expect(table(session) == [["150"]])
  }

  @Test func hiddenSourcesAreLeftOut() {
    let session = Session([("a.log", numbered(10)), ("b.log", numbered(20))])
    enter("| count by source", in: session)
    #expect(table(session) == [["b.log", "20"], ["a.log", "10"]])
    session.press("s space")
    #expect(session.state.options.hidden.count == 1)
    #expect(table(session) == [["b.log", "20"]])
  }

  @Test func aSavedQueryIsUsedByItsName() {
    let session = Session(numbered(100))
    enter("level>=warn | count by user", in: session)
    session.press(":")
    session.type("save-query worst")
    session.press("enter")
    #expect(
      session.host.contains { if case .saveQuery("worst", "level>=warn | count by user") = $0 { true } else { false } })
    session.press("esc")
    enter("*", in: session)
    enter("@worst", in: session)
    #expect(table(session).count == 3)
    enter("@worst | limit 1", in: session)
    #expect(table(session).count == 1)
  }

  @Test func savedFiltersAreToggledUnderAResult() {
    let session = Session(numbered(100))
    session.state.settings.savedFilters = ["bad": "level>=error", "worst": "level>=warn | count by user"]
    enter("| count by level", in: session)
    session.press("@ enter")
    #expect(session.state.options.query == "@bad | count by level")
    #expect(table(session) == [["error", "10"]])
    session.press("@ enter")
    #expect(session.state.options.query == "| count by level")
    session.press("@ down enter")
    #expect(session.state.options.query == "level>=warn | count by user")
    #expect(table(session).count == 3)
    session.press("@ down enter")
    #expect(!session.state.showsResult)
  }

  // MARK: Panels

  @Test func aPanelCountsTheLogs() {
    let session = Session(numbered(1000))
    session.press("p a")
    session.type("errors: level>=error | count")
    session.press("enter")
    let panel = session.state.panels.panels.first
    #expect(panel?.status == .fresh(session.now))
    #expect(panel?.drawn?.samples.reduce(0) { $0 + $1.value } == 100)
    #expect(panel?.note.hasPrefix("in slices of ") == true)
    session.logs.append(numbered(10, from: 1001))
    session.grow()
    session.wait(.seconds(Int64(2)))
    #expect(session.state.panels.panels.first?.drawn?.samples.reduce(0) { $0 + $1.value } == 101)
  }

  @Test func theStagePanelPinsItsQuery() {
    let session = Session(numbered(200))
    enter("level>=warn | count by 10s, user | panel \"by user\"", in: session)
    #expect(session.state.panels.specifications.map(\.text) == ["by user: level>=warn | count by 10s, user"])
    #expect(session.state.panels.panels.first?.seriesCount == 3)
    #expect(session.state.panels.panels.first?.drawn?.samples.reduce(0) { $0 + $1.value } == 40)
    #expect(session.host.contains { if case .savePanels = $0 { true } else { false } })
    // The result stays, and Enter does not pin it again.
    #expect(session.state.showsResult)
    session.press("a")
    #expect(session.state.panels.specifications.count == 2)
  }

  @Test func aPanelThatCannotBeSaysWhy() {
    let session = Session(numbered(20))
    session.press("p a")
    session.type("x: level>=wran | count")
    session.press("enter")
    #expect(session.state.panels.specifications.isEmpty)
    #expect(session.state.prompt?.problem?.message.contains("wran") == true)
    session.press("ctrl-u")
    session.type("x: | top 3 user")
    session.press("enter")
    guard case .failed(let message, _)? = session.state.panels.panels.first?.status else {
      Issue.record("not refused")
      return
    }
    #expect(message.contains("numbers over time"))
  }

  // MARK: Help

  @Test func theReferenceComesAndTheLineGoesOn() {
    let session = Session(numbered(20))
    session.press("i")
    session.type("level:error")
    session.press("f1")
    #expect(session.state.focus == .help)
    session.press("/")
    session.type("expression")
    session.press("enter")
    #expect(session.state.helpLines.contains { $0.text.contains("expression") })
    session.press("esc esc")
    #expect(session.state.prompt?.line.text == "level:error")
    session.press("ctrl-u ?")
    #expect(session.state.help.isOpen)
    session.press("q")
    #expect(session.state.focus == .prompt)
  }

  @Test func valuesAreOfferedWhileOneTypes() {
    let session = Session(numbered(20))
    session.press("i")
    session.type("user=")
    #expect(
      session.state.prompt?.offers == ["u0", "u1", "u2"] || session.state.prompt?.offers.sorted() == ["u0", "u1", "u2"])
    session.type("u1")
    #expect(session.state.prompt?.offers == [])
  }
}
