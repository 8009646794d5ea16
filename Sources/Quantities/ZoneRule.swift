/// The yearly rule that a zone follows after its last listed transition, e.g. `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// Source: POSIX.1 "TZ" environment variable, as RFC 9636 uses it in the footer of a TZif file.
struct ZoneRule: Sendable {
  /// A stretch of time with one offset.
  struct Period: Sendable {
    var offset: Int
    var abbreviation: String
  }

  /// A day of the year and a second of that day, local time of the period that ends.
  enum Day: Sendable {
    case weekday(month: Int, week: Int, day: Int)
    case julian(Int)
    case zeroBased(Int)
  }

  var standard: Period
  var summer: Period?
  var start: (day: Day, seconds: Int) = (.weekday(month: 3, week: 2, day: 0), 7200)
  var end: (day: Day, seconds: Int) = (.weekday(month: 11, week: 1, day: 0), 7200)

  init(standard: Period) { self.standard = standard }

  func period(at seconds: Int64) -> Period {
    guard let summer else { return standard }
    let year = CivilTime(utc: Timestamp(seconds: seconds + Int64(standard.offset))).year
    let from = Int64(Self.day(start.day, in: year)) * 86_400 + Int64(start.seconds - standard.offset)
    let until = Int64(Self.day(end.day, in: year)) * 86_400 + Int64(end.seconds - summer.offset)
    let isSummer = from < until ? (from..<until).contains(seconds) : !(until..<from).contains(seconds)
    return isSummer ? summer : standard
  }

  private static func day(_ day: Day, in year: Int) -> Int {
    let newYear = CivilTime.day(year: year, month: 1, day: 1)
    switch day {
    case .zeroBased(let number): return newYear + number
    case .julian(let number):
      let isLeap = CivilTime.days(inMonth: 2, of: year) == 29
      return newYear + number - (isLeap && number >= 60 ? 0 : 1)
    case .weekday(let month, let week, let weekday):
      let first = CivilTime.day(year: year, month: month, day: 1)
      let firstWeekday = ((first + 4) % 7 + 7) % 7
      var result = first + (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
      if result >= first + CivilTime.days(inMonth: month, of: year) { result -= 7 }
      return result
    }
  }
}

extension ZoneRule {
  /// Reads a POSIX TZ string; nil if it is none.
  init?(posix text: [UInt8]) {
    var reader = Reader(bytes: text)
    guard let name = reader.name(), let west = reader.time() else { return nil }
    standard = Period(offset: -west, abbreviation: name)
    guard let summerName = reader.name() else { return }
    var offset = standard.offset + 3600
    if !reader.isAtEnd, !reader.skip(","), let west = reader.time() {
      offset = -west
      _ = reader.skip(",")
    }
    summer = Period(offset: offset, abbreviation: summerName)
    if reader.isAtEnd { return }
    guard let from = reader.change(), reader.skip(","), let until = reader.change() else { return nil }
    start = from
    end = until
  }

  private struct Reader {
    var bytes: [UInt8]
    var index = 0

    var isAtEnd: Bool { index >= bytes.count }
    var next: UInt8? { isAtEnd ? nil : bytes[index] }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
      guard next == UInt8(ascii: character) else { return false }
      index += 1
      return true
    }

    mutating func name() -> String? {
      let quoted = skip("<")
      let from = index
      while let byte = next, quoted ? byte != UInt8(ascii: ">") : byte | 32 >= 97 && byte | 32 <= 122 { index += 1 }
      let text = String(decoding: bytes[from..<index], as: UTF8.self)
      if quoted, !skip(">") { return nil }
      return text.isEmpty ? nil : text
    }

    mutating func number() -> Int? {
      var value: Int?
      while let byte = next, byte >= 48, byte <= 57, (value ?? 0) < 100_000 {
        value = (value ?? 0) * 10 + Int(byte - 48)
        index += 1
      }
      return value
    }

    mutating func time() -> Int? {
      let sign = skip("-") ? -1 : 1
      if sign == 1 { _ = skip("+") }
      guard let hours = number() else { return nil }
      var total = hours * 3600
      if skip(":"), let minutes = number() { total += minutes * 60 }
      if skip(":"), let seconds = number() { total += seconds }
      return sign * total
    }

    mutating func change() -> (Day, Int)? {
      let day: Day
      if skip("M") {
        guard let month = number(), skip("."), let week = number(), skip("."), let weekday = number(),
          (1...12).contains(month), (1...5).contains(week), (0...6).contains(weekday)
        else { return nil }
        day = .weekday(month: month, week: week, day: weekday)
      } else if skip("J") {
        guard let number = number() else { return nil }
        day = .julian(number)
      } else {
        guard let number = number() else { return nil }
        day = .zeroBased(number)
      }
      if skip("/") {
        guard let seconds = time() else { return nil }
        return (day, seconds)
      }
      return (day, 7200)
    }
  }
}
