// The fields of the formats that are not JSON.

extension FieldVisit {
  /// All fields of the record, whose first line is one of `family`.
  ///
  /// `head` says where stamp and level of a line of text lie.
  mutating func all(_ head: LineHead, _ reader: RecordReader, _ body: Body) {
    text.isGuessing = reader.guessesFields
    knowsPrograms = reader.family == .syslog
    text.isAmongAccess = reader.family == .access
    let end = min(record.firstLineEnd, Self.reach)
    let line = record.part(0..<end)
    switch head.family {
    case .json: _ = json(JSONReading.object(of: record), body)
    case .logfmt: pairs(0..<end, isStrict: false, body)
    case .access:
      guard let access = AccessReading(line) else { return }
      if access.request != nil || !proxied(line, reader, body) { self.access(access, body) }
    case .syslog: if let syslog = SyslogReading(line, stamps: .init()) { self.syslog(syslog, body) }
    case .columns: if let reading = reader.columns(record) { columns(reading, body) }
    case .xml: if let form = reader.habits.xml { xml(form, body) }
    case .journal: if let form = reader.habits.journal { journal(form, body) }
    case .text, .custom: self.line(line, head, reader, body)
    }
  }

  /// The same for a line of a file of an access log, which was read already.
  mutating func all(_ access: AccessReading, _ reader: RecordReader, _ body: Body) {
    text.isGuessing = reader.guessesFields
    text.isAmongAccess = true
    self.access(access, body)
  }

  /// `key=value` pairs; strict ones are found among other words and need a key that looks like one.
  mutating func pairs(_ range: Range<Int>, isStrict: Bool, _ body: Body) {
    var index = range.lowerBound
    let limit = min(range.upperBound, Self.reach)
    while let pair = LogfmtReading.pair(record, at: index, limit: limit) {
      index = pair.end
      if isStrict, pair.isFlag || !isKey(pair.name) { continue }
      if pair.isFlag, !isKey(pair.name) { continue }
      let name = isStrict ? keyStart(pair.name)..<pair.name.upperBound : pair.name
      guard isWanted(name) else { continue }
      var value = pair.value
      if isStrict, !pair.isQuoted { value = withoutPunctuation(value) }
      let bytes = record.part(value)
      let kind: FieldKind = pair.isFlag ? .boolean : pair.isQuoted ? FieldKinds.text(bytes) : FieldKinds.word(bytes)
      let encoding: FieldEncoding = pair.isQuoted && bytes.contains(UInt8(ascii: "\\")) ? .backslash : .plain
      if !give(name, value, kind, encoding, body) { return }
    }
  }

  /// Where a key starts that follows an opening bracket: `(key=value)`.
  private func keyStart(_ name: Range<Int>) -> Int {
    var start = name.upperBound
    while start > name.lowerBound, LogfmtReading.isKeyByte(record[start - 1]), record[start - 1] != UInt8(ascii: "[") {
      start -= 1
    }
    return start
  }

  private func isKey(_ name: Range<Int>) -> Bool {
    let start = keyStart(name)
    guard start < name.upperBound, name.upperBound - start <= 64,
      record[start].isLetter || record[start] == 95 || record[start] == 64
    else { return false }
    guard start > name.lowerBound else { return true }
    let before = record[start - 1]
    return before == UInt8(ascii: "(") || before == UInt8(ascii: "[") || before == UInt8(ascii: "{")
      || before == UInt8(ascii: "|") || before == UInt8(ascii: ";") || before == UInt8(ascii: ",")
  }

  /// Without the comma, bracket, semicolon or full stop that belongs to the sentence.
  func withoutPunctuation(_ value: Range<Int>) -> Range<Int> {
    var end = value.upperBound
    while end > value.lowerBound, record[end - 1] == UInt8(ascii: ",") || record[end - 1] == UInt8(ascii: ";") {
      end -= 1
    }
    // The full stop of a sentence, but not `..` or `a=.`.
    if end > value.lowerBound + 1, record[end - 1] == UInt8(ascii: "."), record[end - 2].isWordByte { end -= 1 }
    if end > value.lowerBound, record[end - 1] == UInt8(ascii: ")") || record[end - 1] == UInt8(ascii: "]") {
      let open: UInt8 = record[end - 1] == UInt8(ascii: ")") ? UInt8(ascii: "(") : UInt8(ascii: "[")
      if !record.part(value.lowerBound..<end).contains(open) { end -= 1 }
    }
    return value.lowerBound..<end
  }

  private mutating func syslog(_ syslog: SyslogReading, _ body: Body) {
    guard give("priority", syslog.prioritySpan, .number, body), give("host", syslog.host, .string, body),
      give("program", syslog.app, .string, body), give("pid", syslog.process, kind(syslog.process), body),
      give("msgid", syslog.messageID, .string, body)
    else { return }
    if let data = syslog.structuredData { structuredData(data, body) }
    let end = syslog.line.trimmedCount
    if syslog.message < end { message(of: syslog.app, syslog.line, from: syslog.message, body) }
  }

  private func kind(_ range: Range<Int>?) -> FieldKind { range.map { FieldKinds.word(record.part($0)) } ?? .string }

  /// `[exampleSDID@32473 iut="3"]`: each parameter by its own name.
  private mutating func structuredData(_ range: Range<Int>, _ body: Body) {
    var index = range.lowerBound
    while index < range.upperBound, let equals = record.firstIndex(of: UInt8(ascii: "="), in: index..<range.upperBound)
    {
      var start = equals
      while start > range.lowerBound, record[start - 1] != 32, record[start - 1] != UInt8(ascii: "[") { start -= 1 }
      let open = record.skippingBlanks(equals + 1)
      guard record.at(open) == UInt8(ascii: "\"") else {
        index = equals + 1
        continue
      }
      let (value, _, end) = LogfmtReading.value(record, at: open, limit: range.upperBound)
      let bytes = record.part(value)
      let encoding: FieldEncoding = bytes.contains(UInt8(ascii: "\\")) ? .backslash : .plain
      if !give(start..<equals, value, FieldKinds.word(bytes), encoding, body) { return }
      index = max(end, equals + 1)
    }
  }

  private mutating func access(_ access: AccessReading, _ body: Body) {
    if wants(.leading), !leading(access, body) { return }
    if let request = access.request, wants(.request), !self.request(request, body) {
      return
    }
    guard give("status", access.status, .number, body) else { return }
    var index = access.rest
    if access.request != nil {
      let start = record.skippingBlanks(index)
      var end = start
      while end < access.line.count, record[end].isDigit { end += 1 }
      if end > start, !give("bytes", start..<end, .number, body) { return }
      if end > start || record.at(start) == UInt8(ascii: "-") { index = max(end, start + (end > start ? 0 : 1)) }
    }
    if mayTrail(access, from: index) { trailing(access, from: index, body) }
  }

  private func wants(_ part: AccessParts) -> Bool { sought?.accessParts.contains(part) ?? true }

  /// Whether what is sought may stand behind status and size: it has its place there, or its name before a `=`.
  private func mayTrail(_ access: AccessReading, from start: Int) -> Bool {
    guard let sought, !sought.hasWildcard,
      !sought.accessParts.contains(.trailing)
    else { return true }
    let line = access.line.part(min(start, access.line.count)..<access.line.count)
    guard let last = sought.bytes.last, line.nextIndex(of: 27, from: 0) == nil else { return true }
    var index = 0
    while let equals = line.nextIndex(of: UInt8(ascii: "="), from: index) {
      if equals > 0, line[equals - 1] == last { return true }
      index = equals + 1
    }
    return false
  }

  /// Virtual host, client, identity and user, of which the last two are mostly `-`.
  private mutating func leading(_ access: AccessReading, _ body: Body) -> Bool {
    var words: [Range<Int>] = []
    var index = 0
    let end = access.stampSpan.lowerBound - 1
    while words.count < 8 {
      index = record.skippingBlanks(index)
      guard index < end else { break }
      let start = index
      while index < end, record[index] != 32 { index += 1 }
      words.append(start..<index)
    }
    if words.count > 3 {
      if !given("vhost", words[0], body) { return false }
      words.removeFirst()
    }
    for (word, name) in zip(words, ["client", "ident", "user"] as [StaticString]) where !given(name, word, body) {
      return false
    }
    return true
  }

  private mutating func given(_ name: StaticString, _ value: Range<Int>, _ body: Body) -> Bool {
    let bytes = record.part(value)
    if bytes.count == 1, bytes[0] == UInt8(ascii: "-") { return true }
    return give(name, value, FieldKinds.text(bytes), .plain, body)
  }

  /// `GET /path HTTP/1.1`
  mutating func request(_ range: Range<Int>, _ body: Body) -> Bool {
    guard let first = record.firstIndex(of: 32, in: range) else { return given("request", range, body) }
    var last = range.upperBound
    if let protocolStart = lastWord(range), record.has("HTTP/", at: protocolStart) { last = protocolStart - 1 }
    let path = min(first + 1, last)..<last
    let encoding: FieldEncoding = record.part(path).contains(UInt8(ascii: "\\")) ? .backslash : .plain
    guard give("method", range.lowerBound..<first, .string, body), give("path", path, .string, encoding, body) else {
      return false
    }
    return last == range.upperBound || give("protocol", last + 1..<range.upperBound, .string, body)
  }

  private func lastWord(_ range: Range<Int>) -> Int? {
    var index = range.upperBound
    while index > range.lowerBound, record[index - 1] != 32 { index -= 1 }
    return index > range.lowerBound ? index : nil
  }

  /// Referer, agent, a forwarded address, and what servers add: `key=value` pairs, or numbers.
  private mutating func trailing(_ access: AccessReading, from start: Int, _ body: Body) {
    let names: [StaticString] = ["referer", "agent", "forwarded_for"]
    var quoted = 0
    var numbers = 0
    var index = start
    while let pair = LogfmtReading.pair(record, at: index, limit: access.line.count) {
      let first = record.skippingBlanks(index)
      if record.at(first) == UInt8(ascii: "\"") {
        let (value, _, end) = LogfmtReading.value(record, at: first, limit: access.line.count)
        index = end
        if quoted < names.count, !self.quoted(names[quoted], value, body) { return }
        quoted += 1
      } else {
        index = pair.end
        if pair.isFlag {
          guard numbers < 4, FieldKinds.isNumber(record.part(pair.name)) else { continue }
          let name: StaticString = numbers == 0 ? "extra" : numbers == 1 ? "extra2" : numbers == 2 ? "extra3" : "extra4"
          numbers += 1
          if !give(name, pair.name, .number, body) { return }
        } else {
          let bytes = record.part(pair.value)
          let encoding: FieldEncoding = bytes.contains(UInt8(ascii: "\\")) ? .backslash : .plain
          if !give(pair.name, pair.value, FieldKinds.word(bytes), encoding, body) { return }
        }
      }
    }
  }

  private mutating func quoted(_ name: StaticString, _ value: Range<Int>, _ body: Body) -> Bool {
    let bytes = record.part(value)
    if bytes.count == 1, bytes[0] == UInt8(ascii: "-") { return true }
    return give(name, value, .string, bytes.contains(UInt8(ascii: "\\")) ? .backslash : .plain, body)
  }
}
