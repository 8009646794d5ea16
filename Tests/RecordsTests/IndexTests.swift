import Quantities
import TestSupport
import Testing

@testable import Records

/// What an index says, line by line and group by group, told simply.
private struct Naive: Equatable {
  var codes: [UInt8] = []
  var offsets: [Int] = []
  var stamps: [Int64?] = []
  var late = 0

  /// Reads lines one by one with `mark`.
  init(_ reader: RecordReader, _ file: UnsafeRawBufferPointer) {
    var state = ScanState()
    var start = 0
    var records: [(line: Int, text: [UInt8])] = []
    while start < file.count {
      let end = file[start...].firstIndex(of: 10) ?? file.count
      var mark = reader.mark(ofLine: file.part(start..<end), state: &state, reference: reference)
      if start == 0, !mark.code.isStart {
        let parsed = reader.parse(file.part(start..<end), reference: reference)
        mark = LineMark(stamp: parsed.stamp, code: LineCode(start: parsed.level))
      }
      if mark.code.isStart { records.append((codes.count, Array(file[start..<end]))) }
      codes.append(mark.code.rawValue)
      offsets.append(start)
      start = end + 1
    }
    let instants = OrderTwin.instants(records.map(\.text), reader, reference: reference)
    var highest: Int64?
    for (number, order) in OrderTwin.orderStamps(instants).enumerated() {
      if let order = order?.nanoseconds { highest = max(highest ?? order, order) }
      if let highest, let stamp = instants[number]?.nanoseconds, highest - stamp > 60_000_000_000 { late += 1 }
      let end = number + 1 < records.count ? records[number + 1].line : codes.count
      stamps += [Int64?](repeating: highest, count: end - stamps.count)
    }
  }

  /// Reads the same from an index of the whole file.
  init(_ index: SegmentIndex, like naive: Naive) {
    for line in 0..<index.lineCount { codes.append(index.groups[line / 64].code(ofLine: line % 64).rawValue) }
    offsets = naive.offsets
    stamps = naive.stamps
    late = index.lateCount
    for group in 0..<index.groups.count {
      offsets[group * 64] = Int(index.groups[group].offset)
      // Rounded down to a tick, so compare in ticks and take the naive value where they agree.
      guard let expected = naive.stamps[group * 64], let base = index.base else {
        stamps[group * 64] = index.stamp(ofGroup: group)?.nanoseconds
        continue
      }
      let ticks = (expected - base.nanoseconds) / index.tick
      if Int64(index.groups[group].stamp) != ticks { stamps[group * 64] = nil }
    }
  }
}

@Suite struct IndexTests {
  @Test("The index of a file is what reading its lines one by one gives", arguments: 1...120)
  func naiveTwin(_ seed: UInt64) {
    var generator = SeededGenerator(seed)
    let file = Pool.file(Int.random(in: 0..<300, using: &generator), &generator)
    file.withUnsafeBytes { bytes in
      let reader = FormatDetection.reader(for: bytes, fileName: "", options: .init())
      let index = reader.index(bytes, segment: 0..<bytes.count, reference: reference)
      let naive = Naive(reader, bytes)
      #expect(Naive(index, like: naive) == naive)
      #expect(index.bytes == 0..<bytes.count)
      #expect(index.recordCount == naive.codes.count { $0 != 15 })
      #expect(index.groups.count == (index.lineCount + 63) / 64)
    }
  }

  @Test(
    "Segments cut anywhere hold the same lines, when each gets the exit state of the one before", arguments: 1...120)
  func splits(_ seed: UInt64) {
    var generator = SeededGenerator(seed &+ 1000)
    let file = Pool.file(Int.random(in: 1..<200, using: &generator), &generator)
    file.withUnsafeBytes { bytes in
      let reader = FormatDetection.reader(for: bytes, fileName: "", options: .init())
      let whole = reader.index(bytes, segment: 0..<bytes.count, reference: reference)
      var codes: [UInt8] = []
      var state = ScanState()
      var position = 0
      var end = 0
      while position < bytes.count {
        let next = min(bytes.count, position + Int.random(in: 1..<2000, using: &generator))
        let part = reader.index(bytes, segment: position..<next, entry: state, reference: reference)
        if part.lineCount > 0 {
          #expect(part.bytes.lowerBound == end)
          end = part.bytes.upperBound
        }
        for line in 0..<part.lineCount { codes.append(part.groups[line / 64].code(ofLine: line % 64).rawValue) }
        state = part.exit
        position = next
      }
      #expect(end == bytes.count)
      #expect(codes == (0..<whole.lineCount).map { whole.groups[$0 / 64].code(ofLine: $0 % 64).rawValue })
    }
  }

  @Test("A segment whose time leaps over centuries takes a coarser tick instead of overflowing")
  func leaps() {
    let text = "1900-01-01T00:00:00Z a\n" + String(repeating: "2200-01-01T00:00:00Z b\n", count: 100)
    withBytes(text) { bytes in
      let reader = FormatDetection.reader(for: bytes, fileName: "", options: .init())
      let index = reader.index(bytes, segment: 0..<bytes.count, reference: reference)
      #expect(index.tick > 1_000_000)
      #expect(index.latest.map(isoText) == "2200-01-01T00:00:00Z")
    }
  }

  @Test("Group stamps stay within a tick of the truth however far the time leaps", arguments: 1...40)
  func randomLeaps(_ seed: UInt64) {
    var generator = SeededGenerator(seed &+ 9000)
    var text = ""
    var day = 1
    for _ in 0..<400 {
      if Int.random(in: 0..<30, using: &generator) == 0 { day = Int.random(in: 1...28, using: &generator) }
      let year = Int.random(in: 0..<20, using: &generator) == 0 ? Int.random(in: 1970...2200, using: &generator) : 2026
      let month = Int.random(in: 10...12, using: &generator)
      text +=
        "\(year)-\(month)-\(day < 10 ? "0" : "")\(day)T03:04:05.\(Int.random(in: 100...999, using: &generator))Z x y\n"
    }
    withBytes(text) { bytes in
      let reader = FormatDetection.reader(for: bytes, fileName: "", options: .init())
      let index = reader.index(bytes, segment: 0..<bytes.count, reference: reference)
      let naive = Naive(reader, bytes)
      for group in index.groups.indices {
        // Before the first stamp that is no outlier a group has none.
        guard let stamp = index.stamp(ofGroup: group), let truth = naive.stamps[group * 64] else {
          #expect(index.stamp(ofGroup: group) == nil && naive.stamps[group * 64] == nil)
          continue
        }
        #expect(stamp.nanoseconds <= truth && truth - stamp.nanoseconds < index.tick)
      }
    }
  }

  @Test("Newlines are found where they are, by both ways to search", arguments: 1...60)
  func newlines(_ seed: UInt64) {
    var generator = SeededGenerator(seed &+ 7000)
    let density = [1, 2, 10, 100, 3000][Int(seed) % 5]
    let bytes = (0..<Int.random(in: 0..<9000, using: &generator)).map { _ in
      Int.random(in: 0..<density, using: &generator) == 0 ? 10 : UInt8.random(in: 0...255, using: &generator)
    }
    let start = Int.random(in: 0...bytes.count, using: &generator)
    let expected = bytes.indices.filter { $0 >= start && bytes[$0] == 10 }
    bytes.withUnsafeBytes { block in
      for isPortable in [false, true] {
        var ends = LineEnds(isPortable: isPortable)
        var found: [Int] = []
        ends.begin(at: start)
        while ends.fill(block) { for index in 0..<ends.count { found.append(ends[index]) } }
        #expect(found == expected)
      }
    }
  }

  @Test("Empty files, lone newlines, and segments without a line start")
  func edges() {
    let reader = RecordReader()
    withBytes("") { #expect(reader.index($0, segment: 0..<0, reference: reference).lineCount == 0) }
    withBytes("\n\n\n") { bytes in
      let index = reader.index(bytes, segment: 0..<3, reference: reference)
      #expect(index.lineCount == 3)
      #expect(index.recordCount == 1)
    }
    withBytes(String(repeating: "x", count: 100)) { bytes in
      #expect(reader.index(bytes, segment: 50..<100, reference: reference).lineCount == 0)
      #expect(reader.index(bytes, segment: 0..<50, reference: reference).bytes == 0..<100)
    }
  }

  @Test("A stack trace belongs to the record above it; a file without stamps has a record a line")
  func continuations() {
    func starts(_ text: String) -> [Bool] {
      withBytes(text) { bytes in
        let index = reader(for: text).index(bytes, segment: 0..<bytes.count, reference: reference)
        return (0..<index.lineCount).map { index.groups[$0 / 64].code(ofLine: $0 % 64).isStart }
      }
    }
    let stamped =
      "2026-01-02 03:04:05 E x\nTraceback (most recent call last):\n  File\nValueError: x\nmore\n2026-01-02 03:04:06 I y"
    #expect(starts(stamped) == [true, false, false, false, false, true])
    #expect(starts("one\ntwo\n  indented\nCaused by: x\nthree\n}\n") == [true, true, false, false, true, false])
    #expect(
      starts("a\nTraceback (most recent call last):\n  File x\nValueError: y\nb") == [true, false, false, false, true])
    #expect(
      starts("{\"msg\":\"a\"}\n{\"msg\":\"b\"}\nplain\n  more\n{\"msg\":\"c\"}") == [true, true, true, false, true])
  }
}

@Suite struct RecordPropertyTests {
  @Test("stamp, code and values of a line are those of its whole reading", arguments: 1...60)
  func agreement(_ seed: UInt64) {
    var generator = SeededGenerator(seed &+ 5000)
    let file = Pool.file(40, &generator)
    let reader = file.withUnsafeBytes { FormatDetection.reader(for: $0, fileName: "", options: .init()) }
    for line in Pool.text {
      withBytes(line) { bytes in
        let parsed = reader.parse(bytes, reference: reference)
        #expect(reader.stamp(of: bytes, reference: reference) == parsed.stamp)
        let code = reader.code(ofLine: bytes, reference: reference)
        #expect(!code.isStart || code == LineCode(start: parsed.level))
        for path in Set(parsed.fields.map(\.path) + ["a[].c", "a.b[].c", "nonesuch", ""]) {
          let sought = FieldPath(path)
          var found: [String] = []
          reader.forEachValue(of: sought, in: bytes) { value in
            found.append(value.text())
            return true
          }
          let expected = parsed.fields.filter { sought.matches($0.path) }.map { $0.text(in: bytes) }
          #expect(found == expected)
        }
      }
    }
  }

  @Test("Any bytes give a reading whose spans lie inside them", arguments: 1...40)
  func hostile(_ seed: UInt64) {
    var generator = SeededGenerator(seed &+ 9000)
    let alphabet: [UInt8] = Array(Pool.text.joined(separator: "").utf8) + [0, 10, 13, 27, 34, 92, 128, 200, 255]
    let readers = Pool.text.map { reader(for: $0 + "\n" + $0) }
    for _ in 0..<40 {
      var bytes = (0..<Int.random(in: 0..<200, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator) ?? 0
      }
      if let line = Pool.text.randomElement(using: &generator), Bool.random(using: &generator) {
        bytes = Array(line.utf8.prefix(Int.random(in: 0...line.utf8.count, using: &generator))) + bytes
      }
      bytes.withUnsafeBytes { bytes in
        for reader in readers {
          let parsed = reader.parse(bytes, reference: reference)
          let spans =
            parsed.fields.flatMap { [$0.nameSpan, $0.valueSpan] } + [parsed.messageSpan]
            + [parsed.stampSpan, parsed.levelSpan].compactMap { $0 }
          #expect(spans.allSatisfy { $0.upperBound <= bytes.count })
          _ = reader.index(bytes, segment: 0..<bytes.count, reference: reference)
        }
      }
    }
  }

  @Test("A line of megabytes is read in bounded time and fields")
  func longLines() {
    let text = "{\"level\":\"info\"," + (0..<20_000).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + "}"
    let parsed = withBytes(text) { reader(for: text).parse($0, reference: reference) }
    #expect(parsed.fields.count == FieldVisit.limit)
    let pairs = (0..<200_000).map { "k\($0)=\($0)" }.joined(separator: " ")
    #expect(
      withBytes(pairs) { RecordReader(formatName: "logfmt").parse($0, reference: reference) }.fields.count
        == FieldVisit.limit)
    for filler in ["[", "{\"a\":", "\u{0}", "a=", "\"", "(", "2", "x "] {
      let long = String(repeating: filler, count: 1 << 20)
      withBytes(long) { bytes in
        for name in ["text", "json", "access", "syslog", "logfmt"] {
          _ = RecordReader(formatName: name).parse(bytes, reference: reference)
        }
      }
    }
  }
}
