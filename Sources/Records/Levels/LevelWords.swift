/// Remembers what words of at most eight bytes, the sign after them included, meant as levels: a hit is one comparison,
/// whatever the level, so that the processor has no branch to guess wrong.
struct LevelWords {
  private static let count = 16
  // For each place a word, and what is known of it: how far to shift away the bytes after it, and its code above that.
  private var words = SIMD16<UInt64>(repeating: 0)
  private var facts = SIMD16<UInt64>(repeating: 0)

  init() {
    // A word that belongs to another place never fits: 0 belongs to place 0, so that place takes another one.
    words[0] = 1
  }

  /// Where a word belongs; chosen so that the usual names of levels do not meet.
  @inline(__always) private static func place(_ word: UInt64) -> Int {
    let key = word & 0xFF_FFFF_FFFF
    return Int(truncatingIfNeeded: (key &* 0xa035_a85a_8ad0_f545) &>> (60 as UInt64))
  }

  /// The code of the word in the lowest bytes of `bytes`, and its length; nil if it is not known.
  @inline(__always) mutating func find(_ bytes: UInt64) -> (code: LineCode, count: Int)? {
    let offset = Self.place(bytes) &* 8
    // SAFETY: the place is below 16. `mutating` only so that nothing is copied.
    let word = withUnsafeBytes(of: &words) { $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
    let fact = withUnsafeBytes(of: &facts) { $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
    guard (word ^ bytes) &<< (fact & 63) == 0 else { return nil }
    let code = LineCode(rawValue: UInt8(truncatingIfNeeded: fact &>> (8 as UInt64)))
    return (code, 8 &- Int(truncatingIfNeeded: (fact & 63) &>> (3 as UInt64)))
  }

  /// The code of the word in the lowest bytes of `bytes`; nil if it is not known.
  @inline(__always) mutating func code(_ bytes: UInt64) -> LineCode? { find(bytes)?.code }

  /// Remembers that the lowest `count` bytes (5 to 8) of `bytes` mean `level`, whatever follows them.
  mutating func learn(_ bytes: UInt64, count: Int, _ level: Level) {
    guard (5...8).contains(count) else { return }
    let place = Self.place(bytes)
    words[place] = bytes
    facts[place] = UInt64(64 - 8 * count) | UInt64(LineCode(start: level).rawValue) << 8
  }
}
