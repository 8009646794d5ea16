import LogFiles
import Quantities
import Records
import Synchronization

/// What reading every stamp of a segment once tells, kept for as long as the segment lives (8 bytes a group).
///
/// Needed where many groups in a row have the same rounded stamp (stamps in whole seconds, thousands of records in each),
/// and by histograms, which must know how far a segment strays from the order of time before they may count whole groups.
final class SegmentFacts: Sendable {
  /// The running maximum, within the segment and without outliers, at each group's first line; `Key.none` before the
  /// first stamp.
  let firstKeys: [Int64]
  /// The running maximum after each group.
  let lastKeys: [Int64]
  /// How far the latest of the stragglers lies below the running maximum, in nanoseconds; 0 where all is in order.
  let lateness: Int64

  init(_ segment: Int, in generation: Generation) {
    let index = generation.segments[segment].index
    var (first, last): ([Int64], [Int64]) = ([], [])
    var (running, lateness) = (Key.none, Int64(0))
    first.reserveCapacity(index.groups.count)
    last.reserveCapacity(index.groups.count)
    for group in 0..<index.groups.count {
      var stamps = generation.stamps(ofGroup: group, segment: segment)
      if index.hasOutliers {
        for line in stamps.indices where index.isOutlier(group * 64 + line) { stamps[line] = Key.none }
      }
      first.append(max(running, stamps.first ?? Key.none))
      for stamp in stamps where stamp != Key.none {
        if stamp >= running {
          running = stamp
        } else {
          let (late, overflow) = running.subtractingReportingOverflow(stamp)
          lateness = overflow ? .max : max(lateness, late)
        }
      }
      last.append(running)
    }
    firstKeys = first
    lastKeys = last
    self.lateness = lateness
  }

  /// The facts of a segment, read now if nobody has read them before. Safe on any thread.
  static func of(_ segment: Int, in generation: Generation) -> SegmentFacts {
    if let known = known(segment, in: generation) { return known }
    let facts = SegmentFacts(segment, in: generation)
    let index = generation.segments[segment].index
    table.withLock { $0.insert(facts, for: index) }
    return facts
  }

  /// The facts of a segment if somebody has read them.
  static func known(_ segment: Int, in generation: Generation) -> SegmentFacts? {
    let index = generation.segments[segment].index
    return table.withLock { $0.facts(of: index) }
  }

  private static let table = Mutex(Table())

  /// Facts by segment identity; a weak reference tells whether the identity still means the same segment.
  private struct Table {
    private struct Entry {
      weak var index: SegmentIndex?
      var facts: SegmentFacts
    }
    private var entries: [ObjectIdentifier: Entry] = [:]
    private var byteCount = 0
    /// About 300 groups a segment: facts of 2 GB of logs.
    private static let limit = 5 << 20

    func facts(of index: SegmentIndex) -> SegmentFacts? {
      guard let entry = entries[ObjectIdentifier(index)], entry.index === index else { return nil }
      return entry.facts
    }

    mutating func insert(_ facts: SegmentFacts, for index: SegmentIndex) {
      if byteCount > Self.limit {
        entries = entries.filter { $0.value.index != nil }
        byteCount = entries.values.reduce(0) { $0 + $1.facts.byteCount }
        if byteCount > Self.limit / 2 { (entries, byteCount) = ([:], 0) }
      }
      entries[ObjectIdentifier(index)] = Entry(index: index, facts: facts)
      byteCount += facts.byteCount
    }
  }

  private var byteCount: Int { 16 * firstKeys.count + 200 }
}
