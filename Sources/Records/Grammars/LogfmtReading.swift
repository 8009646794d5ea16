import Quantities

/// One `key=value` pair of a line.
struct Pair {
  var name: Range<Int>
  /// Without quotes.
  var value: Range<Int>
  var isQuoted = false
  /// A key without `=`: logfmt's boolean flag.
  var isFlag = false
  /// After the pair.
  var end = 0
}

/// Reads logfmt: `time=2026-01-02T03:04:05Z level=info msg="two words" flag count=3`.
struct LogfmtReading {
  /// How far into a record pairs are read.
  static let reach = 65_536

  let line: UnsafeRawBufferPointer
  let habits: Habits

  init(_ line: UnsafeRawBufferPointer, habits: Habits) {
    self.line = line
    self.habits = habits
  }

  /// Whether the first word is a `key=`.
  static func begins(_ line: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    while index < line.count, index < 64, isKeyByte(line[index]) { index += 1 }
    return index > 0 && line.at(index) == UInt8(ascii: "=") && line.at(index + 1) != UInt8(ascii: "=")
      && !line[0].isDigit
  }

  @inline(__always) static func isKeyByte(_ byte: UInt8) -> Bool {
    byte.isWordByte || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "@")
      || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "[")
      || byte == UInt8(ascii: "]") || byte >= 128
  }

  /// Stamp and level; nil if the line does not begin with a pair.
  func head() -> LineHead? {
    guard Self.begins(line) else { return nil }
    return learned() ?? survey().head
  }

  /// A pass that looks at the keys which this file is known to use, and ends when both were seen; nil if they were not.
  private func learned() -> LineHead? {
    guard let timeKey = habits.timeKey, let levelKey = habits.levelKey, let base = line.baseAddress else { return nil }
    var head = LineHead()
    head.family = .logfmt
    head.isWhole = true
    var index = 0
    while let pair = Self.pair(line, at: index, limit: min(line.count, Self.reach)) {
      index = pair.end
      // SAFETY: a pair's name lies inside `line`.
      let name = base + pair.name.lowerBound
      if timeKey.matches(name, count: pair.name.count), head.stamp == nil {
        head.stamp = StampValue.read(line, pair.value, dateOrder: habits.stamps.dateOrder)
        head.stampSpan = pair.value
      } else if levelKey.matches(name, count: pair.name.count), head.level == nil {
        head.level = LevelValue.read(line, pair.value, scale: habits.levelRole.scale)
        head.levelSpan = pair.value
      }
      if head.stamp != nil, head.level != nil { return head }
    }
    return nil
  }

  /// What a pass over all pairs finds.
  struct Survey {
    var head = LineHead()
    var timeName: Range<Int>?
    var levelName: Range<Int>?
    var levelRole = KeyRole(kind: .level, rank: 255)
    var timeRank = UInt8.max
  }

  func survey() -> Survey {
    var survey = Survey()
    survey.head.family = .logfmt
    var index = 0
    var pairs = 0
    while let pair = Self.pair(line, at: index, limit: min(line.count, Self.reach)), pairs < 1000 {
      index = pair.end
      pairs += 1
      if pair.isFlag { continue }
      if let role = KeyRole.of(line.part(pair.name)) { consider(pair, role, &survey) }
    }
    survey.head.isWhole = survey.head.stamp != nil || survey.head.level != nil
    return survey
  }

  private func consider(_ pair: Pair, _ role: KeyRole, _ survey: inout Survey) {
    if role.kind == .time, role.rank < survey.timeRank,
      let stamp = StampValue.read(line, pair.value, dateOrder: habits.stamps.dateOrder),
      role.rank < 90 || StampForm.weak & stamp.form.bit & ~StampForm.epoch.bit == 0
    {
      (survey.head.stamp, survey.head.stampSpan, survey.timeRank) = (stamp, pair.value, role.rank)
      survey.timeName = pair.name
    } else if role.kind == .level, role.rank < survey.levelRole.rank,
      let level = LevelValue.read(line, pair.value, scale: role.scale),
      role.rank < 90 || !line[pair.value.lowerBound].isDigit
    {
      (survey.head.level, survey.head.levelSpan, survey.levelRole) = (level, pair.value, role)
      survey.levelName = pair.name
    }
  }

  /// The pair or flag at or after `start`; nil at the limit. Colour sequences of a terminal separate as blanks do.
  static func pair(_ line: UnsafeRawBufferPointer, at start: Int, limit: Int) -> Pair? {
    var index = start
    while index < limit, line[index].isSpace || line[index] == UInt8(ascii: ",") || line[index] == 27 {
      index = line[index] == 27 ? LevelFinder.skipEscape(line, index) : index + 1
    }
    guard index < limit else { return nil }
    let nameStart = index
    while index < limit, line[index] != UInt8(ascii: "="), !line[index].isSpace, line[index] != UInt8(ascii: "\""),
      line[index] != 27
    {
      index += 1
    }
    let name = nameStart..<index
    index = skippingEscapes(line, index, limit)
    guard index < limit, line[index] == UInt8(ascii: "="), !name.isEmpty else {
      let end = name.isEmpty ? min(index + 1, limit) : index
      return Pair(name: name, value: name.upperBound..<name.upperBound, isFlag: true, end: max(end, nameStart + 1))
    }
    let (value, isQuoted, end) = self.value(line, at: skippingEscapes(line, index + 1, limit), limit: limit)
    return Pair(name: name, value: value, isQuoted: isQuoted, end: end)
  }

  @inline(__always) private static func skippingEscapes(
    _ line: UnsafeRawBufferPointer, _ start: Int, _ limit: Int
  ) -> Int {
    var index = start
    while index < limit, line[index] == 27 { index = LevelFinder.skipEscape(line, index) }
    return min(index, limit)
  }

  /// The value at `start`, quoted or up to white space.
  static func value(
    _ line: UnsafeRawBufferPointer, at start: Int, limit: Int
  ) -> (value: Range<Int>, isQuoted: Bool, end: Int) {
    if start < limit, line[start] == UInt8(ascii: "\"") {
      var index = start + 1
      while index < limit {
        if line[index] == UInt8(ascii: "\"") { return (start + 1..<index, true, index + 1) }
        index += line[index] == UInt8(ascii: "\\") ? 2 : 1
      }
      return (start + 1..<max(start + 1, limit), true, limit)
    }
    if start < limit, line[start] == UInt8(ascii: "'"), let end = closing(line, start, limit) {
      return (start + 1..<end, true, end + 1)
    }
    if start < limit, line[start] == UInt8(ascii: "{") || line[start] == UInt8(ascii: "["),
      let end = balanced(line, start, limit)
    {
      return (start..<end, false, end)
    }
    var index = start
    while index < limit, !line[index].isSpace, line[index] != 27 { index += 1 }
    return (start..<index, false, index)
  }

  /// The quote that ends what `'` at `start` began, as Python's repr writes it: a blank or the end follows.
  private static func closing(_ line: UnsafeRawBufferPointer, _ start: Int, _ limit: Int) -> Int? {
    var index = start + 1
    while index < limit {
      if line[index] == UInt8(ascii: "'") {
        let after = index + 1 < limit ? line[index + 1] : 32
        return after.isSpace || after == 27 || after == UInt8(ascii: ",") || after == UInt8(ascii: ")") ? index : nil
      }
      index += line[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  /// After the bracket that closes the one at `start`, within 4 KB; nil if none does before the limit.
  private static func balanced(_ line: UnsafeRawBufferPointer, _ start: Int, _ limit: Int) -> Int? {
    var depth = 0
    for index in start..<min(limit, start + 4096) {
      switch line[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 {
          return index + 1 == limit || line[index + 1].isSpace || line[index + 1] == 27 ? index + 1 : nil
        }
      default: break
      }
    }
    return nil
  }
}

extension LogfmtReading {
  /// Whether a line is logfmt rather than text with a few pairs: it begins with one, and most words are part of pairs.
  static func isMostlyPairs(_ line: UnsafeRawBufferPointer) -> Bool {
    guard begins(line) else { return false }
    var (pairs, flags, index) = (0, 0, 0)
    while let pair = pair(line, at: index, limit: min(line.count, 4096)), pairs + flags < 100 {
      index = pair.end
      if pair.isFlag { flags += 1 } else { pairs += 1 }
    }
    return pairs >= 2 && pairs > flags
  }
}
