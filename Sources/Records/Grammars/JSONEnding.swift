import JSON
import Quantities

/// How the JSON lines of a file end that name their time last: `, "level": "info", "timestamp": "2026-01-02T03:04:05Z"}`.
///
/// What stands so before the brace that closes the object is the last value of its key, which is the one that counts
/// (RFC 8259 leaves it open; JavaScript and Python take the last). Reading a line from its end spares walking through all
/// members before it, two thirds of the cost of such a file. Only where a sample shows that lines end so.
///
///     , "level": "info", "timestamp": "2026-01-02T03:04:05.678Z"}
///     ├─ levelKey ┤   ├── timeKey ───┤├──── length ───────────┤
struct JSONEnding: Sendable {
  /// How many bytes the stamp has; 0 while nothing is known.
  private(set) var length = 0
  /// What stands before the stamp: from the quote that ends the level, or from the comma where no level stands there.
  private(set) var timeKey = Bytes()
  /// What stands before the level; none where the level stands elsewhere.
  private(set) var levelKey = Bytes()

  /// At most 32 bytes to compare with, eight at a time.
  struct Bytes: Sendable, Equatable {
    private(set) var count = 0
    private var words = SIMD4<UInt64>(repeating: 0)
    private var mask = SIMD4<UInt64>(repeating: 0)

    init() {}

    init?(_ bytes: UnsafeRawBufferPointer) {
      guard (1...32).contains(bytes.count) else { return nil }
      count = bytes.count
      for offset in 0..<count {
        words[offset / 8] |= UInt64(bytes[offset]) << UInt64(offset % 8 * 8)
        mask[offset / 8] |= 0xFF << UInt64(offset % 8 * 8)
      }
    }

    /// Whether `line` has these bytes at `start`. SAFETY: 32 bytes can be read from there.
    @inline(__always) func stand(in line: UnsafeRawBufferPointer, at start: Int) -> Bool {
      let first = (line.word(at: start) ^ words[0]) & mask[0] | (line.word(at: start &+ 8) ^ words[1]) & mask[1]
      if count <= 16 { return first == 0 }
      let second = (line.word(at: start &+ 16) ^ words[2]) & mask[2] | (line.word(at: start &+ 24) ^ words[3]) & mask[3]
      return first | second == 0
    }

    /// Whether these bytes stand before `end`, of which nothing after the line is read.
    func areBefore(_ end: Int, in line: UnsafeRawBufferPointer) -> Bool {
      let start = end - count
      guard start >= 0 else { return false }
      if start + 32 <= line.count { return stand(in: line, at: start) }
      for offset in 0..<count
      where line[start + offset] != UInt8(truncatingIfNeeded: words[offset / 8] >> UInt64(offset % 8 * 8)) {
        return false
      }
      return true
    }
  }

  init() {}

  /// The ending of `line`, if it has one; `length` is that of the file's stamps.
  init?(_ line: UnsafeRawBufferPointer, habits: Habits, length: Int) {
    guard let key = habits.timeKey, let base = line.baseAddress, length > 0,
      var members = JSONReading(line, habits: habits).members()
    else { return nil }
    var before: (name: JSONSpan, value: JSONSpan)?
    var ends = [members.end]
    while let (name, value) = members.next() {
      ends.append(members.end)
      if key.matches(base + name.range.lowerBound, count: name.range.count), value.kind == .string,
        value.range.count == length, value.range.upperBound + 2 == line.count
      {
        guard ends.count > 2 else { return nil }
        self.length = length
        let isLevel = before.map { Self.isLevel($0.name, $0.value, line, habits) } ?? false
        let start = ends[ends.count - 2] - (isLevel ? 1 : 0)
        guard let bytes = Bytes(line.part(start..<value.range.lowerBound)) else { return nil }
        timeKey = bytes
        if isLevel, let before, ends.count > 3 {
          levelKey = Bytes(line.part(ends[ends.count - 3]..<before.value.range.lowerBound)) ?? Bytes()
        }
        return
      }
      before = (name, value)
    }
    return nil
  }

  private static func isLevel(
    _ name: JSONSpan, _ value: JSONSpan, _ line: UnsafeRawBufferPointer, _ habits: Habits
  ) -> Bool {
    guard let key = habits.levelKey, let base = line.baseAddress, value.kind == .string else { return false }
    return key.matches(base + name.range.lowerBound, count: name.range.count)
  }

  /// Whether another line ends alike.
  func isLike(_ other: JSONEnding) -> Bool {
    length == other.length && timeKey == other.timeKey && levelKey == other.levelKey
  }

  /// What a line that ends so says.
  struct Finding {
    var stamp: WrittenStamp
    var stampSpan: Range<Int>
    var level: (level: Level, span: Range<Int>)?
  }

  /// Reads the end of `line`; nil if it is another one.
  func find(in line: UnsafeRawBufferPointer, _ habits: Habits) -> Finding? {
    let end = line.count - 2
    let start = end - length
    guard length > 0, start > timeKey.count, line.count <= JSONReading.reach, line[end] == UInt8(ascii: "\""),
      line[end + 1] == UInt8(ascii: "}"), timeKey.areBefore(start, in: line),
      !line[start..<end].contains(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }),
      let stamp = StampValue.read(line, start..<end, dateOrder: habits.stamps.dateOrder)
    else { return nil }
    return Finding(
      stamp: stamp, stampSpan: start..<end, level: level(in: line, endingAt: start - timeKey.count, habits))
  }

  private func level(
    in line: UnsafeRawBufferPointer, endingAt end: Int, _ habits: Habits
  ) -> (level: Level, span: Range<Int>)? {
    guard levelKey.count > 0 else { return nil }
    var start = end
    while start > 0, end - start <= 16, line[start - 1] != UInt8(ascii: "\"") {
      if line[start - 1] == UInt8(ascii: "\\") { return nil }
      start -= 1
    }
    guard levelKey.areBefore(start, in: line),
      let level = LevelValue.read(line, start..<end, scale: habits.levelRole.scale)
    else { return nil }
    return (level, start..<end)
  }
}

extension RecordReader {
  /// Keeps the way in which lines of the sample end, if many have their time there.
  mutating func learnEnding(_ lines: [UnsafeRawBufferPointer]) {
    guard family == .json, habits.template.isLearned else { return }
    let lines = lines.prefix(200)
    var found: [(ending: JSONEnding, count: Int)] = []
    for line in lines {
      guard let ending = JSONEnding(line, habits: habits, length: habits.template.length) else { continue }
      if let index = found.firstIndex(where: { $0.ending.isLike(ending) }) {
        found[index].count += 1
      } else if found.count < 8 {
        found.append((ending, 1))
      }
    }
    if let best = found.max(by: { $0.count < $1.count }), best.count * 5 >= lines.count { habits.ending = best.ending }
  }
}
