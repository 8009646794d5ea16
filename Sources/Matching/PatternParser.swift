/// Reads the syntax of patterns: a recursive descent over the bytes of the pattern.
///
///     alternation   = concatenation { "|" concatenation }
///     concatenation = { atom { "*" | "+" | "?" | "{n,m}" } ["?"] }
///     atom          = "(" ... ")" | "[" ... "]" | "\" escape | "." | "^" | "$" | character
struct PatternParser {
  /// Counted repeats above this are refused.
  static let largestCount = 1000
  /// Groups nested deeper than this are refused: the parser and the builder recurse.
  static let deepestNesting = 200

  let pattern: [UInt8]
  var position = 0
  var flags: PatternOptions
  /// Flag `U`: `*` takes as few as possible and `*?` as many.
  var swapsGreed = false
  var captureNames: [String?] = []
  private var depth = 0

  init(_ pattern: String, options: PatternOptions) {
    self.pattern = Array(pattern.utf8)
    flags = options
  }

  /// The whole pattern.
  mutating func parse() throws(PatternError) -> SyntaxNode {
    let node = try alternation()
    if position < pattern.count {
      throw PatternError(
        message: "this ) closes no group", range: position..<position + 1, help: "write \\) for the character itself")
    }
    return node
  }

  // MARK: Reading bytes

  var next: UInt8? { position < pattern.count ? pattern[position] : nil }

  mutating func take(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard position + count <= pattern.count else { return false }
    for index in 0..<count where pattern[position + index] != text.utf8Start[index] { return false }
    position += count
    return true
  }

  /// The character at the position, which is not the end, and steps over it.
  mutating func takeScalar() -> UInt32 {
    let first = pattern[position]
    let count = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    var value = count == 1 ? UInt32(first) : UInt32(first) & (0x7F &>> UInt32(count))
    for index in 1..<max(count, 1) where position + index < pattern.count {
      value = value &<< 6 | UInt32(pattern[position + index] & 0x3F)
    }
    position = min(position + count, pattern.count)
    return value
  }

  func text(_ range: Range<Int>) -> String { String(decoding: pattern[range], as: UTF8.self) }

  // MARK: Grammar

  private mutating func alternation() throws(PatternError) -> SyntaxNode {
    var branches = [try concatenation()]
    while take("|") { branches.append(try concatenation()) }
    return branches.count == 1 ? branches[0] : .alternation(branches)
  }

  private mutating func concatenation() throws(PatternError) -> SyntaxNode {
    var nodes: [SyntaxNode] = []
    while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      let start = position
      if take("\\Q") {
        quotedText(&nodes)
        if let last = nodes.popLast() { nodes.append(try quantified(last, from: start)) }
        continue
      }
      guard let atom = try atom() else { continue }
      nodes.append(try quantified(atom, from: start))
    }
    return nodes.isEmpty ? .empty : nodes.count == 1 ? nodes[0] : .concatenation(nodes)
  }

  /// `\Q...\E`, or to the end: every character for itself.
  private mutating func quotedText(_ nodes: inout [SyntaxNode]) {
    while next != nil, !take("\\E") { nodes.append(literal(takeScalar())) }
  }

  /// One atom; nil for flags such as `(?i)`, which match nothing and cannot be repeated.
  private mutating func atom() throws(PatternError) -> SyntaxNode? {
    let start = position
    switch pattern[position] {
    case UInt8(ascii: "("): return try group()
    case UInt8(ascii: "["): return .set(try bracketClass())
    case UInt8(ascii: "\\"): return try escape()
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
      throw PatternError(
        message: "there is nothing before \(text(start..<start + 1)) to repeat", range: start..<start + 1,
        help: "write \\\(text(start..<start + 1)) for the character itself")
    case UInt8(ascii: "."):
      position += 1
      let all = CharacterSet(scalars: .everything, matchesInvalid: true)
      return .set(flags.dotMatchesNewline ? all : CharacterSet(scalars: ScalarSet(10...10)).inverted)
    case UInt8(ascii: "^"):
      position += 1
      return .assertion(flags.anchorsMatchLines ? .lineStart : .textStart)
    case UInt8(ascii: "$"):
      position += 1
      return .assertion(flags.anchorsMatchLines ? .lineEnd : .textEnd)
    default: return literal(takeScalar())
    }
  }

  func literal(_ scalar: UInt32) -> SyntaxNode { .set(CharacterSet(scalars: folded(ScalarSet(scalar...scalar)))) }

  func folded(_ set: ScalarSet) -> ScalarSet { flags.ignoresCase ? CaseFolding.closure(of: set) : set }

  // MARK: Groups

  private mutating func group() throws(PatternError) -> SyntaxNode? {
    let start = position
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepestNesting else {
      throw PatternError(
        message: "groups are nested deeper than \(Self.deepestNesting)", range: start..<start + 1, help: nil)
    }
    position += 1
    let (outerFlags, outerSwaps) = (flags, swapsGreed)
    switch try opening(from: start) {
    case .flags: return nil
    case .plain:
      let body = try groupBody(from: start)
      (flags, swapsGreed) = (outerFlags, outerSwaps)
      return body
    case .capture(let name):
      captureNames.append(name)
      let index = captureNames.count
      let body = try groupBody(from: start)
      (flags, swapsGreed) = (outerFlags, outerSwaps)
      return .capture(body, index: index)
    }
  }

  private mutating func groupBody(from start: Int) throws(PatternError) -> SyntaxNode {
    let body = try alternation()
    guard take(")") else {
      throw PatternError(
        message: "this ( is never closed", range: start..<start + 1, help: "write \\( for the character itself")
    }
    return body
  }

  // MARK: Repeats

  private mutating func quantified(_ atom: SyntaxNode, from start: Int) throws(PatternError) -> SyntaxNode {
    let operatorStart = position
    guard let (least, most) = try quantifier() else { return atom }
    let isGreedy = take("?") == swapsGreed
    let range = start..<position
    if next == UInt8(ascii: "+") {
      throw PatternError(
        message: "possessive repeats are not supported", range: operatorStart..<position + 1,
        help: "leave the + out: no pattern can run away here")
    }
    let second = position
    if try quantifier() != nil {
      throw PatternError(
        message: "a repeat cannot follow a repeat", range: second..<position,
        help: "put the first one in a group: (?:a*)*")
    }
    return .repetition(Repetition(body: atom, least: least, most: most, isGreedy: isGreedy, range: range))
  }

  private mutating func quantifier() throws(PatternError) -> (Int, Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    guard next == UInt8(ascii: "{") else { return nil }
    let start = position
    position += 1
    guard let least = number() else {
      position = start
      return nil
    }
    var most: Int? = least
    if take(",") { most = number() }
    guard take("}") else {
      position = start
      return nil
    }
    guard least <= Self.largestCount, most ?? 0 <= Self.largestCount else {
      throw PatternError(
        message: "a counted repeat goes up to \(Self.largestCount)", range: start..<position,
        help: "use * or + for any number")
    }
    if let most, most < least {
      throw PatternError(message: "this repeat counts down", range: start..<position, help: "write {\(most),\(least)}")
    }
    return (least, most)
  }

  /// Decimal digits; anything too large is kept just above the limit.
  private mutating func number() -> Int? {
    let start = position
    var value = 0
    while let byte = next, byte >= 0x30, byte <= 0x39 {
      value = min(value * 10 + Int(byte - 0x30), Self.largestCount + 1)
      position += 1
    }
    return position > start ? value : nil
  }
}
