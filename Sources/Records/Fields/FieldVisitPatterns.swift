// The fields of lines that the pattern of a format describes.

extension FieldVisit {
  /// The fields of a line of text: by the patterns of the file's formats, or else as in any text.
  mutating func line(_ line: UnsafeRawBufferPointer, _ head: LineHead, _ reader: RecordReader, _ body: Body) {
    guard !reader.lineFormats.formats.isEmpty,
      let (format, match) = reader.lineFormats.reading(line, dateOrder: reader.habits.stamps.dateOrder)
    else { return text.isGuessing ? text(line, head, body) : marked(line, from: 0, body) }
    parts(of: match, line, from: 0, body)
    if !format.further.isEmpty { further(format, body) }
  }

  /// The fields of a line of an access log that has its own order; false if it has not.
  mutating func proxied(_ line: UnsafeRawBufferPointer, _ reader: RecordReader, _ body: Body) -> Bool {
    guard !reader.lineFormats.formats.isEmpty,
      let (_, match) = reader.lineFormats.reading(line, dateOrder: .customary)
    else { return false }
    parts(of: match, line, from: 0, body)
    return true
  }

  /// The fields of the lines after the first, where the format knows them.
  private mutating func further(_ format: LineFormat, _ body: Body) {
    var start = record.firstLineEnd + 1
    let limit = min(record.count, Self.reach)
    var count = 0
    while start < limit, count < Self.furtherLines {
      let end = record.firstIndex(of: 10, in: start..<limit) ?? limit
      let lead = LineLead(record.part(start..<end), dateOrder: .customary)
      for pattern in format.further {
        guard let match = PatternMatch(pattern, lead) else { continue }
        parts(of: match, record.part(0..<end), from: start, body)
        break
      }
      start = end + 1
      count += 1
    }
  }

  /// How many lines after the first are looked at.
  private static var furtherLines: Int { 16 }

  /// The fields of the message that a program wrote to syslog, which begins at `start`.
  mutating func message(
    of program: Range<Int>?, _ line: UnsafeRawBufferPointer, from start: Int, _ body: Body
  ) {
    let message = line.part(min(start, line.count)..<line.count)
    guard knowsPrograms, let program, let match = LineFormats.messages(of: record.part(program))?.match(message) else {
      return text(line, from: start, body)
    }
    parts(of: match, line, from: start, body)
  }

  /// All parts of a match with what begins at `start` of `line`, and what the message among them holds.
  private mutating func parts(
    of match: PatternMatch, _ line: UnsafeRawBufferPointer, from start: Int, _ body: Body
  ) {
    for (number, part) in match.pattern.parts.enumerated() {
      guard let range = match[number] else { continue }
      let value = range.lowerBound + start..<range.upperBound + start
      switch part.role {
      case .time, .level, .nothing: continue
      case .message where part.kind == .here: continue
      case .message: text(line.part(0..<value.upperBound), from: value.lowerBound, body)
      case .field: if !self.part(part, value, body) { return }
      }
    }
  }

  private mutating func part(_ part: LinePattern.Part, _ value: Range<Int>, _ body: Body) -> Bool {
    switch part.kind {
    case .request: return request(value, body)
    case .rest:
      text(record.part(0..<value.upperBound), from: value.lowerBound, body)
      return true
    default: break
    }
    let bytes = record.part(value)
    if bytes.count == 1, bytes[0] == UInt8(ascii: "-") { return true }
    let isEscaped = part.kind == .quoted && bytes.contains(UInt8(ascii: "\\"))
    let kind = part.kind == .quoted ? FieldKinds.text(bytes) : FieldKinds.word(bytes)
    return part.bytes.withUnsafeBytes { give($0, 0..<0, value, kind, isEscaped ? .backslash : .plain, body) }
  }
}
