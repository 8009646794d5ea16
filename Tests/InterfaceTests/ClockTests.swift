import LogFiles
import Quantities
import Testing

@testable import Interface

@Suite struct ClockTests {
  private func session() -> Session {
    Session([
      ("web.log", "2026-01-02T10:00:00Z INFO request\n2026-01-02T10:00:10Z INFO answer\n"),
      ("db.log", "2026-01-02T10:00:01Z INFO select\n2026-01-02T10:00:02Z INFO rows\n"),
    ])
  }

  private func messages(_ session: Session) -> [String] {
    session.state.log.window.rows.map { String($0.text(0..<$0.bytes.count).split(separator: " ").last ?? "") }
  }

  @Test func `an offset moves the stamps of a source, and its place among the others`() {
    let session = session()
    #expect(messages(session) == ["request", "select", "rows", "answer"])
    session.type(":offset +1m500ms db.log")
    session.press("enter")
    #expect(session.message == "stamps in db.log are moved by +1m500ms")
    session.grow()
    #expect(messages(session) == ["request", "answer", "select", "rows"])
    #expect(session.screen.last?.contains("10:01:02.500") ?? false)
    #expect(session.state.summary.files[1].clockOffset == .milliseconds(60_500))
    session.type(":filter time>=10:01")
    session.press("enter")
    #expect(messages(session) == ["select", "rows"])
    session.type(":offset 0 db.log")
    session.press("enter")
    session.grow()
    #expect(session.state.view.count == 0)
  }

  @Test func `the cursor and the bookmarks go along`() throws {
    let session = session()
    session.press("g j m")
    #expect(session.cursorText?.hasSuffix("select") ?? false)
    session.type(":offset +5s db.log")
    session.press("enter")
    session.grow()
    #expect(session.cursorText?.hasSuffix("select") ?? false)
    session.press("g t t t")
    #expect(session.screen.first?.contains(" -00:06.000 ") ?? false)
    #expect(session.screen.contains { $0.hasSuffix("select") && $0.contains(" +00:00.000 ") })
  }

  @Test func `the sources pane begins the command`() {
    let session = session()
    session.press("s j c")
    #expect(session.state.prompt?.line.text == "offset +0s db.log")
    session.press("enter")
    #expect(session.message == "stamps in db.log are taken as written")
  }

  @Test func `what cannot be read is said`() {
    let session = session()
    session.type(":offset much")
    session.press("enter")
    #expect(session.message == "much is no length of time; as in :offset +3s, :offset -1m500ms app")
    session.type(":offset +3s nobody")
    session.press("enter")
    #expect(session.message == "no source nobody")
    session.type(":offset")
    session.press("enter")
    #expect(session.message.hasSuffix(".log are as written; :offset +3s moves them"))
  }

  @Test(arguments: [
    (TimeSpan.milliseconds(-90_250), "-1m30s250ms"), (.zero, "+0s"), (.seconds(Int64(90_061)), "+1d1h1m1s"),
  ])
  func signed(span: TimeSpan, text: String) { #expect(TimeText.signed(span) == text) }

  @Test(arguments: [
    (Int64(1234), "+00:01.234"), (-1234, "-00:01.234"), (0, "+00:00.000"), (3_723_456, "+1:02:03.456"),
    (360_000_000, "+4d04:00:00"),
  ])
  func delta(milliseconds: Int64, text: String) { #expect(TimeText.delta(.milliseconds(milliseconds)) == text) }

  @Test func `t counts from the bookmark set last, while there is one`() {
    let session = session()
    session.press("t t")
    #expect(session.state.options.timeColumn == .relative)
    session.press("g m j enter")
    #expect(session.state.detailItems.contains { $0.value.hasSuffix("+00:01.000 since the mark") })
    session.press("q g m")
    session.press("t")
    #expect(session.state.options.timeColumn == .off)
    session.press("t g j m t t t")
    #expect(session.message == "time: since the mark at 10:00:01")
    #expect(session.screen.first?.contains(" -00:01.000 ") ?? false)
    #expect(session.screen.last?.contains(" +00:09.000 ") ?? false)
  }
}
