import LogFiles
import Quantities
import Records
import TestSupport
import Testing

@testable import Timelines

/// Thousands of files at once, as `LogFileSet` opens them.
@Suite struct ManyFilesTests {
  @Test func threeThousandFilesAreOneTimeLine() throws {
    let folder = try TemporaryFolder()
    let start = Timestamp(seconds: 1_767_355_200)
    var random = SeededGenerator(3_000)
    let files = LogFileSet(options: LogFilesOptions()) {}
    defer { files.close() }
    for number in 0..<3_000 {
      var text = ""
      var now = start
      for record in 0..<5 {
        now = now + .milliseconds(Int64(random.below(20_000)))
        text += LogShape().written(now) + " INFO file=\(number) number=\(record)\n"
      }
      files.open(.path(try folder.write(text, to: "\(number).log")))
    }
    files.waitUntilIndexed()
    let snapshot = files.snapshot()
    #expect(snapshot.generations.count == 3_000 && snapshot.files.allSatisfy { $0.recordCount == 5 })
    let timeline = Timeline(snapshot)
    let records = timeline.records(from: 0, count: .max)
    #expect(timeline.count == 15_000 && records.count == 15_000)
    let keys = records.map { ($0.key.nanoseconds, $0.position.file.rawValue, $0.position.offset.rawValue) }
    #expect(zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 })
    for rank in stride(from: 0, to: 15_000, by: 1_499) {
      #expect(timeline.record(at: rank)?.position == records[rank].position)
      #expect(timeline.rank(of: records[rank].position) == rank)
      #expect(timeline.rank(atOrAfter: records[rank].key) == records.firstIndex { $0.key >= records[rank].key })
    }
  }
}
