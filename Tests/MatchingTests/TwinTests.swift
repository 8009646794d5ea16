import Testing

@testable import Matching

/// The obvious backtracking matcher over characters, with an empty-turn check as Perl has it: what the automata are
/// compared with. Exponential; for tiny texts only.
struct NaiveMatcher {
  let text: [UInt8]

  /// The end of the preferred match of `node` at `start` that `rest` accepts.
  func match(_ node: SyntaxNode, _ start: Int, _ rest: (Int) -> Int?) -> Int? {
    switch node {
    case .empty: return rest(start)
    case .set(let set):
      guard start < text.count else { return nil }
      let length = text.withUnsafeBytes { CharacterCursor.length(in: $0, at: start) }
      let decoded = String(validating: text[start..<start + length], as: UTF8.self)?.unicodeScalars.first
      let isMember = decoded.map { set.scalars.contains($0.value) } ?? set.matchesInvalid
      return isMember ? rest(start + length) : nil
    case .assertion(let assertion):
      let context = AssertionContext(
        previous: start > 0 ? text[start - 1] : nil, next: start < text.count ? text[start] : nil)
      return context.satisfies(assertion) ? rest(start) : nil
    case .concatenation(let nodes): return match(nodes[...], start, rest)
    case .alternation(let nodes):
      for node in nodes { if let end = match(node, start, rest) { return end } }
      return nil
    case .capture(let body, _): return match(body, start, rest)
    case .repetition(let repetition): return match(repetition, 0, start, rest)
    }
  }

  private func match(_ nodes: ArraySlice<SyntaxNode>, _ start: Int, _ rest: (Int) -> Int?) -> Int? {
    guard let first = nodes.first else { return rest(start) }
    return match(first, start) { match(nodes.dropFirst(), $0, rest) }
  }

  private func match(_ repetition: Repetition, _ turn: Int, _ start: Int, _ rest: (Int) -> Int?) -> Int? {
    if turn < repetition.least {
      return match(repetition.body, start) { match(repetition, turn + 1, $0, rest) }
    }
    func more() -> Int? {
      guard repetition.most.map({ turn < $0 }) ?? true else { return nil }
      return match(repetition.body, start) { end in
        // An empty turn ends the loop.
        end == start ? rest(end) : match(repetition, turn + 1, end, rest)
      }
    }
    return repetition.isGreedy ? more() ?? rest(start) : rest(start) ?? more()
  }

  /// The first match at or behind `start`, at the beginning of a character.
  func firstMatch(_ node: SyntaxNode) -> Range<Int>? {
    var start = 0
    while start <= text.count {
      if let end = match(node, start, { $0 }) { return start..<end }
      start += start < text.count ? text.withUnsafeBytes { CharacterCursor.length(in: $0, at: start) } : 1
    }
    return nil
  }
}

extension SyntaxNode {
  /// Whether it repeats without bound something that would rather be empty: Perl then leaves the loop at an empty turn
  /// and comes back when what follows fails; one pass cannot, so such loops may end elsewhere (as in RE2).
  var hasReluctantLoop: Bool {
    contains { node in
      guard case .repetition(let loop) = node, loop.most == nil, loop.body.isNullable else { return false }
      return loop.body.contains {
        switch $0 {
        case .repetition(let inner): !inner.isGreedy
        case .alternation(let branches): branches.dropLast().contains(where: \.isNullable)
        default: false
        }
      }
    }
  }
}

@Suite struct TwinTests {
  /// Compares everything that a pattern answers about a text with the twin.
  static func check(_ source: String, _ texts: [[UInt8]]) throws {
    guard let pattern = try? Pattern(source) else { return }
    var parser = PatternParser(source, options: PatternOptions())
    let node = try parser.parse()
    for text in texts {
      let expected = NaiveMatcher(text: text).firstMatch(node)
      text.withUnsafeBytes { bytes in
        let found = pattern.firstMatch(in: bytes)
        #expect(found?.lowerBound == expected?.lowerBound, "\(source) in \(text)")
        if !node.hasReluctantLoop { #expect(found == expected, "\(source) in \(text)") }
        #expect(pattern.isMatch(bytes) == (expected != nil), "isMatch \(source) in \(text)")
        let lines = text.split(separator: 10, omittingEmptySubsequences: false)
        let hits = lines.indices.filter { index in
          (index < lines.count - 1 || !lines[index].isEmpty)
            && NaiveMatcher(text: Array(lines[index])).firstMatch(node) != nil
        }
        var hitLines: [Int] = []
        pattern.forEachMatchingLine(in: bytes) { offset, _ in hitLines.append(text[..<offset].count { $0 == 10 }) }
        #expect(hitLines == hits, "lines \(source) in \(text)")
      }
    }
  }

  static func texts(over alphabet: [[UInt8]], upTo length: Int) -> [[UInt8]] {
    var all: [[UInt8]] = [[]]
    var last = all
    for _ in 0..<length {
      last = last.flatMap { text in alphabet.map { text + $0 } }
      all += last
    }
    return all
  }

  @Test func agreesOnEverySmallPattern() throws {
    let texts = TwinTests.texts(over: [[0x61], [0x62], [10]], upTo: 4)
    let atoms = ["a", "b", ".", "[^a]", "^", "$", #"\b"#, "(?m:^)", "(?m:$)", "(|a)", "(a|ab)", #"\B"#, #"\s"#]
    let repeats = ["", "*", "+?", "??", "{2}", "{0,2}"]
    let parts = atoms.flatMap { atom in repeats.map { atom + $0 } }
    for first in parts { try TwinTests.check(first, texts) }
    for (index, first) in parts.enumerated() {
      // One pair in thirteen, in turn, keeps a debug run within seconds and still meets every part with most others.
      for second in parts.enumerated() where (index + second.offset) % 13 == 0 {
        try TwinTests.check(first + second.element, texts)
        try TwinTests.check(first + "|" + second.element, texts)
        try TwinTests.check("(?:" + first + second.element + ")*b", texts)
      }
    }
  }

  @Test func agreesOnIllFormedText() throws {
    let texts = TwinTests.texts(
      over: [[0x61], [0xC3], [0xA9], [0xE2], [0x82], [0xF0], [0x9F], [10], [0xC3, 0xA9]], upTo: 4)
    for pattern in [
      ".", "..", "^.$", "^..$", "[^é]", "[^é]a", "é", #"\W$"#, "a.a", "[é-€]", #"\B"#, #"^\B.\B"#, "[^a]{2}$",
    ] {
      try TwinTests.check(pattern, texts)
    }
  }
}
