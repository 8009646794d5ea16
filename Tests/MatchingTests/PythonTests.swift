import Foundation
import TestSupport
import Testing

@testable import Matching

/// Compares with an engine that nobody here wrote: Python's `re`, asked once for thousands of random patterns.
@Suite struct PythonTests {
  static let python: URL? = program("python3")

  /// Reads `[[pattern, isASCII, [text, ...]], ...]` and prints for each pattern null, where it is refused or takes too long there, or for each
  /// text the ends of all groups in UTF-8, or null.
  static let script = """
    import json, re, signal, sys, warnings
    warnings.simplefilter("ignore")
    def spans(match, text):
        if match is None: return None
        at = lambda i: -1 if i < 0 else len(text[:i].encode())
        return [[at(a), at(b)] for a, b in match.regs]
    def expire(*_): raise TimeoutError
    signal.signal(signal.SIGALRM, expire)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGALRM, signal.SIGTERM])
    answers = []
    for pattern, is_ascii, texts in json.load(open(sys.argv[1])):
        try: compiled = re.compile(pattern, re.ASCII if is_ascii else 0)
        except re.error: answers.append(None); continue
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        try: answers.append([spans(compiled.search(t), t) for t in texts])
        except TimeoutError: answers.append(None)
        signal.setitimer(signal.ITIMER_REAL, 0)
    json.dump(answers, sys.stdout)
    """

  /// What Python answers; nil if it cannot be run.
  static func answers(_ questions: [[Any]]) throws -> [Any]? {
    guard let python else { return nil }
    let folder = try TemporaryFolder()
    let file = folder.path("questions.json")
    try JSONSerialization.data(withJSONObject: questions).write(to: URL(fileURLWithPath: file))
    let result = try run(python, ["-c", script, file], limit: 300)
    return try JSONSerialization.jsonObject(with: result.output) as? [Any]
  }

  @Test(.enabled(if: python != nil, "python3 is not installed"), arguments: [true, false])
  func agreesWithPython(isASCII: Bool) throws {
    let seed = isASCII ? RandomPatterns.seed &+ 11 : RandomPatterns.seed &+ 22
    var random = RandomPatterns(generator: SeededGenerator(seed), isASCII: isASCII)
    for _ in 0..<RandomPatterns.roundCount { try compare(&random) }
  }

  private func compare(_ random: inout RandomPatterns) throws {
    let isASCII = random.isASCII
    var cases: [(written: RandomPatterns.Written, texts: [String])] = []
    for _ in 0..<4000 { cases.append((random.pattern(), (0..<8).map { _ in random.text() })) }
    let questions: [[Any]] = cases.map { [$0.written.python, isASCII, $0.texts] }
    let answers = try #require(try PythonTests.answers(questions))
    #expect(answers.count == cases.count)
    var comparedCount = 0
    var matchCount = 0
    for (item, answer) in zip(cases, answers) {
      guard let spans = answer as? [Any] else { continue }
      var parser = PatternParser(item.written.ours, options: PatternOptions())
      guard let node = try? parser.parse() else {
        Issue.record("refused \(item.written.ours)")
        continue
      }
      let pattern = try Pattern(item.written.ours)
      for (text, span) in zip(item.texts, spans) {
        // Python up to 3.13 holds that \B never matches an empty text.
        if text.isEmpty, item.written.ours.contains(#"\B"#) { continue }
        comparedCount += 1
        if span is [Any] { matchCount += 1 }
        compare(pattern, node, text, span as? [[Int]])
      }
    }
    print("compared \(comparedCount) texts with Python, of which \(matchCount) match")
    #expect(comparedCount > 20_000)
    #expect(matchCount > comparedCount / 4)
  }

  private func compare(_ pattern: Pattern, _ node: SyntaxNode, _ text: String, _ expected: [[Int]]?) {
    Array(text.utf8).withUnsafeBytes { bytes in
      let captures = pattern.captures(in: bytes)?.ranges
      #expect(pattern.isMatch(bytes) == (expected != nil), "isMatch \(pattern.source) in \(text.debugDescription)")
      let found = captures.map { $0.map { $0.map { [$0.lowerBound, $0.upperBound] } ?? [-1, -1] } }
      // In loops whose turns can be empty the two may choose differently among the matches that begin together.
      if node.hasNullableLoop {
        #expect(found?[0][0] == expected?[0][0], "\(pattern.source) in \(text.debugDescription)")
      } else {
        #expect(found == expected, "\(pattern.source) in \(text.debugDescription)")
      }
    }
  }
}

extension SyntaxNode {
  var hasNullableLoop: Bool {
    contains { if case .repetition(let loop) = $0 { loop.body.isNullable } else { false } }
  }
}
