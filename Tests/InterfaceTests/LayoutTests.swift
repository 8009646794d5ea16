import Drawing
import LogFiles
import Quantities
import TestSupport
import Testing

@testable import Interface

@Suite struct LayoutTests {
  @Test func partsNeverOverlapNorLeaveTheScreen() {
    let session = Session(numbered(200))
    session.state.panels.specifications = (0..<6).map { .init(title: "panel \($0)", expression: "up") }
    for open in 0..<3 {
      session.state.detail.isOpen = open == 1
      session.state.sources.isOpen = open == 2
      for columns in stride(from: 0, through: 130, by: 13) {
        for rows in 0...45 {
          session.state.size = Size(columns: columns, rows: rows)
          let layout = session.state.layout
          var rects = layout.panels.map(\.rect) + [layout.log, layout.status]
          rects += [layout.header, layout.volume, layout.axis, layout.detail, layout.sources].compactMap { $0 }
          var used: Set<Int> = []
          for rect in rects {
            for row in rect.row..<rect.endRow {
              #expect(row < rows && used.insert(row).inserted, "\(columns)x\(rows) \(layout)")
            }
          }
          #expect(used.count == rows)
          let panelRows = layout.panels.count + (layout.volume == nil ? 0 : 1) + (layout.axis == nil ? 0 : 1)
          #expect(panelRows <= rows / 3)
        }
      }
    }
  }

  @Test func onALowScreenAPaneHasMoreThanOneLine() {
    let session = Session((0..<6).map { ("\($0).log", numbered(50)) }, columns: 40, rows: 10)
    #expect(session.state.layout.axis != nil)
    session.press("s")
    #expect(session.state.layout.axis == nil)
    #expect(session.state.layout.sources?.size.rows == 4)
    session.press("s")
    #expect(session.state.layout.axis != nil)
  }

  @Test func axisStandsStillWhileRecordsCome() {
    let session = Session(numbered(3000))
    let before = session.state.axis
    session.logs.append(numbered(1, from: 3001))
    session.grow()
    #expect(session.state.axis == before)
    #expect((before?.to ?? .distantPast) > (session.state.view.span?.upperBound ?? .distantFuture))
  }

  @Test func columnsOfTheAxisBeginWhereTheySay() {
    var generator = SeededGenerator(7)
    for _ in 0..<2000 {
      let from = Timestamp(
        nanoseconds: .random(in: -4_000_000_000_000_000_000...4_000_000_000_000_000_000, using: &generator))
      let axis = TimeAxis(
        from: from, to: from + .nanoseconds(.random(in: 1...5_000_000_000_000_000_000, using: &generator)))
      let columns = Int.random(in: 1...300, using: &generator)
      let column = Int.random(in: 0..<columns, using: &generator)
      let start = axis.time(ofColumn: column, columns: columns)
      if start < axis.time(ofColumn: column + 1, columns: columns), start < axis.to {
        #expect(axis.column(of: start, columns: columns) == column)
      }
      #expect(axis.column(of: axis.to, columns: columns) == nil)
    }
  }

  @Test func survivesTheEndsOfTime() {
    let text = "1677-09-22T00:00:00Z a\n2262-04-10T00:00:00Z b\n"
    let session = Session(text)
    session.press("p g l l h G j k t t")
    #expect(session.state.log.cursorIndex != nil)
  }

  @Test func showsDatesInRowsOfTheirOwn() {
    let text = "2026-01-02T23:59:59Z a\n2026-01-03T00:00:01Z b\n2026-01-03T00:00:02Z c\n"
    let session = Session([("a.log", text), ("b.log", "")], rows: 12)
    session.press("g")
    #expect(
      session.screen == [
        "== 2026-01-02", "▌23:59:59.000       a.log a", "== 2026-01-03", " 00:00:01.000       a.log b",
        " 00:00:02.000       a.log c",
      ])
    session.press("t")
    #expect(session.screen.count == 3)
  }

  @Test func showsChosenColumns() {
    let text = "{\"time\":\"2026-01-02T10:00:00Z\",\"msg\":\"hi\",\"a\":1,\"b\":\"two\"}\n"
    let session = Session([("x/access.log.1", text)])
    session.state.settings.columns = [.init(match: "access.log*", columns: ["time", "b", "nope", "a"])]
    session.grow()
    #expect(session.screen == ["▌10:00:00.000 two  -     1"])
  }

  @Test func timesInOneZoneOrAnother() {
    let text = "2026-01-02T10:00:00+02:00 INFO a\n"
    let session = Session(text)
    session.state.settings.displayZone = Zone(fixedOffset: 3600)
    session.press("r")
    #expect(session.screen[0].hasPrefix("▌10:00:00.000"))
    session.press("T")
    #expect(session.screen[0].hasPrefix("▌09:00:00.000"))
    session.press("T")
    #expect(session.screen[0].hasPrefix("▌08:00:00.000"))
    #expect(session.state.screenZone.name == "UTC")
  }

  @Test(arguments: [
    ("*.log", "/var/log/app.log", true), ("*.log", "app.log.1", false), ("*/legacy/*.log", "/srv/legacy/a.log", true),
    ("*/legacy/*.log", "/srv/new/a.log", false), ("a?c", "x/abc", true), ("*a*b*", "xxaxxbxx", true), ("", "", true),
    ("access.log*", "nginx/access.log.2", true),
  ])
  func namePatterns(pattern: String, path: String, expected: Bool) {
    #expect(NamePattern.matches(pattern, path) == expected)
  }
}

@Suite struct TimeArgumentTests {
  static let day = CivilTime(year: 2026, month: 3, day: 14, hour: 12).utc

  @Test(arguments: [
    ("14:05", "2026-03-14T14:05:00Z"), ("14:05:30.5", "2026-03-14T14:05:30.500Z"),
    ("2026-01-02", "2026-01-02T00:00:00Z"),
    ("2026-01-02 14:05", "2026-01-02T14:05:00Z"), ("2026-01-02T14:05:09+02:00", "2026-01-02T12:05:09Z"),
    ("-15m", "2026-03-14T11:45:00Z"), ("-1h30m", "2026-03-14T10:30:00Z"), ("today", "2026-03-14T00:00:00Z"),
    ("yesterday", "2026-03-13T00:00:00Z"), ("now", "2026-03-14T12:00:00Z"),
  ])
  func reads(text: String, expected: String) {
    #expect(TimeArgument.parse(text, day: Self.day, newest: Self.day, zone: .utc)?.iso8601 == expected)
  }

  @Test(arguments: ["", "25:00", "14:60", "2026-02-30", "12", "-5x", "2026-01-02T", "14:05Q", "-", "１４:05"])
  func refuses(text: String) {
    #expect(TimeArgument.parse(text, day: Self.day, newest: Self.day, zone: .utc) == nil)
  }
}
