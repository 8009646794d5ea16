/// What is wrong with a query, or doubtful in it: where, what, and what to do next.
///
/// `rendered(query:)` gives the form in which every message is shown:
///
///     error: unknown level "wran"
///       level>=wran
///              ^^^^
///       help: did you mean "warn"? levels: trace debug info notice warn error critical fatal
public struct Diagnostic: Error, Hashable, Sendable {
  /// Whether the query can be used all the same.
  public enum Severity: String, Hashable, Sendable {
    /// It cannot.
    case error
    /// It can, but probably does not do what was meant.
    case warning
  }

  /// A replacement that repairs the query, offered on one key.
  public struct Repair: Hashable, Sendable {
    /// What is replaced, in UTF-8 offsets.
    public var range: Range<Int>
    /// By what.
    public var replacement: String

    /// Makes a repair.
    public init(range: Range<Int>, replacement: String) {
      self.range = range
      self.replacement = replacement
    }

    /// `query` with the repair made.
    public func applied(to query: String) -> String {
      let bytes = Array(query.utf8)
      let range = range.clamped(to: 0..<bytes.count)
      return String(decoding: bytes[..<range.lowerBound] + replacement.utf8 + bytes[range.upperBound...], as: UTF8.self)
    }
  }

  /// Error or warning.
  public var severity: Severity
  /// What is wrong, in one line without a full stop.
  public var message: String
  /// Where, in UTF-8 offsets into the query; empty at its end.
  public var range: Range<Int>
  /// What to do next; nil if the message says it.
  public var help: String?
  /// A repair; nil if there is no obvious one.
  public var repair: Repair?

  /// Makes a diagnostic.
  public init(
    _ message: String, range: Range<Int>, help: String? = nil, severity: Severity = .error, repair: Repair? = nil
  ) {
    self.severity = severity
    self.message = message
    self.range = range
    self.help = help
    self.repair = repair
  }

  /// The message as people see it, in three or four lines without a final newline; the caret stands in display columns.
  public func rendered(query: String) -> String {
    let caret = CaretLine(query: query, range: range)
    var text = "\(severity.rawValue): \(message)\n  \(caret.query)\n  \(caret.marks)"
    if let help { text += "\n  help: \(help)" }
    return text
  }
}

/// A query on one line, and the line of carets below it.
struct CaretLine {
  let query: String
  let marks: String

  init(query: String, range: Range<Int>) {
    var line = ""
    var column = 0
    var offset = 0
    var first: Int?
    var last = 0
    for character in query {
      let length = character.utf8.count
      let isControl = character.unicodeScalars.first.map { $0.value < 32 || $0.value == 127 } ?? false
      let shown = isControl ? " " : character
      let width = DisplayWidth.columns(of: shown)
      if offset < range.upperBound, offset + length > range.lowerBound {
        if first == nil { first = column }
        last = column + max(width, 1)
      }
      line.append(shown)
      offset += length
      column += width
    }
    self.query = line
    let start = first ?? column
    marks =
      String(repeating: " ", count: start) + String(repeating: "^", count: max(1, (first == nil ? 0 : last) - start))
  }
}

/// How many columns of a terminal a character takes; as coarse as carets need it.
enum DisplayWidth {
  /// 0 for what only joins, 2 for East Asian wide characters and emoji, else 1.
  static func columns(of character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    return isWide(scalar.value) || character.unicodeScalars.dropFirst().contains { $0.value == 0xFE0F } ? 2 : 1
  }

  /// Source: Unicode 16, EastAsianWidth.txt (W and F), in whole blocks.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x231A...0x231B, 0x23E9...0x23EC, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
      0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
