import LogFiles
import Synchronization

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
  /// The same in the order of sorted stretches, once somebody has asked.
  private let ordered = OrderedCache()

  init(segments: [SegmentBits?]) {
    self.segments = segments
    var sums = [0]
    sums.reserveCapacity(segments.count + 1)
    for segment in segments { sums.append(sums[sums.count - 1] + (segment?.count ?? 0)) }
    cumulative = sums
  }

  /// The number of records that pass.
  var count: Int { cumulative[cumulative.count - 1] }

  /// Whether the record that starts at `place` passes.
  func contains(_ place: Place) -> Bool {
    guard place.segment < segments.count, let words = segments[place.segment]?.words, place.group < words.count else {
      return false
    }
    return words[place.group] &>> place.bit & 1 == 1
  }

  /// The number of records that pass before `place`. O(groups of a segment).
  func count(before place: Place) -> Int {
    guard place.segment < segments.count, let words = segments[place.segment]?.words else {
      return cumulative[min(place.segment, segments.count)]
    }
    var count = cumulative[place.segment]
    for group in 0..<min(place.group, words.count) { count &+= words[group].nonzeroBitCount }
    guard place.group < words.count else { return count }
    return count &+ (words[place.group] & ((1 &<< place.bit) &- 1)).nonzeroBitCount
  }

  /// The records of `view` that pass, in its order. O(records) the first time; safe on any thread.
  func ordered(_ view: OwnView) -> OrderedBits { ordered.bits(view) { OrderedBits(view, self) } }
}

/// Keeps what was put into order of a filter's result, for as long as that lives.
private final class OrderedCache: Sendable {
  private let known = Mutex<[(order: OwnOrder, bits: OrderedBits)]>([])

  func bits(_ view: OwnView, _ make: () -> OrderedBits) -> OrderedBits {
    known.withLock { known in
      if let found = known.first(where: { $0.order === view.order }) { return found.bits }
      let made = make()
      known.append((view.order, made))
      return made
    }
  }
}
