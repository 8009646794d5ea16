import JSON

/// One value in JSON bytes, read where it lies.
///
/// Valid while the bytes are; members are looked for from the beginning each time, which answers of a few keys allow.
struct JSONView {
  let bytes: UnsafeRawBufferPointer
  let span: JSONSpan

  /// The value that all of `bytes` hold; nil if that is no object or array.
  init?(_ bytes: UnsafeRawBufferPointer) {
    let first = bytes.first { $0 > 32 }
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
    self.bytes = bytes
    span = JSONSpan(kind: first == UInt8(ascii: "{") ? .object : .array, range: 0..<bytes.count, hasEscapes: false)
  }

  init(_ bytes: UnsafeRawBufferPointer, _ span: JSONSpan) {
    self.bytes = bytes
    self.span = span
  }

  /// The member called `name`; nil if there is none.
  subscript(name: String) -> JSONView? {
    var found: JSONView?
    forEachMember { member, value in
      if found == nil, member == name { found = value }
    }
    return found
  }

  /// Calls `body` with each member of an object.
  func forEachMember(_ body: (String, JSONView) -> Void) {
    guard span.kind == .object, var members = JSONMembers(bytes, object: span.range) else { return }
    while let (name, value) = members.next() { body(JSONView(bytes, name).text ?? "", JSONView(bytes, value)) }
  }

  /// Calls `body` with each element of an array.
  func forEachElement(_ body: (JSONView) -> Void) {
    guard span.kind == .array, var elements = JSONElements(bytes, array: span.range) else { return }
    while let element = elements.next() { body(JSONView(bytes, element)) }
  }

  /// The elements of an array.
  var elements: [JSONView] {
    var result: [JSONView] = []
    forEachElement { result.append($0) }
    return result
  }

  /// The strings of an array.
  var texts: [String] { elements.compactMap(\.text) }

  /// The raw bytes: a string's without its quotes.
  var raw: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[span.range]) }

  /// The text of a string; nil for other values.
  var text: String? { span.kind == .string ? JSONText.decode(raw) : nil }

  /// The value of a number, or of a string that holds one (`"NaN"`, `"+Inf"`).
  var number: Double? {
    switch span.kind {
    case .string, .number: DecimalNumber.value(of: raw)
    default: nil
    }
  }
}
