/// A set of bytes.
struct ByteSet: Hashable, Sendable {
  private var words: SIMD4<UInt64> = .zero

  init() {}

  init(_ range: ClosedRange<UInt8>) { insert(range) }

  init(_ byte: UInt8) { insert(byte) }

  func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] &>> UInt64(byte & 63) & 1 == 1 }

  mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 &<< UInt64(byte & 63) }

  mutating func insert(_ range: ClosedRange<UInt8>) {
    for byte in range { insert(byte) }
  }

  mutating func formUnion(_ other: ByteSet) { words |= other.words }

  var count: Int { (0..<4).reduce(0) { $0 + words[$1].nonzeroBitCount } }

  /// All of them, ascending.
  var members: [UInt8] { reduce([]) { $0 + [$1] } }

  /// Gives the members, ascending, to `combine`.
  func reduce<Result>(_ initial: Result, _ combine: (Result, UInt8) -> Result) -> Result {
    var result = initial
    for index in 0..<4 {
      var word = words[index]
      while word != 0 {
        result = combine(result, UInt8(truncatingIfNeeded: index &* 64 &+ word.trailingZeroBitCount))
        word &= word &- 1
      }
    }
    return result
  }

  /// The byte, if it is the only one.
  var single: UInt8? { count == 1 ? members.first : nil }

  /// The member that all members become when the bits of `fold` are set: both cases of a letter, or a byte by itself.
  var folded: (byte: UInt8, fold: UInt8)? {
    guard count <= 2 else { return nil }
    let members = members
    switch members.count {
    case 1: return (members[0], 0)
    case 2 where (members[0] ^ members[1]).nonzeroBitCount == 1 && members[0] | members[1] == members[1]:
      return (members[1], members[0] ^ members[1])
    default: return nil
    }
  }
}
