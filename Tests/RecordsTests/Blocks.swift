import Quantities
import Testing

@testable import Records

/// A record of a test's file, in texts.
struct BlockRecord: Equatable {
  var lines: ClosedRange<Int>
  var time: String?
  var level: Level?
  var message: String
  var fields: [String]

  init(
    _ lines: ClosedRange<Int>, _ time: String?, _ level: Level?, _ message: String, _ fields: [String] = []
  ) {
    (self.lines, self.time, self.level, self.message, self.fields) = (lines, time, level, message, fields)
  }
}

/// All records of a file that holds `text`, as index and parser together give them.
func blockRecords(_ text: String, _ options: ReadingOptions = .init()) -> [BlockRecord] {
  withBytes(text) { bytes in
    let reader = FormatDetection.reader(for: bytes, fileName: "", options: options)
    let index = reader.index(bytes, segment: 0..<bytes.count, reference: reference)
    var starts: [(line: Int, offset: Int, level: Level?)] = []
    var offset = 0
    for line in 0..<index.lineCount {
      let code = index.groups[line / 64].code(ofLine: line % 64)
      if code.isStart { starts.append((line, offset, code.level)) }
      offset = min((bytes[offset...].firstIndex(of: 10) ?? bytes.count) + 1, bytes.count)
    }
    return starts.indices.map { number in
      let next = number + 1 < starts.count ? starts[number + 1] : (index.lineCount, bytes.count, nil)
      let record = bytes.part(starts[number].offset..<next.1)
      let parsed = reader.parse(record, reference: reference)
      #expect(
        parsed.level == starts[number].level, "the index and the parser differ in line \(starts[number].line + 1)")
      #expect(reader.stamp(of: record, reference: reference) == parsed.stamp)
      #expect(reader.message(of: record).span == parsed.messageSpan)
      for field in parsed.fields {
        var isFound = false
        reader.forEachValue(of: FieldPath(field.path), in: record) { value in
          isFound = isFound || value.text() == field.text(in: record)
          return true
        }
        #expect(isFound, "\(field.path) is not found by its name")
      }
      return BlockRecord(
        starts[number].line + 1...next.0, parsed.stamp.map(isoText), parsed.level,
        parsed.messageEncoding.decode(record.part(parsed.messageSpan)),
        parsed.fields.map { "\($0.path)=\($0.text(in: record))" })
    }
  }
}

/// Reads `text` cut off after each byte, and in blocks of many sizes: without a trap, and as the same records.
func checkCuts(_ text: String) {
  withBytes(text) { bytes in
    for count in 0..<bytes.count {
      let part = bytes.part(0..<count)
      let reader = FormatDetection.reader(for: part, fileName: "", options: .init())
      _ = reader.index(part, segment: 0..<count, reference: reference)
      _ = reader.parse(part, reference: reference)
    }
    let reader = FormatDetection.reader(for: bytes, fileName: "", options: .init())
    let whole = reader.index(bytes, segment: 0..<bytes.count, reference: reference)
    for size in stride(from: 1, to: bytes.count, by: 7) {
      var indexer = SegmentIndexer(reader, reference: reference)
      indexer.begin(reference: reference)
      var (start, end) = (0, 0)
      while end < bytes.count {
        end = min(end + size, bytes.count)
        let block = bytes.part(start..<end)
        start += indexer.read(block, from: 0, before: block.count, at: start, isLast: end == bytes.count)
      }
      let index = indexer.finish(emptyAt: 0)
      #expect(index.recordCount == whole.recordCount)
      #expect(index.stampedCount == whole.stampedCount)
      #expect(index.levels(of: whole.lineCount) == whole.levels(of: whole.lineCount), "in blocks of \(size) bytes")
    }
  }
}

extension SegmentIndex {
  fileprivate func levels(of lines: Int) -> [Level?] {
    (0..<min(lines, lineCount)).map { groups[$0 / 64].code(ofLine: $0 % 64).level }
  }
}
