/// The name of a field as people write it: `user.id`, `span[0].ok`, `span[].name` (any element).
///
/// A path compares with the flattened path of a field, so `a.b` finds a nested `{"a":{"b":1}}` and a literal key `"a.b"`
/// alike.
public struct FieldPath: Hashable, Sendable {
  /// The path as written.
  public let text: String
  let bytes: [UInt8]
  let hasWildcard: Bool
  /// Which parts of a line of an access log may give it a value without writing its name.
  let accessParts: AccessParts
  /// Which parts of a line of text may.
  let textParts: TextParts

  /// Reads a dotted path; every text is one.
  public init(_ dotted: String) {
    text = dotted
    bytes = Array(dotted.utf8)
    hasWildcard = zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "[") && $1 == UInt8(ascii: "]") }
    accessParts = hasWildcard ? .all : AccessParts(of: dotted)
    textParts = hasWildcard ? [] : TextParts(of: dotted)
  }

  /// Whether a field with the flattened `path` (`Field.path`) is meant.
  public func matches(_ path: String) -> Bool {
    if !hasWildcard { return text == path }
    var path = path
    return path.withUTF8 { path in withSought { $0.matches(UnsafeRawBufferPointer(path)) } }
  }

  /// Lends the path in the form that is compared with many others.
  @inline(__always) func withSought<Result>(_ body: (SoughtPath) -> Result) -> Result {
    bytes.withUnsafeBytes {
      body(SoughtPath(bytes: $0, hasWildcard: hasWildcard, accessParts: accessParts, textParts: textParts))
    }
  }
}

/// The parts of a line of an access log, in which values stand by their place.
struct AccessParts: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  /// Virtual host, client, identity and user.
  static let leading = AccessParts(rawValue: 1)
  static let request = AccessParts(rawValue: 2)
  static let status = AccessParts(rawValue: 4)
  static let bytes = AccessParts(rawValue: 8)
  /// Referer, agent, a forwarded address, bare numbers.
  static let trailing = AccessParts(rawValue: 16)
  static let all = AccessParts(rawValue: 31)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The part that holds the field called `name`; none for a field that no place stands for.
  init(of name: String) {
    switch name {
    case "vhost", "client", "ident", "user": self = .leading
    case "request", "method", "path", "protocol": self = .request
    case "status": self = .status
    case "bytes": self = .bytes
    case "referer", "agent", "forwarded_for", "extra", "extra2", "extra3", "extra4": self = .trailing
    default: self = []
    }
  }
}

/// A path while it is looked for: nothing in it is counted by reference, which would cost more than the look itself where
/// several threads look for the same path.
struct SoughtPath {
  // SAFETY: borrowed from a `FieldPath` that outlives it (`withSought`).
  let bytes: UnsafeRawBufferPointer
  let hasWildcard: Bool
  let accessParts: AccessParts
  let textParts: TextParts

  /// Whether the path is meant.
  func matches(_ path: UnsafeRawBufferPointer) -> Bool {
    if !hasWildcard { return path.count == bytes.count && common(with: path) != nil }
    return common(with: path) == bytes.count
  }

  /// Whether the name that a format gives to a value is meant.
  @inline(__always) func isNamed(_ name: StaticString) -> Bool {
    guard name.utf8CodeUnitCount == bytes.count else { return false }
    for offset in 0..<bytes.count where name.utf8Start[offset] != bytes[offset] { return false }
    return true
  }

  /// Whether fields inside the one at `prefix` can match.
  func canContinue(_ prefix: UnsafeRawBufferPointer) -> Bool {
    guard let end = common(with: prefix), end < bytes.count else { return false }
    return bytes[end] == UInt8(ascii: ".") || bytes[end] == UInt8(ascii: "[")
  }

  /// How much of the pattern all of `path` covers; nil where they differ. `[]` stands for `[` digits `]`.
  private func common(with path: UnsafeRawBufferPointer) -> Int? {
    if !hasWildcard {
      guard path.count <= bytes.count else { return nil }
      for offset in 0..<path.count where path[offset] != bytes[offset] { return nil }
      return path.count
    }
    var (index, offset) = (0, 0)
    while offset < path.count {
      guard index < bytes.count, bytes[index] == path[offset] else { return nil }
      let isAny = bytes[index] == UInt8(ascii: "[") && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "]")
      index += 1
      offset += 1
      if isAny { while offset < path.count, path[offset].isDigit { offset += 1 } }
    }
    return index
  }
}

/// One value of a record, lent to a closure.
public struct FieldValue {
  /// The bytes as written, without quotes; valid only while the closure runs.
  public var bytes: UnsafeRawBufferPointer
  /// What kind of value it is.
  public var kind: FieldKind
  /// How the bytes spell their text.
  public var encoding: FieldEncoding
  /// The unit that the file's format declares for numbers in this field.
  public var unit: FieldUnit?

  /// Makes a value.
  public init(
    bytes: UnsafeRawBufferPointer, kind: FieldKind, encoding: FieldEncoding, unit: FieldUnit? = nil
  ) {
    self.bytes = bytes
    self.kind = kind
    self.encoding = encoding
    self.unit = unit
  }

  /// The text of the value, unescaped; invalid UTF-8 becomes U+FFFD.
  public func text() -> String { encoding.decode(bytes) }
}
