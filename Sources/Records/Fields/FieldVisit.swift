import JSON

/// Walks the fields of one record and lends each to a closure, without building names or texts.
///
/// The one enumeration of fields: `ParsedRecord.fields` collects what it gives, `forEachValue` filters it.
struct FieldVisit {
  /// How far into a record fields are read, and how many are listed; a search is not limited in number.
  static let reach = 65_536
  static let limit = 1000

  /// Gets the flattened path, where name and value lie, and what the value is; returns whether to go on.
  typealias Body = (
    _ path: UnsafeRawBufferPointer, _ name: Range<Int>, _ value: Range<Int>, _ kind: FieldKind,
    _ encoding: FieldEncoding
  ) -> Bool

  let record: UnsafeRawBufferPointer
  /// The path that is sought; what cannot hold it is not entered. nil gives everything.
  let sought: SoughtPath?
  private var count = 0
  /// What the walk over a line of text remembers.
  var text = TextState()
  /// Where in a line of text the name of the sought field was found first, if only the first value is wanted.
  var name: Int?
  /// Whether the messages of programs that we know are read by their formats.
  var knowsPrograms = false

  init(_ record: UnsafeRawBufferPointer, sought: SoughtPath? = nil) {
    self.record = record
    self.sought = sought
  }

  /// Gives one field; false when no more are wanted.
  mutating func give(
    _ path: UnsafeRawBufferPointer, _ name: Range<Int>, _ value: Range<Int>, _ kind: FieldKind,
    _ encoding: FieldEncoding, _ body: Body
  ) -> Bool {
    if let sought { return sought.matches(path) ? body(path, name, value, kind, encoding) : true }
    count += 1
    return count <= Self.limit && body(path, name, value, kind, encoding)
  }

  /// Gives one field whose name the format implies.
  mutating func give(
    _ path: StaticString, _ value: Range<Int>?, _ kind: FieldKind, _ body: Body
  ) -> Bool {
    give(path, value, kind, .plain, body)
  }

  /// Gives one field whose name the format implies.
  mutating func give(
    _ path: StaticString, _ value: Range<Int>?, _ kind: FieldKind, _ encoding: FieldEncoding, _ body: Body
  ) -> Bool {
    guard let value, !value.isEmpty, sought.map({ $0.hasWildcard || $0.isNamed(path) }) ?? true else { return true }
    let bytes = UnsafeRawBufferPointer(start: path.utf8Start, count: path.utf8CodeUnitCount)
    return give(bytes, 0..<0, value, kind, encoding, body)
  }

  /// Whether a field of the name that stands at `name` is sought: what it is matters only then.
  @inline(__always) func isWanted(_ name: Range<Int>) -> Bool { sought?.matches(record.part(name)) ?? true }

  /// Gives one field whose name stands in the record.
  mutating func give(
    _ name: Range<Int>, _ value: Range<Int>, _ kind: FieldKind, _ encoding: FieldEncoding, _ body: Body
  ) -> Bool {
    give(record.part(name), name, value, kind, encoding, body)
  }

  // MARK: JSON

  /// All members of the object in `range`, nested ones by dotted paths; false when no more are wanted.
  mutating func json(_ range: Range<Int>, _ body: Body) -> Bool {
    if let sought, !sought.hasWildcard {
      return FieldSearch(record: record, path: sought).members(of: range, matched: 0, depth: 0, body)
    }
    var path: [UInt8] = []
    return members(of: range, path: &path, depth: 0, body)
  }

  private mutating func members(of range: Range<Int>, path: inout [UInt8], depth: Int, _ body: Body) -> Bool {
    guard var members = JSONMembers(record, object: range) else { return true }
    let length = path.count
    while let (name, value) = members.next() {
      if length > 0 { path.append(UInt8(ascii: ".")) }
      if name.hasEscapes {
        JSONText.unescape(record.part(name.range), to: &path)
      } else {
        path.append(contentsOf: record.part(name.range))
      }
      let goesOn = visit(value, name.range, path: &path, depth: depth, body)
      path.removeSubrange(length...)
      if !goesOn { return false }
    }
    return true
  }

  private mutating func elements(of range: Range<Int>, path: inout [UInt8], depth: Int, _ body: Body) -> Bool {
    guard var elements = JSONElements(record, array: range) else { return true }
    let length = path.count
    var index = 0
    while let value = elements.next() {
      path.append(UInt8(ascii: "["))
      path.append(contentsOf: String(index).utf8)
      path.append(UInt8(ascii: "]"))
      let goesOn = visit(value, 0..<0, path: &path, depth: depth, body)
      path.removeSubrange(length...)
      if !goesOn { return false }
      index += 1
    }
    return true
  }

  private mutating func visit(
    _ value: JSONSpan, _ name: Range<Int>, path: inout [UInt8], depth: Int, _ body: Body
  ) -> Bool {
    let (kind, encoding) = FieldKinds.of(record, value)
    let goesOn = path.withUnsafeBytes { give($0, name, value.range, kind, encoding, body) }
    // Deeper than 32 levels is nobody's log, and recursion must end somewhere.
    guard goesOn, depth < 32, kind == .object || kind == .array else { return goesOn }
    if let sought, !path.withUnsafeBytes({ sought.canContinue($0) }) { return true }
    return kind == .object
      ? members(of: value.range, path: &path, depth: depth + 1, body)
      : elements(of: value.range, path: &path, depth: depth + 1, body)
  }
}

/// What kind of value bytes are.
enum FieldKinds {
  static func of(_ record: UnsafeRawBufferPointer, _ value: JSONSpan) -> (FieldKind, FieldEncoding) {
    switch value.kind {
    case .string: (text(record.part(value.range)), value.hasEscapes ? .json : .plain)
    case .number: (.number, .plain)
    case .true, .false: (.boolean, .plain)
    case .null: (.null, .plain)
    case .object: (.object, .plain)
    case .array: (.array, .plain)
    }
  }

  /// The kind of a quoted text: an address, an identifier or a string.
  static func text(_ bytes: UnsafeRawBufferPointer) -> FieldKind {
    guard bytes.count >= 3, bytes.count <= 256 else { return .string }
    if isAddress(bytes) { return .address }
    return isIdentifier(bytes) ? .identifier : .string
  }

  /// The kind of a bare word: also numbers, with or without a unit, and Booleans.
  static func word(_ bytes: UnsafeRawBufferPointer) -> FieldKind {
    guard let first = bytes.first else { return .string }
    if isNumber(bytes) { return .number }
    switch bytes.count {
    case 4 where first | 32 == UInt8(ascii: "t"):
      if bytes.has("true", at: 0) || bytes.has("True", at: 0) { return .boolean }
    case 5 where first | 32 == UInt8(ascii: "f"):
      if bytes.has("false", at: 0) || bytes.has("False", at: 0) { return .boolean }
    case 4: if bytes.has("null", at: 0) || bytes.has("None", at: 0) { return .null }
    case 3: if bytes.has("nil", at: 0) { return .null }
    default: break
    }
    return text(bytes)
  }

  /// `12`, `-3.5e7`, `18ms`, `3.4KiB`, `99%`.
  static func isNumber(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count <= 40 else { return false }
    var index = 0
    if bytes.at(0) == UInt8(ascii: "-") || bytes.at(0) == UInt8(ascii: "+") { index = 1 }
    let start = index
    while bytes.at(index).isDigit { index += 1 }
    guard index > start else { return false }
    if bytes.at(index) == UInt8(ascii: "."), bytes.at(index + 1).isDigit {
      index += 1
      while bytes.at(index).isDigit { index += 1 }
    }
    if bytes.at(index) | 32 == UInt8(ascii: "e") {
      var exponent = index + 1
      if bytes.at(exponent) == UInt8(ascii: "-") || bytes.at(exponent) == UInt8(ascii: "+") { exponent += 1 }
      if bytes.at(exponent).isDigit {
        index = exponent
        while bytes.at(index).isDigit { index += 1 }
        // Beyond that it is an identifier in hexadecimal digits, such as 41e23456.
        if index - exponent > 2 { return false }
      }
    }
    let unit = index
    while index < bytes.count, bytes[index].isLetter || bytes[index] >= 128 || bytes[index] == UInt8(ascii: "%") {
      index += 1
    }
    return index == bytes.count && index - unit <= 5
  }

  private static func isAddress(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if bytes[0].isLetter, bytes.has("://", at: 4) || bytes.has("://", at: 5) { return true }
    return isVersion4(bytes) || isVersion6(bytes)
  }

  /// Four numbers, perhaps with a port or the length of a network after them.
  private static func isVersion4(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes[0].isDigit else { return false }
    var dots = 0
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: ".") {
        dots += 1
      } else if byte == UInt8(ascii: ":"), dots == 3 {
        return index + 1 < bytes.count
      } else if byte == UInt8(ascii: "/"), dots == 3 {
        return true
      } else if !byte.isDigit {
        return false
      }
    }
    return dots == 3
  }

  /// Eight groups, or `::` for some of them (RFC 4291, section 2.2); a clock has neither.
  private static func isVersion6(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes[0] == UInt8(ascii: ":") || bytes[0].hexadecimalValue != nil, bytes.count <= 45 else { return false }
    var colons = 0
    var isShort = false
    var previous: UInt8 = 0
    for byte in bytes {
      if byte == UInt8(ascii: ":") {
        colons += 1
        isShort = isShort || previous == byte
      } else if byte.hexadecimalValue == nil, byte != UInt8(ascii: ".") {
        return false
      }
      previous = byte
    }
    return colons == 7 || isShort && colons >= 2
  }

  /// A UUID, or at least 16 hexadecimal digits with a letter and a digit.
  private static func isIdentifier(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count >= 16, bytes.count <= 64 else { return false }
    var digits = 0
    for byte in bytes {
      if byte.isDigit { digits += 1 } else if byte.hexadecimalValue == nil, byte != UInt8(ascii: "-") { return false }
    }
    return digits > 2
  }
}
