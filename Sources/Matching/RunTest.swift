/// Asks whether a run of byte sets lies at a place: eight bytes at a time where the sets are single bytes or the two
/// cases of a letter, one by one elsewhere.
struct RunTest: Sendable {
  let count: Int
  private var words: [Word] = []
  private var others: [(offset: Int, set: ByteSet)] = []

  /// Eight places: the bits to set in the text, those to look at, and what must come out.
  private struct Word {
    var fold: UInt64 = 0
    var mask: UInt64 = 0
    var value: UInt64 = 0
  }

  init(_ run: RequiredText.Run) {
    count = run.count
    for (offset, set) in run.enumerated() {
      if offset % 8 == 0 { words.append(Word()) }
      guard let place = set.folded else {
        others.append((offset, set))
        continue
      }
      let shift = UInt64(offset % 8 * 8)
      words[offset / 8].fold |= UInt64(place.fold) << shift
      words[offset / 8].mask |= 0xFF << shift
      words[offset / 8].value |= UInt64(place.byte) << shift
    }
  }

  /// Whether the run lies at `position`, wholly inside `range` of the text at `base`.
  // SAFETY: `range` lies in the text, and every load lies in `range`: eight bytes where these fit, else one by one.
  @inline(__always)
  func matches(_ base: UnsafeRawPointer, at position: Int, in range: Range<Int>) -> Bool {
    guard position >= range.lowerBound, position &+ count <= range.upperBound else { return false }
    for index in words.indices {
      let word = words[index]
      let text = RunTest.load(base, position &+ index &* 8, range.upperBound)
      if ((text | word.fold) ^ word.value) & word.mask != 0 { return false }
    }
    for other in others
    where !other.set.contains(base.load(fromByteOffset: position &+ other.offset, as: UInt8.self)) {
      return false
    }
    return true
  }

  /// Eight bytes, lowest first; zeros where the text ends before.
  @inline(__always)
  private static func load(_ base: UnsafeRawPointer, _ position: Int, _ end: Int) -> UInt64 {
    if position &+ 8 <= end {
      return UInt64(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    }
    var word: UInt64 = 0
    for index in 0..<max(0, end &- position) {
      word |= UInt64(base.load(fromByteOffset: position &+ index, as: UInt8.self)) &<< UInt64(index &* 8)
    }
    return word
  }
}
