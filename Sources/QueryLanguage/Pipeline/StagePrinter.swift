extension QueryPrinter {
  /// The canonical text of a stage, without its `|`.
  public static func print(_ stage: Stage) -> String {
    switch stage.kind {
    case .filter(let node): "where " + print(node, in: .stage)
    case .aggregate(let aggregation): print(aggregation)
    case .frequent(let frequent):
      (frequent.isRare ? "rare " : "top ") + (frequent.limit.map { "\($0) " } ?? "") + names(frequent.fields)
    case .sort(let keys): "sort " + keys.map { ($0.isDescending ? "-" : "") + column($0.field) }.joined(separator: ", ")
    case .limit(let count): "limit \(count)"
    case .fields(let fields): "fields " + names(fields)
    case .drop(let fields): "drop " + names(fields)
    case .evaluate(let field, let expression): "eval \(column(field)) = \(print(expression))"
    case .parse(let pattern, let field): "parse " + print(pattern) + from(field)
    case .json(let field): "json" + from(field)
    case .logfmt(let field): "logfmt" + from(field)
    case .patterns(let request): "patterns" + print(request)
    case .tree(let field): "tree" + (field.map { " by " + column($0) } ?? "")
    case .context(let count): "context \(count)"
    case .dedup(let fields): "dedup" + (fields.isEmpty ? "" : " by " + names(fields))
    case .chart(let kind): "chart " + kind.rawValue
    case .panel(let title): "panel " + quoted(title)
    }
  }

  /// The name of a column, in backquotes also where a word of the stage would be read.
  private static func column(_ field: FieldName) -> String { name(field, avoiding: words) }

  /// Words that stand where a column may.
  private static let words: Set = ["by", "as", "from", "asc", "desc", "diff", "vs"]

  /// The name of a field in a pipeline: as results call it where it is computed.
  static func name(_ field: FieldName, avoiding words: Set<String> = []) -> String {
    if let name = resultName(field) { return name }
    guard !field.isOwn, case .member(let first) = field.steps.first else { return print(field) }
    let looksComputed = field.statedUnit != nil && field.steps.count == 1 && StageName.isAggregate(first)
    guard looksComputed || words.contains(first.lowercased()) else { return print(field) }
    let rest = print(FieldName(steps: [.member("x")] + field.steps.dropFirst(), statedUnit: field.statedUnit))
    return "`\(first)`" + rest.dropFirst()
  }

  /// `p95(duration)`, if that is the name and reads as one.
  static func resultName(_ field: FieldName) -> String? {
    guard field.steps.count == 1, !field.isOwn, case .member(let name) = field.steps[0], name.hasSuffix(")") else {
      return nil
    }
    var parser = Parser(name)
    parser.isInPipeline = true
    guard let read = try? parser.resultName(), parser.lexer.isAtEnd, read.steps == field.steps else { return nil }
    return name + (field.statedUnit.map { "(\($0))" } ?? "")
  }

  private static func names(_ fields: [FieldName]) -> String { fields.map(column).joined(separator: ", ") }

  private static func from(_ field: FieldName?) -> String { field.map { " from " + column($0) } ?? "" }

  private static func print(_ pattern: TextPattern) -> String {
    switch pattern {
    case .template(let literal): quoted(literal.pieces.joined())
    case .regex(let regex): "~" + print(regex)
    }
  }

  private static func print(_ request: PatternRequest) -> String {
    if let windows = request.windows {
      return " diff \(window(windows.current)) vs \(window(windows.baseline))"
    }
    return request.key.map { " by " + column($0) } ?? ""
  }

  private static func window(_ operand: Test.Operand) -> String {
    if case .range(let low, let high) = operand { return value(low) + ".." + value(high) }
    return ""
  }

  private static func print(_ aggregation: Aggregation) -> String {
    let aggregates = aggregation.aggregates.map { print($0.function) + ($0.alias.map { " as " + alias($0) } ?? "") }
    let keys = aggregation.keys.map { key in
      switch key {
      case .field(let field): column(field)
      case .slice(let nanoseconds): slice(nanoseconds)
      }
    }
    return aggregates.joined(separator: ", ") + (keys.isEmpty ? "" : " by " + keys.joined(separator: ", "))
  }

  private static func alias(_ name: String) -> String { column(FieldName(steps: [.member(name)])) }

  /// A length of time in the largest unit that it is a whole number of.
  static func slice(_ nanoseconds: Int64) -> String {
    let units: [(Int64, String)] = [
      (86_400_000_000_000, "d"), (3_600_000_000_000, "h"), (60_000_000_000, "m"), (1_000_000_000, "s"),
      (1_000_000, "ms"), (1000, "us"),
    ]
    for (scale, name) in units where nanoseconds % scale == 0 { return "\(nanoseconds / scale)\(name)" }
    return "\(nanoseconds)ns"
  }

  /// The canonical text of an aggregate, without its alias.
  static func print(_ function: Aggregate.Function) -> String {
    switch function {
    case .count: "count"
    case .countWhere(let node): "count(\(print(node, in: .stage)))"
    case .rate: "rate"
    case .sum(let field): "sum(\(column(field)))"
    case .average(let field): "avg(\(column(field)))"
    case .minimum(let field): "min(\(column(field)))"
    case .maximum(let field): "max(\(column(field)))"
    case .distinct(let field): "distinct(\(column(field)))"
    case .first(let field): "first(\(column(field)))"
    case .last(let field): "last(\(column(field)))"
    case .percentile(let digits, let field): "p\(digits)(\(column(field)))"
    case .deviation(let field): "stdev(\(column(field)))"
    }
  }

  // MARK: Expressions

  /// The canonical text of an expression, with the parentheses that it needs.
  static func print(_ expression: Expression) -> String { print(expression, binding: 0) }

  private static func print(_ expression: Expression, binding: Int) -> String {
    switch expression {
    case .number(let text): return text
    case .text(let text): return quoted(text)
    case .field(let field): return column(field)
    case .negative(let part): return "-" + print(part, binding: 3)
    case .test(let node): return print(node, in: .argument)
    case .call(let function, let arguments):
      return function.rawValue + "(" + arguments.map { print($0, binding: 0) }.joined(separator: ", ") + ")"
    case .binary(let sign, let left, let right):
      let own = sign == .plus || sign == .minus ? 1 : 2
      let text = "\(print(left, binding: own)) \(sign.rawValue) \(print(right, binding: own + 1))"
      return own < binding ? "(\(text))" : text
    }
  }
}
