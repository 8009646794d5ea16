/// JSON strings to text and back (RFC 8259, section 7).
public enum JSONText {
  /// The text that the bytes between two quotes spell; what is invalid (UTF-8, escapes, lone surrogates) becomes U+FFFD.
  public static func decode(_ bytes: UnsafeRawBufferPointer) -> String {
    guard bytes.contains(UInt8(ascii: "\\")) else { return String(decoding: bytes, as: UTF8.self) }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    unescape(bytes, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the bytes that `bytes`, found between two quotes, spell.
  public static func unescape(_ bytes: UnsafeRawBufferPointer, to text: inout [UInt8]) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      guard byte == UInt8(ascii: "\\"), index < bytes.count else {
        text.append(byte)
        continue
      }
      let escape = bytes[index]
      index += 1
      switch escape {
      case UInt8(ascii: "n"): text.append(10)
      case UInt8(ascii: "t"): text.append(9)
      case UInt8(ascii: "r"): text.append(13)
      case UInt8(ascii: "b"): text.append(8)
      case UInt8(ascii: "f"): text.append(12)
      case UInt8(ascii: "u"): text.append(contentsOf: UTF8.encode(scalar(bytes, &index)) ?? UTF8.encodedReplacement)
      default: text.append(escape)
      }
    }
  }

  /// Reads the four digits after `\u`, and a second escape where they are the first half of a surrogate pair.
  private static func scalar(_ bytes: UnsafeRawBufferPointer, _ index: inout Int) -> Unicode.Scalar {
    guard let first = hexadecimal(bytes, index) else { return "\u{FFFD}" }
    index += 4
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u"), let second = hexadecimal(bytes, index + 2), second >= 0xDC00,
      second < 0xE000
    else { return "\u{FFFD}" }
    index += 6
    return Unicode.Scalar(0x10000 + ((first & 0x3FF) << 10 | (second & 0x3FF))) ?? "\u{FFFD}"
  }

  private static func hexadecimal(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> UInt32? {
    guard start + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for index in start..<start + 4 {
      guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue, bytes[index] < 128 else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  /// `text` as a JSON string with its quotes; control characters, also those of ISO 6429, are escaped.
  public static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    appendQuoted(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends `text` as a JSON string with its quotes.
  public static func appendQuoted(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { appendQuoted(valid: UnsafeRawBufferPointer($0), to: &bytes) }
  }

  /// Appends raw bytes as a JSON string with its quotes; invalid UTF-8 becomes U+FFFD.
  public static func appendQuoted(bytes raw: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
    // What is all ASCII is valid; only the rest is worth a check, which a string makes.
    if plainCount(raw) == raw.count || raw.allSatisfy({ $0 < 128 }) {
      appendQuoted(valid: raw, to: &bytes)
    } else {
      appendQuoted(String(decoding: raw, as: UTF8.self), to: &bytes)
    }
  }

  private static func appendQuoted(valid raw: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var rest = raw
    while true {
      // Most texts of logs need no escape: they go over as they are, in one piece.
      let count = plainCount(rest)
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: rest[..<count]))
      guard count < rest.count else { break }
      let byte = rest[count]
      var used = count + 1
      if byte == 0xC2, used < rest.count, rest[used] < 0xA0 {
        // U+0080 to U+009F are controls to a terminal, as those below U+0020 are.
        appendControl(rest[used], to: &bytes)
        used += 1
      } else {
        appendEscaped(byte, to: &bytes)
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[used...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// How many bytes at the beginning are printable ASCII that needs no escape.
  private static func plainCount(_ bytes: UnsafeRawBufferPointer) -> Int {
    var index = 0
    let (low, high): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    while index &+ 8 <= bytes.count {
      // SAFETY: the condition keeps the eight bytes inside.
      let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      // The high bit of each byte that is below 32, a quote, a backslash, DEL, or above 127 (J. Warren, "Hacker's
      // Delight", 6-1; a false hit can only follow a true one, and the bytes are looked at again below).
      let quote = word ^ (low &* 0x22)
      let backslash = word ^ (low &* 0x5C)
      let delete = word ^ (low &* 0x7F)
      let special = (word &- low &* 32) | (quote &- low) | (backslash &- low) | (delete &- low) | word
      if special & high != 0 { break }
      index &+= 8
    }
    while index < bytes.count, bytes[index] &- 32 < 95, bytes[index] != UInt8(ascii: "\""),
      bytes[index] != UInt8(ascii: "\\")
    {
      index &+= 1
    }
    return index
  }

  private static func appendEscaped(_ byte: UInt8, to bytes: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
    case 10: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
    case 13: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
    case 9: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
    case 0..<32, 127: appendControl(byte, to: &bytes)
    default: bytes.append(byte)
    }
  }

  private static func appendControl(_ byte: UInt8, to bytes: inout [UInt8]) {
    bytes += [UInt8(ascii: "\\"), UInt8(ascii: "u"), 48, 48, digit(byte >> 4), digit(byte & 15)]
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? value + 48 : value + 87 }
}

extension UTF8 {
  fileprivate static var encodedReplacement: EncodedScalar { encode("\u{FFFD}").unsafelyUnwrapped }
}
