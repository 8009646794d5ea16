/// What stands in a template in place of a part that differs from message to message.
///
/// In the bytes of a template each is one control character, which no text of a message keeps.
enum MaskKind: UInt8, CaseIterable, Sendable {
  case number = 1
  case hex = 2
  case uuid = 3
  case address = 4
  case path = 5
  case duration = 6
  case time = 7
  case text = 8
  case identifier = 11
  case url = 12
  case mail = 14
  /// One word, whatever it is.
  case any = 15
  /// More of what stands before it.
  case more = 16
  case size = 17

  /// How it is shown.
  var name: String {
    switch self {
    case .number: "<num>"
    case .hex: "<hex>"
    case .uuid: "<uuid>"
    case .address: "<ip>"
    case .path: "<path>"
    case .duration: "<duration>"
    case .time: "<time>"
    case .text: "<str>"
    case .identifier: "<id>"
    case .url: "<url>"
    case .mail: "<email>"
    case .any: "<*>"
    case .more: "..."
    case .size: "<size>"
    }
  }

  /// Whether a byte of a template stands for a variable part.
  @inline(__always) static func isMask(_ byte: UInt8) -> Bool { byte <= 17 && byte != 10 && byte != 0 }
}

/// Turns messages into templates: numbers, addresses, identifiers, paths and quoted words become one byte that names their
/// kind, white space one space, and all else stays.
///
///     "took 18ms for 10.0.0.1:80 id=7f3a11c09d"   ->   "took <duration> for <ip> id=<hex>"
///
/// One pass over the bytes; a chunk between delimiters is looked at more closely only if it holds a digit, a slash or an `@`.
struct MessageMask: Sendable {
  /// The template of the last message. Its room is used again.
  private(set) var template: [UInt8]
  /// Bytes in use of `template`.
  private(set) var count = 0
  /// Bytes of a message beyond which nothing is looked at: the beginning tells what it is.
  static let reach = 1024

  init() { template = [UInt8](repeating: 0, count: 4 * Self.reach) }

  /// Starts a new template.
  mutating func begin() { count = 0 }

  /// Appends a line break, which separates the message from what belongs to a stack trace.
  mutating func appendBreak() { put(10) }

  /// Appends what a stretch of a message comes to.
  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    let text = UnsafeRawBufferPointer(rebasing: bytes.prefix(Self.reach))
    var room = template.count - count
    guard room > 96 else { return }
    let start = count
    template.withUnsafeMutableBufferPointer { buffer in
      // SAFETY: `MaskWriter` writes at most one byte for each that it reads, and at most 96 less than `room`.
      var writer = MaskWriter(text, UnsafeMutableBufferPointer(rebasing: buffer[start...]))
      writer.run()
      room = writer.count
    }
    count = start + room
  }

  /// Appends bytes as they are, as far as there is room.
  mutating func appendPlain(_ bytes: UnsafeRawBufferPointer) {
    for byte in bytes { put(byte < 32 ? 32 : byte) }
  }

  /// Takes back what stands behind the first `count` bytes.
  mutating func truncate(to count: Int) { self.count = min(count, self.count) }

  /// Appends one byte.
  mutating func put(_ byte: UInt8) {
    guard count < template.count else { return }
    template[count] = byte
    count += 1
  }
}

extension UInt8 {
  /// Whether it is one of `0` to `9`.
  @inline(__always) var isDigit: Bool { self &- 48 < 10 }
}

/// What kind a byte of a message is.
enum ByteClass {
  static let letter: UInt8 = 1
  static let digit: UInt8 = 2
  /// Holds chunks together: `.` `-` `:` `+` `%` `~` `#` `$` `\`.
  static let glue: UInt8 = 4
  /// `/` and `@`: paths, addresses.
  static let mark: UInt8 = 8
  static let hexLetter: UInt8 = 16
  static let delimiter: UInt8 = 32
  static let quote: UInt8 = 64
  static let space: UInt8 = 128

  static let ends = delimiter | quote | space

  /// By byte.
  static let table: [UInt8] = (0..<256).map { value in
    let byte = UInt8(value)
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return digit
    case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): return letter | hexLetter
    case UInt8(ascii: "g")...UInt8(ascii: "z"), UInt8(ascii: "G")...UInt8(ascii: "Z"), UInt8(ascii: "_"), 128...:
      return letter
    case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "+"), UInt8(ascii: "%"),
      UInt8(ascii: "~"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "\\"):
      return glue
    case UInt8(ascii: "/"), UInt8(ascii: "@"): return mark
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): return quote
    case ...32, 127: return space
    default: return delimiter
    }
  }
}
