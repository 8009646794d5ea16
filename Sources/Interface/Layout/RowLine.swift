import LogFiles
import Records

/// One line of a record as it stands on the screen, before colour.
///
/// `update` measures records with it and the views draw it, so that both agree on how tall a record is.
public struct RowLine: Equatable, Sendable {
  /// What a piece of a line is, for its colour.
  public enum Role: Equatable, Sendable {
    /// The time.
    case time
    /// The level.
    case level(Level?)
    /// The name of the source.
    case source(FileID)
    /// Number and file of the line.
    case lineNumber
    /// The message.
    case message
    /// Text to which the log itself gives one of the sixteen colours of terminals.
    case coloured(UInt8)
    /// The name of a field.
    case key
    /// The value of a field.
    case value(FieldKind)
    /// A word of a kind that colours tell apart.
    case token(TextTokens.Kind)
    /// A character between the parts: `=`, quotes, braces.
    case punctuation
    /// `+14 lines`.
    case more
    /// Anything else.
    case plain
  }

  /// A piece of a line.
  public struct Span: Equatable, Sendable {
    /// What it is.
    public var role: Role
    /// The bytes to draw (through `Surface.put`, which makes them safe).
    public var text: [UInt8]
    /// Where these very bytes stand in the record; nil where they were decoded or made up.
    public var source: Range<Int>?

    /// Makes a piece.
    public init(_ role: Role, _ text: [UInt8], source: Range<Int>? = nil) {
      self.role = role
      self.text = text
      self.source = source
    }

    /// Makes a piece of a text that does not stand in the record.
    public init(_ role: Role, _ text: String) { self.init(role, Array(text.utf8)) }
  }

  /// Pieces that stay in place when the log is scrolled sideways.
  public var prefix: [Span] = []
  /// Pieces that move with `LogState.horizontalOffset`.
  public var spans: [Span] = []
  /// What the row stands for besides (`+14 lines  ×3`): behind the text, or over its end at the edge of the screen.
  public var tail = ""

  /// Makes an empty line.
  public init() {}

  /// Columns of what stays in place.
  var prefixColumns: Int { prefix.reduce(0) { $0 + LineWrapping.columns(of: $1.text) } }

  /// The whole line as text, for tests and messages.
  public var text: String {
    (prefix + spans).map { String(decoding: $0.text, as: UTF8.self) }.joined() + (tail.isEmpty ? "" : "  " + tail)
  }
}

/// A row of the log on the screen.
public enum VisibleRow: Equatable, Sendable {
  /// The date of the records below.
  case date(String)
  /// A rotation, a truncation.
  case marker(LogMarker)
  /// A "now" line of the user.
  case now(String)
  /// Line `line` of the record `index` of the window.
  case record(index: Int, line: Int)
}
