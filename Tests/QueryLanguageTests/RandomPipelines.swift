import QueryLanguage
import TestSupport

/// Random pipelines that make sense: stages stand where they may, later ones name columns that are there.
extension RandomQueries {
  mutating func pipeline() -> SyntaxTree {
    var stages = (0..<Int.random(in: 0...2, using: &generator)).map { _ in recordStage() }
    if generator.chance(80) {
      let (ending, columns) = ending()
      stages.append(ending)
      if let columns {
        var columns = columns
        for _ in 0..<Int.random(in: 0...3, using: &generator) { stages.append(tableStage(&columns)) }
      }
      if generator.chance(20) { stages.append(Stage(.chart(generator.pick(ChartKind.allCases)))) }
      if case .aggregate(let aggregation) = stages.last?.kind, aggregation.keys.contains(where: \.isSlice) {
        stages.append(Stage(.panel(string())))
      }
    } else if stages.isEmpty {
      stages.append(Stage(.context(generator.pick([0, 3, 50]))))
    }
    return SyntaxTree(text: "", root: node(depth: 2), stages: stages)
  }

  private mutating func recordStage() -> Stage {
    let source: FieldName? = generator.chance(50) ? column() : nil
    switch Int.random(in: 0..<11, using: &generator) {
    case 0: return Stage(.filter(node(depth: 2)))
    case 1: return Stage(.evaluate(ownColumn(), expression(depth: 3)))
    case 2: return Stage(.parse(.template(.quoted(template())), from: source))
    case 3: return Stage(.parse(.regex(RegexLiteral(pattern: "(?<ms>\\d+)/(?<x>a|b)", flags: "i")), from: source))
    case 4: return Stage(.json(from: source))
    case 5: return Stage(.logfmt(from: source))
    case 6: return Stage(.dedup(generator.chance(50) ? [] : [column(), column()]))
    case 7: return Stage(.fields(different([column(), column()])))
    case 8: return Stage(.drop([column()]))
    case 9: return Stage(.sort([SortKey(column(), isDescending: generator.chance(50)), SortKey(column())]))
    default: return Stage(.limit(generator.pick([1, 10, 1_000_000_000])))
    }
  }

  /// What records flow into, and the columns that come out where they are known.
  private mutating func ending() -> (Stage, [String]?) {
    switch Int.random(in: 0..<8, using: &generator) {
    case 0:
      let fields = different([column(), column()])
      let limit: Int? = generator.chance(50) ? 5 : nil
      return (
        Stage(.frequent(Frequent(fields, limit: limit, isRare: generator.chance(50)))),
        fields.map(\.path) + ["count", "share"]
      )
    case 1: return (Stage(.patterns(PatternRequest(by: generator.chance(50) ? column() : nil))), nil)
    case 2:
      let windows = PatternRequest.Windows(
        current: .range(.bare("10:00"), .bare("10:10")), baseline: .range(.bare("-1h"), .bare("-30m")))
      return (Stage(.patterns(PatternRequest(diff: windows))), nil)
    case 3: return (Stage(.tree(by: generator.chance(50) ? column() : nil)), nil)
    default:
      let aggregation = aggregation { $0.column() }
      return (Stage(.aggregate(aggregation)), aggregation.columns)
    }
  }

  private mutating func tableStage(_ columns: inout [String]) -> Stage {
    func name(_ text: String) -> FieldName { FieldName(steps: [.member(text)]) }
    let first = name(generator.pick(columns))
    switch Int.random(in: 0..<8, using: &generator) {
    case 0: return Stage(.sort([SortKey(first, isDescending: generator.chance(50))]))
    case 1: return Stage(.limit(7))
    case 2:
      columns = [first.path]
      return Stage(.fields([first]))
    case 3 where Set(columns).count > 1:
      columns.removeAll { $0 == first.path }
      return Stage(.drop([first]))
    case 4:
      let own = ownColumn()
      columns.append(own.path)
      return Stage(.evaluate(own, .binary(.plus, .field(first), .number("1"))))
    case 5: return Stage(.filter(Node(.test(Test(first, .contains, .anything)))))
    case 6: return Stage(.dedup([first]))
    default:
      let aggregation = aggregation { random in random.generator.chance(50) ? first : name("f") }
      let known = Set(columns)
      let isKnown =
        aggregation.aggregates.allSatisfy { $0.field.map { known.contains($0.path) } ?? ($0.function == .count) }
        && aggregation.keys.allSatisfy { if case .field(let field) = $0 { known.contains(field.path) } else { false } }
      guard isKnown else { return Stage(.limit(8)) }
      columns = aggregation.columns
      return Stage(.aggregate(aggregation))
    }
  }

  private mutating func aggregation(_ field: (inout RandomQueries) -> FieldName) -> Aggregation {
    var aggregates: [Aggregate] = []
    for number in 0..<Int.random(in: 1...3, using: &generator) {
      aggregates.append(
        Aggregate(function(field), as: number > 0 ? "c\(number)" : generator.pick([nil, "odd name", "by"])))
    }
    var keys = generator.chance(30) ? [GroupKey.slice(nanoseconds: generator.pick(Self.slices))] : []
    if generator.chance(60) { keys.append(.field(field(&self))) }
    let names = aggregates.map(\.name) + keys.map(\.name)
    return Set(names).count == names.count ? Aggregation(aggregates, by: keys) : Aggregation([Aggregate(.count)])
  }

  private static let slices: [Int64] = [
    1, 1500, 250_000_000, 1_000_000_000, 60_000_000_000, 90_000_000_000, 3_600_000_000_000, 86_400_000_000_000,
  ]

  private mutating func function(_ field: (inout RandomQueries) -> FieldName) -> Aggregate.Function {
    var field = field(&self)
    if generator.chance(10), field.steps.count == 1 { field.statedUnit = "ms" }
    switch Int.random(in: 0..<12, using: &generator) {
    case 0: return .rate
    case 1 where field.builtIn == nil:
      return .countWhere(Node(.not(Node(.test(Test(field, .equal, .value(.quoted(string()))))))))
    case 2: return .sum(field)
    case 3: return .average(field)
    case 4: return .minimum(field)
    case 5: return .maximum(field)
    case 6: return .distinct(field)
    case 7: return .first(field)
    case 8: return .last(field)
    case 9: return .percentile(generator.pick(["5", "50", "99", "999"]), field)
    case 10: return .deviation(field)
    default: return .count
    }
  }

  private mutating func column() -> FieldName {
    var name = field()
    name.statedUnit = nil
    if generator.chance(30) {
      name = FieldName(
        steps: [.member(generator.pick(["by", "as", "from", "desc", "count", "p95", "min", "diff", "time", "level"]))])
    }
    return name
  }

  /// A name that `eval` may give.
  private mutating func ownColumn() -> FieldName {
    FieldName(steps: [.member(generator.pick(["x", "odd name", "from", "count", "min", "if", "é"]))])
  }

  private func different(_ fields: [FieldName]) -> [FieldName] {
    var seen: Set<String> = ["count", "share"]
    let kept = fields.filter { seen.insert($0.path).inserted }
    return kept.isEmpty ? [FieldName(steps: [.member("f")])] : kept
  }

  private mutating func template() -> String {
    generator.pick(["took <ms>ms", "<a> \"<b>\"", "* <c>\\", "<_>: <d.e>| x", "é<f>"])
  }

  private mutating func expression(depth: Int) -> Expression {
    guard depth > 0, generator.chance(70) else {
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: return .number(generator.pick(["0", "1.5", "250ms", "2KiB", "1m30s"]))
      case 1: return .text(string())
      default: return .field(column())
      }
    }
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: return .negative(expression(depth: depth - 1))
    case 1:
      let (one, two) = (expression(depth: depth - 1), expression(depth: depth - 1))
      return .call(.if, [.test(node(depth: 1)), one, two])
    case 2:
      let function = generator.pick(ExpressionFunction.allCases.filter { $0 != .if })
      let count = function.arity.lowerBound
      return .call(function, (0..<count).map { _ in expression(depth: depth - 1) })
    default:
      let (one, two) = (expression(depth: depth - 1), expression(depth: depth - 1))
      return .binary(generator.pick(Expression.Operator.allCases), one, two)
    }
  }
}

extension GroupKey {
  fileprivate var isSlice: Bool { if case .slice = self { true } else { false } }

  fileprivate var name: String { if case .field(let field) = self { field.path } else { "time" } }
}

extension Aggregation {
  fileprivate var columns: [String] { keys.map(\.name) + aggregates.map(\.name) }
}
