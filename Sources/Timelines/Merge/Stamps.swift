import Quantities
import Records

/// Reads the stamps of a run's records group by group and remembers the last few groups.
///
/// The index holds one rounded stamp for 64 lines; what lies between is parsed again here (about 3 us a group), each
/// group once a query. Not thread-safe: every query makes its own.
struct Stamps {
  let run: Run
  private var recent: [(segment: Int, group: Int, stamps: [Int64])] = []
  private var oldest = 0

  /// More than this many groups that might hold a key are not parsed in turn: the segment's table decides.
  static let longRun = 12
  private static let capacity = 16

  init(_ run: Run) { self.run = run }

  /// The stamps of the lines of a group: `Key.none` for lines that start no stamped record.
  mutating func group(_ group: Int, ofSegment segment: Int) -> [Int64] {
    for entry in recent where entry.group == group && entry.segment == segment { return entry.stamps }
    let stamps = run.generation.stamps(ofGroup: group, segment: segment)
    if recent.count < Self.capacity {
      recent.append((segment, group, stamps))
    } else {
      recent[oldest] = (segment, group, stamps)
      oldest = (oldest + 1) % Self.capacity
    }
    return stamps
  }

  /// The order key of the record that starts at `place`.
  mutating func key(at place: Place) -> Int64 {
    let generation = run.generation
    guard !run.isTimeless, place.segment < generation.segments.count else { return run.lastKey }
    let index = generation.segments[place.segment].index
    var key = max(run.leadingKey, generation.carriedKey(place.segment))
    guard place.group < index.groups.count else { return key }
    let first = firstGroup(decidingKeyOf: place.group, in: index)
    if place.group - first > Self.longRun {
      let table = SegmentFacts.of(place.segment, in: generation)
      key = max(key, table.firstKeys[place.group])
    } else {
      for earlier in first..<place.group {
        for stamp in group(earlier, ofSegment: place.segment) where stamp > key { key = stamp }
      }
    }
    for stamp in group(place.group, ofSegment: place.segment).prefix(Int(place.bit) + 1) where stamp > key {
      key = stamp
    }
    return key
  }

  /// The group from which on the running maximum of group `group` has its final tick.
  ///
  /// The stamp of a group is rounded down, so the record that holds the maximum must be read: it lies in the group before
  /// the first one that has the same rounded stamp, or after it.
  private func firstGroup(decidingKeyOf group: Int, in index: SegmentIndex) -> Int {
    let stamp = index.groups[group].stamp
    guard stamp != Group.noStamp else { return group }
    let same = (0..<group).partitioningIndex { index.groups[$0].stamp >= stamp }
    return max(same - 1, 0)
  }

  /// Bounds of `boundary(after:from:to:)` from the index alone, without reading a record.
  func bounds(after key: Int64, from low: Place, to high: Place) -> (low: Place, high: Place) {
    let (from, to) = segmentBounds(after: key, from: low, to: high)
    guard from < to else { return (from, to) }
    return bounds(after: key, inSegment: from.segment, from: from, to: to)
  }

  /// The same, knowing only segments: both bounds lie in one segment, or at its end.
  func segmentBounds(after key: Int64, from low: Place, to high: Place) -> (low: Place, high: Place) {
    if key < run.leadingKey { return (low, low) }
    if key >= run.lastKey { return (high, high) }
    let last = high.line > 0 ? high.segment : high.segment - 1
    guard low < high, low.segment <= last else { return (high, high) }
    // The last segment whose carried key is not yet above `key`: the first record above it starts there.
    let number = (low.segment + 1..<last + 1).partitioningIndex { run.generation.carriedKey($0) > key } - 1
    return (max(low, Place(segment: number, line: 0)), min(high, Place(segment: number + 1, line: 0)))
  }

  private func bounds(after key: Int64, inSegment number: Int, from low: Place, to high: Place) -> (Place, Place) {
    let index = run.generation.segments[number].index
    let end = min(high, Place(segment: number + 1, line: 0))
    guard let base = index.base else { return (end, end) }
    let (difference, overflow) = key.subtractingReportingOverflow(base.nanoseconds)
    let ticks = overflow ? (key < 0 ? Int64.min + 1 : .max) : difference.floorDivided(by: index.tick)
    let from = low.segment == number ? low.group : 0
    let to = end.segment == number ? end.group + (end.bit > 0 ? 1 : 0) : index.groups.count
    guard from < to else { return (min(low, end), end) }
    let groups = index.groups
    // Groups from `maybe` on may begin above `key`, those from `surely` on do.
    let maybe = (from..<to).partitioningIndex { Int64(groups[$0].stamp) >= ticks && groups[$0].stamp != Group.noStamp }
    let surely = (maybe..<to).partitioningIndex { Int64(groups[$0].stamp) > ticks && groups[$0].stamp != Group.noStamp }
    let first = max(low, Place(segment: number, line: max(maybe - 1, from) &* 64))
    return (min(first, end), surely < to ? min(max(first, Place(segment: number, line: surely &* 64)), end) : end)
  }

  /// The place of the first record from `low` on whose key is above `key`, or `high`.
  ///
  /// What lies before `low` must have keys up to `key`, what lies from `high` on keys above it.
  mutating func boundary(after key: Int64, from low: Place, to high: Place) -> Place {
    let (first, end) = bounds(after: key, from: low, to: high)
    guard first < end else { return end }
    var groups =
      first
      .group..<(end.segment == first.segment
      ? end.group + (end.bit > 0 ? 1 : 0) : run.generation.segments[first.segment].index.groups.count)
    if groups.count > Self.longRun {
      let keys = SegmentFacts.of(first.segment, in: run.generation).firstKeys
      let above = groups.partitioningIndex { keys[$0] > key }
      groups = max(above - 1, groups.lowerBound)..<min(above + 1, groups.upperBound)
    }
    for number in groups {
      let stamps = group(number, ofSegment: first.segment)
      for line in stamps.indices where stamps[line] > key {
        let place = Place(segment: first.segment, line: number &* 64 &+ line)
        if place >= first { return min(place, end) }
      }
    }
    return end
  }
}

extension Generation {
  /// Reads the stamps of all records that start in a group; `Key.none` where a line has none.
  func stamps(ofGroup group: Int, segment: Int) -> [Int64] {
    let index = segments[segment].index
    let starts = index.starts(inGroup: group)
    let limit = end(ofGroup: group, in: index)
    var offset = index.bytes.lowerBound &+ Int(index.groups[group].offset)
    let count = 64 &- starts.leadingZeroBitCount
    return [Int64](unsafeUninitializedCapacity: count) { stamps, initialized in
      for line in 0..<count {
        let start = min(offset, limit)
        offset = Newlines.lineEnd(in: bytes, from: start, to: limit)
        let isStart = starts &>> UInt64(truncatingIfNeeded: line) & 1 == 1
        stamps[line] = isStart ? stamp(ofLine: start..<offset, index: index) : Key.none
      }
      initialized = count
    }
  }

  /// The stamp of the record that begins with the line at `range` (its newline may be part of it).
  @inline(__always) func stamp(ofLine range: Range<Int>, index: SegmentIndex) -> Int64 {
    let line = UnsafeRawBufferPointer(rebasing: bytes[range])
    return reader.stamp(of: line, reference: index.reference)?.nanoseconds ?? Key.none
  }
}
