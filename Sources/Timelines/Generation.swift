import LogFiles
import Quantities
import Records

/// The lines and records of one generation as its segments know them, addressed by `Place`.
///
/// Immutable; the bytes stay readable as long as it lives. Where the file was cut short under the map, newlines that the
/// index knew read as zeros: every walk here is bounded by the offsets in the index and ends there.
final class Generation: Sendable {
  let snapshot: GenerationSnapshot
  let file: FileID
  let id: GenerationID
  let reader: RecordReader
  let segments: [StitchedSegment]
  /// How many segments of the snapshot come before `segments`, which are mostly all.
  let firstNumber: Int
  // SAFETY: points into `snapshot.bytes`, which this object retains; nobody writes through it.
  nonisolated(unsafe) let bytes: UnsafeRawBufferPointer

  convenience init(_ snapshot: GenerationSnapshot) { self.init(snapshot, from: 0) }

  /// The segments from number `first` on, as if there were none before them.
  init(_ snapshot: GenerationSnapshot, from first: Int) {
    self.snapshot = snapshot
    firstNumber = first
    file = snapshot.file
    id = snapshot.generation
    reader = snapshot.reader
    segments = first == 0 ? snapshot.segments : snapshot.segments.from(first)
    let buffer = snapshot.bytes.buffer
    bytes = UnsafeRawBufferPointer(rebasing: buffer[0..<min(max(snapshot.byteCount, 0), buffer.count)])
  }

  /// Where the last indexed line ends.
  private var indexedEnd: Int {
    lastSegmentWithLines(before: segments.count).map { min(segments[$0].index.bytes.upperBound, bytes.count) } ?? 0
  }

  /// The number of records that start in the indexed segments.
  var recordCount: Int { snapshot.recordCount - (segments.first?.firstRecord ?? 0) }
  /// The place after the last line.
  var end: Place { Place(segment: segments.count, line: 0) }

  // MARK: Bytes

  /// Where the line at `place` begins; the end of the bytes at `end`.
  func offset(of place: Place) -> Int {
    let number = place.segment
    guard number < segments.count else { return indexedEnd }
    let index = segments[number].index
    let group = place.group
    // Line 0 of a segment without lines, or one past the last line: what comes next begins where this segment ends.
    guard group < index.groups.count else { return offset(of: Place(segment: number + 1, line: 0)) }
    let start = index.bytes.lowerBound &+ Int(index.groups[group].offset)
    let limit = end(ofGroup: group, in: index)
    return Newlines.skip(Int(place.bit), in: bytes, from: min(start, limit), to: limit)
  }

  /// Where the bytes of group `group` end, within what can be read.
  func end(ofGroup group: Int, in index: SegmentIndex) -> Int {
    let next = group &+ 1
    let end =
      next < index.groups.count
      ? index.bytes.lowerBound &+ Int(index.groups[next].offset) : index.bytes.upperBound
    return min(end, bytes.count)
  }

  /// The place of the line that holds byte `offset`; nil where no indexed segment does.
  func place(at offset: Int) -> Place? {
    guard let number = segmentNumber(at: offset) else { return nil }
    let index = segments[number].index
    let relative = offset - index.bytes.lowerBound
    let group = index.groups.partitioningIndex { Int($0.offset) > relative } - 1
    guard group >= 0 else { return nil }
    let start = index.bytes.lowerBound &+ Int(index.groups[group].offset)
    let line = Newlines.count(in: bytes, from: min(start, bytes.count), to: min(offset, bytes.count))
    return Place(segment: number, line: min(group &* 64 &+ line, index.lineCount - 1))
  }

  /// The number of the last segment that begins at or before `offset` and has lines; nil outside the indexed bytes.
  func segmentNumber(at offset: Int) -> Int? {
    let number = segments.partitioningIndex { $0.index.bytes.lowerBound > offset } - 1
    // A line longer than a segment leaves empty segments inside its own bytes.
    guard let number = lastSegmentWithLines(before: number + 1) else { return nil }
    return segments[number].index.bytes.upperBound > offset ? number : nil
  }

  private func lastSegmentWithLines(before number: Int) -> Int? {
    var number = number - 1
    while number >= 0, segments[number].index.lineCount == 0 { number -= 1 }
    return number >= 0 ? number : nil
  }

  /// The bytes of the record that starts at `place`, which begins at `start`: without its last line end.
  func bytes(ofRecordAt place: Place, start: Int) -> Range<Int> {
    var end = offset(of: nextStart(after: place))
    if end > start, bytes[end - 1] == 10 { end -= 1 }
    if end > start, bytes[end - 1] == 13 { end -= 1 }
    return start..<max(start, end)
  }

  // MARK: Record starts

  /// The next record start after `place`; `end` if there is none.
  func nextStart(after place: Place) -> Place { nextStart(atOrAfter: Place(rawValue: place.rawValue + 1)) }

  /// The first record start at or after `place`.
  func nextStart(atOrAfter place: Place) -> Place {
    var number = place.segment
    var group = place.group
    var mask = ~UInt64(0) &<< place.bit
    while number < segments.count {
      let index = segments[number].index
      let groups = index.groups.count
      while group < groups {
        let word = index.starts(inGroup: group) & mask
        if word != 0 { return Place(segment: number, line: group &* 64 &+ word.trailingZeroBitCount) }
        mask = ~0
        group &+= 1
      }
      number &+= 1
      group = 0
      mask = ~0
    }
    return end
  }

  /// The last record start at or before `place`; nil where its record begins before the indexed segments.
  func start(atOrBefore place: Place) -> Place? {
    var number = place.segment
    guard number < segments.count else { return number > 0 ? lastStart(before: end) : nil }
    var group = place.group
    var mask = ~UInt64(0) &>> (63 &- place.bit)
    while true {
      let index = segments[number].index
      while group >= 0 {
        let word = index.starts(inGroup: group) & mask
        if word != 0 { return Place(segment: number, line: group &* 64 &+ 63 &- word.leadingZeroBitCount) }
        mask = ~0
        group &-= 1
      }
      number &-= 1
      if number < 0 { return nil }
      group = segments[number].index.groups.count &- 1
      mask = ~0
    }
  }

  /// The last record start before `place`.
  func lastStart(before place: Place) -> Place? {
    if place.line > 0 { return start(atOrBefore: Place(rawValue: place.rawValue - 1)) }
    guard let number = lastSegmentWithLines(before: min(place.segment, segments.count)) else { return nil }
    return start(atOrBefore: Place(segment: number, line: segments[number].index.lineCount - 1))
  }

  /// Lines of the generation before `place`.
  func lineCount(before place: Place) -> Int {
    place.segment < segments.count ? segments[place.segment].firstLine + place.line : snapshot.lineCount
  }

  /// The place of line `number` (counted from 1); nil where it is not indexed.
  func place(ofLine number: LineNumber) -> Place? {
    let line = number.rawValue - 1
    let segment = segments.partitioningIndex { $0.firstLine > line } - 1
    guard segment >= 0, line - segments[segment].firstLine < segments[segment].index.lineCount else { return nil }
    return Place(segment: segment, line: line - segments[segment].firstLine)
  }

  // MARK: Order

  /// The running maximum, without outliers, before segment `number`; `Key.none` before the first stamp.
  func carriedKey(_ number: Int) -> Int64 { segments[number].carriedKey?.nanoseconds ?? Key.none }

  /// The first stamp that is no outlier; nil where there is none.
  var firstStamp: Int64? {
    for segment in segments { if let base = segment.index.base { return base.nanoseconds } }
    return nil
  }

  /// The running maximum at the end; nil where no record has a stamp.
  var lastStamp: Int64? {
    guard let last = segments.last else { return nil }
    return [last.carriedKey, last.index.order.top].compactMap { $0?.nanoseconds }.max()
  }
}

extension [StitchedSegment] {
  /// Those from `first` on, with the running maximum of their own stamps only.
  fileprivate func from(_ first: Int) -> [StitchedSegment] {
    var key: Timestamp?
    return self[Swift.min(first, count)...].map { segment in
      var segment = segment
      segment.carriedKey = key
      if let top = segment.index.order.top { key = Swift.max(key ?? top, top) }
      return segment
    }
  }
}

/// Order keys as plain nanoseconds.
enum Key {
  /// Before every stamp: no record so far had one.
  static let none = Int64.min
  /// The key of records in files without any stamp: they stand after all others.
  static let timeless = Int64.max
}

extension RandomAccessCollection {
  /// The first index whose element meets `isAfter`, which must be false for a prefix and true for the rest.
  @inline(__always) func partitioningIndex(where isAfter: (Element) -> Bool) -> Index {
    var (low, count) = (startIndex, self.count)
    while count > 0 {
      let half = count / 2
      let middle = index(low, offsetBy: half)
      if isAfter(self[middle]) {
        count = half
      } else {
        low = index(after: middle)
        count -= half + 1
      }
    }
    return low
  }
}
