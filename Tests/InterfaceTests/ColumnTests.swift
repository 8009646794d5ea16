import Drawing
import LogFiles
import Testing

@testable import Interface

@Suite struct ColumnTests {
  private static let json = (0..<30).map { number in
    """
    {"time":"2026-03-14T10:00:\(10 + number)Z","level":"info","msg":"request","status":\(200 + number % 3 * 100),\
    "path":"/api/\(String(repeating: "x", count: number % 4))","ms":\(number)}

    """
  }.joined()

  private func command(_ text: String, in session: Session) {
    session.press(":")
    session.type(text)
    session.press("enter")
  }

  private func saved(_ session: Session) -> [LogColumn]? {
    for effect in session.host.reversed() { if case .saveColumns(_, let columns) = effect { return columns } }
    return nil
  }

  @Test func columnsAreChosenByNameAndKept() {
    let session = Session([("api.jsonl", Self.json)])
    #expect(session.screen.last == "▌10:00:39.000 INFO  request  status=400  path=/api/x  ms=29")
    command("columns time,status,path,msg", in: session)
    #expect(session.message == "json: time,status,path,msg")
    #expect(session.screen.last == "▌10:00:39.000    400  /api/x    request")
    #expect(session.state.headingColumns?.map(\.name) == ["time", "status", "path", "msg"])
    #expect(saved(session)?.map(\.name) == ["time", "status", "path", "msg"])
    command("columns msg=4,ms", in: session)
    #expect(session.screen.last == "▌req…  29")
    command("columns msg,fields", in: session)
    #expect(session.screen.last == "▌request  status=400  path=/api/x  ms=29")
    command("columns auto", in: session)
    #expect(session.screen.last == "▌10:00:39.000 INFO  request  status=400  path=/api/x  ms=29")
    #expect(session.state.headingColumns == nil)
    #expect(saved(session) == nil)
  }

  @Test func whatCannotBeIsSaid() {
    let session = Session([("api.jsonl", Self.json)])
    command("columns time,,msg", in: session)
    #expect(session.message == "columns are names with commas between, and widths: time,level,msg=40")
    command("columns msg=0", in: session)
    #expect(session.message == "columns are names with commas between, and widths: time,level,msg=40")
    command("columns time,stats", in: session)
    #expect(session.message == "no field stats in the records of json seen so far; did you mean status?")
    #expect(session.screen.last == "▌10:00:39.000 -")
    command("columns msg,msg", in: session)
    #expect(session.message == "columns are names with commas between, and widths: time,level,msg=40")
  }

  @Test func namesComplete() {
    let session = Session([("api.jsonl", Self.json)])
    session.press(":")
    session.type("columns time,sta")
    session.press("tab")
    #expect(session.state.prompt?.line.text == "columns time,status")
  }

  @Test func thePaneShowsMovesAndSizesColumns() {
    let session = Session([("api.jsonl", Self.json)])
    session.press("c")
    #expect(session.state.focus == .columns)
    let names = session.state.logPane.columns.items.map(\.name)
    #expect(names.prefix(5) == ["time", "level", "msg", "fields", "source"])
    #expect(Set(names.dropFirst(5)).isSuperset(of: ["status", "path", "ms"]))
    // Nothing is chosen by looking.
    #expect(session.state.logPane.columns.chosen.isEmpty)
    session.press("j space")
    #expect(session.screen.last == "▌10:00:39.000 request  status=400  path=/api/x  ms=29")
    while session.state.logPane.columns.items[session.state.logPane.columns.selected].name != "status" {
      session.press("j")
    }
    session.press("space")
    #expect(session.screen.last == "▌10:00:39.000 request     400  path=/api/x  ms=29")
    session.press("K")
    #expect(session.screen.last == "▌10:00:39.000    400  request  path=/api/x  ms=29")
    session.press("2 >")
    #expect(session.screen.last == "▌10:00:39.000      400  request  path=/api/x  ms=29")
    session.press("< a")
    #expect(session.screen.last == "▌10:00:39.000    400  request  path=/api/x  ms=29")
    session.press("1 0 K")
    #expect(saved(session)?.map(\.name) == ["status", "time", "msg", "fields"])
    session.press("K")
    #expect(session.message == "it is the first column")
    session.press("r")
    #expect(session.state.logPane.columns.chosen.isEmpty)
    session.press("c")
    #expect(session.state.focus == .log)
    #expect(!session.state.logPane.columns.isOpen)
  }

  @Test func clicksChooseAndShow() throws {
    let session = Session([("api.jsonl", Self.json)])
    session.state.settings.usesMouse = true
    session.press("c")
    let rect = try #require(session.state.layout.columnChooser)
    func click() {
      session.send(.key(.mouse(MouseEvent(.press(0), column: 5, row: rect.row + 2))))
      session.send(.key(.mouse(MouseEvent(.release(0), column: 5, row: rect.row + 2))))
    }
    click()
    #expect(session.state.logPane.columns.selected == 1)
    click()
    #expect(session.screen.last == "▌10:00:39.000 request  status=400  path=/api/x  ms=29")
  }

  @Test func oneColumnStays() {
    let session = Session([("api.jsonl", Self.json)])
    command("columns msg", in: session)
    session.press("c space")
    #expect(session.message == "one column stays")
    #expect(session.screen.last == "▌request")
  }

  @Test func aTextLogChangesToColumns() {
    let session = Session(numbered(30))
    #expect(!session.state.usesColumns)
    command("columns level,user", in: session)
    #expect(session.state.usesColumns)
    #expect(session.screen.last == "▌ERROR u0")
  }

  @Test func recordsOfSeveralSourcesSayWhereTheyAreFrom() {
    let session = Session([("api.jsonl", Self.json), ("app.log", numbered(5))])
    command("columns time,status", in: session)
    #expect(session.state.headingColumns == nil)
    #expect(session.screen.contains { $0.hasSuffix("api.jsonl    400") })
  }

  @Test func thoseOfEarlierSessionsAreInForceFromTheStart() {
    var opening = Opening()
    opening.columns = ["json": [LogColumn("msg"), LogColumn("ms")]]
    let session = Session([("api.jsonl", Self.json)], opening: opening)
    #expect(session.screen.last == "▌request  29")
  }

  @Test func configurationNamesThemForFiles() {
    let session = Session([("api.jsonl", Self.json)])
    session.state.settings.columns = [.init(match: "*.jsonl", columns: ["status", "message"])]
    session.grow()
    #expect(session.screen.last == "▌   400  request")
    command("columns msg", in: session)
    #expect(session.screen.last == "▌request")
  }

  @Test(arguments: ["time", "time,level,msg=40,a b,x=y=3", "fields"])
  func listsAreReadAsTheyAreWritten(text: String) throws {
    #expect(LogColumn.text(of: try #require(LogColumn.list(text))) == text)
  }
}
