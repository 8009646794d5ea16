import QueryLanguage
import Testing

@Suite struct RefinementTests {
  @Test(arguments: [
    ("", "status", "500", false, "status=500"),
    ("", "status", "500", true, "-status=500"),
    ("error", "status", "500", false, "error status=500"),
    ("error  and warn", "status", "500", true, "error warn -status=500"),
    ("a or b", "host", "db 1", true, #"(a or b) -host="db 1""#),
    ("(a or b)", "host", "db", false, "(a or b) host=db"),
    ("(a or b) host=db", "host", "db", false, "a or b"),
    ("error status=500", "status", "500", false, "error"),
    ("status=500 error", "status", "500", false, "error"),
    ("error -status=500", "status", "500", false, "error status=500"),
    ("error not status=500", "status", "500", true, "error"),
    ("status=500", "status", "500", true, "-status=500"),
    ("status=500", "status", "500", false, ""),
    ("*", "level", "warn", false, "level=warn"),
    ("error (", "level", "warn", false, "error ( level=warn"),
    ("error", "msg", #"say "hi" * \"#, false, #"error msg="say \"hi\" * \\""#),
    ("", "route", "/api/v1", false, "route=/api/v1"),
    ("", "x", "1..2", false, #"x="1..2""#),
    ("", "x", "", false, #"x="""#),
    ("", "x", "and", false, "x=and"),
    ("", "`odd name`", "5", false, "`odd name`=5"),
    ("", ".source", "billing", true, "-.source=billing"),
  ])
  func values(query: String, field: String, value: String, isNegated: Bool, expected: String) throws {
    let refined = QueryRefinement.refine(query, adding: field, equals: value, kind: .number, isNegated: isNegated)
    #expect(refined == expected)
    if (try? QueryParser.parse(query)) != nil { #expect(throws: Never.self) { try QueryParser.parse(refined) } }
  }

  @Test func textThatLooksLikeANumberIsQuoted() {
    #expect(QueryRefinement.refine("", adding: "id", equals: "007") == #"id="007""#)
    #expect(QueryRefinement.refine("", adding: "id", equals: "7ms") == #"id="7ms""#)
    #expect(QueryRefinement.refine("", adding: "id", equals: "4bf9") == "id=4bf9")
  }

  @Test func phrasesAndSavedFilters() {
    #expect(QueryRefinement.refine("error", addingPhrase: "disk full") == #"error "disk full""#)
    #expect(QueryRefinement.refine(#"error "disk full""#, addingPhrase: "disk full") == "error")
    #expect(QueryRefinement.refine("error", addingPhrase: "disk", isNegated: true) == #"error -"disk""#)
    #expect(QueryRefinement.refine("error", togglingSaved: "noise") == "error @noise")
    #expect(QueryRefinement.refine("error @noise", togglingSaved: "noise") == "error")
  }

  @Test(arguments: [
    ("status", "status"), ("level", ".level"), ("user.id", "user.id"), ("odd name", "`odd name`"),
    ("items[0].price", "items[0].price"), ("source", ".source"), ("a b.c", "`a b.c`"), ("not", "`not`"),
    ("3d", "`3d`"),
  ])
  func pathsAreSpelled(path: String, expected: String) {
    #expect(QueryRefinement.fieldName(ofPath: path) == expected)
  }
}

@Suite struct CompletionTests {
  private func complete(_ query: String) -> [String] {
    QueryCompletion.completions(
      query, cursor: query.utf8.count, fields: ["status", "service", "user.id", "level"],
      savedFilters: ["noise", "slow"]
    ) { field in
      ["service": ["billing", "web shop"], "source": ["app.log"]][field] ?? []
    }.map(\.text)
  }

  @Test func terms() {
    #expect(complete("st") == ["status"])
    #expect(complete("s") == ["status", "service", "source", "user.id", "msg"])
    #expect(complete("error -serv") == ["service"])
    #expect(complete("error a").first == "and")
    #expect(complete("(le") == ["level", ".level"])
    #expect(complete("@") == ["@noise", "@slow"])
    #expect(complete("x @s") == ["@slow"])
    #expect(complete("\"le") == [])
    #expect(complete("error | co") == ["context", "count"])
  }

  @Test func values() {
    #expect(complete("level>=wa") == ["warn"])
    #expect(complete("level:").first == "fatal")
    #expect(complete("level >= er") == ["error"])
    #expect(complete("level:(error or fa") == ["fatal"])
    #expect(complete("level in (error, fa") == ["fatal"])
    #expect(complete("service:bi") == ["billing"])
    #expect(complete("service=w") == ["\"web shop\""])
    #expect(complete("-source:a") == ["app.log"])
    #expect(complete("time>=to") == ["today"])
  }

  @Test func rangesCoverTheWord() {
    let completions = QueryCompletion.completions("é level>=wa", cursor: 12, fields: [])
    #expect(completions == [Completion(text: "warn", range: 10..<12)])
  }
}

@Suite struct StretchTests {
  @Test(arguments: [
    ("", "time:10:15..10:20"), ("error", "error time:10:15..10:20"),
    ("error time:10:00..11:00 -x", "error -x time:10:15..10:20"), ("a or b", "(a or b) time:10:15..10:20"),
    ("-time:10:00..11:00", "-time:10:00..11:00 time:10:15..10:20"), ("time>=10:00", "time>=10:00 time:10:15..10:20"),
    ("(a or b) time:10:00..11:00", "(a or b) time:10:15..10:20"), ("time:10:00..11:00", "time:10:15..10:20"),
  ])
  func aStretchTakesThePlaceOfTheOneBefore(query: String, refined: String) throws {
    #expect(QueryRefinement.refine(query, from: "10:15", to: "10:20") == refined)
    _ = try QueryParser.parse(refined)
  }
}

@Suite struct TokenTests {
  @Test func kinds() {
    let query = #"level>=warn -"a b" and ~/x/i (@n or *) n:5"#
    let kinds = QueryParser.tokens(query).map { token in
      (String(decoding: Array(query.utf8)[token.range], as: UTF8.self), token.kind)
    }
    let expected: [(String, QueryToken.Kind)] = [
      ("level", .field), (">=", .comparison), ("warn", .value), ("-", .keyword), (#""a b""#, .string),
      ("and", .keyword), ("~", .comparison), ("/x/i", .regex), ("(", .parenthesis), ("@n", .saved), ("or", .keyword),
      ("*", .wildcard), (")", .parenthesis), ("n", .field), (":", .comparison), ("5", .number),
    ]
    #expect(kinds.elementsEqual(expected) { $0 == $1 })
  }

  @Test func mistakesAreMarked() {
    let query = "error level>=wran more"
    let tokens = QueryParser.tokens(query)
    #expect(tokens.contains(QueryToken(range: 13..<17, kind: .error)))
    #expect(QueryParser.tokens("a \"b").last == QueryToken(range: 3..<4, kind: .word))
  }
}
