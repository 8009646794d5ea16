import LogFiles
import Quantities
import Records
import TestSupport
import Testing

@testable import Timelines

/// Stamps far ahead of all that follows them, which must not hold up the order of time.
@Suite struct OutlierTests {
  private static let start = Timestamp(seconds: 1_767_355_200)

  /// Records a minute apart, those in `ahead` so many minutes later than their time.
  private func text(_ count: Int, ahead: [Int: Int64] = [:]) -> [UInt8] {
    var text = ""
    for number in 0..<count {
      let stamp = Self.start + .minutes(Int64(number) + (ahead[number] ?? 0))
      text += LogShape().written(stamp) + " INFO number=\(number)\n"
    }
    return Array(text.utf8)
  }

  private func keys(_ text: [UInt8], segmentSize: Int = 1 << 16) -> [Int64] {
    let timeline = Timeline(snapshot([TestFile(text: text, segmentSize: segmentSize)]))
    return timeline.records(from: 0, count: .max).map { ($0.key - Self.start).nanoseconds / 60_000_000_000 }
  }

  @Test(arguments: [40, 90, 1000, 1 << 16]) func anOutlierTakesTheKeyBeforeIt(segmentSize: Int) {
    #expect(keys(text(200, ahead: [70: 500_000]), segmentSize: segmentSize) == (0..<200).map { $0 == 70 ? 69 : $0 })
  }

  @Test(arguments: [40, 1 << 16]) func atTheBeginningItTakesTheKeyBehindIt(segmentSize: Int) {
    #expect(keys(text(100, ahead: [0: 300]), segmentSize: segmentSize) == [1] + (1..<100))
  }

  @Test(arguments: [40, 1 << 16]) func theLastOneMayBeTrueAndCounts(segmentSize: Int) {
    #expect(keys(text(100, ahead: [99: 300]), segmentSize: segmentSize) == (0..<99) + [399])
    // With one record behind it that is an hour below, it is not.
    #expect(keys(text(100, ahead: [98: 300]), segmentSize: segmentSize) == (0..<98) + [97, 99])
  }

  @Test(arguments: [400, 1 << 16]) func anHourIsNotFar(segmentSize: Int) {
    // 62 minutes above the next one; but the one after that is reached within 64 records.
    let found = keys(text(7_000, ahead: [70: 63]), segmentSize: segmentSize)
    #expect(found == (0..<7_000).map { (70...).contains($0) ? max($0, 133) : $0 })
  }

  @Test func theIndexKeepsTheTrueTimes() throws {
    let snapshot = snapshot([TestFile(text: text(200, ahead: [70: 500_000]))])
    let timeline = Timeline(snapshot)
    let span = try #require(timeline.span)
    #expect(span.1 - Self.start == .minutes(500_070))
    let columns = try #require(
      timeline.histogram(
        from: Self.start + .minutes(500_000), to: Self.start + .minutes(501_000), columns: 10))
    #expect(columns.map(\.total).reduce(0, +) == 1 && columns[0].total == 1)
    let rows = timeline.rows(from: 70, count: 1)
    #expect(rows.first?.parsed.stamp == Self.start + .minutes(500_070))
  }

  @Test(arguments: 0..<20) func appendedPiecesGiveTheOrderOfTheWhole(seed: Int) {
    var random = SeededGenerator(seed)
    var shape = LogShape()
    (shape.outlierChance, shape.plungeChance, shape.step) = (10, seed % 3, [50, 90_000, 3_000_000][seed % 3])
    let whole = shape.text(300, from: Self.start, &random)
    var file = TestFile(text: [], segmentSize: [60, 400, 3_000, 1 << 16][random.below(4)])
    var before: LogSnapshot?
    while file.text.count < whole.count {
      file.text += whole[file.text.count...].prefix(random.below(4_000) + 1)
      // The decision about the format would change with the first bytes of a line.
      if file.text.count < 200 { continue }
      let grown = snapshot([file], after: before)
      before = grown
      let fresh = Timeline(snapshot([file])).records(from: 0, count: .max)
      let found = Timeline(grown).records(from: 0, count: .max)
      #expect(found.map(\.position) == fresh.map(\.position) && found.map(\.key) == fresh.map(\.key))
      #expect(found.map(\.key) == naive(grown).map(\.key))
    }
  }
}
