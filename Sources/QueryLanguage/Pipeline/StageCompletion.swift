/// What may stand at the cursor of a pipeline.
struct StageCompletion {
  /// The columns of the aggregation before, as later stages name them; empty where records flow.
  private var columns: [String] = []
  /// The text of the stage up to the cursor, behind its `|`.
  private let stage: String
  /// Where that begins in the query.
  private let offset: Int

  /// Looks at a query up to the cursor; nil where the cursor is not behind a `|` of a pipeline, or is inside quotes.
  init?(_ query: String) {
    let (filter, pipeline) = QueryParser.parts(query)
    guard !pipeline.isEmpty else { return nil }
    let bytes = Array(pipeline.utf8)
    var quote: UInt8?
    var last = 0
    var index = 0
    while index < bytes.count {
      if let open = quote {
        if bytes[index] == UInt8(ascii: "\\") { index += 1 } else if bytes[index] == open { quote = nil }
      } else if bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "`") {
        quote = bytes[index]
      } else if bytes[index] == UInt8(ascii: "~"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "/") {
        quote = UInt8(ascii: "/")
        index += 1
      } else if bytes[index] == UInt8(ascii: "|") {
        // Two of them are an or.
        if index + 1 < bytes.count, bytes[index + 1] == bytes[index] { index += 1 } else { last = index }
      }
      index += 1
    }
    guard quote == nil else { return nil }
    stage = String(decoding: bytes[(last + 1)...], as: UTF8.self)
    offset = filter.utf8.count + last + 1
    columns = Self.columns(of: String(decoding: Array(query.utf8)[..<(offset - 1)], as: UTF8.self))
  }

  /// Candidates with what is said of them, and where the word that they replace begins; nil where a filter is typed, which
  /// begins at `filterStart`.
  enum Place {
    case words([(String, String)], start: Int)
    case filter(start: Int)
  }

  func place(fields: [String]) -> Place {
    let start = stage.utf8.count - stage.reversed().prefix { !" \t,(=".contains($0) }.reduce(0) { $0 + $1.utf8.count }
    let head = String(decoding: Array(stage.utf8)[..<start], as: UTF8.self)
    let names = head.split(whereSeparator: { " \t,(".contains($0) }).map(String.init)
    func words(_ candidates: [(String, String)]) -> Place { .words(candidates, start: offset + start) }
    guard let name = names.first else {
      return words(LanguageReference.stages.filter { $0.word != "count" }.map { ($0.word, $0.summary) } + aggregates)
    }
    if opensTest(head) { return .filter(start: offset + openParenthesis(head)) }
    if name == "where" { return .filter(start: offset + afterName(head)) }
    return words(candidates(after: name, names, head, fields.map { (QueryRefinement.fieldName(ofPath: $0), "") }))
  }

  private func candidates(
    after name: String, _ words: [String], _ head: String, _ fields: [(String, String)]
  ) -> [(String, String)] {
    let builtIn = BuiltInField.allCases.map { ($0.rawValue, $0.summary) }
    let durations = ["10s", "1m", "5m", "1h", "1d"].map { ($0, "slices of time") }
    let named = columns.map { ($0, "column") }
    let isBy = words.contains("by")
    if StageName.isAggregate(name) || name == "stats" {
      if isInParentheses(head) { return fields + builtIn }
      if isBy { return durations + fields + builtIn }
      let isNew = head.last == "," || head.dropLast().last == "," || words == ["stats"]
      return isNew ? aggregates : [("by", "groups"), ("as", "names the column")] + aggregates
    }
    switch name {
    case "top", "rare": return fields + builtIn
    case "timeslice": return durations
    case "sort": return named.map { ("-" + $0.0, "greatest first") } + named + (columns.isEmpty ? fields + builtIn : [])
    case "fields", "drop": return named.isEmpty ? fields + builtIn : named
    case "eval":
      guard head.contains("=") else { return [] }
      return LanguageReference.functions.filter { !$0.word.isEmpty }.map { ($0.word + "(", $0.summary) } + fields
        + named
    case "parse", "json", "logfmt": return words.last == "from" ? fields + builtIn : [("from", "the field to read")]
    case "patterns": return isBy ? fields + builtIn : [("by", "kept apart by a field"), ("diff", "compares two times")]
    case "tree", "dedup": return isBy ? fields + builtIn : [("by", "a field")]
    case "chart": return ChartKind.allCases.map { ($0.rawValue, "") }
    default: return []
    }
  }

  private var aggregates: [(String, String)] {
    let entries = LanguageReference.aggregates.filter {
      !$0.word.isEmpty && $0.syntax != "count(test)" && $0.word != "p50"
    }
    return entries.map { ($0.syntax.contains("(") ? $0.word + "(" : $0.word, $0.summary) }
      + ["p50", "p90", "p95", "p99"].map { ($0 + "(", "percentile") }
  }

  private func isInParentheses(_ head: String) -> Bool {
    head.reduce(0) { $0 + ($1 == "(" ? 1 : $1 == ")" ? -1 : 0) } > 0
  }

  /// Whether the cursor stands in the test of `count(`.
  private func opensTest(_ head: String) -> Bool {
    guard isInParentheses(head) else { return false }
    return String(decoding: Array(head.utf8)[..<(openParenthesis(head) - 1)], as: UTF8.self).hasSuffix("count")
  }

  /// The offset behind the parenthesis that is open at the end.
  private func openParenthesis(_ head: String) -> Int {
    var opens: [Int] = []
    for (index, byte) in head.utf8.enumerated() {
      if byte == UInt8(ascii: "(") {
        opens.append(index + 1)
      } else if byte == UInt8(ascii: ")") {
        opens = opens.dropLast()
      }
    }
    return opens.first ?? head.utf8.count
  }

  private func afterName(_ head: String) -> Int {
    let bytes = Array(head.utf8)
    let start = bytes.firstIndex { !$0.isQuerySpace } ?? bytes.count
    return bytes[start...].firstIndex { $0.isQuerySpace } ?? bytes.count
  }

  /// What the last aggregation of a query computes.
  private static func columns(of query: String) -> [String] {
    guard let tree = try? QueryParser.parse(query) else { return [] }
    for stage in tree.stages.reversed() {
      switch stage.kind {
      case .aggregate(let aggregation):
        return aggregation.aggregates.map(\.name)
          + aggregation.keys.map { key in
            if case .field(let field) = key { QueryPrinter.print(field) } else { "time" }
          }
      case .frequent(let frequent): return ["count"] + frequent.fields.map(QueryPrinter.print)
      default: continue
      }
    }
    return []
  }
}
