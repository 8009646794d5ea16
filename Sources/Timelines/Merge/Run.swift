import LogFiles
import Quantities
import Records

/// The visible records of one generation in file order, which is the order of their keys: what the merge takes from.
///
/// A record's key is the running maximum of its generation's stamps. Records before the first stamp stand with the first
/// stamped one. A generation without stamps stands with the last stamp of an earlier life of its file, or the first of a
/// later one; if the file has none at all, after all other files (`Key.timeless`).
final class Run: Sendable {
  let generation: Generation
  let bits: GenerationBits?
  /// The key of the records before the first stamp.
  let leadingKey: Int64
  /// The key of the last record.
  let lastKey: Int64
  /// The number of visible records.
  let count: Int
  /// Whether no record of the generation has a stamp, so that all have the same key.
  let isTimeless: Bool

  init(_ generation: Generation, bits: GenerationBits?, leadingKey: Int64) {
    self.generation = generation
    self.bits = bits
    self.leadingKey = leadingKey
    isTimeless = generation.lastStamp == nil
    lastKey = isTimeless ? leadingKey : max(generation.lastStamp ?? leadingKey, leadingKey)
    count = bits?.count ?? generation.recordCount
  }

  // MARK: Visible records by number and place

  /// Bit i set where a visible record starts on line i of group `group`.
  @inline(__always) func word(segment: Int, group: Int) -> UInt64 {
    guard let bits else { return generation.segments[segment].index.starts(inGroup: group) }
    guard let words = bits.segments[segment]?.words, group < words.count else { return 0 }
    return words[group]
  }

  /// Visible records before segment `segment`.
  @inline(__always) func count(beforeSegment segment: Int) -> Int {
    if let bits { return bits.cumulative[segment] }
    guard segment < generation.segments.count else { return count }
    return generation.segments[segment].firstRecord &- generation.segments[0].firstRecord
  }

  /// Visible records before `place`. O(groups of a segment).
  func count(before place: Place) -> Int {
    let number = place.segment
    guard number < generation.segments.count else { return count }
    if let bits, bits.segments[number] == nil { return bits.cumulative[number] }
    return count(beforeSegment: number) &+ count(inGroups: 0..<place.group, ofSegment: number)
      &+ partialCount(before: place)
  }

  /// Visible records in whole groups of a segment.
  func count(inGroups range: Range<Int>, ofSegment number: Int) -> Int {
    if let bits {
      guard let words = bits.segments[number]?.words else { return 0 }
      var total = 0
      for group in range where group < words.count { total &+= words[group].nonzeroBitCount }
      return total
    }
    let index = generation.segments[number].index
    var total = 0
    for group in range.clamped(to: 0..<index.groups.count) { total &+= index.starts(inGroup: group).nonzeroBitCount }
    return total
  }

  /// Visible records of the group that holds `place` before it.
  private func partialCount(before place: Place) -> Int {
    guard place.bit > 0 else { return 0 }
    return (word(segment: place.segment, group: place.group) & ((1 &<< place.bit) &- 1)).nonzeroBitCount
  }

  /// Visible records from `low` to before `high`, which must not lie before it. O(groups between them in two segments).
  func count(from low: Place, to high: Place) -> Int {
    guard low.segment == high.segment else { return count(before: high) &- count(before: low) }
    guard low < high else { return 0 }
    return count(inGroups: low.group..<high.group, ofSegment: low.segment)
      &+ partialCount(before: high) &- partialCount(before: low)
  }

  /// The place of visible record `number` (from 0); the end of the generation for `count`.
  func place(ofVisible number: Int) -> Place {
    guard number < count, number >= 0 else { return generation.end }
    let segment = segment(ofVisible: number)
    var left = number &- count(beforeSegment: segment)
    let groups = generation.segments[segment].index.groups.count
    for group in 0..<groups {
      let word = word(segment: segment, group: group)
      let here = word.nonzeroBitCount
      if left < here { return Place(segment: segment, line: group &* 64 &+ word.position(ofBit: left)) }
      left &-= here
    }
    return Place(segment: segment + 1, line: 0)
  }

  /// The segment that holds visible record `number`: the last one with at most `number` records before it.
  private func segment(ofVisible number: Int) -> Int {
    (0..<generation.segments.count).partitioningIndex { count(beforeSegment: $0) > number } - 1
  }

  /// The first visible record at or after `place`; the end of the generation if there is none.
  func visible(atOrAfter place: Place) -> Place {
    let segments = generation.segments
    var (number, group) = (place.segment, place.group)
    var mask = ~UInt64(0) &<< place.bit
    while number < segments.count {
      if bits == nil || bits?.segments[number].map({ $0.count > 0 }) == true {
        let groups = segments[number].index.groups.count
        while group < groups {
          let word = word(segment: number, group: group) & mask
          if word != 0 { return Place(segment: number, line: group &* 64 &+ word.trailingZeroBitCount) }
          mask = ~0
          group &+= 1
        }
      }
      (number, group, mask) = (number &+ 1, 0, ~0)
    }
    return generation.end
  }

  // MARK: Keys known without reading

  /// A lower bound of the key of the line at `place`, from the index alone.
  func lowerBound(at place: Place) -> Int64 {
    if isTimeless { return leadingKey }
    guard place.segment < generation.segments.count else { return lastKey }
    let index = generation.segments[place.segment].index
    var bound = max(leadingKey, generation.carriedKey(place.segment))
    if place.group < index.groups.count, let stamp = index.stamp(ofGroup: place.group) {
      bound = max(bound, stamp.nanoseconds)
    }
    return bound
  }
}

extension UInt64 {
  /// The position of the set bit that has `rank` set bits below it.
  func position(ofBit rank: Int) -> Int {
    var word = self
    for _ in 0..<rank { word &= word &- 1 }
    return word.trailingZeroBitCount
  }
}
