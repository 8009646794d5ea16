import JSON
import Quantities

/// JSON questions that need no members.
enum JSONShape {
  /// Where the object at the start of `range` ends; nil if it does not end inside.
  static func end(of bytes: UnsafeRawBufferPointer, object range: Range<Int>) -> Int? {
    guard var members = JSONMembers(bytes, object: range) else { return nil }
    while members.next() != nil {}
    return members.isComplete ? members.end : nil
  }
}

/// Puts a whole record together: head, message, fields.
struct RecordParsing {
  let reader: RecordReader
  let record: UnsafeRawBufferPointer
  let head: LineHead

  init(reader: RecordReader, record: UnsafeRawBufferPointer) {
    self.init(reader: reader, record: record, head: reader.head(reader.headBytes(record)))
  }

  private init(reader: RecordReader, record: UnsafeRawBufferPointer, head: LineHead) {
    self.reader = reader
    self.record = record
    self.head = head
  }

  /// The message alone, which in most grammars needs no head.
  static func message(of record: UnsafeRawBufferPointer, _ reader: RecordReader) -> (Range<Int>, FieldEncoding) {
    var head = LineHead()
    let line = record.part(0..<record.firstLineEnd)
    if reader.family == .text {
      head = reader.head(line)
      if head.family == .text, reader.lineFormats.formats.isEmpty, !reader.habits.hasLevelBelow {
        let end = record.trimmedCount
        return (min(TextMessage(record: record, head: head).start, end)..<end, .plain)
      }
    } else {
      head.family = reader.family(ofLine: line)
      if head.family == .text || head.family == .custom { head = reader.head(line) }
    }
    return RecordParsing(reader: reader, record: record, head: head).message()
  }

  func parse(_ resolver: inout StampResolver) -> ParsedRecord {
    var parsed = withoutFields(&resolver)
    forEachField { path, name, value, kind, encoding in
      parsed.fields.append(
        Field(
          path: String(decoding: path, as: UTF8.self), nameSpan: name, valueSpan: value, kind: kind, encoding: encoding)
      )
      return true
    }
    return parsed
  }

  /// Everything but the list of fields.
  func withoutFields(_ resolver: inout StampResolver) -> ParsedRecord {
    var parsed = ParsedRecord()
    if let stamp = head.stamp {
      parsed.stamp = resolver.instant(stamp)
      parsed.hasZone = stamp.offset != nil || stamp.instant != nil
      parsed.writtenOffset = stamp.offset
    }
    parsed.stampSpan = head.stampSpan
    parsed.level = head.level
    parsed.levelSpan = head.levelSpan
    (parsed.messageSpan, parsed.messageEncoding) = message()
    parsed.bodySpan = body()
    return parsed
  }

  /// Lends the fields in the order written, until the body returns false.
  func forEachField(_ body: FieldVisit.Body) {
    var visit = FieldVisit(record)
    visit.all(head, reader, body)
  }

  private var end: Int { record.trimmedCount }
  private var text: TextMessage { TextMessage(record: record, head: head) }

  /// A line of text reads best as it was written: after stamp and level, whatever parts it has.
  private func body() -> Range<Int>? {
    switch head.family {
    case .text, .custom: min(text.start, end)..<end
    case .syslog: head.stampSpan.map { min(record.skippingBlanks(text.afterPunctuation($0.upperBound)), end)..<end }
    default: nil
    }
  }

  private func message() -> (Range<Int>, FieldEncoding) {
    let line = record.part(0..<record.firstLineEnd)
    switch head.family {
    case .json:
      guard let message = JSONReading(record, habits: reader.habits).message() else { return (0..<end, .plain) }
      if message.kind == .array { return (message.range, .byteArray) }
      return (message.range, message.hasEscapes ? .json : .plain)
    case .logfmt: return logfmtMessage(line) ?? (0..<end, .plain)
    case .access: return accessMessage(line)
    case .syslog:
      guard let syslog = SyslogReading(line, stamps: reader.habits.stamps) else { return (0..<end, .plain) }
      return (min(syslog.message, end)..<end, .plain)
    case .columns:
      if head.stampSpan == nil { return columnsMessage(reader.head(line).stampSpan) }
      return columnsMessage(head.stampSpan)
    case .xml: return xmlMessage() ?? (0..<end, .plain)
    case .journal: return (reader.journal(record)?.message() ?? 0..<end, .plain)
    case .text where levelBelow != nil: return (min(record.skippingBlanks((levelBelow ?? 0) + 1), end)..<end, .plain)
    case .text, .custom: return (patternMessage(line) ?? min(text.start, end)..<end, .plain)
    }
  }

  /// Where the level ends that the second line of a record begins with, in a file of such.
  private var levelBelow: Int? {
    guard reader.habits.hasLevelBelow, head.stampSpan != nil else { return nil }
    return LevelBelow.find(record, lineEnd: record.firstLineEnd)?.span.upperBound
  }

  private func xmlMessage() -> (Range<Int>, FieldEncoding)? {
    guard let form = reader.habits.xml, let reading = XMLReading(record, form) else { return nil }
    return reading.message()
  }

  private func columnsMessage(_ stampSpan: Range<Int>?) -> (Range<Int>, FieldEncoding) {
    reader.columns(record)?.message(after: stampSpan, end: end) ?? (0..<end, .plain)
  }

  /// The message that a pattern of the file's formats names, with the lines that continue it.
  private func patternMessage(_ line: UnsafeRawBufferPointer) -> Range<Int>? {
    guard !reader.lineFormats.formats.isEmpty,
      let match = reader.lineFormats.match(line, dateOrder: reader.habits.stamps.dateOrder),
      let range = match.range(.message)
    else { return nil }
    return line.count < record.count ? range.lowerBound..<end : range
  }

  private func accessMessage(_ line: UnsafeRawBufferPointer) -> (Range<Int>, FieldEncoding) {
    guard let access = AccessReading(line) else { return (0..<end, .plain) }
    if let request = access.request { return (request, .backslash) }
    let start = record.skippingBlanks(min(access.stampSpan.upperBound + 1, record.count))
    return (min(start, end)..<end, .plain)
  }

  private func logfmtMessage(_ line: UnsafeRawBufferPointer) -> (Range<Int>, FieldEncoding)? {
    var best: (rank: UInt8, pair: Pair)?
    var index = 0
    while let pair = LogfmtReading.pair(line, at: index, limit: min(line.count, LogfmtReading.reach)) {
      index = pair.end
      guard !pair.isFlag, let role = KeyRole.of(line.part(pair.name)), role.kind == .message else { continue }
      if role.rank < best?.rank ?? .max { best = (role.rank, pair) }
    }
    return best.map { ($0.pair.value, $0.pair.isQuoted ? .backslash : .plain) }
  }
}

/// Where the message of a line of text begins.
///
/// Without the reader, which a loop over records would copy for each.
struct TextMessage {
  let record: UnsafeRawBufferPointer
  let head: LineHead

  /// After the stamp, and after the level where that follows at once, with the signs and colours between them.
  var start: Int {
    var start = head.stampSpan.map { afterPunctuation($0.upperBound) } ?? afterPriority()
    if let level = head.levelSpan, level.lowerBound >= start, skipDecoration(start, brackets: true) == level.lowerBound
    {
      start = afterPunctuation(level.upperBound)
    }
    // A line that ends with its stamp is a message as a whole.
    if let stamp = head.stampSpan, stamp.lowerBound > StampTally.margin,
      !record.part(min(start, record.firstLineEnd)..<record.firstLineEnd).contains(where: \.isWordByte)
    {
      return afterPriority()
    }
    return start
  }

  private func afterPriority() -> Int { SyslogReading.priority(record).map(\.end) ?? 0 }

  /// Past closing brackets, blanks, and one separator (`:`, `-`, `|`, `,`).
  func afterPunctuation(_ start: Int) -> Int {
    var index = skipDecoration(start, brackets: false)
    while index < record.count, isClosing(record[index]) { index += 1 }
    index = skipDecoration(index, brackets: false)
    let next = record.at(index)
    if next == UInt8(ascii: "-") || next == UInt8(ascii: "|") || next == UInt8(ascii: ":"),
      record.at(index + 1) == 32 || record.at(index + 1) == 27
    {
      index = skipDecoration(index + 1, brackets: false)
    }
    return index
  }

  /// Past blanks and colour sequences, and past opening brackets if those count too.
  private func skipDecoration(_ start: Int, brackets: Bool) -> Int {
    var index = start
    while index < record.count {
      let byte = record[index]
      if byte == 27 {
        index = LevelFinder.skipEscape(record, index)
      } else if byte == 32 || byte == 9 || brackets && (byte == UInt8(ascii: "[") || byte == UInt8(ascii: "<")) {
        index += 1
      } else {
        break
      }
    }
    return min(index, record.count)
  }

  private func isClosing(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "]") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: ":")
      || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "|")
  }
}
