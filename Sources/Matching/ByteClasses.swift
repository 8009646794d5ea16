/// The bytes in runs that no instruction of a program tells apart, so that a transition is worked out once a run.
struct ByteClasses: Sendable {
  /// For each byte the first and the last of its run.
  private(set) var first = [UInt8](repeating: 0, count: 256)
  private(set) var last = [UInt8](repeating: 255, count: 256)
  /// What assertions of the program ask about the byte before.
  private(set) var asksForWords = false
  private(set) var asksForLineStart = false
  private(set) var asksForTextStart = false

  init(_ program: Program) {
    var cuts = [Bool](repeating: false, count: 257)
    func cut(_ range: ClosedRange<UInt8>) {
      cuts[Int(range.lowerBound)] = true
      cuts[Int(range.upperBound) + 1] = true
    }
    cut(10...10)
    for edge in program.edges { cut(edge.low...edge.high) }
    for instruction in program.instructions {
      switch instruction {
      case .byte(let low, let high, _): if low <= high { cut(low...high) }
      case .assert(.nextByteNot(let range), _): cut(range)
      case .assert(.wordBoundary, _), .assert(.notWordBoundary, _): asksForWords = true
      case .assert(.lineStart, _): asksForLineStart = true
      case .assert(.textStart, _): asksForTextStart = true
      default: break
      }
    }
    if asksForWords {
      for range in ScalarSet.wordCharacters.ranges { cut(UInt8(range.lowerBound)...UInt8(range.upperBound)) }
    }
    for byte in 1...255 { first[byte] = cuts[byte] ? UInt8(byte) : first[byte - 1] }
    for byte in (0..<255).reversed() { last[byte] = cuts[byte + 1] ? UInt8(byte) : last[byte + 1] }
  }
}
