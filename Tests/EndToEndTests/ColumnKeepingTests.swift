import Foundation
import TestSupport
import Testing

/// Columns that were chosen on the screen.
@Suite(.enabled(if: TerminalSession.tmux != nil, "tmux is not installed"))
struct ColumnKeepingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func start(_ arguments: [String]) throws -> TerminalSession {
    try TerminalSession(arguments, columns: 100, environment: ["XDG_STATE_HOME": folder.path("state")])
  }

  private func choose(_ columns: String, in session: TerminalSession) {
    session.send(":")
    session.type("columns \(columns)")
    session.send("Enter")
  }

  @Test func theyAreThereAgainInTheNextSession() throws {
    let record = #"{"time":"2026-11-22T14:00:00Z","level":"info","msg":"request","status":200,"route":"/cart"}"#
    let path = try folder.write(record + "\n", to: "api.jsonl")

    let secure = try start(["--secure", path])
    #expect(secure.shows("route=/cart"))
    choose("route", in: secure)
    #expect(secure.shows("json: route"))
    secure.send("Q")
    #expect(secure.shows("[exit 0]"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("state/chiplog/columns")))

    let first = try start([path])
    #expect(first.shows("route=/cart"))
    choose("msg=9,status", in: first)
    #expect(first.shows("request       200"), "\(first.screen)")
    first.send("Q")
    #expect(first.shows("[exit 0]"))

    let second = try start([path])
    #expect(second.shows("request       200"), "\(second.screen)")
    choose("auto", in: second)
    #expect(second.shows("route=/cart"), "\(second.screen)")
  }
}
