/// The name of a field as people write it: `user.id`, `span[0].ok`, `span[].name` (any element).
///
/// A path compares with the flattened path of a field, so `a.b` finds a nested `{"a":{"b":1}}` and a literal key `"a.b"`
/// alike.
public struct FieldPath: Hashable, Sendable {
  /// The path as written.
  public let text: String
  let bytes: [UInt8]
  let hasWildcard: Bool

  /// Reads a dotted path; every text is one.
  public init(_ dotted: String) {
    text = dotted
    bytes = Array(dotted.utf8)
    hasWildcard = zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "[") && $1 == UInt8(ascii: "]") }
  }

  /// Whether a field with the flattened `path` (`Field.path`) is meant.
  public func matches(_ path: String) -> Bool {
    if !hasWildcard { return text == path }
    var path = path
    return path.withUTF8 { matches(UnsafeRawBufferPointer($0)) }
  }

  /// `matches(_:)` for the bytes of a path.
  func matches(_ path: UnsafeRawBufferPointer) -> Bool {
    guard let end = common(with: path) else { return false }
    return end == bytes.count
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

  /// Makes a value.
  public init(bytes: UnsafeRawBufferPointer, kind: FieldKind, encoding: FieldEncoding) {
    self.bytes = bytes
    self.kind = kind
    self.encoding = encoding
  }

  /// The text of the value, unescaped; invalid UTF-8 becomes U+FFFD.
  public func text() -> String { encoding.decode(bytes) }
}
