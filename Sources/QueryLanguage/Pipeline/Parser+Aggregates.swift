// `count, p50 p95(duration) as slow by 1m, route`

extension Parser {
  mutating func aggregation() throws(Diagnostic) -> Aggregation {
    var aggregates = try aggregate()
    while comma() { aggregates += try aggregate() }
    var keys: [GroupKey] = []
    if try keyword("by") { repeat { keys.append(try groupKey()) } while comma() }
    return Aggregation(aggregates, by: keys)
  }

  /// One aggregate; several for `p50 p95(f)`. Where it is named, `as name` may follow.
  mutating func aggregate(isNamed: Bool = true) throws(Diagnostic) -> [Aggregate] {
    lexer.skipSpace()
    let start = lexer.position
    let name = identifier()
    let range = start..<lexer.position
    if StageName.isPercentile(name) { return try percentiles(from: start, isNamed: isNamed) }
    guard StageName.isAggregate(name) else { throw unknownAggregate(name, range) }
    lexer.note(.keyword, from: start)
    let function: Aggregate.Function
    switch name {
    case "count": function = try countFunction(range)
    case "rate":
      if lexer.has("()") { lexer.position += 2 }
      function = .rate
    default: function = Self.function(name, of: try argument(of: name, range))
    }
    return [Aggregate(function, as: isNamed ? try alias() : nil, range: start..<lexer.position)]
  }

  private static func function(_ name: String, of field: FieldName) -> Aggregate.Function {
    switch name {
    case "sum": .sum(field)
    case "avg": .average(field)
    case "min": .minimum(field)
    case "max": .maximum(field)
    case "first": .first(field)
    case "last": .last(field)
    case "median": .percentile("50", field)
    case "stdev": .deviation(field)
    default: .distinct(field)
    }
  }

  /// `count`, `count()`, `count(test)`
  private mutating func countFunction(_ range: Range<Int>) throws(Diagnostic) -> Aggregate.Function {
    guard lexer.peek() == UInt8(ascii: "(") else {
      try requireNoField(range)
      return .count
    }
    let open = lexer.position
    lexer.position += 1
    lexer.skipSpace()
    if lexer.peek() == UInt8(ascii: ")") {
      lexer.position += 1
      return .count
    }
    guard !lexer.isAtEnd else { throw unclosed(open) }
    let node = try disjunction()
    lexer.skipSpace()
    guard lexer.peek() == UInt8(ascii: ")") else { throw unclosed(open) }
    lexer.position += 1
    if node.kind == .all { return .count }
    if case .text(let literal) = node.kind, let word = literal.bareText, !word.isEmpty {
      throw Diagnostic(
        "count takes a test, not a field: \"\(word)\"", range: node.range,
        help: "for records that have it write count(\(word):*); for its different values distinct(\(word))")
    }
    return .countWhere(node)
  }

  /// `count service`
  private mutating func requireNoField(_ range: Range<Int>) throws(Diagnostic) {
    let before = lexer.position
    lexer.skipSpace()
    let start = lexer.position
    let word = lexer.wordAhead()
    lexer.position = before
    guard !word.isEmpty, start > before, !word.hasPrefix(","), !["by", "as"].contains(word.lowercased()) else { return }
    let field = word.split(separator: ",").first.map(String.init) ?? word
    throw Diagnostic(
      "count takes no field: \"\(word)\"", range: start..<start + word.utf8.count,
      help: "write count by \(field); for those that have it count(\(field):*)")
  }

  /// `p50 p95, p99(f)`: all of the same field.
  private mutating func percentiles(from start: Int, isNamed: Bool) throws(Diagnostic) -> [Aggregate] {
    lexer.position = start
    var names: [(digits: String, range: Range<Int>)] = []
    while true {
      let from = lexer.position
      let name = identifier()
      let range = from..<lexer.position
      guard StageName.isPercentile(name) else { throw percentileWithoutField(names) }
      let digits = String(name.dropFirst())
      guard Aggregate.share(digits) != nil else {
        throw Diagnostic("\(name) is no percentile", range: range, help: "write p50, p95, p99 or p999")
      }
      lexer.note(.keyword, from: from)
      names.append((digits, range))
      if lexer.peek() == UInt8(ascii: "(") { break }
      let before = lexer.position
      if !comma() { lexer.skipSpace() }
      var copy = self
      if !StageName.isPercentile(copy.identifier()) {
        lexer.position = before
        throw percentileWithoutField(names)
      }
    }
    let last = names[names.count - 1]
    let field = try argument(of: "p" + last.digits, last.range)
    let alias = isNamed ? try alias() : nil
    if let alias, names.count > 1 {
      throw Diagnostic(
        "as \(alias) names one column, and there are \(names.count)",
        range: lexer.position - alias.utf8.count..<lexer.position,
        help: "name each: p50(\(QueryPrinter.print(field))) as median, ...")
    }
    return names.map { Aggregate(.percentile($0.digits, field), as: alias, range: $0.range) }
  }

  private func percentileWithoutField(_ names: [(digits: String, range: Range<Int>)]) -> Diagnostic {
    guard let first = names.first else {
      return Diagnostic(
        "a percentile needs a field", range: lexer.position..<lexer.position, help: "write p95(duration)")
    }
    return Diagnostic(
      "p\(first.digits) needs a field", range: first.range, help: "write p\(first.digits)(duration)")
  }

  /// `(f)`
  private mutating func argument(of name: String, _ range: Range<Int>) throws(Diagnostic) -> FieldName {
    guard lexer.peek() == UInt8(ascii: "(") else {
      throw Diagnostic("\(name) needs a field", range: range, help: "write \(name)(duration)")
    }
    let open = lexer.position
    lexer.position += 1
    lexer.skipSpace()
    let start = lexer.position
    var read = try resultName()
    if read == nil { read = try lexer.fieldName() }
    guard var field = read else {
      let word = lexer.wordAhead()
      throw Diagnostic(
        "\(name) needs a field", range: word.isEmpty ? range : start..<start + word.utf8.count,
        help: "write \(name)(duration)")
    }
    if lexer.peek() == UInt8(ascii: "(") { field.statedUnit = try statedUnit() }
    lexer.note(.field, from: start)
    lexer.skipSpace()
    guard lexer.peek() == UInt8(ascii: ")") else {
      if lexer.isAtEnd { throw unclosed(open) }
      throw Diagnostic(
        "\(name) takes one field", range: lexer.position..<lexer.position + 1,
        help: "write \(name)(\(QueryPrinter.print(field)))")
    }
    lexer.position += 1
    return field
  }

  /// `(ms)` after the name of a field.
  private mutating func statedUnit() throws(Diagnostic) -> String {
    let start = lexer.position
    lexer.position += 1
    let from = lexer.position
    while !lexer.isAtEnd, lexer.peek() != UInt8(ascii: ")") { lexer.position += 1 }
    let name = lexer.text(from..<lexer.position)
    guard lexer.peek() == UInt8(ascii: ")"), let unit = Unit.named(name), unit.dimension != .none else {
      throw Diagnostic(
        "\"\(name)\" is no unit", range: start..<max(lexer.position, start + 1),
        help: "units: ns us ms s m h d, B kB MB GB KiB MiB GiB")
    }
    lexer.position += 1
    return name
  }

  /// `as name`
  private mutating func alias() throws(Diagnostic) -> String? {
    guard try keyword("as") else { return nil }
    lexer.skipSpace()
    let start = lexer.position
    guard let field = try lexer.fieldName() else {
      throw Diagnostic("a name is missing after as", range: start..<start, help: "write count as requests")
    }
    lexer.note(.field, from: start)
    return field.path
  }

  private mutating func groupKey() throws(Diagnostic) -> GroupKey {
    lexer.skipSpace()
    let start = lexer.position
    guard lexer.peek().isDigit else { return .field(try column(after: "by")) }
    return .slice(nanoseconds: try sliceLength(after: "by", start..<start))
  }

  /// A duration, for slices of time.
  mutating func sliceLength(after name: String, _ range: Range<Int>) throws(Diagnostic) -> Int64 {
    lexer.skipSpace()
    let start = lexer.position
    let word = lexer.text(start..<lexer.bareLiteral(endsAtComma: true).range.upperBound)
    let wordRange = start..<lexer.position
    lexer.note(.number, from: start)
    if word.isEmpty { throw Diagnostic("\(name) needs a duration", range: range, help: "write \(name) 1m") }
    guard let length = Quantity(word) else {
      throw Diagnostic("\"\(word)\" is no duration", range: wordRange, help: "write \(name) 30s, 1m or 1h")
    }
    guard length.dimension == .time else {
      throw Diagnostic(
        length.dimension == .none ? "\"\(word)\" has no unit" : "\"\(word)\" is no duration", range: wordRange,
        help: "write \(name) \(word)s, \(word)m or \(word)h")
    }
    guard length.value >= 1, length.value <= 366 * 86_400e9 else {
      throw Diagnostic("this is no length for a slice of time", range: wordRange, help: "from 1ns to 366d")
    }
    return Int64(length.value)
  }

  private func unknownAggregate(_ name: String, _ range: Range<Int>) -> Diagnostic {
    let known = ["count", "rate"] + StageName.functions + ["p50", "p90", "p95", "p99"]
    let list = "aggregates: count rate avg sum min max distinct first last median stdev p50 p95 p99"
    guard !name.isEmpty else {
      return Diagnostic("an aggregate is missing here", range: range, help: list)
    }
    let meant = Suggestion.nearest(to: name, among: known)
    return Diagnostic(
      "unknown aggregate \"\(name)\"", range: range, help: (meant.map { "did you mean \"\($0)\"? " } ?? "") + list,
      repair: meant.map { .init(range: range, replacement: $0) })
  }
}

extension Aggregate {
  /// The name of the column: the one given with `as`, else the canonical text, `p95(duration)`.
  public var name: String { alias ?? QueryPrinter.print(function) }
}
