import Dispatch
import Glibc
import LogFiles
import Quantities
import Records
import Synchronization

extension Timeline {
  /// Counts the records shown by level in `columns` equal columns of the half-open range from `from` to `to`; nil if
  /// cancelled.
  ///
  /// Each record counts at its own stamp, never at its key, and one without a stamp not at all. Segments and groups that
  /// lie within one column are counted by their planes; elsewhere stamps are read, on all cores, and what that tells of a
  /// segment is remembered. Column i begins at `from + i * (to - from) / columns`, rounded up.
  public func histogram(
    from: Timestamp, to: Timestamp, columns: Int, cancellation: Cancellation? = nil
  ) -> [LevelCounts]? {
    guard columns > 0, from < to else { return Array(repeating: LevelCounts(), count: max(columns, 0)) }
    let axis = TimeColumns(from: from, to: to, count: columns)
    let units = runs.indices.flatMap { run in
      runs[run].segments.filter { axis.touches(runs[run].generation.segments[$0].index) }
        .map { (run, $0) }
    }
    let sums = Mutex([LevelCounts](repeating: LevelCounts(), count: columns))
    let next = Atomic<Int>(0)
    let work: @Sendable () -> Void = {
      var counts = [LevelCounts](repeating: LevelCounts(), count: columns)
      while cancellation?.isCancelled != true {
        let number = next.add(1, ordering: .relaxed).oldValue
        guard number < units.count else { break }
        runs[units[number].0].count(segment: units[number].1, axis, into: &counts)
      }
      sums.withLock { sums in for column in 0..<columns { sums[column] += counts[column] } }
    }
    let workers = min(units.count / 2, FilterEngine.defaultWorkers)
    if workers <= 1 { work() } else { DispatchQueue.concurrentPerform(iterations: workers) { _ in work() } }
    return cancellation?.isCancelled == true ? nil : sums.withLock { $0 }
  }
}

/// A range of time cut into equal columns.
struct TimeColumns: Sendable {
  let from: Int64
  let to: Int64
  let count: Int

  init(from: Timestamp, to: Timestamp, count: Int) {
    (self.from, self.to, self.count) = (from.nanoseconds, to.nanoseconds, count)
  }

  private var width: UInt64 { UInt64(bitPattern: to &- from) }

  /// Nanoseconds in a column, rounded down.
  var columnWidth: Int64 { Int64(clamping: width / UInt64(count)) }

  /// The column of an instant; nil outside.
  func column(of stamp: Int64) -> Int? {
    guard stamp >= from, stamp < to else { return nil }
    let product = UInt64(bitPattern: stamp &- from).multipliedFullWidth(by: UInt64(count))
    return Int(truncatingIfNeeded: width.dividingFullWidth(product).quotient)
  }

  /// The column that holds both instants and all between; nil if there is none.
  func column(ofAll range: ClosedRange<Int64>) -> Int? {
    guard let column = column(of: range.lowerBound), column == self.column(of: range.upperBound) else { return nil }
    return column
  }

  func touches(_ index: SegmentIndex) -> Bool {
    guard let earliest = index.earliest, let latest = index.latest else { return false }
    return earliest.nanoseconds < to && latest.nanoseconds >= from
  }
}

extension Run {
  /// Adds the visible records of one segment.
  func count(segment number: Int, _ axis: TimeColumns, into counts: inout [LevelCounts]) {
    if let bits, (bits.segments[number]?.count ?? 0) == 0 { return }
    let index = generation.segments[number].index
    guard let earliest = index.earliest?.nanoseconds, let latest = index.latest?.nanoseconds else { return }
    let isStamped = index.stampedCount == index.recordCount
    if isStamped, let column = axis.column(ofAll: earliest...latest) {
      for group in 0..<index.groups.count {
        counts[column].add(fileWord(segment: number, group: group), of: index.groups[group])
      }
      return
    }
    let needsFacts = isStamped && (index.lateCount > 0 || axis.columnWidth < TimeSpan.minutes(20).nanoseconds)
    let limits = GroupLimits(index, facts: needsFacts ? facts(ofSegment: number) : nil)
    for group in 0..<index.groups.count {
      let word = fileWord(segment: number, group: group)
      guard word != 0 else { continue }
      if isStamped, let range = limits.range(ofGroup: group) {
        if range.upperBound < axis.from || range.lowerBound >= axis.to { continue }
        if let column = axis.column(ofAll: range) {
          counts[column].add(word, of: index.groups[group])
          continue
        }
      }
      let stamps = generation.stamps(ofGroup: group, segment: number)
      for line in stamps.indices where word &>> UInt64(truncatingIfNeeded: line) & 1 == 1 && stamps[line] != Key.none {
        guard let column = axis.column(of: stamps[line]) else { continue }
        counts[column].add(code: index.groups[group].code(ofLine: line))
      }
    }
  }

  /// Facts are worth reading where most groups would be read anyway; they serve all later histograms.
  private func facts(ofSegment number: Int) -> SegmentFacts? {
    guard bits == nil || (bits?.segments[number]?.count ?? 0) > generation.segments[number].index.groups.count else {
      return SegmentFacts.known(number, in: generation)
    }
    return SegmentFacts.of(number, in: generation)
  }
}

/// Between which instants the stamps of a group lie, as far as the index and the facts tell.
private struct GroupLimits {
  let index: SegmentIndex
  let facts: SegmentFacts?

  init(_ index: SegmentIndex, facts: SegmentFacts?) {
    self.index = index
    self.facts = facts
  }

  /// A range that holds all stamps of the group; nil if nothing is known.
  func range(ofGroup group: Int) -> ClosedRange<Int64>? {
    if index.hasOutliers { return nil }
    if let facts {
      let (first, last) = (facts.firstKeys[group], facts.lastKeys[group])
      let (low, overflow) = first.subtractingReportingOverflow(facts.lateness)
      return first == Key.none || overflow ? nil : low...max(low, last)
    }
    // No record lies more than 60 s below the running maximum.
    guard index.lateCount == 0, let first = index.stamp(ofGroup: group), let last = index.upperBound(ofGroup: group)
    else {
      return nil
    }
    let low = (first - .minutes(1)).nanoseconds
    return low <= last.nanoseconds ? low...last.nanoseconds : nil
  }
}
