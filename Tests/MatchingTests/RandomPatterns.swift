import Foundation
import TestSupport

@testable import Matching

/// Random patterns in the syntax that this module and Python's `re` read alike.
///
/// Left out, since they differ: `$` without `m` (Python also matches before a last newline; `\Z` is written for it), `\z`
/// (`\Z` in Python up to 3.13), non-ASCII letters together with `(?i)` where classes like `\w` want Python's ASCII flag,
/// POSIX classes, `\p`, `\Q`, `\x{...}`, `\B` on an empty text.
struct RandomPatterns {
  var generator: SeededGenerator
  /// With ASCII classes and boundaries; without, non-ASCII letters ignore case too.
  let isASCII: Bool
  /// With what PCRE2 knows and Python does not: POSIX classes, categories and scripts (not under `i`, where PCRE2 folds
  /// only some), quoted text, characters by number, flag `U`. No letters k and s, which fold beyond ASCII there.
  var isForPCRE = false

  /// `PATTERN_ROUNDS` makes the comparisons longer, `PATTERN_SEED` makes them other ones.
  static let roundCount = ProcessInfo.processInfo.environment["PATTERN_ROUNDS"].flatMap { Int($0) } ?? 1
  static let seed = ProcessInfo.processInfo.environment["PATTERN_SEED"].flatMap { UInt64($0) } ?? 0

  struct Written {
    var ours: String
    var python: String

    init(_ both: String) { (ours, python) = (both, both) }
    init(_ ours: String, _ python: String) { (self.ours, self.python) = (ours, python) }

    static func + (left: Written, right: Written) -> Written {
      Written(left.ours + right.ours, left.python + right.python)
    }
  }

  mutating func pattern() -> Written {
    let flags = ["", "", "", "(?i)", "(?s)", "(?m)"].randomElement(using: &generator) ?? ""
    // Under `m` both read `$` alike.
    let body = alternation(3)
    return flags == "(?m)"
      ? Written(flags + body.ours, flags + body.ours.replacing("\\z", with: "\\Z")) : Written(flags) + body
  }

  mutating func text() -> String {
    let alphabet: [Character] = ["a", "a", "b", "b", "A", "B", "1", "_", " ", "\n", "é", "É", "я", "-", "€", "𝒳"]
    let count = Int.random(in: 0...14, using: &generator)
    return String((0..<count).map { _ in alphabet.randomElement(using: &generator) ?? "a" })
  }

  private mutating func alternation(_ depth: Int) -> Written {
    var result = concatenation(depth)
    while Int.random(in: 0..<4, using: &generator) == 0 { result = result + Written("|") + concatenation(depth) }
    return result
  }

  private mutating func concatenation(_ depth: Int) -> Written {
    var result = Written("")
    for _ in 0..<Int.random(in: 0...3, using: &generator) { result = result + quantified(depth) }
    return result
  }

  private mutating func quantified(_ depth: Int) -> Written {
    let (atom, isAssertion) = atom(depth)
    let quantifiers = ["", "", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,3}", "{0,2}?", "{2,}"]
    let choice = quantifiers.randomElement(using: &generator) ?? ""
    // Python refuses to repeat an assertion, and takes exponential time for loops in loops.
    let isLoop = atom.ours.hasPrefix("(") && atom.ours.contains { "*+{".contains($0) }
    return isAssertion || isLoop ? atom + Written(isLoop ? "?" : "") : atom + Written(choice)
  }

  private mutating func atom(_ depth: Int) -> (Written, isAssertion: Bool) {
    let choice = Int.random(in: 0..<20, using: &generator)
    switch choice {
    case 0...2 where depth > 0: return (Written("(") + alternation(depth - 1) + Written(")"), false)
    case 3 where depth > 0: return (Written("(?:") + alternation(depth - 1) + Written(")"), false)
    case 4 where depth > 0:
      let flag = ["i", "s", "m", "-i"].randomElement(using: &generator) ?? "i"
      let body = alternation(depth - 1)
      let inner = flag == "m" ? Written(body.ours, body.ours.replacing("\\z", with: "\\Z")) : body
      return (Written("(?\(flag):") + inner + Written(")"), false)
    case 5: return (Written("."), false)
    case 10, 11: if isForPCRE { return (Written(extra()), false) } else { return (Written(letter()), false) }
    case 6: return (characterClass(), false)
    case 7, 8:
      let escapes = isASCII ? [#"\d"#, #"\w"#, #"\s"#, #"\D"#, #"\W"#, #"\S"#] : [#"\x61"#, #"\n"#, #"\."#, #"\-"#]
      return (Written(escapes.randomElement(using: &generator) ?? ""), false)
    case 9:
      let anchors = [
        Written("^"), Written(#"\A"#), Written("$", #"\Z"#), Written(#"\z"#, #"\Z"#), Written("(?m:^)"),
        Written("(?m:$)"),
      ]
      let words = isASCII ? [Written(#"\b"#), Written(#"\b"#), Written(#"\B"#)] : []
      return ((anchors + words).randomElement(using: &generator) ?? Written(""), true)
    default: return (Written(letter()), false)
    }
  }

  private mutating func extra() -> String {
    let posix = ["[[:alpha:]]", "[^[:digit:]_]", "[[:upper:]é]", "[[:punct:][:space:]]", "[[:^word:]]"]
    let unicode = [
      #"(?-i:\p{Lu})"#, #"\p{L}"#, #"\PL"#, #"(?-i:\p{Latin}+)"#, #"(?-i:\p{^Cyrillic})"#, #"(?-i:[\p{Nd}\p{Greek}я])"#,
    ]
    let other = [
      #"\Qa.b\E"#, #"(?:\Qab\E{2})"#, #"\x{e9}"#, #"\x{1d4b3}"#, "(?U:a+b*)", "(?U:[ab]{1,3}?)",
      "(?<n\(Int.random(in: 0..<1_000_000_000, using: &generator))>a|b)",
    ]
    return (posix + unicode + other).randomElement(using: &generator) ?? ""
  }

  private mutating func letter() -> String {
    let letters = isASCII ? ["a", "b", "A", "1", "_", "ab", "€", "ba"] : ["a", "b", "é", "É", "я", "€", "𝒳", "aé"]
    return letters.randomElement(using: &generator) ?? "a"
  }

  private mutating func characterClass() -> Written {
    var members = ["a", "b", "a-c", "A-B", "€", "0-9", "-_", "\\n", "a-€"]
    if isASCII { members += [#"\d"#, #"\w"#, #"\s"#, #"\W"#] } else { members += ["é", "à-ö", "я", "𝒳", "é-𝒳"] }
    if isASCII { members.removeAll { $0 == "a-€" } }
    let isInverted = Bool.random(using: &generator)
    let count = Int.random(in: 1...3, using: &generator)
    let chosen = (0..<count).map { _ in members.randomElement(using: &generator) ?? "a" }
    // A hyphen means itself only at an end.
    let ordered = chosen.filter { $0 == "-_" }.prefix(1) + chosen.filter { $0 != "-_" }
    return Written("[" + (isInverted ? "^" : "") + ordered.joined() + "]")
  }
}
