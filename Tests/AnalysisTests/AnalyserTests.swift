import Analysis
import LogFiles
import Quantities
import QueryLanguage
import Records
import TestSupport
import Testing
import Timelines

/// Pipelines over snapshots, as the screen runs them: while a file grows the result stays what a fresh run gives.
@Suite struct AnalyserTests {
  private final class Bytes: ByteStore {
    // SAFETY: allocated and filled by `init`, never written afterwards, freed by `deinit`.
    nonisolated(unsafe) let buffer: UnsafeRawBufferPointer

    init(_ bytes: [UInt8]) {
      let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 1)
      memory.copyBytes(from: bytes)
      buffer = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(memory)[0..<bytes.count])
    }

    deinit { buffer.deallocate() }
  }

  private func snapshot(_ text: String, after old: GenerationSnapshot?, version: Int) -> LogSnapshot {
    let store = Bytes(Array(text.utf8))
    let reader = FormatDetection.reader(for: store.buffer, fileName: "a.log", options: .init())
    let segments = InMemory.segments(
      store.buffer, reader: reader, segmentSize: 2048, reference: Pipelines.now, known: old?.segments.map(\.index) ?? []
    )
    var generation = GenerationSnapshot(
      file: FileID(0), generation: GenerationID(1), bytes: store, byteCount: store.buffer.count, reader: reader,
      segments: InMemory.stitched(segments[...]), isIndexed: true, fallbackKey: Pipelines.now)
    InMemory.arrange(&generation, cuts: [0])
    var snapshot = LogSnapshot()
    snapshot.version = version
    snapshot.generations = [generation]
    snapshot.files = [FileStatus(file: FileID(0), name: "/a.log", shortName: "a")]
    return snapshot
  }

  private func plan(_ query: String) throws -> PipelinePlan {
    try PipelinePlan(
      QueryParser.parse(query), context: QueryContext(now: Pipelines.now, newest: Pipelines.now, cursor: Pipelines.now))
  }

  private func lines(_ generator: inout SeededGenerator, _ range: Range<Int>) -> String {
    range.map { number in
      let user = ["ann", "bob", "cid"].randomElement(using: &generator) ?? "ann"
      let stack = number % 13 == 0 ? "  at pool user=none\n" : ""
      let second = number % 60
      return
        "2026-01-02T10:\(10 + number / 60 % 50):\(second < 10 ? "0" : "")\(second)Z INFO done user=\(user) took_ms=\(number % 97)\n"
        + stack
    }.joined()
  }

  @Test(arguments: [
    "* | count, p50(took_ms), last(took_ms) by user", "* | count by 1m", "took_ms>50 | top 2 user", "* | patterns",
    "user:ann | context 1 | count by user", "* | sort -took_ms | limit 3",
  ])
  func growsAsIfReadAnew(query: String) throws {
    var generator = SeededGenerator(7)
    let plan = try plan(query)
    let analyser = Analyser()
    var text = ""
    var old: GenerationSnapshot?
    for step in 0..<6 {
      text += lines(&generator, step * 40..<(step + 1) * 40)
      let snapshot = snapshot(text, after: old, version: step)
      old = snapshot.generations[0]
      let grown = try #require(try analyser.run(plan, over: snapshot))
      let fresh = try #require(try Analyser().run(plan, over: snapshot))
      #expect(Pipelines.text(grown, isShort: true) == Pipelines.text(fresh, isShort: true), "step \(step)")
      if step == 5 { #expect(!grown.rows.isEmpty) }
    }
  }

  @Test func contextTakesTheNeighbours() throws {
    let text = (0..<9).map { "2026-01-02T10:00:0\($0)Z INFO n=\($0)\n" }.joined()
    let snapshot = snapshot(text, after: nil, version: 1)
    let table = try #require(try Analyser().run(try plan("n=4 or n=8 | context 1 | fields n"), over: snapshot))
    #expect(Pipelines.text(table) == ["n", "3", "4", "5", "7", "8"])
  }

  @Test func hiddenFilesAreLeftOut() throws {
    let snapshot = snapshot("2026-01-02T10:00:00Z INFO a\n", after: nil, version: 1)
    let table = try #require(try Analyser().run(try plan("* | count"), over: snapshot, hidden: [FileID(0)]))
    #expect(Pipelines.text(table) == ["count", "0"])
  }

  @Test func cancelled() throws {
    let cancellation = Cancellation()
    cancellation.cancel()
    let snapshot = snapshot("2026-01-02T10:00:00Z INFO a\n", after: nil, version: 1)
    #expect(try Analyser().run(try plan("* | count"), over: snapshot, cancellation: cancellation) == nil)
  }
}
