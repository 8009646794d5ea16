extension PatternParser {
  /// What an escape stands for.
  enum Escape {
    case scalar(UInt32)
    case set(CharacterSet)
    case assertion(Assertion)
  }

  /// An escape outside brackets.
  mutating func escape() throws(PatternError) -> SyntaxNode {
    switch try escapeValue() {
    case .scalar(let scalar): literal(scalar)
    case .set(let set): .set(set)
    case .assertion(let assertion): .assertion(assertion)
    }
  }

  /// Reads from the backslash on.
  mutating func escapeValue() throws(PatternError) -> Escape {
    let start = position
    position += 1
    guard let byte = next else {
      throw PatternError(
        message: "the pattern ends in \\", range: start..<position, help: "write \\\\ for the character itself")
    }
    if let escape = simpleEscape(byte) {
      position += 1
      return escape
    }
    switch byte {
    case UInt8(ascii: "x"): return .scalar(try hexadecimal(from: start))
    case UInt8(ascii: "p"), UInt8(ascii: "P"): return .set(try category(from: start))
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      throw unknownEscape(byte, from: start)
    default: return .scalar(takeScalar())
    }
  }

  private func simpleEscape(_ byte: UInt8) -> Escape? {
    switch byte {
    case UInt8(ascii: "d"): .set(CharacterSet(scalars: .digits))
    case UInt8(ascii: "D"): .set(CharacterSet(scalars: .digits).inverted)
    case UInt8(ascii: "w"): .set(CharacterSet(scalars: .wordCharacters))
    case UInt8(ascii: "W"): .set(CharacterSet(scalars: .wordCharacters).inverted)
    case UInt8(ascii: "s"): .set(CharacterSet(scalars: .whitespace))
    case UInt8(ascii: "S"): .set(CharacterSet(scalars: .whitespace).inverted)
    case UInt8(ascii: "b"): .assertion(.wordBoundary)
    case UInt8(ascii: "B"): .assertion(.notWordBoundary)
    case UInt8(ascii: "A"): .assertion(.textStart)
    case UInt8(ascii: "z"): .assertion(.textEnd)
    case UInt8(ascii: "t"): .scalar(9)
    case UInt8(ascii: "n"): .scalar(10)
    case UInt8(ascii: "v"): .scalar(11)
    case UInt8(ascii: "f"): .scalar(12)
    case UInt8(ascii: "r"): .scalar(13)
    case UInt8(ascii: "a"): .scalar(7)
    case UInt8(ascii: "e"): .scalar(27)
    default: nil
    }
  }

  private mutating func unknownEscape(_ byte: UInt8, from start: Int) -> PatternError {
    position += 1
    let range = start..<position
    switch byte {
    case UInt8(ascii: "1")...UInt8(ascii: "9"), UInt8(ascii: "k"), UInt8(ascii: "g"):
      return PatternError(
        message: "back-references are not supported: they cannot be searched in linear time", range: range, help: nil)
    case UInt8(ascii: "0"): return PatternError(message: "unknown escape \\0", range: range, help: "write \\x00")
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      return PatternError(message: "unknown escape \(text(range))", range: range, help: "write \\x{20AC} for U+20AC")
    case UInt8(ascii: "C"):
      return PatternError(
        message: "\\C is not supported: it would cut characters apart", range: range, help: "write . for a character")
    case UInt8(ascii: "Z"): return PatternError(message: "unknown escape \\Z", range: range, help: "write \\z or $")
    default:
      return PatternError(
        message: "unknown escape \(text(range))", range: range, help: "a letter that stands for itself needs no \\")
    }
  }

  /// `xHH` or `x{H...}`
  private mutating func hexadecimal(from start: Int) throws(PatternError) -> UInt32 {
    position += 1
    let isBraced = take("{")
    var value: UInt32 = 0
    var count = 0
    while let digit = next.flatMap(hexadecimalDigit), isBraced ? count < 8 : count < 2 {
      value = value << 4 | digit
      count += 1
      position += 1
    }
    let isComplete = isBraced ? count > 0 && take("}") : count == 2
    guard isComplete, Unicode.Scalar(value) != nil else {
      throw PatternError(
        message: isComplete ? "\(text(start..<position)) is no Unicode character" : "this \\x is not complete",
        range: start..<position, help: "write \\x41 or \\x{20AC}")
    }
    return value
  }

  private func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x37)
    case 0x61...0x66: UInt32(byte - 0x57)
    default: nil
    }
  }

  /// `pL`, `p{Lu}`, `p{^Lu}` and the same with P
  private mutating func category(from start: Int) throws(PatternError) -> CharacterSet {
    var isInverted = pattern[position] == UInt8(ascii: "P")
    position += 1
    let nameStart: Int
    var nameEnd: Int
    if take("{") {
      if take("^") { isInverted.toggle() }
      nameStart = position
      while let byte = next, byte != UInt8(ascii: "}"), byte < 0x80 { position += 1 }
      nameEnd = position
      if !take("}") { nameEnd = nameStart }
    } else {
      nameStart = position
      if next != nil { _ = takeScalar() }
      nameEnd = position
    }
    let name = text(nameStart..<nameEnd)
    guard let scalars = GeneralCategory.scalars(named: name) ?? Script.scalars(named: name) else {
      throw PatternError(
        message: "unknown Unicode class \(text(start..<position))", range: start..<position,
        help: "\\p{L}, \\p{Lu}, \\p{N}, \\p{P} ..., or one of the scripts \(Script.names.joined(separator: " "))")
    }
    let set = CharacterSet(scalars: folded(scalars))
    return isInverted ? set.inverted : set
  }
}
