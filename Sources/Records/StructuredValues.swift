import JSON
import Quantities

/// Reads stamps that are the value of a key.
enum StampValue {
  /// The stamp that the bytes of `range` are, all of them but blanks; every form is accepted.
  static func read(
    _ line: UnsafeRawBufferPointer, _ range: Range<Int>, dateOrder: DateOrder
  ) -> WrittenStamp? {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, line[start].isSpace || line[start] == UInt8(ascii: "[") { start += 1 }
    while end > start, line[end - 1].isSpace || line[end - 1] == UInt8(ascii: "]") { end -= 1 }
    guard end - start >= 8, end - start < 64 else { return nil }
    let bytes = line.part(start..<end)
    var grammar = StampGrammar(bytes, dateOrder: dateOrder)
    guard var stamp = grammar.stamp(at: 0), stamp.end == bytes.count || bytes[stamp.end] == UInt8(ascii: "[") else {
      return nil
    }
    stamp.end += start
    return stamp
  }

  /// The stamp that a JSON value is: a string, a number, or MongoDB's `{"$date": ...}`; and where.
  static func read(
    _ line: UnsafeRawBufferPointer, value: JSONSpan, dateOrder: DateOrder
  ) -> (WrittenStamp, Range<Int>)? {
    switch value.kind {
    case .string, .number: return read(line, value.range, dateOrder: dateOrder).map { ($0, value.range) }
    case .object:
      guard var members = JSONMembers(line, object: value.range), let (name, inner) = members.next() else { return nil }
      let bytes = line.part(name.range)
      if bytes.count == 5, bytes.has("$date", at: 0) {
        return read(line, inner.range, dateOrder: dateOrder).map { ($0, inner.range) }
      }
      return nil
    default: return nil
    }
  }
}

/// Reads levels that are the value of a key.
enum LevelValue {
  static func read(_ line: UnsafeRawBufferPointer, _ value: JSONSpan, scale: KeyRole.Scale) -> Level? {
    switch value.kind {
    case .string: read(line, value.range, scale: scale)
    case .number: number(line.part(value.range)).flatMap { level($0, scale) }
    default: nil
    }
  }

  /// The level that the bytes of `range` name, by word, letter or number.
  static func read(_ line: UnsafeRawBufferPointer, _ range: Range<Int>, scale: KeyRole.Scale) -> Level? {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, !line[start].isWordByte { start += 1 }
    while end > start, !line[end - 1].isWordByte { end -= 1 }
    if end - start == 1, line[start].isLetter { return LevelNames.level(letter: line[start]) }
    if let level = LevelNames.level(line, at: start, count: end - start) { return level }
    if let level = custom(line, start, end) { return level }
    return number(line.part(start..<end)).flatMap { level($0, scale) }
  }

  /// `Level 25`: how Python's logging names a level that has no name.
  static func custom(_ line: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Level? {
    guard end - start == 8, line[start] | 32 == UInt8(ascii: "l"), line.has("evel ", at: start + 1) else { return nil }
    return number(line.part(start + 6..<end)).flatMap(LevelNames.level(python:))
  }

  static func level(_ number: Int, _ scale: KeyRole.Scale) -> Level? {
    switch scale {
    case .mixed: LevelNames.level(number: number)
    case .python: LevelNames.level(python: number)
    case .telemetry: LevelNames.level(telemetry: number)
    }
  }

  /// A short whole number; nil for anything else.
  static func number(_ bytes: UnsafeRawBufferPointer) -> Int? {
    guard !bytes.isEmpty, bytes.count <= 6 else { return nil }
    var value = 0
    for byte in bytes {
      guard byte.isDigit else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    return value
  }
}
