import Quantities

extension XMLReading {
  /// Time and level: the first of each.
  func head() -> LineHead {
    var head = LineHead()
    head.family = .xml
    head.isWhole = true
    var isLocal = false
    var members = self
    while let member = members.next() {
      let name = record.part(member.name)
      if let stamp = stamp(member, name, hasOne: head.stamp != nil, isLocal: isLocal) {
        (head.stamp, head.stampSpan) = (stamp, member.value)
        isLocal = stamp.offset == nil && stamp.instant == nil
      } else if head.level == nil, let role = KeyRole.of(name), role.kind == .level, !member.value.isEmpty {
        head.level = level(member.value, role, isWindows: form.isWindows)
        head.levelSpan = head.level == nil ? nil : member.value
      } else {
        continue
      }
      // `<millis>` may follow a `<date>` that names no zone.
      if head.stamp != nil, head.level != nil, !isLocal { break }
    }
    return head
  }

  /// The time that a member gives: the first one, or the instant after one without a zone (java.util.logging).
  private func stamp(
    _ member: Member, _ name: UnsafeRawBufferPointer, hasOne: Bool, isLocal: Bool
  ) -> WrittenStamp? {
    let isInstant = name.elementsEqual("millis".utf8) || name.elementsEqual("epochSecond".utf8)
    guard hasOne ? isLocal && isInstant : isInstant || KeyRole.of(name)?.kind == .time else { return nil }
    return StampValue.read(record, member.value, dateOrder: .customary)
  }

  /// Windows counts from 1 (critical) to 5 (verbose), and gives 0 to what has no level.
  private func level(_ value: Range<Int>, _ role: KeyRole, isWindows: Bool) -> Level? {
    guard isWindows, value.count == 1 else { return LevelValue.read(record, value, scale: role.scale) }
    switch record[value.lowerBound] {
    case UInt8(ascii: "1"): return .critical
    case UInt8(ascii: "2"): return .error
    case UInt8(ascii: "3"): return .warn
    case UInt8(ascii: "0"), UInt8(ascii: "4"): return .info
    case UInt8(ascii: "5"): return .trace
    default: return nil
    }
  }

  /// The message: of the names that one has, the best.
  func message() -> (Range<Int>, FieldEncoding)? {
    var best: (rank: UInt8, member: Member)?
    var members = self
    while let member = members.next() {
      guard let role = KeyRole.of(record.part(member.name)), role.kind == .message, role.rank < best?.rank ?? .max
      else { continue }
      best = (role.rank, member)
      if role.rank == 0 { break }
    }
    return best.map { ($0.member.value, $0.member.isEncoded ? .entities : .plain) }
  }
}

extension FieldVisit {
  /// The fields of a record of XML.
  mutating func xml(_ form: XMLForm, _ body: Body) {
    guard var members = XMLReading(record.part(0..<min(record.count, Self.reach)), form) else { return }
    while let member = members.next() {
      let kind = FieldKinds.word(record.part(member.value))
      if !give(member.name, member.value, kind, member.isEncoded ? .entities : .plain, body) { return }
    }
  }
}

extension XMLForm {
  /// Whether records are those of Windows: `Event`, with any prefix.
  var isWindows: Bool { tag.suffix(5).elementsEqual("Event".utf8) && (tag.count == 5 || tag[tag.count - 6] == 58) }

  /// The element that is the record in a file that begins so; nil if it does not hold records of XML.
  ///
  /// The first that begins several lines and has a time is one: elements inside of it come later, and the root is there
  /// once. Where no element comes twice, it is the first that has a time on its first tag or a usual name.
  static func find(_ sample: UnsafeRawBufferPointer) -> XMLForm? {
    let mark = sample.at(0) == 0xEF && sample.at(1) == 0xBB && sample.at(2) == 0xBF ? 3 : 0
    let start = (mark..<max(min(sample.count, 64), mark)).first { !sample[$0].isSpace } ?? 0
    // Not `<14>` of syslog.
    let first = sample.at(start + 1)
    guard sample.at(start) == UInt8(ascii: "<"),
      first.isLetter || first == UInt8(ascii: "?") || first == UInt8(ascii: "!")
    else { return nil }
    var candidates: [(form: XMLForm, lines: [Int])] = []
    var line = start
    var count = 0
    while line < sample.count, count < 400 {
      for tag in tags(in: sample, line) {
        if let known = candidates.firstIndex(where: { $0.form.tag == tag }) {
          candidates[known].lines.append(line)
        } else if candidates.count < 12 {
          candidates.append((XMLForm(tag), [line]))
        }
      }
      guard let next = sample.nextIndex(of: 10, from: line) else { break }
      line = next + 1
      count += 1
    }
    func isRecord(_ candidate: (form: XMLForm, lines: [Int])) -> Bool {
      let count = candidate.lines.prefix(20).count { candidate.form.hasTime(sample.part($0..<sample.count)) }
      return count > 0 && count * 2 >= min(candidate.lines.count, 20)
    }
    if let found = candidates.first(where: { $0.lines.count > 1 && isRecord($0) }) { return found.form }
    return candidates.first { usual.contains($0.form.tag) && isRecord($0) }?.form
  }

  /// Names of single records.
  private static let usual = Set(
    ["Event", "log4j:event", "event", "record", "entry", "logentry", "LogEntry", "E2ETraceEvent", "log4net:event"].map {
      Array($0.utf8)
    })

  /// The elements that begin near the start of the line at `start`, if one begins it.
  private static func tags(in sample: UnsafeRawBufferPointer, _ start: Int) -> [[UInt8]] {
    let line = sample.part(start..<min(sample.count, start + XMLReading.margin))
    let first = line.part(0..<line.firstLineEnd)
    var mark = first.skippingBlanks(0)
    var tags: [[UInt8]] = []
    guard first.at(mark) == UInt8(ascii: "<") else { return [] }
    while tags.count < 3 {
      var end = mark + 1
      while end < first.count, isNameByte(first[end]) { end += 1 }
      if end > mark + 1, end < first.count || first.count < line.count { tags.append(Array(first[mark + 1..<end])) }
      guard let next = first.nextIndex(of: UInt8(ascii: "<"), from: mark + 1) else { break }
      mark = next
    }
    return tags
  }

  /// Whether the element at the start of `bytes` is complete and has a time.
  private func hasTime(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let end = end(of: bytes) else { return false }
    return XMLReading(bytes.part(0..<end), self)?.head().stamp != nil
  }
}
