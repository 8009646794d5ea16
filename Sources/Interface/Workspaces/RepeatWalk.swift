import LogFiles
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
  /// Records that are looked at for one window, in either direction.
  private static let allowance = 24_000

  private let timeline: Timeline
  private let keys: RepeatKeys
  private let view: RepeatKeys.View
  private let cancellation: Cancellation
  /// The chunks looked at, by their numbers.
  private var held: [Int: RepeatKeys.Chunk] = [:]
  /// The one looked at last.
  private var chunk: RepeatKeys.Chunk
  private var number = -1
  private var allowance = Self.allowance

  /// - Parameters:
  ///   - matches: What the filter matches, if records that do not match are among those shown: a match does not vanish
  ///     behind one that is none.
  ///   - id: The number of the view that `timeline` is the records of.
  init(
    _ timeline: Timeline, view id: Int, matching matches: FilterResult?, isExact: Bool, keys: RepeatKeys,
    _ cancellation: Cancellation
  ) {
    (self.timeline, self.keys, self.cancellation) = (timeline, keys, cancellation)
    view = RepeatKeys.View(id: id, isExact: isExact, matches: matches)
    chunk = []
  }

  /// Allows as many records to be looked at as in the beginning.
  mutating func refresh() { allowance = Self.allowance }

  /// The record at a rank that was walked over.
  mutating func record(at rank: Int) -> TimelineRecord? {
    reach(rank, isForward: true) ? chunk[rank % RepeatKeys.size].record : nil
  }

  /// Where the run of a record begins; nil if too much was looked at already.
  mutating func leader(of rank: Int) -> Int? {
    guard let key = key(rank, isForward: false) else { return nil }
    var rank = rank
    while rank > 0, rank % Self.block != 0 {
      guard let before = self.key(rank - 1, isForward: false) else { return nil }
      if key != before { break }
      rank -= 1
    }
    return rank
  }

  /// The rank after the run that holds `rank`; nil if too much was looked at already.
  mutating func end(ofRunAt rank: Int) -> Int? {
    guard let key = key(rank, isForward: true) else { return nil }
    var end = rank + 1
    while end < timeline.count, end % Self.block != 0 {
      guard let next = self.key(end, isForward: true) else { return nil }
      if next != key { break }
      end += 1
    }
    return end
  }

  private mutating func key(_ rank: Int, isForward: Bool) -> UInt64? {
    reach(rank, isForward: isForward) ? chunk[rank % RepeatKeys.size].value : nil
  }

  /// Makes `chunk` the one that holds `rank`; false if too much was looked at already, or there is no such rank.
  private mutating func reach(_ rank: Int, isForward: Bool) -> Bool {
    let wanted = rank / RepeatKeys.size
    if wanted == number { return rank % RepeatKeys.size < chunk.count }
    if let known = held[wanted] {
      (chunk, number) = (known, wanted)
      return rank % RepeatKeys.size < chunk.count
    }
    guard rank >= 0, rank < timeline.count, allowance > 0, !cancellation.isCancelled else { return false }
    // Where one chunk is not enough there are many repeats: the next ones will be asked for too.
    let ahead = held.count < 2 ? 1 : min(Self.block, allowance + RepeatKeys.size - 1) / RepeatKeys.size
    let chunks = isForward ? wanted..<wanted + ahead : max(0, wanted + 1 - ahead)..<wanted + 1
    (chunk, number) = (keys.chunk(wanted, of: timeline, view, fetching: chunks), wanted)
    held[wanted] = chunk
    allowance -= RepeatKeys.size
    return rank % RepeatKeys.size < chunk.count
  }
}

/// What the records of a view say, as numbers, kept from window to window: a step of the cursor asks for what the last one asked for.
final class RepeatKeys: Sendable {
  /// Records with what they have in common with their like, for `size` ranks from a multiple of it on.
  typealias Chunk = [(record: TimelineRecord, value: UInt64)]

  /// A view, and what makes its records alike.
  struct View {
    var id: Int
    var isExact: Bool
    /// What matches, where that tells records apart.
    var matches: FilterResult?

    fileprivate func isSame(_ other: View) -> Bool {
      (id, isExact, matches == nil) == (other.id, other.isExact, other.matches == nil)
    }
  }

  /// Records of a chunk.
  static let size = 256
  /// Chunks that are kept: 100,000 records, some 10 MB.
  private static let limit = 400
  /// Bytes of a record beyond which it is not looked at.
  private static let reach = 2048

  private struct Kept: Sendable {
    var view: View
    var chunks: [Int: Chunk] = [:]
  }
  private let kept = Mutex(Kept(view: View(id: -1, isExact: false)))

  /// The chunk of a number; where it is not known all of `fetching` that are not known.
  func chunk(_ number: Int, of timeline: Timeline, _ view: View, fetching chunks: Range<Int>) -> Chunk {
    let known = kept.withLock { kept in
      if !kept.view.isSame(view) { kept = Kept(view: view) }
      return kept.chunks
    }
    if let chunk = known[number] { return chunk }
    let first = chunks.prefix(number - chunks.lowerBound).last { known[$0] != nil }.map { $0 + 1 } ?? chunks.lowerBound
    let end = chunks.suffix(chunks.upperBound - number).first { known[$0] != nil } ?? chunks.upperBound
    let records = timeline.records(from: first * Self.size, count: (end - first) * Self.size) { record, lent in
      let text = Self.key(of: lent, isExact: view.isExact) ?? Self.key(of: record, in: timeline, isExact: view.isExact)
      return view.matches.map { timeline.isMatch(record.position, in: $0) } ?? true ? text : ~text
    }
    kept.withLock { kept in
      guard kept.view.isSame(view) else { return }
      if kept.chunks.count > Self.limit { kept.chunks.removeAll() }
      for number in first..<end {
        let start = (number - first) * Self.size
        guard start < records.count else { break }
        kept.chunks[number] = Array(records[start..<min(start + Self.size, records.count)])
      }
    }
    return Array(records.dropFirst((number - first) * Self.size).prefix(Self.size))
  }

  /// What a record has in common with its like; nil where its bytes are not what it says.
  private static func key(of record: RecordView, isExact: Bool) -> UInt64? {
    let bytes = UnsafeRawBufferPointer(rebasing: record.bytes.prefix(reach))
    if record.isLatin1 || EscapeSequences.isIn(bytes) { return nil }
    return key(
      of: bytes, stamp: record.stampSpan, source: record.position.file, level: record.level, isExact: isExact)
  }

  private static func key(of record: TimelineRecord, in timeline: Timeline, isExact: Bool) -> UInt64 {
    guard let row = timeline.row(for: record, limit: reach) else { return 0 }
    return row.bytes.withUnsafeBytes {
      key(of: $0, stamp: row.parsed.stampSpan, source: row.source, level: record.level, isExact: isExact)
    }
  }

  private static func key(
    of bytes: UnsafeRawBufferPointer, stamp: Range<Int>?, source: FileID, level: Level?, isExact: Bool
  ) -> UInt64 {
    var hash = RepeatHash()
    hash.add(UInt64(truncatingIfNeeded: source.rawValue))
    hash.add(UInt64(level?.rawValue ?? 9))
    let stamp = stamp ?? 0..<0
    hash.add(bytes, 0..<min(stamp.lowerBound, bytes.count), isExact: isExact)
    hash.add(bytes, min(stamp.upperBound, bytes.count)..<bytes.count, isExact: isExact)
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
