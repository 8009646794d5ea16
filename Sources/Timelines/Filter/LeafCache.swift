import LogFiles
import Matching
import Records
import Synchronization

/// What is known of one leaf's answer in one segment: bits of `value` count only where `known` is set.
struct LeafBits: Sendable {
  var known: Words
  var value: Words
}

/// Answers of leaves by segment, the least recently used ones dropped beyond a bound in bytes. Safe on any thread.
///
/// An entry belongs to the segment object that it was computed from; a re-indexed segment is another object. When a file
/// grows, its last segment is indexed anew; of leaves that look at nothing but the text, the groups that are unchanged keep
/// their answers (`keepsUnchanged`), so that a growing file scans only its tail.
final class LeafCache: Sendable {
  fileprivate struct Key: Hashable {
    var leaf: String
    var generation: GenerationID
    var offset: Int
  }

  fileprivate struct Entry {
    var index: SegmentIndex
    /// Where the segment's last record ended: it may have grown since.
    var end: Int
    var bits: LeafBits
    var lastUse: Int
    var byteCount: Int { 16 * bits.value.count + 250 }
  }

  fileprivate struct State {
    var entries: [Key: Entry] = [:]
    var byteCount = 0
    var clock = 0
    /// The texts that were looked for last, newest last.
    var texts: [SoughtText] = []
  }

  fileprivate struct SoughtText {
    var key: String
    var bytes: [UInt8]
    var ignoresCase: Bool
  }

  private let state = Mutex(State())
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// Bytes held, for tests and for the curious.
  var byteCount: Int { state.withLock { $0.byteCount } }

  /// What is known of `leaf` in a segment whose last record ends at byte `end`.
  func bits(_ leaf: String, _ scan: SegmentScan, end: Int, keepsUnchanged: Bool) -> LeafBits {
    let key = Key(leaf: leaf, generation: scan.generation.id, offset: scan.index.bytes.lowerBound)
    let entry = state.withLock { state -> Entry? in
      guard state.entries[key] != nil else { return nil }
      state.clock += 1
      state.entries[key]?.lastUse = state.clock
      return state.entries[key]
    }
    let count = scan.starts.count
    guard var entry else { return LeafBits(known: .zeros(count), value: .zeros(count)) }
    if entry.index === scan.index {
      if entry.end != end { entry.bits.forgetLastRecord() }
      return entry.bits
    }
    guard keepsUnchanged else { return LeafBits(known: .zeros(count), value: .zeros(count)) }
    return entry.bits.carried(from: entry.index, to: scan.index)
  }

  /// For the keys of `patterns`, keys of texts looked for earlier that every record has which these match: `tim` for
  /// `timeo`. Notes those of `patterns` that are texts themselves.
  func narrower(_ patterns: [Pattern]) -> [String: String] {
    state.withLock { state in
      var narrower: [String: String] = [:]
      for pattern in patterns {
        let key = pattern.cacheKey
        let known = state.texts.filter { $0.key != key && $0.isContained(in: pattern) }
        if let longest = known.max(by: { $0.bytes.count < $1.bytes.count }) { narrower[key] = longest.key }
      }
      for pattern in patterns where pattern.pieces.count == 1 && !pattern.anchorsToText {
        let key = pattern.cacheKey
        state.texts.removeAll { $0.key == key }
        if state.texts.count >= 32 { state.texts.removeFirst() }
        state.texts.append(
          SoughtText(key: key, bytes: Array(pattern.pieces[0].utf8), ignoresCase: pattern.options.ignoresCase))
      }
      return narrower
    }
  }

  /// Remembers `bits`.
  func insert(_ bits: LeafBits, for leaf: String, _ scan: SegmentScan, end: Int) {
    let key = Key(leaf: leaf, generation: scan.generation.id, offset: scan.index.bytes.lowerBound)
    state.withLock { state in
      state.clock += 1
      let entry = Entry(index: scan.index, end: end, bits: bits, lastUse: state.clock)
      if let old = state.entries.updateValue(entry, forKey: key) { state.byteCount -= old.byteCount }
      state.byteCount += entry.byteCount
      if state.byteCount > limit { state.shrink(to: limit / 4 * 3) }
    }
  }
}

extension LeafCache.SoughtText {
  /// Whether every match of `pattern` contains this text.
  fileprivate func isContained(in pattern: Pattern) -> Bool {
    guard !bytes.isEmpty, ignoresCase || !pattern.options.ignoresCase else { return false }
    let texts =
      pattern.pieces.isEmpty ? [pattern.requiredLiteral ?? []] : pattern.pieces.map { Array($0.utf8) }
    return texts.contains { text in
      text.count >= bytes.count
        && (0...text.count - bytes.count).contains { start in
          bytes.indices.allSatisfy { isSame(text[start + $0], bytes[$0]) }
        }
    }
  }

  private func isSame(_ left: UInt8, _ right: UInt8) -> Bool {
    left == right || ignoresCase && left | 32 == right | 32 && (97...122).contains(left | 32)
  }
}

extension LeafCache.State {
  /// Drops what was used longest ago; sorting now and then is cheaper than a list kept in order.
  fileprivate mutating func shrink(to target: Int) {
    for (key, entry) in entries.sorted(by: { $0.value.lastUse < $1.value.lastUse }) {
      if byteCount <= target { return }
      entries[key] = nil
      byteCount -= entry.byteCount
    }
  }
}

extension LeafBits {
  fileprivate mutating func forgetLastRecord() {
    guard let group = known.lastIndex(where: { $0 != 0 }) else { return }
    known[group] &= ~(1 &<< UInt64(truncatingIfNeeded: 63 &- known[group].leadingZeroBitCount))
  }

  /// The same for a segment that was indexed again: the groups before the first difference, without the record that
  /// they end in, which may go on behind it.
  fileprivate func carried(from old: SegmentIndex, to new: SegmentIndex) -> LeafBits {
    var bits = LeafBits(known: .zeros(new.groups.count), value: .zeros(new.groups.count))
    // The old last line may have been incomplete, and the last group was not full.
    let whole = max(0, min((old.lineCount - 1) / 64, new.groups.count, known.count))
    var group = 0
    while group < whole, old.groups[group].hasSameLines(as: new.groups[group]) {
      (bits.known[group], bits.value[group]) = (known[group], value[group])
      group += 1
    }
    // The last start of these groups may have been followed by other lines than now.
    while group > 0 {
      group -= 1
      let starts = new.starts(inGroup: group)
      guard starts != 0 else { continue }
      bits.known[group] &= ~(1 &<< UInt64(truncatingIfNeeded: 63 &- starts.leadingZeroBitCount))
      break
    }
    return bits
  }
}

extension Group {
  fileprivate func hasSameLines(as other: Group) -> Bool {
    offset == other.offset && plane0 == other.plane0 && plane1 == other.plane1 && plane2 == other.plane2
      && plane3 == other.plane3
  }
}
