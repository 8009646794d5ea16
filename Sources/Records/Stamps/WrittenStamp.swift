import Quantities

/// How a stamp was spelt; a file keeps to one or two of these, which is how a date in a message is told from a stamp.
enum StampForm: UInt8, CaseIterable, Sendable {
  /// `2026-01-02 03:04:05`, `2026/01/02T03:04:05.678Z`, `20260102T030405`: year first.
  case yearFirst
  /// `02/Jan/2026:03:04:05 +0100`, `02-Jan-2026 03:04:05`, `2 Jan 2026 03:04:05`: a month's name after the day.
  case dayMonthName
  /// `Jan  2 03:04:05`, `Jan 2 2026 03:04:05`, `Jan 2, 2026 03:04:05 PM`: a month's name first.
  case monthName
  /// `Fri Jan 02 03:04:05 2026`, `Fri, 02 Jan 2026 03:04:05 GMT`: a weekday's name first.
  case weekday
  /// `01/02/2026 03:04:05`, `02.01.2026 03:04:05`, `26/01/02 03:04:05`: three numbers, the order to be learned.
  case numbers
  /// `01-02 03:04:05.678`: month and day only.
  case monthDay
  /// `I0102 03:04:05.678901`: klog and glog.
  case klog
  /// Seconds or finer since 1970.
  case epoch
  /// `@400000006b02e65f...`: TAI64N.
  case tai
  /// `03:04:05.678`: no date.
  case clock
  /// `260102  3:04:05`, `20260102 030405`, `20260102030405`: digits without separators in the date.
  case compact

  var bit: UInt32 { 1 &<< UInt32(rawValue) }

  /// Forms so short or plain that numbers in text look like them: accepted only where the file is known to use them.
  static let weak: UInt32 = StampForm.epoch.bit | StampForm.clock.bit | StampForm.compact.bit
}

/// The order of day and month in `01/02/2026`.
enum DateOrder: UInt8, Sendable {
  /// Not learned: month first with slashes, day first with points and hyphens, year first when all have two digits.
  case customary
  case dayFirst
  case monthFirst
  case yearFirst
}

/// A stamp as written in a line, before zone and year are settled.
struct WrittenStamp {
  var form: StampForm
  /// nil where the stamp names no year.
  var year: Int?
  /// 0 where the stamp names no date.
  var month = 0
  var day = 0
  var hour = 0
  var minute = 0
  var second = 0
  var nanosecond = 0
  /// Seconds east of UTC, where the stamp names its zone.
  var offset: Int?
  /// The instant, where the stamp is a number since 1970.
  var instant: Timestamp?
  /// Where the stamp ends, in the bytes that it was read from.
  var end = 0

  init(form: StampForm) { self.form = form }
}

/// Turns written stamps into instants; remembers the last minute, since neighbours in a log share it.
struct StampResolver {
  let zone: Zone
  let shift: TimeSpan
  let reference: Timestamp
  /// The latest instant that a stamp without a year may mean, and the year then.
  private let limit: Timestamp
  private lazy var limitYear = zone.civilTime(at: limit).year
  private var key = Int.min
  private var minuteStart: Int64 = 0

  init(options: ReadingOptions, reference: Timestamp) {
    zone = options.assumedZone
    shift = options.offset
    self.reference = reference
    limit = reference + .days(1)
  }

  mutating func instant(_ stamp: WrittenStamp) -> Timestamp {
    if let instant = stamp.instant { return instant + shift }
    if let year = stamp.year { return instant(stamp, year: year) + shift }
    return (stamp.month == 0 ? latestDay(stamp) : latestYear(stamp)) + shift
  }

  private mutating func instant(_ stamp: WrittenStamp, year: Int) -> Timestamp {
    let newKey = ((((year &* 16 &+ stamp.month) &* 32 &+ stamp.day) &* 32 &+ stamp.hour) &* 64 &+ stamp.minute)
    let fullKey = newKey &* 262_144 &+ (stamp.offset.map { $0 &+ 100_000 } ?? 0)
    if fullKey != key {
      key = fullKey
      let civil = CivilTime(year: year, month: stamp.month, day: stamp.day, hour: stamp.hour, minute: stamp.minute)
      let start = stamp.offset.map { civil.utc - .seconds(Int64($0)) } ?? zone.timestamp(of: civil)
      minuteStart = start.nanoseconds
    }
    let rest = Int64(stamp.second) &* 1_000_000_000 &+ Int64(stamp.nanosecond)
    let (sum, overflow) = minuteStart.addingReportingOverflow(rest)
    return Timestamp(nanoseconds: overflow ? .max : sum)
  }

  /// The latest year in which the stamp lies before the reference and one day more.
  private mutating func latestYear(_ stamp: WrittenStamp) -> Timestamp {
    if isPossible(stamp, limitYear) {
      let result = instant(stamp, year: limitYear)
      if result <= limit { return result }
    }
    // Mostly last year; only 29 February goes further back, to the last leap year.
    for year in stride(from: limitYear - 1, to: limitYear - 10, by: -1) where isPossible(stamp, year) {
      return instant(stamp, year: year)
    }
    return instant(stamp, year: limitYear)
  }

  private func isPossible(_ stamp: WrittenStamp, _ year: Int) -> Bool {
    stamp.day <= 28 || stamp.day <= CivilTime.days(inMonth: stamp.month, of: year)
  }

  /// The start of the minute of a stamp without a year, if all of its seconds fall into one year.
  mutating func minute(ofYearless stamp: WrittenStamp) -> Int64? {
    var last = stamp
    (last.second, last.nanosecond) = (99, 0)
    let (first, end) = (latestYear(stamp), latestYear(last))
    return end.nanoseconds - first.nanoseconds == 99_000_000_000 ? (first + shift).nanoseconds : nil
  }

  /// The latest day on which the stamp lies before the reference (and a minute more, for clocks that differ).
  private mutating func latestDay(_ stamp: WrittenStamp) -> Timestamp {
    let today = zone.civilTime(at: reference)
    var dated = stamp
    (dated.month, dated.day) = (today.month, today.day)
    let result = instant(dated, year: today.year)
    if result <= reference + TimeSpan.minutes(1) { return result }
    let yesterday = CivilTime.date(ofDay: CivilTime.day(year: today.year, month: today.month, day: today.day) - 1)
    (dated.month, dated.day) = (yesterday.month, yesterday.day)
    return instant(dated, year: yesterday.year)
  }
}
