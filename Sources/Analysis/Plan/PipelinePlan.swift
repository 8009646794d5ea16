import QueryLanguage
import Quantities
import Records

/// A query with its pipeline, ready to run: which records, what is done to each, what they flow into, what is made of the table.
///
///     let plan = try PipelinePlan(QueryParser.parse("level>=warn | count by service"), context: context)
///     var worker = PipelineWorker(plan)
///     worker.take(file: file, generation: generation) { take in ... }    // each record that passes plan.filter
///     let table = try plan.table(of: worker.sink)
public struct PipelinePlan: Sendable {
  /// What records flow into.
  enum Destination: Sendable {
    case groups(GroupPlan)
    case frequent(GroupPlan, Frequent)
    case records(RecordListPlan)
    case tree(TreePlan)
    case patterns(PatternPlan)
  }

  /// The query.
  public let tree: SyntaxTree
  /// Which records flow at all.
  public let filter: CompiledFilter
  /// How a chart of the result is drawn; nil where none was asked for.
  public var chart: ChartKind? { tree.chart }
  /// The name under which the result is pinned as a panel; nil where that was not asked for.
  public var panel: String? { tree.panel }
  let program: RecordProgram
  let destination: Destination
  let tableProgram: TableProgram
  private let context: QueryContext
  private let limits: GroupLimits

  /// Prepares a query. Throws what is wrong with it.
  public init(
    _ tree: SyntaxTree, context: QueryContext, limits: GroupLimits = .large
  ) throws(Diagnostic) {
    self.tree = tree
    self.context = context
    self.limits = limits
    filter = try QueryCompiler.compile(tree.withoutStages, context: context)
    func compile(_ node: Node) throws(Diagnostic) -> Predicate {
      try QueryCompiler.predicate(of: node, in: tree.text, context: context)
    }
    let split = tree.stages.firstIndex(where: \.endsRecords) ?? tree.stages.count
    var program = RecordProgram()
    var list = RecordListPlan()
    for stage in tree.stages[..<split] {
      if let step = try Self.step(stage, compile) {
        program.append(step, text: QueryPrinter.print(stage))
        if case .evaluate(let name, _) = step { program.names.append(name) }
        if case .parse(let pattern, _) = step { program.names += pattern.names }
      } else {
        list.take(stage)
      }
    }
    self.program = program
    var rest = split
    if split < tree.stages.count, list.isNeeded(before: tree.stages[split]) == false {
      rest += 1
      switch tree.stages[split].kind {
      case .aggregate(let aggregation):
        destination = .groups(try GroupPlan(aggregation, zone: context.zone, limits: limits, compile: compile))
      case .frequent(let frequent):
        destination = .frequent(
          try GroupPlan(frequent.counting, zone: context.zone, limits: limits, compile: compile), frequent)
      case .tree(let field): destination = .tree(TreePlan(by: field, limits: limits))
      case .patterns(let request):
        destination = .patterns(try PatternPlan(request, limits: .init(limits), compile: compile))
      default: throw Diagnostic("this stage is not available yet", range: tree.stages[split].range)
      }
    } else {
      list.addComputed(program.names)
      destination = .records(list)
    }
    tableProgram = TableProgram(stages: Array(tree.stages[rest...]), context: context, limits: limits)
  }

  /// What a stage before the aggregation does to each record; nil for those that choose among records or columns.
  private static func step(
    _ stage: Stage, _ compile: (Node) throws(Diagnostic) -> Predicate
  ) throws(Diagnostic) -> RecordProgram.Step? {
    switch stage.kind {
    case .filter(let node): return .filter(try compile(node))
    case .evaluate(let field, let expression):
      return .evaluate(name: field.path, try ExpressionProgram(expression, compile: compile))
    case .parse(let pattern, let field): return .parse(try CompiledTextPattern(pattern), from: .init(field))
    case .json(let field): return .members(RecordReader(formatName: "json"), from: .init(field))
    case .logfmt(let field): return .members(RecordReader(formatName: "logfmt"), from: .init(field))
    case .dedup(let fields):
      var programs: [ExpressionProgram] = []
      for field in fields { programs.append(try ExpressionProgram(.field(field), compile: compile)) }
      if fields.isEmpty {
        programs = [.field(.msg, FieldPath("msg"), FieldNumbers(FieldName(steps: [.member("msg")])))]
      }
      return .repeats(programs)
    default: return nil
    }
  }

  /// The same plan, of which nothing is shared: threads that count references to the same tests wait for each other, for longer
  /// than the tests take.
  func ownCopy() -> PipelinePlan { (try? PipelinePlan(tree, context: context, limits: limits)) ?? self }

  /// An empty sink for what the records come to.
  public func makeSink() -> any RecordSink {
    switch destination {
    case .groups(let plan), .frequent(let plan, _): GroupSink(plan)
    case .records(let plan): RecordListSink(plan)
    case .tree(let plan): TreeSink(plan)
    case .patterns(let plan): PatternSink(plan)
    }
  }

  /// The result of a sink that all records flowed into, or, `isPartial`, some so far.
  public func table(of sink: any RecordSink, isPartial: Bool = false) throws(Diagnostic) -> ResultTable {
    var table = try result(of: sink)
    if !isPartial, let remark = remark(on: sink.tally) { table.notes.insert(remark, at: 0) }
    return table
  }

  /// What emptied the result: the filter, or a stage that did nothing for any record.
  private func remark(on tally: StageTally) -> String? {
    if tally.records > 0 { return program.remark(on: tally) }
    let filter = QueryPrinter.print(tree.withoutStages)
    return filter.isEmpty || filter == "*" ? nil : "no record passes \(filter)"
  }

  private func result(of sink: any RecordSink) throws(Diagnostic) -> ResultTable {
    guard let groups = (sink as? GroupSink)?.settled else { return try tableProgram.applied(to: sink.table()) }
    let rows = GroupRows(groups)
    if case .frequent(_, let request) = destination { return try tableProgram.applied(to: rows.table(of: request)) }
    // Of many groups only those are made rows of that are asked for.
    switch tableProgram.stages.prefix(2).map(\.kind) {
    case let kinds where kinds.count == 2 && kinds[1].limit != nil:
      guard case .sort(let keys) = kinds[0], GroupOrder.output(of: keys, groups.plan) != nil, let count = kinds[1].limit
      else { break }
      return try rest(of: rows.table(sortedBy: keys, limit: count), of: groups, after: 2, limit: count)
    case let kinds:
      guard let count = kinds.first?.limit else { break }
      return try rest(of: rows.table(limit: count), of: groups, after: 1, limit: count)
    }
    return try tableProgram.applied(to: rows.table())
  }

  private func rest(
    of table: ResultTable, of groups: GroupSink, after stages: Int, limit: Int
  ) throws(Diagnostic) -> ResultTable {
    var table = table
    let count = groups.keys.count + (groups.otherCount > 0 ? 1 : 0)
    if count > limit { table.notes.append("\(limit) of \(count) rows are shown") }
    return try tableProgram.applied(to: table, from: stages)
  }

  /// How many records around each that passes the filter flow too; more than none asks for an index.
  public var contextCount: Int { tree.contextCount }

  /// Whether sinks may be merged in any order: groups do not depend on it, and to merge one after each piece would cost
  /// more than the piece where there are many groups.
  var mergesInAnyOrder: Bool {
    switch destination {
    case .groups, .frequent, .tree, .patterns: true
    case .records: false
    }
  }

  /// What tells plans apart that compute different things: the query with absolute times, and the zone.
  var identity: String {
    ([filter.resolvedText] + tree.stages.map { QueryPrinter.print($0) }).joined(separator: "|")
      + tableProgram.context.zone.name + windows
  }

  /// The windows of `patterns diff`, which are absolute while their text may be relative.
  private var windows: String {
    guard case .patterns(let plan) = destination, let windows = plan.windows else { return "" }
    return "|\(windows.current.lowerBound.nanoseconds)|\(windows.current.upperBound.nanoseconds)"
      + "|\(windows.baseline.lowerBound.nanoseconds)|\(windows.baseline.upperBound.nanoseconds)"
  }

  /// Whether records must flow in their order, on one thread.
  public var dependsOnOrder: Bool { program.dependsOnOrder }
}

extension Stage.Kind {
  /// How many rows a `limit` leaves.
  fileprivate var limit: Int? { if case .limit(let count) = self { count } else { nil } }
}
