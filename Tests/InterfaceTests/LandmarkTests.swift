import Quantities
import Testing

@testable import Interface

@Suite struct LandmarkTests {
  private static let start = Timestamp(seconds: 1_763_820_000)

  private func session(_ lines: [(second: Double, level: String)]) -> Session {
    let text = lines.map { line in
      "\((Self.start + .seconds(line.second)).iso8601) \(line.level) at \(line.second)\n"
    }
    return Session(text.joined())
  }

  private func second(of session: Session) -> Double? {
    session.state.log.cursorRow.map { ($0.time - Self.start).seconds }
  }

  /// A record a second but for two silences, of 100 s and of 60 s.
  private func gaps() -> Session {
    session(
      ((0..<500).map(Double.init) + (600..<900).map(Double.init) + (959..<1200).map(Double.init)).map { ($0, "INFO") })
  }

  @Test func `steps go from silence to silence, to the record that ends it`() {
    let session = gaps()
    session.press("g ] g")
    #expect(second(of: session) == 600)
    #expect(session.message == "gap of 1m41s; 1 of 2")
    session.press("] g")
    #expect(second(of: session) == 959)
    #expect(session.message == "gap of 1m00s; 2 of 2")
    session.press("] g")
    #expect(session.message == "no gap below, 2 the other way")
    session.press("[ g")
    #expect(second(of: session) == 600)
    session.press("[ g")
    #expect(session.message == "no gap above, 2 the other way")
    session.press("G 2 [ g")
    #expect(second(of: session) == 600)
    session.press("' '")
    #expect(second(of: session) == 1199)
  }

  @Test func `what is a gap goes by what the axis shows, and is found beyond it`() {
    // 5 s of silence are nothing in 20 minutes, and much in 2.
    let seconds = (0..<100).map(Double.init) + (105..<1200).map(Double.init)
    let session = session(seconds.map { ($0, "INFO") })
    session.press("G [ g")
    #expect(session.message == "no gap: nothing is silent for longer than 12s")
    session.type(":zoom 30s")
    session.press("enter [ g")
    #expect(session.message == "no gap: nothing is silent for longer than 10s")
    // Records come every second: less than eleven of it is usual.
    let sparse = self.session(((0..<100).map(Double.init) + (115..<1200).map(Double.init)).map { ($0, "INFO") })
    sparse.press("G")
    sparse.type(":zoom 2m")
    sparse.press("enter [ g")
    #expect(second(of: sparse) == 115)
    #expect(sparse.message == "gap of 16s; 1 of 1")
    #expect(sparse.state.markedColumn != nil)
  }

  @Test func `records that are far apart as a rule have no gaps`() {
    let session = session((0..<20).map { (Double($0 * 60), "INFO") })
    session.press("g ] g")
    #expect(session.message == "no gap: nothing is silent for longer than 10m00s")
  }

  @Test func `a gap is one of the records shown`() {
    let session = session((0..<1200).map { (Double($0), (300..<700).contains($0) ? "INFO" : "ERROR") })
    session.press("g ] g")
    #expect(session.message.hasPrefix("no gap: "))
    session.type(":filter level=error")
    session.press("enter g ] g")
    #expect(second(of: session) == 700)
    #expect(session.message == "gap of 6m41s; 1 of 1")
  }

  /// An error in twenty; at 400 and at 900 all are errors for a quarter of a minute.
  private func bursts() -> Session {
    let lines = (0..<12_000).map { index -> (Double, String) in
      let second = Double(index) / 10
      let isBurst = (400..<415).contains(second) || (900..<915).contains(second)
      return (second, isBurst || index % 20 == 7 ? "ERROR" : "INFO")
    }
    return session(lines)
  }

  @Test func `steps go from burst to burst, to the first error of it`() throws {
    let session = bursts()
    session.press("g ] e")
    #expect(abs(try #require(second(of: session)) - 400) <= 6)
    #expect(session.message.hasPrefix("burst of 1") && session.message.contains(" errors in "))
    #expect(session.message.contains(", usually ") && session.message.hasSuffix("; 1 of 2"))
    #expect(session.state.log.cursorRow?.parsed.level == .error)
    session.press("] e")
    #expect(abs(try #require(second(of: session)) - 900) <= 6)
    session.press("[ e")
    #expect(abs(try #require(second(of: session)) - 400) <= 6)
    session.press("[ e")
    #expect(session.message == "no burst of errors above, 2 the other way")
  }

  @Test func `errors that always come are no burst`() {
    let session = session((0..<3000).map { (Double($0) / 4, $0 % 3 == 0 ? "ERROR" : "INFO") })
    session.press("g ] e")
    #expect(session.message == "no burst: errors never become many at once")
  }

  @Test func `presses while one is looked for add up, and can be cancelled`() {
    let session = gaps()
    session.press("g")
    session.isPaused = true
    session.press("] g ] g")
    session.isPaused = false
    session.settle()
    #expect(second(of: session) == 959)
    session.isPaused = true
    session.press("[ g ctrl-c")
    #expect(session.message == "cancelled")
    session.isPaused = false
    session.settle()
    #expect(second(of: session) == 959)
  }

  @Test func `without records it says so`() {
    let session = Session("")
    session.press("] g")
    #expect(session.message == "there are no records")
  }
}
