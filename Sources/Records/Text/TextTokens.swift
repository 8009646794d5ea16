/// Tells what kind of thing the words of a text are, for colour: numbers, durations, quoted texts, addresses, URLs, paths,
/// identifiers and the names of levels. It knows nothing of formats, and is for the few lines on a screen.
public enum TextTokens {
  /// What a piece of text is.
  public enum Kind: Hashable, Sendable {
    /// `12`, `-3.5e7`, `0x1f`, `3.4KiB`, `99%`.
    case number
    /// `18ms`, `1.5s`.
    case duration
    /// A text in quotes, with them.
    case string
    /// `true`, `false`, `null`, `nil`, `None`.
    case boolean
    /// An IPv4, IPv6, MAC or e-mail address, perhaps with a port.
    case address
    /// `https://...`.
    case url
    /// `/var/log/x`, `./x`, `~/x`, `C:\x`.
    case path
    /// A UUID or another long hexadecimal number.
    case identifier
    /// The name of a level in capitals.
    case level(Level)
  }

  /// How far into a line tokens are looked for.
  static let reach = 4096

  /// Lends every token of `bytes[range]` in order, one line of text.
  public static func forEach(
    in bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ body: (Range<Int>, Kind) -> Void
  ) {
    var lexer = TokenLexer(bytes.part(range.lowerBound..<min(range.upperBound, range.lowerBound + reach)))
    while let (token, kind) = lexer.next() {
      body(token.lowerBound + range.lowerBound..<token.upperBound + range.lowerBound, kind)
    }
  }

  /// What the whole of `bytes` is; nil for ordinary text.
  public static func kind(of bytes: UnsafeRawBufferPointer) -> Kind? {
    guard bytes.count <= 1024 else { return nil }
    var lexer = TokenLexer(bytes)
    guard let (token, kind) = lexer.next(), token == 0..<bytes.count else { return nil }
    return kind
  }
}

/// One pass over a line. Every byte is looked at a few times at most.
private struct TokenLexer {
  let text: UnsafeRawBufferPointer
  private var index = 0

  init(_ text: UnsafeRawBufferPointer) { self.text = text }

  mutating func next() -> (Range<Int>, TextTokens.Kind)? {
    while index < text.count {
      let start = index
      if let (end, kind) = token(at: start) {
        index = end
        return (start..<end, kind)
      }
      skip()
    }
    return nil
  }

  /// Past a word, or past one other byte.
  private mutating func skip() {
    let start = index
    while index < text.count, text[index].isWordByte || text[index] >= 128 { index += 1 }
    if index == start { index += 1 }
  }

  private func token(at start: Int) -> (end: Int, kind: TextTokens.Kind)? {
    let byte = text[start]
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`") {
      return quoted(start, byte).map { ($0, .string) }
    }
    if byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "~") {
      return path(start).map { ($0, .path) }
    }
    if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") {
      return isFree(start) ? number(start) : nil
    }
    if byte == UInt8(ascii: ":") { return text.at(start + 1) == byte ? address(start).map { ($0, .address) } : nil }
    guard byte.isWordByte, isFree(start) else { return nil }
    if byte.hexadecimalValue != nil {
      if let end = address(start) { return (end, .address) }
      if let end = identifier(start) { return (end, .identifier) }
    }
    if byte.isDigit { return number(start) }
    return word(start)
  }

  /// Whether no word goes on before `start`.
  private func isFree(_ start: Int) -> Bool {
    guard start > 0 else { return true }
    let before = text[start - 1]
    // `worker-12` is one word.
    if before == UInt8(ascii: "-"), start > 1, text[start - 2].isWordByte { return false }
    return !before.isWordByte && before < 128 && before != UInt8(ascii: ".")
  }

  private func quoted(_ start: Int, _ quote: UInt8) -> Int? {
    guard isFree(start) else { return nil }
    var end = start + 1
    while end < text.count, end - start < 1024 {
      if text[end] == UInt8(ascii: "\\") {
        end += 2
        continue
      }
      if text[end] == quote, !text.at(end + 1).isWordByte { return end > start + 1 ? end + 1 : nil }
      end += 1
    }
    return nil
  }

  private func path(_ start: Int) -> Int? {
    if start > 0, !Self.opens(text[start - 1]) { return nil }
    var end = start
    while text.at(end) == UInt8(ascii: ".") || text.at(end) == UInt8(ascii: "~") { end += 1 }
    guard text.at(end) == UInt8(ascii: "/"), end - start <= 2 else { return nil }
    let next = text.at(end + 1)
    guard next.isWordByte || next == UInt8(ascii: ".") || next >= 128 else { return nil }
    return trimmed(start, pathEnd(end))
  }

  private static func opens(_ byte: UInt8) -> Bool {
    switch byte {
    case 32, 9, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "("), UInt8(ascii: "["),
      UInt8(ascii: "<"), UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: ","):
      true
    default: false
    }
  }

  private func pathEnd(_ start: Int) -> Int {
    var end = start
    while end < text.count {
      switch text[end] {
      case 0...32, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: ")"), UInt8(ascii: "]"),
        UInt8(ascii: ">"), UInt8(ascii: "|"), UInt8(ascii: ";"), 127:
        return end
      default: end += 1
      }
    }
    return end
  }

  /// Without the full stop, comma or colon of the sentence.
  private func trimmed(_ start: Int, _ end: Int) -> Int {
    var end = end
    while end > start + 1,
      text[end - 1] == UInt8(ascii: ".") || text[end - 1] == UInt8(ascii: ",")
        || text[end - 1] == UInt8(ascii: ":")
    {
      end -= 1
    }
    return end
  }

  /// A number with its unit.
  private func number(_ start: Int) -> (end: Int, kind: TextTokens.Kind)? {
    var end = start
    if text[end] == UInt8(ascii: "-") || text[end] == UInt8(ascii: "+") { end += 1 }
    guard text.at(end).isDigit else { return nil }
    if text[end] == UInt8(ascii: "0"), text.at(end + 1) | 32 == UInt8(ascii: "x") {
      end += 2
      while text.at(end).hexadecimalValue != nil, end < text.count { end += 1 }
      return text.at(end).isWordByte ? nil : (end, .number)
    }
    while text.at(end).isDigit { end += 1 }
    // Also dates, times and versions: `2026-01-02`, `12:30:01.5`, `1.2.3`.
    while Self.joins(text.at(end)), text.at(end + 1).isDigit {
      end += 1
      while text.at(end).isDigit { end += 1 }
    }
    if text.at(end) | 32 == UInt8(ascii: "e") {
      let exponent = text.at(end + 1) == UInt8(ascii: "-") || text.at(end + 1) == UInt8(ascii: "+") ? end + 2 : end + 1
      if text.at(exponent).isDigit {
        end = exponent
        while text.at(end).isDigit { end += 1 }
      }
    }
    let unit = end
    while end < text.count, text[end].isLetter || text[end] >= 128 || text[end] == UInt8(ascii: "%") { end += 1 }
    let after = text.at(end)
    guard !after.isWordByte, end - unit <= 6 else { return nil }
    return (end, isTime(unit..<end) ? .duration : .number)
  }

  private static func joins(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-")
  }

  private func isTime(_ unit: Range<Int>) -> Bool {
    let units: [StaticString] = [
      "ns", "us", "µs", "μs", "ms", "s", "m", "h", "sec", "secs", "msec", "msecs", "usec", "min", "mins",
    ]
    return units.contains { $0.utf8CodeUnitCount == unit.count && text.has($0, at: unit.lowerBound) }
  }

  private func word(_ start: Int) -> (end: Int, kind: TextTokens.Kind)? {
    var end = start
    while end < text.count, text[end].isWordByte { end += 1 }
    if text.has("://", at: end), end - start <= 12 { return (trimmed(start, pathEnd(end)), .url) }
    if end == start + 1, text.at(end) == UInt8(ascii: ":"), text.at(end + 1) == UInt8(ascii: "\\") {
      return (trimmed(start, pathEnd(end)), .path)
    }
    if let mail = mailEnd(end) { return (mail, .address) }
    switch text.part(start..<end) {
    case let word
    where word.count == 4 && (word.has("true", at: 0) || word.has("null", at: 0) || word.has("None", at: 0)):
      return (end, .boolean)
    case let word where word.count == 5 && word.has("false", at: 0): return (end, .boolean)
    case let word where word.count == 3 && word.has("nil", at: 0): return (end, .boolean)
    default: break
    }
    guard text[start..<end].allSatisfy({ $0 &- 65 < 26 }), end - start >= 4,
      let level = LevelNames.level(text, at: start, count: end - start)
    else { return nil }
    return (end, .level(level))
  }

  /// The end of an e-mail address of which `end` is the end of the first word.
  private func mailEnd(_ end: Int) -> Int? {
    var sign = end
    while text.at(sign).isWordByte || text.at(sign) == UInt8(ascii: ".") || text.at(sign) == UInt8(ascii: "-") {
      sign += 1
    }
    guard sign - end < 64, text.at(sign) == UInt8(ascii: "@"), text.at(sign + 1).isWordByte else { return nil }
    var last = sign + 1
    var hasDot = false
    while text.at(last).isWordByte || text.at(last) == UInt8(ascii: "-")
      || text.at(last) == UInt8(ascii: ".") && text.at(last + 1).isWordByte
    {
      hasDot = hasDot || text[last] == UInt8(ascii: ".")
      last += 1
    }
    return hasDot ? last : nil
  }

  /// An IPv4, IPv6 or MAC address, perhaps with a port or the length of a network.
  private func address(_ start: Int) -> Int? {
    var end = start
    var (dots, colons, digits) = (0, 0, 0)
    while end < text.count, end - start < 48 {
      let byte = text[end]
      if byte == UInt8(ascii: ".") {
        guard text.at(end + 1).isDigit else { break }
        dots += 1
      } else if byte == UInt8(ascii: ":") {
        if dots == 3, colons == 0 { break }
        colons += 1
      } else if byte.hexadecimalValue == nil {
        break
      } else {
        digits += 1
      }
      end += 1
    }
    while end > start, text[end - 1] == UInt8(ascii: ":"), !text.has("::", at: end - 2) {
      end -= 1
      colons -= 1
    }
    let isVersion4 = dots == 3 && colons == 0 && isOctets(start..<end)
    let isVersion6 = colons >= 2 && digits > 0 && (text.part(start..<end).contains("::") || colons == 7 || colons == 5)
    guard isVersion4 || isVersion6, !text.at(end).isWordByte else { return nil }
    if isVersion4, text.at(end) == UInt8(ascii: ":") || text.at(end) == UInt8(ascii: "/"), text.at(end + 1).isDigit {
      end += 1
      while text.at(end).isDigit { end += 1 }
    }
    return end
  }

  private func isOctets(_ range: Range<Int>) -> Bool {
    var value = 0
    var count = 0
    for index in range {
      if text[index] == UInt8(ascii: ".") {
        (value, count) = (0, 0)
      } else {
        guard text[index].isDigit else { return false }
        value = value * 10 + Int(text[index] - 48)
        count += 1
        if value > 255 || count > 3 { return false }
      }
    }
    return true
  }

  /// A UUID, or sixteen and more hexadecimal digits.
  private func identifier(_ start: Int) -> Int? {
    var end = start
    var (hyphens, digits) = (0, 0)
    while end < text.count, end - start < 128 {
      let byte = text[end]
      if byte == UInt8(ascii: "-"), hyphens < 4 {
        hyphens += 1
      } else if byte.hexadecimalValue != nil {
        digits += byte.isDigit ? 1 : 0
      } else {
        break
      }
      end += 1
    }
    guard !text.at(end).isWordByte, digits > 2 else { return nil }
    if hyphens == 4, end - start == 36 { return end }
    return hyphens == 0 && end - start >= 16 && digits < end - start ? end : nil
  }
}

extension UnsafeRawBufferPointer {
  /// Whether these bytes hold `text` of two bytes.
  fileprivate func contains(_ text: StaticString) -> Bool { indices.contains { has(text, at: $0) } }
}
