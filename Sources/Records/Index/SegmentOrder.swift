import Quantities

/// What a segment knows of the order of its stamps beyond `Group.stamp`.
public struct SegmentOrder: Sendable {
  /// The stamp of the first stamped record, an outlier or not.
  public var first: Timestamp?
  /// The stamp of the last stamped record.
  public var last: Timestamp?
  /// The latest stamp that is no outlier: the running maximum after the segment.
  public var top: Timestamp?
  /// Whether some stamp lies more than an hour below an earlier one.
  public var hasPlunge = false
  /// What the slow look has found; nil where it was not needed.
  public var findings: OrderFindings?

  /// Makes facts of a segment without stamps.
  public init() {}

  /// A stamp more than this above all of the next `outlierReach` ones does not raise the order key.
  public static let outlierHeight = TimeSpan.hours(1)
  /// How many stamped records after one decide whether it is an outlier.
  public static let outlierReach = 64
  /// A record more than this below its order key is late.
  public static let lateness = TimeSpan.minutes(1)
  /// How many stamped records after one decide whether a step back by most of a year (or a day) is the end of one.
  public static let excursionReach = 1024
  /// How many stamps of the records after a segment can matter to it.
  public static let reach = outlierReach + excursionReach
}

/// What surrounds a segment, as far as it matters to the order of its records.
public struct OrderContext: Sendable {
  /// The instant that stamps without a year or a date are resolved against at the end of the segment; nil for the usual.
  public var reference: Timestamp?
  /// The stamps of the stamped records that follow, up to `SegmentOrder.reach` of them.
  public var following: [Timestamp]
  /// Where `following` was taken from, to see when it has changed.
  public var followers: Followers
  /// The running maximum of the records before the segment, for the count of late records; nil if that does not matter.
  public var carried: Timestamp?

  /// Makes a context; the default is that of the only segment of a file.
  public init(
    reference: Timestamp? = nil, following: [Timestamp] = [], followers: Followers = Followers(),
    carried: Timestamp? = nil
  ) {
    self.reference = reference
    self.following = following
    self.followers = followers
    self.carried = carried
  }

  /// The stamps after a segment, told apart without reading them.
  public struct Followers: Hashable, Sendable {
    /// How many there are, at most `SegmentOrder.reach`.
    public var count = 0
    /// The first.
    public var first: Timestamp?
    /// The last one of all if there are no more than `count`; it may still change.
    public var last: Timestamp?

    /// No followers.
    public init() {}
  }
}

/// What a slow look at every stamp of a segment has found: rare, since it is taken only where time falls by more than an hour.
public final class OrderFindings: Sendable {
  /// The lines of records whose stamps are outliers, ascending.
  public let outliers: [UInt32]
  /// The parts of the segment in which years (or days) are earlier than at its end, in file order.
  public let sections: [Section]
  /// The instant that stamps after the last section are resolved against.
  public let endReference: Timestamp
  /// Whether more records after the segment can change what was found.
  public let isOpen: Bool
  /// The records after the segment that were looked at.
  public let followers: OrderContext.Followers
  /// The running maximum that `SegmentIndex.lateCount` counts from, beside the segment's own.
  public let carried: Timestamp?
  /// How many stamped records have an earlier stamp than the stamped record before them.
  public let fallCount: Int
  /// How many have a later one.
  public let riseCount: Int

  /// Lines before a year (or a day) ended.
  public struct Section: Hashable, Sendable {
    /// The first line after the section.
    public var end: Int
    /// The instant that stamps in it are resolved against.
    public var reference: Timestamp
  }

  init(
    outliers: [UInt32], sections: [Section], endReference: Timestamp, isOpen: Bool, context: OrderContext,
    falls: Int, rises: Int
  ) {
    (fallCount, riseCount) = (falls, rises)
    self.outliers = outliers
    self.sections = sections
    self.endReference = endReference
    self.isOpen = isOpen
    followers = context.followers
    carried = context.carried
  }
}

extension SegmentIndex {
  /// The instant that stamps without a year or a date are resolved against on line `line` of the segment.
  @inlinable public func reference(ofLine line: Int) -> Timestamp {
    guard let findings = order.findings else { return reference }
    for section in findings.sections where line < section.end { return section.reference }
    return findings.endReference
  }

  /// Whether `reference(ofLine:)` differs between lines.
  public var hasSections: Bool { order.findings != nil }

  /// What `reference(ofLine:)` gives for the first line.
  public var firstReference: Timestamp { reference(ofLine: 0) }

  /// Whether the record that starts on line `line` has a stamp that its order key does not follow. O(log outliers).
  public func isOutlier(_ line: Int) -> Bool {
    guard let outliers = order.findings?.outliers, !outliers.isEmpty else { return false }
    var (low, high) = (0, outliers.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(outliers[middle]) < line { low = middle + 1 } else { high = middle }
    }
    return low < outliers.count && Int(outliers[low]) == line
  }

  /// Whether any stamp here is an outlier, so that stamps may lie above the order keys.
  public var hasOutliers: Bool { order.findings?.outliers.isEmpty == false }
}
