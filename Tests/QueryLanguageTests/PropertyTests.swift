import Quantities
@testable import QueryLanguage
import TestSupport
import Testing

@Suite struct PropertyTests {
  /// parse(print(tree)) == tree
  @Test(arguments: 0..<8) func printedTreesReadBack(seed: Int) {
    var random = RandomQueries(seed: UInt64(seed))
    for _ in 0..<500 {
      let node = random.node(depth: 4)
      let text = QueryPrinter.print(node)
      do {
        let read = try QueryParser.parse(text).root
        guard read != node else { continue }
        Issue.record("\(text)\nprinted again: \(QueryPrinter.print(read))\n\(node)\n\(read)")
        return
      } catch { Issue.record("\(text): \(error)") }
    }
  }

  /// The same of whole queries, with stages of every kind.
  @Test(arguments: 0..<8) func printedPipelinesReadBack(seed: Int) {
    var random = RandomQueries(seed: UInt64(2000 + seed))
    for _ in 0..<400 {
      let tree = random.pipeline()
      let text = QueryPrinter.print(tree)
      do {
        let read = try QueryParser.parse(text)
        guard read != tree else { continue }
        Issue.record("\(text)\nprinted again: \(QueryPrinter.print(read))\n\(tree.stages)\n\(read.stages)")
        return
      } catch {
        Issue.record("\(text): \(error)")
        return
      }
    }
  }

  /// The evaluation over bytes agrees with the naive one over decoded fields, and prefilters are necessary.
  @Test(arguments: ["json", "logfmt"], 0..<5) func evaluationAgreesWithTheNaiveOne(format: String, seed: Int) throws {
    var random = RandomQueries(seed: UInt64(1000 + seed), isWild: false)
    let context = QueryContext(now: Timestamp(seconds: 1_767_355_200), zone: .utc)
    let content = (0..<40).map { _ in random.line(format) }.joined(separator: "\n")
    let records = LoadedRecord.load(content, name: "app.log", format: format, reference: context.now)
    for _ in 0..<60 {
      let node = random.node(depth: 2)
      let tree = try QueryParser.parse(QueryPrinter.print(node))
      let predicate = try QueryCompiler.compile(tree, context: context).predicate
      for record in records {
        let isFound = record.passes(predicate)
        let naive = NaiveEvaluation(record: record, context: context).holds(tree.root)
        guard isFound == naive else {
          Issue.record("\(tree.text) is \(isFound), naively \(naive), on \(record.text)")
          return
        }
        for leaf in predicate.leaves where !leaf.prefilters.isEmpty && record.passes(.leaf(leaf)) {
          let isCandidate = record.bytes.withUnsafeBytes { bytes in
            leaf.prefilters.contains { $0.isMatch(bytes) } && leaf.prefilter?.isMatch(bytes) == true
          }
          #expect(isCandidate, "\(leaf.key) on \(record.text)")
        }
      }
    }
  }

  /// Whatever is typed, reading ends, and every diagnostic and token lies inside the text.
  @Test(arguments: 0..<8) func anythingCanBeTyped(seed: Int) {
    var generator = SeededGenerator(5000 + seed)
    let parts = [
      "level", "time", ">=", ":", "=", "~", "!~", "!", "-", "(", ")", "|", "||", "and", "or", "not", "in", "\"", "'",
      "\\",
      "`", "/", "*", "..", ",", " ", "@", "a", "5ms", "10:00", ".", "[", "]", "é", "日", "\u{0}", "\n", "x.y", "p95",
      "count", "timeslice", "warn", "by", "as", "| ", "max(", "p50", "eval x = ", "if(", "parse ", "where ", "sort ",
      "wran", "/x/i", "$", "&&", "|=",
    ]
    let context = QueryContext(
      now: Timestamp(seconds: 1_767_355_200), savedFilters: ["a": "@x or b"], knownFields: ["x.y", "z"])
    for _ in 0..<1000 {
      let text: String
      if generator.chance(70) {
        text = (0..<Int.random(in: 0...12, using: &generator)).map { _ in generator.pick(parts) }.joined()
      } else {
        let bytes = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
          UInt8.random(in: 0...255, using: &generator)
        }
        text = String(decoding: bytes, as: UTF8.self)
      }
      check(text, context)
    }
  }

  private func check(_ text: String, _ context: QueryContext) {
    let count = text.utf8.count
    func isInside(_ range: Range<Int>) -> Bool { range.lowerBound >= 0 && range.upperBound <= count }
    do throws(Diagnostic) {
      let tree = try QueryParser.parse(text)
      let printed = QueryPrinter.print(tree)
      #expect((try? QueryParser.parse(printed)) == tree, "\(text.debugDescription) printed \(printed)")
      let filter = try QueryCompiler.compile(tree, context: context)
      for warning in filter.warnings {
        #expect(isInside(warning.range), "\(text)")
        _ = warning.rendered(query: text)
      }
    } catch {
      #expect(isInside(error.range), "\(text.debugDescription): \(error)")
      #expect(!error.rendered(query: text).isEmpty)
    }
    var end = 0
    for token in QueryParser.tokens(text) {
      #expect(token.range.lowerBound >= end && token.range.upperBound <= count, "\(text.debugDescription): \(token)")
      end = token.range.upperBound
    }
    for cursor in [0, count / 2, count] {
      _ = QueryCompletion.completions(text, cursor: cursor, fields: ["x.y"], savedFilters: ["a"]) { _ in ["v"] }
    }
    _ = QueryRefinement.refine(text, adding: "x.y", equals: "5", isNegated: true)
  }

  @Test func longTextsAreReadInTime() {
    for part in [
      "a ", "'", "a:b ", "(a) ", "\\", "``", "a..b ", "- ", "[", "@a or ", "a:'", "~/[", "x in (",
      "| count(", "| where count(", "| sort max(", "| eval x = (", "| eval x = max(", "| eval x = -", "| count ",
      "| p50 ",
      "| eval x = if(", "| parse \"<a>", "| where a and max(", "| count, ",
    ] {
      _ = try? QueryParser.parse(String(repeating: part, count: 5_000))
      _ = QueryParser.tokens(String(repeating: part, count: 5_000))
    }
  }

  /// Names of columns stand inside each other, and what is no name is read again as text.
  @Test(arguments: [
    "| where ", "| count by x | sort ", "| eval x = ", "| eval x = if(", "| fields ", "| ",
  ])
  func nestedNamesAreReadInTime(stage: String) {
    for part in [
      "count(", "max(", "count((", "-count(not ", "first(count(", "max(p5 p6(", "if(count(", "count(a or max(",
    ] {
      for count in [40, 300] {
        for end in ["", "x", "x" + String(repeating: ")", count: count), "x" + String(repeating: ")>1", count: count)] {
          let text = stage + String(repeating: part, count: count) + end
          _ = try? QueryParser.parse(text)
          _ = QueryParser.tokens(text)
        }
      }
    }
  }
}
