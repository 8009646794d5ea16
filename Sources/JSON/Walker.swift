/// What a JSON value is.
public enum JSONKind: UInt8, Sendable {
  /// Text between quotes.
  case string
  /// A number, not checked beyond its first character.
  case number
  /// `{...}`
  case object
  /// `[...]`
  case array
  /// `true`
  case `true`
  /// `false`
  case `false`
  /// `null`
  case null
}

/// Where a JSON value lies in the bytes that a walker was given.
public struct JSONSpan: Sendable, Equatable {
  /// What it is.
  public var kind: JSONKind
  /// Its bytes: a string without its quotes, an object or array with its brackets.
  public var range: Range<Int>
  /// Whether a string holds a backslash, so that its bytes are not its text.
  public var hasEscapes: Bool

  /// Makes a span.
  @inlinable public init(kind: JSONKind, range: Range<Int>, hasEscapes: Bool) {
    self.kind = kind
    self.range = range
    self.hasEscapes = hasEscapes
  }
}

/// The members of one JSON object, one after the other, straight from the bytes: no allocation, no recursion.
///
/// Tolerant, since logs are cut off and hostile: it ends (`next()` is nil) at the first byte that cannot go on, and
/// everything before that has been given. Values are delimited, not validated. Duplicates are given as they stand.
///
///     var members = JSONMembers(bytes, object: 0..<bytes.count)
///     while let (name, value) = members?.next() { ... }
public struct JSONMembers: Sendable {
  @usableFromInline var scanner: JSONScanner
  /// The offset after the last byte that was read: after `}` where the object is complete.
  @inlinable public var end: Int { scanner.position }
  /// Whether the closing brace has been read.
  @inlinable public var isComplete: Bool { closed }
  @usableFromInline var closed = false

  /// Starts at the `{` that `object` begins with (white space may stand before it); nil if there is none.
  ///
  /// `bytes` must stay valid as long as the walker is used.
  @inlinable public init?(_ bytes: UnsafeRawBufferPointer, object: Range<Int>) {
    scanner = JSONScanner(bytes, range: object)
    scanner.skipSpace()
    guard scanner.take(UInt8(ascii: "{")) else { return nil }
  }

  /// The next member; nil at the end of the object, or where it is broken. Time grows with the member's length only.
  @inlinable @inline(__always) public mutating func next() -> (name: JSONSpan, value: JSONSpan)? {
    scanner.skipSpace()
    _ = scanner.take(UInt8(ascii: ","))
    scanner.skipSpace()
    guard scanner.take(UInt8(ascii: "\"")) else {
      closed = scanner.take(UInt8(ascii: "}")) || closed
      return nil
    }
    guard let name = scanner.string() else { return nil }
    scanner.skipSpace()
    guard scanner.take(UInt8(ascii: ":")) else { return nil }
    scanner.skipSpace()
    guard let value = scanner.value() else { return nil }
    return (name, value)
  }
}

/// The elements of one JSON array; see `JSONMembers`.
public struct JSONElements: Sendable {
  @usableFromInline var scanner: JSONScanner

  /// Starts at the `[` that `array` begins with; nil if there is none.
  @inlinable public init?(_ bytes: UnsafeRawBufferPointer, array: Range<Int>) {
    scanner = JSONScanner(bytes, range: array)
    scanner.skipSpace()
    guard scanner.take(UInt8(ascii: "[")) else { return nil }
  }

  /// The next element; nil at the end of the array, or where it is broken.
  @inlinable @inline(__always) public mutating func next() -> JSONSpan? {
    scanner.skipSpace()
    _ = scanner.take(UInt8(ascii: ","))
    scanner.skipSpace()
    return scanner.value()
  }
}
