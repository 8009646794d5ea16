/// Hashes of 64 bits for tables and sketches: the same in every run, so that results can be repeated.
///
/// Bytes are hashed as wyhash does (Wang Yi, github.com/wangyi-fudan/wyhash, final version 4, public domain; the multipliers are from
/// there), without its loop for long keys; words by the finaliser of SplitMix64 (Steele, Lea and Flood 2014). Every bit counts:
/// sketches take the upper ones. No defence against keys that were made to collide: tables probe linearly over at most twice as many
/// places as there are groups, and are bounded.
enum ByteHash {
  private static let first: UInt64 = 0xa076_1d64_78bd_642f
  private static let second: UInt64 = 0xe703_7ed1_a0b4_28db

  /// The hash of one word; different words have different ones.
  @inline(__always) static func hash(_ word: UInt64) -> UInt64 {
    var mixed = word &+ 0x9e37_79b9_7f4a_7c15
    mixed = (mixed ^ (mixed &>> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed &>> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed &>> 31)
  }

  /// The hash of `bytes`; none at all have one too.
  static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let count = bytes.count
    var seed = fold(first, second)
    var (left, right): (UInt64, UInt64) = (0, 0)
    // SAFETY: every load ends at or before `count`.
    if count > 16 {
      var index = 0
      while index &+ 16 < count {
        seed = fold(word(bytes, index) ^ second, word(bytes, index &+ 8) ^ seed)
        index &+= 16
      }
      // The last 16 bytes, of which some were read before.
      (left, right) = (word(bytes, count &- 16), word(bytes, count &- 8))
    } else if count >= 4 {
      // Four times four bytes, which overlap as they must.
      let step = (count &>> 3) &<< 2
      left = half(bytes, 0) &<< 32 | half(bytes, step)
      right = half(bytes, count &- 4) &<< 32 | half(bytes, count &- 4 &- step)
    } else if count > 0 {
      left = UInt64(bytes[0]) &<< 16 | UInt64(bytes[count &>> 1]) &<< 8 | UInt64(bytes[count &- 1])
    }
    let product = (left ^ second).multipliedFullWidth(by: right ^ seed)
    return fold(product.low ^ first ^ UInt64(truncatingIfNeeded: count), product.high ^ second)
  }

  @inline(__always) private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
    bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }

  @inline(__always) private static func half(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
    UInt64(bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  @inline(__always) private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
