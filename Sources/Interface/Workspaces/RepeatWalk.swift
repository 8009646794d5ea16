import Records
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
  /// Records that are read at once, and in all, for one window.
  private static let chunk = 64
  private static let allowance = 24_000
  /// Bytes of a record beyond which it is not looked at.
  private static let reach = 2048

  private let timeline: Timeline
  private let matches: FilterResult?
  private let isExact: Bool
  private let cancellation: Cancellation
  private var known: [Int: (record: TimelineRecord, key: UInt64)] = [:]
  private var allowance = Self.allowance

  init(_ timeline: Timeline, matching matches: FilterResult?, isExact: Bool, _ cancellation: Cancellation) {
    (self.timeline, self.matches, self.isExact, self.cancellation) = (timeline, matches, isExact, cancellation)
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
    let first = rank / Self.chunk * Self.chunk
    let records = timeline.records(from: first, count: Self.chunk)
    for (offset, record) in records.enumerated() { known[first + offset] = (record, key(of: record)) }
    allowance -= Self.chunk
    return known[rank]
  }

  /// What records of a run have in common.
  private func key(of record: TimelineRecord) -> UInt64 {
    guard let row = timeline.row(for: record, matching: matches, limit: Self.reach) else { return 0 }
    var hash = RepeatHash()
    hash.add(UInt64(truncatingIfNeeded: row.source.rawValue))
    hash.add(UInt64(record.level?.rawValue ?? 9) << 1 | (row.isMatch ? 1 : 0))
    let stamp = row.parsed.stampSpan ?? 0..<0
    row.bytes.withUnsafeBytes { bytes in
      hash.add(bytes, 0..<min(stamp.lowerBound, bytes.count), isExact: isExact)
      hash.add(bytes, min(stamp.upperBound, bytes.count)..<bytes.count, isExact: isExact)
    }
    return hash.value
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
