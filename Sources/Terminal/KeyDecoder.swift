import Drawing

/// Turns the bytes of a terminal into keys: a pure state machine that knows no clock.
///
/// Every key of a burst is kept. An escape sequence that a slow line cut in two stays pending until its rest arrives, or
/// until the caller, after a rest of `escapeTimeout`, asks for what is there with `flush()`.
///
///     decoder.feed(bytes)
///     while let key = decoder.next() { ... }
public struct KeyDecoder: Sendable {
  private var bytes: [UInt8] = []
  private var offset = 0
  /// The text of a bracketed paste that has begun; nil outside one.
  private var paste: [UInt8]?
  /// How many answers to a request for the terminal's status (DSR 5 of ECMA-48) have come; they are no keys.
  public private(set) var statusReports = 0

  /// The most bytes that one paste keeps; the rest of it is dropped.
  public static let pasteLimit = 1 << 20
  /// The most bytes of parameters that a sequence may have: more is noise, and not waited for.
  private static let parameterLimit = 64

  /// Makes a decoder with nothing pending.
  public init() {}

  /// Whether bytes wait for the rest of a sequence.
  public var isPending: Bool { offset < bytes.count || paste != nil }

  /// Appends bytes in the order of their arrival.
  public mutating func feed(_ more: some Sequence<UInt8>) {
    if offset > 0 {
      bytes.removeFirst(offset)
      offset = 0
    }
    bytes.append(contentsOf: more)
  }

  /// The next complete key; nil if there is none, or only the beginning of one.
  public mutating func next() -> Key? {
    while offset < bytes.count {
      if paste != nil {
        guard let key = pasted() else { return nil }
        return key
      }
      switch read() {
      case .key(let key, let length):
        offset += length
        return key
      case .skip(let length): offset += length
      case .statusReport(let length):
        offset += length
        statusReports += 1
      case .pasteBegins(let length):
        offset += length
        paste = []
      case .incomplete: return nil
      }
    }
    return nil
  }

  /// The keys that pending bytes mean if nothing more comes: Escape for a lone ESC.
  public mutating func flush() -> [Key] {
    var keys: [Key] = []
    if let text = paste {
      keys.append(.paste(String(decoding: text + bytes[offset...], as: UTF8.self)))
      paste = nil
      offset = bytes.count
    }
    while offset < bytes.count {
      if let key = next() {
        keys.append(key)
      } else if offset < bytes.count {
        if bytes[offset] == 0x1B { keys.append(.escape) }
        offset += 1
      }
    }
    return keys
  }

  enum Reading {
    case key(Key, Int)
    case skip(Int)
    case statusReport(Int)
    case pasteBegins(Int)
    case incomplete
  }

  private func read() -> Reading {
    let byte = bytes[offset]
    if byte == 0x1B { return escape() }
    return KeyDecoder.plain(bytes[offset...])
  }

  /// A key that is no escape sequence: a control byte or one character of UTF-8.
  private static func plain(_ bytes: ArraySlice<UInt8>) -> Reading {
    guard let byte = bytes.first else { return .incomplete }
    switch byte {
    case 0x0D, 0x0A: return .key(.enter, 1)
    case 0x09: return .key(.tab, 1)
    case 0x7F, 0x08: return .key(.backspace, 1)
    case 0x00: return .key(.control("@"), 1)
    case 0x01...0x1A: return .key(.control(Character(Unicode.Scalar(byte + 0x60))), 1)
    case 0x1C...0x1F: return .key(.control(Character(Unicode.Scalar(byte + 0x40))), 1)
    case 0x20..<0x7F: return .key(.character(Character(Unicode.Scalar(byte))), 1)
    default: break
    }
    let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 1
    if length == 1 || byte > 0xF4 { return .skip(1) }
    let rest = bytes.dropFirst().prefix(length - 1)
    if let bad = rest.firstIndex(where: { $0 & 0xC0 != 0x80 }) { return .skip(bad - bytes.startIndex) }
    guard rest.count == length - 1 else { return .incomplete }
    let text = String(decoding: bytes.prefix(length), as: UTF8.self)
    return text.first.map { $0 == "\u{FFFD}" ? .skip(length) : .key(.character($0), length) } ?? .skip(length)
  }

  // MARK: Escape sequences

  private func escape() -> Reading {
    guard offset + 1 < bytes.count else { return .incomplete }
    switch bytes[offset + 1] {
    case UInt8(ascii: "["): return sequence(start: offset + 2, prefix: 2)
    case UInt8(ascii: "O"): return applicationKey()
    case 0x1B:
      // ESC ESC [ A is Alt with an arrow on some terminals; a second ESC alone is a second Escape.
      guard offset + 2 < bytes.count else { return .incomplete }
      guard bytes[offset + 2] == UInt8(ascii: "[") else { return .key(.escape, 1) }
      return KeyDecoder.adding(.alt, to: sequence(start: offset + 3, prefix: 3))
    default:
      switch KeyDecoder.plain(bytes[(offset + 1)...]) {
      case .key(.character(let character), let length): return .key(.alt(character), length + 1)
      case .key(.named(let name, let modifiers), let length):
        return .key(.named(name, modifiers.union(.alt)), length + 1)
      case .key(.control(let letter), let length): return .key(.control(letter), length + 1)
      case .skip(let length): return .skip(length + 1)
      default: return .incomplete
      }
    }
  }

  /// `ESC O x`: arrows, Home, End and F1 to F4 of terminals in application mode.
  private func applicationKey() -> Reading {
    guard offset + 2 < bytes.count else { return .incomplete }
    let final = bytes[offset + 2]
    if let key = KeySequences.key(final: final, modifiers: []) { return .key(key, 3) }
    if final == UInt8(ascii: "M") { return .key(.enter, 3) }
    return .skip(3)
  }

  /// `ESC [ parameters final`; `start` is where the parameters begin.
  private func sequence(start: Int, prefix: Int) -> Reading {
    var end = start
    while end < bytes.count, end - start < KeyDecoder.parameterLimit, bytes[end] < 0x40, bytes[end] >= 0x20 { end += 1 }
    // Counted the same way whether the bytes came at once or one by one, so that a slow line means no other keys.
    if end - start == KeyDecoder.parameterLimit { return .skip(end - offset) }
    guard end < bytes.count else { return .incomplete }
    let final = bytes[end]
    // The Linux console sends ESC [ [ A for F1.
    if end == start, final == UInt8(ascii: "[") {
      guard end + 1 < bytes.count else { return .incomplete }
      let number = Int(bytes[end + 1]) - 0x40
      return (1...5).contains(number) ? .key(.f(number), end + 2 - offset) : .skip(end + 2 - offset)
    }
    guard (0x40...0x7E).contains(final) else { return .skip(end - offset) }
    let length = end + 1 - offset
    if final == UInt8(ascii: "n") { return .statusReport(length) }
    if bytes[start] == UInt8(ascii: "<") {
      return MouseSequences.event(bytes[(start + 1)..<end], final: final).map { .key(.mouse($0), length) }
        ?? .skip(length)
    }
    let parameters = bytes[start..<end].split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map { Int(String(decoding: $0.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)) ?? 0 }
    if final == UInt8(ascii: "~"), parameters.first == 200 { return .pasteBegins(length) }
    return KeySequences.key(parameters: parameters, final: final).map { .key($0, length) } ?? .skip(length)
  }

  private static func adding(_ modifier: Key.Modifiers, to reading: Reading) -> Reading {
    if case .key(.named(let name, let modifiers), let length) = reading {
      return .key(.named(name, modifiers.union(modifier)), length)
    }
    return reading
  }

  /// Collects a paste up to `ESC [ 201 ~`.
  private mutating func pasted() -> Key? {
    let end: [UInt8] = Array("\u{1B}[201~".utf8)
    while offset < bytes.count {
      let rest = bytes[offset...]
      if rest.first == 0x1B {
        if rest.starts(with: end) {
          offset += end.count
          let text = String(decoding: paste ?? [], as: UTF8.self)
          paste = nil
          return .paste(text)
        }
        if rest.count < end.count && end.starts(with: rest) { return nil }
      }
      if paste?.count ?? 0 < KeyDecoder.pasteLimit { paste?.append(bytes[offset]) }
      offset += 1
    }
    return nil
  }
}
