import Quantities
import TestSupport
import Testing

@testable import Records

@Suite struct StampTests {
  @Test(
    "Stamps of every usual spelling",
    arguments: [
      ("2026-01-02T03:04:05Z x", "2026-01-02T03:04:05Z"),
      ("2026-01-02 03:04:05,678 x", "2026-01-02T03:04:05.678Z"),
      ("2026-01-02_03:04:05.04759 x", "2026-01-02T03:04:05.04759Z"),
      ("2026-01-02T03:04:05.678901234+02:00 x", "2026-01-02T01:04:05.678901234Z"),
      ("2026-01-02 03:04:05.5 -0530 x", "2026-01-02T08:34:05.5Z"),
      ("2026-01-02T03:04:05+02 x", "2026-01-02T01:04:05Z"),
      ("2026-01-02 03:04:05 CEST [123] x", "2026-01-02T01:04:05Z"),
      ("2026-01-02 03:04 x", "2026-01-02T03:04:00Z"),
      ("2026/01/02 03:04:05.678 x", "2026-01-02T03:04:05.678Z"),
      ("2026/01/02 - 03:04:05 | 200", "2026-01-02T03:04:05Z"),
      ("[2026-01-02 03:04:05] x", "2026-01-02T03:04:05Z"),
      ("20260102T030405Z x", "2026-01-02T03:04:05Z"),
      ("20260102 030405 x", "2026-01-02T03:04:05Z"),
      ("20260102-03:04:05:678|x", "2026-01-02T03:04:05.678Z"),
      ("260102  3:04:05 [Note] x", "2026-01-02T03:04:05Z"),
      ("26/01/02 03:04:05 INFO x", "2026-01-02T03:04:05Z"),
      ("01/02/2026 03:04:05 PM x", "2026-01-02T15:04:05Z"),
      ("02.01.2026 03:04:05 x", "2026-01-02T03:04:05Z"),
      ("23/01/2026 03:04:05 x", "2026-01-23T03:04:05Z"),
      ("02-Jan-2026 03:04:05.678 INFO x", "2026-01-02T03:04:05.678Z"),
      ("127.0.0.1 - - [02/Jan/2026:03:04:05 -0700] x", "2026-01-02T10:04:05Z"),
      ("1:M 02 Jan 2026 03:04:05.678 * x", "2026-01-02T03:04:05.678Z"),
      ("2 January 2026 03:04:05 x", "2026-01-02T03:04:05Z"),
      ("Jan  2 03:04:05 host app: x", "2026-01-02T03:04:05Z"),
      ("Dec 31 23:59:59 host app: x", "2025-12-31T23:59:59Z"),
      ("Nov 23 11:59:59 host app: x", "2026-11-23T11:59:59Z"),
      ("Nov 23 12:00:01 host app: x", "2025-11-23T12:00:01Z"),
      ("Feb 29 01:02:03 host app: x", "2024-02-29T01:02:03Z"),
      ("<34>Jan  2 03:04:05 host app: x", "2026-01-02T03:04:05Z"),
      ("Jan 2 2026 03:04:05 x", "2026-01-02T03:04:05Z"),
      ("Jan 2, 2026 3:04:05 PM x", "2026-01-02T15:04:05Z"),
      ("Fri Jan 02 03:04:05 2026 x", "2026-01-02T03:04:05Z"),
      ("[Fri Jan 02 03:04:05.678901 2026] [error] x", "2026-01-02T03:04:05.678901Z"),
      ("Fri Jan  2 03:04:05 CET 2026 x", "2026-01-02T02:04:05Z"),
      ("Fri, 02 Jan 2026 03:04:05 GMT x", "2026-01-02T03:04:05Z"),
      ("Fri 2026-01-02 03:04:05 UTC host x", "2026-01-02T03:04:05Z"),
      ("I0102 03:04:05.678901  123 a.go:1] x", "2026-01-02T03:04:05.678901Z"),
      ("E20260102 03:04:05.678901  123 a.cc:1] x", "2026-01-02T03:04:05.678901Z"),
      ("01-02 03:04:05.678  1  2 D tag: x", "2026-01-02T03:04:05.678Z"),
      ("1767323045 x", "2026-01-02T03:04:05Z"),
      ("1767323045.678 x", "2026-01-02T03:04:05.678Z"),
      ("1767323045678 x", "2026-01-02T03:04:05.678Z"),
      ("1767323045678901 x", "2026-01-02T03:04:05.678901Z"),
      ("1767323045678901234 x", "2026-01-02T03:04:05.678901234Z"),
      ("type=X msg=audit(1767323045.678:99): x", "2026-01-02T03:04:05.678Z"),
      ("@4000000069573875286a1b40 x", "2026-01-02T03:15:55.678042432Z"),
      ("03:04:05.678 [main] INFO x", "2026-11-22T03:04:05.678Z"),
      ("13:04:05 x", "2026-11-21T13:04:05Z"),
      ("\u{1B}[32m2026-01-02 03:04:05\u{1B}[0m x", "2026-01-02T03:04:05Z"),
      ("MainThread::INFO::2026-01-02 03:04:05,678::x", "2026-01-02T03:04:05.678Z"),
    ] as [(String, String)])
  func spelling(_ line: String, _ expected: String) {
    #expect(Reading(line).time == expected)
  }

  @Test(
    "What only looks like a stamp is none",
    arguments: [
      "2026-13-02 03:04:05 x", "2026-02-30 03:04:05 x", "2026-01-02 25:04:05 x", "2026-01-02 x", "Jan 32 03:04:05 x",
      "version 10.2.3.4 of x", "1.2.3.4:8080 connected", "took 12:34 minutes", "May the force", "sat down",
      "2728-01-02 03:04:05 x", "02/Jan/2728:03:04:05 +0000 x", "1:M 02 Jan 2728 03:04:05.678 * x",
      "02.01.2728 03:04:05 x",
      "I27280102 03:04:05.678 1 a.go:1] x", "Jan 2 2728 03:04:05 x", "Jan 2, 1728 03:04:05 x", "Mayor 2 03:04:05 x",
      "99999999999999999999 x", "12345 x", "I0102 x", "@40000000 x", "", " ", "-", "[", "2026",
    ])
  func noStamp(_ line: String) {
    #expect(Reading(line).time == nil)
  }

  @Test("A stamp without a zone is read in the assumed one, and the offset of a wrong clock is added")
  func zones() {
    let options = ReadingOptions(assumedZone: Zone(fixedOffset: 7200), offset: .seconds(Int64(3)))
    #expect(Reading("2026-01-02 03:04:05 x", options: options).time == "2026-01-02T01:04:08Z")
    #expect(Reading("2026-01-02 03:04:05Z x", options: options).time == "2026-01-02T03:04:08Z")
    #expect(Reading("Jan  2 03:04:05 h a: x", options: options).time == "2026-01-02T01:04:08Z")
  }

  @Test("A record says whether its stamp named a zone, and which")
  func writtenOffsets() {
    func parsed(_ line: String) -> ParsedRecord {
      let reader = reader(for: line)
      return withBytes(line) { reader.parse($0, reference: reference) }
    }
    #expect(parsed("2026-01-02 03:04:05+02:00 x").writtenOffset == 7200)
    #expect(parsed("2026-01-02 03:04:05+02:00 x").hasZone)
    #expect(parsed("2026-01-02 03:04:05Z x").writtenOffset == 0)
    #expect(!parsed("2026-01-02 03:04:05 x").hasZone)
    #expect(parsed("1767323045.678 x").hasZone)
    #expect(parsed("1767323045.678 x").writtenOffset == nil)
    #expect(parsed("  x [2026-01-02 03:04:05] x").stampSpan == 5..<24)
  }

  @Test("One line that only one order of day and month allows decides for its file")
  func dateOrder() {
    let american = "03/04/2026 01:02:03 a\n03/25/2026 01:02:03 b\n"
    let british = "03/04/2026 01:02:03 a\n25/04/2026 01:02:03 b\n"
    for (text, expected) in [(american, "2026-03-04T01:02:03Z"), (british, "2026-04-03T01:02:03Z")] {
      let stamp = withBytes(text) { reader(for: text).stamp(of: $0.part(0..<21), reference: reference) }
      #expect(stamp.map(isoText) == expected)
    }
  }

  @Test("Where stamps stand at the margin, a date in a message is no stamp")
  func datesInMessages() {
    let text = "2026-01-02 03:04:05 start\nexpires on the day of 2027-05-06 07:08:09 sharp\n"
    let reader = reader(for: text)
    let index = withBytes(text) { reader.index($0, segment: 0..<$0.count, reference: reference) }
    #expect(index.recordCount == 1)
    #expect(index.lineCount == 2)
  }
}

@Suite struct CommonLogStampTests {
  private static let original = Array("02/Jan/2026:03:04:05 +0100] \"GET".utf8)

  /// Both ways to read a stamp of an access log, of a stamp with some bytes changed.
  @Test("What the quick reading reads is what the grammar reads", arguments: 0..<40)
  func agreement(seed: UInt64) {
    var random = SeededGenerator(seed)
    let signs = Array("0123456789/: +-]JanFebMrApyulgSOctNovDe".utf8)
    var quick = 0
    for round in 0..<500 {
      var bytes = Self.original
      for _ in 0..<(round % 4) {
        bytes[Int.random(in: 0..<27, using: &random)] = signs.randomElement(using: &random) ?? 48
      }
      bytes.withUnsafeBytes { line in
        guard let stamp = CommonLogStamp.read(line, at: 0) else { return }
        quick += 1
        var grammar = StampGrammar(line)
        let twin = grammar.stamp(at: 0)
        let text = String(decoding: line, as: UTF8.self)
        #expect(twin.map(String.init(describing:)) == String(describing: stamp), "\(text)")
      }
    }
    #expect(quick > 125)
  }

  @Test("All months, and what is no date is left to the grammar")
  func months() {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    for (number, name) in names.enumerated() {
      let text = Array("28/\(name)/1999:23:59:59 -0930]".utf8)
      let stamp = text.withUnsafeBytes { CommonLogStamp.read($0, at: 0) }
      #expect(stamp?.month == number + 1)
      #expect(stamp?.offset == -34_200)
    }
    for text in ["29/Feb/2025:00:00:00 +0000]", "02/Jan/2026:24:00:00 +0000]", "02/Jan/2026:03:04:05 +0000 "] {
      #expect(Array(text.utf8).withUnsafeBytes { CommonLogStamp.read($0, at: 0) } == nil)
    }
  }
}
