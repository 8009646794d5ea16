import Quantities
import QueryLanguage
import Records

/// A query of any bytes over a few records of every kind.
enum QueryCheck {
  static let seeds = [
    "error", "level>=warn timeout", "status in (500, 502) method!=GET", "path~/^\\/api\\/v\\d+/ -x",
    "duration>250ms or @s",
    "time:10:00..10:15", "time>=-15m", "user.email:* -user.role:*", "span[].name=\"db query\" and span[0].ok=false",
    "bytes>=1.5MiB", "`a b`:\"c d\"", "not (a or b) and c", "level:(error or fatal)", "status:5xx msg:a*b",
    "* | count by level",
    "a | where ms>5 | p50 p95(d) as `x y`, count(level:error) by 1m, host | sort -p50(d) | limit 3 | chart line",
    "| parse \"took <ms>ms\" from msg | eval s = if(ms>5, -a * (b + 2), max(x, y)), t = round(ms, 1) | json | dedup by s",
    "| parse ~/(?<x>a)/ | timeslice 30s | rate, uniq(u) | where count(a=1)>2 and max(d)>1 | panel \"p\"",
    "| patterns diff 10:00..10:10 vs -1h..-30m", "| top 5 a, b | fields a, count | drop share", "| tree by t",
  ]

  static func run(_ input: [UInt8]) throws(Violation) {
    let text = String(decoding: input.prefix(512), as: UTF8.self)
    let count = text.utf8.count
    for token in QueryParser.tokens(text) {
      try require(token.range.upperBound <= count, "a token beyond the text: \(token.range)")
    }
    for cursor in [0, count / 2, count] {
      for completion in QueryCompletion.completions(text, cursor: cursor, fields: ["status", "user.id"]) {
        try require(completion.range.upperBound <= count, "a completion beyond the text: \(completion.range)")
      }
    }
    let tree: SyntaxTree
    do { tree = try QueryParser.parse(text) } catch { return try check(error, of: text) }
    try printsBack(tree)
    do { try evaluate(try QueryCompiler.compile(tree, context: context)) } catch let error as Diagnostic {
      try check(error, of: text)
    } catch let error as Violation { throw error } catch {}
  }

  private static var context: QueryContext {
    QueryContext(now: IndexCheck.reference, newest: IndexCheck.reference, savedFilters: ["s": "a or b", "r": "@r"])
  }

  private static func check(_ diagnostic: Diagnostic, of text: String) throws(Violation) {
    let range = diagnostic.range
    try require(range.lowerBound >= 0 && range.upperBound <= text.utf8.count + 1, "an error points at \(range)")
    try require(!diagnostic.rendered(query: text).isEmpty, "an error without text")
  }

  /// parse(print(x)) == x.
  private static func printsBack(_ tree: SyntaxTree) throws(Violation) {
    let printed = QueryPrinter.print(tree)
    do {
      let again = try QueryParser.parse(printed)
      try require(again == tree, "prints as \(printed), which reads as \(QueryPrinter.print(again))")
    } catch let error as Violation { throw error } catch { throw Violation("prints as \(printed): \(error)") }
  }

  /// Evaluation must not trap, and what is necessary for a match must be there.
  private static func evaluate(_ filter: CompiledFilter) throws(Violation) {
    for text in LogSeeds.lines {
      try Array(text.utf8).withBytes { (bytes) throws(Violation) in
        let reader = FormatDetection.reader(for: bytes, fileName: "a.log", options: .init())
        let record = bytes.part(0..<(bytes.firstIndex(of: 10) ?? bytes.count))
        let context = RecordContext(bytes: record, reader: reader, reference: IndexCheck.reference, source: "a.log")
        let matches = filter.predicate.matches(context)
        try require(
          matches != Predicate.inverse(of: filter.predicate).matches(context),
          "a record matches a filter and its inverse")
        if case .leaf(let leaf) = filter.predicate, !leaf.prefilters.isEmpty, matches {
          let isCandidate = leaf.prefilters.contains { $0.isMatch(record) }
          try require(isCandidate, "\(leaf.key) matches without its prefilters")
          try require(leaf.prefilter?.isMatch(record) ?? true, "\(leaf.key) matches without its prefilter")
        }
      }
    }
  }
}
