import Quantities

// Stamps that begin with a letter or a sign.

extension StampGrammar {
  /// `Jan  2 03:04:05`, `Jan 2 2026 03:04:05`, `Jan 2, 2026 3:04:05 PM`, `Jan 02 03:04:05 2026`, `Jan 2 03:04:05 CET 2026`.
  mutating func monthFirst(_ month: Int, form: StampForm = .monthName) -> WrittenStamp? {
    var stamp = WrittenStamp(form: form)
    stamp.month = month
    skipName()
    let separator = byte
    guard take(UInt8(ascii: "-")) || take(UInt8(ascii: "/")) || skipBlanks(atMost: 2) > 0, let day = number(1, 2)
    else { return nil }
    stamp.day = day
    if digits(from: index + 1) == 4, line.at(index + 5) != UInt8(ascii: ":"), !byte.isWordByte {
      stamp.year = value(index + 1, 4)
      index += 5
      return dateThenClock(&stamp)
    }
    if byte == UInt8(ascii: ","), line.at(index + 1) == 32, digits(from: index + 2) == 4 {
      stamp.year = value(index + 2, 4)
      index += 6
      if byte == 32, line.at(index + 1) == UInt8(ascii: "a"), line.at(index + 2) == UInt8(ascii: "t") { index += 3 }
      return dateThenClock(&stamp)
    }
    guard separator == 32, skipBlanks(atMost: 2) > 0 || take(UInt8(ascii: ":")), isDate(stamp),
      clock(&stamp, needsSeconds: true)
    else { return nil }
    stamp.end = index
    trailingYear(&stamp)
    return isDate(stamp) ? stamp : nil
  }

  /// A year after the clock, as ctime writes it; a zone may stand between or after.
  private mutating func trailingYear(_ stamp: inout WrittenStamp) {
    guard byte == 32, digits(from: index + 1) == 4, !line.at(index + 5).isLetter,
      line.at(index + 5) != UInt8(ascii: ":"),
      line.at(index + 5) != UInt8(ascii: "-"), (1970...2100).contains(value(index + 1, 4))
    else { return }
    stamp.year = value(index + 1, 4)
    index += 5
    if stamp.offset == nil { zone(&stamp) }
    stamp.end = index
  }

  /// What follows a weekday's name: ctime, RFC 1123, or systemd's `Fri 2026-01-02 03:04:05 UTC`.
  mutating func weekdayFirst(_ afterName: Int) -> WrittenStamp? {
    index = afterName
    _ = take(UInt8(ascii: ",")) || take(UInt8(ascii: "."))
    guard skipBlanks(atMost: 2) > 0 else { return nil }
    if let month = month(at: index) { return monthFirst(month, form: .weekday) }
    let width = digits(from: index)
    if width == 4 {
      guard var stamp = numeric(index) else { return nil }
      stamp.form = .weekday
      return stamp
    }
    guard width == 1 || width == 2, line.at(index + width) == 32 || line.at(index + width) == UInt8(ascii: "-") else {
      return nil
    }
    let day = value(index, width)
    let separator = line[index + width]
    index += width + 1
    guard var stamp = dayThenMonthName(day, separator) else { return nil }
    stamp.form = .weekday
    return stamp
  }

  /// `I0102 03:04:05.678901` and glog's `I20260102 03:04:05.678901`.
  func klog(_ start: Int) -> WrittenStamp? {
    switch line[start] {
    case UInt8(ascii: "I"), UInt8(ascii: "W"), UInt8(ascii: "E"), UInt8(ascii: "F"), UInt8(ascii: "D"),
      UInt8(ascii: "V"), UInt8(ascii: "N"), UInt8(ascii: "C"):
      break
    default: return nil
    }
    let width = digits(from: start + 1)
    guard width == 4 || width == 8, line.at(start + 1 + width) == 32 else { return nil }
    var stamp = WrittenStamp(form: .klog)
    if width == 8 { stamp.year = value(start + 1, 4) }
    stamp.month = value(start + width - 3, 2)
    stamp.day = value(start + width - 1, 2)
    var copy = self
    copy.index = start + width + 2
    guard isDate(stamp), copy.digits(from: copy.index) == 2, copy.clock(&stamp, needsSeconds: true) else { return nil }
    stamp.end = copy.index
    return stamp
  }

  /// `@400000006b02e65f2d1c3b4a`: TAI64N in hexadecimal, as svlogd and multilog write it.
  ///
  /// The label counts from 2^62 - 10 s, so subtracting 2^62 + 10 gives what those programs meant as Unix time.
  func tai(_ start: Int) -> WrittenStamp? {
    guard start + 25 <= line.count else { return nil }
    var label: UInt64 = 0
    var nanoseconds: UInt64 = 0
    for offset in 0..<24 {
      guard let digit = line[start + 1 + offset].hexadecimalValue else { return nil }
      if offset < 16 { label = label << 4 | UInt64(digit) } else { nanoseconds = nanoseconds << 4 | UInt64(digit) }
    }
    guard label >> 62 == 1, nanoseconds < 1_000_000_000, line.at(start + 25).hexadecimalValue == nil else { return nil }
    let seconds = Int64(label & ((1 << 62) - 1)) - 10
    guard seconds < 9_000_000_000 else { return nil }
    var stamp = WrittenStamp(form: .tai)
    stamp.instant = Timestamp(seconds: seconds, nanoseconds: Int64(nanoseconds))
    stamp.end = start + 25
    return stamp
  }
}
