/// Text in Windows-1252, the superset of ISO 8859-1 that the name Latin-1 means in practice (WHATWG Encoding Standard, 4.2):
/// one byte a character, of which those from 128 on are no UTF-8.
public enum Latin1 {
  /// The characters of 0x80 to 0x9F; what the code page leaves open stays a control character.
  private static let specials: [UInt16] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
    0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
    0x017E, 0x0178,
  ]

  /// The same text in UTF-8. O(n).
  public static func utf8(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      guard byte >= 0x80 else {
        text.append(byte)
        continue
      }
      let code = byte < 0xA0 ? specials[Int(byte) - 0x80] : UInt16(byte)
      if code < 0x800 {
        text.append(UInt8(0xC0 | code >> 6))
      } else {
        text.append(UInt8(0xE0 | code >> 12))
        text.append(UInt8(0x80 | code >> 6 & 0x3F))
      }
      text.append(UInt8(0x80 | code & 0x3F))
    }
    return text
  }

  /// Whether `bytes` hold a byte that is no ASCII.
  @inline(__always) static func isIn(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.contains { $0 >= 0x80 } }

  /// Whether a sample is such text: some bytes beyond ASCII, none of them part of a character of UTF-8, and not so many, nor
  /// such control bytes, that it is no text at all.
  static func fits(_ sample: UnsafeRawBufferPointer) -> Bool {
    var (high, control) = (0, 0)
    var index = 0
    while index < sample.count {
      let byte = sample[index]
      index += 1
      if byte < 0x80 {
        if byte < 9 { control += 1 }
        continue
      }
      high += 1
      // A lead byte of UTF-8 with all its followers: rather that.
      let followers = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : byte >= 0xC2 ? 1 : 0
      if followers > 0, (0..<followers).allSatisfy({ sample.at(index + $0) & 0xC0 == 0x80 }) { return false }
    }
    return high > 0 && control == 0 && high * 4 < sample.count
  }
}
