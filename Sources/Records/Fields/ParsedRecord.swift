import Quantities

/// What the bytes of one record mean. All ranges are offsets into those bytes.
public struct ParsedRecord: Sendable {
  /// The instant of the record; nil if it has no stamp of its own.
  public var stamp: Timestamp?
  /// Where the stamp was written.
  public var stampSpan: Range<Int>?
  /// Whether the stamp named its zone (`Z`, `+02:00`, an epoch number), so that no assumption was needed.
  public var hasZone = false
  /// Seconds east of UTC that the stamp was written in; nil where it names no zone and none applies (epoch numbers).
  public var writtenOffset: Int?
  /// The level; nil if unknown.
  public var level: Level?
  /// Where the level was written; nil if it was derived (an HTTP status) or is unknown.
  public var levelSpan: Range<Int>?
  /// Where the message lies; encoded as `messageEncoding` says.
  public var messageSpan: Range<Int> = 0..<0
  /// How the bytes of `messageSpan` spell their text.
  public var messageEncoding = FieldEncoding.plain
  /// What is left of a record of text where time and level are shown apart; nil where the message is.
  public var bodySpan: Range<Int>?
  /// All fields in the order in which they were written, nested ones flattened to dotted paths.
  public var fields: [Field] = []

  /// Makes an empty reading.
  public init() {}
}

/// One named value of a record.
public struct Field: Sendable {
  /// The dotted path: `user.id`, `items[0].price`, `status`.
  public var path: String
  /// Where the name was written; empty where the format implies it (`status` of an access log).
  public var nameSpan: Range<Int>
  /// Where the value lies, without its quotes.
  public var valueSpan: Range<Int>
  /// What kind of value it is.
  public var kind: FieldKind
  /// How the bytes of `valueSpan` spell their text.
  public var encoding: FieldEncoding

  /// Makes a field from its parts.
  public init(
    path: String, nameSpan: Range<Int>, valueSpan: Range<Int>, kind: FieldKind, encoding: FieldEncoding = .plain
  ) {
    self.path = path
    self.nameSpan = nameSpan
    self.valueSpan = valueSpan
    self.kind = kind
    self.encoding = encoding
  }
}

/// What kind of value a field has: for colour, and for what `=` compares.
public enum FieldKind: UInt8, Sendable {
  /// Text.
  case string
  /// A number, perhaps with a unit.
  case number
  /// `true` or `false`.
  case boolean
  /// JSON null: absent for every test.
  case null
  /// A network address, host name or URL.
  case address
  /// An identifier such as a UUID or a trace id.
  case identifier
  /// A JSON object kept whole (its members follow as fields of their own).
  case object
  /// A JSON array kept whole (its elements follow as fields of their own).
  case array
}

/// How bytes in a log spell a text.
public enum FieldEncoding: UInt8, Sendable {
  /// As they are.
  case plain
  /// With JSON escapes (RFC 8259, section 7).
  case json
  /// With `\"`, `\\`, `\n`, `\xHH` as logfmt, nginx and Apache write them.
  case backslash
  /// With quotes doubled, as in CSV (RFC 4180).
  case doubled
  /// As a JSON array of byte values, as journald writes binary messages.
  case byteArray
  /// With the entities of XML, as `&lt;` and `&#10;`.
  case entities
}
