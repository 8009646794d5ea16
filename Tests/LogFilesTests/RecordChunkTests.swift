import Foundation
import Platform
import Quantities
import Records
import TestSupport
import Testing

@testable import LogFiles

/// Lines that records are made of, those that only continue among them.
private let pool = [
  "2026-01-02T03:04:05.678Z INFO [main] user logged in user_id=7", "2026-01-02T03:04:06Z ERROR failed",
  "java.lang.NullPointerException: x", "\tat com.example.A.b(A.java:12)", "Caused by: java.io.IOException",
  "Traceback (most recent call last):", "  File \"x.py\", line 1, in f", "ValueError: bad", "", "   ",
  "WARNING: no stamp",
  "{\"time\":\"2026-01-02T03:04:08Z\",\"level\":\"error\",\"msg\":\"d\"}", "{\"cut\": \"of", "level=info msg=x n=3",
  "time=2026-01-02T03:04:10Z level=warn msg=\"two words\"", "plain words of a text without any stamp",
  "10.0.0.1 - - [02/Jan/2026:03:04:05 +0000] \"GET /x HTTP/1.1\" 500 12 \"-\" \"curl\"",
  "Jan  2 03:04:05 web1 sshd[12]: Accepted publickey for=root", String(repeating: "long ", count: 60),
]

private struct Numbers: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
}

private func randomFile(_ seed: Int) -> [UInt8] {
  var numbers = Numbers(state: UInt64(seed))
  let favourites = (0..<3).map { _ in pool.randomElement(using: &numbers) ?? "" }
  var bytes: [UInt8] = []
  for _ in 0..<Int.random(in: 0..<60, using: &numbers) {
    let choices = Int.random(in: 0..<3, using: &numbers) > 0 ? favourites : pool
    let line = choices.randomElement(using: &numbers) ?? ""
    // Now and then a stretch of one line that is longer than what a reader looks back at first.
    let count = Int.random(in: 0..<40, using: &numbers) == 0 ? 6000 / (line.utf8.count + 1) : 1
    for _ in 0..<count { bytes += line.utf8 + (Int.random(in: 0..<9, using: &numbers) == 0 ? [13, 10] : [10]) }
  }
  if Bool.random(using: &numbers), !bytes.isEmpty { bytes.removeLast() }
  return bytes
}

@Suite struct RecordChunkTests {
  private struct Found: Equatable {
    var place: Range<Int>
    var level: Level?
    var line: Int
    var lineCount: Int
  }

  /// The truth: one index of the whole file.
  private func records(of bytes: [UInt8], _ reader: RecordReader) -> [Found] {
    bytes.withUnsafeBytes { file in
      let index = reader.index(file, segment: 0..<file.count, reference: Timestamp(seconds: 0))
      var found: [Found] = []
      var offset = 0
      for line in 0..<index.lineCount {
        let code = index.groups[line / 64].code(ofLine: line % 64)
        let end = file[offset...].firstIndex(of: 10).map { $0 + 1 } ?? file.count
        if code.isStart { found.append(Found(place: offset..<end, level: code.level, line: line, lineCount: 0)) }
        found[found.count - 1].place = found[found.count - 1].place.lowerBound..<end
        found[found.count - 1].lineCount += 1
        offset = end
      }
      return found
    }
  }

  private func plainFile(_ bytes: [UInt8], in scratch: TemporaryFolder) throws -> PlainFile {
    let path = scratch.path("file.log")
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let reader = bytes.withUnsafeBytes { FormatDetection.reader(for: $0, fileName: "", options: .init()) }
    return PlainFile(try FileDescriptor.open(path), size: bytes.count, reader: reader, modified: Timestamp(seconds: 0))
  }

  @Test(arguments: 0..<100) func piecesHoldTheRecordsOfTheIndex(seed: Int) throws {
    let bytes = randomFile(seed)
    guard !bytes.isEmpty else { return }
    let file = try plainFile(bytes, in: TemporaryFolder())
    let truth = records(of: bytes, file.reader)
    for size in [32, 100, 700, 5000, 40_000] {
      let chunks = RecordChunks(file, size: size)
      let reading = ChunkReading(chunks)
      var found: [Found] = []
      var (end, lines) = (0, 0)
      // In an order that no piece can rely on.
      var pieces: [Int: [Found]] = [:]
      for number in (0..<chunks.count).reversed() {
        guard case .records(let place) = reading.read(number) else { continue }
        #expect(reading.bytes(place).elementsEqual(bytes[place]))
        reading.forEachRecord(in: place) { record in
          pieces[number, default: []].append(
            Found(place: record.place, level: record.level, line: record.firstLine, lineCount: record.lineCount))
          return true
        }
        for record in pieces[number] ?? [] {
          let inside = [
            record.place.lowerBound, record.place.upperBound - 1,
            (record.place.lowerBound + record.place.upperBound) / 2,
          ]
          for offset in inside {
            #expect(reading.record(at: offset, in: place, from: place.lowerBound) == record.place, "\(seed) \(size)")
          }
        }
        #expect(reading.lineCount(in: place) == bytes[place].count { $0 == 10 })
      }
      for number in pieces.keys.sorted() {
        let piece = pieces[number] ?? []
        #expect(piece.first?.place.lowerBound == end, "pieces follow each other: \(seed) \(size) \(number)")
        found += piece.map { Found(place: $0.place, level: $0.level, line: $0.line + lines, lineCount: $0.lineCount) }
        lines += piece.reduce(0) { $0 + $1.lineCount }
        end = piece.last?.place.upperBound ?? end
      }
      #expect(found == truth, "seed \(seed), size \(size)")
    }
  }

  @Test func aFileCutShortIsSaidToBe() throws {
    let scratch = try TemporaryFolder()
    let file = try plainFile(Array(String(repeating: pool[0] + "\n", count: 1000).utf8), in: scratch)
    truncate(scratch.path("file.log"), 500)
    let chunks = RecordChunks(file, size: 10_000)
    guard case .cut = ChunkReading(chunks).read(chunks.count - 1) else {
      Issue.record("the cut was not seen")
      return
    }
  }

  @Test func onlyPlainFilesAreRead() throws {
    let scratch = try TemporaryFolder()
    func opens(_ bytes: [UInt8], _ name: String) throws -> Bool {
      try Data(bytes).write(to: URL(fileURLWithPath: scratch.path(name)))
      return PlainFile(scratch.path(name), options: .init()) != nil
    }
    #expect(try opens(Array("one\ntwo\n".utf8), "a.log"))
    #expect(try !opens([], "empty.log"))
    #expect(try !opens([0x1F, 0x8B, 8, 0, 10], "b.log"))
    #expect(try !opens([0xFF, 0xFE, 65, 0, 10, 0], "c.log"))
    #expect(try !opens(Array("one\rtwo\r".utf8), "d.log"))
    #expect(PlainFile(scratch.url.path, options: .init()) == nil)
    #expect(PlainFile(scratch.path("missing"), options: .init()) == nil)
  }

  /// The line with the hole would be held in memory as a whole.
  @Test func aFileWithAGiantLineIsLeftToTheIndex() throws {
    let scratch = try TemporaryFolder()
    let path = try scratch.write("2026-11-22 14:00:01 INFO one\n", to: "sparse.log")
    #expect(PlainFile(path, options: .init()) != nil)
    truncate(path, 100 << 20)
    #expect(PlainFile(path, options: .init()) == nil)
  }
}
