extension Zone {
  /// Reads a compiled zone file of the tz database (version 2 and later); nil if `bytes` are none.
  ///
  /// Format: RFC 9636. Version 1 files (32-bit only) are not written by any system since 2013 and are refused.
  public convenience init?(name: String, tzif bytes: [UInt8]) {
    guard let first = TZifHeader(bytes, at: 0), first.version >= 2 else { return nil }
    let start = first.end(timeSize: 4)
    guard let header = TZifHeader(bytes, at: start) else { return nil }
    let end = header.end(timeSize: 8)
    guard end <= bytes.count, header.types > 0 else { return nil }

    func integer(_ offset: Int, _ size: Int) -> Int64 {
      var value: UInt64 = 0
      for index in 0..<size { value = value << 8 | UInt64(bytes[offset + index]) }
      return size == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
    }
    let times = start + 44
    let indices = times + header.times * 8
    let types = indices + header.times
    let names = types + header.types * 6

    func abbreviation(_ type: Int) -> String {
      let from = names + Int(bytes[types + type * 6 + 5])
      guard from <= names + header.characters else { return "" }
      var to = from
      while to < names + header.characters, bytes[to] != 0 { to += 1 }
      return String(decoding: bytes[from..<to], as: UTF8.self)
    }
    var transitions: [Int64] = []
    var offsets = [Int32(truncatingIfNeeded: integer(types, 4))]
    var abbreviations = [abbreviation(0)]
    for index in 0..<header.times {
      let type = Int(bytes[indices + index])
      guard type < header.types else { return nil }
      transitions.append(integer(times + index * 8, 8))
      offsets.append(Int32(truncatingIfNeeded: integer(types + type * 6, 4)))
      abbreviations.append(abbreviation(type))
    }
    let footer = bytes[min(end + 1, bytes.count)...].prefix { $0 != 10 }
    let lastPeriod = ZoneRule.Period(
      offset: Int(offsets[offsets.count - 1]), abbreviation: abbreviations[abbreviations.count - 1])
    self.init(
      name: name, transitions: transitions, offsets: offsets, abbreviations: abbreviations,
      rule: ZoneRule(posix: Array(footer)) ?? ZoneRule(standard: lastPeriod))
  }

  /// Reads a fixed zone as people write it: `UTC`, `Z`, `GMT`, `+02:00`, `-0530`, `+9`; nil for any other text.
  public convenience init?(fixed text: String) {
    let upper = text.uppercased()
    if ["UTC", "Z", "GMT", "UCT", "ZULU"].contains(upper) {
      self.init(fixedOffset: 0)
      return
    }
    var digits = Array(text.utf8)
    guard let sign = digits.first, sign == 43 || sign == 45 else { return nil }
    digits.removeFirst()
    digits.removeAll { $0 == 58 }
    guard !digits.isEmpty, digits.count <= 4, digits.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
    let value = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    let (hours, minutes) = digits.count <= 2 ? (value, 0) : (value / 100, value % 100)
    guard hours <= 18, minutes < 60 else { return nil }
    self.init(fixedOffset: (sign == 45 ? -1 : 1) * (hours * 3600 + minutes * 60))
  }
}

extension Zone {
  /// Reads the POSIX form of `$TZ`, e.g. `CET-1CEST,M3.5.0,M10.5.0/3`; nil for any other text.
  public convenience init?(posix text: String) {
    guard let rule = ZoneRule(posix: Array(text.utf8)) else { return nil }
    self.init(name: text, transitions: [], offsets: [], abbreviations: [], rule: rule)
  }
}

/// The counts at the head of a TZif data block.
private struct TZifHeader {
  let offset: Int
  let version: Int
  let universal: Int
  let standard: Int
  let leaps: Int
  let times: Int
  let types: Int
  let characters: Int

  init?(_ bytes: [UInt8], at offset: Int) {
    guard offset >= 0, offset + 44 <= bytes.count, bytes[offset..<offset + 4].elementsEqual([84, 90, 105, 102])
    else { return nil }
    func count(_ index: Int) -> Int {
      bytes[(offset + 20 + index * 4)..<(offset + 24 + index * 4)].reduce(0) { $0 << 8 | Int($1) }
    }
    self.offset = offset
    version = Int(bytes[offset + 4]) - 48
    universal = count(0)
    standard = count(1)
    leaps = count(2)
    times = count(3)
    types = count(4)
    characters = count(5)
    guard times < 100_000, types < 256, characters < 10_000, leaps < 10_000, universal < 256, standard < 256
    else { return nil }
  }

  func end(timeSize: Int) -> Int {
    offset + 44 + times * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + standard + universal
  }
}
