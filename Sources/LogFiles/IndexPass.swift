import Platform
import Quantities
import Records
import Synchronization

/// One pass over many segments of a file by several threads at once, from the end of the file to its beginning.
///
/// Each worker takes the next number from an atomic counter, so that the threads stay busy without a plan. Segments are
/// indexed as if nothing were open where they begin; `Stitching` finds and mends those for which that was wrong.
final class IndexPass: Sendable {
  let descriptor: FileDescriptor
  let byteCount: Int
  let reader: RecordReader
  let reference: Timestamp
  /// The numbers of the segments to index.
  let segments: Range<Int>
  private let taken = Atomic<Int>(0)
  private let done = Atomic<Int>(0)
  private let isCancelled = Atomic<Bool>(false)
  private let failed = Atomic<Bool>(false)
  private let results = Monitor<[(number: Int, index: SegmentIndex)]>([])
  private let zoned = Monitor<Bool?>(nil)

  init(descriptor: FileDescriptor, byteCount: Int, reader: RecordReader, reference: Timestamp, segments: Range<Int>) {
    self.descriptor = descriptor
    self.byteCount = byteCount
    self.reader = reader
    self.reference = reference
    self.segments = segments
  }

  /// What has been indexed since the last call.
  func takeResults() -> [(number: Int, index: SegmentIndex)] {
    results.withLock { results in
      defer { results = [] }
      return results
    }
  }

  /// The share of segments that are indexed, 0 to 1.
  var progress: Double { segments.isEmpty ? 1 : Double(done.load(ordering: .relaxed)) / Double(segments.count) }

  /// Whether the stamps name their zone; nil while none has been seen.
  var namesZone: Bool? { zoned.withLock { $0 } }

  /// Lets the workers stop after the segment that each is in.
  func cancel() { isCancelled.store(true, ordering: .relaxed) }

  /// Submits the work; `finish` runs once, on a worker, after the last worker has left.
  func start(on pool: WorkerPool, finish: @escaping @Sendable () -> Void) {
    let width = max(1, min(pool.width, segments.count))
    let left = Counter(width)
    for _ in 0..<width {
      pool.submit {
        self.work()
        if left.decrement() == 0 { finish() }
      }
    }
  }

  /// Whether the file became shorter than it was.
  var hasFailed: Bool { failed.load(ordering: .acquiring) }

  private func work() {
    var buffer = SegmentBuffer(reader: reader, reference: reference)
    var wantsZone = true
    while !isCancelled.load(ordering: .relaxed) {
      let number = segments.upperBound - 1 - taken.wrappingAdd(1, ordering: .relaxed).oldValue
      guard number >= segments.lowerBound else { return }
      let request = SegmentBuffer.Request(
        descriptor: descriptor, number: number, size: byteCount, reference: reference, wantsZone: wantsZone)
      guard let found = buffer.index(request) else {
        failed.store(true, ordering: .releasing)
        return cancel()
      }
      results.withLock { $0.append((number, found.index)) }
      if let answer = found.namesZone {
        zoned.withLock { $0 = $0 ?? answer }
        wantsZone = false
      }
      done.wrappingAdd(1, ordering: .relaxed)
    }
  }
}

/// A number that threads count down.
final class Counter: Sendable {
  private let value: Atomic<Int>

  init(_ value: Int) { self.value = Atomic(value) }

  /// Takes one, and returns what is left.
  func decrement() -> Int { value.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue }
}
