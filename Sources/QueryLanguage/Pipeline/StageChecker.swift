/// Finds stages that cannot do anything where they stand, and columns that are called the same.
enum StageChecker {
  /// Throws the first mistake, in the order written.
  static func check(_ tree: SyntaxTree) throws(Diagnostic) {
    var state = State()
    for (number, stage) in tree.stages.enumerated() {
      try state.check(stage)
      if case .context = stage.kind, number > 0 {
        throw Diagnostic(
          "context stands behind the filter", range: stage.range,
          help: "write it as the first stage: level:error | context 3 | ...")
      }
    }
  }

  private struct State {
    /// The stage after which records have become rows.
    var ending: Stage?
    var hasSlice = false
    /// The names of the columns of the rows, in order; nil where they are not known from the query.
    var columns: [String]?

    mutating func check(_ stage: Stage) throws(Diagnostic) {
      try checkMeaning(stage)
      if ending != nil, !stage.endsRecords || columns != nil { try checkColumns(of: stage) }
      followColumns(stage)
    }

    /// Columns that a stage names must be there, and some must be left.
    private func checkColumns(of stage: Stage) throws(Diagnostic) {
      var named: [FieldName] = []
      stage.forEach {
        named.append($0)
      } node: { node in
        node.forEachTest { named.append($0.field) }
      }
      for field in named { try require(field) }
      if case .drop(let fields) = stage.kind, let columns, columns.allSatisfy({ fields.map(\.path).contains($0) }) {
        throw Diagnostic("this drops every column", range: stage.range, help: "keep one, or leave drop out")
      }
    }

    private func require(_ field: FieldName) throws(Diagnostic) {
      guard let columns, !columns.contains(field.path) else { return }
      let meant = Suggestion.nearest(to: field.path, among: columns)
      let names = columns.map { QueryPrinter.name(FieldName(steps: [.member($0)])) }
      throw Diagnostic(
        "there is no column \"\(field.path)\"", range: field.range,
        help: (meant.map { "did you mean \"\($0)\"? " } ?? "") + "columns: " + names.joined(separator: ", "))
    }

    private mutating func followColumns(_ stage: Stage) {
      switch stage.kind {
      case .aggregate(let aggregation):
        columns =
          aggregation.keys.map { key in if case .field(let field) = key { field.path } else { "time" } }
          + aggregation.aggregates.map(\.name)
      case .frequent(let frequent): columns = frequent.fields.map(\.path) + ["count", "share"]
      case .patterns, .tree: columns = nil
      case .fields(let fields): if columns != nil { columns = fields.map(\.path) }
      case .drop(let fields): columns?.removeAll { name in fields.contains { $0.path == name } }
      case .evaluate(let field, _):
        if columns?.contains(field.path) == false { columns?.append(field.path) }
      default: break
      }
    }

    private mutating func checkMeaning(_ stage: Stage) throws(Diagnostic) {
      switch stage.kind {
      case .filter(let node): try Checker.check(node)
      case .aggregate(let aggregation): try check(aggregation, stage)
      case .frequent(let frequent):
        ending = ending ?? stage
        try checkDifferent(frequent.fields)
      case .patterns, .tree, .context, .parse, .json, .logfmt:
        if let ending { throw needsRecords(stage, ending) }
        if stage.endsRecords { ending = stage }
        if case .parse(let pattern, _) = stage.kind { _ = try CompiledTextPattern(pattern) }
        if case .patterns(let request) = stage.kind, let windows = request.windows {
          for operand in [windows.current, windows.baseline] {
            try Checker.check(Node(.test(Test(FieldName(steps: [.member("time")]), .contains, operand))))
          }
        }
      case .evaluate(_, let expression): try check(expression)
      case .chart:
        guard ending != nil else {
          throw Diagnostic(
            "chart draws what was computed", range: stage.range, help: "write | count by 1m | chart line")
        }
      case .panel:
        guard hasSlice else {
          throw Diagnostic(
            "panel needs values over time", range: stage.range, help: "write | count by 1m | panel \"title\"")
        }
      case .fields(let fields): try checkDifferent(fields)
      case .sort, .limit, .drop, .dedup: break
      }
    }

    private mutating func check(_ aggregation: Aggregation, _ stage: Stage) throws(Diagnostic) {
      ending = ending ?? stage
      let slices = aggregation.keys.count { if case .slice = $0 { true } else { false } }
      hasSlice = slices > 0
      if slices > 1 {
        throw Diagnostic("there are two slices of time", range: stage.range, help: "leave one of them out")
      }
      var names = Set(
        aggregation.keys.map { key in if case .field(let field) = key { field.path } else { "time" } })
      if names.count < aggregation.keys.count {
        throw Diagnostic("two keys are the same", range: stage.range, help: "leave one of them out")
      }
      for aggregate in aggregation.aggregates {
        if case .countWhere(let node) = aggregate.function { try Checker.check(node) }
        guard names.insert(aggregate.name).inserted else {
          throw Diagnostic(
            "two columns are called \(aggregate.name)", range: aggregate.range,
            help: "name one of them: \(QueryPrinter.print(aggregate.function)) as other")
        }
      }
    }

    /// Columns are known by their names.
    private func checkDifferent(_ fields: [FieldName]) throws(Diagnostic) {
      var names: Set<String> = []
      for field in fields where !names.insert(field.path).inserted {
        throw Diagnostic("two columns are called \(field.path)", range: field.range, help: "leave one of them out")
      }
    }

    private func check(_ expression: Expression) throws(Diagnostic) {
      switch expression {
      case .test(let node): try Checker.check(node)
      case .negative(let part): try check(part)
      case .binary(_, let left, let right):
        try check(left)
        try check(right)
      case .call(_, let arguments): for argument in arguments { try check(argument) }
      case .number, .text, .field: break
      }
    }

    private func needsRecords(_ stage: Stage, _ ending: Stage) -> Diagnostic {
      let name = QueryPrinter.print(stage).split(separator: " ").first.map(String.init) ?? ""
      let earlier = QueryPrinter.print(ending).split(separator: " ").first.map(String.init) ?? ""
      return Diagnostic(
        "\(name) looks at records, and \(earlier) has made rows of them", range: stage.range,
        help: "put \(name) before \(earlier)")
    }
  }
}

extension Stage {
  /// Whether records end here, and rows of a table come out.
  public var endsRecords: Bool {
    switch kind {
    case .aggregate, .frequent, .patterns, .tree: true
    default: false
    }
  }
}
