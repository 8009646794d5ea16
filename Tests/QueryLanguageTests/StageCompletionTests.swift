import Testing

@testable import QueryLanguage

@Suite struct StageCompletionTests {
  private func texts(_ query: String) -> [String] {
    QueryCompletion.completions(
      query, cursor: query.utf8.count, fields: ["duration", "route", "status"],
      values: { $0 == "route" ? ["/cart", "/api"] : [] }
    ).map(\.text)
  }

  @Test(arguments: [
    ("level>=warn | ", ["where", "top", "count", "sum(", "p95("]), ("* | pa", ["parse", "patterns", "panel"]),
    ("* | count by ", ["1m", "route", "level"]), ("* | count by 1m, ro", ["route"]), ("* | p95(du", ["duration"]),
    ("* | count, av", ["avg("]), ("* | count by route | sort -", ["-count", "-route"]),
    ("* | p95(duration) as slow by route | sort ", ["slow", "route", "-slow"]), ("* | top 5 ro", ["route"]),
    ("* | where sta", ["status"]), ("* | where route=", ["/cart", "/api"]), ("* | count(route=/c", ["/cart"]),
    ("* | chart ", ["line", "bar", "spark"]), ("* | eval x = ro", ["round(", "route"]), ("* | json ", ["from"]),
    ("* | json from ro", ["route"]), ("* | tree by ro", ["route"]), ("\"a | b\" | limi", ["limit"]),
    ("* | where a=1 || sta", ["status"]),
  ])
  func offers(query: String, expected: [String]) {
    let found = texts(query)
    for text in expected { #expect(found.contains(text), "\(text) is not in \(found.prefix(20))") }
  }

  @Test(arguments: ["* | parse \"took ", "* | limit ", "* | eval "]) func offersNothing(query: String) {
    #expect(texts(query).isEmpty)
  }

  @Test func replacesTheWordAtTheCursorOnly() throws {
    let query = "a | count by 1m, ro"
    let found = try #require(QueryCompletion.completions(query, cursor: query.utf8.count, fields: ["route"]).first)
    #expect(found.range == 17..<19)
    let test = "a | count(sta"
    let second = try #require(QueryCompletion.completions(test, cursor: test.utf8.count, fields: ["status"]).first)
    #expect(second.range == 10..<13)
  }

  @Test func everythingOfTheReferenceCanBeRead() {
    for entry in LanguageReference.sections.flatMap(\.entries) {
      #expect(throws: Never.self, "\(entry.syntax): \(entry.example)") { _ = try QueryParser.parse(entry.example) }
      #expect(!entry.summary.isEmpty && !entry.summary.hasSuffix("."))
    }
    let words = Set(LanguageReference.sections.flatMap(\.entries).map(\.word))
    for name in StageName.listed + StageName.functions where !["uniq", "count_distinct", "dc"].contains(name) {
      #expect(words.contains(name), "\(name) is not in the reference")
    }
    for function in ExpressionFunction.allCases { #expect(words.contains(function.rawValue)) }
  }

  /// Any beginning of a query is answered, and with ranges inside of it.
  @Test func everyBeginningOfEveryExampleIsAnswered() {
    for entry in LanguageReference.sections.flatMap(\.entries) {
      for end in 0...entry.example.utf8.count {
        for item in QueryCompletion.completions(entry.example, cursor: end, fields: ["route"]) {
          #expect(item.range.upperBound == end && item.range.lowerBound >= 0)
        }
      }
    }
  }
}

@Suite struct TestsAmongArgumentsTests {
  /// A comma where a test should stand once kept the parser where it was, for ever.
  @Test(arguments: [
    "* | eval k = if(a=1, \"x\", \"y\")", "* | eval k = if(a=1 and b=2, 1, 2)", "* | eval k = if((a or b), 1, 2)",
    "* | eval k = if(not a=1, if(b=2, 1, 2), 3)",
  ])
  func endAtTheComma(query: String) throws { _ = try QueryParser.parse(query) }

  @Test(arguments: [
    "* | eval k = if(,", "* | eval k = if(, 1, 2)", "* | eval k = if(a=1 and, 1, 2)", "* | eval k = if(a or , 1, 2)",
    "* | eval k = if(a=1,,", "* | eval k = if((,), 1, 2)", "* | eval k = if(not , 1, 2)",
  ])
  func areMissed(query: String) { #expect(throws: Diagnostic.self) { try QueryParser.parse(query) } }
}
