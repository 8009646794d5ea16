/// A parsed query, with the text that it was read from.
///
///     let tree = try QueryParser.parse("level>=warn -healthz")
///     tree.root.kind                              // .and([test, .not(word)])
///     QueryPrinter.print(tree)                    // "level>=warn and not healthz"
public struct SyntaxTree: Hashable, Sendable {
  /// What was parsed; the ranges of nodes and diagnostics are UTF-8 offsets into it.
  public let text: String
  /// The filter.
  public let root: Node
  /// What follows it, in order; none for a filter alone.
  public let stages: [Stage]

  /// Makes a tree.
  public init(text: String, root: Node, stages: [Stage] = []) {
    self.text = text
    self.root = root
    self.stages = stages
  }

  /// The filter alone.
  public var withoutStages: SyntaxTree { SyntaxTree(text: text, root: root) }

  /// How a chart of the result is drawn; nil where none was asked for.
  public var chart: ChartKind? {
    stages.compactMap { if case .chart(let kind) = $0.kind { kind } else { nil } }.last
  }

  /// The title under which the result is pinned as a panel; nil where that was not asked for.
  public var panel: String? {
    stages.compactMap { if case .panel(let title) = $0.kind { title } else { nil } }.last
  }

  /// How many records around each that passes the filter flow too; more than none asks for an index.
  public var contextCount: Int {
    stages.reduce(0) { most, stage in if case .context(let count) = stage.kind { max(most, count) } else { most } }
  }

  /// Whether both mean the same, however they were typed.
  public static func == (left: SyntaxTree, right: SyntaxTree) -> Bool {
    left.root == right.root && left.stages == right.stages
  }

  /// Hashes the meaning only.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(root)
    hasher.combine(stages)
  }
}

/// One part of a query: what it means, and where it was written. Two nodes are equal if they mean the same.
public struct Node: Hashable, Sendable {
  /// What is tested.
  public indirect enum Kind: Hashable, Sendable {
    /// `*`, or nothing at all: every record.
    case all
    /// All of at least two parts, none of them an `and` itself.
    case and([Node])
    /// At least one of at least two parts, none of them an `or` itself.
    case or([Node])
    /// The records that the part leaves out.
    case not(Node)
    /// `@name`: a saved filter.
    case saved(String)
    /// A bare word or a quoted phrase: the raw text contains it.
    case text(Literal)
    /// `~regex`: the raw text matches it.
    case regex(RegexLiteral)
    /// A test of one field.
    case test(Test)
  }

  /// What is tested.
  public var kind: Kind
  /// Where it was written, in UTF-8 offsets, with its parentheses.
  public var range: Range<Int>

  /// Makes a node; the empty range stands for "not written".
  public init(_ kind: Kind, range: Range<Int> = 0..<0) {
    self.kind = kind
    self.range = range
  }

  /// Whether both mean the same, wherever they were written.
  public static func == (left: Node, right: Node) -> Bool { left.kind == right.kind }

  /// Hashes the meaning only.
  public func hash(into hasher: inout Hasher) { hasher.combine(kind) }

  /// `parts` joined by `and`; nested ones are flattened, a single one stands alone.
  public static func conjunction(_ parts: [Node], range: Range<Int> = 0..<0) -> Node {
    let flat = parts.flatMap { part in if case .and(let inner) = part.kind { inner } else { [part] } }
    return flat.count == 1 ? flat[0] : Node(flat.isEmpty ? .all : .and(flat), range: range)
  }

  /// `parts` joined by `or`; nested ones are flattened, a single one stands alone.
  public static func disjunction(_ parts: [Node], range: Range<Int> = 0..<0) -> Node {
    let flat = parts.flatMap { part in if case .or(let inner) = part.kind { inner } else { [part] } }
    return flat.count == 1 ? flat[0] : Node(flat.isEmpty ? .all : .or(flat), range: range)
  }
}

/// Text as a person wrote it: quoted, or bare with `*` as a wildcard.
public struct Literal: Hashable, Sendable {
  /// The literal stretches, between which anything may stand: one if there is no wildcard; first and last may be empty.
  public var pieces: [String]
  /// Whether it was written in quotes: then it is text, never a number, a level or a time.
  public var isQuoted: Bool
  /// Where it was written, in UTF-8 offsets; takes no part in `==`.
  public var range: Range<Int>

  /// Makes a literal; a quoted one has one piece.
  public init(pieces: [String], isQuoted: Bool, range: Range<Int> = 0..<0) {
    self.pieces = pieces
    self.isQuoted = isQuoted
    self.range = range
  }

  /// A literal in quotes.
  public static func quoted(_ text: String) -> Literal { Literal(pieces: [text], isQuoted: true) }

  /// A literal without quotes and wildcards.
  public static func bare(_ text: String) -> Literal { Literal(pieces: [text], isQuoted: false) }

  /// Whether it has a wildcard.
  public var hasWildcard: Bool { pieces.count > 1 }

  /// The text without wildcards; nil if there is one.
  public var plainText: String? { pieces.count == 1 ? pieces[0] : nil }

  /// The text if it may be read as a number, a level or a time: bare and without wildcard.
  public var bareText: String? { isQuoted ? nil : plainText }

  /// Whether both are the same text, wherever they were written.
  public static func == (left: Literal, right: Literal) -> Bool {
    left.pieces == right.pieces && left.isQuoted == right.isQuoted
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(pieces)
    hasher.combine(isQuoted)
  }
}

/// A regular expression as a person wrote it.
public struct RegexLiteral: Hashable, Sendable {
  /// The expression, with `\/` already read as `/`.
  public var pattern: String
  /// The letters after the closing slash, of `i`, `m`, `s`, each once and in this order.
  public var flags: String
  /// Where it was written, in UTF-8 offsets, with its slashes or quotes; takes no part in `==`.
  public var range: Range<Int>

  /// Makes an expression.
  public init(pattern: String, flags: String = "", range: Range<Int> = 0..<0) {
    self.pattern = pattern
    self.flags = flags
    self.range = range
  }

  /// Whether both are the same expression, wherever they were written.
  public static func == (left: RegexLiteral, right: RegexLiteral) -> Bool {
    left.pattern == right.pattern && left.flags == right.flags
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(pattern)
    hasher.combine(flags)
  }
}

/// A test of one field.
public struct Test: Hashable, Sendable {
  /// How the field is compared.
  public enum Comparison: String, Hashable, Sendable, CaseIterable {
    /// `=` (`==`): the same text or number.
    case equal = "="
    /// `!=`: the field is there, and not the same.
    case notEqual = "!="
    /// `:`: contains, or equals where numbers and levels are compared.
    case contains = ":"
    /// `!:`: the field is there, and does not contain.
    case notContains = "!:"
    /// `~` (`=~`): matches a regular expression.
    case matches = "~"
    /// `!~`: the field is there, and does not match.
    case notMatches = "!~"
    /// `>`
    case greater = ">"
    /// `>=`
    case greaterOrEqual = ">="
    /// `<`
    case less = "<"
    /// `<=`
    case lessOrEqual = "<="
    /// `in`: equals one of several.
    case oneOf = "in"
    /// `not in`: the field is there, and equals none of several.
    case noneOf = "not in"
  }

  /// What the field is compared with.
  public enum Operand: Hashable, Sendable {
    /// One value.
    case value(Literal)
    /// Values in parentheses: any of them.
    case values([Literal])
    /// `a..b`
    case range(Literal, Literal)
    /// `*`: the field has a value.
    case anything
    /// A regular expression.
    case regex(RegexLiteral)
  }

  /// The field.
  public var field: FieldName
  /// How it is compared.
  public var comparison: Comparison
  /// With what.
  public var operand: Operand

  /// Makes a test.
  public init(_ field: FieldName, _ comparison: Comparison, _ operand: Operand) {
    self.field = field
    self.comparison = comparison
    self.operand = operand
  }
}
