import Quantities

// The clock part of a stamp: hours, minutes, seconds, fraction, AM or PM, zone.

extension StampGrammar {
  /// Reads `3:04`, `03:04:05`, `03:04:05.678901`, `030405`, and a zone after it, into `stamp`; false if none stands here.
  mutating func clock(_ stamp: inout WrittenStamp, needsSeconds: Bool = false) -> Bool {
    let start = index
    let width = digits(from: start)
    if width == 6 || width == 4 && line.at(start + 4) != UInt8(ascii: ":") && !needsSeconds {
      stamp.hour = value(start, 2)
      stamp.minute = value(start + 2, 2)
      if width == 6 { stamp.second = value(start + 4, 2) }
      index = start + width
    } else {
      guard width == 1 || width == 2 else { return false }
      stamp.hour = value(start, width)
      index = start + width
      guard take(UInt8(ascii: ":")), let minute = number(2, 2) else { return false }
      stamp.minute = minute
      let seconds = byte == UInt8(ascii: ":") ? digits(from: index + 1) : 0
      if seconds == 1 || seconds == 2 {
        stamp.second = value(index + 1, seconds)
        index += 1 + seconds
      } else if needsSeconds {
        return false
      }
    }
    guard stamp.hour <= 24, stamp.minute < 60, stamp.second <= 99 else { return false }
    fraction(&stamp)
    guard halfOfDay(&stamp) else { return false }
    zone(&stamp)
    // A letter or digit right after the clock means that this was something else, e.g. an address.
    return !byte.isDigit
  }

  /// Reads `.678`, `,678901234` or log4j's `:678`.
  mutating func fraction(_ stamp: inout WrittenStamp) {
    let mark = byte
    guard mark == UInt8(ascii: ".") || mark == UInt8(ascii: ",") || mark == UInt8(ascii: ":") else { return }
    let width = digits(from: index + 1)
    guard width > 0, mark != UInt8(ascii: ":") || width == 3 || width == 6 else { return }
    let used = min(width, 9)
    var nanosecond = value(index + 1, used)
    for _ in used..<9 { nanosecond *= 10 }
    stamp.nanosecond = nanosecond
    index += 1 + width
  }

  /// Reads `PM`, `am`, `p.m.` after at most one space; false if it contradicts the hour.
  private mutating func halfOfDay(_ stamp: inout WrittenStamp) -> Bool {
    let start = index + (byte == 32 ? 1 : 0)
    let letter = line.at(start) | 32
    guard letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p"), line.at(start + 1) | 32 == UInt8(ascii: "m"),
      !line.at(start + 2).isWordByte
    else { return true }
    guard stamp.hour >= 1, stamp.hour <= 12 else { return stamp.hour > 12 }
    stamp.hour = stamp.hour % 12 + (letter == UInt8(ascii: "p") ? 12 : 0)
    index = start + 2
    return true
  }

  /// Reads `Z`, `+02:00`, `+0200`, `+02`, ` -0700`, ` UTC`, ` CEST`; leaves the index alone if none stands here.
  mutating func zone(_ stamp: inout WrittenStamp) {
    let start = index
    let blanks = skipBlanks(atMost: 1)
    if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") {
      if let offset = numericOffset(blanks: blanks) { stamp.offset = offset } else { index = start }
      return
    }
    let width = letters(from: index)
    let sign = line.at(index + width)
    if line.has("UTC", at: index) || line.has("GMT", at: index), width == 3, sign == 43 || sign == 45 {
      let nameStart = index
      index += 3
      if let offset = numericOffset(blanks: 0) {
        stamp.offset = offset
        return
      }
      index = nameStart
    }
    guard width > 0, width < 6, !line.at(index + width).isDigit, line.at(index + width) != UInt8(ascii: "_"),
      let offset = ZoneNames.offset(line, at: index, count: width)
    else {
      index = start
      return
    }
    // A lone letter after a blank is a level or a word, never a zone, unless it is Z.
    if width == 1, blanks > 0, line[index] != UInt8(ascii: "Z") || line.at(index + 1) == UInt8(ascii: "/") {
      index = start
      return
    }
    stamp.offset = offset
    index += width
  }

  private mutating func numericOffset(blanks: Int) -> Int? {
    let sign = byte == UInt8(ascii: "-") ? -1 : 1
    let width = digits(from: index + 1)
    var hours = 0
    var minutes = 0
    var length = 0
    if width == 4 {
      (hours, minutes, length) = (value(index + 1, 2), value(index + 3, 2), 5)
    } else if width == 2, line.at(index + 3) == UInt8(ascii: ":"), digits(from: index + 4) == 2 {
      (hours, minutes, length) = (value(index + 1, 2), value(index + 4, 2), 6)
    } else if width == 2, blanks == 0, !line.at(index + 3).isWordByte {
      (hours, length) = (value(index + 1, 2), 3)
    } else {
      return nil
    }
    guard hours <= 18, minutes < 60 else { return nil }
    index += length
    return sign * (hours * 3600 + minutes * 60)
  }

  func letters(from start: Int) -> Int {
    var end = start
    while line.at(end).isLetter, end - start < 12 { end += 1 }
    return end - start
  }
}

/// Zone abbreviations whose meaning is the same wherever logs are written.
enum ZoneNames {
  /// Seconds east of UTC of the abbreviation, in capitals only; nil for any other word.
  static func offset(_ line: UnsafeRawBufferPointer, at start: Int, count: Int) -> Int? {
    var key: UInt64 = 0
    for offset in 0..<count { key = key << 8 | UInt64(line[start + offset]) }
    switch key {
    case 0x5a, 0x7a, 0x555443, 0x474d54, 0x554354, 0x574554: return 0  // Z z UTC GMT UCT WET
    case 0x434554, 0x425354, 0x57455354, 0x4d4554: return 3600  // CET BST WEST MET
    case 0x43455354, 0x454554, 0x53415354, 0x4d455354: return 7200  // CEST EET SAST MEST
    case 0x45455354, 0x4d534b: return 10_800  // EEST MSK
    case 0x4a5354, 0x4b5354: return 32_400  // JST KST
    case 0x41455354: return 36_000  // AEST
    case 0x41454454: return 39_600  // AEDT
    case 0x454454: return -14_400  // EDT
    case 0x455354, 0x434454: return -18_000  // EST CDT
    case 0x435354, 0x4d4454: return -21_600  // CST MDT
    case 0x4d5354, 0x504454: return -25_200  // MST PDT
    case 0x505354: return -28_800  // PST
    default: return nil
    }
  }
}
