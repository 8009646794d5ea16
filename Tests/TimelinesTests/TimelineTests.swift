import LogFiles
import Quantities
import Records
import TestSupport
import Testing

@testable import Timelines

/// Rows, lines, percents and what else is asked of a timeline.
@Suite struct TimelineTests {
  private static let text = """
    2026-01-02T03:04:05Z INFO first
        continued
    2026-01-02T03:04:06Z INFO second
    2026-01-02T03:04:07Z INFO third

    """

  private let timeline = Timeline(snapshot([TestFile(text: Array(Self.text.utf8))]))

  @Test func linesLeadToTheirRecord() throws {
    for (line, rank) in [1: 0, 2: 0, 3: 1, 4: 2] {
      let position = try #require(timeline.position(ofLine: LineNumber(line), in: FileID(0)))
      #expect(timeline.rank(of: position) == rank)
    }
    #expect(timeline.position(ofLine: LineNumber(5), in: FileID(0)) == nil)
    #expect(timeline.position(ofLine: LineNumber(0), in: FileID(0)) == nil)
    #expect(timeline.position(ofLine: LineNumber(1), in: FileID(7)) == nil)
  }

  @Test func rowsAreCopiedAndBounded() throws {
    let record = try #require(timeline.record(at: 0))
    let row = try #require(timeline.row(for: record))
    #expect(String(decoding: row.bytes, as: UTF8.self) == "2026-01-02T03:04:05Z INFO first\n    continued")
    #expect(!row.isTruncated && row.isMatch && row.parsed.stamp == record.key)
    let short = try #require(timeline.row(for: record, limit: 10))
    #expect(String(decoding: short.bytes, as: UTF8.self) == "2026-01-02" && short.isTruncated)
    #expect(timeline.rows(from: 1, count: 9).count == 2)
    #expect(timeline.record(at: record.position)?.bytes == record.bytes)
  }

  @Test func percentsGoFromEndToEnd() {
    #expect(timeline.rank(atPercent: 0) == 0 && timeline.rank(atPercent: 100) == 2 && timeline.rank(atPercent: 50) == 1)
    #expect(
      timeline.percent(atRank: 0) == 0 && timeline.percent(atRank: 2) == 100 && timeline.percent(atRank: 9) == 100)
    #expect(timeline.rank(atPercent: .nan) == 0 && timeline.rank(atPercent: -5) == 0)
  }

  @Test func theSpanIsThatOfAllStamps() throws {
    let span = try #require(timeline.span)
    #expect(span.1 - span.0 == .seconds(2 as Int64))
  }

  @Test func aPositionOfAGenerationThatIsGoneStandsBeforeTheNextOne() {
    let lost = Position(file: FileID(0), generation: GenerationID(-1), offset: ByteOffset(40))
    #expect(timeline.rank(of: lost) == 0 && !timeline.contains(lost))
    let other = Position(file: FileID(3), generation: GenerationID(9), offset: ByteOffset(0))
    #expect(timeline.rank(of: other) == timeline.count)
  }

  @Test(arguments: [1, 3, 10, 200]) func aFileThatShrankUnderTheMapIsNoDanger(segmentSize: Int) {
    var random = SeededGenerator(segmentSize)
    let shape = LogShape()
    let text = shape.text(300, from: Timestamp(seconds: 1_767_355_200), &random)
    var generation = TestFile(text: text, segmentSize: segmentSize * 100).generation(0)
    // What is gone reads as zeros.
    generation.bytes = MemoryBytes(Array(text[..<(text.count / 2)]) + [UInt8](repeating: 0, count: text.count / 2 + 1))
    var broken = LogSnapshot()
    broken.generations = [generation, TestFile(file: 1, text: text).generation(1)]
    let timeline = Timeline(broken)
    #expect(timeline.records(from: 0, count: .max).count <= timeline.count)
    for rank in stride(from: 0, to: timeline.count, by: 13) {
      _ = timeline.record(at: rank).flatMap { timeline.row(for: $0) }
    }
    _ = timeline.histogram(from: Timestamp(seconds: 1_767_355_200), to: Timestamp(seconds: 1_767_356_200), columns: 9)
    generation.byteCount = text.count / 2
    broken.generations[0] = generation
    #expect(Timeline(broken).records(from: 0, count: .max).count <= timeline.count)
  }
}
