import Quantities

/// Reads a line of text: a stamp near its start, and a level beside it.
struct TextReading {
  let line: UnsafeRawBufferPointer
  let habits: Habits

  init(_ line: UnsafeRawBufferPointer, habits: Habits) {
    self.line = line
    self.habits = habits
  }

  func head() -> LineHead {
    if habits.hasLevelBelow, let end = line.firstIndex(of: 10, in: 0..<line.count) {
      var head = TextReading(line.part(0..<end), habits: habits).head()
      if head.stamp != nil, let (level, span) = LevelBelow.find(line, lineEnd: end) {
        (head.level, head.levelSpan) = (level, span)
      }
      return head
    }
    var head = LineHead()
    var after = 0
    if let (stamp, start) = habits.stamps.find(line), !Self.isInObject(line, start) {
      head.stamp = stamp
      head.stampSpan = start..<stamp.end
      after = stamp.end
      if stamp.form == .klog {
        head.level = LevelNames.level(letter: line[start])
        head.levelSpan = start..<start + 1
        return head
      }
    } else {
      takeObject(&head)
      if head.stamp == nil, habits.hasStamps { after = MarginShape.templateEnd(line) ?? 0 }
    }
    findLevel(after, &head)
    return head
  }

  /// Whether what stands at `start` belongs to an object that the line ends with.
  static func isInObject(_ line: UnsafeRawBufferPointer, _ start: Int) -> Bool {
    Payload.object(in: line, from: 0).map { $0 < start } ?? false
  }

  /// `web_1  | {"time":...}`: a line without a stamp that ends with a record of another kind.
  private func takeObject(_ head: inout LineHead) {
    guard let start = Payload.object(in: line, from: 0),
      let inner = JSONReading(line.part(start..<line.count), habits: Habits()).survey()?.head,
      let span = inner.stampSpan
    else { return }
    head.stamp = inner.stamp
    head.stamp?.end += start
    head.stampSpan = span.lowerBound + start..<span.upperBound + start
    if let level = inner.level, let span = inner.levelSpan {
      (head.level, head.levelSpan) = (level, span.lowerBound + start..<span.upperBound + start)
    }
  }

  private func findLevel(_ after: Int, _ head: inout LineHead) {
    if let (priority, end) = SyslogReading.priority(line), let level = LevelNames.level(syslog: priority & 7) {
      (head.level, head.levelSpan) = (level, 1..<end - 1)
      return
    }
    if let report = LevelPhrases.report(line) ?? LevelPhrases.action(line) {
      (head.level, head.levelSpan) = (report.level, report.span)
      return
    }
    if head.level != nil { return }
    if habits.hasNumberLevel, head.stamp != nil, let found = NumberLevel.find(line, after: after) {
      (head.level, head.levelSpan) = (found.level, found.span)
      return
    }
    let start = head.stampSpan?.lowerBound ?? 0
    if start > 2, let found = LevelFinder.find(line, in: 0..<start) {
      (head.level, head.levelSpan) = (found.level, found.span)
    } else if let found = Payload.level(line, after: after) {
      (head.level, head.levelSpan) = (found.level, found.span)
    } else if head.stamp?.form == .dayMonthName, let level = redisLevel(after) {
      (head.level, head.levelSpan) = (level, after + 1..<after + 2)
    }
  }

  /// Redis: `1:M 02 Jan 2026 03:04:05.678 # message`.
  private func redisLevel(_ after: Int) -> Level? {
    guard line.at(after) == 32, line.at(after + 2) == 32 else { return nil }
    switch line.at(after + 1) {
    case UInt8(ascii: "."): return .debug
    case UInt8(ascii: "-"): return .info
    case UInt8(ascii: "*"): return .notice
    case UInt8(ascii: "#"): return .warn
    default: return nil
    }
  }
}
