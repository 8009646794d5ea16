// Values that text names: `key=value`, `key: value`, `[key value]`, `key:value`.

extension FieldVisit {
  /// `name=value`, whose equals sign is at `equals`; its end, nil if that is no pair.
  mutating func pair(_ name: Range<Int>, equals: Int, _ body: Body) -> Int? {
    let start = name.lowerBound
    guard name.count <= 64, record[start].isLetter || record[start] == 95 || record[start] == 64 else { return nil }
    if start > 0, start != text.escapeEnd {
      let before = record[start - 1]
      let isOpen =
        before <= 32 || before == UInt8(ascii: "(") || before == UInt8(ascii: "[") || before == UInt8(ascii: "{")
        || before == UInt8(ascii: "|") || before == UInt8(ascii: ";") || before == UInt8(ascii: ",")
      guard isOpen else { return nil }
    }
    var first = equals + 1
    while byte(first) == 27 { first = min(LevelFinder.skipEscape(record, first), text.end) }
    var (value, isQuoted, end) = LogfmtReading.value(record, at: first, limit: text.end)
    text.before = .none
    if !isQuoted, !value.isEmpty {
      let cut = nextPair(in: value)
      if let cut {
        value = value.lowerBound..<cut
        end = cut + 1
      }
      let last = value.upperBound - 1
      if last > value.lowerBound, record[last] == UInt8(ascii: ":"),
        record[last - 1] == UInt8(ascii: "]") || record[last - 1] == UInt8(ascii: ")")
      {
        value = value.lowerBound..<last
      }
      value = withoutPunctuation(value)
      if value.count > 1, record[value.lowerBound] == UInt8(ascii: "<"),
        record[value.upperBound - 1] == UInt8(ascii: ">")
      {
        value = value.lowerBound + 1..<value.upperBound - 1
      }
    }
    guard isWanted(name) else { return end }
    let bytes = record.part(value)
    let kind: FieldKind = isQuoted ? FieldKinds.text(bytes) : FieldKinds.word(bytes)
    let encoding: FieldEncoding = isQuoted && bytes.contains(UInt8(ascii: "\\")) ? .backslash : .plain
    if kind == .address { value = withoutMapping(value) }
    if !give(name, value, kind, encoding, body) { text.isDone = true }
    return end
  }

  /// Where in a bare value a comma or semicolon stands before another pair: `a=1,b=2`.
  private func nextPair(in value: Range<Int>) -> Int? {
    guard record[value.lowerBound] != UInt8(ascii: "["), record[value.lowerBound] != UInt8(ascii: "{") else {
      return nil
    }
    var index = value.lowerBound
    while index < value.upperBound {
      if record[index] == UInt8(ascii: ",") || record[index] == UInt8(ascii: ";"), byte(index + 1).isLetter {
        var end = index + 2
        while end < value.upperBound, record[end].isWordByte || record[end] == UInt8(ascii: ".") { end += 1 }
        if end < value.upperBound, record[end] == UInt8(ascii: "=") { return index }
        index = end
      } else {
        index += 1
      }
    }
    return nil
  }

  // MARK: key: value

  /// The word at `name` before a colon and a blank: the offset to go on at.
  ///
  /// Prose has colons, too. A value counts if it is a number, an address, a path or quoted, and ends its clause; a bare word
  /// only in a list of labelled values.
  mutating func label(_ name: Range<Int>, _ body: Body) -> Int {
    let colon = name.upperBound
    text.before = .none
    guard isLabel(name) else { return colon + 1 }
    let isInList = text.listEnd == name.lowerBound
    let first = afterBlanks(colon + 1)
    guard first < text.end, first - colon < 9 else { return colon + 1 }
    if isInList || beginsLabel(first + 2), record[first] == UInt8(ascii: ","), byte(first + 1) == 32 {
      // `server: , request: ...`
      text.listEnd = first + 2
      return first + 2
    }
    let quote = record[first]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") || quote == UInt8(ascii: "`") {
      guard let close = closingQuote(first), isInList || endsClause(close + 1) != nil else { return colon + 1 }
      tell(name, first + 1..<close, isQuoted: true, body)
      if quote == UInt8(ascii: "\""), byte(first + 1) &- 65 < 26 {
        _ = request(at: first + 1, outer: quote, body)
      }
      text.listEnd = endsClause(close + 1) ?? -1
      return close + 1
    }
    return bareValue(name, first, isInList: isInList, body) ?? colon + 1
  }

  private mutating func bareValue(_ name: Range<Int>, _ first: Int, isInList: Bool, _ body: Body) -> Int? {
    if let found = address(at: first), record[first] != UInt8(ascii: "["), let next = endsClause(found.end) {
      text.listEnd = next
      if isClient(name) { client(found, body) } else { tell(name, first..<found.end, isQuoted: false, body) }
      return found.end
    }
    var end = first
    while end < text.end, record[end] > 32, record[end] != UInt8(ascii: ","), record[end] != UInt8(ascii: ";"),
      record[end] != UInt8(ascii: ")"), record[end] != UInt8(ascii: "]"), record[end] != UInt8(ascii: "}"),
      record[end] != UInt8(ascii: "\"")
    {
      end += 1
    }
    while end > first + 1, record[end - 1] == UInt8(ascii: ".") { end -= 1 }
    guard end > first else { return nil }
    var isSure = isInList
    if record[first].isDigit || record[first] == UInt8(ascii: "-") {
      guard FieldKinds.isNumber(record.part(first..<end)) || isInList else { return nil }
      if let unit = unitEnd(end) ?? sizeEnd(end), unit > end { end = unit }
      isSure = true
    } else if record[first] == UInt8(ascii: "/") || isWhoOrWhere(name) || isURL(first) && isWhere(name) {
      isSure = record[end - 1] != UInt8(ascii: ":")
    }
    guard let next = endsClause(end), record[end - 1] != UInt8(ascii: ":") || isInList else { return nil }
    guard isSure || next > end && byte(next - 1) == 32 && beginsLabel(next) && byte(end) == UInt8(ascii: ",") else {
      return nil
    }
    tell(name, first..<end, isQuoted: false, body)
    text.listEnd = next
    return end
  }

  /// A name as labels have: letters, digits, `_`, `-`, `.`, up to 40.
  private func isLabel(_ name: Range<Int>) -> Bool {
    guard name.count <= 40, record[name.lowerBound].isLetter || record[name.lowerBound] == UInt8(ascii: "_") else {
      return false
    }
    if name.lowerBound > 0, !Self.opensLabel(record[name.lowerBound - 1]), name.lowerBound != text.escapeEnd {
      return false
    }
    // `Command line: '...'`: a name that the query language gives a meaning of its own is no field.
    if Self.isBuiltIn(record.part(name)) { return false }
    // `File does not exist: /x`.
    if name.count == 5, record.has("exist", at: name.lowerBound) { return false }
    for byte in record.part(name)
    where !byte.isWordByte && byte != UInt8(ascii: "-") && byte != UInt8(ascii: ".") { return false }
    return true
  }

  private static let builtIn: [StaticString] = [
    "time", "level", "line", "file", "source", "format", "msg", "message", "raw",
  ]

  private static func isBuiltIn(_ name: UnsafeRawBufferPointer) -> Bool {
    name.count <= 7 && builtIn.contains { $0.utf8CodeUnitCount == name.count && name.has($0, at: 0) }
  }

  private static func opensLabel(_ byte: UInt8) -> Bool {
    byte <= 32 || byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{")
      || byte == UInt8(ascii: "|") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";")
  }

  /// Whether a label and its colon stand at `start`.
  func beginsLabel(_ start: Int) -> Bool {
    guard byte(start).isLetter || byte(start) == UInt8(ascii: "_") else { return false }
    var index = start + 1
    while index < text.end, index - start < 40, record[index].isWordByte || record[index] == UInt8(ascii: "-") {
      index += 1
    }
    return byte(index) == UInt8(ascii: ":") && (byte(index + 1) == 32 || index + 1 == text.end)
  }

  /// Where the next label may begin if what ends at `end` ends its clause; nil if words of the same clause follow.
  private func endsClause(_ end: Int) -> Int? {
    if end >= text.end { return end }
    switch record[end] {
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): return end + 1
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "."), UInt8(ascii: "|"):
      return end + 1 >= text.end || byte(end + 1) <= 32 ? afterBlanks(end + 1) : nil
    case 32, 9:
      let next = afterBlanks(end)
      if byte(next) == UInt8(ascii: "|") || byte(next) == UInt8(ascii: ";") { return afterBlanks(next + 1) }
      return beginsLabel(next) || byte(next) == UInt8(ascii: "(") && beginsLabel(next + 1) ? next : nil
    default: return nil
    }
  }

  private func isClient(_ name: Range<Int>) -> Bool {
    name.count == 6
      && (record.has("client", at: name.lowerBound) || record.has("Client", at: name.lowerBound)
        || record.has("CLIENT", at: name.lowerBound))
  }

  /// Labels whose value is mostly one word.
  private func isWhoOrWhere(_ name: Range<Int>) -> Bool {
    let start = name.lowerBound
    switch name.count {
    case 4: return record.has("user", at: start) || record.has("User", at: start)
    case 5: return record.has("email", at: start) || record.has("Email", at: start)
    case 8: return record.has("username", at: start) || record.has("Username", at: start)
    default: return false
    }
  }

  /// Labels of URLs.
  private func isWhere(_ name: Range<Int>) -> Bool {
    let start = name.lowerBound
    switch name.count {
    case 3: return record[start] | 32 == UInt8(ascii: "u") && record[start + 1] | 32 == UInt8(ascii: "r")
    case 7: return record.has("referer", at: start) || record.has("Referer", at: start)
    case 8:
      return record.has("referrer", at: start) || record.has("upstream", at: start) || record.has("endpoint", at: start)
        || record.has("location", at: start)
    default: return false
    }
  }

  /// The end of the unit of size behind a number and a blank.
  private func sizeEnd(_ start: Int) -> Int? {
    guard byte(start) == 32 else { return nil }
    var end = start + 1
    while byte(end).isLetter, end - start < 7 { end += 1 }
    switch end - start {
    case 2: return byte(start + 1) == UInt8(ascii: "B") ? end : nil
    case 3, 4: return byte(end - 1) == UInt8(ascii: "B") && byte(start + 1) != UInt8(ascii: "B") ? end : nil
    case 6: return record.has("bytes", at: start + 1) ? end : nil
    default: return nil
    }
  }

  // MARK: Brackets

  /// `[pid 1:tid 2]`, `[client 10.0.0.1:80]`, `[Length 192]`, `[id "9"]`, `[a: b, c: d]`; false if it has no such shape.
  ///
  /// In a prefix a number behind a word is part of a name: `[GroupCoordinator 0]`.
  mutating func bracketPairs(_ range: Range<Int>, isPrefix: Bool, _ body: Body) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound, record[index].isWordByte || record[index] == UInt8(ascii: "-") { index += 1 }
    let name = range.lowerBound..<index
    guard !name.isEmpty, name.count <= 40, index < range.upperBound else { return false }
    if record[index] == UInt8(ascii: ":") {
      if byte(index + 1) == 32 { return bracketList(range, body) }
      let value = index + 1..<range.upperBound
      return bracketNumber(name, value, body) || isPrefix && bracketWord(name, value, body)
    }
    guard record[index] == 32 else { return false }
    let value = min(afterBlanks(index), range.upperBound)..<range.upperBound
    guard let first = value.first else { return false }
    if isClient(name), let found = address(at: value.lowerBound), found.end <= value.upperBound {
      client(found, body)
      return true
    }
    if let end = process(name, value, body) { return end }
    if record[first] == UInt8(ascii: "\""), value.count > 1, record[value.upperBound - 1] == UInt8(ascii: "\""),
      record.firstIndex(of: UInt8(ascii: "\""), in: first + 1..<value.upperBound) == value.upperBound - 1
    {
      tell(name, first + 1..<value.upperBound - 1, isQuoted: true, body)
      return true
    }
    let bytes = record.part(value)
    guard !isPrefix, FieldKinds.isNumber(bytes) || FieldKinds.text(bytes) == .address, name.count > 1 else {
      return false
    }
    tell(name, value, isQuoted: false, body)
    return true
  }

  /// `pid 1`, `pid 1:tid 2`, `tid 2`; nil if it is about something else.
  private mutating func process(_ name: Range<Int>, _ value: Range<Int>, _ body: Body) -> Bool? {
    guard name.count == 3, record[name.lowerBound + 1] | 32 == UInt8(ascii: "i"),
      record[name.lowerBound + 2] | 32 == UInt8(ascii: "d")
    else { return nil }
    let letter = record[name.lowerBound] | 32
    guard letter == UInt8(ascii: "p") || letter == UInt8(ascii: "t") else { return nil }
    let end = min(afterDigits(value.lowerBound), value.upperBound)
    guard end > value.lowerBound else { return false }
    if letter == UInt8(ascii: "p") {
      tell("pid", value.lowerBound..<end, .number, body)
    } else {
      tell("tid", value.lowerBound..<end, .number, body)
    }
    if record.has("tid ", at: end + 1) || record.has("tid:", at: end + 1) {
      let last = min(afterDigits(end + 5), value.upperBound)
      if last > end + 5 { tell("tid", end + 5..<last, .number, body) }
    }
    return true
  }

  /// `[myid:1]`, `[pid:12]`.
  private mutating func bracketNumber(_ name: Range<Int>, _ value: Range<Int>, _ body: Body) -> Bool {
    guard !value.isEmpty, value.count < 12, afterDigits(value.lowerBound) >= value.upperBound else { return false }
    if let isProcess = process(name, value, body) { return isProcess }
    for byte in record.part(name) where byte &- 97 >= 26 && byte != UInt8(ascii: "_") { return false }
    // A port behind a host is none.
    guard value.count < 4, !record.has("localhost", at: name.lowerBound) else { return false }
    tell(name, value, isQuoted: false, body)
    return true
  }

  /// `[origin:shop.example.org]` in a prefix.
  private mutating func bracketWord(_ name: Range<Int>, _ value: Range<Int>, _ body: Body) -> Bool {
    guard let first = value.first, record[first].isLetter else { return false }
    for byte in record.part(name) where byte &- 97 >= 26 && byte != UInt8(ascii: "_") { return false }
    for byte in record.part(value)
    where !byte.isWordByte && byte != UInt8(ascii: ".") && byte != UInt8(ascii: "-") { return false }
    tell(name, value, isQuoted: false, body)
    return true
  }

  /// `[a: b, c: d]`, whose values may have blanks.
  private mutating func bracketList(_ range: Range<Int>, _ body: Body) -> Bool {
    var start = range.lowerBound
    while start < range.upperBound, !text.isDone {
      var index = start
      while index < range.upperBound, record[index].isWordByte || record[index] == UInt8(ascii: "-") { index += 1 }
      guard index > start, index < range.upperBound, record[index] == UInt8(ascii: ":") else { break }
      let name = start..<index
      let first = min(afterBlanks(index + 1), range.upperBound)
      var end = first
      while end < range.upperBound {
        if record[end] == UInt8(ascii: ","), byte(end + 1) == 32, beginsLabel(end + 2) { break }
        end += 1
      }
      labelled(name, first..<end, body)
      start = end + 2
    }
    return true
  }

  private mutating func labelled(_ name: Range<Int>, _ value: Range<Int>, _ body: Body) {
    guard let first = value.first else { return }
    if isClient(name), let found = address(at: first), found.end == value.upperBound {
      client(found, body)
    } else if value.count > 1, record[first] == UInt8(ascii: "\""), record[value.upperBound - 1] == record[first] {
      tell(name, first + 1..<value.upperBound - 1, isQuoted: true, body)
    } else {
      tell(name, value, isQuoted: false, body)
    }
  }

  // MARK: key:value

  /// `db:odoo login:toto@example.org`, `pid:123`, `ip:10.0.0.1`; nil where colons join other things.
  mutating func gluedPair(_ name: Range<Int>, _ value: Range<Int>, _ body: Body) -> Int? {
    guard !value.isEmpty, name.count < 7 else { return nil }
    let start = name.lowerBound
    let isFit: Bool
    switch name.count {
    case 2 where record.has("db", at: start): isFit = isGlued(after: value.upperBound)
    case 2 where record.has("ip", at: start): isFit = version4(at: value.lowerBound) == value.upperBound
    case 3 where record.has("pid", at: start) || record.has("tid", at: start) || record.has("uid", at: start):
      isFit = afterDigits(value.lowerBound) == value.upperBound
    case 5 where record.has("login", at: start) || record.has("email", at: start):
      isFit = text.listEnd == start || record.part(value).contains(UInt8(ascii: "@"))
    case 6 where isClient(name): isFit = version4(at: value.lowerBound) == value.upperBound
    default: isFit = false
    }
    guard isFit else { return nil }
    tell(name, value, isQuoted: false, body)
    text.listEnd = value.upperBound + 1
    text.before = .user
    return value.upperBound
  }

  private func isGlued(after end: Int) -> Bool {
    guard byte(end) == 32 else { return false }
    var index = end + 1
    while byte(index).isWordByte { index += 1 }
    return index > end + 1 && byte(index) == UInt8(ascii: ":") && byte(index + 1) > 32
  }
}
