import Quantities
import Records

/// How the records of a generation are brought into the order of time.
public enum RecordOrder: Sendable, Equatable {
  /// As they are written, ordered by the running maximum of their stamps.
  case written
  /// By their own stamps, since more than 1% of them are written more than a minute late.
  case sorted
  /// By their own stamps, of equal ones the last first, since the file has its newest records at the beginning.
  case newestFirst
}

/// How far the stamps of a generation's records are from rising, by what its segments know. O(segments).
struct Disorder {
  /// Whether the counts tell enough.
  enum Judgement { case settled, needsLateCounts, needsSteps }

  private(set) var recordCount = 0
  /// Records more than 60 s below their order key: at least, and at most.
  private(set) var leastLate = 0
  private(set) var mostLate = 0
  /// Steps of a stamp below the one before it, and above, as far as they are counted.
  private(set) var falls = 0
  private(set) var rises = 0
  private(set) var knowsSteps = true
  /// The first stamp that is no outlier, and the last stamp.
  private var first: Timestamp?
  private var last: Timestamp?

  /// More than this share of late records makes a file disordered, in percent.
  static let lateShare = 1
  /// A file is newest-first if it ends before it begins and falls at least so many times as often as it rises, and so many
  /// times at least, or it is disordered.
  static let fallFactor = 10
  static let leastFalls = 8

  init(_ segments: some Sequence<SegmentIndex>, carried: Timestamp? = nil) {
    var carried = carried
    for segment in segments {
      recordCount += segment.recordCount
      guard let first = segment.order.first else { continue }
      let late = Self.lateCount(of: segment, carried: carried)
      leastLate += late ?? 0
      mostLate += late ?? segment.stampedCount
      if let last, last > first { falls += 1 }
      if let last, last < first { rises += 1 }
      falls += segment.order.findings?.fallCount ?? 0
      rises += segment.order.findings?.riseCount ?? 0
      knowsSteps = knowsSteps && Self.knowsSteps(of: segment)
      self.first = self.first ?? segment.base
      last = segment.order.last
      carried = Stitching.key(carried, after: segment)
    }
  }

  /// Late records of a segment when the running maximum before it is `carried`; nil where its counts do not tell.
  static func lateCount(of segment: SegmentIndex, carried: Timestamp?) -> Int? {
    guard let earliest = segment.earliest, let latest = segment.latest else { return 0 }
    let counted = segment.order.findings?.carried
    guard let carried else { return counted == nil ? segment.lateCount : nil }
    if latest < carried, carried - latest > SegmentOrder.lateness { return segment.stampedCount }
    let isNear = earliest >= carried || carried - earliest <= SegmentOrder.lateness
    return counted == carried || isNear && counted == nil ? segment.lateCount : nil
  }

  static func knowsSteps(of segment: SegmentIndex) -> Bool { segment.order.findings != nil || segment.stampedCount < 2 }

  private func isDisordered(_ late: Int) -> Bool { late * 100 > recordCount * Self.lateShare }

  /// Whether the end lies before the beginning.
  private var isReversed: Bool {
    guard let first, let last else { return false }
    return last < first
  }

  private var isFalling: Bool {
    isReversed && rises * Self.fallFactor <= falls && (falls >= Self.leastFalls || isDisordered(leastLate))
  }

  var judgement: Judgement {
    if isDisordered(leastLate) != isDisordered(mostLate) { return .needsLateCounts }
    return isReversed && !knowsSteps ? .needsSteps : .settled
  }

  /// The order that suits the records; without meaning unless `judgement` is `settled`.
  var order: RecordOrder {
    if isFalling { return .newestFirst }
    return isDisordered(leastLate) ? .sorted : .written
  }
}
