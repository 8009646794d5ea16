import Quantities

/// What the first line of a record says about it.
struct LineHead {
  var stamp: Timestamp?
  var stampSpan: Range<Int>?
  var level: Level?
  var levelSpan: Range<Int>?
}

/// Reads lines one after the other with one reader; holds what is worth keeping from line to line.
struct LineReading {
  let reader: RecordReader
  let reference: Timestamp

  init(reader: RecordReader, reference: Timestamp) {
    self.reader = reader
    self.reference = reference
  }

  /// The stamp and level of a line on which a record starts.
  mutating func head(_ line: UnsafeRawBufferPointer) -> LineHead {
    var head = LineHead()
    guard line.count >= 19, line[4] == 45, line[7] == 45, line[13] == 58, line[16] == 58 else { return head }
    let parts = [0, 2, 5, 8, 11, 14, 17].map { line.twoDigits($0) }
    guard !parts.contains(-1) else { return head }
    var civil = CivilTime(year: parts[0] * 100 + parts[1], month: parts[2], day: parts[3])
    (civil.hour, civil.minute, civil.second) = (parts[4], parts[5], parts[6])
    head.stamp = reader.options.assumedZone.timestamp(of: civil)
    head.stampSpan = 0..<19
    return head
  }

  mutating func mark(_ line: UnsafeRawBufferPointer, state: inout ScanState) -> LineMark {
    let head = head(line)
    if head.stamp == nil, reader.habits.hasStamps || line.at(0).isSpace {
      return LineMark(stamp: nil, code: .continuation)
    }
    return LineMark(stamp: head.stamp, code: LineCode(start: head.level))
  }

  mutating func parse(_ record: UnsafeRawBufferPointer) -> ParsedRecord {
    let head = head(record.part(0..<record.firstLineEnd))
    var parsed = ParsedRecord()
    parsed.stamp = head.stamp
    parsed.stampSpan = head.stampSpan
    parsed.level = head.level
    let start = record.skippingBlanks(head.stampSpan?.upperBound ?? 0)
    parsed.messageSpan = start..<max(start, record.trimmedCount)
    return parsed
  }
}
