/// Finds a piece of text, as it is or with ASCII letters in either case.
///
/// Its two rarest bytes are compared at sixteen positions at a time; only where both are found is the rest looked at.
///
///     needle   s t a t u s = 5         text    ... GET /users status=503 ...
///     probes         ^     ^  (u, =)            both hit only at the second "s"
struct LiteralFinder: Sendable {
  /// What is looked for; lower-case where `ignoresCase`.
  let needle: [UInt8]
  let ignoresCase: Bool
  private let firstOffset: Int
  private let secondOffset: Int
  private let firstProbe: Probe
  private let secondProbe: Probe

  /// A byte to compare with, after setting the bits of `fold` in the text.
  private struct Probe {
    var byte: UInt8
    var fold: UInt8
  }

  /// `needle` is not empty.
  init(_ needle: [UInt8], ignoresCase: Bool) {
    let needle = ignoresCase ? needle.map(LiteralFinder.lowercased) : needle
    self.needle = needle
    self.ignoresCase = ignoresCase
    let order = needle.indices.sorted { ByteRarity.rank(needle[$0]) < ByteRarity.rank(needle[$1]) }
    // Two probes of the same byte say less than two of different ones.
    let second = order.first { needle[$0] != needle[order[0]] } ?? order.last ?? 0
    firstOffset = order[0]
    secondOffset = second
    firstProbe = LiteralFinder.probe(needle[order[0]], ignoresCase)
    secondProbe = LiteralFinder.probe(needle[second], ignoresCase)
  }

  private static func probe(_ byte: UInt8, _ ignoresCase: Bool) -> Probe {
    Probe(byte: byte, fold: ignoresCase && 0x61...0x7A ~= byte ? 0x20 : 0)
  }

  static func lowercased(_ byte: UInt8) -> UInt8 { 0x41...0x5A ~= byte ? byte | 0x20 : byte }

  /// Where the needle first lies wholly inside `bytes[range]`.
  func first(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    return ignoresCase ? first(base, range, folding: true) : first(base, range, folding: false)
  }

  @inline(__always)
  private func first(_ base: UnsafeRawPointer, _ range: Range<Int>, folding: Bool) -> Int? {
    let last = range.upperBound &- needle.count
    var position = range.lowerBound
    let (one, two) = (SIMD16<UInt8>(repeating: firstProbe.byte), SIMD16<UInt8>(repeating: secondProbe.byte))
    let (foldOne, foldTwo) = (
      UInt64(firstProbe.fold) &* 0x0101_0101_0101_0101, UInt64(secondProbe.fold) &* 0x0101_0101_0101_0101
    )
    @inline(__always) func probe(_ offset: Int, _ byte: SIMD16<UInt8>, _ fold: UInt64) -> SIMD2<UInt64> {
      // SAFETY: the callers keep `offset + 16` inside the range.
      var block = base.loadUnaligned(fromByteOffset: offset, as: SIMD2<UInt64>.self)
      if folding { block |= SIMD2(repeating: fold) }
      return unsafeBitCast(unsafeBitCast(block, to: SIMD16<UInt8>.self) .== byte, to: SIMD2<UInt64>.self)
    }
    @inline(__always) func both(_ position: Int) -> SIMD2<UInt64> {
      probe(position &+ firstOffset, one, foldOne) & probe(position &+ secondOffset, two, foldTwo)
    }
    // Position + offset + 64 stays inside: both offsets are below the needle's length.
    while position &+ 64 &+ needle.count <= range.upperBound {
      let (a, b, c, d) = (both(position), both(position &+ 16), both(position &+ 32), both(position &+ 48))
      let any = (a | b) | (c | d)
      if any[0] | any[1] != 0 {
        if let found = check(a, base, position) { return found }
        if let found = check(b, base, position &+ 16) { return found }
        if let found = check(c, base, position &+ 32) { return found }
        if let found = check(d, base, position &+ 48) { return found }
      }
      position &+= 64
    }
    while position <= last {
      if matches(base + position) { return position }
      position &+= 1
    }
    return nil
  }

  /// The first of the marked positions where the whole needle lies. The caller has made sure that 16 of them fit.
  @inline(__always)
  private func check(_ marks: SIMD2<UInt64>, _ base: UnsafeRawPointer, _ position: Int) -> Int? {
    for half in 0..<2 {
      var mark = marks[half]
      while mark != 0 {
        let index = mark.trailingZeroBitCount &>> 3
        let found = position &+ half &* 8 &+ index
        if matches(base + found) { return found }
        mark &= ~(0xFF &<< UInt64(truncatingIfNeeded: index &* 8))
      }
    }
    return nil
  }

  /// Whether the needle lies at `place`.
  // SAFETY: the callers keep `place + needle.count` inside the text.
  private func matches(_ place: UnsafeRawPointer) -> Bool {
    for index in 0..<needle.count {
      let byte = place.load(fromByteOffset: index, as: UInt8.self)
      if byte != needle[index], !ignoresCase || LiteralFinder.lowercased(byte) != needle[index] { return false }
    }
    return true
  }
}

/// How common bytes are in logs, roughly: what is rare is worth looking for first.
enum ByteRarity {
  /// Larger for more common bytes.
  static func rank(_ byte: UInt8) -> UInt8 { ranks[Int(byte)] }

  private static let ranks: [UInt8] = {
    var ranks = [UInt8](repeating: 20, count: 256)
    for byte in 0x41...0x5A { ranks[byte] = 45 }
    for byte in 0x80...0xBF { ranks[byte] = 40 }
    let common = #" e0t1aio2r3sn-=:.4567d89lcuh/_mpgT"bfkvyw,xjqz"#
    for (index, byte) in common.utf8.enumerated() { ranks[Int(byte)] = UInt8(250 - 4 * index) }
    return ranks
  }()
}
