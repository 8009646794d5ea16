// What filters and stages mention, wherever it stands in them.

extension Node {
  /// Gives every test of a field, also those inside of `not`, `and` and `or`.
  func forEachTest(_ body: (Test) -> Void) {
    switch kind {
    case .and(let parts), .or(let parts): for part in parts { part.forEachTest(body) }
    case .not(let part): part.forEachTest(body)
    case .test(let test): body(test)
    case .all, .saved, .text, .regex: break
    }
  }

  /// Whether a saved filter is named, of which nothing is known here.
  var namesSavedFilter: Bool {
    switch kind {
    case .and(let parts), .or(let parts): parts.contains(where: \.namesSavedFilter)
    case .not(let part): part.namesSavedFilter
    case .saved: true
    case .all, .text, .regex, .test: false
    }
  }
}

extension Expression {
  /// Gives every field that is read, and every test.
  func forEach(field: (FieldName) -> Void, node: (Node) -> Void) {
    switch self {
    case .field(let name): field(name)
    case .test(let test): node(test)
    case .negative(let part): part.forEach(field: field, node: node)
    case .binary(_, let left, let right):
      left.forEach(field: field, node: node)
      right.forEach(field: field, node: node)
    case .call(_, let arguments): for argument in arguments { argument.forEach(field: field, node: node) }
    case .number, .text: break
    }
  }
}

extension Stage {
  /// Gives every field that the stage reads outside of tests, and every filter in it.
  func forEach(field: (FieldName) -> Void, node: (Node) -> Void) {
    switch kind {
    case .filter(let test): node(test)
    case .aggregate(let aggregation):
      for case .field(let name) in aggregation.keys { field(name) }
      for aggregate in aggregation.aggregates {
        if let name = aggregate.field { field(name) }
        if case .countWhere(let test) = aggregate.function { node(test) }
      }
    case .frequent(let frequent): frequent.fields.forEach(field)
    case .sort(let keys): for key in keys { field(key.field) }
    case .fields(let fields), .drop(let fields), .dedup(let fields): fields.forEach(field)
    case .evaluate(_, let expression): expression.forEach(field: field, node: node)
    case .parse(_, let source), .json(let source), .logfmt(let source), .tree(let source): source.map(field)
    case .patterns(let request): request.key.map(field)
    case .limit, .context, .chart, .panel: break
    }
  }
}

extension SyntaxTree {
  /// Whether a stage tests the time of records, so that it matters what is the present, or the newest record.
  public var hasTimesInStages: Bool {
    var found = false
    for stage in stages {
      if case .patterns(let request) = stage.kind, request.windows != nil { return true }
      stage.forEach { _ in
      } node: { node in
        if node.namesSavedFilter { found = true }
        node.forEachTest { if $0.field.builtIn == .time { found = true } }
      }
    }
    return found
  }

  /// Whether the number of a record's line is tested or read anywhere, or may be.
  public var asksForLineNumbers: Bool {
    var found = root.namesSavedFilter
    func look(_ node: Node) {
      if node.namesSavedFilter { found = true }
      node.forEachTest { if $0.field.builtIn == .line { found = true } }
    }
    look(root)
    for stage in stages {
      stage.forEach(field: { if $0.builtIn == .line { found = true } }, node: look)
    }
    return found
  }
}
