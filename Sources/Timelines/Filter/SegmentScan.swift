import LogFiles
import Matching
import Quantities
import Records

/// One segment of a generation as the filters go through it: which records start in it, their bytes, their words.
///
/// The last record may reach into the following segments, whose leading lines belong to it.
struct SegmentScan {
  let generation: Generation
  let number: Int
  let index: SegmentIndex
  /// All records that start in the segment.
  let starts: Words
  let cancellation: Cancellation?
  /// Whether records are asked one by one in their plain form, as a scan of lines does not see that.
  let hasPlainForm: Bool

  /// Bytes between two looks at the cancellation.
  private static let chunk = 256 << 10

  init(_ generation: Generation, segment number: Int, cancellation: Cancellation?) {
    self.generation = generation
    self.number = number
    self.cancellation = cancellation
    hasPlainForm = generation.reader.hasPlainForm
    let index = generation.segments[number].index
    self.index = index
    let groups = index.groups
    starts = Words(unsafeUninitializedCapacity: groups.count) { words, count in
      for group in groups.indices { words[group] = ~groups[group].continuations }
      count = groups.count
      if count > 0 { words[count - 1] &= index.lines(inGroup: count - 1) }
    }
  }

  var isCancelled: Bool { cancellation?.isCancelled ?? false }

  // MARK: One record after the other

  /// Gives the place and the bytes of each record of `words` to `body`, in file order, until cancelled.
  @inline(__always) func forEachRecord(in words: Words, _ body: (Place, Range<Int>) -> Void) {
    for group in words.indices where words[group] != 0 {
      if isCancelled { return }
      let limit = generation.end(ofGroup: group, in: index)
      var left = words[group]
      var line = 0
      var offset = min(index.bytes.lowerBound &+ Int(index.groups[group].offset), limit)
      while left != 0 {
        let bit = left.trailingZeroBitCount
        offset = Newlines.skip(bit &- line, in: generation.bytes, from: offset, to: limit)
        let place = Place(segment: number, line: group &* 64 &+ bit)
        left &= left &- 1
        let following = starts[group] & (~1 &<< UInt64(truncatingIfNeeded: bit))
        if following == 0 {
          let end = generation.offset(of: generation.nextStart(after: place))
          body(place, generation.trimmed(offset..<max(offset, end)))
          break
        }
        line = following.trailingZeroBitCount
        let end = Newlines.skip(line &- bit, in: generation.bytes, from: offset, to: limit)
        body(place, generation.trimmed(offset..<end))
        offset = end
      }
    }
  }

  /// Those records of `words` whose bytes, in their plain form, pass `test`, asked one by one.
  @inline(__always) func records(of words: Words, where test: (Place, UnsafeRawBufferPointer) -> Bool) -> Words {
    var result = Words.zeros(words.count)
    forEachRecord(in: words) { place, range in
      let bytes = UnsafeRawBufferPointer(rebasing: generation.bytes[range])
      let passes = hasPlainForm ? generation.reader.withPlain(bytes) { test(place, $0) } : test(place, bytes)
      if passes { result[place.group] |= 1 &<< place.bit }
    }
    return result
  }

  // MARK: Text

  /// Finds `pattern` in the text of records: the answer for all of `needed`, and perhaps for more (`known`).
  ///
  /// Scans lines and moves each hit up to the start of its record. Records of several lines are asked as a whole where a
  /// match may cross lines, or where `^` or `$` mean the ends of the record.
  func matches(of pattern: Pattern, in needed: Words) -> (known: Words, value: Words) {
    guard let first = needed.firstIndex(where: { $0 != 0 }), let last = needed.lastIndex(where: { $0 != 0 }) else {
      return (needed, needed)
    }
    let covered = first...last
    let all = covered.reduce(0) { $0 &+ starts[$1].nonzeroBitCount }
    // Reading a record by itself costs as much as reading some lines in one go; more of them where each byte costs more.
    let worth = pattern.requiredLiteral == nil && pattern.pieces.isEmpty ? 3 : 24
    if hasPlainForm || needed.bitCount &* worth < all || pattern.anchorsToLineEnds && hasReturns {
      return (needed, records(of: needed) { pattern.isMatch($1) })
    }
    var known = Words.zeros(needed.count)
    for group in covered { known[group] = starts[group] }
    var value = lineHits(of: pattern, in: known)
    if pattern.crossesLines || pattern.anchorsToText {
      let several = severalLines.intersection(known)
      let doubtful = pattern.crossesLines ? value.union(several) : several
      value = value.subtracting(doubtful).union(records(of: doubtful) { pattern.isMatch($1) })
    }
    return (known, value)
  }

  /// Whether a carriage return stands anywhere in the segment.
  private var hasReturns: Bool {
    let range = index.bytes.clamped(to: 0..<generation.bytes.count)
    return Newlines.hasByte(13, in: generation.bytes, range)
  }

  /// The records of `words` that have continuation lines, those that might included.
  private var severalLines: Words {
    starts.indices.map { group in
      let isLast = group == starts.count - 1
      let following = isLast ? 1 : index.groups[group + 1].continuations & 1
      return starts[group] & (index.groups[group].continuations &>> 1 | following &<< 63 | (isLast ? lastLine : 0))
    }
  }

  /// The last line of the segment, as a bit of the last group.
  private var lastLine: UInt64 { 1 &<< UInt64(truncatingIfNeeded: (index.lineCount &- 1) & 63) }

  /// The records, among whole groups of `known`, with a line that matches by itself.
  private func lineHits(of pattern: Pattern, in known: Words) -> Words {
    var hits = HitCollector(self, notesReturns: pattern.matchesReturns)
    guard let first = known.firstIndex(where: { $0 != 0 }), let last = known.lastIndex(where: { $0 != 0 }) else {
      return hits.words
    }
    let start = Place(segment: number, line: first &* 64 &+ known[first].trailingZeroBitCount)
    let final = Place(segment: number, line: last &* 64 &+ 63 &- known[last].leadingZeroBitCount)
    let next = generation.nextStart(after: final)
    let end = generation.offset(of: next)
    let inside = next.segment == number ? end : min(end, generation.offset(of: Place(segment: number + 1, line: 0)))
    let begin = generation.offset(of: start)
    scan(pattern, from: begin, to: max(begin, inside)) { hits.add($0) }
    // What follows in the next segments belongs to the last record: one hit is enough.
    let bit = UInt64(1) &<< final.bit
    if end > inside, hits.words[final.group] & bit == 0 {
      forEachChunk(from: inside, to: end) { range in
        let bytes = UnsafeRawBufferPointer(rebasing: generation.bytes[range])
        pattern.forEachMatchingLine(in: bytes, isCancelled: { isCancelled }) { _, _ in hits.words[final.group] |= bit }
        return hits.words[final.group] & bit == 0
      }
    }
    verifyBeforeReturns(pattern, &hits)
    return hits.words
  }

  /// Gives the offsets of the matching lines between two line starts to `body`.
  private func scan(_ pattern: Pattern, from start: Int, to end: Int, _ body: (Int) -> Void) {
    forEachChunk(from: start, to: end) { range in
      let base = range.lowerBound
      let bytes = UnsafeRawBufferPointer(rebasing: generation.bytes[range])
      pattern.forEachMatchingLine(in: bytes, isCancelled: { isCancelled }) { hit, _ in body(base &+ hit) }
      return true
    }
  }

  /// Cuts the lines between two line starts into pieces of whole lines, until cancelled or until `body` returns false.
  func forEachChunk(from start: Int, to end: Int, _ body: (Range<Int>) -> Bool) {
    var offset = start
    while offset < end, !isCancelled {
      let to =
        offset + Self.chunk < end ? Newlines.lineEnd(in: generation.bytes, from: offset + Self.chunk, to: end) : end
      guard body(offset..<to) else { return }
      offset = to
    }
  }

  /// A line that ends in CR LF was scanned with its CR, which is no part of the record: such hits are asked again.
  private func verifyBeforeReturns(_ pattern: Pattern, _ hits: inout HitCollector) {
    guard hits.hasReturns else { return }
    hits.words = records(of: hits.words) { pattern.isMatch($1) }
  }
}

/// Turns offsets of hits, in ascending order, into bits of the records that they lie in.
struct HitCollector {
  private let scan: SegmentScan
  private let notesReturns: Bool
  var words: Words
  /// Whether a line with a hit ends in CR LF.
  private(set) var hasReturns = false
  private var group = 0
  private var line = 0
  private var offset: Int

  /// With `notesReturns` it looks for lines that end in CR LF.
  init(_ scan: SegmentScan, notesReturns: Bool) {
    self.scan = scan
    self.notesReturns = notesReturns
    words = .zeros(scan.starts.count)
    offset = scan.index.bytes.lowerBound
  }

  mutating func add(_ hit: Int) {
    let index = scan.index
    let bytes = scan.generation.bytes
    let relative = hit &- index.bytes.lowerBound
    var next = group &+ 1
    while next < index.groups.count, Int(index.groups[next].offset) <= relative { next &+= 1 }
    if next &- 1 > group {
      group = next &- 1
      line = 0
      offset = index.bytes.lowerBound &+ Int(index.groups[group].offset)
    }
    // From one offset within a line to one within a later line lie as many newlines as lines.
    line = min(line &+ Newlines.count(in: bytes, from: offset, to: hit), 63)
    offset = hit
    if notesReturns, !hasReturns {
      let end = Newlines.lineEnd(in: bytes, from: hit, to: scan.generation.end(ofGroup: group, in: index))
      hasReturns = end >= 2 && bytes[end - 1] == 10 && bytes[end - 2] == 13
    }
    mark()
  }

  private mutating func mark() {
    var owner = group
    var mask = ~UInt64(0) &>> UInt64(truncatingIfNeeded: 63 &- line)
    while owner >= 0 {
      let above = scan.starts[owner] & mask
      if above != 0 {
        words[owner] |= 1 &<< UInt64(truncatingIfNeeded: 63 &- above.leadingZeroBitCount)
        return
      }
      mask = ~0
      owner &-= 1
    }
  }
}
