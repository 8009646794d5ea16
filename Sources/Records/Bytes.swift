import Glibc

// Small questions about bytes, shared by all formats. Everything here is a few instructions and takes no text type.

extension UInt8 {
  @inline(__always) var isDigit: Bool { self &- 48 < 10 }
  @inline(__always) var isLetter: Bool { (self | 32) &- 97 < 26 }
  /// Letters, digits and `_`, by a look into 128 bits.
  @inline(__always) var isWordByte: Bool {
    let bits: UInt64 = self < 64 ? 0x03FF_0000_0000_0000 : 0x07FF_FFFE_87FF_FFFE
    return self < 128 && bits &>> UInt64(self & 63) & 1 != 0
  }
  @inline(__always) var isSpace: Bool { self == 32 || self == 9 || self == 13 || self == 10 }
  @inline(__always) var lowercased: UInt8 { self &- 65 < 26 ? self | 32 : self }

  var hexadecimalValue: UInt8? {
    if isDigit { return self &- 48 }
    let letter = (self | 32) &- 97
    return letter < 6 ? letter + 10 : nil
  }
}

extension UnsafeRawBufferPointer {
  /// Calls `body` with a copy of these bytes, at most `limit` of them: for bytes of a map, which change when somebody cuts
  /// or rewrites the file, while no parser here expects two looks at the same byte to differ.
  @inline(__always) func withCopy<Result>(atMost limit: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    let length = Swift.min(count, limit)
    // A constant size makes this a matter of moving the stack pointer.
    if length <= 1024 {
      return withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 8) { copy in
        copy.copyMemory(from: UnsafeRawBufferPointer(rebasing: self[..<length]))
        return body(UnsafeRawBufferPointer(rebasing: copy[..<length]))
      }
    }
    return withUnsafeTemporaryAllocation(byteCount: length, alignment: 8) { copy in
      copy.copyMemory(from: UnsafeRawBufferPointer(rebasing: self[..<length]))
      return body(UnsafeRawBufferPointer(rebasing: copy[..<length]))
    }
  }

  /// The bytes of `range` as a buffer that counts from 0.
  @inline(__always) func part(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: self[range])
  }

  /// Two decimal digits at `index`; -1 if they are not. `index + 1` must be inside.
  @inline(__always) func twoDigits(_ index: Int) -> Int {
    let high = self[index] &- 48
    let low = self[index &+ 1] &- 48
    return high < 10 && low < 10 ? Int(high) &* 10 &+ Int(low) : -1
  }

  /// The byte at `index`, or 0 outside.
  @inline(__always) func at(_ index: Int) -> UInt8 { index >= 0 && index < count ? self[index] : 0 }

  /// Whether the bytes at `index` are those of `text`.
  @inline(__always) func has(_ text: StaticString, at index: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard index >= 0, index &+ length <= count else { return false }
    for offset in 0..<length where self[index &+ offset] != text.utf8Start[offset] { return false }
    return true
  }

  /// The first offset of `byte` in `range`; nil if it is not there.
  @inline(__always) func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
    var index = range.lowerBound
    while index < range.upperBound {
      if self[index] == byte { return index }
      index &+= 1
    }
    return nil
  }

  /// The length without line ends and white space at the end.
  var trimmedCount: Int {
    var end = count
    while end > 0, self[end - 1].isSpace { end -= 1 }
    return end
  }

  /// The first offset at or after `index` that is no space or tab.
  @inline(__always) func skippingBlanks(_ index: Int) -> Int {
    var index = index
    while index < count, self[index] == 32 || self[index] == 9 { index &+= 1 }
    return index
  }

  /// The first offset of `byte` at or after `start`, found many bytes at a time.
  @inline(__always) func nextIndex(of byte: UInt8, from start: Int) -> Int? {
    // SAFETY: the search begins inside and ends at the last byte.
    guard start < count, let base = baseAddress, let hit = memchr(base + start, Int32(byte), count &- start) else {
      return nil
    }
    return base.distance(to: UnsafeRawPointer(hit))
  }

  /// Where the first line ends: the offset of the first newline, or the count.
  var firstLineEnd: Int {
    // SAFETY: the search ends at the last byte.
    guard let base = baseAddress, let hit = memchr(base, 10, count) else { return count }
    return base.distance(to: UnsafeRawPointer(hit))
  }
}
