import LogFiles
import Quantities
import Records

/// The visible records of one generation, or of a stretch of it, in the order of their keys: what the merge takes from.
///
/// Mostly that is the order of the file. Where it is not, `own` stands between: places are then those of its order, which
/// `filePlace` turns into places of the file.
///
/// A record's key is the running maximum of its generation's stamps. Records before the first stamp stand with the first
/// stamped one. A generation without stamps stands with the last stamp of an earlier life of its file, or the first of a
/// later one; if the file has none at all, after all other files (`Key.timeless`).
final class Run: Sendable {
  let generation: Generation
  let bits: GenerationBits?
  /// The order of a sorted stretch; nil where records stand as they are written.
  let own: OwnView?
  /// The lines of the generation that this is about.
  let lines: Range<Int>
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
    own = nil
    lines = (generation.segments.first?.firstLine ?? 0)..<Int.max
    isTimeless = generation.lastStamp == nil
    lastKey = isTimeless ? leadingKey : max(generation.lastStamp ?? leadingKey, leadingKey)
    count = bits?.count ?? generation.recordCount
  }

  /// A sorted stretch of `generation`.
  init(_ order: OwnOrder, of generation: Generation, bits: GenerationBits?) {
    let view = OwnView(order, of: generation, bits: bits)
    (self.generation, self.bits, own, lines) = (generation, bits, view, order.lines)
    (leadingKey, lastKey, isTimeless) = (order.blockKeys.first ?? order.lastKey, order.lastKey, false)
    count = view.count
  }

  // MARK: Places

  /// The place after the last record.
  var end: Place { own.map { Place(segment: 0, line: $0.recordCount) } ?? generation.end }

  /// Where the record at `place` starts in the file.
  @inline(__always) func filePlace(_ place: Place) -> Place {
    guard let own else { return place }
    return place.segment > 0 ? generation.end : own.place(place.line)
  }

  /// The place of the record that starts at `place` of the file.
  func place(ofFile place: Place) -> Place {
    guard let own else { return place }
    return Place(segment: 0, line: own.number(of: place))
  }

  /// Bit i set where a visible record starts on line i of group `group` of the file.
  @inline(__always) func fileWord(segment: Int, group: Int) -> UInt64 {
    guard let bits else { return generation.segments[segment].index.starts(inGroup: group) }
    guard let words = bits.segments[segment]?.words, group < words.count else { return 0 }
    return words[group]
  }

  /// The segments of `generation` that hold the records.
  var segments: Range<Int> {
    let from = generation.segments.partitioningIndex { $0.firstLine >= lines.lowerBound }
    return from..<max(from, generation.segments.partitioningIndex { $0.firstLine >= lines.upperBound })
  }

  // MARK: Visible records by number and place

  /// Bit i set where a visible record starts on line i of group `group`.
  @inline(__always) func word(segment: Int, group: Int) -> UInt64 {
    if let own { return own.word(group) }
    return fileWord(segment: segment, group: group)
  }

  /// Visible records before segment `segment`.
  @inline(__always) private func count(beforeSegment segment: Int) -> Int {
    if let bits { return bits.cumulative[segment] }
    guard segment < generation.segments.count else { return count }
    return generation.segments[segment].firstRecord &- generation.segments[0].firstRecord
  }

  /// Visible records before `place`. O(groups of a segment).
  func count(before place: Place) -> Int {
    if let own { return place.segment > 0 ? count : own.count(before: place.line) }
    let number = place.segment
    guard number < generation.segments.count else { return count }
    if let bits, bits.segments[number] == nil { return bits.cumulative[number] }
    return count(beforeSegment: number) &+ count(inGroups: 0..<place.group, ofSegment: number)
      &+ partialCount(before: place)
  }

  /// Visible records in whole groups of a segment.
  private func count(inGroups range: Range<Int>, ofSegment number: Int) -> Int {
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
    guard low.segment == high.segment, own == nil else { return count(before: high) &- count(before: low) }
    guard low < high else { return 0 }
    return count(inGroups: low.group..<high.group, ofSegment: low.segment)
      &+ partialCount(before: high) &- partialCount(before: low)
  }

  /// The place of visible record `number` (from 0); the end of the generation for `count`.
  func place(ofVisible number: Int) -> Place {
    guard number < count, number >= 0 else { return end }
    if let own { return Place(segment: 0, line: own.select(number)) }
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
    if let own { return place.segment > 0 ? end : Place(segment: 0, line: own.visible(from: place.line)) }
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
    if let own { return own.lowerBound(at: place.line) }
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
