import Records

// Records that may have a field, found by the traces that it leaves in their bytes.

extension SegmentScan {
  /// Those records of `needed` that may have the field of `trace`, and perhaps others.
  func records(of needed: Words, with trace: FieldTrace) -> Words {
    if hasPlainForm { return needed }
    guard let first = needed.firstIndex(where: { $0 != 0 }), let last = needed.lastIndex(where: { $0 != 0 }) else {
      return needed
    }
    let covered = first...last
    let all = covered.reduce(0) { $0 &+ starts[$1].nonzeroBitCount }
    // Where few are asked, asking them costs less than looking at what lies between.
    if needed.bitCount &* 4 < all { return needed }
    let start = Place(segment: number, line: first &* 64 &+ needed[first].trailingZeroBitCount)
    let final = Place(segment: number, line: last &* 64 &+ 63 &- needed[last].leadingZeroBitCount)
    let begin = generation.offset(of: start)
    let next = generation.nextStart(after: final)
    let end = next.segment == number ? generation.offset(of: next) : min(index.bytes.upperBound, generation.bytes.count)
    var (named, spelled, implied) = (
      HitCollector(self, notesReturns: false), HitCollector(self, notesReturns: false),
      HitCollector(self, notesReturns: false)
    )
    forEachChunk(from: begin, to: end) { range in
      trace.forEachNamed(in: generation.bytes, range) { named.add($0) }
      trace.forEachSpelled(in: generation.bytes, range) { spelled.add($0) }
      if trace.isImplied { trace.forEachImplied(in: generation.bytes, range) { implied.add($0) } }
      return true
    }
    var words = named.words.union(spelled.words).union(implied.words)
    // The last record may go on in the next segments.
    if next.segment != number { words[final.group] |= 1 &<< final.bit }
    addUncertain(&words, covered)
    return words.intersection(needed)
  }

  /// Adds the records in which a trace may not be seen: with very long lines, or with very many.
  private func addUncertain(_ words: inout Words, _ covered: ClosedRange<Int>) {
    for group in covered {
      let begin = index.bytes.lowerBound &+ Int(index.groups[group].offset)
      let end = generation.end(ofGroup: group, in: index)
      guard end &- begin > FieldTrace.longestLine else { continue }
      let continues = index.groups[group].continuations != 0 || group + 1 < starts.count && starts[group + 1] & 1 == 0
      if continues || hasLongLine(begin, end) { addOwners(&words, group) }
    }
  }

  /// All records with a line in `group`.
  private func addOwners(_ words: inout Words, _ group: Int) {
    words[group] |= starts[group]
    guard starts[group] & 1 == 0 else { return }
    if let owner = (0..<group).last(where: { starts[$0] != 0 }) {
      words[owner] |= 1 &<< UInt64(truncatingIfNeeded: 63 &- starts[owner].leadingZeroBitCount)
    }
  }

  private func hasLongLine(_ begin: Int, _ end: Int) -> Bool {
    var offset = begin
    while offset < end {
      let next = Newlines.lineEnd(in: generation.bytes, from: offset, to: end)
      if next &- offset > FieldTrace.longestLine { return true }
      offset = next
    }
    return false
  }
}
