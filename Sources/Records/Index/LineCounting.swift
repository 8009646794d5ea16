import CSystem

/// Counts lines in stretches of bytes, 64 at a time.
public enum LineCounting {
  /// The number of newlines in `range`, which lies inside `bytes`.
  public static func newlines(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    var (offset, total) = (range.lowerBound, 0)
    // SAFETY: each condition keeps the bytes that are loaded inside `range`.
    while offset &+ 64 <= range.upperBound {
      total &+= cs_mask64(base + offset, 10).nonzeroBitCount
      offset &+= 64
    }
    while offset &+ 8 <= range.upperBound {
      let word = base.loadUnaligned(fromByteOffset: offset, as: UInt64.self) ^ 0x0a0a_0a0a_0a0a_0a0a
      // The high bit of each byte is set exactly where the byte of `word` is zero.
      let zeros = ~(((word & low7) &+ low7) | word | low7)
      total &+= zeros == 0 ? 0 : zeros.nonzeroBitCount
      offset &+= 8
    }
    while offset < range.upperBound {
      if base.load(fromByteOffset: offset, as: UInt8.self) == 10 { total &+= 1 }
      offset &+= 1
    }
    return total
  }

  private static let low7: UInt64 = 0x7f7f_7f7f_7f7f_7f7f
}
