// The stages that name columns: sort, fields, drop, top, limit, chart, panel.

extension Parser {
  /// The name of a column: a field, or an aggregate as results call it, `p95(duration)`.
  mutating func columnName() throws(Diagnostic) -> FieldName? {
    let start = lexer.position
    if let name = try resultName() { return name }
    guard let field = try lexer.fieldName() else { return nil }
    lexer.note(.field, from: start)
    return field
  }

  /// `p95(duration)`, `count(level:error)` as the name of a column; nil (and no step) if there is no such name here.
  ///
  /// What was read at a place is kept: names stand inside each other, and where one is no name its parts are read again.
  mutating func resultName() throws(Diagnostic) -> FieldName? {
    let start = lexer.position
    if let known = resultNames[start] {
      if let known { lexer.position = known.range.upperBound }
      if known != nil { lexer.note(.field, from: start) }
      return known
    }
    let name = identifier()
    let isName = StageName.isAggregate(name) && lexer.peek() == UInt8(ascii: "(")
    lexer.position = start
    guard isName else { return nil }
    let known = lexer.tokens.count
    let outer = lexer.stopsAtComma
    lexer.stopsAtComma = false
    defer { lexer.stopsAtComma = outer }
    resultNames[start] = .some(nil)
    namesOpen += 1
    defer { namesOpen -= 1 }
    // To print such a name reads the ones in it again, so that each level doubles the work.
    guard namesOpen <= 4 else {
      throw Diagnostic(
        "this is nested too deeply", range: start..<start + 1, help: "give the column a name: max(ms) as slowest")
    }
    let read = try aggregate(isNamed: false)
    lexer.tokens.removeSubrange(known...)
    guard read.count == 1 else {
      lexer.position = start
      return nil
    }
    lexer.note(.field, from: start)
    let field = FieldName(steps: [.member(read[0].name)], range: start..<lexer.position)
    resultNames[start] = field
    return field
  }

  /// A column that must stand here.
  mutating func column(after name: String) throws(Diagnostic) -> FieldName {
    lexer.skipSpace()
    if let field = try columnName() { return field }
    let start = lexer.position
    let word = lexer.wordAhead()
    throw Diagnostic(
      word.isEmpty ? "a field is missing after \(name)" : "\"\(word)\" is no field",
      range: start..<max(start + word.utf8.count, start),
      help: "a field is a name such as status or user.id; odd names stand in backquotes")
  }

  mutating func columns(_ name: String, _ range: Range<Int>, example: String) throws(Diagnostic) -> [FieldName] {
    lexer.skipSpace()
    guard !isAtStageEnd else { throw missing("a field", after: name, range, example: example) }
    var fields = [try column(after: name)]
    while comma() { fields.append(try column(after: ",")) }
    return fields
  }

  mutating func frequent(_ name: String, _ range: Range<Int>) throws(Diagnostic) -> Frequent {
    let limit = try count()
    let fields = try columns(name, range, example: "\(name) 10 path")
    if try keyword("by") {
      throw Diagnostic(
        "\(name) takes its fields without by", range: lexer.position - 2..<lexer.position,
        help: "write \(name) \(limit ?? 10) \(fields.map { QueryPrinter.print($0) }.joined(separator: ", ")), ...")
    }
    return Frequent(fields, limit: limit, isRare: name == "rare")
  }

  /// `-count, route`; `by count desc` is understood as well.
  mutating func sortKeys(_ range: Range<Int>) throws(Diagnostic) -> [SortKey] {
    _ = try keyword("by")
    lexer.skipSpace()
    guard !isAtStageEnd else { throw missing("a column", after: "sort", range, example: "sort -count") }
    var keys: [SortKey] = []
    repeat {
      lexer.skipSpace()
      var isDescending = false
      if lexer.peek() == UInt8(ascii: "-") || lexer.peek() == UInt8(ascii: "+") {
        isDescending = lexer.peek() == UInt8(ascii: "-")
        lexer.position += 1
        lexer.note(.keyword, from: lexer.position - 1)
      }
      let field = try column(after: "sort")
      if try keyword("desc") { isDescending = true } else { _ = try keyword("asc") }
      keys.append(SortKey(field, isDescending: isDescending))
    } while comma()
    return keys
  }

  mutating func limit(_ name: String, _ range: Range<Int>) throws(Diagnostic) -> Int {
    if let number = try count() { return number }
    lexer.skipSpace()
    let start = lexer.position
    let word = lexer.wordAhead()
    if word.isEmpty { throw missing("a number", after: name, range, example: "\(name) 10") }
    throw Diagnostic(
      "\(name) needs a number, not \"\(word)\"", range: start..<start + word.utf8.count, help: "write \(name) 10")
  }

  mutating func chart(_ range: Range<Int>) throws(Diagnostic) -> ChartKind {
    lexer.skipSpace()
    let start = lexer.position
    let names = ChartKind.allCases.map(\.rawValue).joined(separator: ", ")
    let name = identifier()
    if let kind = ChartKind(rawValue: name) {
      lexer.note(.value, from: start)
      return kind
    }
    if name.isEmpty { throw missing("a kind", after: "chart", range, example: "chart line; kinds: \(names)") }
    let meant = Suggestion.nearest(to: name, among: ChartKind.allCases.map(\.rawValue))
    throw Diagnostic(
      "unknown kind of chart \"\(name)\"", range: start..<lexer.position, help: "kinds: \(names)",
      repair: meant.map { .init(range: start..<lexer.position, replacement: $0) })
  }

  mutating func panel(_ range: Range<Int>) throws(Diagnostic) -> String {
    lexer.skipSpace()
    let start = lexer.position
    guard lexer.isAtQuote else {
      throw missing("a title in quotes", after: "panel", range, example: "panel \"errors a minute\"")
    }
    let literal = try lexer.quotedLiteral()
    lexer.note(.string, from: start)
    return literal.pieces.joined()
  }

  /// `from f` of parse, json, logfmt.
  mutating func source() throws(Diagnostic) -> FieldName? {
    guard try keyword("from") else { return nil }
    return try column(after: "from")
  }

  /// `"took <ms>ms" [from f]`, `~/took (?<ms>\d+)/ [from f]`
  mutating func parse(_ range: Range<Int>) throws(Diagnostic) -> Stage.Kind {
    lexer.skipSpace()
    let start = lexer.position
    if lexer.peek() == UInt8(ascii: "~") {
      lexer.position += 1
      lexer.note(.comparison, from: start)
      let regex = try lexer.regexLiteral()
      return .parse(.regex(regex), from: try source())
    }
    guard lexer.isAtQuote else {
      throw missing(
        "a text in quotes with <names>, or ~/expression/", after: "parse", range,
        example: "parse \"took <ms>ms\", or parse ~/took (?<ms>\\d+)ms/")
    }
    let literal = try lexer.quotedLiteral()
    lexer.note(.string, from: start)
    return .parse(.template(literal), from: try source())
  }

  /// `patterns [by f | diff a..b vs c..d]`
  mutating func patterns() throws(Diagnostic) -> PatternRequest {
    if try keyword("by") { return PatternRequest(by: try column(after: "by")) }
    guard try keyword("diff") else { return PatternRequest() }
    let current = try window()
    guard try keyword("vs") else {
      throw Diagnostic(
        "a second range is missing", range: lexer.position..<lexer.position,
        help: "write patterns diff 10:00..10:10 vs 09:00..09:10")
    }
    return PatternRequest(diff: .init(current: current, baseline: try window()))
  }

  /// A range of time, as `time:` takes it.
  private mutating func window() throws(Diagnostic) -> Test.Operand {
    lexer.skipSpace()
    let start = lexer.position
    let operand = try timeWindow()
    guard let operand, case .range = operand else {
      throw Diagnostic(
        "a range of time is missing", range: start..<max(start, lexer.position),
        help: "write patterns diff 10:00..10:10 vs 09:00..09:10")
    }
    return operand
  }
}
