/// Bits of the records of a segment, one word per group: what filters compute with.
typealias Words = [UInt64]

extension [UInt64] {
  /// No bit set, for `count` groups.
  static func zeros(_ count: Int) -> Words { Words(repeating: 0, count: count) }

  var hasBits: Bool { contains { $0 != 0 } }
  var bitCount: Int { reduce(0) { $0 &+ $1.nonzeroBitCount } }

  func intersection(_ other: Words) -> Words { combined(other) { $0 & $1 } }
  func subtracting(_ other: Words) -> Words { combined(other) { $0 & ~$1 } }
  func union(_ other: Words) -> Words { combined(other) { $0 | $1 } }

  /// Both must have the same length; what is missing in the shorter one counts as zero in the result.
  @inline(__always) private func combined(_ other: Words, _ operation: (UInt64, UInt64) -> UInt64) -> Words {
    let count = Swift.min(count, other.count)
    var result = self
    for index in 0..<count { result[index] = operation(self[index], other[index]) }
    return result
  }
}
