import LogFiles
import Quantities
import Records
import TestSupport
import Testing

@testable import Timelines

/// Files whose records are written out of the order of time.
@Suite struct DisorderTests {
  private static let start = Timestamp(seconds: 1_767_355_200)

  private func text(_ minutes: [Int]) -> [UInt8] {
    Array(
      minutes.map { LogShape().written(Self.start + .minutes(Int64($0))) + " INFO minute=\($0)\n" }.joined().utf8)
  }

  private func shown(_ text: [UInt8], _ segmentSize: Int = 1 << 16) -> (RecordOrder, [String]) {
    let snapshot = snapshot([TestFile(text: text, segmentSize: segmentSize)])
    let rows = Timeline(snapshot).rows(from: 0, count: .max)
    let texts = rows.map { row in String(decoding: row.bytes.drop { $0 != 61 }.dropFirst(), as: UTF8.self) }
    return (snapshot.generations[0].order, texts)
  }

  @Test(arguments: [50, 1 << 16]) func aFileThatBeginsWithTheNewestIsReversed(segmentSize: Int) {
    let (order, shown) = shown(text((0..<200).reversed().map { $0 / 2 }), segmentSize)
    #expect(order == .newestFirst && shown == (0..<200).map { "\($0 / 2)" })
  }

  @Test func ofEqualStampsInANewestFirstFileTheLastComesFirst() {
    let lines = (0..<20).map { LogShape().written(Self.start - .minutes(Int64($0 / 4))) + " INFO n=\($0)\n" }
    #expect(shown(Array(lines.joined().utf8)).1 == (0..<20).reversed().map { "\($0)" })
  }

  @Test(arguments: [50, 200, 1 << 16]) func aFileInPiecesIsSorted(segmentSize: Int) {
    let (order, shown) = shown(text(Array(100..<200) + Array(0..<100)), segmentSize)
    #expect(order == .sorted && shown == (0..<200).map { "\($0)" })
  }

  @Test func aFewLateRecordsAreLeftWhereTheyAre() {
    var minutes = Array(0..<1_000)
    minutes.insert(3, at: 500)
    let (order, shown) = shown(text(minutes))
    #expect(order == .written && shown == minutes.map { "\($0)" })
  }

  @Test func theOrderIsThatOfTheTwin() {
    var seen: [RecordOrder: Int] = [:]
    for seed in 0..<150 {
      var random = SeededGenerator(seed)
      let text = LogShape.random(&random).text(random.below(150), from: Self.start, &random)
      let file = TestFile(text: text, segmentSize: [1, 40, 300, 2_000, 1 << 16][random.below(5)])
      let snapshot = snapshot([file])
      let twin = OrderTwin.order(naive(snapshot).sorted { $0.number < $1.number }.map(\.stamp))
      let order = snapshot.generations[0].order
      #expect("\(order)" == "\(twin)")
      seen[order, default: 0] += 1
    }
    #expect(seen.count == 3 && seen.values.allSatisfy { $0 > 3 })
  }

  @Test(arguments: 0..<12) func filesThatGrowAreSortedAsFreshOnes(seed: Int) throws {
    var random = SeededGenerator(seed)
    let folder = try TemporaryFolder()
    var shape = LogShape()
    (shape.step, shape.plungeChance, shape.isReversed) = (2_000, seed % 3, seed % 4 == 3)
    shape.lateChance = seed % 2 == 0 ? 60 : 0
    // More than a segment, so that stretches are kept and joined.
    let whole = shape.text(30_000, from: Self.start, &random)
    try folder.write(String(decoding: LogShape().text(300, from: Self.start, &random), as: UTF8.self), to: "other.log")
    var end = seed % 3 == 0 ? 300_000 : whole.count * 2 / 3
    try folder.write(String(decoding: whole[..<end], as: UTF8.self), to: "grows.log")
    var options = LogFilesOptions()
    options.follows = true
    let files = LogFileSet(options: options) {}
    defer { files.close() }
    files.open(.path(folder.path("grows.log")))
    files.open(.path(folder.path("other.log")))
    files.waitUntilIndexed()
    check(files.snapshot())
    while end < whole.count {
      let next = min(whole.count, end + 1 + random.below(900_000))
      try folder.append(String(decoding: whole[end..<next], as: UTF8.self), to: "grows.log")
      end = next
      #expect(eventually { files.snapshot().generations.first { $0.file == FileID(0) }?.byteCount == end })
      files.waitUntilIndexed()
      check(files.snapshot())
    }
  }

  /// The order is that of an index made at once.
  private func check(_ snapshot: LogSnapshot) {
    var fresh = snapshot
    for number in fresh.generations.indices {
      let generation = fresh.generations[number]
      let bytes = UnsafeRawBufferPointer(rebasing: generation.bytes.buffer[..<generation.byteCount])
      fresh.generations[number].segments = InMemory.stitched(
        InMemory.segments(
          bytes, reader: generation.reader, segmentSize: 2 << 20, reference: generation.fallbackKey))
      InMemory.arrange(&fresh.generations[number])
    }
    let (found, expected) = (Timeline(snapshot), Timeline(fresh))
    #expect(found.count == expected.count)
    let records = found.records(from: 0, count: .max)
    #expect(records.map(\.position) == expected.records(from: 0, count: .max).map(\.position))
    for rank in stride(from: 0, to: records.count, by: 997) {
      #expect(found.rank(of: records[rank].position) == rank)
    }
  }
}
