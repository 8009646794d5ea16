import Glibc
import Records

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

  /// Whether `byte` stands anywhere in `range`.
  static func hasByte(_ byte: UInt8, in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    // SAFETY: memchr reads the bytes of `range`, which the callers keep inside the buffer.
    bytes.baseAddress.map { memchr($0 + range.lowerBound, Int32(byte), range.count) != nil } ?? false
  }

  /// The number of newlines in `start..<end`.
  static func count(in bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Int {
    LineCounting.newlines(in: bytes, start..<max(start, end))
  }
}
