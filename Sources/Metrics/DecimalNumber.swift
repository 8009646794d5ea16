/// Decimal text to floating-point numbers, as the metric formats write it.
enum DecimalNumber {
  /// The number that `bytes` spell (`1.5`, `-3e4`, `NaN`, `+Inf`); nil for anything else.
  ///
  /// Up to 15 digits and powers of ten up to 22 are exact in one operation (Clinger, "How to Read Floating Point Numbers
  /// Accurately", 1990, the fast path); the rest goes through the standard library.
  static func value(of bytes: UnsafeRawBufferPointer) -> Double? {
    var index = 0
    var isNegative = false
    if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      isNegative = first == UInt8(ascii: "-")
      index = 1
    }
    var mantissa: UInt64 = 0
    var digits = 0
    var decimals = 0
    var sawPoint = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte >= 48, byte <= 57 {
        digits += 1
        guard digits <= 15 else { return slow(bytes) }
        mantissa = mantissa * 10 + UInt64(byte - 48)
        if sawPoint { decimals += 1 }
      } else if byte == UInt8(ascii: "."), !sawPoint {
        sawPoint = true
      } else {
        return slow(bytes)
      }
      index += 1
    }
    guard digits > 0 else { return nil }
    let size = Double(mantissa) / powers[decimals]
    return isNegative ? -size : size
  }

  private static let powers: [Double] = (0...22).map { exponent in (0..<exponent).reduce(1.0) { power, _ in power * 10 }
  }

  private static func slow(_ bytes: UnsafeRawBufferPointer) -> Double? {
    guard bytes.count <= 64 else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    switch text.lowercased() {
    case "nan": return .nan
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default: break
    }
    let isDecimal = bytes.allSatisfy { byte in
      (48...57).contains(byte) || byte == 43 || byte == 45 || byte == 46 || byte | 32 == UInt8(ascii: "e")
    }
    return isDecimal ? Double(text) : nil
  }
}
