import TestSupport
import Testing

@testable import Matching

@Suite struct LiteralTests {
  private func found(_ pattern: Pattern, _ text: String) -> Range<Int>? {
    Array(text.utf8).withUnsafeBytes { pattern.firstMatch(in: $0) }
  }

  @Test func findsLiteralsAtEveryPlace() {
    var generator = SeededGenerator(9)
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
        "aAbB[{@".utf8.randomElement(using: &generator) ?? 0
      }
      let needle = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
        "aAbB[{@".utf8.randomElement(using: &generator) ?? 0
      }
      let ignoresCase = Bool.random(using: &generator)
      let fold: (UInt8) -> UInt8 = { ignoresCase && 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
      let (foldedText, foldedNeedle) = (text.map(fold), needle.map(fold))
      let expected = (0..<max(0, text.count - needle.count + 1)).first { foldedText[$0...].starts(with: foldedNeedle) }
      let run = needle.map { byte in
        var set = ByteSet(byte)
        for other in UInt8(0)...127 where fold(other) == fold(byte) { set.insert(other) }
        return set
      }
      for isWide in [true, false] where !isWide || Prefilter.hasWideVectors {
        let prefilter = Prefilter(RequiredText(runs: [run], isWhole: true), usesWideVectors: isWide)
        #expect(text.withUnsafeBytes { prefilter?.first(in: $0, 0..<$0.count) } == expected)
      }
    }
  }

  /// Several runs of any byte sets: the place found is one, and no line before it has one.
  @Test(.enabled(if: Prefilter.hasWideVectors, "the processor has no vectors of 32 bytes"))
  func findsOneOfSeveralRuns() throws {
    var generator = SeededGenerator(10)
    let alphabet = Array("aAbB0{@\n\n".utf8)
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0...300, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator) ?? 0
      }
      let sets = [
        ByteSet(0x61), ByteSet(0x62), ByteSet(0x41...0x42), ByteSet(0x30...0x39), ByteSet(0x7B), ByteSet(0...9),
      ]
      let runs = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
        (0..<Int.random(in: 1...6, using: &generator)).map { _ in sets.randomElement(using: &generator) ?? ByteSet() }
      }
      let prefilter = try #require(Prefilter(RequiredText(runs: runs, isWhole: true)))
      let range = Int.random(in: 0...text.count / 2, using: &generator)..<text.count
      let places = range.filter { place in
        runs.contains { run in
          place + run.count <= text.count && zip(run, text[place...]).allSatisfy { $0.contains($1) }
        }
      }
      let found = text.withUnsafeBytes { prefilter.first(in: $0, range) }
      #expect((found == nil) == places.isEmpty)
      guard let found else { continue }
      #expect(places.contains(found))
      #expect(!text[places[0]..<found].contains(10))
    }
  }

  @Test func literalsAreNotSpecial() {
    #expect(found(.literal("a.b*", ignoresCase: false), "axb a.b*") == 4..<8)
    #expect(found(.literal("ERR", ignoresCase: true), "an error") == 3..<6)
    #expect(found(.literal("GRÖSSE", ignoresCase: true), "die größse grösse") == 13..<20)
    #expect(found(.literal("", ignoresCase: false), "x") == 0..<0)
  }

  @Test func wildcardsJoinPieces() {
    #expect(found(.wildcard(["time", "out"], ignoresCase: false), "a time is out, out") == 2..<13)
    #expect(found(.wildcard(["time", "out"], ignoresCase: false), "time\nout") == nil)
    #expect(found(.wildcard(["88", ""], ignoresCase: false, isWhole: true), "8812") == 0..<4)
    #expect(found(.wildcard(["88", ""], ignoresCase: false, isWhole: true), "188") == nil)
    #expect(found(.wildcard(["", "x", ""], ignoresCase: true, isWhole: true), "a\nXb") == 0..<4)
  }

  @Test func knowsWhatAMatchContains() throws {
    #expect(try Pattern(#"status=5\d\d"#).requiredLiteral == Array("status=5".utf8))
    #expect(try Pattern(#"\d+ (?:foo)+ bar.*"#).requiredLiteral == Array(" bar".utf8))
    #expect(try Pattern("(?i)error").requiredLiteral == nil)
    #expect(try Pattern("a|b").requiredLiteral == nil)
    func runs(_ source: String) throws -> [String] {
      try Pattern(source).prefilter?.text.runs.map { run in
        run.map { set in
          set.folded.map { $0.fold == 0 ? "\(Unicode.Scalar($0.byte))" : "<\(Unicode.Scalar($0.byte))>" } ?? "#"
        }.joined()
      } ?? []
    }
    #expect(try runs(#"status=5\d\d"#) == ["status=5##"])
    #expect(try runs("(?i)error") == ["<e><r><r><o><r>"])
    #expect(try runs("timeout|refused|denied") == ["timeout", "refused", "denied"])
    #expect(try runs("x (?:get|post)s? .*") == ["x gets ", "x get ", "x posts ", "x post "])
    #expect(try runs("[a-z]+ing [0-9a-f]{3}") == ["#ing ###"])
    #expect(try runs("(?:foo){2,}bar") == ["foofoobar"])
    #expect(try runs(#"^\w+$"#) == [])
    #expect(try runs("(?:timeout)?x*") == [])
    #expect(try Pattern(#"[^"]*"#).crossesLines)
    #expect(try !Pattern(#"a.*b\b"#).crossesLines)
    #expect(try Pattern("^a").anchorsToText)
    #expect(try !Pattern("(?m)^a$").anchorsToText)
  }

  @Test func sourcesReadBack() throws {
    let wildcard = Pattern.wildcard(["a.b", "c"], ignoresCase: true)
    let again = try Pattern(wildcard.source, options: wildcard.options)
    #expect(found(again, "xA.b--C") == found(wildcard, "xA.b--C"))
  }

  /// Prefilter, switch to the automaton, and interleaved streams: the same lines whatever the way.
  @Test func everyWayFindsTheSameLines() throws {
    var generator = SeededGenerator(21)
    let words = [
      "error", "Error", "status=503", "status=200", "walking 0123abcd ", "é", "x", "", "[", "a b c d e f g h",
    ]
    for round in 0..<12 {
      let rareness = [2, 40, 400][round % 3]
      var text = ""
      for _ in 0..<3000 {
        for _ in 0..<3 {
          text +=
            Int.random(in: 0..<rareness, using: &generator) == 0 ? words.randomElement(using: &generator) ?? "" : "ok "
        }
        text += "\n"
      }
      if round % 2 == 0 { text += "status=503" }
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.utf8) }
      for source in [
        #"status=5\d\d"#, "(?i)error", "[a-z]+ing [0-9a-f]{8} ", "^$", "^x", #"\bg\b"#, "error|503$", "é.",
      ] {
        let pattern = try Pattern(source)
        let expected = lines.indices.filter { index in
          (index < lines.count - 1 || !lines[index].isEmpty) && lines[index].withUnsafeBytes { pattern.isMatch($0) }
        }
        let found = hitLines(pattern, Array(text.utf8))
        #expect(Set(found).symmetricDifference(expected).sorted() == [], "\(source) \(round)")
        #expect(found == found.sorted() && Set(found).count == found.count, "\(source) \(round)")
      }
    }
  }

  private func hitLines(_ pattern: Pattern, _ text: [UInt8]) -> [Int] {
    var result: [Int] = []
    var line = 0
    var seen = 0
    text.withUnsafeBytes { bytes in
      pattern.forEachMatchingLine(in: bytes) { offset, _ in
        line += bytes[seen..<offset].count { $0 == 10 }
        seen = offset
        result.append(line)
      }
    }
    return result
  }

  @Test func isSafeToShareBetweenThreads() async throws {
    let pattern = try Pattern(#"[a-z]+ing \d+"#)
    let text = Array(String(repeating: "running 12\nrun 12\n", count: 2000).utf8)
    let counts = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 { group.addTask { self.hitLines(pattern, text).count } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts == Array(repeating: 2000, count: 8))
  }
}
