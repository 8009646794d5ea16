import TestSupport
import Testing

@testable import Matching

/// What keeps time and memory bounded: counted in steps and states, never in seconds.
@Suite struct BoundTests {
  static func program(_ source: String) throws -> Program {
    var parser = PatternParser(source, options: PatternOptions())
    let node = try parser.parse()
    return try ProgramBuilder.build(
      node, groupCount: parser.captureNames.count + 1, patternLength: source.utf8.count)
  }

  @Test(arguments: ["(a*)*b", "(a|aa)+$", "a{0,500}a{500}", "(?:a?){30}a{30}", "(x+x+)+y", "(.*)*=(.*)*"])
  func stepsGrowWithTheTextOnly(source: String) throws {
    let program = try BoundTests.program(source)
    let matcher = SpanMatcher(program, capturesGroups: true)
    for count in [100, 1000] {
      let text = [UInt8](repeating: 0x61, count: count) + [0x21]
      _ = text.withUnsafeBytes { matcher.firstMatch(in: $0, from: 0) }
      #expect(matcher.stepCount <= 3 * program.instructions.count * (count + 2))
    }
  }

  @Test func forgetsStatesAndStaysRight() throws {
    let program = try BoundTests.program("[ab]*a[ab]{20}c")
    let automaton = LazyDFA(program, classes: ByteClasses(program), isLinewise: true)
    var generator = SeededGenerator(3)
    var text: [UInt8] = []
    var expected: [Int] = []
    for line in 0..<400 {
      let body = (0..<60).map { _ in Bool.random(using: &generator) ? UInt8(0x61) : 0x62 }
      let isHit = line % 7 == 0 && body[39] == 0x61
      text += body + (isHit ? [0x63, 10] : [10])
      if isHit { expected.append(line) }
    }
    var found: [Int] = []
    text.withUnsafeBytes { bytes in
      automaton.forEachMatchingLine(in: bytes, 0..<bytes.count) { offset, end in
        #expect(end == text[offset...].firstIndex(of: 10))
        found.append(text[..<offset].count { $0 == 10 })
      }
    }
    #expect(found == expected)
    #expect(automaton.clearCount > 0)
    #expect(automaton.builtCount <= text.count + 4 * (automaton.clearCount + 1))
  }

  /// Where states are built for nearly every byte, the rest is read without them: what is built stays bounded.
  @Test(arguments: ["(a|b)*a(a|b){20}$", "(?:a|b)*a(?:a|b){16}c|x"])
  func leavesThrashingTextsToTheSimulation(source: String) throws {
    let program = try BoundTests.program(source)
    var generator = SeededGenerator(4)
    for (lineLength, isLinewise) in [(60, true), (30_000, true), (30_000, false)] {
      let automaton = LazyDFA(program, classes: ByteClasses(program), isLinewise: isLinewise)
      var text = (0..<60_000).map { _ in Bool.random(using: &generator) ? UInt8(0x61) : 0x62 }
      for end in stride(from: lineLength - 1, to: text.count, by: lineLength) { text[end] = 10 }
      for place in [20_000, 45_000, 59_990] { text[place] = 0x63 }
      var simulation = SetSimulation(program)
      text.withUnsafeBytes { bytes in
        guard isLinewise else {
          #expect(automaton.matches(bytes, 0..<bytes.count) == simulation.matches(bytes, 0..<bytes.count))
          return
        }
        var found: [Int] = []
        automaton.forEachMatchingLine(in: bytes, 0..<bytes.count) { place, _ in found.append(place / lineLength) }
        let expected = (0..<bytes.count / lineLength).filter {
          simulation.matches(bytes, $0 * lineLength..<($0 + 1) * lineLength - 1)
        }
        #expect(found == expected)
      }
      #expect(automaton.isThrashing)
      #expect(automaton.clearCount <= 2)
      #expect(automaton.builtCount <= 2 * LazyDFA.stateLimit)
    }
  }

  @Test func aSimulatedSearchCanBeCancelled() throws {
    let pattern = try Pattern("(?:a|b)*a(?:a|b){900}$")
    var generator = SeededGenerator(5)
    let text = (0..<100_000).map { _ in Bool.random(using: &generator) ? UInt8(0x61) : 0x62 }
    var looks = 0
    text.withUnsafeBytes { bytes in
      pattern.forEachMatchingLine(
        in: bytes,
        isCancelled: {
          looks += 1; return true
        }
      ) { _, _ in Issue.record("a hit") }
    }
    #expect(looks > 0 && looks < 10)
  }

  @Test func refusesWhatGrowsTooLarge() {
    for source in ["(?:(?:a{1000}){1000}){1000}", "(?:(?:){1000}){1000}{2}", #"(?:\pL{1000}){50}"#, "a{1001}"] {
      #expect(throws: PatternError.self) { try Pattern(source) }
    }
    #expect(throws: PatternError.self) { try Pattern("(?:(?:(?:){1000}){1000}){1000}") }
    #expect(throws: PatternError.self) { try Pattern(String(repeating: "(a)", count: 5000)) }
    #expect(throws: PatternError.self) { try Pattern(String(repeating: "(", count: 100_000)) }
  }

  @Test func longLiteralsWork() {
    let text = (0..<10_000).map { "ä\($0)" }.joined()
    let pattern = Pattern.literal(text, ignoresCase: true)
    #expect(Array(("x" + text.uppercased()).utf8).withUnsafeBytes { pattern.isMatch($0) })
  }

  @Test func noPatternCrashes() {
    var generator = SeededGenerator(5)
    let pieces = [
      "(", ")", "[", "]", "{", "}", "*", "+", "?", "|", "\\", "^", "$", ".", "-", ":", "(?", "(?:", "(?P<", "[:", ":]",
      "\\x{", "\\p{", "\\Q", "\\E", "a", "é", "𝒳", "1", ",", "9999999999999999999", "\0", "(?i)", "[^", "{2,3}", "\\b",
    ]
    for _ in 0..<20_000 {
      let count = Int.random(in: 0...12, using: &generator)
      check((0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined())
    }
    for _ in 0..<5_000 {
      let bytes = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      check(String(decoding: bytes, as: UTF8.self))
    }
  }

  private func check(_ source: String) {
    do {
      let pattern = try Pattern(source)
      Array("aé(1\n]".utf8).withUnsafeBytes { bytes in
        #expect(pattern.isMatch(bytes) == (pattern.firstMatch(in: bytes) != nil), "\(source.debugDescription)")
        pattern.forEachMatchingLine(in: bytes) { _, _ in }
      }
    } catch {
      #expect(0...source.utf8.count ~= error.range.lowerBound, "\(source.debugDescription)")
      #expect(error.range.upperBound <= source.utf8.count, "\(source.debugDescription)")
    }
  }
}
