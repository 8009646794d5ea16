import Glibc
import Quantities

/// The kernel: one pass over a segment that notes for every line whether a record starts there, its level and its time.
struct Indexing {
  var reader: RecordReader
  var file: UnsafeRawBufferPointer
  var reference: Timestamp

  func run(segment: Range<Int>, entry: ScanState) -> SegmentIndex {
    var reading = LineReading(reader: reader, reference: reference)
    var tally = SegmentTally(entry: entry)
    let segment = segment.clamped(to: 0..<file.count)
    var position = firstLineStart(in: segment)
    tally.begin(at: position)
    while position < segment.upperBound {
      let end = lineEnd(from: position)
      var mark = reading.mark(
        file.part(position..<end), readable: file.count &- position, state: &tally.state)
      if position == 0, !mark.code.isStart { mark = reading.firstMark(file.part(position..<end)) }
      tally.add(mark, at: position)
      position = min(end + 1, file.count)
    }
    return tally.finish(at: position, reference: reference)
  }

  private func firstLineStart(in segment: Range<Int>) -> Int {
    guard segment.lowerBound > 0 else { return 0 }
    let end = lineEnd(from: segment.lowerBound - 1)
    return min(end + 1, max(segment.upperBound, segment.lowerBound))
  }

  private func lineEnd(from position: Int) -> Int {
    // SAFETY: the search ends at the file's last byte.
    // One memchr a line is the largest single cost of a templated file; a scan that yields many newlines at once may
    // halve it.
    guard position < file.count, let base = file.baseAddress,
      let hit = memchr(base + position, 10, file.count - position)
    else { return file.count }
    return base.distance(to: UnsafeRawPointer(hit))
  }
}

/// What a segment's pass has gathered so far.
struct SegmentTally {
  let entry: ScanState
  var state: ScanState
  private var start = 0
  private var groups: [Group] = []
  private var runs: [Int64] = []
  private var group = Group(offset: 0, stamp: Group.noStamp, plane0: 0, plane1: 0, plane2: 0, plane3: 0)
  private var lineCount = 0
  private var recordCount = 0
  private var leadingLines = 0
  private var stampedCount = 0
  private var lateCount = 0
  private var base: Timestamp?
  private var latest = Timestamp.distantPast
  private var earliest = Timestamp.distantFuture

  init(entry: ScanState) {
    self.entry = entry
    state = entry
  }

  mutating func begin(at position: Int) { start = position }

  mutating func add(_ mark: LineMark, at position: Int) {
    let code = mark.code
    if code.isStart {
      if recordCount == 0 { leadingLines = lineCount }
      recordCount += 1
      if let stamp = mark.stamp { note(stamp) }
    }
    let bit = UInt64(1) &<< UInt64(lineCount & 63)
    if bit == 1 {
      group = Group(
        offset: UInt32(truncatingIfNeeded: position - start), stamp: Group.noStamp, plane0: 0, plane1: 0, plane2: 0,
        plane3: 0)
      runs.append(base == nil ? .min : latest.nanoseconds)
    }
    if code.rawValue & 1 != 0 { group.plane0 |= bit }
    if code.rawValue & 2 != 0 { group.plane1 |= bit }
    if code.rawValue & 4 != 0 { group.plane2 |= bit }
    if code.rawValue & 8 != 0 { group.plane3 |= bit }
    lineCount += 1
    if lineCount & 63 == 0 { groups.append(group) }
  }

  private mutating func note(_ stamp: Timestamp) {
    if base == nil { base = stamp }
    stampedCount += 1
    if stamp < latest, latest - stamp > TimeSpan.minutes(1) { lateCount += 1 }
    latest = max(latest, stamp)
    earliest = min(earliest, stamp)
  }

  mutating func finish(at position: Int, reference: Timestamp) -> SegmentIndex {
    if lineCount & 63 != 0 { groups.append(group) }
    if recordCount == 0 { leadingLines = lineCount }
    var tick: Int64 = 1_000_000
    if let base {
      while (latest - base).nanoseconds / tick > Int64(Int32.max) { tick *= 1000 }
      for index in groups.indices where runs[index] != .min {
        groups[index].stamp = Int32(clamping: (Timestamp(nanoseconds: runs[index]) - base).nanoseconds / tick)
      }
    }
    return groups.withUnsafeBufferPointer { groups in
      SegmentIndex(
        bytes: start..<max(start, position), lineCount: lineCount, recordCount: recordCount, groups: groups, base: base,
        tick: tick, earliest: base == nil ? nil : earliest, latest: base == nil ? nil : latest,
        leadingLines: leadingLines, stampedCount: stampedCount, lateCount: lateCount, entry: entry, exit: state,
        reference: reference)
    }
  }
}
