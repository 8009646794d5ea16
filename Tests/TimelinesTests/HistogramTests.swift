import LogFiles
import Quantities
import QueryLanguage
import Records
import TestSupport
import Testing

@testable import Timelines

/// Counts over time against their twin, which looks at every record.
@Suite struct HistogramTests {
  @Test(arguments: 0..<60) func columnsCountEachRecordAtItsOwnStamp(seed: Int) throws {
    var random = SeededGenerator(seed)
    let snapshot = snapshot(randomFiles(&random, records: 600))
    var filter: FilterResult?
    var records = naive(snapshot)
    if random.chance(50) {
      let predicate = try randomPredicate(&random)
      filter = FilterEngine().evaluate(predicate, over: snapshot)
      records.removeAll { !$0.passes(predicate, in: snapshot) }
    }
    let timeline = Timeline(snapshot, filter: filter)
    // Again and again: what the first look has learned of a segment must not change the second.
    for _ in 0..<4 {
      let from = Timestamp(seconds: 1_767_355_200) + .milliseconds(Int64(random.below(20_000) - 5_000))
      let to = from + .microseconds(Int64(random.below([10, 20_000_000, 2_000_000_000][random.below(3)]) + 1))
      let columns = random.below(120) + 1
      #expect(timeline.histogram(from: from, to: to, columns: columns) == twin(records, from, to, columns))
    }
  }

  @Test func manyGroupsInOrderAreCountedWhole() {
    var random = SeededGenerator(4)
    var shape = LogShape()
    (shape.lateChance, shape.step) = (0, 100)
    let text = shape.text(20_000, from: Timestamp(seconds: 1_767_355_200), &random)
    let snapshot = snapshot([TestFile(text: text, segmentSize: 1 << 18)])
    let records = naive(snapshot)
    let timeline = Timeline(snapshot)
    let (from, to) = timeline.span ?? (.distantPast, .distantFuture)
    for columns in [1, 7, 80, 1_000] {
      #expect(timeline.histogram(from: from, to: to, columns: columns) == twin(records, from, to, columns))
    }
    #expect(timeline.histogram(from: .distantPast, to: .distantFuture, columns: 1)?[0].total == records.count)
  }

  @Test func oddRequestsHaveAnAnswer() {
    let timeline = Timeline(snapshot([TestFile(text: Array("2026-01-02T03:04:05Z INFO a\n".utf8))]))
    let now = Timestamp(seconds: 1_767_323_045)
    #expect(timeline.histogram(from: now, to: now, columns: 3)?.map(\.total) == [0, 0, 0])
    #expect(timeline.histogram(from: now, to: now, columns: 0)?.isEmpty == true)
    #expect(timeline.histogram(from: now, to: now + .nanoseconds(1), columns: 5)?.map(\.total) == [1, 0, 0, 0, 0])
    let cancellation = Cancellation()
    cancellation.cancel()
    #expect(timeline.histogram(from: now, to: now + .hours(1), columns: 5, cancellation: cancellation) == nil)
  }

  private func twin(_ records: [NaiveRecord], _ from: Timestamp, _ to: Timestamp, _ columns: Int) -> [LevelCounts] {
    var counts = [LevelCounts](repeating: LevelCounts(), count: columns)
    for record in records {
      guard let stamp = record.stamp, stamp >= from, stamp < to else { continue }
      let part = UInt128((stamp - from).nanoseconds) * UInt128(columns) / UInt128((to - from).nanoseconds)
      counts[Int(part)][record.level] += 1
    }
    return counts
  }
}
