import JSON
import Quantities

/// Reads records that are one JSON object a line.
struct JSONReading {
  /// How far into a record its keys are read: bounds the work that a hostile or broken line can cause.
  static let reach = 262_144

  let line: UnsafeRawBufferPointer
  let habits: Habits

  init(_ line: UnsafeRawBufferPointer, habits: Habits) {
    self.line = line
    self.habits = habits
  }

  /// Where the object of a record lies: after what may stand before it, and within reach.
  static func object(of record: UnsafeRawBufferPointer) -> Range<Int> {
    let end = min(record.count, reach)
    return min(lead(record), end)..<end
  }

  /// The length of the separator of a JSON sequence (RFC 7464), of a byte order mark, or of `data: ` as server-sent events
  /// have it (HTML Standard, 9.2), at the beginning.
  private static func lead(_ line: UnsafeRawBufferPointer) -> Int {
    if line.at(0) == 0x1e { return 1 }
    if line.at(0) == UInt8(ascii: "d"), line.has("data:", at: 0) { return 5 }
    if line.at(0) == UInt8(ascii: "[") || line.at(0) == UInt8(ascii: ",") {
      // An array of objects, one a line.
      return line.at(line.skippingBlanks(1)) == UInt8(ascii: "{") ? 1 : 0
    }
    return line.at(0) == 0xEF && line.has("\u{FEFF}", at: 0) ? 3 : 0
  }

  /// Whether the line begins like a JSON object with a member.
  static func begins(_ line: UnsafeRawBufferPointer) -> Bool {
    var index = line.skippingBlanks(lead(line))
    guard line.at(index) == UInt8(ascii: "{") else { return false }
    index = line.skippingBlanks(index + 1)
    return line.at(index) == UInt8(ascii: "\"") || index >= line.count || line[index] == UInt8(ascii: "}")
      || line[index] == 13 || line[index] == 10
  }

  /// Stamp and level; nil if the line is no JSON object.
  func head() -> LineHead? {
    guard let head = learned() else { return nil }
    if head.stamp != nil, head.level != nil { return head }
    guard var head = survey()?.head else { return nil }
    takeEnding(&head)
    return head
  }

  /// What the end of the line says counts before all that stands earlier.
  private func takeEnding(_ head: inout LineHead) {
    guard let ending = habits.ending.find(in: line, habits) else { return }
    (head.stamp, head.stampSpan) = (ending.stamp, ending.stampSpan)
    if let level = ending.level { (head.level, head.levelSpan) = (level.level, level.span) }
  }

  /// One pass that looks at the keys which this file is known to use, and ends when both were seen.
  @inline(__always) private func learned() -> LineHead? {
    guard var members = members(), let base = line.baseAddress else { return nil }
    var head = LineHead()
    head.family = .json
    head.isWhole = true
    guard let timeKey = habits.timeKey, let levelKey = habits.levelKey else { return head }
    takeEnding(&head)
    if head.stamp != nil, head.level != nil { return head }
    while let (name, value) = members.next() {
      // SAFETY: a member's name lies inside `line`.
      let start = base + name.range.lowerBound
      if timeKey.matches(start, count: name.range.count) {
        note(time: value, in: &head)
        if head.level != nil { break }
      } else if levelKey.matches(start, count: name.range.count) {
        note(level: value, role: habits.levelRole, in: &head)
        if head.stamp != nil { break }
      }
    }
    return head
  }

  /// The stamp under the key that this file is known to use; nil where that key is missing or holds none.
  func learnedStamp() -> WrittenStamp? {
    guard let timeKey = habits.timeKey, var members = members(), let base = line.baseAddress else { return nil }
    if let ending = habits.ending.find(in: line, habits) { return ending.stamp }
    while let (name, value) = members.next() {
      // SAFETY: a member's name lies inside `line`.
      guard timeKey.matches(base + name.range.lowerBound, count: name.range.count) else { continue }
      if let stamp = StampValue.read(line, value.range, dateOrder: habits.stamps.dateOrder) { return stamp }
    }
    return nil
  }

  func members() -> JSONMembers? {
    JSONMembers(line, object: Self.object(of: line))
  }

  private func note(time value: JSONSpan, in head: inout LineHead) {
    guard head.stamp == nil, let stamp = StampValue.read(line, value.range, dateOrder: habits.stamps.dateOrder) else {
      return
    }
    head.stamp = stamp
    head.stampSpan = value.range
  }

  private func note(level value: JSONSpan, role: KeyRole, in head: inout LineHead) {
    guard head.level == nil, let level = level(value, role) else { return }
    head.level = level
    head.levelSpan = value.range
  }

  /// What a pass over all keys finds: the best of each role by rank.
  struct Survey {
    var head = LineHead()
    var timeName: Range<Int>?
    var levelName: Range<Int>?
    var levelRole = KeyRole(kind: .level, rank: 255)
    var message: JSONSpan?
    var timeRank = UInt8.max
    var levelRank = UInt8.max
    var messageRank = UInt8.max
    var statusRank = UInt8.max
    var status: Int?
    var isRequest = false
    var hasStream = false
    var timeIsLearned = false
    var levelIsLearned = false
  }

  /// Looks at all keys of the object, and of the nested objects that loggers are known to use.
  ///
  /// The learned keys count before all others, so that `head()` gives the same as this.
  func survey() -> Survey? {
    guard var members = members() else { return nil }
    var survey = Survey()
    survey.head.family = .json
    survey.head.isWhole = true
    while let (name, value) = members.next() { consider(name.range, value, depth: 0, in: &survey) }
    if survey.head.level == nil, survey.isRequest, let status = survey.status {
      survey.head.level = LevelNames.level(status: status)
    }
    if survey.head.level == nil, survey.hasStream, let message = survey.message, message.kind == .string,
      let found = Payload.level(line, message: message)
    {
      (survey.head.level, survey.head.levelSpan) = (found.level, found.span)
    }
    return survey
  }

  /// Keys of those who wrap the lines of others: Docker, journald.
  private static func tellsOfPayload(_ name: UnsafeRawBufferPointer) -> Bool {
    name.count == 6 && name.has("stream", at: 0) || name.count == 4 && name.has("_PID", at: 0)
      || name.count == 10 && name.has("_TRANSPORT", at: 0)
  }

  /// The message that `survey()` finds, without reading the keys that are none.
  func message() -> JSONSpan? {
    guard var members = members() else { return nil }
    var survey = Survey()
    while let (name, value) = members.next() {
      let bytes = line.part(name.range)
      if let key = habits.messageKey, let base = bytes.baseAddress, key.matches(base, count: bytes.count) {
        return value
      }
      guard KeyRole.mayBeMessage(bytes) || value.kind == .object && Self.isEnvelope(bytes) else { continue }
      consider(name.range, value, depth: 0, in: &survey)
    }
    return survey.message
  }

  private func consider(_ name: Range<Int>, _ value: JSONSpan, depth: Int, in survey: inout Survey) {
    let bytes = line.part(name)
    if depth == 0, isLearned(bytes, value, in: &survey) { return }
    let known = KeyRole.of(bytes)
    if value.kind == .object, depth < 2 {
      if let known, known.kind == .time {
        let rank = known.rank &+ UInt8(depth) &* 50
        if rank < survey.timeRank, noteTime(name, value, rank, depth, in: &survey) { return }
      }
      if Self.isEnvelope(bytes), nested(value, depth: depth, in: &survey) { return }
      if Self.mayHoldTime(bytes) { timesInside(value, depth: depth, in: &survey) }
    }
    guard let role = known else {
      if depth == 0, Self.tellsOfPayload(bytes) { survey.hasStream = true }
      return
    }
    let rank = role.rank &+ UInt8(depth) &* 50
    switch role.kind {
    case .time: if rank < survey.timeRank { _ = noteTime(name, value, rank, depth, in: &survey) }
    case .level: if rank < survey.levelRank { noteLevel(name, value, role, rank, depth, in: &survey) }
    case .message:
      // The one key that is both: the message of a web server's log, and evidence that it is one.
      if bytes.count == 7, bytes.has("request", at: 0) { survey.isRequest = true }
      if rank < survey.messageRank, value.kind == .string || value.kind == .array && bytes.has("MESSAGE", at: 0) {
        survey.message = value
        survey.messageRank = rank
      }
    case .status:
      if rank < survey.statusRank, let number = LevelValue.number(line.part(value.range)), value.range.count == 3 {
        survey.status = number
        survey.statusRank = rank
      }
    case .request: survey.isRequest = true
    }
  }

  /// The level that a value of the learned key names: by the user's own names, or as everywhere.
  private func level(_ value: JSONSpan, _ role: KeyRole) -> Level? {
    habits.levels?.level(line.part(value.range)) ?? LevelValue.read(line, value, scale: role.scale)
  }

  private func isLearned(_ name: UnsafeRawBufferPointer, _ value: JSONSpan, in survey: inout Survey) -> Bool {
    guard let base = name.baseAddress else { return false }
    if let key = habits.timeKey, key.matches(base, count: name.count) {
      if survey.timeRank == 0, survey.head.stamp != nil, survey.timeIsLearned { return true }
      if let stamp = StampValue.read(line, value.range, dateOrder: habits.stamps.dateOrder) {
        survey.head.stamp = stamp
        survey.head.stampSpan = value.range
        survey.timeRank = 0
        survey.timeIsLearned = true
        return true
      }
    }
    if let key = habits.levelKey, key.matches(base, count: name.count) {
      if survey.levelIsLearned { return true }
      if let level = level(value, habits.levelRole) {
        survey.head.level = level
        survey.head.levelSpan = value.range
        survey.levelRank = 0
        survey.levelIsLearned = true
        return true
      }
    }
    return false
  }

  private func noteTime(
    _ name: Range<Int>, _ value: JSONSpan, _ rank: UInt8, _ depth: Int, in survey: inout Survey
  ) -> Bool {
    guard let (stamp, span) = StampValue.read(line, value: value, dateOrder: habits.stamps.dateOrder) else {
      return false
    }
    // A clock or a short date under a guessed name is data, not the record's time.
    if rank >= 90, StampForm.weak & stamp.form.bit & ~StampForm.epoch.bit != 0 { return false }
    survey.head.stamp = stamp
    survey.head.stampSpan = span
    survey.timeRank = rank
    survey.timeName = depth == 0 && value.kind != .object ? name : nil
    return true
  }

  private func noteLevel(
    _ name: Range<Int>, _ value: JSONSpan, _ role: KeyRole, _ rank: UInt8, _ depth: Int,
    in survey: inout Survey
  ) {
    guard let level = LevelValue.read(line, value, scale: role.scale) else { return }
    if rank >= 90, value.kind == .number { return }
    survey.head.level = level
    survey.head.levelSpan = value.range
    survey.levelRank = rank
    survey.levelName = depth == 0 ? name : nil
    survey.levelRole = role
  }

  /// Objects in which loggers put what others write at the top: loguru, ECS, rust-tracing, GCP, MongoDB.
  private static func isEnvelope(_ name: UnsafeRawBufferPointer) -> Bool {
    switch name.count {
    case 3: name.has("log", at: 0)
    case 4: name.has("time", at: 0)
    case 5: name.has("event", at: 0) || name.has("level", at: 0) || name.has("Level", at: 0)
    case 6: name.has("record", at: 0) || name.has("fields", at: 0)
    case 7: name.has("@fields", at: 0) || name.has("context", at: 0)
    case 11: name.has("jsonPayload", at: 0)
    default: false
    }
  }

  /// Objects that say when, beside data of any kind: their levels and messages are not the record's.
  private static func mayHoldTime(_ name: UnsafeRawBufferPointer) -> Bool {
    timeHolders.contains { name.count == $0.utf8CodeUnitCount && name.has($0, at: 0) }
  }

  private static let timeHolders: [StaticString] = [
    "meta", "metadata", "header", "headers", "data", "payload", "Event", "System", "logRecord", "system", "info",
    "@metadata",
    "_source", "entry", "properties", "winlog", "source",
  ]

  private func timesInside(_ object: JSONSpan, depth: Int, in survey: inout Survey) {
    guard var members = JSONMembers(line, object: object.range) else { return }
    while let (name, value) = members.next() {
      let bytes = line.part(name.range)
      if value.kind == .object, depth < 1, Self.mayHoldTime(bytes) { timesInside(value, depth: depth + 1, in: &survey) }
      guard let role = KeyRole.of(bytes), role.kind == .time else { continue }
      let rank = role.rank &+ UInt8(depth + 1) &* 50
      if rank < survey.timeRank { _ = noteTime(name.range, value, rank, depth + 1, in: &survey) }
    }
  }

  /// Considers the members of an envelope; false if there are none.
  private func nested(_ object: JSONSpan, depth: Int, in survey: inout Survey) -> Bool {
    guard var members = JSONMembers(line, object: object.range) else { return false }
    while let (name, value) = members.next() {
      let bytes = line.part(name.range)
      if bytes.has("name", at: 0) || bytes.has("Name", at: 0), bytes.count == 4, value.kind == .string {
        // loguru: "level": {"name": "INFO", "no": 20}
        if let level = LevelValue.read(line, value, scale: .mixed), survey.levelRank > 1 {
          survey.head.level = level
          survey.head.levelSpan = value.range
          survey.levelRank = 1
        }
      } else {
        consider(name.range, value, depth: depth + 1, in: &survey)
      }
    }
    return true
  }
}
