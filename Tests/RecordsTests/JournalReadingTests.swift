import Quantities
import Testing

@testable import Records

@Suite struct JournalReadingTests {
  private let verbose = """
    Fri 2026-01-02 03:04:05.678901 UTC [s=0a;i=1;b=2;m=3;t=4;x=5]
        PRIORITY=3
        SYSLOG_IDENTIFIER=shop
        MESSAGE=cannot reach db-1
                after 3 attempts
        _PID=4711
    Fri 2026-01-02 03:04:06.000001 UTC [s=0a;i=2;b=2;m=3;t=4;x=6]
        MESSAGE=done
        PRIORITY=6
    -- Boot 0123456789abcdef --
    Fri 2026-01-02 03:04:07.000001 UTC [s=0a;i=3;b=2;m=3;t=4;x=7]
        MESSAGE=[19B blob data]

    """

  /// An entry with a value that holds an empty line, a line like a field and the byte 0xff, as its length says.
  private var export: [UInt8] {
    var bytes = Array("__CURSOR=s=1;i=1\n__REALTIME_TIMESTAMP=1767323045678901\nPRIORITY=4\nMESSAGE\n".utf8)
    let message = Array("first\n\n_PID=1\nlast ".utf8) + [0xFF]
    bytes += [UInt8(message.count), 0, 0, 0, 0, 0, 0, 0] + message
    bytes += Array("\n_PID=4711\n\n__CURSOR=s=1;i=2\n__REALTIME_TIMESTAMP=1767323046000000\nMESSAGE=done\n\n".utf8)
    return bytes
  }

  @Test func readsVerboseEntries() {
    withBytes(verbose) { bytes in
      let reader = FormatDetection.reader(for: bytes, fileName: "", options: .init())
      #expect(reader.formatName == "journal-verbose")
      let records = split(bytes, reader)
      #expect(
        records.map { $0.lowerBound == 0 ? 1 : bytes.part(0..<$0.lowerBound).count { $0 == 10 } + 1 } == [1, 7, 10, 11])
      let parsed = records.map { reader.parse(bytes.part($0), reference: reference) }
      #expect(parsed.map(\.level) == [.error, .info, nil, nil])
      #expect(
        parsed.map { $0.stamp.map(isoText) } == [
          "2026-01-02T03:04:05.678901Z", "2026-01-02T03:04:06.000001Z", nil, "2026-01-02T03:04:07.000001Z",
        ])
      let first = bytes.part(records[0])
      #expect(
        String(decoding: first.part(parsed[0].messageSpan), as: UTF8.self)
          == "cannot reach db-1\n            after 3 attempts")
      #expect(parsed[0].fields.map(\.path) == ["PRIORITY", "SYSLOG_IDENTIFIER", "MESSAGE", "_PID"])
      #expect(parsed[0].fields.last?.text(in: first) == "4711")
    }
  }

  @Test func readsExportsWithBinaryValues() {
    export.withUnsafeBytes { bytes in
      let reader = FormatDetection.reader(for: bytes, fileName: "", options: .init())
      #expect(reader.formatName == "journal-export")
      let records = split(bytes, reader)
      #expect(records.count == 2)
      let first = reader.parse(bytes.part(records[0]), reference: reference)
      #expect(first.stamp.map(isoText) == "2026-01-02T03:04:05.678901Z")
      #expect(first.level == .warn)
      #expect(first.messageSpan.count == 20)
      #expect(first.fields.map(\.path) == ["__CURSOR", "__REALTIME_TIMESTAMP", "PRIORITY", "MESSAGE", "_PID"])
      let second = reader.parse(bytes.part(records[1]), reference: reference)
      #expect(String(decoding: bytes.part(records[1]).part(second.messageSpan), as: UTF8.self) == "done")
    }
  }

  @Test("Cut anywhere, an export is read without a trap, and as the same records by blocks of any size")
  func cuts() {
    export.withUnsafeBytes { bytes in
      for count in 0..<bytes.count {
        let part = bytes.part(0..<count)
        let reader = FormatDetection.reader(for: part, fileName: "", options: .init())
        for record in split(part, reader) { _ = reader.parse(part.part(record), reference: reference) }
      }
      let reader = FormatDetection.reader(for: bytes, fileName: "", options: .init())
      let whole = reader.index(bytes, segment: 0..<bytes.count, reference: reference)
      for size in stride(from: 1, to: bytes.count, by: 7) {
        var indexer = SegmentIndexer(reader, reference: reference)
        indexer.begin(reference: reference)
        var (start, end) = (0, 0)
        while start < bytes.count, end < bytes.count || start == 0 {
          end = min(end + size, bytes.count)
          let block = bytes.part(start..<end)
          start += indexer.read(block, from: 0, before: block.count, at: start, isLast: end == bytes.count)
          if end == bytes.count { break }
        }
        let index = indexer.finish(emptyAt: 0)
        #expect(index.recordCount == whole.recordCount)
        #expect(index.stampedCount == whole.stampedCount)
      }
    }
  }

  @Test func searchesFindBinaryValues() throws {
    try export.withUnsafeBytes { bytes in
      let reader = FormatDetection.reader(for: bytes, fileName: "", options: .init())
      let path = FieldPath("MESSAGE")
      let trace = try #require(FieldTrace(path, in: reader, numbers: nil))
      var lines: [Int] = []
      trace.forEachNamed(in: bytes, 0..<bytes.count) { lines.append($0) }
      #expect(lines.count == 2)
      var values: [String] = []
      reader.forEachValue(of: path, in: bytes.part(split(bytes, reader)[1])) { value in
        values.append(String(decoding: value.bytes, as: UTF8.self))
        return true
      }
      #expect(values == ["done"])
    }
  }

  private func split(_ bytes: UnsafeRawBufferPointer, _ reader: RecordReader) -> [Range<Int>] {
    let index = reader.index(bytes, segment: 0..<bytes.count, reference: reference)
    var starts: [Int] = []
    var offset = 0
    for line in 0..<index.lineCount {
      if index.groups[line / 64].code(ofLine: line % 64).isStart { starts.append(offset) }
      offset = (bytes[offset...].firstIndex(of: 10) ?? bytes.count) + 1
    }
    return zip(starts, starts.dropFirst() + [bytes.count]).map { $0..<$1 }
  }
}
