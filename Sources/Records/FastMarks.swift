import JSON
import Quantities

// The fast paths of `LineReading.mark`: each gives exactly what the general reading gives, or nil.
//
// SAFETY: `base + offset` is only taken for offsets inside `line`, as names, values and stamps are found there; whoever
// loads more than the line holds from there checks `readable` first, which the caller of `mark` guarantees.

/// What the fast paths remember from line to line.
struct FastPaths {
  var template = StampTemplate()
  var classic = ClassicStamp()
  /// Where the stamp begins: 0, or 1 after a bracket.
  var offset = 0
  /// How often a shape may still be learned: a file that mixes many shapes should not pay for learning on every line.
  var lessons = 200
}

extension LineReading {
  /// Text: a templated stamp at the margin, and the level after it.
  @inline(__always) mutating func fastText(_ line: UnsafeRawBufferPointer, readable: Int) -> FastMark? {
    let offset = fast.offset
    let end = offset &+ fast.template.length
    guard fast.template.isLearned, let base = line.baseAddress, line.count >= end &+ 8,
      readable >= offset &+ StampTemplate.readable, offset == 0 || line[0] == UInt8(ascii: "["),
      let instant = fast.template.match(base + offset, &resolver), endsStamp(line, end)
    else { return nil }
    return FastMark(instant, level(line, after: end))
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

  private func mayBeZone(_ line: UnsafeRawBufferPointer, _ start: Int) -> Bool {
    var count = 0
    while count < 6, line.at(start + count).isLetter { count += 1 }
    if count == 6 { return false }
    return count <= 2 || line.has("UTC", at: start) || line.has("GMT", at: start)
      || ZoneNames.offset(line, at: start, count: count) != nil
  }

  /// What `LevelFinder` gives after the stamp; quick where the first word is a usual level in capitals.
  @inline(__always) private func level(_ line: UnsafeRawBufferPointer, after end: Int) -> Level? {
    var index = end
    let limit = min(line.count, end &+ 8)
    while index < limit, !line[index].isWordByte, line[index] != 27 { index &+= 1 }
    if index < limit, index &+ 6 <= line.count, let (level, length) = Self.commonLevel(line, index) {
      let before = line[index &- 1]
      let next = line.at(index &+ length)
      if before == 32 || before == UInt8(ascii: "["),
        next == 32 || next == UInt8(ascii: "]") || next == UInt8(ascii: ":")
      {
        return level
      }
    }
    return LevelFinder.find(line, in: end..<line.count)?.level
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
    fast.offset = span.lowerBound
    fast.template.learn(stamp, line, at: span.lowerBound, &resolver)
  }

  /// An access log: the first bracket, a templated stamp, the request in quotes, the status.
  @inline(__always) mutating func fastAccess(_ line: UnsafeRawBufferPointer, readable: Int) -> FastMark? {
    guard fast.template.isLearned, let base = line.baseAddress, line.count > 48, line[0] > 32 else { return nil }
    var index = 0
    let limit = min(line.count &- 48, 256)
    while index < limit, line[index] != UInt8(ascii: "[") {
      if line[index] == UInt8(ascii: "\"") { return nil }
      index &+= 1
    }
    guard index < limit, readable >= index &+ 1 &+ StampTemplate.readable, fast.template.length == 26,
      let instant = fast.template.match(base + (index &+ 1), &resolver), line[index &+ 27] == UInt8(ascii: "]"),
      line[index &+ 28] == 32, line[index &+ 29] == UInt8(ascii: "\"")
    else { return nil }
    guard let quote = closingQuote(line, from: index &+ 30), quote &+ 6 <= line.count, line[quote &+ 1] == 32,
      line[quote &+ 2] &- 49 < 5, line[quote &+ 3].isDigit, line[quote &+ 4].isDigit, line[quote &+ 5] == 32
    else { return nil }
    let level = LevelNames.level(status: Int(line[quote &+ 2] &- 48) &* 100)
    return FastMark(instant, level)
  }

  /// The closing quote; nil where a backslash comes first, or none comes.
  @inline(__always) private func closingQuote(_ line: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var index = start
    let end = line.count
    while index < end {
      let byte = line[index]
      if byte == UInt8(ascii: "\"") { return index }
      if byte == UInt8(ascii: "\\") { return nil }
      index &+= 1
    }
    return nil
  }

  /// logfmt: as JSON, over pairs.
  @inline(__always) mutating func fastLogfmt(_ line: UnsafeRawBufferPointer, readable: Int) -> FastMark? {
    guard let timeKey = reader.habits.timeKey, let levelKey = reader.habits.levelKey, let base = line.baseAddress,
      LogfmtReading.begins(line)
    else { return nil }
    var instant: Int64?
    var level: Level?
    var index = 0
    let limit = min(line.count, LogfmtReading.reach)
    while let pair = LogfmtReading.pair(line, at: index, limit: limit) {
      index = pair.end
      let name = base + pair.name.lowerBound
      if timeKey.matches(name, count: pair.name.count), instant == nil {
        instant = time(line, pair.value, readable: readable)
      } else if levelKey.matches(name, count: pair.name.count), level == nil {
        level = LevelValue.read(line, pair.value, scale: reader.habits.levelRole.scale)
      }
      if let instant, let level {
        return FastMark(instant, level)
      }
    }
    return nil
  }

  /// Classic syslog: `Jan  2 03:04:05 host app[12]: message`, with or without a priority before.
  @inline(__always) mutating func fastSyslog(_ line: UnsafeRawBufferPointer, readable: Int) -> FastMark? {
    guard let (stamp, host, priority) = fastSyslogStamp(line) else { return nil }
    var level = priority.flatMap { LevelNames.level(syslog: $0 & 7) }
    if level == nil {
      if LevelNames.level(line, at: host.lowerBound, count: host.count) != nil { return nil }
      var message = SyslogReading.tag(line, host)?.message
      if message == nil {
        let index = line.skippingBlanks(host.upperBound)
        message = SyslogReading.tag(line, SyslogReading.word(line, index))?.message ?? index
      }
      level = LevelFinder.find(line, in: min(message ?? 0, line.count)..<line.count)?.level
    }
    return FastMark(stamp.nanoseconds, level)
  }

  /// Stamp, host and priority of classic syslog; what follows the first line of a record makes no difference.
  @inline(__always) mutating func fastSyslogStamp(
    _ line: UnsafeRawBufferPointer
  ) -> (stamp: Timestamp, host: Range<Int>, priority: Int?)? {
    let priority = SyslogReading.priority(line)
    let start = priority?.end ?? 0
    let end = start &+ 15
    guard let base = line.baseAddress, line.count >= end &+ 8, line[end] == 32,
      let instant = fast.classic.match(base + start, &resolver)
    else { return nil }
    let second = line[end &+ 1]
    guard second.isWordByte, second.isDigit ? !isYear(line, end &+ 1) : !mayBeZone(line, end &+ 1) else { return nil }
    let host = SyslogReading.word(line, end &+ 1)
    guard SyslogReading.isHost(line, host) else { return nil }
    return (Timestamp(nanoseconds: instant), host, priority?.value)
  }

  private func isYear(_ line: UnsafeRawBufferPointer, _ start: Int) -> Bool {
    StampGrammar(line).digits(from: start) == 4
  }

  /// JSON: a pass that ends as soon as the file's favourite keys have given time and level.
  @inline(__always) mutating func fastJSON(_ line: UnsafeRawBufferPointer, readable: Int) -> FastMark? {
    guard let timeKey = reader.habits.timeKey, let levelKey = reader.habits.levelKey, let base = line.baseAddress,
      line.count <= JSONReading.reach, JSONReading.begins(line), line[0] == UInt8(ascii: "{"),
      var members = JSONMembers(line, object: 0..<line.count)
    else { return nil }
    var instant: Int64?
    var level: Level?
    while let (name, value) = members.next() {
      let start = base + name.range.lowerBound
      if timeKey.matches(start, count: name.range.count) {
        if instant == nil { instant = time(line, value.range, readable: readable) }
        if instant != nil, level != nil { break }
      } else if levelKey.matches(start, count: name.range.count) {
        if level == nil { level = LevelValue.read(line, value, scale: reader.habits.levelRole.scale) }
        if instant != nil, level != nil { break }
      }
    }
    guard let instant, let level else { return nil }
    return FastMark(instant, level)
  }

  @inline(__always) private mutating func time(
    _ line: UnsafeRawBufferPointer, _ range: Range<Int>, readable: Int
  ) -> Int64? {
    if range.count == fast.template.length, fast.template.isLearned,
      readable >= range.lowerBound &+ StampTemplate.readable, let base = line.baseAddress,
      let instant = fast.template.match(base + range.lowerBound, &resolver)
    {
      return instant
    }
    return learnedTime(line, range)
  }

  /// Learns from the value of the file's favourite key, also where no level stands beside it.
  mutating func learnKeyed(_ line: UnsafeRawBufferPointer) {
    guard let timeKey = reader.habits.timeKey, let base = line.baseAddress, JSONReading.begins(line),
      var members = JSONReading(line, habits: reader.habits).members()
    else { return }
    while let (name, value) = members.next() {
      guard timeKey.matches(base + name.range.lowerBound, count: name.range.count) else { continue }
      _ = time(line, value.range, readable: line.count)
      return
    }
  }

  private mutating func learnedTime(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int64? {
    guard let stamp = StampValue.read(line, range, dateOrder: reader.habits.stamps.dateOrder) else { return nil }
    if fast.lessons > 0, stamp.end == range.upperBound {
      fast.lessons -= 1
      fast.template.learn(stamp, line, at: range.lowerBound, &resolver)
    }
    return resolver.instant(stamp).nanoseconds
  }
}
