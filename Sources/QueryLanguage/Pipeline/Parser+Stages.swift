// Reads pipelines: `{ "|" stage }`. A stage begins with its name; what follows depends on it.

extension Parser {
  var isAtPipe: Bool { lexer.peek() == UInt8(ascii: "|") && lexer.peek(1) != UInt8(ascii: "|") }

  /// Whether a stage ends here.
  var isAtStageEnd: Bool { lexer.isAtEnd || lexer.peek() == UInt8(ascii: "|") }

  /// All stages from the position on.
  mutating func stages() throws(Diagnostic) -> [Stage] {
    var stages: [Stage] = []
    var slice: (key: GroupKey, range: Range<Int>)?
    lexer.skipSpace()
    isInPipeline = true
    while isAtPipe {
      guard stages.count < 100 else {
        throw Diagnostic(
          "there are too many stages", range: lexer.position..<lexer.position + 1, help: "more than 100 are not read")
      }
      let (read, pending) = try stage()
      if let pending {
        if let slice { throw secondSlice(pending.range, slice.range) }
        slice = pending
      }
      for var stage in read {
        if case .aggregate(var aggregation) = stage.kind, let pending = slice {
          aggregation.keys.insert(pending.key, at: 0)
          stage.kind = .aggregate(aggregation)
          slice = nil
        }
        stages.append(stage)
      }
      lexer.skipSpace()
    }
    if let slice {
      throw Diagnostic(
        "timeslice needs an aggregation after it", range: slice.range,
        help: "write | timeslice 1m | count, or | count by 1m")
    }
    if lexer.peek() == UInt8(ascii: ")") { throw strayParenthesis() }
    guard lexer.isAtEnd else { throw strayPipe() }
    return stages
  }

  private func secondSlice(_ range: Range<Int>, _ first: Range<Int>) -> Diagnostic {
    Diagnostic("there is a timeslice already", range: range, help: "leave one of them out")
  }

  typealias PendingSlice = (key: GroupKey, range: Range<Int>)

  /// One stage (several of `eval` with commas), or a time slice for the next aggregation.
  private mutating func stage() throws(Diagnostic) -> ([Stage], PendingSlice?) {
    let pipe = lexer.position
    if let problem = logQLFilter(pipe) { throw problem }
    lexer.position += 1
    lexer.note(.pipeline, from: pipe)
    lexer.skipSpace()
    let start = lexer.position
    let name = identifier()
    let range = start..<lexer.position
    guard !name.isEmpty else {
      throw Diagnostic(
        lexer.isAtEnd ? "nothing follows \"|\"" : "a stage begins with a name",
        range: lexer.isAtEnd ? pipe..<pipe + 1 : start..<start + 1,
        help: "stages: \(StageName.listed.joined(separator: " "))")
    }
    if !StageName.isAggregate(name) { lexer.note(.pipeline, from: start) }
    if name == "timeslice" {
      let key = GroupKey.slice(nanoseconds: try sliceLength(after: name, range))
      try requireStageEnd(after: "timeslice")
      return ([], (key, start..<lexer.position))
    }
    let kinds: [Stage.Kind]
    if StageName.isAggregate(name) {
      lexer.position = start
      kinds = [.aggregate(try aggregation())]
    } else {
      guard let read = try kind(named: name, at: range) else { throw unknownStage(name, range, pipe) }
      kinds = read
    }
    try requireStageEnd(after: name)
    return (kinds.map { Stage($0, range: start..<lexer.position) }, nil)
  }

  private mutating func kind(named name: String, at range: Range<Int>) throws(Diagnostic) -> [Stage.Kind]? {
    switch name {
    case "where":
      lexer.skipSpace()
      guard !isAtStageEnd else { throw missing("a test", after: name, range, example: "where status>=500") }
      return [.filter(try disjunction())]
    case "stats": return [.aggregate(try aggregation())]
    case "top", "rare": return [.frequent(try frequent(name, range))]
    case "sort": return [.sort(try sortKeys(range))]
    case "limit", "head": return [.limit(try limit(name, range))]
    case "fields": return [.fields(try columns(name, range, example: "fields time, status, path"))]
    case "drop": return [.drop(try columns(name, range, example: "drop user, referer"))]
    case "eval": return try evaluations(range)
    case "parse": return [try parse(range)]
    case "json": return [.json(from: try source())]
    case "logfmt": return [.logfmt(from: try source())]
    case "patterns": return [.patterns(try patterns())]
    case "tree": return [.tree(by: try keyword("by") ? column(after: "by") : nil)]
    case "context": return [.context(try count() ?? 3)]
    case "dedup": return [.dedup(try keyword("by") ? columns("by", range, example: "dedup by user") : [])]
    case "chart": return [.chart(try chart(range))]
    case "panel": return [.panel(try panel(range))]
    default: return nil
    }
  }

  // MARK: Small parts

  /// Letters, digits and `_` at the position.
  mutating func identifier() -> String {
    let start = lexer.position
    while lexer.peek().isLetter || lexer.peek().isDigit || lexer.peek() == UInt8(ascii: "_") { lexer.position += 1 }
    return lexer.text(start..<lexer.position)
  }

  /// Takes a word, with the blanks before it; whether it was there.
  mutating func keyword(_ word: String) throws(Diagnostic) -> Bool {
    let before = lexer.position
    lexer.skipSpace()
    let start = lexer.position
    if identifier().lowercased() == word, lexer.peek() != UInt8(ascii: "(") {
      lexer.note(.keyword, from: start)
      return true
    }
    lexer.position = before
    return false
  }

  /// Takes a comma, with the blanks around it.
  mutating func comma() -> Bool {
    let before = lexer.position
    lexer.skipSpace()
    if lexer.peek() == UInt8(ascii: ",") {
      lexer.position += 1
      lexer.skipSpace()
      return true
    }
    lexer.position = before
    return false
  }

  /// A whole number at the position, with the blanks before it; nil if there is none.
  mutating func count() throws(Diagnostic) -> Int? {
    let before = lexer.position
    lexer.skipSpace()
    let start = lexer.position
    while lexer.peek().isDigit { lexer.position += 1 }
    guard lexer.position > start, lexer.isAtEnd || lexer.peek().isQuerySpace || lexer.peek() == UInt8(ascii: "|") else {
      lexer.position = before
      return nil
    }
    lexer.note(.number, from: start)
    guard let number = Int(lexer.text(start..<lexer.position)), number <= 1_000_000_000 else {
      throw Diagnostic(
        "this number is too large", range: start..<lexer.position, help: "at most 1000000000")
    }
    return number
  }

  func missing(_ what: String, after name: String, _ range: Range<Int>, example: String) -> Diagnostic {
    Diagnostic("\(name) needs \(what)", range: range, help: "write \(example)")
  }

  private mutating func requireStageEnd(after name: String) throws(Diagnostic) {
    lexer.skipSpace()
    guard !isAtStageEnd else { return }
    if lexer.peek() == UInt8(ascii: ")") { throw strayParenthesis() }
    let start = lexer.position
    var word = lexer.wordAhead()
    if word.isEmpty { word = lexer.text(start..<start + 1) }
    throw Diagnostic(
      "\(name) does not take \"\(word)\"", range: start..<start + word.utf8.count,
      help: "a new stage begins with |; see the language reference for what \(name) takes")
  }

  /// `|= "text"`
  private func logQLFilter(_ pipe: Int) -> Diagnostic? {
    let next = lexer.peek(1)
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
}
