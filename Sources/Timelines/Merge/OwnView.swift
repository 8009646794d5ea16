import LogFiles
import Quantities
import Records
import Synchronization

/// The records of a stretch of a generation in an order of their own, addressed by their numbers in it.
///
/// To the merge it looks like a single segment whose lines are the records in the order of their keys: line k of it is
/// `Place(segment: 0, line: k)`, and 64 of them are a group, whose first key is known without reading.
final class OwnView: Sendable {
  let order: OwnOrder
  let generation: Generation
  let bits: GenerationBits?

  init(_ order: OwnOrder, of generation: Generation, bits: GenerationBits?) {
    (self.order, self.generation, self.bits) = (order, generation, bits)
  }

  /// Records, visible or not.
  var recordCount: Int { order.count }

  /// Visible records. O(groups of two segments).
  var count: Int {
    guard let bits else { return order.count }
    return bits.count(before: edge(order.lines.upperBound)) - bits.count(before: edge(order.lines.lowerBound))
  }

  private func edge(_ line: Int) -> Place { generation.place(ofLine: LineNumber(line + 1)) ?? generation.end }

  // MARK: Records

  /// Where record `number` starts in the file.
  func place(_ number: Int) -> Place {
    guard number < order.count else { return generation.end }
    return generation.place(ofLine: LineNumber(order.line(at: number) + 1)) ?? generation.end
  }

  /// The key of record `number`.
  func key(_ number: Int, _ reading: inout StampReading?) -> Int64 {
    var number = number
    while number < order.count {
      let block = number >> 6
      let ending = block + 1 < order.blockKeys.count ? order.blockKeys[block + 1] : order.lastKey
      if number & 63 == 0 || order.blockKeys[block] == ending { return order.blockKeys[block] }
      if order.line(at: number) < order.firstStampedLine { return order.leadingKey }
      let stamp = stamp(at: place(number), &reading)
      // The file may have changed under the map: what was sorted stays within its bounds.
      if stamp != Key.none { return min(max(stamp, order.blockKeys[block]), ending) }
      // A record without a stamp stands beside the one above it in the file, which has the same key.
      number += order.isNewestFirst ? 1 : -1
    }
    return order.lastKey
  }

  /// A lower bound of the key of record `number`, known without reading.
  func lowerBound(at number: Int) -> Int64 { number < order.count ? order.blockKeys[number >> 6] : order.lastKey }

  /// An upper bound of the keys of all records before record `number`, known without reading.
  func upperBound(before number: Int) -> Int64 {
    let block = (number + 63) >> 6
    return block < order.blockKeys.count ? order.blockKeys[block] : order.lastKey
  }

  /// Between which numbers the first record above `key` is, known without reading.
  func bounds(after key: Int64) -> Range<Int> {
    let block = order.blockKeys.partitioningIndex { $0 > key }
    return max(block - 1, 0) << 6..<min(block << 6, order.count)
  }

  private func stamp(at place: Place, _ reading: inout StampReading?) -> Int64 {
    guard place.segment < generation.segments.count else { return Key.none }
    let index = generation.segments[place.segment].index
    let start = generation.offset(of: place)
    let limit = max(start, generation.end(ofGroup: place.group, in: index))
    let end = Newlines.lineEnd(in: generation.bytes, from: start, to: limit)
    return generation.stamp(ofLine: place.line, at: start..<end, index: index, &reading)
  }

  /// The number of the record that starts at `place` of the file; the number of records if none does.
  func number(of place: Place) -> Int {
    guard place.segment < generation.segments.count else { return order.count }
    let line = generation.segments[place.segment].firstLine + place.line
    guard order.lines.contains(line) else { return order.count }
    var reading: StampReading?
    let key = sortKey(of: place, line: line, &reading)
    // First by what is known of each block, then within one.
    let block = max(
      order.blockKeys.indices.partitioningIndex { !isBefore(order.blockKeys[$0], $0 << 6, key, line) } - 1, 0)
    let numbers = block << 6..<min(order.count, (block + 1) << 6 + 1)
    return numbers.partitioningIndex { number in
      let other = order.line(at: number)
      return other == line || !isBefore(self.key(number, &reading), number, key, line)
    }
  }

  private func isBefore(_ key: Int64, _ number: Int, _ wanted: Int64, _ line: Int) -> Bool {
    if key != wanted { return key < wanted }
    return order.isNewestFirst ? order.line(at: number) > line : order.line(at: number) < line
  }

  /// The key of a record in the file: its stamp, or that of the nearest one above.
  private func sortKey(of place: Place, line: Int, _ reading: inout StampReading?) -> Int64 {
    var place = place
    var line = line
    while line >= order.firstStampedLine {
      let stamp = stamp(at: place, &reading)
      if stamp != Key.none { return stamp }
      guard let above = generation.lastStart(before: place) else { break }
      place = above
      line = generation.segments[place.segment].firstLine + place.line
    }
    return order.leadingKey
  }

  // MARK: Visible records

  private var ordered: OrderedBits? { bits?.ordered(self) }

  /// Bit i set where record 64 * `group` + i is visible.
  func word(_ group: Int) -> UInt64 {
    if let ordered { return group < ordered.words.count ? ordered.words[group] : 0 }
    let left = order.count - group * 64
    return left >= 64 ? ~0 : left > 0 ? 1 &<< UInt64(left) &- 1 : 0
  }

  /// Visible records before record `number`.
  func count(before number: Int) -> Int {
    guard let ordered else { return min(number, order.count) }
    guard number < order.count else { return ordered.count }
    let word = ordered.words[number >> 6] & ((1 &<< UInt64(number & 63)) &- 1)
    return Int(ordered.before[number >> 6]) + word.nonzeroBitCount
  }

  /// The number of visible record `number` among all.
  func select(_ number: Int) -> Int {
    guard let ordered else { return min(number, order.count) }
    guard number < ordered.count else { return order.count }
    let group = ordered.before.partitioningIndex { Int($0) > number } - 1
    return group << 6 + ordered.words[group].position(ofBit: number - Int(ordered.before[group]))
  }

  /// The first visible record from `number` on.
  func visible(from number: Int) -> Int {
    guard ordered != nil else { return min(number, order.count) }
    var mask = ~UInt64(0) &<< UInt64(number & 63)
    for group in (number >> 6)..<max(order.blockKeys.count, number >> 6) {
      let word = word(group) & mask
      if word != 0 { return group << 6 + word.trailingZeroBitCount }
      mask = ~0
    }
    return order.count
  }
}

/// The records of an own order that pass a filter, with the number of those before each word.
final class OrderedBits: Sendable {
  let words: [UInt64]
  let before: [UInt32]
  let count: Int

  init(_ view: OwnView, _ bits: GenerationBits) {
    let order = view.order
    var (words, before, count) = ([UInt64](), [UInt32](), 0)
    words.reserveCapacity(order.blockKeys.count)
    before.reserveCapacity(order.blockKeys.count)
    for group in order.blockKeys.indices {
      var word: UInt64 = 0
      for number in group << 6..<min(order.count, (group + 1) << 6) {
        let place = view.place(number)
        if bits.contains(place) { word |= 1 &<< UInt64(number & 63) }
      }
      before.append(UInt32(truncatingIfNeeded: count))
      words.append(word)
      count += word.nonzeroBitCount
    }
    (self.words, self.before, self.count) = (words, before, count)
  }
}
