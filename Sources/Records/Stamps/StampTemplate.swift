import Quantities

/// The shape of a stamp seen before, as a fast path: what fits it is read with a few loads, and as the grammar reads it.
///
///     2026-01-02T03:04:05.678+01:00        a year-first stamp of fixed width
///     ├── head ────────┤├── tail ─────┤    head: 16 bytes, equal to those of the last stamp, or the minute is read anew
///                                          tail: digits where digits were, all else literally equal
///
/// Zone and separators are part of the shape, so that a change of either misses and is learned anew. Twin:
/// `StampGrammar`; Tests/RecordsTests/TemplateTests.swift holds the two against each other.
struct StampTemplate {
  /// Which layout the first 16 bytes have.
  private enum Layout {
    /// `2026-01-02T03:04`
    case yearFirst
    /// `02/Jan/2026:03:0`: the last digit of the minute belongs to the tail.
    case accessLog
  }

  /// Bytes of the whole stamp.
  private(set) var length = 0
  private var layout = Layout.yearFirst
  private var head: (UInt64, UInt64) = (0, 0)
  /// Nanoseconds since 1970 of the head.
  private var start: Int64 = 0
  /// Whether `start` belongs to `head`.
  private var isWarm = false
  private var pattern: (UInt64, UInt64, UInt64) = (0, 0, 0)
  private var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
  private var mask: (UInt64, UInt64, UInt64) = (0, 0, 0)
  private var fractionWidth = 0
  private var model = WrittenStamp(form: .yearFirst)

  /// Whether a shape has been learned.
  var isLearned: Bool { length > 0 }

  /// Whether the shape holds a zone.
  var namesZone: Bool { model.offset != nil }

  /// Bytes that must be readable from the stamp's start on.
  static let readable = 40

  /// Learns the shape of `stamp`, which the grammar read at `line[start...]`; forgets where it has none of the layouts.
  mutating func learn(
    _ stamp: WrittenStamp, _ line: UnsafeRawBufferPointer, at start: Int, _ resolver: inout StampResolver
  ) {
    length = 0
    let width = stamp.end - start
    guard width >= 19, width <= 40, line.count >= stamp.end, let layout = Self.layout(line, start, stamp) else {
      return
    }
    self.layout = layout
    model = stamp
    let minute = layout == .yearFirst ? 16 : 17
    fractionWidth = 0
    if layout == .yearFirst, width > 20, line[start + 19] == 46 || line[start + 19] == 44 {
      while start + 20 + fractionWidth < stamp.end, line[start + 20 + fractionWidth].isDigit { fractionWidth += 1 }
      guard (1...9).contains(fractionWidth) else { return }
    }
    // One digit of a second, or three, would be read as two.
    guard stamp.second == line.twoDigits(start + minute + 1), fractionWidth > 0 || stamp.nanosecond == 0 else { return }
    // AM and PM change the hour that the head holds.
    if stamp.hour != line.twoDigits(start + (layout == .yearFirst ? 11 : 12)) { return }
    if layout == .yearFirst, Self.hasHalf(line, from: start + 19, to: stamp.end) { return }
    let digitEnd = fractionWidth > 0 ? 20 + fractionWidth : minute + 3
    var words = (
      pattern: [UInt64](repeating: 0, count: 3), digits: [UInt64](repeating: 0, count: 3),
      mask: [UInt64](repeating: 0, count: 3)
    )
    for offset in 16..<width {
      let byte = line[start + offset]
      let isDigit = byte.isDigit && offset < digitEnd
      let (word, shift) = ((offset - 16) / 8, UInt64((offset - 16) % 8 * 8))
      words.pattern[word] |= UInt64(isDigit ? 48 : byte) << shift
      words.digits[word] |= isDigit ? 0x06 << shift : 0
      words.mask[word] |= (isDigit ? 0xF0 : 0xFF) << shift
    }
    pattern = (words.pattern[0], words.pattern[1], words.pattern[2])
    digits = (words.digits[0], words.digits[1], words.digits[2])
    mask = (words.mask[0], words.mask[1], words.mask[2])
    guard let base = line.baseAddress, refill(Self.word(base, start), Self.word(base, start + 8), &resolver) else {
      return
    }
    length = width
  }

  /// The same shape without what was remembered of the last stamp, for a resolver with another zone or reference.
  var shape: StampTemplate {
    var shape = self
    shape.isWarm = false
    return shape
  }

  private static func layout(_ line: UnsafeRawBufferPointer, _ start: Int, _ stamp: WrittenStamp) -> Layout? {
    if stamp.form == .yearFirst {
      let separators = [4, 7, 13, 16].map { line[start + $0] }
      let isPlain = separators[0] == separators[1] && (separators[0] == 45 || separators[0] == 47)
      let between = line[start + 10]
      return isPlain && separators[2] == 58 && separators[3] == 58 && (between == 32 || between == 84)
        ? .yearFirst : nil
    }
    guard stamp.form == .dayMonthName, stamp.end - start == 26, stamp.offset != nil else { return nil }
    let isPlain =
      line[start + 2] == 47 && line[start + 6] == 47 && line[start + 11] == 58 && line[start + 14] == 58
      && line[start + 17] == 58 && line[start + 20] == 32
    return isPlain ? .accessLog : nil
  }

  private static func hasHalf(_ line: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Bool {
    for index in start..<max(start, end - 1) {
      let letter = line[index] | 32
      if letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p"), line[index + 1] | 32 == UInt8(ascii: "m") {
        return true
      }
    }
    return false
  }

  /// The instant of the stamp at `pointer`, in nanoseconds; nil where the shape does not fit.
  ///
  /// SAFETY: the caller guarantees `readable` bytes from `pointer` on; none beyond them is read, and none twice.
  @inline(__always) mutating func match(_ pointer: UnsafeRawPointer, _ resolver: inout StampResolver) -> Int64? {
    let tail = (
      Self.word(pointer, 16) ^ pattern.0, Self.word(pointer, 24) ^ pattern.1, Self.word(pointer, 32) ^ pattern.2
    )
    let wrong =
      (tail.0 | (tail.0 &+ digits.0)) & mask.0 | (tail.1 | (tail.1 &+ digits.1)) & mask.1
      | (tail.2 | (tail.2 &+ digits.2)) & mask.2
    guard wrong == 0 else { return nil }
    let (first, second) = (Self.word(pointer, 0), Self.word(pointer, 8))
    if !isWarm || first != head.0 || second != head.1 {
      guard refill(first, second, &resolver) else { return nil }
    }
    switch layout {
    case .yearFirst:
      let seconds = Int64((tail.0 &>> 8) & 15) &* 10 &+ Int64((tail.0 &>> 16) & 15)
      return start &+ seconds &* 1_000_000_000 &+ fraction(tail.0, tail.1)
    case .accessLog:
      let seconds = Int64((tail.0 &>> 16) & 15) &* 10 &+ Int64((tail.0 &>> 24) & 15)
      return start &+ Int64(tail.0 & 15) &* 60_000_000_000 &+ seconds &* 1_000_000_000
    }
  }

  /// The digits from byte 20 of the stamp on: four in the upper half of `tail`, the rest in `rest`.
  @inline(__always) private func fraction(_ tail: UInt64, _ rest: UInt64) -> Int64 {
    if fractionWidth == 0 { return 0 }
    if fractionWidth == 3 {
      return (Int64((tail &>> 32) & 15) &* 100 &+ Int64((tail &>> 40) & 15) &* 10 &+ Int64((tail &>> 48) & 15))
        &* 1_000_000
    }
    var value: Int64 = 0
    for digit in 0..<fractionWidth {
      let word = digit < 4 ? tail &>> UInt64(32 &+ 8 &* digit) : rest &>> UInt64(8 &* (digit &- 4))
      value = value &* 10 &+ Int64(word & 15)
    }
    for _ in fractionWidth..<9 { value = value &* 10 }
    return value
  }

  @inline(__always) private static func word(_ pointer: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: pointer.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Reads the first 16 bytes as date, hour and minute; false if they are none.
  @inline(never) private mutating func refill(_ first: UInt64, _ second: UInt64, _ resolver: inout StampResolver)
    -> Bool
  {
    withUnsafeBytes(of: (first.littleEndian, second.littleEndian)) { bytes in
      guard let minute = minute(bytes, &resolver) else { return false }
      (head, start, isWarm) = ((first, second), minute, true)
      return true
    }
  }

  private func minute(_ bytes: UnsafeRawBufferPointer, _ resolver: inout StampResolver) -> Int64? {
    var stamp = model
    (stamp.second, stamp.nanosecond) = (0, 0)
    switch layout {
    case .yearFirst:
      let separator = bytes[4]
      guard separator == 45 || separator == 47, bytes[7] == separator, bytes[13] == 58,
        bytes[10] == 32 || bytes[10] == 84
      else { return nil }
      let (century, year) = (bytes.twoDigits(0), bytes.twoDigits(2))
      (stamp.month, stamp.day) = (bytes.twoDigits(5), bytes.twoDigits(8))
      (stamp.hour, stamp.minute) = (bytes.twoDigits(11), bytes.twoDigits(14))
      guard century >= 0, year >= 0 else { return nil }
      stamp.year = century * 100 + year
    case .accessLog:
      let grammar = StampGrammar(bytes)
      guard bytes[2] == 47, bytes[6] == 47, bytes[11] == 58, bytes[14] == 58, let month = grammar.month(at: 3) else {
        return nil
      }
      let (century, year) = (bytes.twoDigits(7), bytes.twoDigits(9))
      (stamp.month, stamp.day, stamp.hour) = (month, bytes.twoDigits(0), bytes.twoDigits(12))
      guard century >= 0, year >= 0, bytes[15] >= 48, bytes[15] < 54 else { return nil }
      stamp.year = century * 100 + year
      stamp.minute = Int(bytes[15] - 48) * 10
    }
    guard StampGrammar(bytes).isDate(stamp), (0...24).contains(stamp.hour),
      (0..<60).contains(stamp.minute)
    else { return nil }
    return resolver.instant(stamp).nanoseconds
  }
}
