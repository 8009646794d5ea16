extension [UInt8] {
  /// Calls `body` with the bytes, in memory of exactly their size, so that a sanitizer sees a read beyond them.
  func withBytes(_ body: (UnsafeRawBufferPointer) throws(Violation) -> Void) throws(Violation) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
    defer { copy.deallocate() }
    copy.copyBytes(from: self)
    try body(UnsafeRawBufferPointer(copy))
  }
}

extension UnsafeRawBufferPointer {
  /// The bytes of `range`, counted from 0.
  func part(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: self[range]) }

  /// Whether `bytes` stand somewhere in it.
  func contains(_ bytes: [UInt8]) -> Bool {
    guard count >= bytes.count else { return false }
    return (0...count - bytes.count).contains { self[$0..<$0 + bytes.count].elementsEqual(bytes) }
  }
}
