import Quantities

/// Counts of many groups over time, in slices that are as wide as the span of all stamps needs.
///
/// A slice is 2^n ns wide and begins at a multiple of that; n is the least for which 64 slices hold the whole span. What comes out thus
/// depends on the stamps alone, not on their order, and two of them are merged exactly.
struct TimeSlices: Sendable {
  private static let room = 64

  /// The exponent of the width.
  private(set) var shift = 0
  /// The slices that hold the earliest and the latest stamp; nil without stamps.
  private var span: ClosedRange<Int64>?
  /// 64 counts a group; the slice with the number s is at s modulo 64.
  private var counts: [UInt32] = []
  private(set) var groupCount = 0

  var byteCount: Int { counts.capacity * 4 }

  mutating func addGroup() {
    groupCount += 1
    counts.append(contentsOf: repeatElement(0, count: Self.room))
  }

  /// Counts a stamp of a group.
  @inline(__always) mutating func add(_ stamp: Timestamp, to group: Int) {
    let slice = stamp.nanoseconds >> Int64(shift)
    if let span, span.contains(slice) {
      counts[group &* Self.room &+ Int(slice & 63)] &+= 1
    } else {
      stretch(slice...slice)
      counts[group * Self.room + Int(stamp.nanoseconds >> Int64(shift) & 63)] += 1
    }
  }

  /// Makes room for slices of the present width.
  private mutating func stretch(_ more: ClosedRange<Int64>) {
    let old = span
    var wanted = old.map { min($0.lowerBound, more.lowerBound)...max($0.upperBound, more.upperBound) } ?? more
    var steps = 0
    while wanted.upperBound.subtractingReportingOverflow(wanted.lowerBound).overflow
      || wanted.upperBound - wanted.lowerBound >= Int64(Self.room)
    {
      wanted = wanted.lowerBound >> 1...wanted.upperBound >> 1
      steps += 1
    }
    if steps > 0, let old { fold(old, by: steps) }
    shift += steps
    span = wanted
  }

  private mutating func fold(_ old: ClosedRange<Int64>, by steps: Int) {
    var fresh = [UInt32](repeating: 0, count: counts.count)
    for group in 0..<groupCount {
      for slice in old {
        fresh[group * Self.room + Int(slice >> Int64(steps) & 63)] += counts[group * Self.room + Int(slice & 63)]
      }
    }
    counts = fresh
  }

  /// Brings both to one width and span.
  mutating func align(_ other: inout TimeSlices) {
    guard let theirs = other.span else { return }
    if span == nil { shift = other.shift }
    while shift < other.shift { coarsen() }
    while other.shift < shift { other.coarsen() }
    stretch(other.span ?? theirs)
    while other.shift < shift { other.coarsen() }
  }

  private mutating func coarsen() {
    if let old = span {
      fold(old, by: 1)
      span = old.lowerBound >> 1...old.upperBound >> 1
    }
    shift += 1
  }

  /// Adds a group of slices that were aligned with these.
  mutating func merge(_ other: TimeSlices, group: Int, into own: Int) {
    for place in 0..<Self.room { counts[own * Self.room + place] += other.counts[group * Self.room + place] }
  }

  /// The counts of a group, 17 to 32 of them unless the span is shorter, the earliest first; empty without stamps.
  func values(of group: Int) -> [Int] {
    guard let span else { return [] }
    let steps = Int64(isWide ? 1 : 0)
    let first = span.lowerBound >> steps
    var values = [Int](repeating: 0, count: Int((span.upperBound >> steps) - first) + 1)
    for slice in span { values[Int((slice >> steps) - first)] += Int(counts[group * Self.room + Int(slice & 63)]) }
    return values
  }

  private var isWide: Bool { span.map { $0.upperBound - $0.lowerBound >= 32 } ?? false }

  /// How wide the slices of `values(of:)` are, in nanoseconds, and when the first begins.
  var scale: (width: Double, start: Timestamp)? {
    guard let span else { return nil }
    let steps = isWide ? 1 : 0
    let start = (span.lowerBound >> Int64(steps)) << Int64(shift + steps)
    return (Double(sign: .plus, exponent: shift + steps, significand: 1), Timestamp(nanoseconds: start))
  }
}
