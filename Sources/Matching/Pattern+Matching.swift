extension Pattern {
  /// Whether there is a match anywhere in `bytes`, which are one text. O(pattern x bytes), usually one look-up a byte.
  public func isMatch(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if let finder {
      guard finder.first(in: bytes, 0..<bytes.count) != nil else { return false }
      if isLiteral { return true }
    }
    return textAutomata.withScratch { $0.matches(bytes, 0..<bytes.count) }
  }

  /// The first match that begins at or after `start`: leftmost, then as Perl prefers. O(pattern x bytes).
  ///
  /// Bytes before `start` are context: `^` holds at 0 only, and `\b` looks back. `start` should be the beginning of a
  /// character; after an empty match, search on from the next one.
  public func firstMatch(in bytes: UnsafeRawBufferPointer, from start: Int = 0) -> Range<Int>? {
    guard start >= 0, start <= bytes.count else { return nil }
    if let finder {
      guard let found = finder.first(in: bytes, start..<bytes.count) else { return nil }
      if isLiteral { return found..<found + finder.needle.count }
    }
    if start == 0, !isMatch(bytes) { return nil }
    guard let slots = spanMatchers.withScratch({ $0.firstMatch(in: bytes, from: start) }) else { return nil }
    return slots[0]..<slots[1]
  }

  /// The groups of the first match that begins at or after `start`, the whole match first; nil for a group that took
  /// no part. O(pattern x bytes).
  public func firstCaptures(in bytes: UnsafeRawBufferPointer, from start: Int = 0) -> [Range<Int>?]? {
    guard start >= 0, start <= bytes.count else { return nil }
    guard let slots = captureMatchers.withScratch({ $0.firstMatch(in: bytes, from: start) }) else { return nil }
    return stride(from: 0, to: slots.count, by: 2).map { slots[$0] < 0 ? nil : slots[$0]..<slots[$0 + 1] }
  }

  /// Calls `body` once for every line of `bytes` that matches by itself, in order, with an offset inside the line (or
  /// of its newline). Lines end in "\n"; what follows the last one is a line unless it is empty.
  ///
  /// The offset lies in the line, not always in the match. For scans of whole segments: one to several bytes a
  /// nanosecond.
  public func forEachLineHit(in bytes: UnsafeRawBufferPointer, _ body: (Int) -> Void) {
    guard let finder else {
      return lineAutomata.withScratch { $0.forEachLineHit(in: bytes, 0..<bytes.count, body) }
    }
    if finder.needle.contains(10) { return }
    if isLiteral { return forEachLiteralHit(finder, in: bytes, body) }
    lineAutomata.withScratch { forEachCandidateHit(finder, $0, in: bytes, body) }
  }

  /// The pattern is a literal: to find it is to match.
  private func forEachLiteralHit(
    _ finder: LiteralFinder, in bytes: UnsafeRawBufferPointer, _ body: (Int) -> Void
  ) {
    var position = 0
    while let found = finder.first(in: bytes, position..<bytes.count) {
      body(found)
      guard let newline = Newlines.first(in: bytes, found..<bytes.count) else { return }
      position = newline + 1
    }
  }

  /// Every match contains a literal: the automaton reads only lines that have it. Where these turn out to be common,
  /// looking for it costs more than it saves, and the automaton reads the rest of the text.
  private func forEachCandidateHit(
    _ finder: LiteralFinder, _ automaton: LazyDFA, in bytes: UnsafeRawBufferPointer, _ body: (Int) -> Void
  ) {
    var position = 0
    var candidateCount = 0
    while let found = finder.first(in: bytes, position..<bytes.count) {
      let start = Newlines.lineStart(in: bytes, before: found, lowest: position)
      let end = Newlines.first(in: bytes, found..<bytes.count) ?? bytes.count
      if automaton.matches(bytes, start..<end) { body(found) }
      position = end + 1
      if position >= bytes.count { return }
      candidateCount += 1
      if candidateCount >= 64, candidateCount * Pattern.rareCandidate > position {
        return automaton.forEachLineHit(in: bytes, position..<bytes.count, body)
      }
    }
  }

  /// Bytes from one candidate line to the next, below which the prefilter is given up.
  private static let rareCandidate = 500
}
