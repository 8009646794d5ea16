import Dispatch
import Foundation
import LogFiles
import Platform
import Quantities
import QueryLanguage
import Records
import Synchronization
import TestSupport
import Testing

@testable import Timelines

/// Questions to a timeline over the map of a file that another one rewrites and cuts short meanwhile: the answers are
/// worth little, but there are answers.
@Suite(.serialized, .enabled(if: dlsym(nil, "__tsan_init") == nil, "the races are meant"))
struct ChangingFileTests {
  @Test(arguments: 0..<6) func everyQuestionIsAnswered(seed: Int) throws {
    var random = SeededGenerator(seed)
    var shape = LogShape.random(&random)
    (shape.hasStamps, shape.isStructured, shape.step) = (seed != 5, seed % 2 == 1, 3_000)
    let text = shape.text(120, from: Timestamp(seconds: 1_767_355_200), &random)
    let file = try ChangingFile(text)
    var generation = TestFile(text: text, segmentSize: [700, 3_000, 1 << 20][seed % 3]).generation(1)
    generation.bytes = file.bytes
    var log = snapshot([TestFile(file: 1, text: text, segmentSize: 1_000)])
    log.generations.append(generation)
    let frozen = log
    file.whileChanging(seed: seed) { thread in
      var random = SeededGenerator(100 * seed + thread)
      for _ in 0..<40 { try? Self.ask(frozen, &random) }
    }
  }

  private static func ask(_ snapshot: LogSnapshot, _ random: inout SeededGenerator) throws {
    let start = Timestamp(seconds: 1_767_355_200)
    let predicate = try randomPredicate(&random)
    let result = FilterEngine(workers: 2).evaluate(predicate, over: snapshot)
    for timeline in [Timeline(snapshot), Timeline(snapshot, filter: result)] {
      let rank = random.below(timeline.count + 1)
      let records = timeline.records(from: rank, count: 60)
      for record in records { _ = timeline.row(for: record, matching: result) }
      _ = timeline.rank(atOrAfter: start + .seconds(Int64(random.below(4_000))))
      _ = timeline.histogram(from: start, to: start + .seconds(Int64(random.below(4_000) + 1)), columns: 80)
      _ = timeline.search(.literal("timeout", ignoresCase: true), from: rank)
      _ = timeline.search(.literal("x", ignoresCase: false), from: rank, direction: .backward)
      if let position = records.last?.position { _ = (timeline.rank(of: position), timeline.record(at: position)) }
      var left = 400
      var cursor = timeline.cursor(from: rank)
      cursor.forEach { view in
        _ = view.reader.parse(view.bytes, reference: view.reference)
        left -= 1
        return left > 0
      }
    }
  }
}

/// A mapped file without a name, which a thread writes into, cuts and restores.
private final class ChangingFile: Sendable {
  let bytes: MappedBytes
  private let descriptor: FileDescriptor
  private let text: [UInt8]
  private let isOver = Atomic<Bool>(false)

  init(_ text: [UInt8]) throws {
    self.text = text
    let path = "/var/tmp/chiplog-test-\(UUID().uuidString)"
    let number = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    unlink(path)
    descriptor = FileDescriptor(owning: number)
    _ = text.withUnsafeBytes { pwrite(number, $0.baseAddress, $0.count, 0) }
    bytes = try MappedBytes(descriptor, length: text.count)
  }

  /// Runs `body` on two threads while a third one changes the file.
  func whileChanging(seed: Int, _ body: @Sendable (Int) -> Void) {
    let left = Atomic<Int>(2)
    DispatchQueue.concurrentPerform(iterations: 3) { thread in
      if thread == 0 { return change(seed) }
      body(thread)
      if left.subtract(1, ordering: .relaxed).newValue == 0 { isOver.store(true, ordering: .relaxed) }
    }
  }

  /// Writes single bytes through a map of its own, which is much quicker than calls, into what is never cut off.
  private func change(_ seed: Int) {
    var random = SeededGenerator(seed + 7)
    let alphabet = Array("0123456789:-/., TZ+[]\"\\{}=aApPmM\n\u{0}é".utf8)
    let kept = text.count / 2
    let map = mmap(nil, kept, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor.number, 0)
    guard let map, map != MAP_FAILED else {
      Issue.record("no map to write through")
      return
    }
    defer { munmap(map, kept) }
    // SAFETY: the map has `kept` bytes, and the file never fewer.
    let bytes = UnsafeMutableRawBufferPointer(start: map, count: kept)
    var count = 0
    while !isOver.load(ordering: .relaxed), count < 200_000_000 {
      let choice = random.next()
      let offset = Int(truncatingIfNeeded: choice >> 33) % kept
      bytes[offset] = count & 3 == 0 ? alphabet[Int(choice & 0xFFFF) % alphabet.count] : text[offset]
      // Once, as from the first fault on the pages behind it are zeros for good.
      if count == 300_000 { ftruncate(descriptor.number, off_t(kept)) }
      count += 1
    }
  }
}
