import Glibc
import Platform
import Quantities
import Records
import TestSupport
import Testing

@testable import LogFiles

/// Files of unusual shapes: what several threads make of their segments is what one reading from the first line to the
/// last gives.
@Suite struct ShapeTests {
  let scratch = Scratch()

  private func read(_ parts: [[UInt8]]) -> GenerationSnapshot? {
    let file = open(scratch.path("a.log"), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    for part in parts { part.withUnsafeBytes { _ = Glibc.write(file, $0.baseAddress, $0.count) } }
    close(file)
    return readFile()
  }

  private func readFile() -> GenerationSnapshot? {
    let files = LogFileSet()
    files.open(.path(scratch.path("a.log")))
    files.waitUntilIndexed()
    return files.snapshot().generations.first
  }

  /// Reads every line by itself, in order, and compares.
  private func expectEqualsLineByLine(_ found: GenerationSnapshot?) {
    guard let found else {
      Issue.record("nothing was read")
      return
    }
    found.expectEqualsFreshIndex()
    var codes: [UInt8] = []
    for segment in found.segments {
      #expect(segment.firstLine == codes.count)
      for line in 0..<segment.index.lineCount {
        codes.append(segment.index.groups[line / 64].code(ofLine: line % 64).rawValue)
      }
    }
    var expected: [UInt8] = []
    var state = ScanState()
    var start = 0
    let file = found.file0
    while start < file.count, let base = file.baseAddress {
      let hit = memchr(base + start, 10, file.count - start)
      let end = hit.map { base.distance(to: UnsafeRawPointer($0)) } ?? file.count
      let line = UnsafeRawBufferPointer(rebasing: file[start..<end])
      expected.append(
        found.reader.mark(ofLine: line, state: &state, reference: found.fallbackKey).code.rawValue)
      if start == 0, expected[0] == 15 { expected[0] = codes.first ?? 0 }
      start = end + 1
    }
    #expect(codes.count == expected.count)
    #expect(codes == expected)
  }

  private static let traceback =
    "2026-01-02T03:04:05Z ERROR failed\nTraceback (most recent call last):\n"
    + String(repeating: "  File \"a.py\", line 1, in f\n    call()\n", count: 70_000) + "ValueError: x\n"

  @Test("A traceback longer than a segment keeps its last line")
  func traceback() {
    let found = read([Array(lines(0..<20).utf8), Array(Self.traceback.utf8), Array(lines(20..<40).utf8)])
    #expect(found?.recordCount == 41)
    expectEqualsLineByLine(found)
  }

  @Test(
    "Lines longer than a segment, wherever they begin", arguments: [0, 1, 100, (2 << 20) - 1, 2 << 20, (2 << 20) + 1])
  func longLines(before: Int) {
    var head = Array(String(repeating: "x", count: max(before - 1, 0)).utf8)
    if before > 0 { head.append(10) }
    let long = [UInt8](repeating: 121, count: 3 << 20)
    expectEqualsLineByLine(read([head, Array("2026-01-02T03:04:05Z ".utf8), long, [10], Array(lines(0..<50).utf8)]))
  }

  @Test("A line of more than a hundred megabytes is one record, between others")
  func hugeLine() {
    let file = open(scratch.path("a.log"), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    let head = line(1)
    _ = head.withCString { pwrite(file, $0, strlen($0), 0) }
    let size = 120 << 20
    let start = "2026-01-02T03:04:06Z ERROR "
    _ = start.withCString { pwrite(file, $0, strlen($0), off_t(head.utf8.count)) }
    let tail = "\n" + line(7)
    // A hole: the file takes no room, and reads as zeros.
    _ = tail.withCString { pwrite(file, $0, strlen($0), off_t(head.utf8.count + size)) }
    close(file)
    let found = readFile()
    #expect(found?.lineCount == 3)
    #expect(found?.recordCount == 3)
    #expect(found?.segments.last.map { $0.index.bytes.upperBound } == head.utf8.count + size + tail.utf8.count)
  }

  @Test("Bytes that are no text")
  func binary() {
    var random = SeededGenerator(5)
    expectEqualsLineByLine(read([(0..<3 << 20).map { _ in UInt8.random(in: 0...255, using: &random) }]))
  }

  @Test("A file of holes, and one of newlines only", arguments: [0, 10] as [UInt8])
  func oneByte(_ byte: UInt8) {
    expectEqualsLineByLine(read([[UInt8](repeating: byte, count: (2 << 20) + 100_000)]))
  }

  @Test("Carriage returns before newlines, and no newline at the end")
  func carriageReturns() {
    let text = (0..<60_000).map { line($0).dropLast() + "\r\n" }.joined() + "2026-01-02T03:59:59Z WARN end"
    let found = read([Array(text.utf8)])
    #expect(found?.recordCount == 60_001)
    expectEqualsLineByLine(found)
  }

  @Test(
    "A byte order mark hides nothing of the first line",
    arguments: [
      "2026-01-02T03:04:05Z ERROR a b\n2026-01-02T03:04:06Z INFO c d\n",
      "{\"time\":\"2026-01-02T03:04:05Z\",\"level\":\"error\",\"msg\":\"a\"}\n{\"time\":\"2026-01-02T03:04:06Z\",\"level\":\"info\"}\n",
    ])
  func byteOrderMark(_ text: String) {
    let found = read([[0xEF, 0xBB, 0xBF], Array(text.utf8)])
    #expect(found?.recordCount == 2)
    #expect(found?.segments.first?.index.stampedCount == 2)
    #expect(found?.segments.first?.index.groups.first?.code(ofLine: 0).level == .error)
  }

  @Test("JSON over many lines, and quoted text over many lines")
  func structures() {
    let pretty = (0..<30_000).map {
      "{\n  \"time\": \"2026-01-02T03:04:05Z\",\n  \"n\": \($0),\n  \"a\": [\n    1\n  ]\n}\n"
    }.joined()
    expectEqualsLineByLine(read([Array(pretty.utf8)]))
    let quoted = (0..<60_000).map { "2026-01-02 03:04:05,\"say \"\"x\"\"\nand more\nof it\",\($0)\n" }.joined()
    expectEqualsLineByLine(read([Array(quoted.utf8)]))
  }
}
