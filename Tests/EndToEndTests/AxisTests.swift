import Foundation
import TestSupport
import Testing

/// The time axis in a real terminal: zoom, spans by key and mouse, clocks.
@Suite(.enabled(if: TerminalSession.tmux != nil, "tmux is not installed"))
struct AxisTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func log(_ count: Int, _ text: String = "event") -> String {
    (0..<count).map { number in
      let minute = String(format: "%02d:%02d", number / 60 % 60, number % 60)
      return "2026-11-22T14:\(minute).000Z INFO \(text) number=\(number)\n"
    }.joined()
  }

  /// What a terminal sends for a mouse at a cell, counted from 1: 0 press, 32 drag, 64 and 65 the wheel; `m` a release.
  private func mouse(_ code: Int, _ column: Int, _ row: Int, _ final: String = "M") -> String {
    "\u{1B}[<\(code);\(column);\(row)\(final)"
  }

  @Test func aDragSelectsASpanAndEnterFilters() throws {
    let path = try folder.write(log(1200), to: "app.log")
    let session = try TerminalSession([path])
    #expect(session.shows("number=1199"))
    session.send("F2")
    #expect(session.shows("mouse on"))
    session.type(mouse(0, 21, 2))
    session.type(mouse(32, 25, 2))
    session.type(mouse(32, 30, 3))
    session.type(mouse(0, 30, 3, "m"))
    #expect(session.shows("200 records"), "\(session.screen)")
    #expect(session.shows("Enter filter"))
    session.send("Enter")
    #expect(session.shows("selected are the filter"), "\(session.screen)")
    session.send("U")
    #expect(session.shows("200 records"), "\(session.screen)")
  }

  @Test func aZoomedAxisMovesAlongWhileTheEndIsFollowed() throws {
    let path = try folder.write(log(1200), to: "app.log")
    let session = try TerminalSession([path])
    #expect(session.shows("number=1199"))
    session.send("z")
    #expect(session.shows("of 20m"), "\(session.screen)")
    #expect(session.shows("zoom 14:1"), "\(session.screen)")
    try folder.append(log(1800).split(separator: "\n").dropFirst(1200).joined(separator: "\n") + "\n", to: "app.log")
    #expect(session.shows("-14:29"), "\(session.screen)")
    session.send("u")
    #expect(session.shows("PAUSED"))
    session.send("Z", "Z")
    #expect(session.shows("the whole axis is shown"), "\(session.screen)")
  }

  @Test func aWrongClockIsPutRight() throws {
    let web = try folder.write(log(20, "request"), to: "web.log")
    let database = try folder.write(log(20, "query"), to: "db.log")
    let rules = #"{ "files": [ { "match": "db.log", "offset": "-30s" } ] }"#
    let configuration = try folder.write(rules, to: "config.jsonc")
    let session = try TerminalSession(["--config", configuration, web, database])
    #expect(session.shows("request number=19"))
    // All of the database's records stand before the others.
    let rows = session.screen.split(separator: "\n").filter { $0.contains("number=") }
    #expect(rows.last?.contains("request") ?? false)
    #expect(!rows.suffix(15).contains { $0.contains("query") }, "\(session.screen)")
    session.send("s")
    #expect(session.shows("clock -30s"), "\(session.screen)")
    session.send("Escape")
    #expect(session.hides("clock -30s"))
    session.send(":")
    session.type("offset +1h db")
    session.send("Enter")
    #expect(session.shows("moved by +1h"), "\(session.screen)")
    session.send("G")
    #expect(session.shows("15:00:19.000 INFO  db"), "\(session.screen)")
  }
}
