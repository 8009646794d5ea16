import Quantities

/// `Jan  2 03:04:05`, the stamp of classic syslog, as a fast path: the minute is remembered, the seconds are read.
///
/// Twin: `StampGrammar.monthFirst`.
struct ClassicStamp {
  private var head: (UInt64, UInt32) = (0, 0)
  private var start: Int64 = 0
  /// Whether `start` belongs to `head`.
  private var isWarm = false

  /// The instant of the 15 bytes at `pointer`, in nanoseconds; nil where they have another shape.
  ///
  /// SAFETY: the caller guarantees 16 bytes from `pointer` on. Each is looked at once.
  @inline(__always) mutating func match(_ pointer: UnsafeRawPointer, _ resolver: inout StampResolver) -> Int64? {
    let last = pointer.loadUnaligned(fromByteOffset: 12, as: UInt32.self)
    let tail = UInt32(littleEndian: last) ^ 0x2030_303A  // ":00 "
    guard (tail | (tail &+ 0x0006_0600)) & 0xFFF0_F0FF == 0 else { return nil }
    let (first, second) = (
      pointer.loadUnaligned(as: UInt64.self), pointer.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
    )
    if !isWarm || first != head.0 || second != head.1 {
      isWarm = withUnsafeBytes(of: (first, second, last)) { refill($0, &resolver) }
      guard isWarm else { return nil }
      head = (first, second)
    }
    return start &+ (Int64((tail &>> 8) & 15) &* 10 &+ Int64((tail &>> 16) & 15)) &* 1_000_000_000
  }

  private mutating func refill(_ bytes: UnsafeRawBufferPointer, _ resolver: inout StampResolver) -> Bool {
    let grammar = StampGrammar(bytes)
    guard let month = grammar.month(at: 0), bytes[3] == 32, bytes[6] == 32, bytes[9] == 58 else { return false }
    var stamp = WrittenStamp(form: .monthName)
    stamp.month = month
    stamp.day = bytes[4] == 32 && bytes[5].isDigit ? Int(bytes[5] &- 48) : bytes.twoDigits(4)
    (stamp.hour, stamp.minute) = (bytes.twoDigits(7), bytes.twoDigits(10))
    guard grammar.isDate(stamp), (0...24).contains(stamp.hour), (0..<60).contains(stamp.minute),
      let minute = resolver.minute(ofYearless: stamp)
    else { return false }
    start = minute
    return true
  }
}
