import LogFiles
import Matching
import Quantities
import QueryLanguage
import Records

/// Evaluates a predicate on the records of one segment by words: and, or, not are word operations, and a leaf is asked only
/// about records that it can still decide.
struct SegmentEvaluation {
  let scan: SegmentScan
  let file: FileStatus
  let cache: LeafCache
  /// For the cache keys of patterns, those of patterns that match whatever these match.
  private let narrower: [String: String]

  init(_ scan: SegmentScan, file: FileStatus, cache: LeafCache, narrower: [String: String] = [:]) {
    self.narrower = narrower
    self.scan = scan
    self.file = file
    self.cache = cache
  }

  /// Where the last record that starts in the segment ends. Looks at the text, which a test of levels has no need to.
  private var end: Int {
    let generation = scan.generation
    return generation.offset(of: generation.nextStart(atOrAfter: Place(segment: scan.number + 1, line: 0)))
  }

  /// The records of `candidates` that pass; without meaning if the scan was cancelled.
  func records(of candidates: Words, passing predicate: Predicate) -> Words {
    guard !scan.isCancelled, candidates.hasBits else { return .zeros(candidates.count) }
    switch predicate {
    case .all: return candidates
    case .none: return .zeros(candidates.count)
    case .leaf(let leaf): return records(of: candidates, passing: leaf)
    case .not(let part): return candidates.subtracting(records(of: candidates, passing: part))
    case .and(let parts):
      return parts.byCost.reduce(candidates) { $0.hasBits ? records(of: $0, passing: $1) : $0 }
    case .or(let parts):
      var left = candidates
      for part in parts.byCost where left.hasBits { left = left.subtracting(records(of: left, passing: part)) }
      return candidates.subtracting(left)
    }
  }

  private func records(of candidates: Words, passing leaf: Leaf) -> Words {
    switch leaf.kind {
    case .level(let mask): return levels(mask, candidates)
    case .source, .format: return leaf.matches(context()) ? candidates : .zeros(candidates.count)
    case .line: return lines(of: candidates, passing: leaf)
    case .time(let range):
      if let isInside = whole(range) { return isInside ? candidates : .zeros(candidates.count) }
      return cached(leaf.key, candidates, keepsUnchanged: false) { ($0, times($0, range)) }
    case .text(let pattern): return text(pattern, candidates)
    case .raw, .field, .levelName, .message:
      return cached(leaf.key, candidates, keepsUnchanged: false) { ($0, asked(leaf, $0)) }
    }
  }

  /// What the cache knows of `candidates`, completed by `compute`, which answers at least what it is asked.
  private func cached(
    _ key: String, _ candidates: Words, keepsUnchanged: Bool, _ compute: (Words) -> (known: Words, value: Words)
  ) -> Words {
    var bits = cache.bits(key, scan, end: end, keepsUnchanged: keepsUnchanged)
    let needed = candidates.subtracting(bits.known)
    if needed.hasBits {
      let fresh = compute(needed)
      if scan.isCancelled { return .zeros(candidates.count) }
      bits.value = bits.value.intersection(bits.known).subtracting(fresh.known).union(fresh.value)
      bits.known = bits.known.union(fresh.known)
      cache.insert(bits, for: key, scan, end: end)
    }
    return bits.value.intersection(candidates)
  }

  // MARK: Leaves

  private func text(_ pattern: Pattern, _ candidates: Words) -> Words {
    cached(pattern.cacheKey, candidates, keepsUnchanged: true) { needed in
      // What lacks a part of the text, as an earlier filter found, lacks all of it.
      guard let earlier = narrower[pattern.cacheKey] else { return scan.matches(of: pattern, in: needed) }
      let bits = cache.bits(earlier, scan, end: end, keepsUnchanged: true)
      let excluded = bits.known.subtracting(bits.value)
      let (known, value) = scan.matches(of: pattern, in: needed.subtracting(excluded))
      return (known.union(excluded), value.intersection(known).subtracting(excluded))
    }
  }

  /// Asks the leaf itself about each record that its bytes do not exclude.
  private func asked(_ leaf: Leaf, _ needed: Words) -> Words {
    let likely = candidates(for: leaf, needed)
    guard likely.hasBits else { return likely }
    let context = context()
    if case .field(let test) = leaf.kind {
      let number = test.number(in: scan.generation.reader)
      return scan.records(of: likely) { _, bytes in
        if let number, let isHeld = number.isHeld(by: bytes) { return isHeld }
        context.show(bytes)
        return test.matches(context)
      }
    }
    return scan.records(of: likely) { place, bytes in
      context.show(bytes, level: .some(scan.generation.level(at: place)))
      return leaf.matches(context)
    }
  }

  /// Those records of `needed` that can pass, as far as a look at the bytes tells.
  private func candidates(for leaf: Leaf, _ needed: Words) -> Words {
    if case .field(let test) = leaf.kind, test.asksForNumber || leaf.prefilters.isEmpty,
      let trace = test.trace(in: scan.generation.reader)
    {
      return scan.records(of: needed, with: trace)
    }
    guard !leaf.prefilters.isEmpty else { return needed }
    var left = needed
    for pattern in leaf.prefilters where left.hasBits { left = left.subtracting(text(pattern, left)) }
    return needed.subtracting(left)
  }

  private func lines(of candidates: Words, passing leaf: Leaf) -> Words {
    let context = context()
    var result = Words.zeros(candidates.count)
    for group in candidates.indices {
      var left = candidates[group]
      while left != 0 {
        let place = Place(segment: scan.number, line: group &* 64 &+ left.trailingZeroBitCount)
        context.show(UnsafeRawBufferPointer(start: nil, count: 0), line: scan.generation.line(at: place)?.rawValue)
        if leaf.matches(context) { result[group] |= 1 &<< place.bit }
        left &= left &- 1
      }
    }
    return result
  }

  /// Those of `candidates`, which start records, whose level is in `mask`.
  private func levels(_ mask: UInt16, _ candidates: Words) -> Words {
    // All bits set where the mask has the level: each plane halves the choice.
    func has(_ level: UInt16) -> UInt64 { 0 &- UInt64(mask &>> level & 1) }
    @inline(__always) func choose(_ plane: UInt64, _ set: UInt64, _ clear: UInt64) -> UInt64 {
      clear ^ plane & (set ^ clear)
    }
    let (has0, has1, has2, has3) = (has(0), has(1), has(2), has(3))
    let (has4, has5, has6, has7, unknown) = (has(4), has(5), has(6), has(7), has(8))
    let groups = scan.index.groups
    let count = min(groups.count, candidates.count)
    return Words(unsafeUninitializedCapacity: candidates.count) { result, used in
      for number in 0..<count {
        let group = groups[number]
        let low = choose(group.plane1, choose(group.plane0, has3, has2), choose(group.plane0, has1, has0))
        let high = choose(group.plane1, choose(group.plane0, has7, has6), choose(group.plane0, has5, has4))
        result[number] = choose(group.plane3, unknown, choose(group.plane2, high, low)) & candidates[number]
      }
      for number in count..<candidates.count { result[number] = 0 }
      used = candidates.count
    }
  }

  /// Whether all records of the segment lie in `range`, or none; nil if they must be asked.
  private func whole(_ range: Range<Timestamp>) -> Bool? {
    guard let earliest = scan.index.earliest, let latest = scan.index.latest else { return false }
    if range.isEmpty || latest < range.lowerBound || earliest >= range.upperBound { return false }
    let isInside = range.contains(earliest) && range.contains(latest)
    return isInside && scan.index.stampedCount == scan.index.recordCount ? true : nil
  }

  private func times(_ needed: Words, _ range: Range<Timestamp>) -> Words {
    needed.indices.map { group in
      guard needed[group] != 0, !scan.isCancelled else { return 0 }
      // The running maximum at the next group bounds the stamps of this one from above.
      if let bound = scan.index.upperBound(ofGroup: group), bound < range.lowerBound { return 0 }
      var passing: UInt64 = 0
      let stamps = scan.generation.stamps(ofGroup: group, segment: scan.number)
      for line in stamps.indices where stamps[line] != Key.none && range.contains(Timestamp(nanoseconds: stamps[line]))
      {
        passing |= 1 &<< UInt64(truncatingIfNeeded: line)
      }
      return passing & needed[group]
    }
  }

  private func context() -> RecordContext {
    RecordContext(
      reader: scan.generation.reader, reference: scan.index.reference, source: file.shortName, path: file.name)
  }
}

extension SegmentIndex {
  /// No record of the group, or of an earlier one, has a later stamp; nil where the index does not tell.
  func upperBound(ofGroup group: Int) -> Timestamp? {
    guard group + 1 < groups.count, !hasOutliers else { return latest }
    return stamp(ofGroup: group + 1).map { $0 + TimeSpan(nanoseconds: tick - 1) }
  }
}

extension Pattern {
  /// Tells patterns apart, and from the keys of leaves.
  var cacheKey: String {
    let flags =
      (options.ignoresCase ? "i" : "") + (options.dotMatchesNewline ? "s" : "") + (options.anchorsMatchLines ? "m" : "")
    return "\u{0}\(flags)\u{0}\(source)"
  }
}

extension [Predicate] {
  /// The cheap ones first; else as written.
  fileprivate var byCost: [Predicate] {
    enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }.map(\.element)
  }
}

extension Predicate {
  /// About how many nanoseconds a record costs.
  fileprivate var cost: Int {
    switch self {
    case .all, .none: 0
    case .and(let parts), .or(let parts): parts.reduce(0) { $0 + $1.cost }
    case .not(let part): part.cost
    case .leaf(let leaf):
      switch leaf.kind {
      case .level, .source, .format: 0
      case .line: 20
      case .time: 2
      case .text(let pattern): pattern.crossesLines || pattern.anchorsToText ? 120 : 40
      case .raw: 150
      case .field, .levelName, .message: leaf.prefilters.isEmpty ? 200 : 60
      }
    }
  }
}
