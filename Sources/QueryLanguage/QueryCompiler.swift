import Matching

/// Turns a syntax tree into something that can be applied to records.
public enum QueryCompiler {
  /// Compiles a query without a pipeline: times become absolute, saved filters are put in, patterns are built.
  public static func compile(_ tree: SyntaxTree, context: QueryContext) throws(Diagnostic) -> CompiledFilter {
    if let stage = tree.stages.first {
      throw Diagnostic(
        "only a filter can stand here, without a pipeline", range: stage.range, help: "leave out what follows the |")
    }
    var compilation = Compilation(text: tree.text, context: context)
    let predicate = try compilation.predicate(of: tree.root)
    let canonical = QueryPrinter.print(tree)
    let resolved = TimeResolution(context: context).resolved(tree.root)
    return CompiledFilter(
      predicate: predicate, warnings: compilation.warnings, unitDoubts: compilation.unitDoubts,
      resolvedText: resolved == tree.root ? tree.text : QueryPrinter.print(resolved),
      readAs: isSame(canonical, tree.text) ? nil : canonical, highlights: compilation.highlights,
      clauses: try clauses(of: tree, context), slides: compilation.slides)
  }

  /// Compiles one test of a pipeline, which was written in `text`.
  public static func predicate(of node: Node, in text: String, context: QueryContext) throws(Diagnostic) -> Predicate {
    var compilation = Compilation(text: text, context: context)
    return try compilation.predicate(of: node)
  }

  /// Reads and compiles in one step.
  public static func compile(_ text: String, context: QueryContext) throws(Diagnostic) -> CompiledFilter {
    try compile(QueryParser.parse(text), context: context)
  }

  private static func clauses(of tree: SyntaxTree, _ context: QueryContext) throws(Diagnostic) -> [CompiledFilter
    .Clause]
  {
    var compilation = Compilation(text: tree.text, context: context)
    let parts: [Node]
    switch tree.root.kind {
    case .all: parts = []
    case .and(let nodes): parts = nodes
    default: parts = [tree.root]
    }
    var clauses: [CompiledFilter.Clause] = []
    for part in parts {
      clauses.append(.init(text: QueryPrinter.print(part), predicate: try compilation.predicate(of: part)))
    }
    return clauses
  }

  /// Whether two texts differ in white space only; nothing typed is every record too.
  private static func isSame(_ canonical: String, _ typed: String) -> Bool {
    let typed = typed.filter { !$0.isWhitespace }
    return typed.isEmpty || canonical.filter { !$0.isWhitespace } == typed
  }
}

/// One run of the compiler: what it has found on its way through the tree.
struct Compilation {
  let text: String
  let context: QueryContext
  var warnings: [Diagnostic] = []
  var unitDoubts: [CompiledFilter.UnitDoubt] = []
  var highlights: [Pattern] = []
  var slides = false
  /// The saved filters that are being put in, outermost first.
  var savedStack: [String] = []
  /// Where the outermost of them was named: all that the user sees of their texts.
  var savedRange: Range<Int>?
  /// Whether an odd number of `not` stands around the part at hand, which then shows nothing to highlight.
  private var isNegated = false

  init(text: String, context: QueryContext) {
    self.text = text
    self.context = context
  }

  mutating func predicate(of node: Node) throws(Diagnostic) -> Predicate {
    switch node.kind {
    case .all: return .all
    case .and(let parts):
      warnOfLooseUnits(parts)
      return .all(of: try predicates(of: parts))
    case .or(let parts): return .any(of: try predicates(of: parts))
    case .not(let part):
      isNegated.toggle()
      defer { isNegated.toggle() }
      return .inverse(of: try predicate(of: part))
    case .saved(let name): return try saved(name, at: node.range)
    case .text(let literal):
      if literal.plainText == "" { return .all }
      return text(literal.searchPattern, key: QueryPrinter.print(node))
    case .regex(let regex): return text(try pattern(of: regex), key: QueryPrinter.print(node))
    case .test(let test): return try predicate(of: test, at: node.range)
    }
  }

  private mutating func predicates(of parts: [Node]) throws(Diagnostic) -> [Predicate] {
    var predicates: [Predicate] = []
    for part in parts { predicates.append(try predicate(of: part)) }
    return predicates
  }

  /// A search in the raw text.
  mutating func text(_ pattern: Pattern, key: String) -> Predicate {
    highlight(pattern)
    return .leaf(Leaf(key: "text:" + key, kind: .text(pattern), prefilters: [pattern]))
  }

  mutating func highlight(_ pattern: Pattern) {
    if !isNegated { highlights.append(pattern) }
  }

  /// Puts in the filter saved as `name`.
  private mutating func saved(_ name: String, at range: Range<Int>) throws(Diagnostic) -> Predicate {
    let shown = savedRange ?? range
    guard let text = context.savedFilters[name] else { throw unknownSaved(name, shown) }
    guard !savedStack.contains(name) else {
      let way = (savedStack + [name]).map { "@" + $0 }.joined(separator: " -> ")
      throw Diagnostic("a saved filter uses itself: \(way)", range: shown, help: "change one of them")
    }
    let outer = savedRange
    savedRange = shown
    savedStack.append(name)
    defer {
      savedRange = outer
      savedStack.removeLast()
    }
    do throws(Diagnostic) {
      let tree = try QueryParser.parse(text)
      if let stage = tree.stages.first {
        throw Diagnostic(
          "it has a pipeline, which cannot be part of a filter", range: stage.range, help: "save the filter by itself")
      }
      return try predicate(of: tree.root)
    } catch {
      if outer != nil || error.message.hasPrefix("a saved filter") || error.message.hasPrefix("in @") { throw error }
      throw Diagnostic("in @\(name): \(error.message)", range: shown, help: error.help)
    }
  }

  private func unknownSaved(_ name: String, _ range: Range<Int>) -> Diagnostic {
    let names = context.savedFilters.keys.sorted()
    let nearest = Suggestion.nearest(to: name, among: names)
    let list = names.isEmpty ? "there are none yet" : "saved filters: " + names.map { "@" + $0 }.joined(separator: " ")
    return Diagnostic(
      "unknown saved filter @\(name)", range: range, help: (nearest.map { "did you mean @\($0)? " } ?? "") + list,
      repair: savedRange == nil ? nearest.map { .init(range: range, replacement: "@" + $0) } : nil)
  }

  /// Builds a regular expression; a mistake in it is shown where it stands in the query.
  func pattern(of regex: RegexLiteral) throws(Diagnostic) -> Pattern {
    let options = PatternOptions(
      ignoresCase: regex.flags.contains("i"), dotMatchesNewline: regex.flags.contains("s"),
      anchorsMatchLines: regex.flags.contains("m"))
    do throws(PatternError) {
      return try Pattern(regex.pattern, options: options)
    } catch {
      let range = savedRange ?? position(of: error.range, in: regex)
      throw Diagnostic(error.message, range: range, help: error.help)
    }
  }

  /// Where a part of a pattern stands in the query: behind the delimiter, with a backslash more before each slash.
  private func position(of range: Range<Int>, in regex: RegexLiteral) -> Range<Int> {
    let bytes = Array(text.utf8)
    let written = regex.range.clamped(to: 0..<bytes.count)
    var offsets: [Int] = []
    var index = written.lowerBound
    if index < written.upperBound, "/\"".utf8.contains(bytes[index]) { index += 1 }
    while index < written.upperBound {
      let isNeedless =
        bytes[index] == UInt8(ascii: "\\") && index + 1 < written.upperBound && "/\"".utf8.contains(bytes[index + 1])
      offsets.append(index)
      index += isNeedless ? 2 : 1
    }
    let end =
      offsets.indices.contains(regex.pattern.utf8.count) ? offsets[regex.pattern.utf8.count] : written.upperBound
    func offset(_ place: Int) -> Int { place < min(offsets.count, regex.pattern.utf8.count) ? offsets[place] : end }
    return offset(range.lowerBound)..<max(offset(range.lowerBound), offset(range.upperBound))
  }
}
