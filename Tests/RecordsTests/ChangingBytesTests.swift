import Dispatch
import Glibc
import Quantities
import Synchronization
import TestSupport
import Testing

@testable import Records

/// Reading bytes that somebody else is writing: what comes out is anybody's guess, but nothing may trap.
///
/// A map of a file that is cut short or rewritten changes between two looks at the same byte.
@Suite(.serialized, .enabled(if: dlsym(nil, "__tsan_init") == nil, "the races are meant"))
struct ChangingBytesTests {
  private static let models = [
    "2026-01-02T03:04:05.678Z INFO [worker-1] api: started user=7 took=12.5ms q=\"a\\nb\" {\"a\":{\"b\":[1,2]}}",
    "[2026-01-02 03:04:05,678] [info] 12:34 x=1 y=(z=2) Jan 2 2026 3:04:05 PM at 1767323045.678",
    "10.0.0.1 - bob [02/Jan/2026:03:04:05 +0100] \"GET /a?b=c HTTP/1.1\" 200 512 \"-\" \"curl/8 (x)\" 0.25 rt=1",
    "{\"timestamp\":\"2026-01-02T03:04:05.678Z\",\"level\":\"info\",\"msg\":\"x\\u00e4\",\"a\":{\"b\":[1,{\"c\":null}]}}",
    "{\"t\":{\"$date\":\"2026-01-02T03:04:05.678+00:00\"},\"s\":\"I\",\"msg\":\"x\",\"status\":500,\"n\":-1.5e3}",
    "<34>Jan  2 03:04:05 web1 sshd[12]: Failed password for root from=10.0.0.1 port=22 ERROR",
    "<165>1 2026-01-02T03:04:05.003Z host app 12 ID47 [ex@1 iut=\"3\" a=\"b\\\"c\"][x y=\"z\"] message k=v",
    "ts=2026-01-02T03:04:05.678Z caller=a.go:12 level=warn msg=\"two \\\"words\\\"\" n=3 flag d={a b}",
    "I0102 03:04:05.678901 12 x.go:1] @400000006b02e65f2d1c3b4a 01/02/26 03:04:05 Fri Jan 02 03:04:05 2026",
    "03:04:05.678 12 02.01.2026 3:04:05 p.m. +0200 260102  3:04:05 20260102T030405Z 1767323045 Level 25 [D]",
  ]

  @Test("Every way of reading a record survives a writer", arguments: models.indices)
  func records(_ number: Int) {
    let model = Array(Self.models[number].utf8)
    let reader = reader(for: Self.models[number] + "\n" + Self.models[number])
    let others = Self.models.map { self.reader(for: $0) }
    let paths = ["a.b", "msg", "a.b[].c", "status", "took", "path"].map(FieldPath.init)
    ScribbledBytes(model, seed: UInt64(number) + 1).whileWriting(rounds: 600) { bytes, round in
      let reader = round % 4 == 0 ? others[round / 4 % others.count] : reader
      let parsed = reader.parse(bytes, reference: reference)
      #expect(parsed.messageSpan.upperBound <= bytes.count)
      _ = reader.stamp(of: bytes, reference: reference)
      _ = reader.code(ofLine: bytes, reference: reference)
      let index = reader.index(bytes, segment: 0..<bytes.count, reference: reference)
      #expect(index.lineCount <= bytes.count)
      reader.forEachValue(of: paths[round % paths.count], in: bytes) { value in
        _ = value.text()
        return true
      }
    }
  }

  private func reader(for text: String) -> RecordReader { RecordsTests.reader(for: text) }
}

/// Memory that one thread writes to while others read it.
final class ScribbledBytes: Sendable {
  // SAFETY: the races on it are what the tests are about; freed when all threads have ended.
  nonisolated(unsafe) private let memory: UnsafeMutableRawBufferPointer
  private let model: [UInt8]
  private let seed: UInt64
  private let isOver = Atomic<Bool>(false)

  init(_ model: [UInt8], seed: UInt64) {
    self.model = model
    self.seed = seed
    memory = .allocate(byteCount: model.count, alignment: 8)
    memory.copyBytes(from: model)
  }

  deinit { memory.deallocate() }

  /// Calls `body` so many times on each of three threads while a fourth one writes.
  func whileWriting(rounds: Int, _ body: @Sendable (UnsafeRawBufferPointer, Int) -> Void) {
    let left = Atomic<Int>(3)
    DispatchQueue.concurrentPerform(iterations: 4) { thread in
      if thread == 0 {
        write()
        return
      }
      for round in 0..<rounds { body(UnsafeRawBufferPointer(memory), round) }
      if left.subtract(1, ordering: .relaxed).newValue == 0 { isOver.store(true, ordering: .relaxed) }
    }
  }

  /// Bytes that mean something to some format, and now and then the model again.
  private func write() {
    let alphabet = Array("0123456789999:-/., TZ+[]\"\\{}=aApPmMINFO<>@\u{1B}\n\u{0}é".utf8)
    var generator = SeededGenerator(seed)
    var count = 0
    while !isOver.load(ordering: .relaxed), count < 400_000_000 {
      let index = Int(truncatingIfNeeded: generator.next() >> 8) % memory.count
      let choice = generator.next()
      memory[index] = choice & 3 == 0 ? model[index] : alphabet[Int(truncatingIfNeeded: choice >> 33) % alphabet.count]
      if choice & 15 == 0 { for offset in 0..<memory.count { memory[offset] = model[offset] } }
      count += 1
    }
  }
}
