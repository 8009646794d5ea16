/// Characters that XML spells by name or number: XML 1.0, sections 4.1 and 4.6.
enum XMLEntities {
  /// The text that `bytes` spell; what is no known entity stays as it is.
  static func decode(_ bytes: UnsafeRawBufferPointer) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "&"), let (scalar, end) = entity(bytes, index + 1) {
        text.append(contentsOf: String(Character(scalar)).utf8)
        index = end
      } else {
        text.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The character that is spelled from `start` on, and where that ends.
  private static func entity(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> (Unicode.Scalar, Int)? {
    guard let end = bytes.firstIndex(of: UInt8(ascii: ";"), in: start..<min(bytes.count, start + 10)), end > start
    else {
      return nil
    }
    let name = bytes.part(start..<end)
    if name[0] == UInt8(ascii: "#") { return number(name).map { ($0, end + 1) } }
    let names: [(StaticString, Unicode.Scalar)] = [
      ("lt", "<"), ("gt", ">"), ("amp", "&"), ("quot", "\""), ("apos", "'"),
    ]
    return names.first { name.count == $0.0.utf8CodeUnitCount && name.has($0.0, at: 0) }.map { ($0.1, end + 1) }
  }

  /// `#10`, `#x1F600`.
  private static func number(_ name: UnsafeRawBufferPointer) -> Unicode.Scalar? {
    let isHexadecimal = name.at(1) | 32 == UInt8(ascii: "x")
    let digits = name.part((isHexadecimal ? 2 : 1)..<max(name.count, isHexadecimal ? 2 : 1))
    guard !digits.isEmpty else { return nil }
    var value: UInt32 = 0
    for digit in digits {
      guard let number = digit.hexadecimalValue, isHexadecimal || number < 10 else { return nil }
      value = value * (isHexadecimal ? 16 : 10) + UInt32(number)
    }
    return Unicode.Scalar(value)
  }
}
