/// Finds the level that a line of text names near its beginning.
///
/// A word counts where it stands out from prose: in capitals, in brackets, before a colon, between bars, or as the
/// first word after the stamp. `user info updated` names no level, `[info]`, `INFO`, `info:` and `level=info` do.
struct LevelFinder {
  /// How far after the stamp a level is looked for.
  static let reach = 120
  /// How many words are looked at.
  static let wordLimit = 14

  /// The level named in `range` of `line`, and where; the first that counts.
  static func find(_ line: UnsafeRawBufferPointer, in range: Range<Int>) -> (level: Level, span: Range<Int>)? {
    let end = min(range.upperBound, range.lowerBound + reach)
    var index = range.lowerBound
    var words = 0
    var names = 0
    while index < end {
      let byte = line[index]
      if byte == 27 {
        index = skipEscape(line, index)
        continue
      }
      guard byte.isWordByte else {
        if byte == UInt8(ascii: "%"), let found = LevelPhrases.network(line, at: index) { return found }
        index += 1
        continue
      }
      let start = index
      var isNumber = true
      while index < line.count, line[index].isWordByte {
        isNumber = isNumber && line[index].isDigit
        index += 1
      }
      words += 1
      if !isNumber { names += 1 }
      if mayBeLevel(byte, index - start), let level = level(line, start, index, word: words, name: names) {
        return (level, start..<index)
      }
      if names <= 3, let level = numbered(line, start, index) { return (level, start..<index + 3) }
      if words >= wordLimit { return nil }
    }
    return nil
  }

  /// Whether a word of this length that begins so can be a level: bit n stands for letter n of the alphabet.
  @inline(__always) private static func mayBeLevel(_ first: UInt8, _ count: Int) -> Bool {
    let letters: UInt32 = 0x6ca9bd
    return first >= 64 && count <= 13 && letters &>> (UInt32(first & 31) &- 1) & 1 != 0
  }

  /// Past a terminal's colour sequence.
  static func skipEscape(_ line: UnsafeRawBufferPointer, _ start: Int) -> Int {
    var index = start + 1
    guard line.at(index) == UInt8(ascii: "[") else { return index }
    index += 1
    while index < line.count, line[index] < 64, index - start < 24 { index += 1 }
    return min(index + 1, line.count)
  }

  @inline(__always) private static func level(
    _ line: UnsafeRawBufferPointer, _ start: Int, _ end: Int, word: Int, name: Int
  ) -> Level? {
    let count = end - start
    if count == 1 { return letter(line, start, word: word, name: name) }
    guard let level = LevelNames.level(line, at: start, count: count) else {
      return LevelPhrases.level(line, start, end)
    }
    if level == .fatal, line.has(" error:", at: end) { return level }
    return standsOut(line, start, end, word: word) ? level : nil
  }

  /// `Level 25`: what Python calls a level without a name.
  @inline(__always) private static func numbered(_ line: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Level? {
    guard end - start == 5, line[start] | 32 == UInt8(ascii: "l"), end + 3 <= line.count, !line.at(end + 3).isWordByte
    else { return nil }
    return LevelValue.custom(line, start, end + 3)
  }

  private static func standsOut(_ line: UnsafeRawBufferPointer, _ start: Int, _ end: Int, word: Int) -> Bool {
    let before = line.at(start - 1)
    var next = end
    while line.at(next) == 32, next - end < 8 { next += 1 }
    let after = line.at(next)
    let isCapital = !line[start..<end].contains { $0 &- 97 < 26 }
    let isLog = line[start] | 32 == UInt8(ascii: "l")
    if isLog { return isCapital && line.at(end) == UInt8(ascii: ":") }
    // A hyphen or slash joins words: `error-log`, `debug/pprof`.
    if line.at(end) == UInt8(ascii: "-") && line.at(end + 1) != 32 || line.at(end) == UInt8(ascii: "/") && !isCapital {
      return false
    }
    switch (before, after) {
    case (UInt8(ascii: "["), UInt8(ascii: "]")), (UInt8(ascii: "<"), UInt8(ascii: ">")),
      (UInt8(ascii: "{"), UInt8(ascii: "}")):
      return true
    case (UInt8(ascii: "("), UInt8(ascii: ")")): return isCapital || word <= 2
    default: break
    }
    if before == UInt8(ascii: "/") || before == UInt8(ascii: "-") && start >= 2 && line[start - 2] != 32 {
      return false
    }
    if isCapital { return true }
    if before == UInt8(ascii: "=") { return isLevelKey(line, endingAt: start - 1) }
    if line.at(end) == UInt8(ascii: "=") || line.at(end) == UInt8(ascii: ".") { return false }
    if before == UInt8(ascii: ":") || before == UInt8(ascii: "["), line.at(end) == UInt8(ascii: "]") { return true }
    if before == UInt8(ascii: "|") || after == UInt8(ascii: "|") { return true }
    if line.at(end) == UInt8(ascii: ":") {
      if line[start] | 32 == UInt8(ascii: "f"), end - start == 4 { return word == 1 }
      return word <= 6 && !LevelPhrases.followsArticle(line, start)
    }
    return word == 1 && !isAmbiguous(line, start, end)
  }

  /// Words that also begin ordinary sentences.
  private static func isAmbiguous(_ line: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Bool {
    line.has("note", at: start) || line.has("Note", at: start) || line.has("config", at: start)
      || line.has("Config", at: start) || line.has("fine", at: start) || line.has("Fine", at: start)
      || line.has("fail", at: start) || line.has("Fail", at: start) || line.has("success", at: start)
      || line.has("Success", at: start) || line.has("stats", at: start)
  }

  /// Whether the word before `=` at `end` is what a level's key is called.
  private static func isLevelKey(_ line: UnsafeRawBufferPointer, endingAt end: Int) -> Bool {
    for name in ["level", "lvl", "severity", "loglevel", "priority"] as [StaticString]
    where line.has(name, at: end - name.utf8CodeUnitCount) {
      return true
    }
    return false
  }

  /// `[I]`, ` W `, `|E|`, `D/tag`: a letter alone between signs that set it apart.
  private static func letter(_ line: UnsafeRawBufferPointer, _ start: Int, word: Int, name: Int) -> Level? {
    let letter = line[start]
    let (before, after) = (line.at(start - 1), line.at(start + 1))
    let isCapital = letter &- 65 < 26
    guard isCapital || word == 1 && after == 32, !letter.isDigit, let level = LevelNames.level(letter: letter) else {
      return nil
    }
    switch (before, after) {
    case (UInt8(ascii: "["), UInt8(ascii: "]")), (UInt8(ascii: "("), UInt8(ascii: ")")),
      (UInt8(ascii: "<"), UInt8(ascii: ">")), (UInt8(ascii: "|"), UInt8(ascii: "|")):
      return isCapital ? level : nil
    case (UInt8(ascii: "["), 32): return isCapital && start == 1 && line.at(start + 2).isDigit ? level : nil
    case (32, UInt8(ascii: "/")): return word == 1 ? level : nil
    case (32, 32), (0, 32):
      // In prose `I` is a word; as a level a letter comes first, or after numbers only.
      return name == 1 && letter | 32 != UInt8(ascii: "a") ? level : nil
    default: return nil
    }
  }
}
