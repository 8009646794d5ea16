/// The bytes around a position, which decide assertions.
struct AssertionContext {
  /// The byte before; nil at the beginning of the text.
  var previous: UInt8?
  /// The byte after; nil at the end of the text.
  var next: UInt8?

  func satisfies(_ assertion: Assertion) -> Bool {
    switch assertion {
    case .textStart: previous == nil
    case .textEnd: next == nil
    case .lineStart: previous == nil || previous == 10
    case .lineEnd: next == nil || next == 10
    case .wordBoundary: AssertionContext.isWord(previous) != AssertionContext.isWord(next)
    case .notWordBoundary: AssertionContext.isWord(previous) == AssertionContext.isWord(next)
    case .nextByteNot(let range): next.map { !range.contains($0) } ?? true
    }
  }

  static func isWord(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
