/// What a pattern cannot match without.
struct RequiredText: Hashable, Sendable {
  /// Not empty; lower-case where `ignoresCase`.
  var bytes: [UInt8]
  /// Whether ASCII letters stand for both cases.
  var ignoresCase: Bool
  /// Whether it is the whole pattern, so that finding it is a match.
  var isWhole: Bool
}

/// Finds the longest run of fixed characters that every match of a pattern contains.
struct LiteralExtraction {
  private var best: RequiredText?
  private var run: [UInt8] = []
  private var hasFolded = false
  private var hasUnfolded = false
  /// Whether every part so far was a fixed character.
  private var isExact = true

  /// The most selective required text of `node`; nil where there is none.
  static func required(by node: SyntaxNode) -> RequiredText? {
    var extraction = LiteralExtraction()
    extraction.visit(node)
    let isWhole = extraction.isExact && extraction.best == nil
    extraction.endRun(isWhole: isWhole)
    return extraction.best
  }

  private mutating func visit(_ node: SyntaxNode) {
    switch node {
    case .empty: break
    case .assertion: isExact = false
    case .capture(let body, _): visit(body)
    case .concatenation(let nodes): for node in nodes { visit(node) }
    case .set(let set):
      if !append(set) { interrupt() }
    case .alternation: interrupt()
    case .repetition(let repetition):
      interrupt()
      if repetition.least > 0 { visit(repetition.body) }
      interrupt()
    }
  }

  /// Adds a fixed character, or an ASCII letter in both cases.
  private mutating func append(_ set: CharacterSet) -> Bool {
    guard !set.matchesInvalid else { return false }
    let ranges = set.scalars.ranges
    if let only = set.scalars.single, let scalar = Unicode.Scalar(only) {
      run += Array(String(scalar).utf8)
      if scalar.properties.isAlphabetic, scalar.isASCII { hasUnfolded = true }
      return true
    }
    guard ranges.count == 2, let upper = ScalarSet(ranges[0]).single, let lower = ScalarSet(ranges[1]).single,
      0x41...0x5A ~= upper, upper + 0x20 == lower
    else { return false }
    run.append(UInt8(lower))
    hasFolded = true
    return true
  }

  private mutating func interrupt() {
    isExact = false
    endRun(isWhole: false)
  }

  /// Takes the run if it is better than what there was.
  private mutating func endRun(isWhole: Bool) {
    defer {
      run = []
      hasFolded = false
      hasUnfolded = false
    }
    guard !run.isEmpty else { return }
    let bytes = hasFolded ? run.map(LiteralFinder.lowercased) : run
    let candidate = RequiredText(
      bytes: bytes, ignoresCase: hasFolded, isWhole: isWhole && !(hasFolded && hasUnfolded))
    if best.map({ LiteralExtraction.score($0) < LiteralExtraction.score(candidate) }) ?? true { best = candidate }
  }

  /// Longer is better; among equals the one with the rarer byte.
  private static func score(_ text: RequiredText) -> Int {
    text.bytes.count * 64 - Int(text.bytes.map(ByteRarity.rank).min() ?? 0)
  }
}
