import Foundation
import TestSupport
import Testing

/// The recorded incident, as somebody meets it who has never seen it: from the panel that looks wrong to the line that tells why.
@Suite(.enabled(if: TerminalSession.tmux != nil, "tmux is not installed")) struct IncidentTests {
  private func session() throws -> TerminalSession {
    let shop = projectRoot.appendingPathComponent("sample-logs/shop").path
    let session = try TerminalSession(["--config", "\(shop)/chiplog.jsonc", shop], columns: 130, rows: 36)
    // The range of the last panel: its data is there.
    #expect(session.shows("0-6"))
    #expect(session.shows("9,864 records"))
    return session
  }

  @Test func fourKeysLeadFromThePanelToTheGuiltyLine() throws {
    let session = try session()
    // To the panels; to the last of them, which rises first; to where its spike begins.
    session.send("p")
    session.send("k")
    session.send("[", "s")
    #expect(session.shows("spike 1 of 1 in db in use, at 15:42:43"))
    #expect(session.shows("still waiting for RowExclusiveLock"))
    #expect(session.shows("started by cron: archive orders older than 90 days"))
    #expect(session.shows("lock held on orders"))
  }

  @Test func theFirstErrorsAreAsNear() throws {
    let session = try session()
    session.send("g")
    #expect(session.hides("LIVE"))
    session.send("e")
    #expect(session.shows("ERROR"))
  }

  @Test func oneLineTellsWhichRouteGotSlow() throws {
    let session = try session()
    session.send("i")
    session.type("duration_ms>1s | count, p95(duration_ms) by route | sort -count")
    session.send("Enter")
    #expect(session.shows("3 rows"))
    session.send("j")
    session.send("Enter")
    #expect(session.shows("route=/api/orders "), "\(session.screen)")
    #expect(session.hides("3 rows"))
  }
}
