/// What one line of a format looks like: text that stands in every line, and named parts between.
///
///     {level} [{thread:text}] {time} {code.file}:{code.line:number} - {message}
///
/// fits `INFO  [main] 2026-01-02 10:15:44,001 Daemon.java:687 - Starting`. The syntax:
///
/// | written | fits |
/// |---|---|
/// | a blank | one or more blanks or tabs |
/// | `{name}` | one word: no blanks, as short as the rest of the pattern allows |
/// | `{name:kind}` | a part of that kind, see `PartKind` |
/// | `{name:one\|two}` | one of these texts, the first that fits (without the backslash) |
/// | `{}` or `{:kind}` | the same, and nobody asks for it |
/// | `{?...}` | what is inside, or nothing |
/// | `{{` and `}}` | a brace |
/// | anything else | itself |
///
/// A pattern fits a whole line. `time`, `level` and `message` are what they are called; all other names are fields.
/// Immutable: share it between threads. Matching never allocates and spends at most
/// `budget` on a line, so that no pattern can make a line slow.
final class LinePattern: Sendable {
  /// The pattern as it was written.
  let text: String
  /// The names of all parts, in the order in which they stand in the pattern.
  let parts: [Part]
  let steps: [Step]
  /// The bytes of all literals, and of the texts of choices.
  let literals: [UInt8]
  /// What can be told of the beginning without a look at the steps: counting references to them costs more than that look.
  let beginsWithTime: Bool
  let firstByte: UInt8?
  let byteAfterTime: UInt8?
  let hasNumberAfterTime: Bool

  /// The most parts that a pattern may have.
  static let partLimit = 40
  /// How much one match may cost before it is given up: a byte tried as the end of a part costs 1, a step 16.
  static let budget = 200_000

  /// One named part.
  struct Part: Sendable {
    var name: String
    /// The same as bytes.
    var bytes: [UInt8]
    var role: Role
    var kind: PartKind
    /// The texts of a choice, as ranges of `literals`.
    var choices: [Range<Int32>] = []
  }

  /// What a part is for.
  enum Role: Sendable {
    case time, level, message, field, nothing
  }

  /// One thing to match after the other.
  enum Step: Sendable {
    case blank
    /// The literal bytes at this range of `literals`.
    case literal(start: Int32, end: Int32)
    case part(Int32)
    /// What follows may be left out: then matching goes on at the step with this number.
    case optional(next: Int32)
  }

  /// Compiles a pattern.
  convenience init(_ text: String) throws(PatternError) {
    var parser = PatternParser(text)
    try parser.parse()
    self.init(text: text, parser)
  }

  private init(text: String, _ parser: PatternParser) {
    self.text = text
    parts = parser.parts
    steps = parser.steps
    literals = parser.literals
    beginsWithTime = kind(0) == .time
    firstByte = byte(0)
    let second = parser.steps.count > 1 && isBlank(1) ? 2 : 1
    byteAfterTime = beginsWithTime && second == 2 ? byte(second) : nil
    hasNumberAfterTime = beginsWithTime && second == 2 && kind(second) == .number

    func kind(_ step: Int) -> PartKind? {
      guard step < parser.steps.count, case .part(let part) = parser.steps[step] else { return nil }
      return parser.parts[Int(part)].kind
    }
    func byte(_ step: Int) -> UInt8? {
      guard step < parser.steps.count, case .literal(let start, _) = parser.steps[step] else { return nil }
      return parser.literals[Int(start)]
    }
    func isBlank(_ step: Int) -> Bool { if case .blank = parser.steps[step] { true } else { false } }
  }

  /// Whether some part gives the field `name`.
  func implies(_ name: String) -> Bool {
    parts.contains { part in
      part.role == .field && (part.name == name || part.kind.gives.contains(name))
    }
  }

  /// Whether some part has this role.
  func has(_ role: Role) -> Bool { parts.contains { $0.role == role } }
}

/// Which text a part of a pattern fits.
enum PartKind: String, CaseIterable, Sendable {
  /// No blanks, at least one byte; as little as the rest of the pattern allows.
  case word
  /// The same, but as much as the rest allows: `{thread:longest}:{class}` cuts at the last colon.
  case longest
  /// Anything, also nothing; as little as the rest allows.
  case text
  /// A letter, then letters, digits and `_ . - $ / @ :`; never a `:` at its end.
  case name
  /// Digits, perhaps with a sign and a fraction.
  case number
  /// Hexadecimal digits, perhaps after `0x`.
  case hex
  /// An IPv4 or IPv6 address, the latter perhaps in square brackets.
  case ip
  /// An address or the name of a host.
  case host
  /// Between double or single quotes, with `\"` or `""` for a quote.
  case quoted
  /// Capital letters and digits, both, perhaps with `-` and `_`: `AH01234`, `ORA-00600`.
  case code
  /// A time in any spelling that chiplog knows.
  case time
  /// A level's name, letter or number; in a user's own format any word of at most 16 bytes.
  case level
  /// `GET /path HTTP/1.1`: gives `method`, `path` and `protocol`.
  case request
  /// The rest of the line, which holds `key=value` pairs and other fields in the text.
  case rest
  /// No text: the message begins here, and the parts that follow lie in it.
  case here
  /// One of the texts between bars.
  case choice = "a|b"

  /// The names of the fields that such a part gives beside its own.
  var gives: [String] { self == .request ? ["method", "path", "protocol"] : [] }

  /// One line of help.
  var summary: String {
    switch self {
    case .word: "no blanks; as short as the rest of the pattern allows (what {name} means)"
    case .longest: "no blanks; as long as the rest of the pattern allows"
    case .text: "anything, also nothing; as short as the rest allows"
    case .name: "a name: a letter, then letters, digits and _ . - $ / @ :"
    case .number: "digits, perhaps with a sign and a fraction"
    case .hex: "hexadecimal digits"
    case .ip: "an IPv4 or IPv6 address"
    case .host: "an address or a host's name"
    case .quoted: "between quotes"
    case .code: "capital letters and digits, both, perhaps with - and _: AH01234"
    case .time: "a time in any spelling (what {time} means)"
    case .level: "a level's name, letter or number (what {level} means)"
    case .request: "GET /path HTTP/1.1, which gives method, path and protocol"
    case .rest: "the rest of the line (what {message} means at the end)"
    case .here: "nothing itself: the message begins here, and parts of it follow"
    case .choice: "one of these texts, the first that fits"
    }
  }
}

/// Why a pattern cannot be used.
public struct PatternError: Error, Hashable, Sendable {
  /// What is wrong, and what to write instead.
  public var message: String
  /// Where in the pattern, in bytes from its start.
  public var offset: Int
}
