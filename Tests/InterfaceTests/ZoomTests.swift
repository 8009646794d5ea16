import Drawing
import Metrics
import Quantities
import Testing

@testable import Interface

@Suite struct ZoomTests {
  private static let start = Timestamp(seconds: 1_763_820_000)

  /// A record a second for 20 minutes, in three files' worth of time.
  private func session(_ count: Int = 1200, columns: Int = 80) -> Session {
    let session = Session(numbered(count), columns: columns)
    session.send(.tick)
    return session
  }

  private func second(of session: Session) -> Int? {
    session.state.log.cursorRow.map { Int(($0.time - Self.start).seconds) }
  }

  @Test func `z shows half around the cursor, Z twice as much, and both can be undone`() throws {
    let session = session()
    session.type(":600\n".filter { $0 != "\n" })
    session.press("enter")
    #expect(second(of: session) == 600)
    let whole = try #require(session.state.axis)
    session.press("z")
    let half = try #require(session.state.axis)
    #expect(half.span < whole.span.divided(by: 2) + .seconds(Int64(1)))
    #expect(half.contains(Self.start + .seconds(Int64(600))))
    #expect(session.message.contains("Z zooms out"))
    #expect(session.state.panels.volume?.request.axis == half)
    session.press("2 z")
    #expect(try #require(session.state.axis).span < half.span.divided(by: 4) + .seconds(Int64(1)))
    #expect(second(of: session) == 600)
    session.press("Z")
    #expect(try #require(session.state.axis).span.divided(by: 2) < half.span.divided(by: 4) + .seconds(Int64(1)))
    session.press("U U U")
    #expect(session.state.axis == whole)
    session.press("z 9 Z")
    #expect(session.state.axis == whole)
    #expect(session.message == "the whole axis is shown")
    session.press("Z")
    #expect(session.message == "the whole axis is shown; z zooms in, Q quits")
    session.press("z p 0")
    #expect(session.state.axis == whole)
  }

  @Test func `the cursor keeps its share of the width while zooming`() throws {
    let session = session()
    session.type(":301")
    session.press("enter")
    for _ in 0..<3 {
      let axis = try #require(session.state.axis)
      let time = try #require(session.state.log.cursorRow?.time)
      session.press("z")
      let next = try #require(session.state.axis)
      let (before, after) = (
        (time - axis.from).seconds / axis.span.seconds, (time - next.from).seconds / next.span.seconds
      )
      #expect(abs(before - after) < 0.05)
    }
  }

  @Test func `there is an end to zooming in`() throws {
    let session = session()
    session.press("g")
    for _ in 0..<40 { session.press("z") }
    #expect(session.message == "no closer: a column is a millisecond")
    let axis = try #require(session.state.axis)
    #expect(axis.span == .milliseconds(Int64(session.state.layout.axisColumns)))
    #expect(session.state.markedColumn != nil)
  }

  @Test func `a part stands while records come, and moves along while they are followed`() throws {
    let session = session()
    session.press("g z z")
    let part = session.state.axis
    session.logs.append(numbered(600, from: 1201))
    session.grow()
    #expect(session.state.axis == part)
    session.press("G")
    let end = try #require(session.state.axis)
    #expect(end.span == part?.span)
    #expect(end.contains(Self.start + .seconds(Int64(1800))))
    session.logs.append(numbered(100, from: 1801))
    session.grow()
    #expect(try #require(session.state.axis).contains(Self.start + .seconds(Int64(1900))))
    #expect(session.state.axis?.span == part?.span)
    session.press("k")
    let paused = session.state.axis
    session.logs.append(numbered(100, from: 1901))
    session.grow()
    #expect(session.state.axis == paused)
  }

  @Test func `H and L move the part by half a width, to the ends and no further; the cursor stays on it`() throws {
    let session = session()
    session.press("g z z p")
    let first = try #require(session.state.axis)
    session.press("L")
    let second = try #require(session.state.axis)
    #expect(abs((second.from - first.from).seconds - first.span.seconds / 2) < 0.01)
    #expect(session.state.markedColumn == 0)
    session.press("L L L L L L L L L L L L")
    #expect(session.state.axis?.to == session.state.wholeAxis?.to)
    #expect(session.message == "the axis ends here")
    #expect(session.state.markedColumn != nil)
    session.press("2 0 H")
    #expect(session.state.axis?.from == session.state.wholeAxis?.from)
    session.press("H")
    #expect(session.message == "the axis begins here")
  }

  @Test func `the axis goes after a cursor that leaves it`() throws {
    let session = session()
    session.press("g z z z p")
    let part = try #require(session.state.axis)
    session.press("esc")
    session.type(":1000")
    session.press("enter")
    let moved = try #require(session.state.axis)
    #expect(moved.span == part.span)
    let column = try #require(session.state.markedColumn)
    let width = session.state.layout.axisColumns
    #expect((width / 3...width * 2 / 3).contains(column))
    // Steps in the panels go on over the edge.
    session.press("p")
    for _ in 0..<width { session.press("l") }
    #expect(try #require(session.state.axis).from > moved.from)
    #expect(session.state.markedColumn != nil)
  }

  @Test func `where there are no records the axis stays where it was moved to`() throws {
    let lines = [0, 1, 2, 3, 1197, 1198, 1199].map { "\((Self.start + .seconds(Int64($0))).iso8601) INFO at \($0)\n" }
    let session = Session(lines.joined())
    session.press("g z z z p L L")
    let axis = try #require(session.state.axis)
    #expect(axis.from > Self.start + .seconds(Int64(100)))
    #expect(session.state.markedColumn == nil)
    session.press("h")
    #expect(session.cursorText?.hasSuffix("at 3") ?? false)
  }

  @Test func `:zoom takes a length, a stretch, or nothing`() throws {
    let session = session()
    session.type(":600")
    session.press("enter")
    session.type(":zoom 5m")
    session.press("enter")
    #expect(session.state.axis?.span == .minutes(5))
    #expect(session.state.markedColumn != nil)
    let zone = session.state.screenZone
    func clock(_ second: Int64) -> String {
      TimeText.clock(zone.civilTime(at: Self.start + .seconds(second)), digits: 0)
    }
    session.type(":zoom \(clock(100))..\(clock(160))")
    session.press("enter")
    #expect(
      session.state.axis == TimeAxis(from: Self.start + .seconds(Int64(100)), to: Self.start + .seconds(Int64(160))))
    #expect(second(of: session) == 159)
    session.type(":zoom")
    session.press("enter")
    #expect(session.state.options.zoom == nil)
    session.type(":zoom far")
    session.press("enter")
    #expect(session.message == "far is no length of time; as in :zoom 15m, :zoom 14:00..14:20")
    session.type(":zoom 2h..1h")
    session.press("enter")
    #expect(session.message.contains("is no stretch of time"))
  }

  @Test func `a length longer than the log is kept while it is followed`() {
    let session = session(60)
    session.type(":zoom 5m")
    session.press("enter")
    #expect(session.state.axis?.span == .minutes(5))
    session.press("k")
    session.type(":zoom 5m")
    session.press("enter")
    #expect(session.state.options.zoom == nil)
  }

  @Test func `without times it says so`() {
    let small = self.session(1200, columns: 20)
    small.press("z")
    #expect(small.message == "the screen has no room for the time axis")
    small.press("P z")
    #expect(small.message == "the time axis is hidden; P shows it")
    let session = Session("one\ntwo\n")
    session.press("z")
    #expect(session.message == "there are no times to zoom into")
    session.press("] g")
    #expect(session.message == "these records have no times")
  }

  @Test func `until it is counted anew the volume is what the last count tells`() throws {
    let session = session()
    session.press("g")
    let counted = try #require(session.state.panels.volume)
    session.isPaused = true
    session.press("z")
    let shown = try #require(session.state.shownVolume)
    #expect(shown.request.axis == session.state.axis)
    #expect(shown.columns.count == session.state.layout.axisColumns)
    let total = shown.columns.reduce(0) { $0 + $1.total }
    #expect((500...900).contains(total))
    #expect(counted.columns.reduce(0) { $0 + $1.total } == 1200)
    session.isPaused = false
    session.settle()
    #expect(session.state.shownVolume == session.state.panels.volume)
    session.isPaused = true
    session.press("Z")
    let wider = try #require(session.state.shownVolume)
    #expect(wider.columns.prefix(30).allSatisfy { $0.total > 0 })
    #expect(wider.columns.suffix(20).allSatisfy { $0.total == 0 })
  }

  @Test func `where panels have metrics the axis goes on before the records, and up to now`() throws {
    let session = session()
    let specification = PanelSpecification(expression: "cpu")
    session.send(.panels([PanelState(specification: specification)]))
    session.press("g")
    let whole = try #require(session.state.axis)
    session.press("Z")
    let wide = try #require(session.state.axis)
    #expect(abs(wide.span.seconds - 2 * whole.span.seconds) < 1)
    #expect(wide.contains(whole.from))
    // The whole of the records is a stop on the way back.
    session.press("z")
    #expect(session.state.axis == whole)
    session.press("z p H H H H")
    let before = try #require(session.state.axis)
    #expect(before.to <= whole.from)
    #expect(session.state.markedColumn == nil)
    session.press("j l")
    #expect(session.state.markedColumn != nil)
    session.type(":zoom 6h")
    session.press("enter")
    #expect(session.state.axis?.span == .hours(6))
    session.press("0")
    #expect(session.state.axis == whole)
    let other = self.session()
    other.type(":zoom 2020-01-01..2020-01-02")
    other.press("enter")
    #expect(other.message == "there are no records at that time")
  }

  @Test func `a chart is drawn over the part shown, and its cursor takes the part along`() throws {
    let session = session()
    session.press("g i")
    session.type("| count by 10s | chart line")
    session.press("enter")
    #expect(session.state.isChartOverTime)
    let whole = try #require(session.state.axis)
    session.press("h h z z")
    let part = try #require(session.state.axis)
    #expect(part.span < whole.span.divided(by: 3))
    #expect(part.contains(try #require(session.state.chartTime)))
    for _ in 0..<60 { session.press("h") }
    let moved = try #require(session.state.axis)
    #expect(moved.to <= part.from + part.span && moved.span == part.span)
    #expect(moved.contains(try #require(session.state.chartTime)))
    session.press("9 Z")
    #expect(session.state.axis == whole)
    session.press("p space h h h enter")
    #expect(session.state.options.filter.hasPrefix("time:"))
    #expect(session.state.options.pipeline.hasPrefix("| count by 10s"))
  }

  @Test func `panels made from the logs look closer too`() throws {
    let session = session()
    session.press("g")
    session.type(":panel errors: level>=error | count")
    session.press("enter")
    let whole = try #require(session.state.panels.panels.first)
    #expect(whole.drawn?.samples.map(\.value).reduce(0, +) == 120)
    session.press("4 z")
    session.wait(.seconds(Int64(5)))
    let axis = try #require(session.state.axis)
    let part = try #require(session.state.panels.panels.first)
    #expect(part.step < whole.step)
    let shown = try #require(part.drawn).samples.filter { axis.contains($0.time) }
    #expect(shown.map(\.value).reduce(0, +) >= 6)
    #expect(try #require(part.drawn).samples.allSatisfy { $0.time < axis.to + axis.span + axis.span })
    session.press("9 9 ] s")
    session.press("] s")
    #expect(session.message == "no spike of errors below in the part shown; Z zooms out")
    session.press("p 0")
    session.wait(.seconds(Int64(5)))
    #expect(session.state.panels.panels.first?.drawn?.samples.map(\.value).reduce(0, +) == 120)
  }
}
