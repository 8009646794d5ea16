/// Finds places where two bytes stand at a fixed distance, 64 places at a time; what else must hold is asked of the caller.
///
/// `Matching` has a finder of whole texts; this one, in the module that knows what follows a name, hands over every place
/// without a call, since values are looked at at nearly all of them.
struct BytePairFinder: Sendable {
  private let first: UInt8
  private let firstOffset: Int
  private let second: UInt8
  private let secondOffset: Int
  /// The bits of the second byte that are compared.
  private let secondMask: UInt8

  /// Finds one byte.
  init(_ byte: UInt8) {
    (first, firstOffset, second, secondOffset, secondMask) = (byte, 0, byte, 0, 0xFF)
  }

  /// Finds a byte before an ASCII digit, or before one of `:;<=>?`, which differ from digits in their low bits only.
  init(beforeDigit byte: UInt8) {
    (first, firstOffset, second, secondOffset, secondMask) = (byte, 0, 0x30, 1, 0xF0)
  }

  /// Finds the two bytes of `name`, which is not empty, that are rarest in logs.
  init(rarestOf name: ArraySlice<UInt8>) {
    let order = name.indices.sorted { Self.rank(name[$0]) < Self.rank(name[$1]) }
    let one = order.first ?? name.startIndex
    let two = order.first { name[$0] != name[one] } ?? order.last ?? one
    (first, firstOffset) = (name[one], one - name.startIndex)
    (second, secondOffset) = (name[two], two - name.startIndex)
    secondMask = 0xFF
  }

  /// Larger for bytes that are more common in the text of logs.
  private static func rank(_ byte: UInt8) -> Int {
    let common: StaticString = "qzjxkvwybgpfhmculd/nr_s.oia:t-e"
    for index in 0..<common.utf8CodeUnitCount where common.utf8Start[index] == byte { return 10 + index }
    return byte.isDigit ? 45 : 0
  }

  /// Calls `body` with each place in `range`, ascending; it returns where to go on. Reads nothing at or behind `reach`.
  @inline(__always) func forEach(
    in bytes: UnsafeRawBufferPointer, _ range: Range<Int>, reach: Int, _ body: (Int) -> Int
  ) {
    guard let base = bytes.baseAddress else { return }
    let one = SIMD16<UInt8>(repeating: first)
    let two = SIMD16<UInt8>(repeating: second)
    let mask = SIMD2<UInt64>(repeating: UInt64(secondMask) &* 0x0101_0101_0101_0101)
    @inline(__always) func marks(_ position: Int) -> SIMD2<UInt64> {
      // SAFETY: the loop below keeps `position + 16 + max(offset)` within `reach`, which lies inside the buffer.
      let left = base.loadUnaligned(fromByteOffset: position &+ firstOffset, as: SIMD16<UInt8>.self)
      let right = base.loadUnaligned(fromByteOffset: position &+ secondOffset, as: SIMD2<UInt64>.self) & mask
      return unsafeBitCast(left .== one, to: SIMD2<UInt64>.self)
        & unsafeBitCast(unsafeBitCast(right, to: SIMD16<UInt8>.self) .== two, to: SIMD2<UInt64>.self)
    }
    /// Hands over what is marked in one block; where to go on if that is not the next place.
    @inline(__always) func visit(_ halves: SIMD2<UInt64>, _ block: Int) -> Int? {
      for half in 0..<2 {
        var mark = halves[half]
        while mark != 0 {
          let index = mark.trailingZeroBitCount &>> 3
          let place = block &+ half &* 8 &+ index
          guard place < range.upperBound else { return range.upperBound }
          let next = body(place)
          if next > place &+ 1 { return next }
          mark &= ~(0xFF &<< UInt64(truncatingIfNeeded: index &* 8))
        }
      }
      return nil
    }
    let span = 64 &+ max(firstOffset, secondOffset)
    var position = range.lowerBound
    while position &+ span <= reach, position < range.upperBound {
      let (a, b, c, d) = (marks(position), marks(position &+ 16), marks(position &+ 32), marks(position &+ 48))
      let any = (a | b) | (c | d)
      if any[0] | any[1] == 0 {
        position &+= 64
        continue
      }
      var next = visit(a, position)
      if next == nil { next = visit(b, position &+ 16) }
      if next == nil { next = visit(c, position &+ 32) }
      if next == nil { next = visit(d, position &+ 48) }
      if let next {
        position = next
        continue
      }
      position &+= 64
    }
    while position < range.upperBound {
      if isHit(bytes, position, reach) { position = max(position &+ 1, body(position)) } else { position &+= 1 }
    }
  }

  private func isHit(_ bytes: UnsafeRawBufferPointer, _ position: Int, _ reach: Int) -> Bool {
    guard position &+ max(firstOffset, secondOffset) < reach, bytes[position &+ firstOffset] == first else {
      return false
    }
    return bytes[position &+ secondOffset] & secondMask == second
  }
}
