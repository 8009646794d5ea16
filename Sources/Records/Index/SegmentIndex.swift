import Quantities

/// Sixty-four lines of a segment in 40 bytes: where the first begins, when it is, and the code of each.
///
///     bit i of planes 3,2,1,0 = the four bits of line i's LineCode
public struct Group: Sendable {
  /// Bytes from the segment's first line to this group's first line.
  public var offset: UInt32
  /// The order stamp of the group's first line: the running maximum, over the records that start in this segment up to
  /// and including that line, of their stamps without outliers, in ticks of `SegmentIndex.tick` after `SegmentIndex.base`, rounded
  /// down. `Group.noStamp` while no record of the segment has had such a stamp.
  public var stamp: Int32
  /// Bit i is bit 0 of the code of line i.
  public var plane0: UInt64
  /// Bit i is bit 1 of the code of line i.
  public var plane1: UInt64
  /// Bit i is bit 2 of the code of line i.
  public var plane2: UInt64
  /// Bit i is bit 3 of the code of line i.
  public var plane3: UInt64

  /// Marks a group before the first stamp of its segment.
  public static let noStamp = Int32.min

  /// Makes a group; unused high bits of the last group of a segment are zero in every plane.
  @inlinable public init(offset: UInt32, stamp: Int32, plane0: UInt64, plane1: UInt64, plane2: UInt64, plane3: UInt64) {
    self.offset = offset
    self.stamp = stamp
    self.plane0 = plane0
    self.plane1 = plane1
    self.plane2 = plane2
    self.plane3 = plane3
  }

  /// Bit i set where line i is a continuation line.
  @inlinable public var continuations: UInt64 { plane0 & plane1 & plane2 & plane3 }

  /// The code of line `index` (0 to 63).
  @inlinable public func code(ofLine index: Int) -> LineCode {
    let shift = UInt64(truncatingIfNeeded: index)
    let low = (plane0 &>> shift & 1) | (plane1 &>> shift & 1) &<< 1
    let high = (plane2 &>> shift & 1) &<< 2 | (plane3 &>> shift & 1) &<< 3
    return LineCode(rawValue: UInt8(truncatingIfNeeded: low | high))
  }
}

/// The index of one segment: of the lines that start in about 2 MB of a file. Immutable; 0.63 bytes a line.
public final class SegmentIndex: @unchecked Sendable {
  /// Where the lines lie in the file: from the first byte of the first line to the end of the last (its newline too).
  public let bytes: Range<Int>
  /// How many lines start in the segment (the last may still lack its newline).
  public let lineCount: Int
  /// How many records start in the segment.
  public let recordCount: Int
  /// The stamp of the first stamped record that is no outlier; nil where there is none.
  public let base: Timestamp?
  /// Nanoseconds in one tick of `Group.stamp`: 10^6, or more where the segment's time jumps too far for 32 bits.
  public let tick: Int64
  /// The true earliest stamp of the records that start here.
  public let earliest: Timestamp?
  /// The true latest stamp of the records that start here.
  public let latest: Timestamp?
  /// How many lines at the beginning continue a record of an earlier segment.
  public let leadingLines: Int
  /// How many records have a stamp of their own.
  public let stampedCount: Int
  /// How many stamped records lie more than 60 s below the running maximum of the segment (and `OrderFindings.carried`).
  public let lateCount: Int
  /// The state that the first line was read in.
  public let entry: ScanState
  /// The state after the last line.
  public let exit: ScanState
  /// The instant that stamps without a year or a date were resolved against, but see `reference(ofLine:)`.
  public let reference: Timestamp
  /// How the stamps rise and fall.
  public let order: SegmentOrder

  // SAFETY: allocated by `init`, never written afterwards, freed by `deinit`: sharing it between threads is sound.
  @usableFromInline let storage: UnsafeMutableBufferPointer<Group>

  /// Copies `groups` and keeps the facts; the indexing kernel is the only caller.
  public init(
    bytes: Range<Int>, lineCount: Int, recordCount: Int, groups: UnsafeBufferPointer<Group>, base: Timestamp?,
    tick: Int64, earliest: Timestamp?, latest: Timestamp?, leadingLines: Int, stampedCount: Int, lateCount: Int,
    entry: ScanState, exit: ScanState, reference: Timestamp, order: SegmentOrder = SegmentOrder()
  ) {
    self.bytes = bytes
    self.lineCount = lineCount
    self.recordCount = recordCount
    self.base = base
    self.tick = tick
    self.earliest = earliest
    self.latest = latest
    self.leadingLines = leadingLines
    self.stampedCount = stampedCount
    self.lateCount = lateCount
    self.entry = entry
    self.exit = exit
    self.reference = reference
    self.order = order
    storage = .allocate(capacity: groups.count)
    _ = storage.initialize(from: groups)
  }

  deinit { storage.deallocate() }

  /// The groups in file order, 64 lines each but the last.
  @inlinable public var groups: UnsafeBufferPointer<Group> { UnsafeBufferPointer(storage) }

  /// The lower bound, to one tick, of the order stamp of group `index`'s first line; nil before the first stamp.
  @inlinable public func stamp(ofGroup index: Int) -> Timestamp? {
    let stamp = storage[index].stamp
    guard stamp != Group.noStamp, let base else { return nil }
    return base + TimeSpan(nanoseconds: Int64(stamp) &* tick)
  }

  /// Bit i set where line i of group `index` starts a record.
  @inlinable public func starts(inGroup index: Int) -> UInt64 {
    ~storage[index].continuations & lines(inGroup: index)
  }

  /// Bit i set where group `index` has a line i.
  @inlinable public func lines(inGroup index: Int) -> UInt64 {
    let rest = lineCount &- index &* 64
    return rest >= 64 ? ~0 : (1 &<< UInt64(truncatingIfNeeded: rest)) &- 1
  }
}
