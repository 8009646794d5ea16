import LogFiles
import Quantities
import Records
import TestSupport
import Testing

@testable import Timelines

/// The merge against its twin, a stable sort by (key, file, generation, record).
@Suite struct MergeTests {
  @Test(arguments: 0..<40) func ranksAreThoseOfAStableSort(seed: Int) {
    var random = SeededGenerator(seed)
    let snapshot = snapshot(randomFiles(&random))
    check(Timeline(snapshot), naive(snapshot), snapshot, &random)
  }

  @Test(arguments: 100..<106) func longFilesOfEqualStampsToo(seed: Int) {
    var random = SeededGenerator(seed)
    var shape = LogShape()
    (shape.step, shape.isCoarse) = (1, true)
    let files = (0..<3).map { file in
      TestFile(
        file: file, text: shape.text(4_000, from: Timestamp(seconds: 1_767_355_200), &random), segmentSize: 1 << 17)
    }
    let snapshot = snapshot(files)
    check(Timeline(snapshot), naive(snapshot), snapshot, &random, sampling: 40)
  }

  @Test(arguments: 150..<154) func stampsWithinOneTickOfTheIndexToo(seed: Int) {
    var random = SeededGenerator(seed)
    var shape = LogShape()
    (shape.step, shape.isFine, shape.fineStep, shape.lateChance) = (0, true, 12, seed % 2 == 0 ? 40 : 3)
    let files = (0..<3).map { file in
      TestFile(
        file: file, text: shape.text(700, from: Timestamp(seconds: 1_767_355_200), &random), segmentSize: 1 << 16)
    }
    let snapshot = snapshot(files)
    check(Timeline(snapshot), naive(snapshot), snapshot, &random, sampling: 7)
  }

  @Test func hundredsOfFilesToo() {
    var random = SeededGenerator(8)
    let files = (0..<300).map { file in
      let shape = LogShape.random(&random)
      return TestFile(file: file, text: shape.text(12, from: Timestamp(seconds: 1_767_355_200), &random))
    }
    let snapshot = snapshot(files)
    check(Timeline(snapshot), naive(snapshot), snapshot, &random, sampling: 60)
  }

  @Test(arguments: 200..<230) func filteredRanksToo(seed: Int) throws {
    var random = SeededGenerator(seed)
    let snapshot = snapshot(randomFiles(&random))
    let predicate = try randomPredicate(&random)
    let result = try #require(FilterEngine().evaluate(predicate, over: snapshot))
    let records = naive(snapshot).filter { $0.passes(predicate, in: snapshot) }
    check(Timeline(snapshot, filter: result), records, snapshot, &random)
  }

  @Test(arguments: 300..<310) func hiddenFilesAreLeftOut(seed: Int) {
    var random = SeededGenerator(seed)
    let snapshot = snapshot(randomFiles(&random))
    let hidden: Set<FileID> = [FileID(random.below(6)), FileID(random.below(6))]
    let records = naive(snapshot).filter { !hidden.contains($0.file) }
    check(Timeline(snapshot, hidden: hidden), records, snapshot, &random)
  }

  @Test func filesWithoutStampsStandLast() {
    let timeline = Timeline(
      snapshot([
        TestFile(file: 0, text: Array("no time\nnone here\n".utf8)),
        TestFile(file: 1, text: Array("2026-01-02T03:04:05Z INFO a\n2026-01-02T03:04:06Z INFO b\n".utf8)),
      ]))
    #expect(timeline.records(from: 0, count: 9).map(\.position.file.rawValue) == [1, 1, 0, 0])
    #expect(timeline.timelessFiles == [FileID(0)])
    #expect(timeline.rank(atOrAfter: Timestamp(seconds: 1_900_000_000)) == 2)
  }

  @Test func nothingIsShownOfNothing() {
    let timeline = Timeline(LogSnapshot())
    #expect(timeline.count == 0 && timeline.record(at: 0) == nil && timeline.records(from: -3, count: 9).isEmpty)
    #expect(timeline.rank(atOrAfter: Timestamp(seconds: 0)) == 0 && timeline.span == nil)
    #expect(timeline.rank(atPercent: 50) == 0 && timeline.tail(3).isEmpty)
  }

  private func check(
    _ timeline: Timeline, _ expected: [NaiveRecord], _ snapshot: LogSnapshot, _ random: inout SeededGenerator,
    sampling: Int = 1
  ) {
    #expect(timeline.count == expected.count)
    let found = timeline.records(from: 0, count: expected.count + 1)
    #expect(found.map(\.position) == expected.map(\.position))
    #expect(found.map(\.bytes) == expected.map(\.bytes))
    #expect(found.map(\.key) == expected.map(\.key))
    #expect(found.map(\.level) == expected.map(\.level))
    #expect(found.map(\.lineCount) == expected.map(\.lineCount))
    #expect(found.map { $0.line?.rawValue } == expected.map { $0.isNumbered ? $0.line : nil })
    streams(timeline, expected)
    for rank in expected.indices where rank % sampling == 0 {
      let record = expected[rank]
      #expect(timeline.record(at: rank)?.position == record.position)
      #expect(timeline.rank(of: record.position) == rank)
      #expect(timeline.contains(record.position))
      let inside = ByteOffset(record.bytes.upperBound - (record.bytes.isEmpty ? 0 : 1))
      #expect(
        timeline.rank(of: Position(file: record.file, generation: record.generation, offset: inside)) == rank)
      #expect(timeline.rank(atOrAfter: record.key) == expected.firstIndex { $0.key >= record.key })
      let instant = record.key + .milliseconds(Int64(random.below(3) - 1))
      #expect(timeline.rank(atOrAfter: instant) == expected.firstIndex { $0.key >= instant } ?? expected.count)
    }
    for _ in 0..<5 where !expected.isEmpty {
      let rank = random.below(expected.count)
      let window = timeline.records(from: rank, count: 20)
      #expect(window.map(\.position) == expected[rank...].prefix(20).map(\.position))
      #expect(window.map(\.key) == expected[rank...].prefix(20).map(\.key))
    }
    #expect(timeline.tail(7).map(\.position) == expected.suffix(7).map(\.position))
    hiddenPositions(timeline, expected, snapshot)
  }

  /// The streaming form sees the same records and bytes.
  private func streams(_ timeline: Timeline, _ expected: [NaiveRecord]) {
    var cursor = timeline.cursor()
    var number = 0
    var isSame = true
    cursor.forEach { view in
      isSame = isSame && number < expected.count && view.position == expected[number].position
      isSame = isSame && view.bytes.elementsEqual(expected[number].text) && view.level == expected[number].level
      number += 1
      return isSame
    }
    #expect(isSame && number == expected.count)
  }

  /// The rank of a record that is not shown is where it would stand.
  private func hiddenPositions(_ timeline: Timeline, _ expected: [NaiveRecord], _ snapshot: LogSnapshot) {
    let shown = Set(expected.map(\.position))
    var before = 0
    for record in naive(snapshot) where !timeline.hidden.contains(record.file) {
      if shown.contains(record.position) {
        before += 1
      } else {
        #expect(timeline.rank(of: record.position) == before)
        #expect(!timeline.contains(record.position))
      }
    }
  }
}
