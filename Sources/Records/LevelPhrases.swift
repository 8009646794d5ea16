/// Levels that more than one word tells, or a word that is a level only where one kind of program writes it.
enum LevelPhrases {
  /// `%ASA-6-302013`, `%SYS-5-CONFIG_I`, `%HA_EM-SP-0-LOG`: the digit is a severity of syslog (Cisco, "System Message
  /// Format"), and where it stands.
  static func network(_ line: UnsafeRawBufferPointer, at start: Int) -> (level: Level, span: Range<Int>)? {
    var index = start + 1
    for _ in 0..<4 {
      let begin = index
      while isMnemonic(line.at(index)), index - start < 48 { index += 1 }
      guard index > begin, line.at(index) == UInt8(ascii: "-") else { return nil }
      if index == begin + 1, begin > start + 1, line[begin].isDigit, isMnemonic(line.at(index + 1)) {
        return LevelNames.level(syslog: Int(line[begin] &- 48)).map { ($0, begin..<index) }
      }
      index += 1
    }
    return nil
  }

  private static func isMnemonic(_ byte: UInt8) -> Bool {
    byte.isDigit || byte == 95 || byte &- 65 < 26
  }

  /// What PostgreSQL calls the lines that belong to a message, and MySQL what it says of itself.
  static func level(_ line: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Level? {
    if line.has(":  ", at: end) {
      for name in ["HINT", "DETAIL", "CONTEXT", "STATEMENT", "QUERY", "LOCATION"] as [StaticString]
      where end - start == name.utf8CodeUnitCount && line.has(name, at: start) { return .info }
    }
    if end - start == 6, line.at(start - 1) == UInt8(ascii: "["), line.has("System] [MY-", at: start) { return .info }
    if end - start == 10, line.has("Deprecated: ", at: start) { return .notice }
    return nil
  }

  /// `=CRASH REPORT==== 2-Jan-2026::03:04:05 ===`: the reports of Erlang's SASL whose name is no level.
  static func report(_ line: UnsafeRawBufferPointer) -> (level: Level, span: Range<Int>)? {
    guard line.at(0) == UInt8(ascii: "=") else { return nil }
    for (name, level) in [("CRASH", .error), ("SUPERVISOR", .error), ("PROGRESS", .info)] as [(StaticString, Level)]
    where line.has(name, at: 1) && line.has(" REPORT===", at: 1 + name.utf8CodeUnitCount) {
      return (level, 1..<1 + name.utf8CodeUnitCount)
    }
    return nil
  }

  /// Whether the word before `start` shows that this one is part of a sentence.
  static func followsArticle(_ line: UnsafeRawBufferPointer, _ start: Int) -> Bool {
    guard line.at(start - 1) == 32 else { return false }
    for word in ["a", "an", "the", "no", "is", "was", "this", "that", "of", "with", "by", "and", "or"] as [StaticString]
    {
      let begin = start - 1 - word.utf8CodeUnitCount
      if line.has(word, at: begin), line.at(begin - 1) == 32 { return true }
    }
    return false
  }
}
