import Quantities
import Records

/// Sorts the records of a stretch of segments by their own stamps.
///
/// A sweep over time: a segment is read when the sweep reaches its earliest stamp, and forgotten when its last record is
/// placed, so that only segments that overlap in time are in memory together.
///
///     segment 0  ├──────────┤
///     segment 1      ├────────────┤          read: 1 and 2
///     segment 2            ├─────────┤
///     segment 3                │       ├──────────┤
///                            sweep
struct OrderBuilding<Source: SegmentSource> {
  private struct Entry {
    var key: Int64
    /// The line, counted from the first one of the stretch; its complement where the newest come first.
    var tie: UInt32
  }

  private struct Front {
    var entries: ArraySlice<Entry>
    var count: Int
  }

  private let segments: ArraySlice<StitchedSegment>
  private let source: Source
  private let isNewestFirst: Bool
  /// The key of records above the first stamp of the stretch.
  private let leadingKey: Int64
  private let firstLine: Int
  private var fronts: [Front] = []
  private var heldCount = 0

  /// So many records may be in memory at once, beside the order itself: 64 MB. Files whose time goes to and fro by more are
  /// left as they are written.
  static var heldLimit: Int { 4 << 20 }

  /// `leadingKey` is the stamp above the stretch, or the first one of the generation.
  init(_ segments: ArraySlice<StitchedSegment>, source: Source, isNewestFirst: Bool, leadingKey: Timestamp) {
    self.segments = segments
    self.source = source
    self.isNewestFirst = isNewestFirst
    self.leadingKey = leadingKey.nanoseconds
    firstLine = segments.first?.firstLine ?? 0
  }

  /// The order; nil where there is no room for it, or the file became shorter.
  mutating func run() -> OwnOrder? {
    let count = segments.reduce(0) { $0 + $1.index.recordCount }
    guard let last = segments.last, let lease = OwnOrder.Lease(count) else { return nil }
    var (lines, blockKeys, lastKey) = ([UInt32](), [Int64](), Int64.min)
    lines.reserveCapacity(count)
    var waiting = bounds()[...]
    while true {
      while let next = waiting.first, fronts.first.map({ next.low <= $0.entries[$0.entries.startIndex].key }) ?? true {
        waiting.removeFirst()
        guard open(next.number, inherited: next.inherited), heldCount <= Self.heldLimit else { return nil }
      }
      guard let entry = pop() else { break }
      if lines.count & 63 == 0 { blockKeys.append(entry.key) }
      lines.append(isNewestFirst ? ~entry.tie : entry.tie)
      lastKey = entry.key
    }
    return OwnOrder(
      lines: firstLine..<last.firstLine + last.index.lineCount, entries: lines, isNewestFirst: isNewestFirst,
      blockKeys: blockKeys, lastKey: lastKey, firstStampedLine: firstStampedLine, leadingKey: leadingKey, lease: lease)
  }

  /// The line of the first stamped record, or where one may be.
  private var firstStampedLine: Int {
    for segment in segments where segment.index.stampedCount > 0 {
      var found: Int?
      _ = source.withBytes(of: segment.index) { bytes in
        source.reader.forEachStamp(of: segment.index, in: bytes, at: segment.index.bytes.lowerBound) { line, stamp in
          if stamp != nil { found = line }
          return stamp == nil
        }
      }
      if let found { return segment.firstLine + found }
    }
    return segments.last.map { $0.firstLine + $0.index.lineCount } ?? firstLine
  }

  /// The segments with records by the earliest key in them, and the stamp above each.
  private func bounds() -> [(number: Int, low: Int64, inherited: Int64)] {
    var result: [(number: Int, low: Int64, inherited: Int64)] = []
    var inherited = leadingKey
    for number in segments.indices {
      let index = segments[number].index
      if index.recordCount > 0 {
        let earliest = index.earliest?.nanoseconds ?? inherited
        result.append(
          (number, index.stampedCount == index.recordCount ? earliest : min(earliest, inherited), inherited))
      }
      if let last = index.order.last { inherited = last.nanoseconds }
    }
    return result.sorted { ($0.low, $0.number) < ($1.low, $1.number) }
  }

  /// Reads the records of a segment, sorted, and puts them among the fronts.
  private mutating func open(_ number: Int, inherited: Int64) -> Bool {
    let segment = segments[number]
    var entries: [Entry] = []
    entries.reserveCapacity(segment.index.recordCount)
    var key = inherited
    let shift = segment.firstLine - firstLine
    let isRead: Void? = source.withBytes(of: segment.index) { bytes in
      source.reader.forEachStamp(of: segment.index, in: bytes, at: segment.index.bytes.lowerBound) { line, stamp in
        if let stamp { key = stamp.nanoseconds }
        let line = UInt32(truncatingIfNeeded: shift + line)
        entries.append(Entry(key: key, tie: isNewestFirst ? ~line : line))
        return true
      }
    }
    guard isRead != nil, entries.count == segment.index.recordCount else { return false }
    entries.sort { ($0.key, $0.tie) < ($1.key, $1.tie) }
    heldCount += entries.count
    fronts.append(Front(entries: entries[...], count: entries.count))
    siftUp()
    return true
  }

  // MARK: A binary heap of fronts, least entry on top

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    let (left, right) = (fronts[left].entries, fronts[right].entries)
    let (first, second) = (left[left.startIndex], right[right.startIndex])
    return (first.key, first.tie) < (second.key, second.tie)
  }

  private mutating func pop() -> Entry? {
    guard let entry = fronts.first?.entries.first else { return nil }
    fronts[0].entries.removeFirst()
    if fronts[0].entries.isEmpty {
      heldCount -= fronts[0].count
      fronts.swapAt(0, fronts.count - 1)
      fronts.removeLast()
    }
    siftDown()
    return entry
  }

  private mutating func siftUp() {
    var child = fronts.count - 1
    while child > 0, isBefore(child, (child - 1) / 2) {
      fronts.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func siftDown() {
    var hole = 0
    while 2 * hole + 1 < fronts.count {
      var child = 2 * hole + 1
      if child + 1 < fronts.count, isBefore(child + 1, child) { child += 1 }
      guard isBefore(child, hole) else { return }
      fronts.swapAt(child, hole)
      hole = child
    }
  }
}
