import CSystem
import Quantities

// The fast path of access logs. SAFETY: as in `FastMarks`.

extension LineReading {
  /// An access log: the first bracket, a templated stamp, the request in quotes, the status.
  ///
  /// 64 bytes are searched at a time for the bracket, and for the quote that ends the request.
  @inline(__always) mutating func fastAccess(_ line: UnsafeRawBufferPointer, readable: Int) -> FastMark? {
    guard readable >= 168 else { return anyAccess(line, readable: readable) }
    guard fast.template.length == 26, let base = line.baseAddress, line.count > 48, line[0] > 32 else { return nil }
    let brackets = cs_mask64(base, UInt8(ascii: "["))
    let index = brackets.trailingZeroBitCount
    // No quote may come before the bracket.
    guard index < 64, cs_mask64(base, UInt8(ascii: "\"")) & ((1 &<< UInt64(index)) &- 1) == 0,
      let instant = fast.template.match(base + (index &+ 1), &resolver),
      line.word(at: index &+ 27) & 0xFF_FFFF == 0x22_205D  // `] "`
    else { return nil }
    guard let quote = closingQuote(base, from: index &+ 30, count: line.count, readable: readable) else { return nil }
    // ` 200 `: digits become 0 to 9, blanks 0.
    let status = line.word(at: quote &+ 1) ^ 0x20_3030_3020
    guard quote &+ 6 <= line.count, (status | (status &+ 0x0006_0606_00)) & 0xFF_F0F0_F0FF == 0 else { return nil }
    let kind = (status &>> 8) & 15
    guard kind &- 1 < 5 else { return nil }
    // What `LevelNames.level(status:)` says of 1xx to 5xx, as nibbles.
    let code = UInt8(truncatingIfNeeded: 0x54_2220 &>> (kind &* 4) & 15)
    return FastMark(nanoseconds: instant, code: LineCode(rawValue: code))
  }

  /// The first quote from `start` on; nil where a backslash comes first, or none that can be judged.
  @inline(__always) private func closingQuote(
    _ base: UnsafeRawPointer, from start: Int, count: Int, readable: Int
  ) -> Int? {
    var start = start
    while start < count, start &+ 72 <= readable {
      let quotes = cs_mask64(base + start, UInt8(ascii: "\""))
      let escapes = cs_mask64(base + start, UInt8(ascii: "\\"))
      if (quotes | escapes) != 0 {
        // The lowest bit of both is a quote's.
        return escapes & (quotes ^ (quotes &- 1)) == 0 ? start &+ quotes.trailingZeroBitCount : nil
      }
      start &+= 64
    }
    return nil
  }

  /// The same byte by byte, for lines after which not enough can be read.
  @inline(never) private mutating func anyAccess(_ line: UnsafeRawBufferPointer, readable: Int) -> FastMark? {
    guard fast.template.isLearned, let base = line.baseAddress, line.count > 48, line[0] > 32 else { return nil }
    var index = 0
    let limit = min(line.count &- 48, 256)
    while index < limit, line[index] != UInt8(ascii: "[") {
      if line[index] == UInt8(ascii: "\"") { return nil }
      index &+= 1
    }
    guard index < limit, readable >= index &+ 1 &+ StampTemplate.readable, fast.template.length == 26,
      let instant = fast.template.match(base + (index &+ 1), &resolver), line[index &+ 27] == UInt8(ascii: "]"),
      line[index &+ 28] == 32, line[index &+ 29] == UInt8(ascii: "\"")
    else { return nil }
    guard let quote = closingQuote(line, from: index &+ 30), quote &+ 6 <= line.count, line[quote &+ 1] == 32,
      line[quote &+ 2] &- 49 < 5, line[quote &+ 3].isDigit, line[quote &+ 4].isDigit, line[quote &+ 5] == 32
    else { return nil }
    let level = LevelNames.level(status: Int(line[quote &+ 2] &- 48) &* 100)
    return FastMark(instant, level)
  }

  private func closingQuote(_ line: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var index = start
    let end = line.count
    while index < end {
      let byte = line[index]
      if byte == UInt8(ascii: "\"") { return index }
      if byte == UInt8(ascii: "\\") { return nil }
      index &+= 1
    }
    return nil
  }
}
