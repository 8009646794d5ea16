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

  /// The stamp that a JSON value is: a string, a number, or an object around one; and where.
  static func read(
    _ line: UnsafeRawBufferPointer, value: JSONSpan, dateOrder: DateOrder
  ) -> (WrittenStamp, Range<Int>)? {
    switch value.kind {
    case .string: return read(line, value.range, dateOrder: dateOrder).map { ($0, value.range) }
    case .number:
      if let stamp = read(line, value.range, dateOrder: dateOrder) { return (stamp, value.range) }
      return power(line.part(value.range)).map { ($0, value.range) }
    case .object: return StampObject.read(line, value, dateOrder: dateOrder, depth: 0)
    default: return nil
    }
  }

  /// Seconds since 1970 as `1.767323045678e+09`.
  private static func power(_ bytes: UnsafeRawBufferPointer) -> WrittenStamp? {
    guard bytes.count > 12, bytes.count < 32, bytes.at(1) == UInt8(ascii: "."), bytes[0].isDigit else { return nil }
    var mark = 2
    while bytes.at(mark).isDigit { mark += 1 }
    guard bytes.at(mark) | 32 == UInt8(ascii: "e"), mark >= 11 else { return nil }
    let rest = bytes.part(mark + 1..<bytes.count)
    guard
      rest.elementsEqual("9".utf8) || rest.elementsEqual("09".utf8) || rest.elementsEqual("+09".utf8)
        || rest.elementsEqual("+9".utf8)
    else { return nil }
    return withUnsafeTemporaryAllocation(byteCount: 32, alignment: 1) { digits in
      digits[0] = bytes[0]
      for offset in 0..<9 { digits[1 + offset] = bytes[2 + offset] }
      digits[10] = UInt8(ascii: ".")
      for offset in 11..<mark { digits[offset] = bytes[offset] }
      let copy = UnsafeRawBufferPointer(rebasing: digits[0..<(mark > 11 ? mark : 10)])
      var grammar = StampGrammar(copy)
      guard var stamp = grammar.stamp(at: 0), stamp.instant != nil else { return nil }
      stamp.end = bytes.count
      return stamp
    }
  }
}

/// Reads stamps that are objects: `{"$date": ...}` of MongoDB, `{"epochSecond": ..., "nanoOfSecond": ...}` of log4j,
/// `{"seconds": ..., "nanos": ...}` of protobuf, `{"iso": ...}`.
enum StampObject {
  private static let wholes: [StaticString] = [
    "$date", "$numberLong", "iso", "iso8601", "timestamp", "epoch", "unix", "value", "SystemTime", "systemTime", "utc",
    "time", "datetime", "dateTime", "ms", "millis", "epochMillis", "instant",
  ]
  private static let seconds: [StaticString] = [
    "epochSecond", "seconds", "secs", "sec", "s", "secs_since_epoch", "tv_sec", "epochSeconds",
  ]
  private static let parts: [(name: StaticString, scale: Int)] = [
    ("nanoOfSecond", 1), ("nanos", 1), ("nanoseconds", 1), ("nsecs", 1), ("nsec", 1), ("ns", 1),
    ("nanos_since_epoch", 1),
    ("tv_nsec", 1), ("tv_usec", 1000), ("micros", 1000), ("us", 1000), ("usec", 1000), ("ms", 1_000_000),
    ("millis", 1_000_000), ("msec", 1_000_000),
  ]

  static func read(
    _ line: UnsafeRawBufferPointer, _ object: JSONSpan, dateOrder: DateOrder, depth: Int
  ) -> (WrittenStamp, Range<Int>)? {
    guard depth < 3, var members = JSONMembers(line, object: object.range) else { return nil }
    var whole: (rank: Int, stamp: WrittenStamp, span: Range<Int>)?
    var second: (stamp: WrittenStamp, span: Range<Int>)?
    var part: Int?
    var count = 0
    while count < 12, let (name, value) = members.next() {
      count += 1
      let bytes = line.part(name.range)
      if seconds.contains(where: { isEqual(bytes, $0) }), value.kind == .number || value.kind == .string {
        second = StampValue.read(line, value.range, dateOrder: dateOrder).map { ($0, value.range) }
      } else if let entry = parts.first(where: { isEqual(bytes, $0.name) }), value.kind == .number,
        let number = fraction(line.part(value.range), entry.scale)
      {
        part = number
      } else if let rank = wholes.firstIndex(where: { isEqual(bytes, $0) }), rank < whole?.rank ?? .max,
        let (stamp, span) = inner(line, value, dateOrder, depth)
      {
        whole = (rank, stamp, span)
      }
    }
    if let second, let instant = second.stamp.instant {
      var stamp = second.stamp
      stamp.instant = instant + TimeSpan(nanoseconds: Int64(part ?? 0))
      return (stamp, second.span)
    }
    return whole.map { ($0.stamp, $0.span) }
  }

  private static func inner(
    _ line: UnsafeRawBufferPointer, _ value: JSONSpan, _ dateOrder: DateOrder, _ depth: Int
  ) -> (WrittenStamp, Range<Int>)? {
    if value.kind == .object { return read(line, value, dateOrder: dateOrder, depth: depth + 1) }
    return StampValue.read(line, value: value, dateOrder: dateOrder)
  }

  /// Less than a second, in nanoseconds.
  private static func fraction(_ bytes: UnsafeRawBufferPointer, _ scale: Int) -> Int? {
    guard !bytes.isEmpty, bytes.count <= 9, bytes.allSatisfy(\.isDigit) else { return nil }
    let number = bytes.reduce(0) { $0 * 10 + Int($1 - 48) } * scale
    return number < 1_000_000_000 ? number : nil
  }

  private static func isEqual(_ name: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
    name.count == text.utf8CodeUnitCount && name.has(text, at: 0)
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
    // MongoDB counts the depth of debugging.
    if end - start == 2, line[start] == UInt8(ascii: "D"), (49...53).contains(line[start + 1]) {
      return line[start + 1] == 49 ? .debug : .trace
    }
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
