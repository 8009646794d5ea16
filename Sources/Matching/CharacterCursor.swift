/// Where the characters of a text end, ill-formed parts counting as decoding would replace them.
enum CharacterCursor {
  /// The length in bytes of the character at `position`, which is inside `bytes`; at least 1.
  static func length(in bytes: UnsafeRawBufferPointer, at position: Int) -> Int {
    let lead = bytes[position]
    if lead < 0x80 { return 1 }
    let (count, second): (Int, ClosedRange<UInt8>)
    switch lead {
    case 0xC2...0xDF: (count, second) = (2, 0x80...0xBF)
    case 0xE0: (count, second) = (3, 0xA0...0xBF)
    case 0xED: (count, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (count, second) = (3, 0x80...0xBF)
    case 0xF0: (count, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (count, second) = (4, 0x80...0xBF)
    case 0xF4: (count, second) = (4, 0x80...0x8F)
    default: return 1
    }
    for index in 1..<count {
      guard position + index < bytes.count else { return index }
      let byte = bytes[position + index]
      guard index == 1 ? second.contains(byte) : 0x80...0xBF ~= byte else { return index }
    }
    return count
  }
}
