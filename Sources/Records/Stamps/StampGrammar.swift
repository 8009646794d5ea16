import Quantities

/// Reads a stamp that begins at a known offset: the general recogniser, one function a family of spellings.
///
/// Generous about separators and fractions, strict about ranges: month 13 or hour 25 is no stamp. Nothing is
/// remembered between calls; every call looks at no more than about 60 bytes.
struct StampGrammar {
  let line: UnsafeRawBufferPointer
  var dateOrder = DateOrder.customary
  var index = 0

  init(_ line: UnsafeRawBufferPointer, dateOrder: DateOrder = .customary) {
    self.line = line
    self.dateOrder = dateOrder
  }

  /// The stamp that begins at `start`; nil if none does.
  mutating func stamp(at start: Int) -> WrittenStamp? {
    index = start
    let first = line.at(start)
    if first.isDigit { return numeric(start) }
    if first == UInt8(ascii: "@") { return tai(start) }
    guard first.isLetter else { return nil }
    if let month = month(at: start) { return monthFirst(month) }
    if let length = weekday(at: start) { return weekdayFirst(start + length) }
    return klog(start)
  }

  // MARK: Pieces

  var byte: UInt8 { line.at(index) }

  mutating func take(_ wanted: UInt8) -> Bool {
    guard byte == wanted else { return false }
    index += 1
    return true
  }

  mutating func skipBlanks(atMost limit: Int) -> Int {
    let start = index
    while index - start < limit, byte == 32 || byte == 9 { index += 1 }
    return index - start
  }

  /// A run of one to `most` digits, not followed by another digit.
  mutating func number(_ least: Int, _ most: Int) -> Int? {
    var value = 0
    let start = index
    while byte.isDigit, index - start < most {
      value = value &* 10 &+ Int(byte &- 48)
      index += 1
    }
    guard index - start >= least, !byte.isDigit else { return nil }
    return value
  }

  func digits(from start: Int) -> Int {
    var end = start
    while line.at(end).isDigit, end - start < 24 { end += 1 }
    return end - start
  }

  /// The value of `count` digits at `start`, which the caller has seen to be digits.
  func value(_ start: Int, _ count: Int) -> Int {
    var value = 0
    for offset in start..<start + count { value = value &* 10 &+ Int(line[offset] &- 48) }
    return value
  }

  /// The number of the English month whose name begins at `start` and is three letters or whole.
  func month(at start: Int) -> Int? {
    guard start + 3 <= line.count else { return nil }
    let key = UInt32(line[start] | 32) | UInt32(line[start + 1] | 32) << 8 | UInt32(line[start + 2] | 32) << 16
    guard let month = MonthNames.number(key) else { return nil }
    return nameEnd(start, full: MonthNames.full[month - 1]) == nil ? nil : month
  }

  /// The length of the English weekday's name at `start`, three letters or whole.
  func weekday(at start: Int) -> Int? {
    guard start + 3 <= line.count else { return nil }
    for name in MonthNames.weekdays where name.has3(line, start) {
      return nameEnd(start, full: name).map { $0 - start }
    }
    return nil
  }

  func nameEnd(_ start: Int, full: StaticString) -> Int? {
    if !line.at(start + 3).isLetter { return start + 3 }
    let length = full.utf8CodeUnitCount
    guard start + length <= line.count, !line.at(start + length).isLetter else {
      // "Sept" is the one usual name between short and whole.
      return full.utf8Start[0] == UInt8(ascii: "s") && line.at(start + 3) | 32 == UInt8(ascii: "t")
        && !line.at(start + 4).isLetter ? start + 4 : nil
    }
    for offset in 3..<length where line[start + offset] | 32 != full.utf8Start[offset] { return nil }
    return start + length
  }

  mutating func skipName() { while byte.isLetter { index += 1 } }
}

enum MonthNames {
  static let full: [StaticString] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]
  static let weekdays: [StaticString] = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  /// The month whose first three letters are packed in `key`, low byte first, lower case.
  @inline(__always) static func number(_ key: UInt32) -> Int? {
    switch key {
    case 0x6e616a: 1
    case 0x626566: 2
    case 0x72616d: 3
    case 0x727061: 4
    case 0x79616d: 5
    case 0x6e756a: 6
    case 0x6c756a: 7
    case 0x677561: 8
    case 0x706573: 9
    case 0x74636f: 10
    case 0x766f6e: 11
    case 0x636564: 12
    default: nil
    }
  }
}

extension StaticString {
  /// Whether the first three letters stand at `start` of `line`, in any case; three bytes must be inside.
  fileprivate func has3(_ line: UnsafeRawBufferPointer, _ start: Int) -> Bool {
    line[start] | 32 == utf8Start[0] && line[start + 1] | 32 == utf8Start[1] && line[start + 2] | 32 == utf8Start[2]
  }
}
