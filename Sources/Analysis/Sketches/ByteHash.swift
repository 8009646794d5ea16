/// Hashes of 64 bits for tables and sketches: the same in every run, so that results can be repeated.
///
/// Eight bytes at a time are folded by the full product of two words, as wyhash does (Wang Yi, github.com/wangyi-fudan/wyhash,
/// public domain; the multipliers are from there). No defence against keys that were made to collide: tables probe linearly over at
/// most twice as many places as there are groups, and are bounded.
enum ByteHash {
  private static let first: UInt64 = 0xa076_1d64_78bd_642f
  private static let second: UInt64 = 0xe703_7ed1_a0b4_28db
  private static let third: UInt64 = 0x8ebc_6af0_9c88_c6e3

  /// The hash of one word.
  @inline(__always) static func hash(_ word: UInt64) -> UInt64 { spread(fold(word ^ second, first)) }

  /// The hash of `bytes`; none at all have one too.
  static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let count = bytes.count
    var state = first ^ UInt64(truncatingIfNeeded: count)
    var index = 0
    // SAFETY: every load ends at or before `count`.
    while index &+ 16 <= count {
      let low = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let high = bytes.loadUnaligned(fromByteOffset: index &+ 8, as: UInt64.self)
      state = fold(low ^ second, high ^ state)
      index &+= 16
    }
    if index &+ 8 <= count {
      state = fold(bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ second, state ^ third)
      index &+= 8
    }
    var tail: UInt64 = 0
    if index < count {
      if count >= 8 {
        // The last eight bytes, of which some were read before.
        tail = bytes.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
      } else {
        while index < count {
          tail = tail &<< 8 | UInt64(bytes[index])
          index &+= 1
        }
      }
    }
    return spread(fold(tail ^ third, fold(state ^ first, second)))
  }

  /// Lets every bit depend on every other, as registers are chosen by the highest bits: the finaliser of SplitMix64 (Steele, Lea and
  /// Flood, OOPSLA 2014).
  @inline(__always) private static func spread(_ word: UInt64) -> UInt64 {
    var word = (word ^ word &>> 30) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ word &>> 27) &* 0x94d0_49bb_1331_11eb
    return word ^ word &>> 31
  }

  @inline(__always) private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
