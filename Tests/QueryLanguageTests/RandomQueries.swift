import QueryLanguage
import TestSupport

/// Makes random syntax trees, as the parser could give them.
struct RandomQueries {
  var generator: SeededGenerator
  /// Whether values may have every character; otherwise they are those that random records have.
  var isWild = true

  init(seed: UInt64, isWild: Bool = true) {
    generator = SeededGenerator(seed)
    self.isWild = isWild
  }

  mutating func node(depth: Int) -> Node {
    guard depth > 0, generator.chance(60) else { return term() }
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: return Node(.not(node(depth: depth - 1)))
    case 1: return .conjunction(parts(depth))
    default: return .disjunction(parts(depth))
    }
  }

  private mutating func parts(_ depth: Int) -> [Node] {
    (0..<Int.random(in: 2...3, using: &generator)).map { _ in node(depth: depth - 1) }
  }

  private mutating func term() -> Node {
    switch Int.random(in: 0..<10, using: &generator) {
    case 0: return Node(isWild && generator.chance(50) ? .saved("noise-1") : .all)
    case 1...2: return Node(.text(text(isWord: true)))
    case 3: return Node(.regex(regex()))
    default: return Node(.test(test()))
    }
  }

  private static let characters = Array("aZ09 .:=!<>~-*\\\"'()|&,@`/[]{}_#é日\u{1F600}\n\tx")
  private static let words = [
    "a", "b", "ab", "A", "err", "5", "50", "500", "7", "007", "1.5", "18ms", "1m30s", "2KiB", "x", "0.018", "5e2",
  ]

  mutating func string() -> String {
    if !isWild { return generator.pick(Self.words) }
    return String((0..<Int.random(in: 1...6, using: &generator)).map { _ in generator.pick(Self.characters) })
  }

  private mutating func text(isWord: Bool = false) -> Literal {
    if generator.chance(30) { return .quoted(isWild && generator.chance(5) ? "" : string()) }
    var pieces = [string()]
    while generator.chance(20) { pieces.append(generator.chance(30) ? "" : string()) }
    if generator.chance(10) { pieces.insert("", at: 0) }
    // Neighbouring wildcards are one, and a wildcard alone is no text.
    pieces = pieces.enumerated().filter { $0 == 0 || $0 == pieces.count - 1 || !$1.isEmpty }.map(\.element)
    let literal = Literal(pieces: pieces == ["", ""] ? ["a"] : pieces, isQuoted: false)
    guard isWord, let plain = literal.plainText, ["and", "or", "not", "in"].contains(plain.lowercased()) else {
      return literal
    }
    return .bare("word")
  }

  private mutating func regex() -> RegexLiteral {
    let pattern = generator.pick(["a", "a|b", "^\\d+$", "[^/]+", "x(y|z)*", "\\\\", "a b", "é.", "[a\"b]", "5(0)?"])
    return RegexLiteral(pattern: pattern, flags: generator.pick(["", "i", "ms", "ims"]))
  }

  mutating func field() -> FieldName {
    let names =
      isWild ? ["f", "user-id", "odd name", "not", "a.b", "@x", "$1", "é", "5x"] : ["f", "g", "n", "took_ms"]
    var steps = [FieldName.Step.member(generator.pick(names))]
    while isWild, generator.chance(25) {
      steps.append(generator.pick([.member(generator.pick(names)), .element(3), .anyElement]))
    }
    let unit = generator.chance(10) ? "s" : nil
    return FieldName(steps: steps, isOwn: isWild && generator.chance(10), statedUnit: unit)
  }

  private mutating func number() -> Literal {
    .bare(generator.pick(["5", "-3", "500", "1.5", "18ms", "1m30s", "2KiB", "1M", "0", "7"]))
  }

  private mutating func test() -> Test {
    switch Int.random(in: 0..<12, using: &generator) {
    case 0: return level()
    case 1: return Test(field(), .contains, .anything)
    case 2: return Test(field(), generator.pick([.matches, .notMatches]), .regex(regex()))
    case 3...4:
      return Test(field(), generator.pick([.greater, .greaterOrEqual, .less, .lessOrEqual]), .value(number()))
    case 5: return Test(field(), generator.pick([.oneOf, .noneOf]), .values([text(), text(), text()]))
    case 6: return Test(field(), generator.pick([.contains, .notContains]), .values([text(), text()]))
    case 7: return Test(field(), generator.pick([.contains, .notContains]), .range(.bare("-1"), .bare("500")))
    case 8:
      let name = FieldName(steps: [.member(generator.pick(["msg", "source", "raw", "format", "line"]))])
      return Test(name, generator.pick([.contains, .equal, .notEqual]), .value(notRange(text())))
    default:
      return Test(
        field(), generator.pick([.contains, .notContains, .equal, .notEqual]), .value(notRange(text())))
    }
  }

  /// A value that would be read as a range is one.
  private func notRange(_ literal: Literal) -> Literal {
    literal.isQuoted || !literal.pieces.contains { $0.contains("..") } ? literal : .bare("dots")
  }

  private mutating func level() -> Test {
    let level = FieldName(steps: [.member("level")])
    let names = ["debug", "warning", "error", "PANIC"].map { Literal.bare($0) }
    switch Int.random(in: 0..<4, using: &generator) {
    case 0:
      return Test(level, generator.pick([.greaterOrEqual, .less, .equal, .notEqual]), .value(generator.pick(names)))
    case 1: return Test(level, .oneOf, .values([names[0], generator.pick(names)]))
    case 2: return Test(level, .contains, .range(.bare("info"), .bare("error")))
    default: return Test(level, generator.pick([.contains, .notContains]), .values([names[1], names[2]]))
    }
  }

  /// A line of JSON, logfmt or text with the fields that tame queries ask for.
  mutating func line(_ format: String) -> String {
    let names = ["f", "g", "n", "took_ms", "level"].shuffled(using: &generator).prefix(
      Int.random(in: 0...4, using: &generator))
    let pairs = names.map { ($0, value($0)) }
    switch format {
    case "json": return "{" + pairs.map { "\"\($0)\":\(json($1))" }.joined(separator: ",") + "}"
    default: return "time=2026-01-02T10:00:00Z " + pairs.map { "\($0)=\(logfmt($1))" }.joined(separator: " ")
    }
  }

  private mutating func value(_ name: String) -> String {
    if name == "level" { return generator.pick(["debug", "info", "WARN", "error", "crit", "odd"]) }
    return generator.pick(Self.words + ["err or", "x\\y", "A\"b", "5.0", "-3", "0500", "long err text", "é"])
  }

  private mutating func json(_ text: String) -> String {
    if generator.chance(5) { return "null" }
    if generator.chance(10) { return "[\(json(generator.pick(Self.words))),\(json("ab"))]" }
    if generator.chance(60), text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?(e[0-9]+)?/) != nil { return text }
    var result = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" {
        result += "\\" + String(scalar)
      } else if generator.chance(10) {
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private mutating func logfmt(_ text: String) -> String {
    if generator.chance(50), !text.contains(where: { " \"\\=".contains($0) }) { return text }
    return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
