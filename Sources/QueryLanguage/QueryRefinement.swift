import Records

/// Changes a query on a key: filters for a value or filters it out, and takes that back on the second press.
///
///     QueryRefinement.refine("error", adding: "status", equals: "500", kind: .number)                   // "error status=500"
///     QueryRefinement.refine("error status=500", adding: "status", equals: "500", kind: .number)        // "error"
///     QueryRefinement.refine("a or b", adding: "host", equals: "db 1", isNegated: true)         // "(a or b) -host=\"db 1\""
public enum QueryRefinement {
  /// `query` with the test `field=value` (or its negation) added; without it, if it was there already; with it in place
  /// of its opposite.
  ///
  /// `field` is spelled as in a query: `fieldName(ofPath:)` spells the path of a record's own field.
  public static func refine(
    _ query: String, adding field: String, equals value: String, kind: FieldKind = .string, isNegated: Bool = false
  ) -> String {
    guard let name = read(field) else { return query }
    let test = Test(name, .equal, .value(literal(value, kind: kind)))
    return refine(query, with: Node(.test(test)), isNegated: isNegated)
  }

  /// `query` with a search for `phrase` (or its negation) added, taken back or turned round in the same way.
  public static func refine(_ query: String, addingPhrase phrase: String, isNegated: Bool = false) -> String {
    refine(query, with: Node(.text(.quoted(phrase))), isNegated: isNegated)
  }

  /// `query` with the saved filter `@name` added, or taken back.
  public static func refine(_ query: String, togglingSaved name: String) -> String {
    refine(query, with: Node(.saved(name)), isNegated: false)
  }

  /// How a query spells the path of a record's own field: with a leading dot where a built-in field has that name, and
  /// in backquotes where it must be.
  public static func fieldName(ofPath path: String) -> String {
    var name = ownName(path)
    name.isOwn = name.builtIn != nil
    return QueryPrinter.print(name)
  }

  private static func ownName(_ path: String) -> FieldName {
    if let name = read(path), name.path == path { return name }
    return FieldName(steps: [.member(path)])
  }

  private static func read(_ field: String) -> FieldName? {
    var lexer = Lexer(field)
    guard let name = try? lexer.fieldName(), lexer.isAtEnd else {
      return field.isEmpty || field.contains("`") ? nil : FieldName(steps: [.member(field)])
    }
    return name
  }

  /// Numbers and plain words stand bare; everything that might be read as something else is quoted.
  static func literal(_ value: String, kind: FieldKind) -> Literal {
    let isNumber = Quantity(value) != nil
    if kind == .number, isNumber { return .bare(value) }
    let isPlain =
      value.utf8.first.map { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "/") } ?? false
      && value.utf8.allSatisfy { $0.isLetter || $0.isDigit || "_-./@+:".utf8.contains($0) } && !value.contains("..")
      && !value.hasPrefix("//")
    return isPlain && !isNumber ? .bare(value) : .quoted(value)
  }

  /// `query` for records from `start` up to `end` only, in place of such a stretch that it names already.
  ///
  ///     QueryRefinement.refine("error time:10:00..11:00", from: "10:15", to: "10:20")     // "error time:10:15..10:20"
  public static func refine(_ query: String, from start: String, to end: String) -> String {
    let written = "time:\(start)..\(end)"
    guard let tree = try? QueryParser.parse(query) else { return query.trimmingEnd + " " + written }
    let (parts, texts) = conjuncts(of: tree, query)
    let kept = zip(parts, texts).filter { !$0.0.isStretchOfTime }.map(\.1)

    return (kept + [written]).joined(separator: " ")
  }

  /// The parts that all must be true, and how each is written beside others.
  private static func conjuncts(of tree: SyntaxTree, _ query: String) -> (parts: [Node], texts: [String]) {
    let parts: [Node]
    switch tree.root.kind {
    case .all: parts = []
    case .and(let nodes): parts = nodes
    default: parts = [tree.root]
    }
    let bytes = Array(query.utf8)
    let texts = parts.map { part in
      let text = String(decoding: bytes[part.range.clamped(to: 0..<bytes.count)], as: UTF8.self)
      if case .or = part.kind, !text.hasPrefix("(") || parts.count == 1 { return QueryPrinter.grouped(part) }
      return text
    }
    return (parts, texts)
  }

  private static func refine(_ query: String, with node: Node, isNegated: Bool) -> String {
    let written = (isNegated ? "-" : "") + QueryPrinter.print(node)
    guard let tree = try? QueryParser.parse(query) else {
      let kept = query.trimmingEnd
      return kept.isEmpty ? written : kept + " " + written
    }
    let wanted = isNegated ? Node(.not(node)) : node
    let opposite = isNegated ? node : Node(.not(node))
    var (parts, texts) = conjuncts(of: tree, query)
    if let index = parts.firstIndex(of: wanted) {
      texts.remove(at: index)
      if parts.count == 2, case .or(let inner) = parts[1 - index].kind {
        return QueryPrinter.print(.disjunction(inner))
      }
    } else if let index = parts.firstIndex(of: opposite) {
      texts[index] = written
    } else {
      texts.append(written)
    }
    return texts.joined(separator: " ")
  }
}

extension QueryPrinter {
  /// The canonical text of a node in parentheses.
  static func grouped(_ node: Node) -> String { "(" + print(node) + ")" }
}

extension Node {
  /// Whether it asks for a stretch of time, as `time:a..b`.
  fileprivate var isStretchOfTime: Bool {
    guard case .test(let test) = kind, test.field.builtIn == .time, case .range = test.operand else { return false }
    return true
  }
}
