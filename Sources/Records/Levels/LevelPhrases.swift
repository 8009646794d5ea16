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

  /// `GET /x => generated 2 bytes in 18 msecs (HTTP/1.1 404) 1 headers ... (1 switches on core 0)`: what uWSGI answered.
  static func answer(_ line: UnsafeRawBufferPointer, after start: Int) -> (level: Level, span: Range<Int>)? {
    guard line.last == UInt8(ascii: ")"), let arrow = line.offset(of: " => generated ", from: start, within: 4096),
      let answer = line.offset(of: "secs (HTTP/", from: arrow, within: 4096)
        ?? line.offset(of: "micros (HTTP/", from: arrow, within: 4096),
      let close = line.firstIndex(of: UInt8(ascii: ")"), in: answer..<line.count), close > answer + 16,
      let status = LevelValue.number(line.part(close - 3..<close)), line[close - 4] == 32,
      let level = LevelNames.level(status: status)
    else { return nil }
    return (level, close - 3..<close)
  }

  /// `...Z| vmx| I125: ...`, `...Z In(05) vmx - ...`: a letter and a number, as VMware's virtual machines write them.
  @inline(__always) static func machine(
    _ line: UnsafeRawBufferPointer, after start: Int
  ) -> (level: Level, span: Range<Int>)? {
    if line.at(start) == UInt8(ascii: "|") { return barred(line, start) }
    guard line.at(start + 3) == UInt8(ascii: "("), line.at(start) == 32, line.at(start + 4).isDigit else { return nil }
    let names: [(StaticString, Level)] = [
      ("In", .info), ("Wa", .warn), ("Er", .error), ("No", .notice), ("Db", .debug), ("Al", .critical),
    ]
    return names.first { line.has($0.0, at: start + 1) }.map { ($0.1, start + 1..<start + 3) }
  }

  private static func barred(_ line: UnsafeRawBufferPointer, _ start: Int) -> (level: Level, span: Range<Int>)? {
    guard let bar = line.firstIndex(of: UInt8(ascii: "|"), in: start + 1..<min(line.count, start + 40)),
      line.at(bar + 1) == 32
    else { return nil }
    var end = bar + 3
    while line.at(end).isDigit { end += 1 }
    guard end > bar + 4, line.at(end) == UInt8(ascii: ":") else { return nil }
    switch line[bar + 2] {
    case UInt8(ascii: "I"): return (.info, bar + 2..<bar + 3)
    case UInt8(ascii: "W"): return (.warn, bar + 2..<bar + 3)
    case UInt8(ascii: "E"): return (.error, bar + 2..<bar + 3)
    default: return nil
    }
  }

  /// `EC 2026-01-02T03:04:05+0000 - 114us - ...`: how an action went (begun, success, failure, exception, warning), and its
  /// level (lithoxyl, `SensibleFormatter`).
  static func action(_ line: UnsafeRawBufferPointer) -> (level: Level, span: Range<Int>)? {
    guard line.at(2) == 32, line.at(3).isDigit || line.at(3) == UInt8(ascii: "{") else { return nil }
    switch line[0] {
    case UInt8(ascii: "b"), UInt8(ascii: "S"), UInt8(ascii: "F"), UInt8(ascii: "E"), UInt8(ascii: "W"): break
    default: return nil
    }
    switch line[1] {
    case UInt8(ascii: "D"): return (.debug, 1..<2)
    case UInt8(ascii: "I"): return (.info, 1..<2)
    case UInt8(ascii: "C"): return (.critical, 1..<2)
    default: return nil
    }
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
