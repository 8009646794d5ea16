/// A regular expression over UTF-8 bytes, compiled. Never slower than O(pattern x text), whatever the pattern.
///
///     let pattern = try Pattern(#"status=5\d\d"#)
///     pattern.isMatch(bytes)                      // Bool
///     pattern.firstMatch(in: bytes)               // Range<Int>?
///     pattern.forEachMatchingLine(in: segment) { offset, end in ... }
///
/// Ill-formed UTF-8 is no obstacle: each part that decoding would replace by U+FFFD is one character, which `.` and
/// negated classes match. Safe to use from any number of threads at once.
public final class Pattern: Sendable {
  /// The pattern as given; for literals and wildcards the expression that they stand for.
  public let source: String
  /// The flags that it was compiled with.
  public let options: PatternOptions
  /// The names of the groups from group 1 on; nil for a group without a name.
  public let captureNames: [String?]
  /// Whether a match may contain a newline, so that a scan line by line can miss it (`\s`, `[^x]`, `\n`, `(?s).`).
  public let crossesLines: Bool
  /// Whether it asks for the ends of the text (`^` or `$` without `m`, `\A`, `\z`), so that it may match a line by
  /// itself and yet not the text that the line stands in.
  public let anchorsToText: Bool

  /// Whether a carriage return at the end of a line may make a line match that does not match without it (`.`, `\r`).
  public let matchesReturns: Bool
  /// Whether a carriage return may hide the end of a line or text that it asks for (`$`, `\z`).
  public let anchorsToLineEnds: Bool
  /// The texts between the wildcards of a literal or wildcard pattern; empty for regular expressions.
  public let pieces: [String]

  /// Bytes that every match contains exactly as they are; nil where none are known.
  public let requiredLiteral: [UInt8]?

  /// Finds text that every match contains; nil where none is known, or looking for it does not pay.
  let prefilter: Prefilter?
  let program: Program
  /// Answers line by line.
  let lineAutomata: ScratchPool<LazyDFA>
  /// Answers for a whole text; the same as `lineAutomata` where that makes no difference.
  let textAutomata: ScratchPool<LazyDFA>
  let spanMatchers: ScratchPool<SpanMatcher>
  let captureMatchers: ScratchPool<SpanMatcher>

  /// Compiles `regex`; see `PatternSyntax` for what it may contain.
  public convenience init(_ regex: String, options: PatternOptions = PatternOptions()) throws(PatternError) {
    var parser = PatternParser(regex, options: options)
    let node = try parser.parse()
    let program = try ProgramBuilder.build(
      node, groupCount: parser.captureNames.count + 1, patternLength: regex.utf8.count)
    guard program.instructions.count * program.groupCount <= Program.largestCaptureSize else {
      throw PatternError(
        message: "there are too many groups for so large a pattern", range: 0..<regex.utf8.count,
        help: "write (?:...) where a group need not be captured")
    }
    self.init(source: regex, options: options, node: node, program: program, captureNames: parser.captureNames)
  }

  private init(
    source: String, options: PatternOptions, node: SyntaxNode, program: Program, captureNames: [String?],
    pieces: [String] = []
  ) {
    self.pieces = pieces
    self.source = source
    self.options = options
    self.program = program
    self.captureNames = captureNames
    let crossesLines = node.contains { if case .set(let set) = $0 { set.scalars.contains(10) } else { false } }
    let anchorsToText = node.contains {
      if case .assertion(let assertion) = $0 { assertion == .textStart || assertion == .textEnd } else { false }
    }
    matchesReturns = node.contains { node in
      switch node {
      case .set(let set): set.scalars.contains(13)
      case .assertion(let assertion): assertion == .notWordBoundary
      default: false
      }
    }
    anchorsToLineEnds = node.contains {
      if case .assertion(let assertion) = $0 { assertion == .lineEnd || assertion == .textEnd } else { false }
    }
    self.crossesLines = crossesLines
    self.anchorsToText = anchorsToText

    requiredLiteral = RequiredLiteral.bytes(requiredBy: node)
    prefilter = RequiredTextFinder.required(by: node).flatMap { Prefilter($0) }

    let classes = ByteClasses(program)
    lineAutomata = ScratchPool { LazyDFA(program, classes: classes, isLinewise: true) }
    textAutomata =
      crossesLines || anchorsToText
      ? ScratchPool { LazyDFA(program, classes: classes, isLinewise: false) } : lineAutomata
    spanMatchers = ScratchPool { SpanMatcher(program, capturesGroups: false) }
    captureMatchers = ScratchPool { SpanMatcher(program, capturesGroups: true) }
  }

  /// Text for itself, no character of which is special.
  public static func literal(_ text: String, ignoresCase: Bool) -> Pattern {
    wildcard([text], ignoresCase: ignoresCase)
  }

  /// Texts in order with anything between them, as `*` means in the words of a query: `["time", "out"]` is `time*out`.
  ///
  /// What is between stays on one line. With `isWhole` nothing may stand before the first or after the last piece,
  /// an empty piece at the end of the list then allows anything there, and newlines may stand between:
  /// `["88", ""]` is `88*`.
  public static func wildcard(_ pieces: [String], ignoresCase: Bool, isWhole: Bool = false) -> Pattern {
    let gap = CharacterSet(scalars: isWhole ? ScalarSet() : ScalarSet(10...10)).inverted
    var nodes: [SyntaxNode] = isWhole ? [.assertion(.textStart)] : []
    for (index, piece) in pieces.enumerated() {
      if index > 0 {
        let repetition = Repetition(body: .set(gap), least: 0, most: nil, isGreedy: false, range: 0..<0)
        nodes.append(.repetition(repetition))
      }
      for scalar in piece.unicodeScalars {
        let set = ScalarSet(scalar.value...scalar.value)
        nodes.append(.set(CharacterSet(scalars: ignoresCase ? CaseFolding.closure(of: set) : set)))
      }
    }
    if isWhole { nodes.append(.assertion(.textEnd)) }
    let escaped = pieces.map { escape($0) }.joined(separator: isWhole ? "(?s:.*?)" : ".*?")
    let node = SyntaxNode.concatenation(nodes)
    return Pattern(
      source: isWhole ? "\\A\(escaped)\\z" : escaped, options: PatternOptions(ignoresCase: ignoresCase), node: node,
      program: ProgramBuilder.buildUnbounded(node), captureNames: [], pieces: pieces)
  }

  /// `text` with a backslash before everything that has a meaning in a pattern.
  public static func escape(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
      if "\\.+*?()|[]{}^$".unicodeScalars.contains(character) { result.append("\\") }
      result.unicodeScalars.append(character)
    }
    return result
  }
}
