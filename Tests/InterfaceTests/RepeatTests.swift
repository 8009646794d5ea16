import Drawing
import Quantities
import Testing
import TestSupport
import Timelines

@testable import Interface

@Suite struct RepeatTests {
  private func fold(_ name: String, in session: Session) {
    session.press(":")
    session.type("fold \(name)")
    session.press("enter")
  }

  @Test func repeatsAreOneRowWithTheirCount() {
    let session = Session(numbered(100))
    session.press("R R")
    #expect(session.message == "one line a record; repeats folded, whatever their numbers")
    // 1 to 4 are INFO, 5 is WARN, 6 to 9 are INFO, 10 is ERROR.
    #expect(session.screen.last?.hasSuffix("ERROR record 100 user=u1") == true)
    #expect(session.screen.dropLast().last?.hasSuffix("INFO record 96 user=u0  ×4 in 3.0s") == true)
    session.press("k k k")
    #expect(session.cursorText?.contains("record 91 ") == true)
    session.press("g j")
    #expect(session.cursorText?.contains("record 5 ") == true)
    session.press("1 0 j")
    #expect(session.cursorText?.contains("record 30 ") == true)
    session.press("5 0 j")
    #expect(session.cursorText?.contains("record 100 ") == true)
    session.press("8 k")
    #expect(session.cursorText?.contains("record 80 ") == true)
    session.press("1 0 0 k")
    #expect(session.cursorText?.contains("record 1 ") == true)
    session.press("R")
    #expect(session.screen.prefix(2).map { $0.contains("record 1 ") || $0.contains("record 2 ") } == [true, true])
  }

  @Test func identicalOnesMayDifferInTheirTimesOnly() {
    let text = ["one 1", "one 1", "one 2", "one 2", "one 2"].enumerated().map {
      "2026-03-14T10:00:0\($0.offset)Z INFO \($0.element)\n"
    }.joined()
    let session = Session(text)
    fold("identical", in: session)
    #expect(
      session.screen == [
        " 2026-03-14T10:00:00Z INFO one 1  ×2 in 1.0s", "▌2026-03-14T10:00:02Z INFO one 2  ×3 in 2.0s",
      ])
    fold("repeats", in: session)
    #expect(session.screen == ["▌2026-03-14T10:00:00Z INFO one 1  ×5 in 4.0s"])
  }

  @Test func whatIsJumpedToBeginsARow() {
    let session = Session(numbered(100))
    session.press("R R g /")
    session.type("record 8 ")
    session.press("enter")
    #expect(session.cursorText?.contains("record 8 ") == true)
    #expect(session.screen.contains { $0.hasPrefix("▌") && $0.hasSuffix("record 8 user=u2  ×2 in 1.0s") })
    #expect(session.screen.contains { $0.hasSuffix("record 6 user=u0  ×2 in 1.0s") })
    // Matches inside a run are stepped through.
    session.press("/")
    session.type("record 1[123] ")
    session.press("enter")
    #expect(session.cursorText?.contains("record 11 ") == true)
    session.press("n")
    #expect(session.cursorText?.contains("record 12 ") == true)
    session.press("n")
    #expect(session.cursorText?.contains("record 13 ") == true)
    session.press("N N")
    #expect(session.cursorText?.contains("record 11 ") == true)
  }

  @Test func aRunGrowsWhileItIsFollowed() {
    let session = Session(numbered(93))
    session.press("R R g G")
    #expect(session.screen.last?.hasSuffix("record 91 user=u1  ×3 in 2.0s") == true)
    session.logs.append(numbered(1, from: 94))
    session.grow()
    #expect(session.screen.last?.hasSuffix("record 91 user=u1  ×4 in 3.0s") == true)
    session.logs.append(numbered(1, from: 95))
    session.grow()
    #expect(session.screen.last?.hasPrefix("▌") == true)
    #expect(session.screen.last?.hasSuffix("WARN record 95 user=u2") == true)
    #expect(session.state.follow.isFollowing)
  }

  @Test func amongAllRecordsAMatchIsNotFoldedIntoOthers() {
    let session = Session(numbered(20))
    session.press("R R i")
    session.type("\"record 7 \"")
    session.press("enter x g")
    // 6, then 7 which matches, then 8 and 9.
    #expect(session.screen.contains { $0.hasSuffix("record 6 user=u0") })
    #expect(session.screen.contains { $0.hasSuffix("record 7 user=u1") })
    #expect(session.screen.contains { $0.hasSuffix("record 8 user=u2  ×2 in 1.0s") })
  }

  @Test func aSelectionHoldsWhatItsRowsStandFor() {
    let session = Session(numbered(100))
    session.press("R R g V j j")
    // 1 to 4, 5, 6 to 9.
    #expect(session.state.selectionText == "9 records selected")
    guard case .between(let first, let last)? = session.state.recordsAtHand else { return }
    #expect(first.time == Timestamp(seconds: 1_763_820_001))
    #expect(last.time == Timestamp(seconds: 1_763_820_009))
    session.press("esc g j j V k k")
    #expect(session.state.selectionText == "9 records selected")
    guard case .between(let from, let to)? = session.state.recordsAtHand else { return }
    #expect(Set([from.time, to.time]) == [Timestamp(seconds: 1_763_820_001), Timestamp(seconds: 1_763_820_009)])
  }

  @Test func undoneItShowsAllAgain() {
    let session = Session(numbered(100))
    session.press("R R U")
    #expect(session.state.options.fold == .lines)
    #expect(session.screen.count == session.state.layout.log.size.rows)
    #expect(session.screen.dropLast().last?.contains("record 99 ") == true)
  }

  /// Steps of the cursor visit what a plain grouping of the lines gives, also where runs are longer than a block.
  @Test(arguments: 0..<4) func stepsVisitEveryRun(seed: Int) {
    var generator = SeededGenerator(seed)
    var words: [String] = []
    while words.count < 9000 {
      let count = seed == 0 && words.count > 300 ? 5000 : Int.random(in: 1...60, using: &generator)
      words += Array(repeating: ["alpha", "beta", "gamma"].randomElement(using: &generator) ?? "", count: count)
    }
    let lines = words.enumerated().map { number, word in
      "\(Timestamp(seconds: 1_763_820_000 + Int64(number)).iso8601) INFO \(word) \(number)"
    }
    let expected = lines.indices.filter { $0 == 0 || $0 % RepeatWalk.block == 0 || words[$0] != words[$0 - 1] }
    let session = Session(lines.map { $0 + "\n" }.joined())
    session.press("R R g")
    var visited = [session.cursorText ?? ""]
    for _ in 0..<expected.count {
      session.press("j")
      if session.cursorText != visited.last { visited.append(session.cursorText ?? "") }
    }
    #expect(visited == expected.map { lines[$0] })
    for index in expected.reversed().dropFirst() {
      session.press("k")
      #expect(session.cursorText == lines[index])
    }
  }
}
