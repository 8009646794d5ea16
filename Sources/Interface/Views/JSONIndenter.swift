import Records

/// Breaks the text of a JSON object into indented lines, one member each, with every token kept as it was written.
///
/// It reads tokens only: a record that was cut off, or is slightly wrong, is still shown as far as it goes.
struct JSONIndenter {
  private let bytes: [UInt8]
  private var offset = 0
  private var depth = 0
  private var lines: [RowLine] = []
  private var current = RowLine()
  private var expectsKey: [Bool] = []

  /// The most lines that are made of one record.
  private static let limit = 5_000

  /// The lines; nil if the text is no JSON object or array.
  static func lines(of bytes: [UInt8]) -> [RowLine]? {
    guard let first = bytes.first(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A }), first == 0x7B || first == 0x5B
    else { return nil }
    var indenter = JSONIndenter(bytes: bytes)
    indenter.run()
    return indenter.lines
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func run() {
    while offset < bytes.count, lines.count < Self.limit {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      case 0x7B, 0x5B: open()
      case 0x7D, 0x5D: close()
      case 0x2C:
        add(.punctuation, offset..<offset + 1)
        breakLine()
        if let isObject = expectsKey.indices.last { expectsKey[isObject] = containers.last == 0x7B }
      case 0x3A:
        add(.punctuation, offset..<offset + 1)
        current.spans.append(.init(.plain, " "))
        if let last = expectsKey.indices.last { expectsKey[last] = false }
      case 0x22: string()
      default: word()
      }
    }
    if !current.spans.isEmpty { breakLine() }
  }

  /// The brackets that are open.
  private var containers: [UInt8] = []

  private mutating func open() {
    let bracket = bytes[offset]
    add(.punctuation, offset..<offset + 1)
    let next = bytes[offset...].first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
    containers.append(bracket)
    expectsKey.append(bracket == 0x7B)
    depth += 1
    if next != 0x7D && next != 0x5D { breakLine() }
  }

  private mutating func close() {
    let isEmpty = current.spans.last?.text == [containers.last ?? 0]
    depth = max(0, depth - 1)
    _ = containers.popLast()
    _ = expectsKey.popLast()
    if !isEmpty && !current.spans.isEmpty { breakLine() }
    add(.punctuation, offset..<offset + 1)
  }

  private mutating func string() {
    var end = offset + 1
    while end < bytes.count, bytes[end] != 0x22 { end += bytes[end] == 0x5C ? 2 : 1 }
    end = min(bytes.count, end + 1)
    add(expectsKey.last == true ? .key : .value(.string), offset..<end)
  }

  private mutating func word() {
    var end = offset
    while end < bytes.count, ![0x20, 0x09, 0x0A, 0x0D, 0x2C, 0x3A, 0x7B, 0x7D, 0x5B, 0x5D, 0x22].contains(bytes[end]) {
      end += 1
    }
    let kind: FieldKind
    switch bytes[offset] {
    case 0x74, 0x66: kind = .boolean
    case 0x6E: kind = .null
    default: kind = .number
    }
    add(.value(kind), offset..<end)
  }

  private mutating func add(_ role: RowLine.Role, _ range: Range<Int>) {
    if current.spans.isEmpty && depth > 0 {
      current.spans.append(.init(.plain, String(repeating: "  ", count: min(depth, 20))))
    }
    current.spans.append(.init(role, Array(bytes[range]), source: range))
    offset = range.upperBound
  }

  private mutating func breakLine() {
    lines.append(current)
    current = RowLine()
  }
}
