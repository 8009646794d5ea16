/// One step of a program; targets are instruction numbers.
enum Instruction: Sendable {
  /// Consumes a byte in the range.
  case byte(low: UInt8, high: UInt8, next: Int32)
  /// Consumes a byte by the sorted edges `first ..< first + count` of `Program.edges`.
  case table(first: Int32, count: Int32)
  /// Goes to both, the first preferred.
  case split(Int32, Int32)
  /// Notes the position in a slot: 2i and 2i+1 are the ends of group i.
  case save(slot: Int32, next: Int32)
  /// Goes on where the condition holds.
  case assert(Assertion, next: Int32)
  /// The pattern has matched.
  case match
}

/// An edge of a `table` instruction.
struct ProgramEdge: Sendable {
  var low: UInt8
  var high: UInt8
  var next: Int32
}

/// A pattern compiled to a nondeterministic automaton over bytes (Thompson's construction).
struct Program: Sendable {
  /// Larger programs are refused.
  static let largestCount = 32_000
  /// Instructions times groups at most: bounds the memory for captures.
  static let largestCaptureSize = 500_000

  var instructions: [Instruction] = []
  var edges: [ProgramEdge] = []
  /// Where a match begins.
  var start: Int32 = 0
  /// Where a search begins: any text, then `start`. Equal to `start` where the pattern can match at the text's
  /// beginning only.
  var searchStart: Int32 = 0
  /// Groups, group 0 (the whole match) included.
  var groupCount = 1
  /// Whether matches may begin only between characters, which has to be tracked where the pattern could match in the
  /// middle of one.
  var tracksCharacters = false
  /// Whether a match can begin with this byte (meaningless where the pattern is nullable).
  var firstBytes = ByteSet()
  /// Whether it can match empty text.
  var isNullable = false
  /// Whether every match begins at the beginning of the text.
  var isAnchored: Bool { start == searchStart }
}
