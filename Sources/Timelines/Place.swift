/// A line within a generation: the number of its segment and of the line in it. Ordered as in the file.
///
/// The place after the last line of a segment is line 0 of the next one, so that each boundary has one name.
struct Place: Hashable, Comparable {
  /// The segment in the high half, the line in the low half.
  var rawValue: Int

  init(rawValue: Int) { self.rawValue = rawValue }
  init(segment: Int, line: Int) { rawValue = segment &<< 32 | line }

  var segment: Int { rawValue &>> 32 }
  var line: Int { rawValue & 0xffff_ffff }
  /// The group that holds the line.
  var group: Int { line &>> 6 }
  /// The line within its group, 0 to 63.
  var bit: UInt64 { UInt64(truncatingIfNeeded: rawValue & 63) }

  static let start = Place(segment: 0, line: 0)

  static func < (left: Place, right: Place) -> Bool { left.rawValue < right.rawValue }
}
