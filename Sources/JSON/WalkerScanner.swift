/// A reading position in JSON bytes; the walkers' common part.
@usableFromInline struct JSONScanner: @unchecked Sendable {
  // SAFETY: only bytes in `position..<limit` are read, and `limit` never exceeds the count of the buffer that `init`
  // was given; the walker's owner keeps the buffer alive. Loads of 8 bytes are made only where 8 bytes are left.
  @usableFromInline let base: UnsafeRawPointer
  @usableFromInline let limit: Int
  @usableFromInline var position: Int

  @inlinable init(_ bytes: UnsafeRawBufferPointer, range: Range<Int>) {
    let clamped = range.clamped(to: 0..<bytes.count)
    base = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped
    limit = bytes.baseAddress == nil ? 0 : clamped.upperBound
    position = clamped.lowerBound
  }

  @inlinable @inline(__always) func byte(_ offset: Int) -> UInt8 { base.load(fromByteOffset: offset, as: UInt8.self) }

  @inlinable @inline(__always) mutating func take(_ wanted: UInt8) -> Bool {
    guard position < limit, byte(position) == wanted else { return false }
    position &+= 1
    return true
  }

  @inlinable @inline(__always) mutating func skipSpace() {
    while position < limit {
      let next = byte(position)
      guard next == 32 || next == 9 || next == 10 || next == 13 else { return }
      position &+= 1
    }
  }

  /// Reads a string whose opening quote was taken; nil, at the limit, if it never closes.
  @inlinable @inline(__always) mutating func string() -> JSONSpan? {
    let start = position
    var hasEscapes = false
    while position < limit {
      if position &+ 8 <= limit {
        let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        let hits = Self.zeroBytes(word ^ 0x2222_2222_2222_2222) | Self.zeroBytes(word ^ 0x5c5c_5c5c_5c5c_5c5c)
        if hits == 0 {
          position &+= 8
          continue
        }
        position &+= hits.trailingZeroBitCount &>> 3
      }
      let next = byte(position)
      if next == UInt8(ascii: "\"") {
        position &+= 1
        return JSONSpan(kind: .string, range: start..<(position &- 1), hasEscapes: hasEscapes)
      }
      if next == UInt8(ascii: "\\") {
        hasEscapes = true
        position &+= 1
      }
      position &+= 1
    }
    position = limit
    return nil
  }

  /// Marks zero bytes in their high bits; exact for the lowest one, which is all that is used.
  @inlinable @inline(__always) static func zeroBytes(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  /// Reads a value of any kind; nil where none stands or it is cut off.
  @inlinable @inline(__always) mutating func value() -> JSONSpan? {
    guard position < limit else { return nil }
    switch byte(position) {
    case UInt8(ascii: "\""):
      position &+= 1
      return string()
    case UInt8(ascii: "{"): return container(.object)
    case UInt8(ascii: "["): return container(.array)
    default: return scalar()
    }
  }

  /// Skips a bracketed value by counting brackets outside strings, so that no depth can overflow a stack.
  @inlinable mutating func container(_ kind: JSONKind) -> JSONSpan? {
    let start = position
    var depth = 0
    while position < limit {
      let next = byte(position)
      position &+= 1
      switch next {
      case UInt8(ascii: "\""): if string() == nil { return nil }
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth &+= 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth &-= 1
        if depth == 0 { return JSONSpan(kind: kind, range: start..<position, hasEscapes: false) }
      default: break
      }
    }
    return nil
  }

  @inlinable mutating func scalar() -> JSONSpan? {
    let start = position
    while position < limit {
      let next = byte(position)
      if next == UInt8(ascii: ",") || next == UInt8(ascii: "}") || next == UInt8(ascii: "]") || next <= 32 { break }
      if next == UInt8(ascii: "\"") || next == UInt8(ascii: "{") || next == UInt8(ascii: "[") { return nil }
      position &+= 1
    }
    guard position > start else { return nil }
    let kind: JSONKind
    switch byte(start) {
    case UInt8(ascii: "t"): kind = .true
    case UInt8(ascii: "f"): kind = .false
    case UInt8(ascii: "n"): kind = .null
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
      UInt8(ascii: "N"), UInt8(ascii: "I"):
      kind = .number
    default: return nil
    }
    return JSONSpan(kind: kind, range: start..<position, hasEscapes: false)
  }
}
