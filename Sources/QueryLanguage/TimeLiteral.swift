import Quantities

/// A time as people write it: `10:00`, `-15m`, `2026-01-02T10:00Z`, `today`; resolved when the query is applied.
struct TimeLiteral: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// `now`, `-15m`, `now+1h`; `isExplicit` where the word `now` is written.
    case relative(TimeSpan, isExplicit: Bool)
    /// `10:00`: a clock of the day at hand.
    case clock
    /// `2026-01-02`
    case date
    /// `2026-01-02T10:00`
    case dateAndClock
    case today
    case yesterday
    /// `1767355200`: seconds, milliseconds, microseconds or nanoseconds since 1970, by the number of digits.
    case epoch(Timestamp)
  }

  var kind: Kind
  /// Date and clock as far as they are written.
  var civil = CivilTime(year: 1970, month: 1, day: 1)
  /// The zone, if it is written.
  var offset: Int?
  /// What the last written digit of the clock counts, in nanoseconds; 60e9 for `10:00`.
  var precision: Int64 = 0

  /// Whether it names one instant rather than a stretch of time.
  var isInstant: Bool {
    switch kind {
    case .relative, .epoch: true
    default: false
    }
  }

  init?(_ text: String) {
    let lower = text.lowercased()
    switch lower {
    case "now": kind = .relative(.zero, isExplicit: true)
    case "today": kind = .today
    case "yesterday": kind = .yesterday
    default:
      if let relative = Self.relative(lower) {
        kind = relative
      } else if let epoch = Self.epoch(lower) {
        kind = .epoch(epoch)
      } else if let absolute = Self.absolute(Array(text.utf8)) {
        self = absolute
      } else {
        return nil
      }
    }
  }

  private init(kind: Kind) { self.kind = kind }

  private static func relative(_ text: String) -> Kind? {
    let isExplicit = text.hasPrefix("now")
    let rest = isExplicit ? text.dropFirst(3) : text[...]
    guard let sign = rest.first, sign == "-" || sign == "+", rest.dropFirst().first?.isNumber == true,
      let amount = Quantity(String(rest.dropFirst())), amount.dimension == .time
    else { return nil }
    let span = TimeSpan.seconds(amount.value / 1e9)
    return .relative(sign == "-" ? -span : span, isExplicit: isExplicit)
  }

  private static func epoch(_ text: String) -> Timestamp? {
    guard text.utf8.allSatisfy(\.isDigit), let value = Int64(text) else { return nil }
    switch text.utf8.count {
    case 9...10: return Timestamp(seconds: value)
    case 13: return Timestamp(nanoseconds: value * 1_000_000)
    case 16: return Timestamp(nanoseconds: value * 1000)
    case 19: return Timestamp(nanoseconds: value)
    default: return nil
    }
  }

  /// `[date [T]] [clock [zone]]`
  private static func absolute(_ bytes: [UInt8]) -> TimeLiteral? {
    var reader = Digits(bytes: bytes)
    var literal = TimeLiteral(kind: .clock)
    if let date = reader.date() {
      literal.civil = date
      literal.kind = .date
      if reader.isAtEnd { return literal }
      guard reader.take("T") || reader.take("t") || reader.take(" ") else { return nil }
      literal.kind = .dateAndClock
    }
    guard reader.clock(into: &literal) else { return nil }
    if !reader.isAtEnd {
      // A clock alone has no zone: 10:00-10:15 is a range that somebody wrote with the wrong sign.
      guard literal.kind == .dateAndClock, let zone = Zone(fixed: reader.rest) else { return nil }
      literal.offset = zone.offset(at: Timestamp(nanoseconds: 0))
    }
    return literal
  }

  private struct Digits {
    let bytes: [UInt8]
    var index = 0

    var isAtEnd: Bool { index >= bytes.count }
    var rest: String { String(decoding: bytes[index...], as: UTF8.self) }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
      index += 1
      return true
    }

    mutating func number(_ lengths: ClosedRange<Int>, below limit: Int) -> Int? {
      let start = index
      var value = 0
      while index < bytes.count, bytes[index].isDigit, index - start < lengths.upperBound {
        value = value * 10 + Int(bytes[index] - 48)
        index += 1
      }
      if index - start >= lengths.lowerBound, value < limit { return value }
      index = start
      return nil
    }

    mutating func date() -> CivilTime? {
      let start = index
      if let year = number(4...4, below: 10_000), take("-"), let month = number(1...2, below: 13), month > 0, take("-"),
        let day = number(1...2, below: 32), day > 0, day <= CivilTime.days(inMonth: month, of: year)
      {
        return CivilTime(year: year, month: month, day: day)
      }
      index = start
      return nil
    }

    mutating func clock(into literal: inout TimeLiteral) -> Bool {
      guard let hour = number(1...2, below: 24), take(":"), let minute = number(2...2, below: 60) else { return false }
      literal.civil.hour = hour
      literal.civil.minute = minute
      literal.precision = 60_000_000_000
      guard take(":") else { return true }
      guard let second = number(2...2, below: 61) else { return false }
      literal.civil.second = second
      literal.precision = 1_000_000_000
      guard take(".") || take(",") else { return true }
      let start = index
      guard let fraction = number(1...9, below: .max) else { return false }
      for _ in 0..<(index - start) { literal.precision /= 10 }
      literal.civil.nanosecond = fraction * Int(literal.precision)
      return true
    }
  }
}

extension TimeLiteral {
  /// What the literal names, in absolute time: `10:00` is the minute that begins then, an instant is one nanosecond.
  func resolved(in context: QueryContext) -> Range<Timestamp> {
    switch kind {
    case .relative(let span, let isExplicit): return Self.instant(context.origin(isExplicit: isExplicit) + span)
    case .epoch(let instant): return Self.instant(instant)
    case .today: return Self.day(context.zone.civilTime(at: context.now), after: 0, in: context.zone)
    case .yesterday: return Self.day(context.zone.civilTime(at: context.now), after: -1, in: context.zone)
    case .date: return Self.day(civil, after: 0, in: context.zone)
    case .dateAndClock: return stretch(from: civil, in: context)
    case .clock:
      let day = zone(in: context).civilTime(at: context.anchor)
      var reading = civil
      (reading.year, reading.month, reading.day) = (day.year, day.month, day.day)
      return stretch(from: reading, in: context)
    }
  }

  private func zone(in context: QueryContext) -> Zone { offset.map(Zone.init(fixedOffset:)) ?? context.zone }

  private func stretch(from civil: CivilTime, in context: QueryContext) -> Range<Timestamp> {
    let start = zone(in: context).timestamp(of: civil)
    return start..<max(start, start + TimeSpan(nanoseconds: precision))
  }

  private static func instant(_ instant: Timestamp) -> Range<Timestamp> {
    instant..<instant + TimeSpan(nanoseconds: 1)
  }

  private static func day(_ civil: CivilTime, after days: Int, in zone: Zone) -> Range<Timestamp> {
    let number = CivilTime.day(year: civil.year, month: civil.month, day: civil.day) + days
    func midnight(_ number: Int) -> Timestamp {
      let date = CivilTime.date(ofDay: number)
      return zone.timestamp(of: CivilTime(year: date.year, month: date.month, day: date.day))
    }
    let start = midnight(number)
    return start..<max(start, midnight(number + 1))
  }
}

extension QueryContext {
  /// The instant whose day a clock without a date belongs to.
  var anchor: Timestamp { cursor ?? newest ?? now }

  /// What relative times count from: the clock when following, or where `now` is written; else the newest record.
  func origin(isExplicit: Bool) -> Timestamp { isFollowing || isExplicit ? now : newest ?? now }
}
