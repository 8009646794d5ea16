// The fields of free text, of programs that no format definition knows.
//
//     2026-01-02 03:04:05,678 25746 INFO nova.osapi.wsgi [req-38101a0b] 10.11.10.1 "GET /v2/x HTTP/1.1" status: 200
//                             pid        logger           request_id    client      method path protocol   status
//
// Two layers, one pass each. The prefix (`TextFieldsPrefix`) goes from token to token around stamp and level, as long as they
// have the shape of something that loggers write there; what follows is the message (`TextFieldsMessage`), in which marks
// (`key=value`, `key: value`, brackets), requests, addresses and a few phrases name values. A wrong field is worse than a
// missing one, so what prose could say as well gives nothing.

/// What the walk over a line of text remembers.
struct TextState {
  /// Whether fields are also looked for where no mark sets them apart.
  var isGuessing = false
  /// Whether the line is in a file of an access log, where status and size are only those of its own lines: what looks for
  /// them need not read the others.
  var isAmongAccess = false
  /// After the line, without white space at its end.
  var end = 0
  /// Whether the receiver wants no more.
  var isDone = false
  /// Whether a logger was found in the prefix, or behind the message.
  var hasLogger = false
  /// Whether a request was found, so that a status, a duration and an agent may follow.
  var hasRequest = false
  var hasDuration = false
  /// Whether a word says that the line tells of somebody logging in.
  var isLogin = false
  /// What the word before says of the next.
  var before = TextCue.none
  /// After the `key: value` found last.
  var listEnd = -1
  /// After the colour sequence found last.
  var escapeEnd = -1
  /// Up to where no quote is left that would close one.
  var openQuote = -1
}

/// What a word says of the one after it.
enum TextCue: UInt8 {
  case none
  /// `for`, `by`, `as`, `of`.
  case preposition
  /// `invalid`, `illegal`, `unknown`.
  case invalid
  /// `connect`, `connected`, ...
  case connection
  /// `version`, `release`.
  case version
  /// `from`, `by`.
  case origin
  /// A user was named.
  case user
}

/// Where in a line of text the values lie whose names no line writes.
struct TextParts: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  static let prefix = TextParts(rawValue: 1)
  static let message = TextParts(rawValue: 2)

  /// The parts that may give a field called `name`; none for names that text only gives where it writes them.
  init(of name: String) {
    switch name {
    case "thread", "logger", "host", "context", "request_id", "error_code", "program", "code.file", "code.line",
      "code.function":
      self = .prefix
    case "pid", "tid", "client", "client_port": self = [.prefix, .message]
    case "user", "server", "server_port", "address", "url", "method", "path", "protocol", "status", "bytes", "agent",
      "referer", "duration", "command":
      self = .message
    default: self = []
    }
  }

  init(rawValue: UInt8) { self.rawValue = rawValue }
}

extension FieldVisit {
  /// All fields of a line of text, whose stamp and level `head` found.
  mutating func text(_ line: UnsafeRawBufferPointer, _ head: LineHead, _ body: Body) {
    if let name, pair(namedAt: name, line, head, body) { return }
    let end = line.trimmedCount
    guard end > 0 else { return }
    let object = trailingObject(line, from: 0, to: end)
    text.end = object?.lowerBound ?? end
    guard text.end > 0 else { return message(from: 0, to: end, body) }
    var head = head
    // Stamp and level may be those of the object.
    if let span = head.stampSpan, span.upperBound > text.end { head.stampSpan = nil }
    if let span = head.levelSpan, span.upperBound > text.end { head.levelSpan = nil }
    // A logger at the end leaves its place in the prefix to what the line is about.
    let trailing = trailingLogger()
    text.hasLogger = trailing != nil
    var start = 0
    if head.stampSpan != nil || head.levelSpan != nil { start = prefix(head, body) }
    guard start < end, !text.isDone else { return }
    message(from: start, to: end, body)
    tell("logger", trailing, .string, body)
  }

  /// The fields in the part of a line that begins at `start`, whatever stands before it.
  mutating func text(_ line: UnsafeRawBufferPointer, from start: Int, _ body: Body) {
    guard text.isGuessing else { return marked(line, from: start, body) }
    let end = line.trimmedCount
    if start < end, !text.isDone { message(from: start, to: end, body) }
  }

  /// The fields in text that marks set apart: `key=value`, and a JSON object at the end of the line.
  mutating func marked(_ line: UnsafeRawBufferPointer, from start: Int, _ body: Body) {
    let end = line.trimmedCount
    guard start < end else { return }
    if let object = trailingObject(line, from: start, to: end) {
      pairs(start..<object.lowerBound, isStrict: true, body)
      _ = json(object, body)
      return
    }
    pairs(start..<end, isStrict: true, body)
  }

  /// The JSON object that fills the line from some blank on to its end.
  func trailingObject(_ line: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Range<Int>? {
    guard line[end - 1] == UInt8(ascii: "}") else { return nil }
    var index = start
    var attempts = 0
    while index + 1 < end, attempts < 8 {
      if line[index] == UInt8(ascii: "{"), line[index + 1] == UInt8(ascii: "\""), index == 0 || line[index - 1] <= 32 {
        attempts += 1
        if let span = JSONShape.end(of: line, object: index..<end), span == end { return index..<end }
      }
      index += 1
    }
    return nil
  }

  /// Gives a field that the text implies; does nothing once no more are wanted.
  @inline(__always) mutating func tell(
    _ name: StaticString, _ value: Range<Int>?, _ kind: FieldKind, _ body: Body
  ) {
    if !text.isDone, !give(name, value, kind, body) { text.isDone = true }
  }

  /// Gives a field that the text names, of which `value` may be quoted.
  mutating func tell(_ name: Range<Int>, _ value: Range<Int>, isQuoted: Bool, _ body: Body) {
    guard !text.isDone, !value.isEmpty, isWanted(name) else { return }
    let bytes = record.part(value)
    let kind = isQuoted ? FieldKinds.text(bytes) : FieldKinds.word(bytes)
    let encoding: FieldEncoding = isQuoted && bytes.contains(UInt8(ascii: "\\")) ? .backslash : .plain
    if !give(name, withoutMapping(value), kind, encoding, body) { text.isDone = true }
  }

  /// The byte at `index` of the line; 0 behind it.
  @inline(__always) func byte(_ index: Int) -> UInt8 { index >= 0 && index < text.end ? record[index] : 0 }

  /// Past blanks.
  @inline(__always) func afterBlanks(_ start: Int) -> Int {
    var index = start
    while index < text.end, record[index] == 32 || record[index] == 9 { index &+= 1 }
    return index
  }

  /// After the digits at `start`.
  @inline(__always) func afterDigits(_ start: Int) -> Int {
    var index = start
    while index < text.end, record[index].isDigit { index &+= 1 }
    return index
  }

  /// An address without the prefix that maps one of version 4 into version 6 (RFC 4291, section 2.5.5.2).
  func withoutMapping(_ value: Range<Int>) -> Range<Int> {
    let start = value.lowerBound
    guard value.count > 13, record[start] == UInt8(ascii: ":"),
      record.has("::ffff:", at: start) || record.has("::FFFF:", at: start),
      version4(at: start + 7) == value.upperBound
    else { return value }
    return start + 7..<value.upperBound
  }
}
