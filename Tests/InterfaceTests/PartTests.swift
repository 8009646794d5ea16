import Drawing
import LogFiles
import Quantities
import Synchronization
import Testing
import Timelines

@testable import Interface

/// What a filter has found so far is on the screen while it runs.
@Suite struct PartTests {
  /// Three files, one after the other in time; a filter evaluates the newest first.
  private func session() -> Session {
    Session([
      ("a.log", numbered(300)), ("b.log", numbered(300, from: 301)), ("c.log", numbered(300, from: 601)),
    ])
  }

  /// The events that a filter's view comes in.
  private func events(ofFilter text: String, in session: Session) -> [Event] {
    session.isPaused = true
    session.press(":")
    session.type("filter \(text)")
    session.press("enter")
    let effect = session.waiting.first { if case .showView = $0 { true } else { false } }
    session.waiting.removeAll()
    let events = Mutex<[Event]>([])
    if let effect { session.workspace.perform(effect) { event in events.withLock { $0.append(event) } } }
    return events.withLock { $0 }
  }

  private func answers(_ events: [Event]) -> [ViewAnswer] {
    events.compactMap { if case .view(let answer) = $0 { answer } else { nil } }
  }

  @Test func aPartComesBeforeTheWhole() throws {
    let session = session()
    let answers = answers(events(ofFilter: "ERROR", in: session))
    #expect(answers.count == 2)
    let (part, whole) = (try #require(answers.first), try #require(answers.last))
    #expect(part.partOf == whole.id && whole.partOf == nil && part.id < whole.id)
    #expect(part.count == 30)
    #expect(whole.count == 90)
    #expect(part.window.rows.map(\.position) == whole.window.rows.suffix(part.window.rows.count).map(\.position))

    let effects = session.state.update(.view(part), at: session.now)
    #expect(effects.isEmpty)
    #expect(session.state.view.isFiltering && session.state.view.isPartial)
    let shown = session.screen
    #expect(shown.last?.contains("record 900 ") == true)
    // The worker is at the whole already, so the answer to a jump waits for it.
    session.isPaused = false
    session.press("g")
    #expect(session.cursorText?.contains("record 900 ") == true)
    session.send(.view(whole))
    #expect(!session.state.view.isFiltering && !session.state.view.isPartial)
    #expect(session.state.view.count == 90)
    #expect(session.cursorText?.contains("record 10 ") == true)
  }

  @Test func nothingMovesWhenTheRestComes() throws {
    let session = session()
    let events = events(ofFilter: "ERROR", in: session)
    var screens: [[String]] = []
    for event in events {
      _ = session.state.update(event, at: session.now)
      if case .view = event { screens.append(session.screen) }
    }
    #expect(screens.count == 2 && screens[0] == screens[1])
  }

  @Test func aCursorAmongOlderRecordsWaitsForTheWhole() {
    let session = session()
    session.press("g 5 j")
    #expect(answers(events(ofFilter: "ERROR", in: session)).map(\.partOf) == [nil])
  }

  @Test func aPartOfAnEarlierFilterIsDropped() throws {
    let session = session()
    let first = answers(events(ofFilter: "ERROR", in: session))
    let second = answers(events(ofFilter: "WARN", in: session))
    #expect(session.state.update(.view(try #require(first.first)), at: session.now).isEmpty)
    #expect(!session.state.view.isPartial)
    for answer in second { _ = session.state.update(.view(answer), at: session.now) }
    #expect(session.state.view.count == 90)
    #expect(session.cursorText?.contains("record 895 ") == true)
  }

  @Test func fastFiltersShowOnlyTheWhole() {
    let session = session()
    let patient = Workspace(logs: session.logs, engine: FilterEngine(workers: 1))
    session.isPaused = true
    session.press(":")
    session.type("filter ERROR")
    session.press("enter")
    let events = Mutex<[Event]>([])
    for effect in session.waiting { patient.perform(effect) { event in events.withLock { $0.append(event) } } }
    #expect(answers(events.withLock { $0 }).count == 1)
  }
}
