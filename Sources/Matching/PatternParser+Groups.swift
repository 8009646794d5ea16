extension PatternParser {
  /// What follows an opening parenthesis.
  enum GroupOpening {
    case flags, plain
    case capture(name: String?)
  }

  /// Reads what stands between `(` and the body of a group.
  mutating func opening(from start: Int) throws(PatternError) -> GroupOpening {
    guard take("?") else { return .capture(name: nil) }
    if take(":") { return .plain }
    try refuseUnsupportedGroup(from: start)
    if take("P<") || take("<") { return .capture(name: try groupName(from: start)) }
    return try flagGroup(from: start)
  }

  private mutating func refuseUnsupportedGroup(from start: Int) throws(PatternError) {
    func refuse(_ message: String, _ help: String?) -> PatternError {
      PatternError(message: message, range: start..<position, help: help)
    }
    if take("=") || take("!") || take("<=") || take("<!") {
      throw refuse(
        "look-around is not supported: it cannot be searched in linear time",
        "combine two tests instead: ~/a/ ~/b/, or not ~/b/")
    }
    if take("P=") {
      throw refuse("back-references are not supported: they cannot be searched in linear time", nil)
    }
    if take(">") { throw refuse("atomic groups are not supported", "write (?: instead: no pattern can run away here") }
    if take("(") { throw refuse("conditional groups are not supported", nil) }
    if take("|") { throw refuse("branch-reset groups are not supported", "write (?: instead") }
    if take("#") { throw refuse("comments are not supported in a pattern", nil) }
    if take("R") || take("P>") || take("&") { throw refuse("recursion is not supported", nil) }
    if let byte = next, byte >= 0x30, byte <= 0x39 {
      position += 1
      throw refuse("recursion is not supported", nil)
    }
  }

  private mutating func groupName(from start: Int) throws(PatternError) -> String {
    let nameStart = position
    while let byte = next, isNameByte(byte, first: position == nameStart) { position += 1 }
    let name = text(nameStart..<position)
    guard !name.isEmpty, take(">") else {
      throw PatternError(
        message: "this group name is not complete", range: start..<min(position + 1, pattern.count),
        help: "write (?<name>...) with letters, digits and _")
    }
    if captureNames.contains(name) {
      throw PatternError(message: "the group name \(name) is used twice", range: nameStart..<position - 1, help: nil)
    }
    return name
  }

  private func isNameByte(_ byte: UInt8, first: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): !first
    default: false
    }
  }

  /// `(?imsU-imsU)` or `(?imsU-imsU:`
  private mutating func flagGroup(from start: Int) throws(PatternError) -> GroupOpening {
    var value = true
    var count = 0
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "i"): flags.ignoresCase = value
      case UInt8(ascii: "m"): flags.anchorsMatchLines = value
      case UInt8(ascii: "s"): flags.dotMatchesNewline = value
      case UInt8(ascii: "U"): swapsGreed = value
      case UInt8(ascii: "-") where value:
        value = false
        continue
      case UInt8(ascii: ")") where count > 0: return .flags
      case UInt8(ascii: ":") where count > 0: return .plain
      default: throw unknownFlag(from: start)
      }
      count += 1
    }
    throw PatternError(
      message: "this ( is never closed", range: start..<start + 1, help: "write \\( for the character itself")
  }

  private mutating func unknownFlag(from start: Int) -> PatternError {
    position -= 1
    if position < pattern.count { _ = takeScalar() }
    return PatternError(
      message: "unknown group \(text(start..<position))", range: start..<position,
      help: "(?:...) groups, (?<name>...) captures, and the flags are i, m, s and U: (?i)")
  }
}
