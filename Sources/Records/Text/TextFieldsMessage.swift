// The message of a line of text: one pass over its bytes, from word to word.

extension FieldVisit {
  /// Gives what marks, requests, addresses and phrases name in the line's bytes from `start` to `end`.
  mutating func message(from start: Int, to end: Int, _ body: Body) {
    text.end = end
    if record[end - 1] == UInt8(ascii: "}"), let object = trailingObject(record.part(0..<end), from: start, to: end) {
      text.end = object.lowerBound
      scan(from: start, body)
      guard !text.isDone else { return }
      var plain = self
      plain.text.end = end
      _ = json(object) { path, name, value, kind, encoding in
        body(path, name, kind == .address ? plain.withoutMapping(value) : value, kind, encoding)
      }
      return
    }
    scan(from: start, body)
  }

  private mutating func scan(from start: Int, _ body: Body) {
    var index = start
    if byte(start) == UInt8(ascii: "("), let end = cronCommand(start, body) { index = end }
    while index < text.end, !text.isDone {
      switch record[index] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
        UInt8(ascii: "@"), 128...:
        index = word(index, start, body)
      case UInt8(ascii: "0")...UInt8(ascii: "9"): index = number(index, start, body)
      case UInt8(ascii: ":"):
        index = byte(index + 1) == record[index] ? number(index, start, body) : index + 1
      case UInt8(ascii: "\""): index = quote(index, body)
      case UInt8(ascii: "["): index = messageBracket(index, start, body)
      case UInt8(ascii: "/"): index = slash(index, start, body)
      case 27:
        index = min(LevelFinder.skipEscape(record, index), text.end)
        text.escapeEnd = index
      default: index &+= 1
      }
    }
  }

  /// The word at `start`: the name of a pair, of a labelled value, a request, or one that tells what the next is.
  private mutating func word(_ start: Int, _ messageStart: Int, _ body: Body) -> Int {
    var index = start &+ 1
    var colon = -1
    while index < text.end {
      let next = record[index]
      if next == UInt8(ascii: ":") {
        let after = byte(index + 1)
        if after <= 32 { break }
        if after == UInt8(ascii: "/"), byte(index + 2) == after {
          if colon >= 0 { break }
          if let end = url(start, colon: index, body) { return end }
        }
        if colon < 0 { colon = index }
      } else if !Self.joins(next) {
        break
      }
      index &+= 1
    }
    let next = byte(index)
    if next == 32 || next == 0 {
      if colon < 0 { return plainWord(start, index, messageStart, body) }
    } else if next == UInt8(ascii: "=") {
      if let end = pair(start..<index, equals: index, body) { return end }
    } else if next == UInt8(ascii: ":") {
      if colon < 0 { return label(start..<index, body) }
    } else if next == 27 {
      let equals = skippingEscapes(index)
      if byte(equals) == UInt8(ascii: "="), let end = pair(start..<index, equals: equals, body) { return end }
    } else if next == UInt8(ascii: "["), let found = address(at: index) {
      return looseAddress(found, from: index, messageStart: messageStart, body)
    } else if colon < 0 {
      return plainWord(start, index, messageStart, body)
    }
    if colon > 0 { return joined(start, colon, index, messageStart, body) }
    text.before = .none
    return index
  }

  /// Letters, digits, `_`, `.`, `-`, `@`, `/`, and what is not ASCII: by a look into 128 bits.
  @inline(__always) private static func joins(_ byte: UInt8) -> Bool {
    let bits: UInt64 = byte < 64 ? 0x03FF_E000_0000_0000 : 0x07FF_FFFE_87FF_FFFF
    return byte >= 128 || bits &>> UInt64(byte & 63) & 1 != 0
  }

  private func skippingEscapes(_ start: Int) -> Int {
    var index = start
    while byte(index) == 27 { index = LevelFinder.skipEscape(record, index) }
    return min(index, text.end)
  }

  /// A word without colon and equals sign.
  private mutating func plainWord(_ start: Int, _ end: Int, _ messageStart: Int, _ body: Body) -> Int {
    let first = record[start]
    if first &- 65 < 26, end - start < 10, byte(start + 1) &- 65 < 26, let last = request(at: start, outer: 0, body) {
      return last
    }
    if record[end - 1].isDigit, let found = slashedAddress(start, end) {
      return looseAddress(found, from: start, messageStart: messageStart, body)
    }
    return cue(start, end, body)
  }

  /// A word with a colon inside: `db:odoo`, `fe80::1`, `localhost/127.0.0.1:80`, `POST:https://host/`.
  private mutating func joined(_ start: Int, _ colon: Int, _ end: Int, _ messageStart: Int, _ body: Body) -> Int {
    if record[start].hexadecimalValue != nil, let last = version6(at: start) {
      let found = address(at: start) ?? TextAddress(address: start..<last, end: last)
      return looseAddress(found, from: start, messageStart: messageStart, body)
    }
    if record[start] &- 65 < 26, method(at: start) == colon, let last = request(at: start, outer: 0, body) {
      return last
    }
    if let found = slashedAddress(start, colon) {
      return looseAddress(found, from: start, messageStart: messageStart, body)
    }
    if let last = gluedPair(start..<colon, colon + 1..<end, body) { return last }
    // A URL may begin behind the colon: `upstream:http://host/`.
    if byte(end) == UInt8(ascii: ":"), let last = url(colon + 1, colon: end, body) { return last }
    text.before = .none
    return end
  }

  /// `localhost/127.0.0.1`: an address behind the only slash of a word that ends at `end`.
  private func slashedAddress(_ start: Int, _ end: Int) -> TextAddress? {
    var index = end
    while index > start, record[index - 1].isDigit || record[index - 1] == UInt8(ascii: ".") { index -= 1 }
    guard index > start, record[index - 1] == UInt8(ascii: "/") else { return nil }
    for offset in start..<index - 1 where record[offset] == UInt8(ascii: "/") { return nil }
    guard let found = address(at: index), found.end >= end else { return nil }
    return found
  }

  /// What begins with a digit: an address, a duration behind a request; else it is passed.
  private mutating func number(_ start: Int, _ messageStart: Int, _ body: Body) -> Int {
    var index = afterDigits(start)
    let next = byte(index)
    if next == UInt8(ascii: ".") || next == UInt8(ascii: ":") || next | 32 &- 97 < 6 {
      if text.before != .version, let found = address(at: start) {
        return looseAddress(found, from: start, messageStart: messageStart, body)
      }
    }
    if text.hasRequest, !text.hasDuration, let end = duration(at: start, body) { return end }
    while index < text.end, Self.joins(record[index]) || record[index] == UInt8(ascii: ":") { index &+= 1 }
    text.before = .none
    return max(index, start + 1)
  }

  /// A path, or an address that Java writes behind a slash.
  private mutating func slash(_ start: Int, _ messageStart: Int, _ body: Body) -> Int {
    if byte(start + 1).isDigit, let found = address(at: start) {
      return looseAddress(found, from: start, messageStart: messageStart, body)
    }
    var index = start + 1
    while index < text.end, record[index] > 32, record[index] != UInt8(ascii: "\""), record[index] != UInt8(ascii: ",")
    {
      index += 1
    }
    // `/api/login: 403 10.0.0.1`
    if index > start + 2, record[index - 1] == UInt8(ascii: ":"), byte(index) == 32, let end = status(at: index + 1),
      address(at: afterBlanks(end)) != nil
    {
      tell("path", start..<index - 1, .string, body)
      if !text.isAmongAccess { tell("status", index + 1..<end, .number, body) }
      text.hasRequest = true
      text.before = .origin
      return end
    }
    text.before = .none
    return index
  }

  /// A request in quotes, who made it, or words that nothing is looked for in.
  private mutating func quote(_ start: Int, _ body: Body) -> Int {
    if byte(start + 1) &- 65 < 26, let end = request(at: start + 1, outer: UInt8(ascii: "\""), body) { return end }
    guard start >= text.openQuote, let close = closingQuote(start) else { return start + 1 }
    if text.hasRequest { visitor(start + 1..<close, body) }
    text.before = .none
    return close + 1
  }

  /// The quote that ends what the one at `start` began, within 2 KB; none where a word follows at once.
  mutating func closingQuote(_ start: Int) -> Int? {
    let limit = min(text.end, start + 2048)
    var index = start + 1
    while index < limit, record[index] != record[start] { index += record[index] == UInt8(ascii: "\\") ? 2 : 1 }
    guard index < limit else {
      if record[start] == UInt8(ascii: "\"") { text.openQuote = limit }
      return nil
    }
    return byte(index + 1).isWordByte ? nil : index
  }

  /// `[client 10.0.0.1:80]`, `[key: value]`, `[10.0.0.1]`; else what is inside is read as the rest of the message.
  private mutating func messageBracket(_ start: Int, _ messageStart: Int, _ body: Body) -> Int {
    if byte(start + 1).isLetter {
      let limit = min(text.end, start + 600)
      var close = start + 1
      while close < limit, record[close] != UInt8(ascii: "]"), record[close] != UInt8(ascii: "[") { close += 1 }
      if close < limit, record[close] == UInt8(ascii: "]"), bracketPairs(start + 1..<close, isPrefix: false, body) {
        return close + 1
      }
    }
    if let found = address(at: start) { return looseAddress(found, from: start, messageStart: messageStart, body) }
    return start + 1
  }

  /// `(root) CMD (run-parts /etc/cron.hourly)`
  private mutating func cronCommand(_ start: Int, _ body: Body) -> Int? {
    var index = start + 1
    while index < text.end, index - start < 40, record[index].isWordByte || record[index] == UInt8(ascii: "-") {
      index += 1
    }
    guard index > start + 1, record.has(") CMD (", at: index), record[text.end - 1] == UInt8(ascii: ")") else {
      return nil
    }
    tell("user", start + 1..<index, .string, body)
    var first = index + 7
    if byte(first) == 32 { first += 1 }
    if first < text.end - 1 { tell("command", first..<text.end - 1, .string, body) }
    return text.end
  }
}
