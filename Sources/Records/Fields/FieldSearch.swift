import JSON

/// Looks for one path in a JSON object without flattening the others: names are compared where they stand.
///
/// Gives what the enumeration of `FieldVisit` gives for that path; wildcards are left to that.
struct FieldSearch {
  let record: UnsafeRawBufferPointer
  let path: SoughtPath

  /// Looks among the members of the object in `range`, whose own path is the first `matched` bytes of the sought one.
  func members(of range: Range<Int>, matched: Int, depth: Int, _ body: FieldVisit.Body) -> Bool {
    var start = matched
    if matched > 0 {
      guard matched < path.bytes.count, path.bytes[matched] == UInt8(ascii: ".") else { return true }
      start += 1
    }
    guard var members = JSONMembers(record, object: range) else { return true }
    while let (name, value) = members.next() {
      guard let end = covers(name, from: start) else { continue }
      if !visit(value, name.range, matched: end, depth: depth, body) { return false }
    }
    return true
  }

  /// Where in the sought path a member's name ends that stands there at `start`; nil if another name stands there.
  @inline(__always) private func covers(_ name: JSONSpan, from start: Int) -> Int? {
    if name.hasEscapes { return coversEscaped(name, from: start) }
    let wanted = path.bytes
    let end = start &+ name.range.count
    guard end <= wanted.count else { return nil }
    var offset = name.range.lowerBound
    var index = start
    while index < end {
      if wanted[index] != record[offset] { return nil }
      index &+= 1
      offset &+= 1
    }
    return end
  }

  private func coversEscaped(_ name: JSONSpan, from start: Int) -> Int? {
    let wanted = path.bytes
    var text: [UInt8] = []
    JSONText.unescape(record.part(name.range), to: &text)
    guard start <= wanted.count else { return nil }
    return wanted[start...].starts(with: text) ? start + text.count : nil
  }

  private func elements(of range: Range<Int>, matched: Int, depth: Int, _ body: FieldVisit.Body) -> Bool {
    guard let (wanted, end) = index(at: matched), var elements = JSONElements(record, array: range) else { return true }
    var index = 0
    while let value = elements.next() {
      if index == wanted { return visit(value, 0..<0, matched: end, depth: depth, body) }
      index += 1
    }
    return true
  }

  /// The number in `[12]` at `start` of the sought path, and where it ends; nil where none is written so.
  private func index(at start: Int) -> (index: Int, end: Int)? {
    var end = start + 1
    var value = 0
    while end < path.bytes.count, path.bytes[end].isDigit, end - start < 8 {
      value = value * 10 + Int(path.bytes[end] - 48)
      end += 1
    }
    let count = end - start - 1
    guard count > 0, count == 1 || path.bytes[start + 1] != 48, end < path.bytes.count,
      path.bytes[end] == UInt8(ascii: "]")
    else { return nil }
    return (value, end + 1)
  }

  private func visit(
    _ value: JSONSpan, _ name: Range<Int>, matched: Int, depth: Int, _ body: FieldVisit.Body
  ) -> Bool {
    if matched == path.bytes.count {
      let (kind, encoding) = FieldKinds.of(record, value)
      return body(path.bytes, name, value.range, kind, encoding)
    }
    guard depth < 32 else { return true }
    switch value.kind {
    case .object: return members(of: value.range, matched: matched, depth: depth + 1, body)
    case .array where path.bytes[matched] == UInt8(ascii: "["):
      return elements(of: value.range, matched: matched, depth: depth + 1, body)
    default: return true
    }
  }
}
