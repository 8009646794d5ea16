/// A pattern as it was written, parsed: what the program is built from.
indirect enum SyntaxNode: Hashable, Sendable {
  case empty
  case set(CharacterSet)
  case assertion(Assertion)
  case concatenation([SyntaxNode])
  case alternation([SyntaxNode])
  case repetition(Repetition)
  case capture(SyntaxNode, index: Int)
}

/// `x{least,most}`; `most` nil is unbounded.
struct Repetition: Hashable, Sendable {
  var body: SyntaxNode
  var least: Int
  var most: Int?
  var isGreedy: Bool
  /// Where it stands in the pattern, for the message when it grows too large.
  var range: Range<Int>
}

/// One character of the text: a scalar of a set or, where `matchesInvalid`, an ill-formed part of the UTF-8, which is
/// the same unit that decoding replaces by one U+FFFD.
struct CharacterSet: Hashable, Sendable {
  var scalars: ScalarSet
  var matchesInvalid = false

  var inverted: CharacterSet { CharacterSet(scalars: scalars.inverted, matchesInvalid: !matchesInvalid) }
}

/// A condition on a position.
enum Assertion: Hashable, Sendable {
  case textStart, textEnd, lineStart, lineEnd, wordBoundary, notWordBoundary
  /// The next byte is none of these (or there is none): where a truncated UTF-8 sequence is known to be ill-formed.
  case nextByteNot(ClosedRange<UInt8>)
}

extension SyntaxNode {
  /// Whether it can match the empty text somewhere.
  var isNullable: Bool {
    switch self {
    case .empty, .assertion: true
    case .set: false
    case .concatenation(let nodes): nodes.allSatisfy(\.isNullable)
    case .alternation(let nodes): nodes.contains(where: \.isNullable)
    case .repetition(let repetition): repetition.least == 0 || repetition.body.isNullable
    case .capture(let body, _): body.isNullable
    }
  }

  /// Whether any part of it satisfies `condition`.
  func contains(where condition: (SyntaxNode) -> Bool) -> Bool {
    if condition(self) { return true }
    switch self {
    case .empty, .assertion, .set: return false
    case .concatenation(let nodes), .alternation(let nodes): return nodes.contains { $0.contains(where: condition) }
    case .repetition(let repetition): return repetition.body.contains(where: condition)
    case .capture(let body, _): return body.contains(where: condition)
    }
  }
}
