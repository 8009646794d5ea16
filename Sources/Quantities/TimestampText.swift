extension Timestamp {
  /// The instant in UTC as RFC 3339 writes it, e.g. `2026-11-22T14:05:09.25Z`: no fraction, or 3, 6 or 9 digits of it,
  /// whichever loses nothing.
  public var iso8601: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(30)
    appendISO8601(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends what `iso8601` gives, without making a string.
  public func appendISO8601(to bytes: inout [UInt8]) {
    let civil = CivilTime(utc: self)
    civil.appendDate(to: &bytes)
    bytes.append(UInt8(ascii: "T"))
    civil.appendClock(to: &bytes)
    civil.appendFraction(digits: civil.leastFractionDigits, to: &bytes)
    bytes.append(UInt8(ascii: "Z"))
  }
}

extension Timestamp {
  /// The instant in `zone` as people write it, `2026-11-22 14:05:09.25`: as many digits of the second as lose nothing.
  public func text(in zone: Zone) -> String {
    var bytes: [UInt8] = []
    let civil = zone.civilTime(at: self)
    civil.appendDate(to: &bytes)
    bytes.append(32)
    civil.appendClock(to: &bytes)
    civil.appendFraction(digits: civil.leastFractionDigits, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension CivilTime {
  /// 0, 3, 6 or 9: how many digits of the fraction of a second lose nothing.
  public var leastFractionDigits: Int {
    if nanosecond == 0 { return 0 }
    if nanosecond % 1_000_000 == 0 { return 3 }
    return nanosecond % 1000 == 0 ? 6 : 9
  }

  /// `2026-11-22`.
  public var dateText: String { text { appendDate(to: &$0) } }

  /// `14:05:09`, with `.` and `fractionDigits` digits of the fraction if that is not 0.
  public func clockText(fractionDigits: Int = 0) -> String {
    text {
      appendClock(to: &$0)
      appendFraction(digits: fractionDigits, to: &$0)
    }
  }

  func appendDate(to bytes: inout [UInt8]) {
    append(year, width: 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    append(month, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    append(day, width: 2, to: &bytes)
  }

  func appendClock(to bytes: inout [UInt8]) {
    append(hour, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    append(minute, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    append(second, width: 2, to: &bytes)
  }

  func appendFraction(digits: Int, to bytes: inout [UInt8]) {
    guard digits > 0 else { return }
    var value = nanosecond
    for _ in digits..<max(9, digits) { value /= 10 }
    bytes.append(UInt8(ascii: "."))
    append(value, width: min(9, digits), to: &bytes)
  }

  private func append(_ value: Int, width: Int, to bytes: inout [UInt8]) {
    var divisor = 1
    for _ in 1..<width { divisor *= 10 }
    var rest = max(0, value)
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: min(9, rest / divisor)))
      rest %= divisor
      divisor /= 10
    }
  }

  private func text(_ write: (inout [UInt8]) -> Void) -> String {
    var bytes: [UInt8] = []
    write(&bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
