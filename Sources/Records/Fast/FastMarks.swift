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
  /// What stood between stamp and level.
  var gap = LevelGap()
  /// How JSON lines began that name their time and level first.
  var opening = JSONOpening()
  var levels = LevelWords()
  /// Levels at the end of JSON lines, read backwards.
  var endings = LevelWords()
}

/// The signs between a stamp and the level after it, as they stood in an earlier line: ` `, `] [`.
struct LevelGap {
  /// How many bytes; 0 while nothing is known.
  private(set) var count = 0
  private var bytes: UInt64 = 0
  private var mask: UInt64 = 0

  init() {}

  /// Remembers the lowest `count` bytes (1 to 7) of `bytes`.
  init(_ bytes: UInt64, count: Int) {
    self.count = count
    mask = (1 &<< UInt64(8 * count)) &- 1
    self.bytes = bytes & mask
  }

  /// Whether `other` begins with these bytes; never while nothing is known.
  @inline(__always) func fits(_ other: UInt64) -> Bool { (other ^ bytes) & mask == 0 && count != 0 }
}

extension UnsafeRawBufferPointer {
  /// The byte at `index`, which must be readable, though the buffer itself may end before it.
  @inline(__always) func peek(_ index: Int) -> UInt8 {
    // SAFETY: the caller's promise.
    baseAddress.map { $0.load(fromByteOffset: index, as: UInt8.self) } ?? 0
  }

  /// The eight bytes from `index` on, the first lowest.
  ///
  /// SAFETY: they must be readable; the buffer itself may end before them.
  @inline(__always) func word(at index: Int) -> UInt64 {
    guard let base = baseAddress else { return 0 }
    return UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
  }
}

extension LineReading {
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
      if line.at(host.lowerBound) == UInt8(ascii: "%") { return nil }
      var message = SyslogReading.tag(line, host)?.message
      if message == nil {
        let index = line.skippingBlanks(host.upperBound)
        // The tag of a network device names its level.
        if line.at(index) == UInt8(ascii: "%") { return nil }
        message = SyslogReading.tag(line, SyslogReading.word(line, index))?.message ?? index
      }
      level = Payload.level(line, after: min(message ?? 0, line.count))?.level
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

  @inline(__always) mutating func time(
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
