import Quantities

/// What a segment's pass has gathered so far: groups of 64 lines, and facts about all of them.
///
/// Lines come in two steps: `note` the stamp of a record that starts there, then `add` the line.
struct SegmentTally: ~Copyable {
  private(set) var lineCount = 0
  private var recordCount = 0
  private var leadingLines: Int?
  private var stampedCount = 0
  private var lateCount = 0
  private var base: Timestamp?
  private var earliest = Timestamp.distantFuture
  /// The running maximum of the stamps.
  private var latest = Int64.min
  private var last = Int64.min
  /// Whether some stamp lies more than an hour below an earlier one.
  private var hasPlunge = false
  /// Where the first line of the segment begins.
  private var start = 0
  private var groups: [Group] = []
  /// The running maximum at the first line of each group; `Int64.min` before the first stamp.
  private var runs: [Int64] = []
  // SAFETY: 64 bytes of our own, from `init` to `deinit`; the codes of the lines of the last, unfinished group.
  private let codes = UnsafeMutableRawBufferPointer.allocate(byteCount: 64, alignment: 8)

  /// Stamps this far above the running maximum or below it are looked at more closely.
  private static let leap: Int64 = 3_600_000_000_000
  private static let lateness: Int64 = 60_000_000_000

  init() {}

  deinit { codes.deallocate() }

  /// Forgets everything, for a segment whose first line begins at `position`.
  mutating func begin(at position: Int) {
    (start, lineCount, recordCount, stampedCount, lateCount) = (position, 0, 0, 0, 0)
    (leadingLines, base, latest, earliest) = (nil, nil, .min, .distantFuture)
    (last, hasPlunge) = (.min, false)
    groups.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
  }

  /// Takes the stamp of the record that starts on the next line, in nanoseconds since 1970.
  @inline(__always) mutating func note(_ stamp: Int64) {
    stampedCount &+= 1
    last = stamp
    // One comparison for what nearly all stamps are: hardly before the running maximum, and not far after it.
    if UInt64(bitPattern: stamp &- latest &+ Self.lateness) > UInt64(bitPattern: Self.lateness &+ Self.leap) {
      noteFar(stamp)
    } else {
      latest = max(latest, stamp)
      earliest = min(earliest, Timestamp(nanoseconds: stamp))
    }
  }

  @inline(never) private mutating func noteFar(_ stamp: Int64) {
    if base == nil { base = Timestamp(nanoseconds: stamp) }
    let lateness = Timestamp(nanoseconds: latest) - Timestamp(nanoseconds: stamp)
    if latest > stamp, lateness > SegmentOrder.lateness { lateCount += 1 }
    if latest > stamp, lateness > SegmentOrder.outlierHeight { hasPlunge = true }
    latest = max(latest, stamp)
    earliest = min(earliest, Timestamp(nanoseconds: stamp))
  }

  /// Adds the line that begins at `position`, after its stamp was noted.
  @inline(__always) mutating func add(_ code: LineCode, at position: Int) {
    let place = lineCount & 63
    if place == 0 { beginGroup(at: position) }
    codes[place] = code.rawValue
    lineCount &+= 1
  }

  @inline(never) private mutating func beginGroup(at position: Int) {
    finishGroup(lines: 64)
    groups.append(
      Group(
        offset: UInt32(truncatingIfNeeded: position - start), stamp: Group.noStamp, plane0: 0, plane1: 0, plane2: 0,
        plane3: 0))
    runs.append(base == nil ? .min : latest)
  }

  /// Packs the codes of the last group, which has so many lines.
  private mutating func finishGroup(lines: Int) {
    let last = groups.count - 1
    guard last >= 0 else { return }
    let used = lines == 64 ? ~0 : (1 as UInt64) &<< UInt64(lines) &- 1
    groups[last].plane0 = plane(0) & used
    groups[last].plane1 = plane(1) & used
    groups[last].plane2 = plane(2) & used
    groups[last].plane3 = plane(3) & used
    let starts = ~groups[last].continuations & used
    if leadingLines == nil, starts != 0 { leadingLines = last * 64 + starts.trailingZeroBitCount }
    recordCount += starts.nonzeroBitCount
  }

  /// Bit `number` of each of the 64 codes.
  private func plane(_ number: UInt64) -> UInt64 {
    var bits: UInt64 = 0
    for word in 0..<8 {
      let eight = UInt64(littleEndian: codes.load(fromByteOffset: word * 8, as: UInt64.self))
      // The multiplication brings the lowest bits of eight bytes side by side.
      let packed = (eight &>> number & 0x0101_0101_0101_0101) &* 0x0102_0408_1020_4080
      bits |= (packed &>> 56) &<< UInt64(word * 8)
    }
    return bits
  }

  /// The index of the lines that were added; the last ends at `end`.
  mutating func finish(endingAt end: Int, entry: ScanState, exit: ScanState, reference: Timestamp) -> SegmentIndex {
    finishGroup(lines: lineCount - max(groups.count - 1, 0) * 64)
    var tick: Int64 = 1_000_000
    let latest = base == nil ? nil : Timestamp(nanoseconds: latest)
    if let base, let latest {
      while (latest - base).nanoseconds / tick > Int64(Int32.max) { tick *= 1000 }
      for index in groups.indices where runs[index] != .min {
        groups[index].stamp = Int32(clamping: (Timestamp(nanoseconds: runs[index]) - base).nanoseconds / tick)
      }
    }
    var order = SegmentOrder()
    if let base {
      (order.first, order.last) = (base, Timestamp(nanoseconds: last))
      (order.top, order.hasPlunge) = (latest, hasPlunge)
    }
    return groups.withUnsafeBufferPointer { groups in
      SegmentIndex(
        bytes: start..<max(start, end), lineCount: lineCount, recordCount: recordCount, groups: groups, base: base,
        tick: tick, earliest: base == nil ? nil : earliest, latest: latest, leadingLines: leadingLines ?? lineCount,
        stampedCount: stampedCount, lateCount: lateCount, entry: entry, exit: exit, reference: reference, order: order)
    }
  }
}
