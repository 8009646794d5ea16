import Foundation
import TestSupport
import Testing

@testable import Matching

/// Compares with PCRE2 through its own test program (Debian's pcre2-utils), which is asked once for thousands of random
/// patterns.
///
/// Asked so that both mean the same: `dollar_endonly` (else `$` also matches before a last newline) and `alt_circumflex`
/// (else `^` with `m` does not match behind a last newline). What still differs is left out: see `RandomPatterns`, and
/// loops whose turns can be empty, of which only the beginning is compared. Where PCRE2 gives up (its limit of steps),
/// nothing is compared.
@Suite struct PCRETests {
  static let program: URL? = TestSupport.program("pcre2test")

  /// What PCRE2 says about one text: nil where it gave up, else the ends of the groups in bytes; empty for no match.
  typealias Answer = [[Int]]?

  @Test(.enabled(if: program != nil, "pcre2test is not installed"), arguments: [true, false])
  func agreesWithPCRE(isASCII: Bool) throws {
    let seed = isASCII ? RandomPatterns.seed &+ 33 : RandomPatterns.seed &+ 44
    var random = RandomPatterns(generator: SeededGenerator(seed), isASCII: isASCII, isForPCRE: true)
    var comparedCount = 0
    var matchCount = 0
    for _ in 0..<RandomPatterns.roundCount {
      var cases: [(source: String, texts: [String])] = []
      for _ in 0..<4000 { cases.append((random.pattern().ours, (0..<8).map { _ in random.text() })) }
      let answers = try PCRETests.answers(to: cases)
      #expect(answers.count == cases.count)
      for (item, answers) in zip(cases, answers) {
        let counts = try compare(item.source, item.texts, answers)
        comparedCount += counts.compared
        matchCount += counts.matched
      }
    }
    print("compared \(comparedCount) texts with PCRE2, of which \(matchCount) match")
    #expect(comparedCount > 20_000)
    #expect(matchCount > comparedCount / 4)
  }

  private func compare(
    _ source: String, _ texts: [String], _ answers: [Answer]
  ) throws -> (compared: Int, matched: Int) {
    // A pattern that PCRE2 refuses has no answers.
    guard answers.count == texts.count else { return (0, 0) }
    var parser = PatternParser(source, options: PatternOptions())
    guard let node = try? parser.parse(), let pattern = try? Pattern(source) else {
      Issue.record("refused \(source)")
      return (0, 0)
    }
    var counts = (compared: 0, matched: 0)
    for (text, answer) in zip(texts, answers) {
      guard let expected = answer else { continue }
      counts.compared += 1
      if !expected.isEmpty { counts.matched += 1 }
      Array(text.utf8).withUnsafeBytes { bytes in
        let captures = pattern.captures(in: bytes)
        let found = captures?.ranges.map { $0.map { [$0.lowerBound, $0.upperBound] } ?? [-1, -1] } ?? []
        #expect(pattern.isMatch(bytes) == !expected.isEmpty, "isMatch \(source) in \(text.debugDescription)")
        #expect(pattern.firstMatch(in: bytes) == captures?.match, "span \(source) in \(text.debugDescription)")
        if node.hasNullableLoop {
          #expect(found.first?[0] == expected.first?[0], "\(source) in \(text.debugDescription)")
        } else {
          // The groups behind the last that took part are not told.
          let filled = expected + Array(repeating: [-1, -1], count: max(0, found.count - expected.count))
          #expect(found == (expected.isEmpty ? [] : filled), "\(source) in \(text.debugDescription)")
        }
      }
    }
    return counts
  }

  // MARK: The conversation

  private static func answers(to cases: [(source: String, texts: [String])]) throws -> [[Answer]] {
    guard let program else { return [] }
    let folder = try TemporaryFolder()
    let file = folder.path("questions")
    var questions = ""
    for item in cases {
      let pattern = item.source.utf8.map { String($0, radix: 16) }
        .map { $0.count == 1 ? "0" + $0 : $0 }.joined(separator: " ")
      questions += "/\(pattern)/hex,utf,dollar_endonly,alt_circumflex\n"
      for text in item.texts {
        questions += text.unicodeScalars.map { "\\x{\(String($0.value, radix: 16))}" }.joined() + "\\=allaftertext\n"
      }
      questions += "\n"
    }
    try Data(questions.utf8).write(to: URL(fileURLWithPath: file))
    let result = try run(program, ["-q", file], limit: 300)
    return read(String(decoding: result.output, as: UTF8.self), cases.map(\.texts))
  }

  /// Reads the log of the test program, which repeats what it is asked.
  private static func read(_ log: String, _ texts: [[String]]) -> [[Answer]] {
    var answers: [[Answer]] = []
    for line in log.split(separator: "\n", omittingEmptySubsequences: true) {
      if line.hasPrefix("/") {
        answers.append([])
      } else if line.hasPrefix("\\") {
        answers[answers.count - 1].append(.some([]))
      } else if line.hasPrefix("Failed: error -"), let last = answers.last?.count, last > 0 {
        answers[answers.count - 1][last - 1] = nil
      } else if let colon = line.firstIndex(where: { $0 == ":" || $0 == "+" }),
        let group = Int(line[..<colon].drop { $0 == " " }), let last = answers.last?.count, last > 0
      {
        let rest = line[colon...].dropFirst(2)
        let length = rest == "<unset>" ? nil : byteCount(rest)
        let total = texts[answers.count - 1][last - 1].utf8.count
        add(group, isRest: line[colon] == "+", length, total, to: &answers[answers.count - 1][last - 1])
      }
    }
    // Where the pattern was refused, its texts were read as something else.
    return zip(answers, texts).map { $0.count == $1.count ? $0 : [] }
  }

  private static func add(_ group: Int, isRest: Bool, _ length: Int?, _ total: Int, to answer: inout Answer) {
    guard var spans = answer else { return }
    while spans.count <= group { spans.append([-1, -1]) }
    guard let length else { return }
    // First comes the length of the group, then that of what follows it.
    spans[group] = isRest ? [total - length - spans[group][1], total - length] : [0, length]
    answer = spans
  }

  /// The length of a text in which what cannot be printed stands as `\x{a}` or `\x0a`.
  private static func byteCount(_ text: Substring) -> Int {
    var count = 0
    var left = text
    while let first = left.unicodeScalars.first {
      guard left.hasPrefix("\\x") else {
        count += String(first).utf8.count
        left.unicodeScalars.removeFirst()
        continue
      }
      left = left.dropFirst(2)
      let digits = left.hasPrefix("{") ? left.dropFirst().prefix { $0 != "}" } : left.prefix(2)
      left = left.dropFirst(left.hasPrefix("{") ? digits.count + 2 : 2)
      count += UInt32(digits, radix: 16).flatMap { Unicode.Scalar($0) }.map { String($0).utf8.count } ?? 1
    }
    return count
  }
}
