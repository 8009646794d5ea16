import Quantities

/// Times as people type them.
public enum TimeArgument {
  /// The instant that `text` means; nil if it is no time.
  ///
  /// `14:05`, `14:05:30.5` (on the day of `day`), `2026-11-22`, `2026-11-22 14:05`, `2026-11-22T14:05:09Z`,
  /// `-15m` (before `newest`), `today`, `yesterday`, `now`.
  public static func parse(_ text: String, day: Timestamp, newest: Timestamp, zone: Zone) -> Timestamp? {
    func midnight(_ time: Timestamp) -> CivilTime {
      let civil = zone.civilTime(at: time)
      return CivilTime(year: civil.year, month: civil.month, day: civil.day)
    }
    switch text {
    case "now": return newest
    case "today": return zone.timestamp(of: midnight(newest))
    case "yesterday":
      let today = midnight(newest)
      let date = CivilTime.date(ofDay: CivilTime.day(year: today.year, month: today.month, day: today.day) - 1)
      return zone.timestamp(of: CivilTime(year: date.year, month: date.month, day: date.day))
    default: break
    }
    if let sign = text.first, sign == "-" || sign == "+" {
      guard let span = span(text.dropFirst()) else { return nil }
      return sign == "-" ? newest - span : newest + span
    }
    return dateAndClock(text, day: midnight(day), zone: zone)
  }

  /// A length of time: `15m`, `1h30m`, `2d`, `500ms`.
  public static func span(_ text: Substring) -> TimeSpan? {
    var rest = text
    var total = TimeSpan.zero
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      guard let number = Double(digits) else { return nil }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count)
      let seconds: Double
      switch unit {
      case "ms": seconds = 0.001
      case "s", "": seconds = 1
      case "m", "min": seconds = 60
      case "h": seconds = 3600
      case "d": seconds = 86_400
      case "w": seconds = 604_800
      default: return nil
      }
      total = total + TimeSpan.seconds(number * seconds)
    }
    return total
  }

  private static func dateAndClock(_ text: String, day: CivilTime, zone: Zone) -> Timestamp? {
    var civil = day
    var rest = text[...]
    if let date = date(rest.prefix(10)) {
      civil = date
      rest = rest.dropFirst(10)
      if rest.isEmpty { return zone.timestamp(of: civil) }
      guard rest.first == "T" || rest.first == " " || rest.first == "t" else { return nil }
      rest = rest.dropFirst()
    }
    let clock = rest.prefix { ($0.isASCII && $0.isNumber) || $0 == ":" || $0 == "." }
    let suffix = rest.dropFirst(clock.count)
    guard read(clock, into: &civil) else { return nil }
    if suffix.isEmpty { return zone.timestamp(of: civil) }
    return offset(suffix).map { civil.utc - .seconds(Int64($0)) }
  }

  private static func date(_ text: Substring) -> CivilTime? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, let year = Int(parts[0]), let month = Int(parts[1]),
      let day = Int(parts[2]), (1...12).contains(month), day >= 1, day <= CivilTime.days(inMonth: month, of: year)
    else { return nil }
    return CivilTime(year: year, month: month, day: day)
  }

  private static func read(_ clock: Substring, into civil: inout CivilTime) -> Bool {
    let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let hour = Int(parts[0]), let minute = Int(parts[1]), (0...23).contains(hour),
      (0...59).contains(minute)
    else { return false }
    civil.hour = hour
    civil.minute = minute
    guard parts.count == 3 else { return true }
    guard let seconds = Double(parts[2]), (0..<61).contains(seconds) else { return false }
    civil.second = Int(seconds)
    civil.nanosecond = min(999_999_999, Int(((seconds - Double(Int(seconds))) * 1e9).rounded()))
    return true
  }

  private static func offset(_ text: Substring) -> Int? {
    if text == "Z" || text == "z" { return 0 }
    guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
    let digits = text.dropFirst().filter { $0 != ":" }
    guard digits.count == 4, let number = Int(digits), number / 100 < 24, number % 100 < 60 else { return nil }
    return (number / 100 * 3600 + number % 100 * 60) * (sign == "-" ? -1 : 1)
  }
}
