import Quantities

/// The parts of one line of syslog.
///
///     <34>Oct 11 22:14:15 host su[230]: message                                    RFC 3164
///     2026-01-02T03:04:05.678+01:00 host su[230]: message                          rsyslog's file format
///     <165>1 2026-01-02T03:04:05.003Z host app procid msgid [id key="v"] message   RFC 5424
struct SyslogReading {
  let line: UnsafeRawBufferPointer
  /// Facility * 8 + severity, where the line has `<PRI>`.
  var priority: Int?
  var prioritySpan: Range<Int>?
  var stamp: WrittenStamp?
  var stampSpan: Range<Int>?
  var host: Range<Int>?
  var app: Range<Int>?
  var process: Range<Int>?
  var messageID: Range<Int>?
  var structuredData: Range<Int>?
  /// A level written where the host would stand, as Chrome OS does.
  var named: (level: Level, span: Range<Int>)?
  var message = 0

  /// Whether the file is known to be syslog, so that a line needs no name of a program.
  private let isExpected: Bool

  /// Reads the line; nil if it has neither shape.
  init?(_ line: UnsafeRawBufferPointer, stamps: StampFinder, isExpected: Bool = true) {
    self.line = line
    self.isExpected = isExpected
    var index = 0
    if let (value, end) = Self.priority(line) {
      priority = value
      prioritySpan = 1..<end - 1
      index = end
    }
    if line.at(index) == UInt8(ascii: "1"), line.at(index + 1) == 32, priority != nil || line.at(index + 2).isDigit {
      guard readNew(index + 2, stamps) else { return nil }
    } else {
      guard readClassic(index, stamps) else { return nil }
    }
  }

  var level: Level? { priority.flatMap { LevelNames.level(syslog: $0 & 7) } }

  /// `<34>` at the start: its number, and the offset after it.
  static func priority(_ line: UnsafeRawBufferPointer) -> (value: Int, end: Int)? {
    guard line.at(0) == UInt8(ascii: "<") else { return nil }
    var index = 1
    var value = 0
    while index < 5, line.at(index).isDigit {
      value = value * 10 + Int(line[index] &- 48)
      index += 1
    }
    guard index > 1, value < 192, line.at(index) == UInt8(ascii: ">") else { return nil }
    return (value, index + 1)
  }

  private mutating func readClassic(_ start: Int, _ stamps: StampFinder) -> Bool {
    var grammar = StampGrammar(line, dateOrder: stamps.dateOrder)
    guard let stamp = grammar.stamp(at: start),
      stamp.form == .monthName || stamp.form == .yearFirst || stamp.form == .weekday || stamp.form == .epoch,
      line.at(stamp.end) == 32 || line.at(stamp.end) == UInt8(ascii: ":")
    else { return false }
    self.stamp = stamp
    stampSpan = start..<stamp.end
    // What writes ISO stamps as syslog writes `T` and the zone; without them it is some program's own log.
    if stamp.form == .yearFirst, stamp.offset == nil || line.at(start + 10) != UInt8(ascii: "T") { return false }
    var index = stamp.end
    if line.at(index) == UInt8(ascii: ":") { index += 1 }
    index = line.skippingBlanks(index)
    let first = word(index)
    guard isHost(first) else { return false }
    if stamp.form == .monthName, readTag(first, from: index) { return true }
    if let level = LevelNames.level(line, at: first.lowerBound, count: first.count) {
      named = (level, first)
    } else {
      host = first
    }
    index = line.skippingBlanks(first.upperBound)
    let second = word(index)
    if !readTag(second, from: index) { message = index }
    // Other logs name a level, then something before a colon: Chrome OS names processes, or the kernel.
    if named != nil, !isExpected, process == nil, !(app.map { line.part($0).elementsEqual("kernel".utf8) } ?? false) {
      return false
    }
    if stamp.form == .epoch { return app != nil && process != nil }
    return stamp.form == .monthName || app != nil || isExpected && stamp.form == .yearFirst
  }

  private func isHost(_ word: Range<Int>) -> Bool { Self.isHost(line, word) }

  @inline(__always) static func isHost(_ line: UnsafeRawBufferPointer, _ word: Range<Int>) -> Bool {
    guard let first = word.first, line[first].isWordByte || line[first] == UInt8(ascii: ":") else { return false }
    return !line.part(word).contains { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "|") }
  }

  private func word(_ start: Int) -> Range<Int> { Self.word(line, start) }

  @inline(__always) static func word(_ line: UnsafeRawBufferPointer, _ start: Int) -> Range<Int> {
    var index = start
    while index < line.count, line[index] != 32, index - start < 256 { index += 1 }
    return start..<index
  }

  private mutating func readTag(_ word: Range<Int>, from start: Int) -> Bool {
    guard let tag = Self.tag(line, word) else { return false }
    app = tag.app
    process = tag.process
    message = tag.message
    return true
  }

  /// Reads `app[123]:` or `app:`; nil where `word` is neither.
  @inline(__always) static func tag(
    _ line: UnsafeRawBufferPointer, _ word: Range<Int>
  ) -> (app: Range<Int>, process: Range<Int>?, message: Int)? {
    guard word.count > 1 else { return nil }
    var nameEnd = word.lowerBound
    while nameEnd < word.upperBound, line[nameEnd] != UInt8(ascii: "["), line[nameEnd] != UInt8(ascii: ":") {
      nameEnd += 1
    }
    guard nameEnd > word.lowerBound, nameEnd < word.upperBound else { return nil }
    let app = word.lowerBound..<nameEnd
    if line[nameEnd] == UInt8(ascii: ":") {
      return nameEnd + 1 == word.upperBound ? (app, nil, line.skippingBlanks(nameEnd + 1)) : nil
    }
    var close = nameEnd + 1
    while close < word.upperBound, line[close] != UInt8(ascii: "]") { close += 1 }
    let hasColon = line.at(close + 1) == UInt8(ascii: ":")
    guard close < word.upperBound, hasColon || close + 1 == word.upperBound else { return nil }
    return (app, nameEnd + 1..<close, line.skippingBlanks(close + (hasColon ? 2 : 1)))
  }

  private mutating func readNew(_ start: Int, _ stamps: StampFinder) -> Bool {
    var grammar = StampGrammar(line, dateOrder: stamps.dateOrder)
    var index = start
    if let stamp = grammar.stamp(at: start), line.at(stamp.end) == 32 {
      self.stamp = stamp
      stampSpan = start..<stamp.end
      index = stamp.end + 1
    } else if line.at(start) == UInt8(ascii: "-"), line.at(start + 1) == 32 {
      index = start + 2
    } else {
      return false
    }
    var parts: [Range<Int>] = []
    while parts.count < 4, index < line.count {
      let part = word(index)
      parts.append(part)
      index = min(part.upperBound + 1, line.count)
    }
    guard parts.count == 4 else { return false }
    host = given(parts[0])
    app = given(parts[1])
    process = given(parts[2])
    messageID = given(parts[3])
    message = index
    readStructuredData(index)
    return true
  }

  private func given(_ part: Range<Int>) -> Range<Int>? {
    part.count == 1 && line[part.lowerBound] == UInt8(ascii: "-") ? nil : part
  }

  private mutating func readStructuredData(_ start: Int) {
    if line.at(start) == UInt8(ascii: "-") {
      message = skipMark(min(start + 1, line.count))
      return
    }
    var index = start
    while line.at(index) == UInt8(ascii: "[") {
      guard let end = elementEnd(index) else { return }
      index = end
    }
    if index > start { structuredData = start..<index }
    message = skipMark(index)
  }

  /// Past one blank and a byte order mark.
  private func skipMark(_ start: Int) -> Int {
    let index = line.skippingBlanks(start)
    return line.has("\u{FEFF}", at: index) ? index + 3 : index
  }

  /// After the `]` that closes the element at `start`; nil if none does.
  private func elementEnd(_ start: Int) -> Int? {
    var index = start + 1
    var isQuoted = false
    while index < line.count {
      switch line[index] {
      case UInt8(ascii: "\\") where isQuoted: index += 1
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "]") where !isQuoted: return index + 1
      default: break
      }
      index += 1
    }
    return nil
  }

  func head() -> LineHead {
    var head = LineHead()
    head.family = .syslog
    head.stamp = stamp
    head.stampSpan = stampSpan
    head.isWhole = true
    if let level {
      head.level = level
      head.levelSpan = prioritySpan
    } else if let named {
      (head.level, head.levelSpan) = (named.level, named.span)
    } else if let app, let found = LevelPhrases.network(line, at: app.lowerBound),
      line[app.lowerBound] == UInt8(ascii: "%")
    {
      (head.level, head.levelSpan) = (found.level, found.span)
    } else if let found = Payload.level(line, after: min(message, line.count)) {
      head.level = found.level
      head.levelSpan = found.span
    }
    return head
  }
}
