import Glibc

/// Questions about line ends within a short stretch of bytes; nothing here reads outside `range`.
enum Newlines {
  /// The offset after the next newline at or after `start`; the end of the bytes if there is none before `end`.
  static func lineEnd(in bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Int {
    // SAFETY: memchr reads `end - start` bytes from `start`, and the callers keep 0 <= start < end <= count.
    guard start < end, let base = bytes.baseAddress, let hit = memchr(base + start, 10, end &- start) else {
      return end
    }
    return base.distance(to: UnsafeRawPointer(hit)) &+ 1
  }

  /// The offset at which the line begins that lies `count` lines after the one at `start`; at most `end`.
  static func skip(_ count: Int, in bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Int {
    var (offset, left) = (start, count)
    while left > 0, offset < end {
      offset = lineEnd(in: bytes, from: offset, to: end)
      left &-= 1
    }
    return offset
  }

  /// The number of newlines in `start..<end`.
  static func count(in bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    var (offset, total) = (start, 0)
    while offset &+ 8 <= end {
      // Each byte of `sums` counts the newlines in its place, and has room for 255. Words of eight bytes without a branch
      // between them are what the compiler turns into vectors; it does not do so with SIMD16<UInt8> here.
      var sums: UInt64 = 0
      let stop = min(end &- 7, offset &+ 8 &* 255)
      while offset < stop {
        // SAFETY: `stop` keeps the 8 bytes inside `start..<end`, which lies inside the buffer.
        let word = base.loadUnaligned(fromByteOffset: offset, as: UInt64.self) ^ 0x0a0a_0a0a_0a0a_0a0a
        // The high bit of each byte of `zeros` is set exactly where the byte of `word` is zero.
        let zeros = ~(((word & low7) &+ low7) | word | low7)
        sums &+= zeros &>> 7
        offset &+= 8
      }
      total &+= Int((pairs(sums) &* 0x0001_0001_0001_0001) &>> 48)
    }
    while offset < end {
      if bytes[offset] == 10 { total &+= 1 }
      offset &+= 1
    }
    return total
  }

  /// The sums of neighbouring bytes, as four numbers of 16 bits.
  @inline(__always) private static func pairs(_ bytes: UInt64) -> UInt64 {
    (bytes & 0x00ff_00ff_00ff_00ff) &+ ((bytes &>> 8) & 0x00ff_00ff_00ff_00ff)
  }

  private static let low7: UInt64 = 0x7f7f_7f7f_7f7f_7f7f
}
