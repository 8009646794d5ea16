import Quantities
import Records

/// Reads the stamps of a run's records where the index is too coarse, and remembers the last few groups.
///
/// The index holds one rounded stamp for 64 lines; what lies between is parsed again here, line by line and only as far
/// as a question needs it, each line once a query. Not thread-safe: every query makes its own.
struct Stamps {
  let run: Run
  private var recent: [GroupStamps] = []
  /// One element, which remembers the last minute; nil until a stamp is read. An array, since a reading is several hundred
  /// bytes: a jump among thousands of files moves this value several times for each of them.
  private var reading = Self.unread
  private static let unread: [StampReading?] = [nil]
  private var oldest = 0

  /// More than this many groups that might hold a key are not parsed in turn: the segment's table decides.
  static let longRun = 12
  private static let capacity = 16

  init(_ run: Run) { self.run = run }

  /// The index in `recent` of a group, which is begun if it is not there.
  private mutating func slot(ofGroup group: Int, segment: Int) -> Int {
    for slot in recent.indices where recent[slot].group == group && recent[slot].segment == segment { return slot }
    let fresh = GroupStamps(group, segment: segment, in: run.generation)
    if recent.count < Self.capacity {
      recent.append(fresh)
      return recent.count - 1
    }
    defer { oldest = (oldest + 1) % Self.capacity }
    recent[oldest] = fresh
    return oldest
  }

  /// The first line at or after `line` of a group whose record has a stamp above `key`.
  private mutating func firstLine(above key: Int64, from line: Int, inGroup group: Int, segment: Int) -> Int? {
    let slot = slot(ofGroup: group, segment: segment)
    return recent[slot].firstLine(above: key, from: line, in: run.generation, &reading[0])
  }

  /// The latest stamp among the first `count` lines of a group; `Key.none` without any.
  private mutating func latest(ofLines count: Int, inGroup group: Int, segment: Int) -> Int64 {
    let slot = slot(ofGroup: group, segment: segment)
    return recent[slot].latest(ofLines: count, in: run.generation, &reading[0])
  }

  /// The stamp of the record at `place`, whose first line is at `range`, as far as its key follows it: `Key.none` for an
  /// outlier.
  @inline(__always) mutating func stamp(at place: Place, _ range: Range<Int>) -> Int64 {
    let index = run.generation.segments[place.segment].index
    return run.generation.orderStamp(ofLine: place.line, at: range, index: index, &reading[0])
  }

  /// The order key of the record that starts at `place`.
  mutating func key(at place: Place) -> Int64 {
    if let own = run.own { return place.segment > 0 ? run.lastKey : own.key(place.line, &reading[0]) }
    let generation = run.generation
    guard !run.isTimeless, place.segment < generation.segments.count else { return run.lastKey }
    let index = generation.segments[place.segment].index
    let carried = max(run.leadingKey, generation.carriedKey(place.segment))
    guard place.group < index.groups.count else { return carried }
    let own = latest(ofLines: Int(place.bit) + 1, inGroup: place.group, segment: place.segment)
    // Above all that the group can have begun with: no need to know what that was.
    if let bound = index.stamp(ofGroup: place.group), own >= (bound + TimeSpan(nanoseconds: index.tick)).nanoseconds {
      return max(carried, own)
    }
    let first = firstGroup(decidingKeyOf: place.group, in: index)
    if place.group - first > Self.longRun {
      let before = SegmentFacts.of(place.segment, in: generation).firstKeys[place.group]
      return max(carried, own, before)
    }
    return (first..<place.group).reduce(max(carried, own)) {
      max($0, latest(ofLines: 64, inGroup: $1, segment: place.segment))
    }
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
    if let own = run.own {
      let bounds = own.bounds(after: key)
      return (
        min(max(from, Place(segment: 0, line: bounds.lowerBound)), to),
        min(max(from, Place(segment: 0, line: bounds.upperBound)), to)
      )
    }
    return bounds(after: key, inSegment: from.segment, from: from, to: to)
  }

  /// The same, knowing only segments: both bounds lie in one segment, or at its end.
  func segmentBounds(after key: Int64, from low: Place, to high: Place) -> (low: Place, high: Place) {
    if key < run.leadingKey { return (low, low) }
    if key >= run.lastKey { return (high, high) }
    if run.own != nil { return (low, high) }
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
    if let own = run.own {
      let numbers = first.line..<end.line
      return Place(segment: 0, line: numbers.partitioningIndex { own.key($0, &reading[0]) > key })
    }
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
      let from = number == first.group ? Int(first.bit) : 0
      if let line = firstLine(above: key, from: from, inGroup: number, segment: first.segment) {
        return min(Place(segment: first.segment, line: number &* 64 &+ line), end)
      }
    }
    return end
  }
}

/// The stamps of a group's lines without outliers, as many as have been asked for so far.
private struct GroupStamps: Sendable {
  let group: Int
  let segment: Int
  private let starts: UInt64
  private let limit: Int
  private var offset: Int
  private var stamps: [Int64] = []

  init(_ group: Int, segment: Int, in generation: Generation) {
    let index = generation.segments[segment].index
    self.group = group
    self.segment = segment
    starts = index.starts(inGroup: group)
    limit = generation.end(ofGroup: group, in: index)
    offset = min(index.bytes.lowerBound &+ Int(index.groups[group].offset), limit)
    stamps.reserveCapacity(64)
  }

  /// The lines up to the last record start; those after it have no stamps.
  private var count: Int { 64 &- starts.leadingZeroBitCount }

  private mutating func readLine(_ generation: Generation, _ reading: inout StampReading?) -> Int64 {
    let end = Newlines.lineEnd(in: generation.bytes, from: offset, to: limit)
    defer { offset = end }
    guard starts &>> UInt64(truncatingIfNeeded: stamps.count) & 1 == 1 else {
      stamps.append(Key.none)
      return Key.none
    }
    let stamp = generation.orderStamp(
      ofLine: group &* 64 &+ stamps.count, at: offset..<end, index: generation.segments[segment].index, &reading)
    stamps.append(stamp)
    return stamp
  }

  mutating func firstLine(
    above key: Int64, from line: Int, in generation: Generation, _ reading: inout StampReading?
  ) -> Int? {
    var line = line
    while line < stamps.count {
      if stamps[line] > key { return line }
      line &+= 1
    }
    while stamps.count < count {
      let stamp = readLine(generation, &reading)
      if stamp > key, stamps.count > line { return stamps.count &- 1 }
    }
    return nil
  }

  mutating func latest(ofLines wanted: Int, in generation: Generation, _ reading: inout StampReading?) -> Int64 {
    while stamps.count < min(wanted, count) { _ = readLine(generation, &reading) }
    return stamps.prefix(wanted).max() ?? Key.none
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
    var reading: StampReading?
    return [Int64](unsafeUninitializedCapacity: count) { stamps, initialized in
      for line in 0..<count {
        let start = min(offset, limit)
        offset = Newlines.lineEnd(in: bytes, from: start, to: limit)
        let isStart = starts &>> UInt64(truncatingIfNeeded: line) & 1 == 1
        stamps[line] =
          isStart ? stamp(ofLine: group &* 64 &+ line, at: start..<offset, index: index, &reading) : Key.none
      }
      initialized = count
    }
  }

  /// The stamp of the record that begins with line `line` of a segment, at `range` (its newline may be part of it).
  /// `reading` serves all lines of this generation that are asked for in turn.
  @inline(__always) func stamp(
    ofLine line: Int, at range: Range<Int>, index: SegmentIndex, _ reading: inout StampReading?
  ) -> Int64 {
    let reference = index.reference(ofLine: line)
    if reading?.reference != reference { reading = StampReading(reader, reference: reference) }
    var range = range
    if reader.looksAhead {
      let end = min(
        range.lowerBound + RecordReader.lookahead, segments.last?.index.bytes.upperBound ?? range.upperBound)
      range = range.lowerBound..<max(range.upperBound, end)
    }
    return reading?.stamp(of: UnsafeRawBufferPointer(rebasing: bytes[range]))?.nanoseconds ?? Key.none
  }

  /// The same as far as the key of the record follows it: `Key.none` for an outlier.
  @inline(__always) func orderStamp(
    ofLine line: Int, at range: Range<Int>, index: SegmentIndex, _ reading: inout StampReading?
  ) -> Int64 {
    index.isOutlier(line) ? Key.none : stamp(ofLine: line, at: range, index: index, &reading)
  }
}
