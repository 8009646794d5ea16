import Quantities

// The fast path of text. SAFETY: as in `FastMarks`.

extension LineReading {
  /// Text: a templated stamp at the margin, and the level after it.
  @inline(__always) mutating func fastText(_ line: UnsafeRawBufferPointer, readable: Int) -> FastMark? {
    let offset = fast.offset
    let end = offset &+ fast.template.length
    guard fast.template.isLearned, let base = line.baseAddress, line.count >= end &+ 8,
      readable >= offset &+ StampTemplate.readable &+ 24, offset == 0 || line[0] == UInt8(ascii: "["),
      let instant = fast.template.match(base + offset, &resolver)
    else { return nil }
    if reader.habits.isContainer, ContainerLine.isPartial(line, after: end) { return nil }
    // The gap was learned where it ended a stamp, and a known word after it is a level there and here.
    if fast.gap.fits(line.word(at: end)) {
      let start = end &+ fast.gap.count
      if line.count >= start &+ 8, let code = fast.levels.code(line.word(at: start)) {
        return FastMark(nanoseconds: instant, code: code)
      }
    }
    return slowLevel(line, after: end).map { FastMark(nanoseconds: instant, code: LineCode(start: $0)) }
  }

  /// The level in `line`; nil where more may belong to the stamp than its template took.
  @inline(never) private mutating func slowLevel(_ line: UnsafeRawBufferPointer, after end: Int) -> Level?? {
    endsStamp(line, end) ? .some(level(line, after: end)) : nil
  }

  /// Whether surely nothing at `end` belongs to the stamp: no more digits, no zone, no AM or PM.
  @inline(__always) func endsStamp(_ line: UnsafeRawBufferPointer, _ end: Int) -> Bool {
    let next = line[end]
    if next == UInt8(ascii: "]") { return true }
    guard next == 32 else { return false }
    if fast.template.namesZone { return true }
    let second = line[end &+ 1]
    if second == UInt8(ascii: "[") || second == UInt8(ascii: "(") || second.isDigit { return true }
    guard second.isLetter else { return second != UInt8(ascii: "+") && second != UInt8(ascii: "-") && second > 32 }
    // The usual level names are no zones; for other words ask, they are short at worst.
    return Self.commonLevel(line, end &+ 1) != nil || !mayBeZone(line, end &+ 1)
  }

  func mayBeZone(_ line: UnsafeRawBufferPointer, _ start: Int) -> Bool {
    var count = 0
    while count < 6, line.at(start + count).isLetter { count += 1 }
    if count == 6 { return false }
    return count <= 2 || line.has("UTC", at: start) || line.has("GMT", at: start)
      || ZoneNames.offset(line, at: start, count: count) != nil
  }

  /// What `Payload` gives after the stamp; quick where the first word is a usual level that stands alone.
  private mutating func level(_ line: UnsafeRawBufferPointer, after end: Int) -> Level? {
    var index = end
    let limit = min(line.count, end &+ 8)
    while index < limit, !line[index].isWordByte, line[index] != 27 { index &+= 1 }
    if index < limit, index &+ 6 <= line.count, let (level, length) = Self.commonLevel(line, index) {
      let before = line[index &- 1]
      let next = line.at(index &+ length)
      if before == 32 || before == UInt8(ascii: "["),
        next == 32 || next == UInt8(ascii: "]") || next == UInt8(ascii: ":")
      {
        learn(level, length, line, from: end, at: index)
        return level
      }
    }
    return Payload.level(line, after: end)?.level
  }

  /// Remembers the level's word with the sign after it, and what stands before it.
  private mutating func learn(
    _ level: Level, _ length: Int, _ line: UnsafeRawBufferPointer, from end: Int, at start: Int
  ) {
    guard (1...7).contains(start - end), start + 8 <= line.count else { return }
    fast.gap = LevelGap(line.word(at: end), count: start - end)
    fast.levels.learn(line.word(at: start), count: length + 1, level)
  }

  /// The level whose name in capitals begins at `start`, and the name's length; six bytes from there must be inside.
  @inline(__always) private static func commonLevel(
    _ line: UnsafeRawBufferPointer, _ start: Int
  ) -> (level: Level, length: Int)? {
    guard start &+ 6 <= line.count, let base = line.baseAddress else { return nil }
    switch UInt32(littleEndian: (base + start).loadUnaligned(as: UInt32.self)) {
    case 0x4f46_4e49: return line[start &+ 4].isWordByte ? nil : (.info, 4)  // INFO
    case 0x4e52_4157:  // WARN, WARNING
      if !line[start &+ 4].isWordByte { return (.warn, 4) }
      return line.has("ING", at: start &+ 4) && !line.at(start &+ 7).isWordByte ? (.warn, 7) : nil
    case 0x5542_4544: return line[start &+ 4] == 0x47 && !line[start &+ 5].isWordByte ? (.debug, 5) : nil  // DEBUG
    case 0x4f52_5245: return line[start &+ 4] == 0x52 && !line[start &+ 5].isWordByte ? (.error, 5) : nil  // ERROR
    case 0x4341_5254: return line[start &+ 4] == 0x45 && !line[start &+ 5].isWordByte ? (.trace, 5) : nil  // TRACE
    case 0x4154_4146: return line[start &+ 4] == 0x4c && !line[start &+ 5].isWordByte ? (.fatal, 5) : nil  // FATAL
    default: return nil
    }
  }

  /// Learns from a line that the general reading has read as text or as an access log.
  mutating func learn(_ head: LineHead, _ line: UnsafeRawBufferPointer) {
    guard fast.lessons > 0, let stamp = head.stamp, let span = head.stampSpan else { return }
    if head.family == .text, reader.family == .text {
      guard stamp.form == .yearFirst, span.lowerBound == 0 || span.lowerBound == 1 && line[0] == UInt8(ascii: "[")
      else {
        return
      }
    } else if head.family != .access || reader.family != .access {
      return
    }
    fast.lessons -= 1
    // Whether a gap ends a stamp depends on the stamp's shape.
    fast.gap = LevelGap()
    fast.offset = span.lowerBound
    fast.template.learn(stamp, line, at: span.lowerBound, &resolver)
  }
}
