import Records
import Synchronization
import Timelines

/// Walks from run to run of records that say the same, for windows in which repeats are folded.
///
/// A run begins where the text differs from that of the record before (but for its time and, if so wished, for words with digits in
/// them), or the source or the level does. It also begins at every rank that is a multiple of `block`, so that where a run
/// begins does not depend on where one comes from, and never costs more than a block to find out.
///
///     rank   0  1  2  3  4  5          walk.leader(of: 4) == 1
///     text   a  b  b  b  b  c          walk.end(ofRunAt: 1) == 5
struct RepeatWalk {
  /// No run crosses a rank that is a multiple of this.
  static let block = 4096
  /// Records that are looked at for one window.
  private static let allowance = 24_000
  /// Records that are fetched at once: the first time, and at most.
  private static let chunks = (least: 64, most: 1024)
  /// Bytes of a record beyond which it is not looked at.
  private static let reach = 2048

  private let timeline: Timeline
  private let matches: FilterResult?
  private let isExact: Bool
  private let cache: RepeatCache
  private let cancellation: Cancellation
  private var known: [Int: (record: TimelineRecord, key: UInt64)] = [:]
  private var allowance = Self.allowance
  private var chunk = Self.chunks.least

  /// - Parameter matches: What the filter matches, if records that do not match are among those shown: a match does not vanish
  ///   behind one that is none.
  init(
    _ timeline: Timeline, matching matches: FilterResult?, isExact: Bool, cache: RepeatCache,
    _ cancellation: Cancellation
  ) {
    (self.timeline, self.matches, self.isExact) = (timeline, matches, isExact)
    (self.cache, self.cancellation) = (cache, cancellation)
  }

  /// Allows as many records to be read as in the beginning.
  mutating func refresh() { allowance = Self.allowance }

  /// The record at a rank that was walked over.
  mutating func record(at rank: Int) -> TimelineRecord? { entry(rank)?.record }

  /// Where the run of a record begins; nil if too much was read already.
  mutating func leader(of rank: Int) -> Int? {
    var rank = rank
    while rank > 0, rank % Self.block != 0 {
      guard let here = entry(rank)?.key, let before = entry(rank - 1)?.key else { return nil }
      if here != before { break }
      rank -= 1
    }
    return rank
  }

  /// The rank after the run that holds `rank`; nil if too much was read already.
  mutating func end(ofRunAt rank: Int) -> Int? {
    guard let key = entry(rank)?.key else { return nil }
    var end = rank + 1
    while end < timeline.count, end % Self.block != 0 {
      guard let next = entry(end)?.key else { return nil }
      if next != key { break }
      end += 1
    }
    return end
  }

  private mutating func entry(_ rank: Int) -> (record: TimelineRecord, key: UInt64)? {
    if let entry = known[rank] { return entry }
    guard allowance > 0, !cancellation.isCancelled else { return nil }
    let first = rank / chunk * chunk
    let records = timeline.records(from: first, count: chunk)
    for (offset, record) in records.enumerated() where known[first + offset] == nil {
      known[first + offset] = (record, key(of: record))
    }
    allowance -= chunk
    // Where one step is not enough there are many repeats: finding a rank costs more than to read on.
    chunk = min(chunk * 2, Self.chunks.most)
    return known[rank]
  }

  /// What records of a run have in common.
  private func key(of record: TimelineRecord) -> UInt64 {
    let isMatch = matches.map { timeline.isMatch(record.position, in: $0) } ?? true
    let entry = RepeatCache.Entry(record, isExact: isExact)
    let text =
      cache.value(of: entry)
      ?? {
        let value = textKey(of: record)
        cache.keep(value, of: entry)
        return value
      }()
    return isMatch ? text : ~text
  }

  private func textKey(of record: TimelineRecord) -> UInt64 {
    guard let row = timeline.row(for: record, limit: Self.reach) else { return 0 }
    var hash = RepeatHash()
    hash.add(UInt64(truncatingIfNeeded: row.source.rawValue))
    hash.add(UInt64(record.level?.rawValue ?? 9))
    let stamp = row.parsed.stampSpan ?? 0..<0
    row.bytes.withUnsafeBytes { bytes in
      hash.add(bytes, 0..<min(stamp.lowerBound, bytes.count), isExact: isExact)
      hash.add(bytes, min(stamp.upperBound, bytes.count)..<bytes.count, isExact: isExact)
    }
    return hash.value
  }
}

/// What records say, by where they are: a followed log is walked over again with each record that comes.
final class RepeatCache: Sendable {
  /// A record, as long as it stays as it is.
  struct Entry: Hashable {
    var position: Position
    var length: Int
    var level: Level?
    var isExact: Bool

    init(_ record: TimelineRecord, isExact: Bool) {
      (position, length) = (record.position, record.bytes.count)
      (level, self.isExact) = (record.level, isExact)
    }
  }

  private static let limit = 100_000
  private let values = Mutex<[Entry: UInt64]>([:])

  func value(of entry: Entry) -> UInt64? { values.withLock { $0[entry] } }

  func keep(_ value: UInt64, of entry: Entry) {
    values.withLock {
      if $0.count >= Self.limit { $0.removeAll(keepingCapacity: true) }
      $0[entry] = value
    }
  }
}

/// A hash of what a record says (FNV-1a), in which words with digits are all alike.
struct RepeatHash {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ word: UInt64) { value = (value ^ word) &* 0x100_0000_01B3 }

  mutating func add(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, isExact: Bool) {
    var index = range.lowerBound
    while index < range.upperBound {
      var end = index
      var hasDigit = false
      while !isExact, end < range.upperBound, Self.isWord(bytes[end]) {
        hasDigit = hasDigit || Self.isDigit(bytes[end])
        end += 1
      }
      if hasDigit {
        add(0xFF)
      } else {
        end = max(end, index + 1)
        for byte in bytes[index..<end] { add(UInt64(byte)) }
      }
      index = end
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  private static func isWord(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 26 }
}
