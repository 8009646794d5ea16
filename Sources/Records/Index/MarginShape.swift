/// What lines begin records with that have no stamp.
enum MarginShape {
  /// `WARNING:app.web:message`: how Python's logging writes by default (`logging.BASIC_FORMAT`), also into the logs of
  /// programs that use stamps themselves.
  static func isPythonDefault(_ line: UnsafeRawBufferPointer) -> Bool {
    guard let first = line.first, first &- 65 < 26 else { return false }
    var index = 1
    while line.at(index) &- 65 < 26, index < 14 { index += 1 }
    if line.at(index) == UInt8(ascii: ":") {
      guard LevelNames.level(line, at: 0, count: index) != nil else { return false }
    } else {
      guard line.count > 8, LevelValue.custom(line, 0, 8) != nil else { return false }
      index = 8
    }
    guard line.at(index) == UInt8(ascii: ":"), line.at(index + 1).isWordByte else { return false }
    index += 1
    let limit = min(line.count, index + 128)
    while index < limit, line[index].isWordByte || line[index] == UInt8(ascii: ".") || line[index] == UInt8(ascii: "-")
    {
      index += 1
    }
    return line.at(index) == UInt8(ascii: ":")
  }

  /// `{iso_end} info "app"`, `WI {iso_end} - 0.000us`: the template of a stamp that was not known yet, as the first or the
  /// second word (lithoxyl's sensible formatters, and other programs that print a field's name where it has no value).
  static func isTemplate(_ line: UnsafeRawBufferPointer) -> Bool { templateEnd(line) != nil }

  /// Where such a template ends; nil if there is none.
  static func templateEnd(_ line: UnsafeRawBufferPointer) -> Int? {
    var index = 0
    if line.at(0) != UInt8(ascii: "{") {
      while line.at(index).isWordByte, index < 12 { index += 1 }
      guard index > 0, line.at(index) == 32 else { return nil }
      index += 1
    }
    guard line.at(index) == UInt8(ascii: "{"), line.at(index + 1).isLetter else { return nil }
    let start = index + 1
    index = start
    while line.at(index).isWordByte, index - start < 40 { index += 1 }
    return index - start > 2 && line.at(index) == UInt8(ascii: "}") && line.at(index + 1) == 32 ? index + 1 : nil
  }
}

/// Levels as Python numbers them, in a column of their own after the stamp: `%(created)f %(levelno)s`.
enum NumberLevel {
  /// The level in the word after the stamp that ends at `start`.
  static func find(_ line: UnsafeRawBufferPointer, after start: Int) -> (level: Level, span: Range<Int>)? {
    guard let (number, span) = number(line, after: start) else { return nil }
    return LevelNames.level(python: number).map { ($0, span) }
  }

  /// Whether the lines of a sample, of which `stamps` finds the stamps, all have such a number there.
  static func isHabit(_ lines: [UnsafeRawBufferPointer], _ stamps: StampFinder) -> Bool {
    var named = Set<Int>()
    var (usual, count) = (0, 0)
    for line in lines.prefix(200) {
      guard let found = stamps.find(line) else { continue }
      guard let (number, _) = number(line, after: found.stamp.end), number % 5 == 0, number > 0, number <= 60 else {
        return false
      }
      count += 1
      if number % 10 == 0, number <= 50 {
        usual += 1
        named.insert(number)
      }
    }
    return count >= 3 && named.count >= 2 && usual * 3 >= count * 2
  }

  private static func number(_ line: UnsafeRawBufferPointer, after start: Int) -> (Int, Range<Int>)? {
    let first = line.skippingBlanks(start)
    var end = first
    while line.at(end).isDigit, end - first < 3 { end += 1 }
    guard first > start, end > first, end - first < 3, line.at(end) == 32 || line.at(end) == 9 else { return nil }
    return LevelValue.number(line.part(first..<end)).map { ($0, first..<end) }
  }
}
