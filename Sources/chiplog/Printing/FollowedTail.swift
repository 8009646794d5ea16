import LogFiles
import Quantities
import Timelines

/// Which records of a growing log have been given out already.
///
/// The last record of a file may still grow (a stack trace arrives line by line), so it is held until the next one
/// starts or its file has been quiet for 200 ms.
struct FollowedTail {
  /// How long a last record is held.
  static let quietMilliseconds = 200

  /// Whether a last record is held back.
  private(set) var isHolding = false
  /// Where the records that were given out end.
  private(set) var printed: [GenerationID: Int] = [:]
  private var snapshot: LogSnapshot

  /// Begins after all records of `snapshot`.
  init(after snapshot: LogSnapshot) {
    self.snapshot = snapshot
    for generation in snapshot.generations { printed[generation.generation] = generation.byteCount }
  }

  /// The new records since the last call, by time where several files brought some.
  mutating func advance(to snapshot: LogSnapshot, releasingLast: Bool) -> [FreshRecord] {
    self.snapshot = snapshot
    isHolding = false
    var found: [FreshRecord] = []
    for generation in snapshot.generations { found += fresh(in: generation, releasingLast: releasingLast) }
    let order = found.indices.sorted { (found[$0].record.key, $0) < (found[$1].record.key, $1) }
    return order.map { found[$0] }
  }

  private mutating func fresh(in generation: GenerationSnapshot, releasingLast: Bool) -> [FreshRecord] {
    let start = printed[generation.generation] ?? 0
    guard generation.byteCount > start else { return [] }
    var alone = snapshot
    alone.generations = [generation]
    let timeline = Timeline(alone)
    let first = Position(file: generation.file, generation: generation.generation, offset: ByteOffset(start))
    var cursor = timeline.cursor(from: timeline.rank(of: first))
    var fresh: [FreshRecord] = []
    while let record = cursor.next() {
      if record.position.offset.rawValue >= start { fresh.append(FreshRecord(record: record, generation: generation)) }
    }
    if !releasingLast, !fresh.isEmpty {
      fresh.removeLast()
      isHolding = true
    }
    if let last = fresh.last?.record { printed[generation.generation] = last.bytes.upperBound + 1 }
    return fresh
  }
}

/// A record that has just come, and the generation whose bytes hold it.
struct FreshRecord {
  var record: TimelineRecord
  var generation: GenerationSnapshot

  /// Its bytes; valid while this value lives, which keeps the store alive.
  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: generation.bytes.buffer[record.bytes])
  }

  /// What stamps without a year or a date are resolved against.
  var reference: Timestamp { generation.segments.last?.index.reference ?? generation.fallbackKey }
}
