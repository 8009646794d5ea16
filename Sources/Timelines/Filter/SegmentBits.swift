/// The records of one segment that pass a filter: one word per group, bit i for the record that starts on line i.
final class SegmentBits: Sendable {
  let words: [UInt64]
  /// The number of bits set.
  let count: Int

  init(words: [UInt64]) {
    self.words = words
    count = words.reduce(0) { $0 &+ $1.nonzeroBitCount }
  }
}

/// The records of one generation that pass a filter. Segments that are not evaluated yet count as empty.
struct GenerationBits: Sendable {
  let segments: [SegmentBits?]
  /// `cumulative[i]` records pass before segment i; one more element than segments.
  let cumulative: [Int]

  init(segments: [SegmentBits?]) {
    self.segments = segments
    var sums = [0]
    sums.reserveCapacity(segments.count + 1)
    for segment in segments { sums.append(sums[sums.count - 1] + (segment?.count ?? 0)) }
    cumulative = sums
  }

  /// The number of records that pass.
  var count: Int { cumulative[cumulative.count - 1] }
}
