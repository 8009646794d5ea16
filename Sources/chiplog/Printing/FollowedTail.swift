import LogFiles
import Platform
import Quantities
import Timelines

/// Which records of growing logs have been given out already.
///
/// The last record of a file may still grow (a stack trace arrives line by line), so it is held until the next one
/// starts or its file has been quiet for 200 ms. What comes for it later is given out as a rest. After a rotation the
/// new file waits as long for the end of the old one, and at most a second while that still grows, so that the records
/// of a name come in their order.
struct FollowedTail {
  /// How long a last record is held.
  static let quiet = TimeSpan.milliseconds(200)
  /// How long a new file waits for an old one that still grows.
  private static let patience = TimeSpan.seconds(Int64(1))

  /// What is known of one generation.
  private struct Life {
    /// Where the records that were given out end.
    var printed: Int
    /// Its length when it was last looked at, and when it came to that.
    var size: Int
    var grown: TimeSpan
    /// When it was first seen; nil for what was there at the beginning.
    var seen: TimeSpan?
  }

  /// When something that is held back is due; nil if nothing is.
  private(set) var due: TimeSpan?
  private var lives: [GenerationID: Life] = [:]

  /// Begins after all records of `snapshot`.
  init(after snapshot: LogSnapshot) {
    for generation in snapshot.generations {
      let size = generation.byteCount
      lives[generation.generation] = Life(printed: size, size: size, grown: .zero, seen: nil)
    }
  }

  /// Where the records of each generation that were given out end.
  var printed: [(GenerationID, Int)] { lives.map { ($0, $1.printed) } }

  /// The new records since the last call, by time where several files brought some.
  mutating func advance(to snapshot: LogSnapshot, now: TimeSpan) -> [FreshRecord] {
    due = nil
    var found: [[FreshRecord]] = []
    var older: Life?
    for (number, generation) in snapshot.generations.enumerated() {
      if number == 0 || snapshot.generations[number - 1].file != generation.file { older = nil }
      let fresh = advance(generation, number, after: older, now)
      older = lives[generation.generation]
      if !fresh.isEmpty { found.append(fresh) }
    }
    if lives.count > snapshot.generations.count { forget(allBut: snapshot) }
    if found.count < 2 { return found.first ?? [] }
    for place in found.indices { FreshRecord.findKeys(&found[place], in: snapshot) }
    let all = found.flatMap(\.self)
    return all.indices.sorted { (all[$0].key, $0) < (all[$1].key, $1) }.map { all[$0] }
  }

  private mutating func advance(
    _ generation: GenerationSnapshot, _ number: Int, after older: Life?, _ now: TimeSpan
  ) -> [FreshRecord] {
    let size = generation.byteCount
    var life = lives[generation.generation] ?? Life(printed: 0, size: 0, grown: now, seen: now)
    if size != life.size { (life.size, life.grown) = (size, now) }
    defer { lives[generation.generation] = life }
    if life.printed >= size { return [] }
    if let older, let seen = life.seen {
      let isGrowing = older.printed < older.size && now < seen + Self.patience
      if isGrowing || now < seen + Self.quiet {
        hold(until: max(now + .milliseconds(20), max(seen, older.grown) + Self.quiet))
        return []
      }
    }
    var fresh: [FreshRecord] = []
    var records = FileOrder(generation, from: life.printed)
    while let record = records.next() { fresh.append(FreshRecord(record: record, generation: number)) }
    if now < life.grown + Self.quiet, fresh.last != nil {
      hold(until: life.grown + Self.quiet)
      fresh.removeLast()
    }
    if let last = fresh.last { life.printed = last.record.end }
    return fresh
  }

  private mutating func hold(until time: TimeSpan) { due = due.map { min($0, time) } ?? time }

  private mutating func forget(allBut snapshot: LogSnapshot) {
    let known = Set(snapshot.generations.map(\.generation))
    lives = lives.filter { known.contains($0.key) }
  }
}

/// A record that has just come.
struct FreshRecord {
  var record: FileOrder.Record
  /// Which of the snapshot's generations holds it.
  var generation: Int
  /// What it is ordered by among the records that came with it.
  var key = Timestamp(nanoseconds: .min)

  /// Gives each of the new records of one generation its key: the latest stamp so far.
  static func findKeys(_ records: inout [FreshRecord], in snapshot: LogSnapshot) {
    guard let number = records.first?.generation else { return }
    let generation = snapshot.generations[number]
    let buffer = generation.bytes.buffer
    var key = generation.segments.last?.carriedKey ?? Timestamp(nanoseconds: .min)
    for place in records.indices {
      let bytes = UnsafeRawBufferPointer(rebasing: buffer[records[place].record.bytes])
      let stamp = generation.reader.stamp(of: bytes, reference: generation.reference)
      if let stamp, stamp > key { key = stamp }
      records[place].key = key
    }
  }
}

extension GenerationSnapshot {
  /// What stamps without a year or a date are resolved against at its end.
  var reference: Timestamp { segments.last?.index.reference ?? fallbackKey }
}
