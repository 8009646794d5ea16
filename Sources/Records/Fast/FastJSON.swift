import CSystem
import JSON
import Quantities

// The fast path of JSON. SAFETY: as in `FastMarks`.

/// The bytes of an earlier line before its stamp, and those from there to its level: `{"time": "` and `", "level": "`.
///
/// A line with the same bytes there is read to the same point by any parser, so that nothing has to be walked through.
struct JSONOpening {
  /// Where the stamp begins; 0 while nothing is known.
  private(set) var start = 0
  /// How many bytes lie between stamp and level.
  private(set) var gap = 0
  private var bytes = SIMD4<UInt64>(repeating: 0)
  private var mask = SIMD4<UInt64>(repeating: 0)
  private var gapBytes = SIMD2<UInt64>(repeating: 0)
  private var gapMask = SIMD2<UInt64>(repeating: 0)

  init() {}

  /// Remembers where stamp and level stand in `line`, if that is early enough.
  init(_ line: UnsafeRawBufferPointer, stamp: Range<Int>, level: Int) {
    guard (1...32).contains(stamp.lowerBound), (1...16).contains(level - stamp.upperBound) else { return }
    (start, gap) = (stamp.lowerBound, level - stamp.upperBound)
    for offset in 0..<start {
      bytes[offset / 8] |= UInt64(line[offset]) << UInt64(offset % 8 * 8)
      mask[offset / 8] |= 0xFF << UInt64(offset % 8 * 8)
    }
    for offset in 0..<gap {
      gapBytes[offset / 8] |= UInt64(line[stamp.upperBound + offset]) << UInt64(offset % 8 * 8)
      gapMask[offset / 8] |= 0xFF << UInt64(offset % 8 * 8)
    }
  }

  /// Whether `line`, of which 32 bytes can be read, begins alike; never while nothing is known.
  @inline(__always) func fits(_ line: UnsafeRawBufferPointer) -> Bool {
    let first = (line.word(at: 0) ^ bytes[0]) & mask[0] | (line.word(at: 8) ^ bytes[1]) & mask[1]
    let second = (line.word(at: 16) ^ bytes[2]) & mask[2] | (line.word(at: 24) ^ bytes[3]) & mask[3]
    return first | second == 0 && start != 0
  }

  /// Whether the 16 bytes at `end`, where the stamp ends, begin with the same gap.
  @inline(__always) func fitsGap(_ line: UnsafeRawBufferPointer, at end: Int) -> Bool {
    (line.word(at: end) ^ gapBytes[0]) & gapMask[0] | (line.word(at: end &+ 8) ^ gapBytes[1]) & gapMask[1] == 0
  }
}

/// The quotes and backslashes of a line, one after the other; 64 bytes are searched at a time.
struct QuoteScan {
  private let base: UnsafeRawPointer
  private let count: Int
  private var block = 0
  private var mask: UInt64

  /// SAFETY: 64 bytes must be readable after the `count` of the line.
  @inline(__always) init(_ base: UnsafeRawPointer, count: Int) {
    (self.base, self.count) = (base, count)
    mask = Self.mask(base)
  }

  @inline(__always) private static func mask(_ base: UnsafeRawPointer) -> UInt64 {
    cs_mask64(base, UInt8(ascii: "\"")) | cs_mask64(base, UInt8(ascii: "\\"))
  }

  /// The offset of the next one; nil at the end of the line.
  @inline(__always) mutating func next() -> Int? {
    while mask == 0 {
      block &+= 64
      guard block < count else { return nil }
      mask = Self.mask(base + block)
    }
    let offset = block &+ mask.trailingZeroBitCount
    mask &= mask &- 1
    return offset < count ? offset : nil
  }

  /// The offset of the quote that ends a string; nil if none does.
  @inline(__always) mutating func stringEnd() -> Int? {
    while let offset = next() {
      if base.load(fromByteOffset: offset, as: UInt8.self) == UInt8(ascii: "\"") { return offset }
      guard escape(offset) else { return nil }
    }
    return nil
  }

  /// Passes the byte after the backslash at `offset`, which ends nothing.
  @inline(__always) private mutating func escape(_ offset: Int) -> Bool {
    let escaped = offset &+ 1
    if escaped &- block < 64 {
      mask &= ~(1 &<< UInt64(escaped &- block))
      return true
    }
    block &+= 64
    guard block < count else { return false }
    mask = Self.mask(base + block) & ~1
    return true
  }
}

extension LineReading {
  /// JSON: what a line ends or begins with, if that is known; else a pass that ends as soon as the file's favourite keys
  /// have given time and level.
  @inline(__always) mutating func fastJSON(_ line: UnsafeRawBufferPointer, readable: Int) -> FastMark? {
    guard readable >= line.count &+ 72, readable >= 160, line.count > 4, let base = line.baseAddress else {
      return anyJSON(line, readable: readable)
    }
    if let start = endingStamp(line) {
      guard fast.template.length == reader.habits.ending.length,
        let instant = fast.template.match(base + start, &resolver)
      else { return nil }
      if let code = endingLevel(line, before: start) { return FastMark(nanoseconds: instant, code: code) }
      return flatJSON(line, readable: readable, instant: instant)
    }
    let end = fast.opening.start &+ fast.template.length
    let start = end &+ fast.opening.gap
    if line.count >= start &+ 8, fast.opening.fits(line), fast.opening.fitsGap(line, at: end),
      let code = fast.levels.code(line.word(at: start)),
      let instant = fast.template.match(base + fast.opening.start, &resolver)
    {
      return FastMark(nanoseconds: instant, code: code)
    }
    return flatJSON(line, readable: readable, instant: nil)
  }

  /// Where the stamp stands in a line that has the file's ending.
  @inline(__always) private func endingStamp(_ line: UnsafeRawBufferPointer) -> Int? {
    let ending = reader.habits.ending
    let end = line.count &- 2
    let start = end &- ending.length
    let key = start &- ending.timeKey.count
    guard ending.length != 0, key > 0, line[end] == UInt8(ascii: "\""), line[end &+ 1] == UInt8(ascii: "}"),
      ending.timeKey.stand(in: line, at: key), line[0] == UInt8(ascii: "{"), line[1] == UInt8(ascii: "\""),
      line.count <= JSONReading.reach
    else { return nil }
    return start
  }

  /// The level that stands in such a line before its stamp at `start`; nil if none does, or its word is new.
  @inline(__always) private mutating func endingLevel(_ line: UnsafeRawBufferPointer, before start: Int) -> LineCode? {
    let key = reader.habits.ending.levelKey
    let end = start &- reader.habits.ending.timeKey.count
    guard key.count != 0, end > key.count &+ 16 else { return nil }
    if let (code, count) = fast.endings.find(line.word(at: end &- 8).byteSwapped) {
      return key.stand(in: line, at: end &- count &+ 1 &- key.count) ? code : nil
    }
    return newEndingLevel(line, before: start)
  }

  @inline(never) private mutating func newEndingLevel(_ line: UnsafeRawBufferPointer, before start: Int) -> LineCode? {
    guard let found = reader.habits.ending.find(in: line, reader.habits)?.level else { return nil }
    // With the quote before it; read backwards, since it is the end of the word that stands in a known place.
    let end = found.span.upperBound
    fast.endings.learn(line.word(at: end - 8).byteSwapped, count: found.span.count + 1, found.level)
    return LineCode(start: found.level)
  }

  /// Objects of strings and plain values, written as most programs do: `"name": value, "name":value`.
  ///
  /// `instant` is what the line's end gave, or nil.
  @inline(never) private mutating func flatJSON(
    _ line: UnsafeRawBufferPointer, readable: Int, instant: Int64?
  ) -> FastMark? {
    guard let timeKey = reader.habits.timeKey, let levelKey = reader.habits.levelKey, let base = line.baseAddress,
      line.count > 4, line.count <= JSONReading.reach, line[0] == UInt8(ascii: "{"), line[1] == UInt8(ascii: "\"")
    else { return anyJSON(line, readable: readable) }
    var quotes = QuoteScan(base, count: line.count)
    let hasEnding = instant != nil
    var instant = instant
    var code: LineCode?
    var stamp = 0..<0
    var levelStart = 0
    var open = quotes.next()
    while let quote = open {
      // `"name":`, perhaps a blank, and then the value.
      guard line.peek(quote) == UInt8(ascii: "\""), let nameEnd = quotes.next(),
        line.peek(nameEnd) == UInt8(ascii: "\""),
        line.peek(nameEnd &+ 1) == UInt8(ascii: ":")
      else { return anyJSON(line, readable: readable) }
      let start = nameEnd &+ (line.peek(nameEnd &+ 2) == 32 ? 3 : 2)
      var end = start
      let isString = line.peek(start) == UInt8(ascii: "\"")
      if isString {
        guard quotes.next() == start, let close = quotes.stringEnd() else {
          return anyJSON(line, readable: readable)
        }
        end = close &+ 1
      } else {
        guard let scalar = scalarEnd(line, start) else { return anyJSON(line, readable: readable) }
        end = scalar
      }
      if !hasEnding, timeKey.isEqual(base + (quote &+ 1), count: nameEnd &- quote &- 1) {
        guard isString, instant == nil else { return anyJSON(line, readable: readable) }
        stamp = start &+ 1..<end &- 1
        instant = time(line, stamp, readable: readable)
        if instant == nil { return anyJSON(line, readable: readable) }
      } else if levelKey.isEqual(base + (quote &+ 1), count: nameEnd &- quote &- 1) {
        guard isString, code == nil else { return anyJSON(line, readable: readable) }
        levelStart = start &+ 1
        code = level(line, levelStart..<end &- 1)
        if code == nil { return anyJSON(line, readable: readable) }
      }
      if let instant, let code {
        if !hasEnding, levelStart > stamp.upperBound, fast.opening.start != stamp.lowerBound {
          fast.opening = JSONOpening(line, stamp: stamp, level: levelStart)
        }
        return FastMark(nanoseconds: instant, code: code)
      }
      // `,`, perhaps a blank, and the next name.
      guard line.peek(end) == UInt8(ascii: ",") else { return anyJSON(line, readable: readable) }
      open = quotes.next()
      guard open == end &+ (line.peek(end &+ 1) == 32 ? 2 : 1) else { return anyJSON(line, readable: readable) }
    }
    return anyJSON(line, readable: readable)
  }

  /// Where a number, `true`, `false` or `null` ends; nil for what may be something else.
  @inline(__always) private func scalarEnd(_ line: UnsafeRawBufferPointer, _ start: Int) -> Int? {
    let first = line.peek(start)
    guard
      first.isDigit || first == UInt8(ascii: "-") || first == UInt8(ascii: "t") || first == UInt8(ascii: "f")
        || first == UInt8(ascii: "n")
    else { return nil }
    var end = start &+ 1
    while end < line.count,
      line.peek(end).isWordByte || line.peek(end) == UInt8(ascii: ".") || line.peek(end) == UInt8(ascii: "-")
        || line.peek(end) == UInt8(ascii: "+")
    { end &+= 1 }
    return end
  }

  /// The level that the string in `range` names; nil if none.
  @inline(__always) private mutating func level(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> LineCode? {
    let word = line.word(at: range.lowerBound)
    if let code = fast.levels.code(word) { return code }
    guard let level = LevelValue.read(line, range, scale: reader.habits.levelRole.scale) else { return nil }
    fast.levels.learn(word, count: range.count + 1, level)
    return LineCode(start: level)
  }

  /// The same for lines with blanks in unusual places, values in brackets, or no room after them.
  @inline(never) private mutating func anyJSON(_ line: UnsafeRawBufferPointer, readable: Int) -> FastMark? {
    guard let timeKey = reader.habits.timeKey, let levelKey = reader.habits.levelKey, let base = line.baseAddress,
      line.count <= JSONReading.reach, JSONReading.begins(line), line[0] == UInt8(ascii: "{"),
      reader.habits.ending.find(in: line, reader.habits) == nil,
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
}
