import Glibc
import Quantities

/// The slow, exact look at the order of a segment whose stamps fall by more than an hour somewhere: reads every stamp.
///
/// Finds, from the end backwards, where years end that the stamps do not name; then the outliers; then the running maxima
/// without them. Only the stamps after the segment matter to it, never those before, so that segments can be indexed
/// apart: what the last records of a segment are is settled when the stitch pass shows it the next ones.
struct OrderPass {
  private let reader: RecordReader
  private let bytes: UnsafeRawBufferPointer
  private let origin: Int
  private let index: SegmentIndex
  private let context: OrderContext
  /// What is known of the stamped records of the segment, and, behind them, of those that follow.
  private var lines: [UInt32] = []
  private var stamps: [Int64] = []
  private var sections: [OrderFindings.Section] = []
  private var isOpen = false

  /// `bytes` begin at byte `origin` of what `index.bytes` counts in.
  init(
    _ reader: RecordReader, _ bytes: UnsafeRawBufferPointer, at origin: Int, _ index: SegmentIndex,
    _ context: OrderContext
  ) {
    (self.reader, self.bytes, self.origin, self.index, self.context) = (reader, bytes, origin, index, context)
  }

  /// The same index with exact order stamps.
  mutating func run() -> SegmentIndex {
    readBackwards()
    let count = lines.count
    let outliers = outliers()
    var groups = Array(index.groups)
    var order = SegmentOrder()
    (order.first, order.last) = (count > 0 ? stamp(0) : nil, count > 0 ? stamp(count - 1) : nil)
    order.hasPlunge = true
    var tally = KeyTally(carried: context.carried, groupCount: groups.count)
    for number in 0..<count {
      tally.add(stamps[number], line: Int(lines[number]), isOutlier: outliers[number])
    }
    let tick = tally.finish(&groups)
    order.top = tally.base.map { _ in Timestamp(nanoseconds: tally.top) }
    order.findings = OrderFindings(
      outliers: (0..<count).filter { outliers[$0] }.map { lines[$0] }, sections: sections.reversed(),
      endReference: endReference, isOpen: isOpen, context: context,
      falls: (0..<max(count - 1, 0)).count { stamps[$0] > stamps[$0 + 1] },
      rises: (0..<max(count - 1, 0)).count { stamps[$0] < stamps[$0 + 1] })
    let own = stamps.prefix(count)
    return groups.withUnsafeBufferPointer { groups in
      SegmentIndex(
        bytes: index.bytes, lineCount: index.lineCount, recordCount: index.recordCount, groups: groups,
        base: tally.base.map { Timestamp(nanoseconds: $0) }, tick: tick,
        earliest: own.min().map { Timestamp(nanoseconds: $0) }, latest: own.max().map { Timestamp(nanoseconds: $0) },
        leadingLines: index.leadingLines, stampedCount: count, lateCount: tally.lateCount, entry: index.entry,
        exit: index.exit, reference: index.reference, order: order)
    }
  }

  private var endReference: Timestamp { min(context.reference ?? index.reference, index.reference) }

  private func stamp(_ number: Int) -> Timestamp { Timestamp(nanoseconds: stamps[number]) }

  // MARK: Stamps, and the years that they do not name

  /// Reads the stamps from the last to the first: what follows a record bounds the year that it can be of.
  private mutating func readBackwards() {
    let starts = index.recordStarts(in: bytes, at: origin)
    var reading = StampReading(reader, reference: endReference)
    var later = context.following.map(\.nanoseconds)
    later.reverse()
    for (line, range) in starts.reversed() {
      let record = bytes.part(reader.reach(of: range, in: bytes))
      guard var stamp = reading.stamp(of: record)?.nanoseconds else { continue }
      if let next = later.last, stamp.isFar(above: next), let period = period(of: record, stamp, reading.reference),
        stamp - next > period / 2, endsPeriod(stamp, period: period, before: later)
      {
        let reference = Timestamp(nanoseconds: next)
        reading = StampReading(reader, reference: reference)
        sections.append(OrderFindings.Section(end: Int(line) + 1, reference: reference))
        stamp = reading.stamp(of: record)?.nanoseconds ?? stamp
      }
      later.append(stamp)
      lines.append(line)
    }
    lines.reverse()
    stamps = later.reversed()
  }

  /// After how long a stamp as it is written means another instant: a year, a day, or nil for never.
  private func period(of record: UnsafeRawBufferPointer, _ stamp: Int64, _ reference: Timestamp) -> Int64? {
    func differs(by span: TimeSpan) -> Int64 {
      stamp - (reader.stamp(of: record, reference: reference - span)?.nanoseconds ?? stamp)
    }
    let (day, year) = (TimeSpan.days(1).nanoseconds, TimeSpan.days(366).nanoseconds)
    if (1...3 * day).contains(differs(by: .hours(36))) { return day }
    return differs(by: .days(367)) > 0 ? year : nil
  }

  /// Whether the step down from `stamp` to what follows it is the end of a year (or a day), and no excursion of a clock that was
  /// not set yet: after one, time comes back to where it was.
  ///
  /// `later` holds what follows, the next one last.
  private mutating func endsPeriod(_ stamp: Int64, period: Int64, before later: [Int64]) -> Bool {
    guard let next = later.last else { return false }
    let near = period / 366
    var seen = 0
    for other in later.reversed() {
      if abs(other - next) > near { return other < stamp - near }
      seen += 1
      if seen == SegmentOrder.excursionReach { return true }
    }
    // The file ends soon after the step: its modification time, which all this is counted from, cannot be so far off.
    isOpen = true
    return false
  }

  // MARK: Outliers

  /// For each stamped record of the segment whether it lies more than an hour above all of the next 64.
  private mutating func outliers() -> [Bool] {
    let height = SegmentOrder.outlierHeight.nanoseconds
    var result = [Bool](repeating: false, count: lines.count)
    for number in lines.indices where number + 1 < stamps.count {
      let following = stamps[(number + 1)...].prefix(SegmentOrder.outlierReach)
      result[number] = following.allSatisfy { stamps[number].isAbove($0, by: height) }
      if result[number], following.count < SegmentOrder.outlierReach { isOpen = true }
    }
    return result
  }
}

extension RecordReader {
  /// The index of a segment with exact order stamps, given what surrounds it, from a look at each stamp of it.
  ///
  /// `bytes` begin at byte `origin` of what `index.bytes` counts in. O(bytes), three times as slow as indexing.
  public func settled(
    _ index: SegmentIndex, _ bytes: UnsafeRawBufferPointer, at origin: Int, in context: OrderContext
  ) -> SegmentIndex {
    var pass = OrderPass(self, bytes, at: origin, index, context)
    return pass.run()
  }

  /// As much of a record's bytes as its head needs.
  fileprivate func reach(of line: Range<Int>, in bytes: UnsafeRawBufferPointer) -> Range<Int> {
    looksAhead ? line.lowerBound..<max(line.upperBound, min(bytes.count, line.lowerBound + Self.lookahead)) : line
  }

  /// Gives each record that starts in a segment to `body`, in file order, with its line and its stamp, until that returns
  /// false. `bytes` begin at byte `offset` of what `index.bytes` counts in.
  public func forEachStamp(
    of index: SegmentIndex, in bytes: UnsafeRawBufferPointer, at offset: Int, _ body: (Int, Timestamp?) -> Bool
  ) {
    var reading = StampReading(self, reference: index.firstReference)
    for (line, range) in index.recordStarts(in: bytes, at: offset) {
      let reference = index.reference(ofLine: Int(line))
      if reading.reference != reference { reading = StampReading(self, reference: reference) }
      guard body(Int(line), reading.stamp(of: bytes.part(reach(of: range, in: bytes)))) else { return }
    }
  }
}

extension SegmentIndex {
  /// The lines on which records start, and where those lie in `bytes`, which begin at byte `origin` of what the index counts
  /// in.
  fileprivate func recordStarts(
    in buffer: UnsafeRawBufferPointer, at origin: Int
  ) -> [(line: UInt32, range: Range<Int>)] {
    var result: [(line: UInt32, range: Range<Int>)] = []
    result.reserveCapacity(recordCount)
    let end = min(bytes.upperBound - origin, buffer.count)
    for group in 0..<groups.count {
      let starts = starts(inGroup: group)
      var offset = min(bytes.lowerBound - origin + Int(groups[group].offset), end)
      for line in 0..<(64 - starts.leadingZeroBitCount) {
        let next = buffer.lineEnd(from: offset, to: end)
        if starts >> UInt64(line) & 1 == 1 { result.append((UInt32(group * 64 + line), offset..<next)) }
        offset = next
      }
    }
    return result
  }
}

extension UnsafeRawBufferPointer {
  fileprivate func lineEnd(from start: Int, to end: Int) -> Int {
    // SAFETY: memchr reads `end - start` bytes from `start`, and 0 <= start < end <= count.
    guard start < end, let base = baseAddress, let hit = memchr(base + start, 10, end - start) else { return end }
    return base.distance(to: UnsafeRawPointer(hit)) + 1
  }
}

extension Int64 {
  fileprivate func isAbove(_ other: Int64, by height: Int64) -> Bool {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return self > other && (overflow || difference > height)
  }

  /// More than half a day above, and near enough for a year.
  fileprivate func isFar(above other: Int64) -> Bool {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return !overflow && difference > TimeSpan.hours(12).nanoseconds && difference < TimeSpan.days(800).nanoseconds
  }
}

/// Running maxima at the groups of a segment, and what lies below them.
private struct KeyTally {
  private let carried: Timestamp?
  private var runs: [Int64?]
  private var filled = 0
  private(set) var base: Int64?
  private(set) var top = Int64.min
  private(set) var lateCount = 0

  init(carried: Timestamp?, groupCount: Int) {
    self.carried = carried
    runs = Array(repeating: nil, count: groupCount)
  }

  mutating func add(_ stamp: Int64, line: Int, isOutlier: Bool) {
    // A group's stamp includes its first line.
    fill(upTo: (line + 63) / 64)
    if !isOutlier {
      base = base ?? stamp
      top = max(top, stamp)
    }
    let key = max(top, carried?.nanoseconds ?? top)
    let late = Timestamp(nanoseconds: key) - Timestamp(nanoseconds: stamp)
    if stamp < key, late > SegmentOrder.lateness { lateCount += 1 }
  }

  private mutating func fill(upTo group: Int) {
    while filled < min(group, runs.count) {
      runs[filled] = base == nil ? nil : top
      filled += 1
    }
  }

  /// Writes the stamps into the groups; returns the tick.
  mutating func finish(_ groups: inout [Group]) -> Int64 {
    fill(upTo: runs.count)
    var tick: Int64 = 1_000_000
    if let base {
      while (Timestamp(nanoseconds: top) - Timestamp(nanoseconds: base)).nanoseconds / tick > Int64(Int32.max) {
        tick *= 1000
      }
    }
    for number in groups.indices {
      groups[number].stamp = Group.noStamp
      guard let run = runs[number], let base else { continue }
      let distance = Timestamp(nanoseconds: run) - Timestamp(nanoseconds: base)
      groups[number].stamp = Int32(clamping: distance.nanoseconds / tick)
    }
    return tick
  }
}
