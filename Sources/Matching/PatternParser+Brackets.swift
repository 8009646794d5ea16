extension PatternParser {
  /// `[...]`, read from the bracket on.
  mutating func bracketClass() throws(PatternError) -> CharacterSet {
    let start = position
    position += 1
    let isInverted = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    var matchesInvalid = false
    var isFirst = true
    while isFirst || next != UInt8(ascii: "]") {
      guard next != nil else { throw unclosedBracket(start) }
      isFirst = false
      if let named = try posixClass() {
        ranges += named.scalars.ranges
        matchesInvalid = matchesInvalid || named.matchesInvalid
        continue
      }
      switch try member() {
      case .scalar(let low): ranges.append(try rangeMember(from: low, start: position))
      case .set(let set):
        ranges += set.scalars.ranges
        matchesInvalid = matchesInvalid || set.matchesInvalid
      case .assertion: break
      }
    }
    position += 1
    let set = CharacterSet(scalars: folded(ScalarSet(ranges)), matchesInvalid: matchesInvalid)
    return isInverted ? set.inverted : set
  }

  private func unclosedBracket(_ start: Int) -> PatternError {
    PatternError(
      message: "this [ is never closed", range: start..<start + 1, help: "write \\[ for the character itself")
  }

  /// One character or escape inside brackets.
  private mutating func member() throws(PatternError) -> Escape {
    guard next == UInt8(ascii: "\\") else { return .scalar(takeScalar()) }
    let start = position
    let value = try escapeValue()
    if case .assertion = value {
      throw PatternError(
        message: "\(text(start..<position)) has no meaning inside brackets", range: start..<position,
        help: text(start..<position) == "\\b" ? "write \\x08 for a backspace" : nil)
    }
    return value
  }

  /// The rest of `a-z` after the `a`, or just the `a`.
  private mutating func rangeMember(from low: UInt32, start: Int) throws(PatternError) -> ClosedRange<UInt32> {
    guard next == UInt8(ascii: "-"), position + 1 < pattern.count, pattern[position + 1] != UInt8(ascii: "]") else {
      return low...low
    }
    position += 1
    guard case .scalar(let high) = try member() else {
      throw PatternError(
        message: "a class cannot end a range", range: start..<position,
        help: "write the - first or last in the brackets")
    }
    guard low <= high else {
      throw PatternError(message: "this range runs backwards", range: start..<position, help: nil)
    }
    return low...high
  }

  /// `[:alpha:]` or `[:^alpha:]`; nil where no such thing stands.
  private mutating func posixClass() throws(PatternError) -> CharacterSet? {
    let start = position
    guard take("[:") else { return nil }
    let isInverted = take("^")
    let nameStart = position
    while let byte = next, byte >= 0x61, byte <= 0x7A { position += 1 }
    let name = text(nameStart..<position)
    guard take(":]") else {
      position = start
      return nil
    }
    guard let scalars = ScalarSet.posix(name) else {
      throw PatternError(
        message: "unknown class [:\(name):]", range: start..<position,
        help: "alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit")
    }
    let set = CharacterSet(scalars: scalars)
    return isInverted ? set.inverted : set
  }
}
