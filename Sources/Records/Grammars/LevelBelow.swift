/// Records whose level begins their second line, as java.util.logging writes them by default:
///
///     Nov 22, 2026 2:00:01 PM org.apache.catalina.core.StandardService startInternal
///     INFO: Starting service [Catalina]
///
/// Source: Java SE, java.util.logging.SimpleFormatter, `%1$tb %1$td, %1$tY %1$tl:%1$tM:%1$tS %1$Tp %2$s%n%4$s: %5$s%6$s%n`.
enum LevelBelow {
  /// Bytes of the second line that decide.
  private static let reach = 16

  /// The level that the line after `lineEnd` begins with.
  static func find(_ record: UnsafeRawBufferPointer, lineEnd: Int) -> (level: Level, span: Range<Int>)? {
    let start = lineEnd + 1
    let limit = min(record.count, start + reach)
    var end = start
    while end < limit, record[end].isLetter { end += 1 }
    guard end < record.count, end - start >= 4, record[end] == UInt8(ascii: ":"),
      end + 1 == record.count || record[end + 1].isSpace,
      let level = LevelNames.level(record, at: start, count: end - start)
    else { return nil }
    return (level, start..<end)
  }

  /// The part of a record that its head is read from: up to the sign after the level.
  static func headBytes(_ record: UnsafeRawBufferPointer, lineEnd: Int) -> UnsafeRawBufferPointer {
    record.part(0..<(find(record, lineEnd: lineEnd).map { $0.span.upperBound + 1 } ?? lineEnd))
  }

  /// Whether more bytes of the second line are wanted; `bytes` go on in the file.
  static func needsMore(_ bytes: UnsafeRawBufferPointer, lineEnd: Int) -> Bool {
    guard bytes.count < lineEnd + 2 + reach else { return false }
    return bytes.part(min(lineEnd + 1, bytes.count)..<bytes.count).allSatisfy { $0.isLetter || $0 == UInt8(ascii: ":") }
  }

  /// How many of the lines that `stamps` finds a stamp in have a level below, and how many there are.
  static func count(_ lines: SampleLines, _ stamps: StampFinder) -> (below: Int, stamped: Int) {
    var (below, stamped) = (0, 0)
    for line in lines.heads.prefix(400) where stamps.find(line) != nil {
      stamped += 1
      if find(lines.rest(from: line), lineEnd: line.count) != nil { below += 1 }
    }
    return (below, stamped)
  }
}
