import Quantities
import Records

/// The order of a file's records by its definition: what the index and the stitch pass do quickly and in pieces.
public enum OrderTwin {
  /// The instants of records, given their first lines.
  ///
  /// The last stamp is that at or before the reference; one that does not name its year is of the latest year in which it
  /// is not after what follows it, but for a short time in which a clock was not set.
  public static func instants(_ lines: [[UInt8]], _ reader: RecordReader, reference: Timestamp) -> [Timestamp?] {
    var reference = reference
    var result = [Timestamp?](repeating: nil, count: lines.count)
    /// The instants of what follows, the next one first.
    var later: [Timestamp] = []
    for number in lines.indices.reversed() {
      func read(_ reference: Timestamp) -> Timestamp? {
        lines[number].withUnsafeBytes { reader.stamp(of: $0, reference: reference) }
      }
      guard var stamp = read(reference) else { continue }
      if let next = later.first, stamp - next > .hours(12), stamp - next < .days(800) {
        let isDayLess = (1...3).contains((stamp - (read(reference - .hours(36)) ?? stamp)).nanoseconds / .day)
        let isYearLess = (read(reference - .days(367)) ?? stamp) < stamp
        let period = isDayLess ? TimeSpan.days(1) : .days(366)
        if isDayLess || isYearLess, stamp - next > TimeSpan(nanoseconds: period.nanoseconds / 2) {
          let near = TimeSpan(nanoseconds: period.nanoseconds / 366)
          let stretch = later.prefix { max($0 - next, next - $0) <= near }.count
          let isOver = stretch >= 1024 || stretch < later.count && later[stretch] < stamp - near
          if isOver {
            reference = next
            stamp = read(reference) ?? stamp
          }
        }
      }
      later.insert(stamp, at: 0)
      result[number] = stamp
    }
    return result
  }

  /// How a file with these stamps is brought into order: by the maximum of its stamps, by its stamps, or reversed too.
  public enum Order: Sendable { case written, sorted, newestFirst }

  /// What suits records with these stamps.
  public static func order(_ stamps: [Timestamp?]) -> Order {
    let times = stamps.compactMap(\.self)
    let steps = zip(times, times.dropFirst())
    let (falls, rises) = (steps.count { $0 > $1 }, steps.count { $0 < $1 })
    let followed = orderStamps(stamps)
    var key: Timestamp?
    var late = 0
    for (stamp, followed) in zip(stamps, followed) {
      if let followed { key = max(key ?? followed, followed) }
      if let stamp, let key, key - stamp > .minutes(1) { late += 1 }
    }
    let isDisordered = late * 100 > stamps.count
    if let last = times.last, let first = followed.lazy.compactMap(\.self).first, last < first, rises * 10 <= falls,
      falls >= 8 || isDisordered
    {
      return .newestFirst
    }
    return isDisordered ? .sorted : .written
  }

  /// Which records have a stamp that the order follows: those without one, and outliers, do not.
  public static func orderStamps(_ stamps: [Timestamp?]) -> [Timestamp?] {
    let stamped = stamps.indices.filter { stamps[$0] != nil }
    var result = stamps
    for (number, index) in stamped.enumerated() {
      let next = stamped[(number + 1)...].prefix(64).compactMap { stamps[$0] }
      guard let stamp = stamps[index], !next.isEmpty else { continue }
      if next.allSatisfy({ stamp - $0 > .hours(1) }) { result[index] = nil }
    }
    return result
  }
}

extension Int64 {
  fileprivate static let day: Int64 = 86_400_000_000_000
}
