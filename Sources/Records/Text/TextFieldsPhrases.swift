// Phrases of text that name a value: `user "bob"`, `for user bob`, `from 10.0.0.1 port 22`, `in 18 msecs`.

/// Words of up to eight letters in lower case as numbers, the first letter lowest; longer ones by their first eight.
enum TextWord {
  static let by: UInt64 = 0x7962
  static let `in`: UInt64 = 0x6E69
  static let `as`: UInt64 = 0x7361
  static let of: UInt64 = 0x666F
  static let to: UInt64 = 0x6F74
  static let ip: UInt64 = 0x7069
  static let `for`: UInt64 = 0x726F66
  static let user: UInt64 = 0x72657375
  static let from: UInt64 = 0x6D6F7266
  static let took: UInt64 = 0x6B6F6F74
  static let peer: UInt64 = 0x72656570
  static let code: UInt64 = 0x65646F63
  static let login: UInt64 = 0x6E69676F6C
  static let client: UInt64 = 0x746E65696C63
  static let status: UInt64 = 0x737574617473
  static let logged: UInt64 = 0x646567676F6C
  static let remote: UInt64 = 0x65746F6D6572
  static let host: UInt64 = 0x74736F68
  static let invalid: UInt64 = 0x64696C61766E69
  static let illegal: UInt64 = 0x6C6167656C6C69
  static let unknown: UInt64 = 0x6E776F6E6B6E75
  static let version: UInt64 = 0x6E6F6973726576
  static let release: UInt64 = 0x657361656C6572
  static let connect: UInt64 = 0x7463656E6E6F63
  static let elapsed: UInt64 = 0x64657370616C65
  static let username: UInt64 = 0x656D616E72657375
  static let password: UInt64 = 0x64726F7773736170
  static let accepted: UInt64 = 0x6465747065636361
  static let duration: UInt64 = 0x6E6F697461727564
  static let `private`: UInt64 = 0x65746176697270
  static let `public`: UInt64 = 0x63696C627570
  static let address: UInt64 = 0x73736572646461
  static let connecte: UInt64 = 0x657463656E6E6F63
  static let connecti: UInt64 = 0x697463656E6E6F63
  static let complete: UInt64 = 0x6574656C706D6F63
  static let responde: UInt64 = 0x65646E6F70736572
  static let publicke: UInt64 = 0x656B63696C627570
  static let authenti: UInt64 = 0x69746E6568747561
  static let logon: UInt64 = 0x6E6F676F6C
  static let after: UInt64 = 0x7265746661
}

extension FieldVisit {
  /// The word in `start..<end` as a number in lower case, its first eight bytes.
  @inline(__always) private func packed(_ start: Int, _ end: Int) -> UInt64 {
    let count = min(end &- start, 8)
    if start &+ 8 <= record.count {
      let all = UInt64(littleEndian: record.loadUnaligned(fromByteOffset: start, as: UInt64.self))
      return (all | 0x2020_2020_2020_2020) & (UInt64.max &>> UInt64(64 &- 8 &* count))
    }
    var value: UInt64 = 0
    for offset in 0..<count { value |= UInt64(record[start &+ offset] | 32) &<< UInt64(8 &* offset) }
    return value
  }

  /// What the word in `start..<end` says of what follows; the offset to go on at.
  mutating func cue(_ start: Int, _ end: Int, _ body: Body) -> Int {
    let before = text.before
    // As named marks the object that a client is.
    if record[start] == UInt8(ascii: "@") { return end }
    text.before = .none
    let word = packed(start, end)
    switch end &- start {
    case 2:
      switch word {
      case TextWord.by: text.before = .origin
      case TextWord.as, TextWord.of: text.before = .preposition
      case TextWord.to: text.before = before == .connection ? before : .none
      case TextWord.ip: text.before = before
      case TextWord.in: return spentTime(end, body)
      default: break
      }
    case 3: if word == TextWord.for { return target(end, body) }
    case 4: return shortCue(word, end, before, body)
    case 5: if word == TextWord.login || word == TextWord.logon { text.isLogin = true }
    case 6:
      switch word {
      case TextWord.client, TextWord.remote: text.before = .origin
      case TextWord.logged: text.isLogin = true
      case TextWord.status: return statusBehind(end, body)
      case TextWord.public: text.before = before
      default: break
      }
    case 7: middleCue(word, before)
    case 8...: return longCue(word, end &- start, end, before, body)
    default: break
    }
    return end
  }

  private mutating func shortCue(_ word: UInt64, _ end: Int, _ before: TextCue, _ body: Body) -> Int {
    switch word {
    case TextWord.user: return user(end, before, body)
    case TextWord.from, TextWord.peer: text.before = .origin
    case TextWord.host: text.before = before
    case TextWord.took: return spentTime(end, body)
    default: break
    }
    return end
  }

  private mutating func middleCue(_ word: UInt64, _ before: TextCue) {
    switch word {
    case TextWord.invalid, TextWord.illegal, TextWord.unknown: text.before = .invalid
    case TextWord.connect: text.before = .connection
    case TextWord.version, TextWord.release: text.before = .version
    case TextWord.private, TextWord.address: text.before = before
    default: break
    }
  }

  private mutating func longCue(_ word: UInt64, _ count: Int, _ end: Int, _ before: TextCue, _ body: Body) -> Int {
    switch word {
    case TextWord.connecte, TextWord.connecti: text.before = .connection
    case TextWord.password where count == 8: text.isLogin = true
    case TextWord.accepted where count == 8: text.isLogin = true
    case TextWord.publicke, TextWord.authenti: text.isLogin = true
    case TextWord.username where count == 8: return user(end, before, body)
    case TextWord.duration where count == 8: return spentTime(end, body)
    case TextWord.complete where count == 9, TextWord.responde where count == 9: return statusBehind(end - 1, body)
    default: break
    }
    return end
  }

  /// `in 18 msecs`, `took 35ms`.
  private mutating func spentTime(_ end: Int, _ body: Body) -> Int {
    let start = afterBlanks(end)
    guard byte(start).isDigit else { return end }
    return duration(at: start, body) ?? end
  }

  /// `status 404`, `status code 404`, `Completed 200`, `responded 200`.
  private mutating func statusBehind(_ end: Int, _ body: Body) -> Int {
    var start = afterBlanks(end + (byte(end).isLetter ? 1 : 0))
    if record.has("code ", at: start) { start = afterBlanks(start + 5) }
    guard start < text.end, !text.isAmongAccess, let last = status(at: start) else { return end }
    tell("status", start..<last, .number, body)
    text.hasRequest = true
    return last
  }

  // MARK: Users

  /// Behind `for`: in a line about a login the one that it is for, if where it comes from stands behind.
  private mutating func target(_ end: Int, _ body: Body) -> Int {
    text.before = .preposition
    let start = afterBlanks(end)
    if text.hasRequest, byte(start).isDigit, let found = address(at: start) {
      // `Started GET "/" for 10.0.0.1`
      client(found, body)
      return found.end
    }
    guard text.isLogin else { return end }
    if let quoted = quotedUser(start, body) { return quoted }
    let last = userEnd(start)
    guard last > start, byte(last) == 32, record.has("from ", at: last + 1) || record.has("by ", at: last + 1),
      address(at: afterBlanks(last + 6)) != nil || record[start..<last].contains(UInt8(ascii: "@"))
    else { return end }
    tell("user", start..<last, .string, body)
    text.before = .user
    return last
  }

  /// Behind `user`: a quoted name, or a word that can be no other part of the sentence.
  private mutating func user(_ end: Int, _ before: TextCue, _ body: Body) -> Int {
    let start = afterBlanks(end)
    guard byte(end) == 32, start < text.end else { return end }
    if let last = quotedUser(start, body) { return last }
    let last = userEnd(start)
    guard last > start, !isOrdinary(start, last) else { return end }
    let isNamed = before == .preposition || before == .invalid || before == .origin
    guard isNamed ? endsUser(last) : isTold(last) || record[start..<last].contains(UInt8(ascii: "@")) else {
      return end
    }
    tell("user", start..<last, .string, body)
    text.before = .user
    return last
  }

  /// `"bob"`, `'bob'@'10.0.0.1'`, `` `bob` ``.
  private mutating func quotedUser(_ start: Int, _ body: Body) -> Int? {
    let quote = byte(start)
    guard
      quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") || quote == UInt8(ascii: "`")
        || quote == UInt8(ascii: "<")
    else { return nil }
    let closing = quote == UInt8(ascii: "<") ? UInt8(ascii: ">") : quote
    var end = start + 1
    while end < text.end, end - start < 130, record[end] != closing { end += 1 }
    guard end > start + 1, byte(end) == closing, !byte(end + 1).isWordByte else { return nil }
    tell("user", start + 1..<end, .string, body)
    text.before = .user
    end += 1
    guard byte(end) == UInt8(ascii: "@"), byte(end + 1) == quote else { return end }
    var last = end + 2
    while last < text.end, last - end < 260, record[last] != quote { last += 1 }
    guard byte(last) == quote, last > end + 2 else { return end }
    let host = end + 2..<last
    tell("client", withoutMapping(host), FieldKinds.text(record.part(host)), body)
    return last + 1
  }

  /// The end of the name of a user at `start`.
  private func userEnd(_ start: Int) -> Int {
    var end = start
    while end < text.end, end - start < 80 {
      let next = record[end]
      guard
        next.isWordByte || next == UInt8(ascii: "-") || next == UInt8(ascii: ".") || next == UInt8(ascii: "@")
          || next == UInt8(ascii: "+") || next == UInt8(ascii: "\\") || next == UInt8(ascii: "$") || next >= 128
      else { break }
      end += 1
    }
    while end > start, record[end - 1] == UInt8(ascii: ".") || record[end - 1] == UInt8(ascii: "-") { end -= 1 }
    return end
  }

  /// Whether the sentence goes on at `end` as it does behind the name of a user.
  private func endsUser(_ end: Int) -> Bool {
    if end >= text.end { return true }
    switch record[end] {
    case UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: ";"), UInt8(ascii: ")"), UInt8(ascii: ":"),
      UInt8(ascii: "("), UInt8(ascii: "]"), UInt8(ascii: "'"), UInt8(ascii: "\""):
      return true
    case 32: break
    default: return false
    }
    let next = afterBlanks(end)
    if isTold(end) || next >= text.end || byte(next) == UInt8(ascii: "[") || byte(next) == UInt8(ascii: "(") {
      return true
    }
    for word in ["by", "on", "at", "in", "with", "via", "to", "has", "is", "was", "using", "not", "and"]
      as [StaticString]
    where isWord(word, at: next) { return true }
    return false
  }

  /// Whether what follows is told of users alone: where from, and how the login went.
  private func isTold(_ end: Int) -> Bool {
    guard byte(end) == 32 else { return false }
    let next = afterBlanks(end)
    if byte(next).isDigit { return address(at: next) != nil }
    switch byte(next) {
    case UInt8(ascii: "f"): return isWord("from", at: next) || isWord("failed", at: next)
    case UInt8(ascii: "l"):
      return isWord("logged", at: next) || record.has("login ", at: next) || isWord("logon", at: next)
    case UInt8(ascii: "a"): return record.has("authenticat", at: next)
    case UInt8(ascii: "s"): return record.has("signed ", at: next)
    default: return false
    }
  }

  private func isWord(_ word: StaticString, at start: Int) -> Bool {
    record.has(word, at: start) && !byte(start + word.utf8CodeUnitCount).isWordByte
  }

  /// Words that follow `user` in prose: `user not found`, `user agent`, `user id 5`.
  private func isOrdinary(_ start: Int, _ end: Int) -> Bool {
    switch end - start {
    case 0...1: return true
    case 2: return isAny(of: ["is", "id", "in", "or", "on", "to", "by", "at", "as", "of", "no", "if"], start)
    case 3:
      return isAny(
        of: ["not", "has", "was", "and", "can", "may", "for", "the", "ids", "who", "did", "log", "are"], start)
    case 4:
      return isAny(
        of: [
          "does", "with", "from", "name", "data", "mode", "that", "will", "must", "have", "info", "list", "file",
          "code",
          "role", "been", "auth", "type", "when", "page",
        ], start)
    case 5:
      return isAny(
        of: [
          "agent", "input", "login", "space", "could", "added", "group", "token", "limit", "email", "logon", "cache",
        ], start)
    case 6:
      return isAny(
        of: ["logged", "should", "cannot", "exists", "action", "signed", "failed", "access", "denied", "config"], start)
    case 7:
      return isAny(
        of: ["account", "already", "session", "created", "deleted", "updated", "profile", "request", "service"], start)
    case 8:
      return isAny(of: ["accounts", "password", "sessions", "settings", "requests", "database", "provided"], start)
    case 9: return isAny(of: ["requested", "interface", "cancelled", "directory", "specified"], start)
    case 13: return isAny(of: ["authenticated", "authorization"], start)
    case 14: return isAny(of: ["authentication"], start)
    default: return false
    }
  }

  private func isAny(of words: [StaticString], _ start: Int) -> Bool { words.contains { record.has($0, at: start) } }
}
