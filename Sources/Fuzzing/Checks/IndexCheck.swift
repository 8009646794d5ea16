import Quantities
import Records

/// The first byte says where segments are cut, the rest is a file.
enum IndexCheck {
  static let reference = Timestamp(seconds: 1_790_000_000)

  static func run(_ input: [UInt8]) throws(Violation) {
    guard let cut = input.first else { return }
    try Array(input.dropFirst().prefix(16_384)).withBytes { (bytes) throws(Violation) in
      let reader = FormatDetection.reader(for: bytes, fileName: "", options: .init())
      try check(bytes, reader, cutEvery: 1 + Int(cut) * 7)
    }
  }

  /// What must hold of the index that `reader` makes of a file.
  static func check(
    _ bytes: UnsafeRawBufferPointer, _ reader: RecordReader, cutEvery step: Int
  ) throws(Violation) {
    let whole = reader.index(bytes, segment: 0..<bytes.count, reference: reference)
    try coversEveryLine(whole, bytes)
    try cutAnywhere(bytes, reader, every: step, like: whole)
    try readRecords(bytes, reader, whole)
  }

  private static func coversEveryLine(_ index: SegmentIndex, _ bytes: UnsafeRawBufferPointer) throws(Violation) {
    let newlines = bytes.count { $0 == 10 }
    let lines = newlines + (bytes.last.map { $0 == 10 ? 0 : 1 } ?? 0)
    try require(index.lineCount == lines, "\(index.lineCount) lines, \(lines) in the file")
    try require(index.bytes == 0..<bytes.count, "bytes \(index.bytes) of \(bytes.count)")
    try require(index.groups.count == (lines + 63) / 64, "\(index.groups.count) groups of \(lines) lines")
    let starts = (0..<lines).count { index.groups[$0 / 64].code(ofLine: $0 % 64).isStart }
    try require(index.recordCount == starts, "\(index.recordCount) records, \(starts) marked")
  }

  /// Segments of any size hold what one segment holds, each entered as the one before was left.
  private static func cutAnywhere(
    _ bytes: UnsafeRawBufferPointer, _ reader: RecordReader, every step: Int, like whole: SegmentIndex
  ) throws(Violation) {
    var line = 0
    var state = ScanState()
    for start in stride(from: 0, to: bytes.count, by: step) {
      let segment = start..<min(bytes.count, start + step)
      let part = reader.index(bytes, segment: segment, entry: state, reference: reference)
      for number in 0..<part.lineCount {
        let code = part.groups[number / 64].code(ofLine: number % 64)
        let expected = whole.groups[line / 64].code(ofLine: line % 64)
        try require(code == expected, "line \(line): \(code) in segment \(segment), \(expected) in one piece")
        line += 1
      }
      state = part.exit
    }
    try require(line == whole.lineCount, "\(line) lines in segments, \(whole.lineCount) in one piece")
  }

  /// The index, the quick reading and the full parse agree on each record's stamp, and no span leaves the record.
  private static func readRecords(
    _ bytes: UnsafeRawBufferPointer, _ reader: RecordReader, _ index: SegmentIndex
  ) throws(Violation) {
    var start = 0
    var line = 0
    var earliest: Timestamp?
    while start < bytes.count {
      let first = start
      let reference = index.reference(ofLine: line)
      repeat {
        start = (bytes[start...].firstIndex(of: 10) ?? bytes.count) + 1
        line += 1
      } while start < bytes.count && !index.groups[line / 64].code(ofLine: line % 64).isStart
      let record = bytes.part(first..<min(bytes.count, start - 1))
      let parsed = reader.parse(record, reference: reference)
      let quick = reader.stamp(of: record, reference: reference)
      try require(
        parsed.stamp == quick, "stamp \(String(describing: quick)), parsed \(String(describing: parsed.stamp))")
      if let stamp = parsed.stamp { earliest = min(earliest ?? stamp, stamp) }
      for field in parsed.fields {
        try require(field.valueSpan.upperBound <= record.count, "a value beyond its record: \(field.valueSpan)")
      }
    }
    try require(
      index.earliest == earliest, "earliest \(String(describing: index.earliest)), read \(String(describing: earliest))"
    )
  }
}
