import JSON

extension FieldEncoding {
  /// The text that `bytes` spell; invalid UTF-8 becomes U+FFFD.
  public func decode(_ bytes: UnsafeRawBufferPointer) -> String {
    switch self {
    case .plain: String(decoding: bytes, as: UTF8.self)
    case .json: JSONText.decode(bytes)
    case .backslash: Self.decodeBackslashes(bytes)
    case .doubled: Self.decodeDoubled(bytes)
    case .byteArray: Self.decodeByteArray(bytes)
    case .entities: XMLEntities.decode(bytes)
    }
  }

  private static func decodeBackslashes(_ bytes: UnsafeRawBufferPointer) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
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
      case UInt8(ascii: "x"):
        guard index + 2 <= bytes.count, let high = bytes[index].hexadecimalValue,
          let low = bytes[index + 1].hexadecimalValue
        else {
          text += [byte, escape]
          continue
        }
        text.append(high << 4 | low)
        index += 2
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "'"): text.append(escape)
      default: text += [byte, escape]
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Numbers above 255 and all other bytes are left out.
  private static func decodeByteArray(_ bytes: UnsafeRawBufferPointer) -> String {
    var text: [UInt8] = []
    var value: Int?
    for byte in bytes {
      if byte.isDigit {
        value = min((value ?? 0) * 10 + Int(byte - 48), 256)
      } else if let number = value {
        if number < 256 { text.append(UInt8(number)) }
        value = nil
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func decodeDoubled(_ bytes: UnsafeRawBufferPointer) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      text.append(bytes[index])
      let isPair =
        bytes[index] == UInt8(ascii: "\"") && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\"")
      index += isPair ? 2 : 1
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension Field {
  /// The text of this field's value in the bytes of its record.
  public func text(in record: UnsafeRawBufferPointer) -> String {
    encoding.decode(UnsafeRawBufferPointer(rebasing: record[valueSpan.clamped(to: 0..<record.count)]))
  }
}
