// Pipelines are recognised, and their commonest mistakes explained; no stage is available yet.

/// The words that a stage of a pipeline may begin with.
enum StageName {
  /// Stages and aggregates, as help lists them.
  static let listed = [
    "where", "count", "rate", "top", "rare", "timeslice", "sort", "limit", "fields", "drop", "eval", "parse", "json",
    "logfmt", "patterns", "tree", "context", "dedup", "chart", "panel",
  ]
  /// Aggregates that need a field in parentheses.
  static let functions = [
    "avg", "sum", "min", "max", "distinct", "uniq", "count_distinct", "dc", "first", "last", "median", "stdev",
  ]

  static let all = listed + functions + ["stats", "head", "p50", "p90", "p95", "p99"]

  /// `p95`, `p999`
  static func isPercentile(_ name: String) -> Bool {
    name.utf8.first == UInt8(ascii: "p") && name.utf8.count > 1 && name.utf8.dropFirst().allSatisfy(\.isDigit)
  }
}

extension Parser {
  /// What to say of the pipeline that begins at the position.
  mutating func stageProblem() -> Diagnostic {
    let pipe = lexer.position
    lexer.tokens.append(QueryToken(range: pipe..<lexer.bytes.count, kind: .pipeline))
    lexer.position += 1
    if let problem = logQLFilter(pipe) { return problem }
    lexer.skipSpace()
    let start = lexer.position
    while lexer.peek().isLetter || lexer.peek().isDigit || lexer.peek() == UInt8(ascii: "_") { lexer.position += 1 }
    let range = start..<lexer.position
    let name = lexer.text(range)
    if name.isEmpty {
      return Diagnostic(
        lexer.isAtEnd ? "nothing follows \"|\"" : "a stage begins with a name",
        range: lexer.isAtEnd ? pipe..<pipe + 1 : start..<start + 1,
        help: "stages: \(StageName.listed.joined(separator: " "))")
    }
    if let problem = mistake(in: name, at: range) { return problem }
    let isKnown = StageName.all.contains(name) || StageName.isPercentile(name)
    if !isKnown { return unknownStage(name, range, pipe) }
    return Diagnostic(
      "pipelines are not available yet: \(name)", range: range,
      help: "this version reads filters; leave out what follows the |")
  }

  /// `|= "text"`
  private func logQLFilter(_ pipe: Int) -> Diagnostic? {
    let next = lexer.peek()
    guard next == UInt8(ascii: "=") || next == UInt8(ascii: "~") else { return nil }
    let isRegex = next == UInt8(ascii: "~")
    return Diagnostic(
      "|\(isRegex ? "~" : "=") is LogQL", range: pipe..<pipe + 2,
      help: isRegex ? "to match the text write ~/expression/" : "to search the text write \"text\"")
  }

  private func unknownStage(_ name: String, _ range: Range<Int>, _ pipe: Int) -> Diagnostic {
    var help = "stages: \(StageName.listed.joined(separator: " "))"
    var repair: Diagnostic.Repair?
    if let advice = regexAlternative(before: pipe, to: name) {
      help = advice
    } else if pipe > 0, !lexer.bytes[pipe - 1].isQuerySpace {
      help = "\"either\" is or; a text with a | in it stands in quotes; " + help
    } else if let meant = Suggestion.nearest(to: name, among: StageName.all) {
      help = "did you mean \"\(meant)\"? " + help
      repair = .init(range: range, replacement: meant)
    } else {
      help = "for \"either\" write or; " + help
    }
    return Diagnostic("unknown stage \"\(name)\"", range: range, help: help, repair: repair)
  }

  /// The mistakes that beginners make.
  private mutating func mistake(in name: String, at range: Range<Int>) -> Diagnostic? {
    if StageName.isPercentile(name) || StageName.functions.contains(name) { return missingField(name, range) }
    lexer.skipSpace()
    let start = lexer.position
    let word = lexer.wordAhead()
    let wordRange = start..<start + word.utf8.count
    switch name {
    case "timeslice":
      if word.isEmpty { return Diagnostic("timeslice needs a duration", range: range, help: "write timeslice 1m") }
      guard Quantity(word)?.dimension == Dimension.none else { return nil }
      return Diagnostic(
        "\"\(word)\" has no unit", range: wordRange, help: "write timeslice \(word)s, \(word)m or \(word)h")
    case "count":
      if word.isEmpty || ["by", "as"].contains(word) || word.hasPrefix(",") { return nil }
      return Diagnostic(
        "count takes no field: \"\(word)\"", range: wordRange,
        help: "write count by \(word); for those that have it count(\(word):*)")
    default: return nil
    }
  }

  /// `p95 by route`; `p50 p95(duration)` is right.
  private mutating func missingField(_ name: String, _ range: Range<Int>) -> Diagnostic? {
    var copy = lexer
    while true {
      copy.skipSpace()
      if copy.peek() == UInt8(ascii: "(") { return nil }
      if copy.peek() == UInt8(ascii: ",") {
        copy.position += 1
        copy.skipSpace()
      }
      let word = copy.wordAhead()
      guard StageName.isPercentile(word) else { break }
      copy.position += word.utf8.count
    }
    return Diagnostic("\(name) needs a field", range: range, help: "write \(name)(duration)")
  }
}
