/// Finds "\n" sixteen bytes at a time.
enum Newlines {
  /// Compared with as a vector: the operators that take a single byte are not specialised, and fifty times slower.
  private static var newline: SIMD16<UInt8> {
    @inline(__always) get { SIMD16(repeating: 10) }
  }

  /// The first newline in `bytes[range]`.
  @inline(__always)
  static func first(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    var position = range.lowerBound
    // SAFETY: each load of 16 bytes ends at or before `range.upperBound`, which lies in `bytes`.
    while position &+ 16 <= range.upperBound {
      let block = base.loadUnaligned(fromByteOffset: position, as: SIMD16<UInt8>.self)
      let mask = unsafeBitCast(block .== newline, to: SIMD2<UInt64>.self)
      if mask[0] != 0 { return position &+ mask[0].trailingZeroBitCount &>> 3 }
      if mask[1] != 0 { return position &+ 8 &+ mask[1].trailingZeroBitCount &>> 3 }
      position &+= 16
    }
    while position < range.upperBound {
      if base.load(fromByteOffset: position, as: UInt8.self) == 10 { return position }
      position &+= 1
    }
    return nil
  }

  /// The beginning of the line that `position` lies in, but not before `lowest`.
  @inline(__always)
  static func lineStart(in bytes: UnsafeRawBufferPointer, before position: Int, lowest: Int) -> Int {
    guard let base = bytes.baseAddress else { return lowest }
    var end = position
    // SAFETY: each load of 16 bytes begins at or after `lowest` and ends at or before `position`.
    while end &- 16 >= lowest {
      let block = base.loadUnaligned(fromByteOffset: end &- 16, as: SIMD16<UInt8>.self)
      let mask = unsafeBitCast(block .== newline, to: SIMD2<UInt64>.self)
      if mask[1] != 0 { return end &- mask[1].leadingZeroBitCount &>> 3 }
      if mask[0] != 0 { return end &- 8 &- mask[0].leadingZeroBitCount &>> 3 }
      end &-= 16
    }
    while end > lowest, base.load(fromByteOffset: end &- 1, as: UInt8.self) != 10 { end &-= 1 }
    return end
  }
}
