/// `02/Jan/2026:03:04:05 +0100` before a closing bracket, as access logs have it, read where it stands.
///
/// Twin: `StampGrammar.dayThenMonthName`, which reads all spellings; what is not plainly this one is left to it.
enum CommonLogStamp {
  private static let length = 26

  /// The stamp at `start`; nil where the bytes have another shape, or may be no date.
  static func read(_ line: UnsafeRawBufferPointer, at start: Int) -> WrittenStamp? {
    guard start >= 0, start + length < line.count, line[start + length] == UInt8(ascii: "]") else { return nil }
    let bytes = line.part(start..<start + length)
    guard bytes[2] == 47, bytes[6] == 47, bytes[11] == 58, bytes[14] == 58, bytes[17] == 58, bytes[20] == 32,
      bytes[21] == 43 || bytes[21] == 45, let month = month(bytes)
    else { return nil }
    let (day, century, year) = (bytes.twoDigits(0), bytes.twoDigits(7), bytes.twoDigits(9))
    let (hour, minute, second) = (bytes.twoDigits(12), bytes.twoDigits(15), bytes.twoDigits(18))
    let (hours, minutes) = (bytes.twoDigits(22), bytes.twoDigits(24))
    // Neither the length of a month nor a leap second is judged here.
    guard (1...28).contains(day), century == 19 || century == 20, (0...99).contains(year),
      (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second),
      (0...14).contains(hours), (0...59).contains(minutes)
    else { return nil }
    var stamp = WrittenStamp(form: .dayMonthName)
    (stamp.year, stamp.month, stamp.day) = (century &* 100 &+ year, month, day)
    (stamp.hour, stamp.minute, stamp.second) = (hour, minute, second)
    let offset = hours &* 3600 &+ minutes &* 60
    stamp.offset = bytes[21] == 45 ? -offset : offset
    stamp.end = start + length
    return stamp
  }

  /// `Jan` to `Dec` at 3, in this spelling.
  private static func month(_ bytes: UnsafeRawBufferPointer) -> Int? {
    switch UInt32(bytes[3]) &<< 16 | UInt32(bytes[4]) &<< 8 | UInt32(bytes[5]) {
    case 0x4A616E: 1
    case 0x466562: 2
    case 0x4D6172: 3
    case 0x417072: 4
    case 0x4D6179: 5
    case 0x4A756E: 6
    case 0x4A756C: 7
    case 0x417567: 8
    case 0x536570: 9
    case 0x4F6374: 10
    case 0x4E6F76: 11
    case 0x446563: 12
    default: nil
    }
  }
}
