/// Turns text of another encoding into UTF-8 with line feeds, piece by piece. What does not end within a piece (half a
/// unit, half a pair of surrogates, a return that a line feed may follow) waits for the next.
///
///     var transcoder = Transcoder(.utf16(isBigEndian: false))
///     transcoder.append(bytes, to: &text)
struct Transcoder: Sendable {
  let encoding: TextEncoding
  private var isAtStart = true
  /// The first byte of a unit of which the second is missing.
  private var half: UInt8?
  /// The first of a pair of surrogates.
  private var lead: UInt16?
  /// Whether the last byte was a return that has not been given out.
  private var holdsReturn = false

  init(_ encoding: TextEncoding) { self.encoding = encoding }

  /// Adds the UTF-8 for `bytes` to `text`. O(n).
  mutating func append(_ bytes: UnsafeRawBufferPointer, to text: inout [UInt8]) {
    switch encoding {
    case .plain: text.append(contentsOf: bytes)
    case .utf16(let isBigEndian): appendUnits(bytes, isBigEndian, to: &text)
    case .carriageReturns: appendReturns(bytes, to: &text)
    }
  }

  /// Adds what still waited: the input is at its end.
  mutating func finish(_ text: inout [UInt8]) {
    if holdsReturn { text.append(10) }
    if half != nil || lead != nil { text.append(contentsOf: Self.replacement) }
    self = Transcoder(encoding)
  }

  /// U+FFFD.
  private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  private mutating func appendReturns(_ bytes: UnsafeRawBufferPointer, to text: inout [UInt8]) {
    text.reserveCapacity(text.count + bytes.count + 1)
    for byte in bytes {
      if holdsReturn, byte != 10 { text.append(10) }
      if holdsReturn, byte == 10 { text.append(13) }
      holdsReturn = byte == 13
      if byte != 13 { text.append(byte) }
    }
  }

  private mutating func appendUnits(_ bytes: UnsafeRawBufferPointer, _ isBigEndian: Bool, to text: inout [UInt8]) {
    text.reserveCapacity(text.count + bytes.count)
    var place = 0
    if let first = half, let second = bytes.first {
      half = nil
      append(unit(first, second, isBigEndian), to: &text)
      place = 1
    }
    while place + 1 < bytes.count {
      if lead == nil, !isAtStart { place += Self.appendASCII(bytes, from: place, isBigEndian, to: &text) }
      guard place + 1 < bytes.count else { break }
      append(unit(bytes[place], bytes[place + 1], isBigEndian), to: &text)
      place += 2
    }
    if place < bytes.count { half = bytes[place] }
  }

  private func unit(_ first: UInt8, _ second: UInt8, _ isBigEndian: Bool) -> UInt16 {
    isBigEndian ? UInt16(first) << 8 | UInt16(second) : UInt16(second) << 8 | UInt16(first)
  }

  /// Adds eight ASCII units at a time, as long as there are such; returns how many bytes they took.
  private static func appendASCII(
    _ bytes: UnsafeRawBufferPointer, from start: Int, _ isBigEndian: Bool, to text: inout [UInt8]
  ) -> Int {
    var place = start
    while place + 16 <= bytes.count {
      var units = bytes.loadUnaligned(fromByteOffset: place, as: SIMD8<UInt16>.self)
      if isBigEndian { units = (units &<< 8) | (units &>> 8) }
      if units.max() > 0x7F { break }
      let narrow = SIMD8<UInt8>(truncatingIfNeeded: units)
      withUnsafeBytes(of: narrow) { text.append(contentsOf: $0) }
      place += 16
    }
    return place - start
  }

  private mutating func append(_ unit: UInt16, to text: inout [UInt8]) {
    defer { isAtStart = false }
    // The mark of the byte order is no text.
    if isAtStart, unit == 0xFEFF { return }
    if let first = lead {
      lead = nil
      if (0xDC00..<0xE000).contains(unit) {
        let value = 0x10000 + (UInt32(first - 0xD800) << 10 | UInt32(unit - 0xDC00))
        return Self.append(value, to: &text)
      }
      text.append(contentsOf: Self.replacement)
    }
    switch unit {
    case 0xD800..<0xDC00: lead = unit
    case 0xDC00..<0xE000: text.append(contentsOf: Self.replacement)
    default: Self.append(UInt32(unit), to: &text)
    }
  }

  private static func append(_ value: UInt32, to text: inout [UInt8]) {
    if value < 0x80 { return text.append(UInt8(value)) }
    text.append(contentsOf: Unicode.Scalar(value).flatMap { UTF8.encode($0) } ?? UTF8.encodedReplacementCharacter)
  }
}
