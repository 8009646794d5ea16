import Drawing
import Quantities
import Testing

@testable import Interface

@Suite struct SpanTests {
  private static let start = Timestamp(seconds: 1_763_820_000)

  private func session() -> Session {
    let session = Session(numbered(1200))
    session.type(":301")
    session.press("enter p")
    return session
  }

  @Test func `Space and l select columns, Enter makes them the filter, U takes both back`() throws {
    let session = session()
    let column = try #require(session.state.markedColumn)
    session.press("space l l l")
    let range = try #require(session.state.options.span?.range)
    let axis = try #require(session.state.axis)
    let width = session.state.layout.axisColumns
    #expect(axis.columns(of: range, columns: width) == column...column + 3)
    #expect(session.state.markedColumn == column + 3)
    let counted = session.state.panels.volume?.columns[column...column + 3].reduce(0) { $0 + $1.total }
    #expect(session.state.spanNote?.hasSuffix("  \(try #require(counted)) records") ?? false)
    session.press("enter")
    #expect(session.state.options.filter.hasPrefix("time:2025-11-22T"))
    #expect(session.state.options.span == nil)
    #expect(session.state.focusedPane == .log)
    #expect(abs(session.state.view.count - (counted ?? 0)) <= 4)
    session.press("U")
    #expect(session.state.options.filter.isEmpty)
    #expect(session.state.options.span?.range == range)
  }

  @Test func `it extends to the left too, and Esc drops it before it leaves the panels`() throws {
    let session = session()
    let column = try #require(session.state.markedColumn)
    session.press("space 5 h")
    let (axis, width) = (try #require(session.state.axis), session.state.layout.axisColumns)
    let range = try #require(session.state.options.span?.range)
    #expect(axis.columns(of: range, columns: width) == column - 5...column)
    session.press("esc")
    #expect(session.state.options.span == nil)
    #expect(session.state.focusedPane == .panels)
    session.press("esc")
    #expect(session.state.focusedPane == .log)
  }

  @Test func `a new span takes the place of the one in the filter, other clauses stay`() {
    let session = session()
    session.type(":filter level>=warn or u1")
    session.press("enter")
    session.press("space l l enter")
    let first = session.state.options.filter
    #expect(first.hasPrefix("(level>=warn or u1) time:"))
    session.press("p 3 0 h space l enter")
    let second = session.state.options.filter
    #expect(second != first)
    #expect(second.hasPrefix("(level>=warn or u1) time:"))
    #expect(second.split(separator: ":").count == first.split(separator: ":").count)
  }

  @Test func `z fills the axis with the span`() throws {
    let session = session()
    session.press("space 9 l")
    let range = try #require(session.state.options.span?.range)
    session.press("z")
    #expect(session.state.axis == range)
    #expect(session.state.options.span == nil)
    #expect(session.state.markedColumn != nil)
  }

  @Test func `an edge at the end of a part takes the axis along`() throws {
    let session = session()
    session.press("z z z z space")
    let part = try #require(session.state.axis)
    let width = session.state.layout.axisColumns
    for _ in 0..<width { session.press("l") }
    let axis = try #require(session.state.axis)
    #expect(axis.from > part.from)
    let range = try #require(session.state.options.span?.range)
    #expect(range.span > part.span.divided(by: 2))
    #expect(axis.contains(range.to - .nanoseconds(1)))
  }

  @Test func `columns without records can be selected`() throws {
    let lines = [0, 1, 1199].map { "\((Self.start + .seconds(Int64($0))).iso8601) INFO at \($0)\n" }
    let session = Session(lines.joined())
    session.press("g p space l l l")
    let (axis, width) = (try #require(session.state.axis), session.state.layout.axisColumns)
    let range = try #require(session.state.options.span?.range)
    #expect(axis.columns(of: range, columns: width) == 0...3)
  }

  @Test func `:span selects what is named`() throws {
    let session = session()
    let zone = session.state.screenZone
    func clock(_ second: Int64) -> String {
      TimeText.clock(zone.civilTime(at: Self.start + .seconds(second)), digits: 0)
    }
    session.type(":span \(clock(100))..+20s")
    session.press("enter")
    let range = try #require(session.state.options.span?.range)
    #expect(range == TimeAxis(from: Self.start + .seconds(Int64(100)), to: Self.start + .seconds(Int64(120))))
    session.press("enter")
    #expect(session.state.view.count == 20)
    session.type(":span x")
    session.press("enter")
    #expect(session.message.contains("is no stretch of time"))
  }
}
