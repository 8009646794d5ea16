/// A reading of calendar and clock without a zone: proleptic Gregorian, 24 hours.
public struct CivilTime: Hashable, Sendable {
  /// The year, e.g. 2026.
  public var year: Int
  /// 1 to 12.
  public var month: Int
  /// 1 to 31.
  public var day: Int
  /// 0 to 23.
  public var hour: Int
  /// 0 to 59.
  public var minute: Int
  /// 0 to 60 (a leap second counts into the next minute).
  public var second: Int
  /// 0 to 999,999,999.
  public var nanosecond: Int

  /// Makes a reading from its parts; nothing is checked.
  public init(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, nanosecond: Int = 0
  ) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.nanosecond = nanosecond
  }

  /// The reading of a clock that shows UTC at `instant`.
  public init(utc instant: Timestamp) {
    let seconds = instant.wholeSeconds
    let days = seconds.floorDivided(by: 86_400)
    let time = Int(seconds - days * 86_400)
    let date = CivilTime.date(ofDay: Int(days))
    self.init(
      year: date.year, month: date.month, day: date.day, hour: time / 3600, minute: time / 60 % 60,
      second: time % 60, nanosecond: Int(instant.nanoseconds &- seconds &* 1_000_000_000))
  }

  /// The instant at which a clock that shows UTC has this reading.
  public var utc: Timestamp {
    let days = CivilTime.day(year: year, month: month, day: day)
    let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second
    return Timestamp(seconds: Int64(seconds), nanoseconds: Int64(nanosecond))
  }

  /// Days from 1970-01-01 to the given date.
  ///
  /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil): years begin in March, so
  /// that the leap day is the last of its year; 400 years are one era of 146,097 days.
  @inlinable public static func day(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The date that lies `day` days after 1970-01-01; the inverse of `day(year:month:day:)`.
  public static func date(ofDay day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    )
  }

  /// How many days the given month has.
  @inlinable public static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }
}
