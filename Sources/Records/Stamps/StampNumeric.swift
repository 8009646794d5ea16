import Quantities

// Stamps that begin with a digit.

extension StampGrammar {
  mutating func numeric(_ start: Int) -> WrittenStamp? {
    let width = digits(from: start)
    let next = line.at(start + width)
    switch width {
    case 4: return yearFirst(start, next)
    case 1, 2: return shortNumber(start, width, next)
    case 6, 8, 14: return compact(start, width) ?? nil
    case 10...19: return epoch(start, width)
    default: return nil
    }
  }

  /// `2026-01-02 03:04:05`, with `-`, `/`, `.` or a blank between the numbers, or a month's name in the middle.
  private mutating func yearFirst(_ start: Int, _ separator: UInt8) -> WrittenStamp? {
    var stamp = WrittenStamp(form: .yearFirst)
    stamp.year = value(start, 4)
    index = start + 4
    switch separator {
    case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: ":"), 32: index += 1
    case 0xE5, 0xEB: return namedNumbers(&stamp)
    default: return nil
    }
    if separator == UInt8(ascii: "-"), digits(from: index) == 3 { return ordinal(&stamp) }
    if let month = month(at: index) {
      stamp.month = month
      skipName()
    } else {
      guard separator != 32, let month = number(1, 2) else { return nil }
      stamp.month = month
    }
    guard take(separator), let day = number(1, 2) else { return nil }
    stamp.day = day
    if separator == UInt8(ascii: ":"), byte != 32 { return nil }
    return dateThenClock(&stamp)
  }

  /// `2026-002T03:04:05`: the day of the year (ISO 8601, ordinal dates).
  private mutating func ordinal(_ stamp: inout WrittenStamp) -> WrittenStamp? {
    guard let year = stamp.year, let day = number(3, 3), byte == UInt8(ascii: "T"), day >= 1 else { return nil }
    let date = CivilTime.date(ofDay: CivilTime.day(year: year, month: 1, day: 1) + day - 1)
    guard date.year == year else { return nil }
    (stamp.month, stamp.day) = (date.month, date.day)
    return dateThenClock(&stamp)
  }

  /// `2026年01月02日 03:04:05`, and the same in Korean: signs after the numbers name them.
  private mutating func namedNumbers(_ stamp: inout WrittenStamp) -> WrittenStamp? {
    guard takeSign("年") || takeSign("년") else { return nil }
    _ = skipBlanks(atMost: 1)
    guard let month = number(1, 2), takeSign("月") || takeSign("월") else { return nil }
    _ = skipBlanks(atMost: 1)
    guard let day = number(1, 2), takeSign("日") || takeSign("일") else { return nil }
    (stamp.month, stamp.day) = (month, day)
    return dateThenClock(&stamp)
  }

  private mutating func takeSign(_ sign: StaticString) -> Bool {
    guard line.has(sign, at: index) else { return false }
    index += sign.utf8CodeUnitCount
    return true
  }

  /// After a date: what may stand between it and the clock, then the clock.
  mutating func dateThenClock(_ stamp: inout WrittenStamp) -> WrittenStamp? {
    guard isDate(stamp) else { return nil }
    switch byte {
    case UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: "_"), UInt8(ascii: ":"): index += 1
    case UInt8(ascii: "-"): index += 1
    case UInt8(ascii: "\""):
      guard line.at(index + 1) == 32, line.at(index + 2) == UInt8(ascii: "\"") else { return nil }
      index += 3
    case UInt8(ascii: ","):
      index += 1
      _ = skipBlanks(atMost: 2)
    case 32, 9:
      _ = skipBlanks(atMost: 3)
      if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "|"), line.at(index + 1) == 32 { index += 2 }
    default: return nil
    }
    if dottedClock(&stamp) { return stamp }
    guard clock(&stamp) else { return nil }
    stamp.end = index
    return stamp
  }

  /// `03.04.05.678901+060` after a date: DB2, whose zones are minutes.
  private mutating func dottedClock(_ stamp: inout WrittenStamp) -> Bool {
    let start = index
    guard line.at(start + 2) == UInt8(ascii: "."), line.at(start + 5) == UInt8(ascii: "."), start + 8 <= line.count,
      !line.at(start + 8).isDigit
    else { return false }
    let (hour, minute, second) = (line.twoDigits(start), line.twoDigits(start + 3), line.twoDigits(start + 6))
    guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<61).contains(second) else { return false }
    // An address may follow a date as well.
    let width = line.at(start + 8) == UInt8(ascii: ".") ? digits(from: start + 9) : 0
    guard width == 6 || width == 0 && line.at(start + 8) != UInt8(ascii: ".") || line.at(start - 1) == UInt8(ascii: "-")
    else { return false }
    (stamp.hour, stamp.minute, stamp.second) = (hour, minute, second)
    index = start + 8
    fraction(&stamp)
    let sign = byte
    if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), digits(from: index + 1) == 3 {
      stamp.offset = (sign == UInt8(ascii: "-") ? -60 : 60) * value(index + 1, 3)
      index += 4
    } else {
      zone(&stamp)
    }
    stamp.end = index
    return true
  }

  /// Whether there is such a day. The year is bounded, since 64 bits of nanoseconds end in 2262, and since four digits
  /// near a month are rarely a far one.
  func isDate(_ stamp: WrittenStamp) -> Bool {
    (1900...2200).contains(stamp.year ?? 2000) && (1...12).contains(stamp.month) && stamp.day >= 1
      && stamp.day <= (stamp.year.map { CivilTime.days(inMonth: stamp.month, of: $0) } ?? 31)
  }

  private mutating func shortNumber(_ start: Int, _ width: Int, _ next: UInt8) -> WrittenStamp? {
    index = start + width
    switch next {
    case UInt8(ascii: ":"):
      if let stamp = colonDate(start, width) { return stamp }
      index = start
      var stamp = WrittenStamp(form: .clock)
      guard clock(&stamp, needsSeconds: true), !byte.isLetter, byte != UInt8(ascii: ":") else { return nil }
      stamp.end = index
      return stamp
    case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."), 32:
      index += 1
      if month(at: index) != nil { return dayThenMonthName(value(start, width), next) }
      return next == 32 ? nil : threeNumbers(value(start, width), width, next)
    default: return nil
    }
  }

  /// `01:02:2026 03:04:05`.
  private mutating func colonDate(_ start: Int, _ width: Int) -> WrittenStamp? {
    let end = start + width + 4
    guard width == 2, line.at(end - 1) == UInt8(ascii: ":"), digits(from: end) == 4, line.at(end + 4) == 32,
      (1970...2100).contains(value(end, 4))
    else { return nil }
    index = start + 3
    defer { index = start }
    return threeNumbers(value(start, 2), 2, UInt8(ascii: ":"))
  }

  /// `02/Jan/2026:03:04:05 +0100`, `02-Jan-2026 03:04:05`, `2 Jan 2026 03:04:05`, `2 Jan 03:04:05`.
  mutating func dayThenMonthName(_ day: Int, _ separator: UInt8) -> WrittenStamp? {
    var stamp = WrittenStamp(form: .dayMonthName)
    guard let month = month(at: index) else { return nil }
    stamp.day = day
    stamp.month = month
    skipName()
    guard take(separator) || take(32) else { return nil }
    if digits(from: index) == 4 {
      stamp.year = value(index, 4)
      index += 4
    } else if digits(from: index) == 2, line.at(index + 2) != UInt8(ascii: ":") {
      stamp.year = 2000 + value(index, 2)
      index += 2
    } else {
      guard isDate(stamp), clock(&stamp, needsSeconds: true) else { return nil }
      stamp.end = index
      return stamp
    }
    if byte == 32, line.at(index + 1) == UInt8(ascii: "a"), line.at(index + 2) == UInt8(ascii: "t") { index += 3 }
    return dateThenClock(&stamp)
  }

  /// `01/02/2026`, `02.01.2026`, `26/01/02`, `01-02`: which number is which depends on sizes and on the file's habit.
  private mutating func threeNumbers(_ first: Int, _ width: Int, _ separator: UInt8) -> WrittenStamp? {
    guard let second = number(1, 2) else { return nil }
    guard take(separator) else { return monthDay(first, width, second, separator) }
    let thirdWidth = digits(from: index)
    guard thirdWidth == 4 || thirdWidth == 2 else { return nil }
    let third = value(index, thirdWidth)
    index += thirdWidth
    var stamp = WrittenStamp(form: .numbers)
    if thirdWidth == 2, width == 2, isYearFirst(first, second, third) {
      (stamp.year, stamp.month, stamp.day) = (2000 + first, second, third)
    } else {
      stamp.year = thirdWidth == 4 ? third : third + (third < 70 ? 2000 : 1900)
      (stamp.month, stamp.day) = isDayFirst(first, second, separator) ? (second, first) : (first, second)
    }
    return dateThenClock(&stamp)
  }

  private func isYearFirst(_ first: Int, _ second: Int, _ third: Int) -> Bool {
    switch dateOrder {
    case .yearFirst: true
    case .dayFirst, .monthFirst: false
    // Of years before 2010 there are fewer logs than of days in the years that would be theirs.
    case .customary:
      (1...12).contains(second) && (1...31).contains(third) && first < 70 && !(first < 10 && third >= 20)
    }
  }

  private func isDayFirst(_ first: Int, _ second: Int, _ separator: UInt8) -> Bool {
    if first > 12 { return true }
    if second > 12 { return false }
    switch dateOrder {
    case .dayFirst: return true
    case .monthFirst: return false
    default: return separator != UInt8(ascii: "/") && separator != UInt8(ascii: ":")
    }
  }

  /// `01-02 03:04:05.678` (Android), `01/02-03:04:05.678901` (Snort): no year.
  private mutating func monthDay(_ month: Int, _ width: Int, _ day: Int, _ separator: UInt8) -> WrittenStamp? {
    guard width == 2, separator != UInt8(ascii: "."), byte == 32 || byte == UInt8(ascii: "-") else { return nil }
    var stamp = WrittenStamp(form: .monthDay)
    (stamp.month, stamp.day) = (month, day)
    index += 1
    guard isDate(stamp), digits(from: index) == 2, clock(&stamp, needsSeconds: true) else { return nil }
    stamp.end = index
    return stamp
  }

  /// `20260102T030405Z`, `20260102 030405`, `20260102-03:04:05:678`, `260102  3:04:05`, `20260102030405`.
  private mutating func compact(_ start: Int, _ width: Int) -> WrittenStamp? {
    var stamp = WrittenStamp(form: .compact)
    if width == 6 {
      stamp.year = 2000 + value(start, 2)
      (stamp.month, stamp.day) = (value(start + 2, 2), value(start + 4, 2))
    } else {
      stamp.year = value(start, 4)
      (stamp.month, stamp.day) = (value(start + 4, 2), value(start + 6, 2))
      guard (1970...2100).contains(value(start, 4)) else { return nil }
    }
    index = start + min(width, 8)
    guard isDate(stamp) else { return nil }
    if width == 14 {
      guard clock(&stamp, needsSeconds: true) else { return nil }
      stamp.end = index
      return stamp
    }
    if byte == UInt8(ascii: "T") { stamp.form = .yearFirst }
    switch byte {
    case UInt8(ascii: "T"), UInt8(ascii: "-"), UInt8(ascii: "_"): index += 1
    case 32, 9: _ = skipBlanks(atMost: 2)
    default: return nil
    }
    guard clock(&stamp, needsSeconds: true) else { return nil }
    stamp.end = index
    return stamp
  }

  /// `1767312000`, `1767312000.123`, and 13, 16 or 19 digits for finer units; between 1990 and 2100.
  mutating func epoch(_ start: Int, _ width: Int) -> WrittenStamp? {
    let scale: Int
    switch width {
    case 10: scale = 1_000_000_000
    case 13: scale = 1_000_000
    case 16: scale = 1000
    case 19: scale = 1
    default: return nil
    }
    let number = value(start, width)
    let (nanoseconds, overflow) = number.multipliedReportingOverflow(by: scale)
    guard !overflow, nanoseconds >= 631_152_000_000_000_000, nanoseconds < 4_102_444_800_000_000_000 else { return nil }
    var stamp = WrittenStamp(form: .epoch)
    index = start + width
    if width == 10 { fraction(&stamp) } else if byte == UInt8(ascii: ".") { index += 1 + digits(from: index + 1) }
    guard !byte.isWordByte, byte != UInt8(ascii: "-"),
      byte != UInt8(ascii: ":") || index > start + width || line.at(index + 1) == 32
    else {
      return nil
    }
    stamp.instant = Timestamp(nanoseconds: Int64(nanoseconds + stamp.nanosecond))
    stamp.end = index
    return stamp
  }
}
