extension Pattern {
  /// Whether there is a match anywhere in `bytes`, which are one text. O(pattern x bytes), usually one look-up a byte.
  public func isMatch(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if let prefilter {
      guard prefilter.first(in: bytes, 0..<bytes.count) != nil else { return false }
      if prefilter.text.isWhole { return true }
    }
    return textAutomata.withScratch { $0.matches(bytes, 0..<bytes.count) }
  }

  /// The first match that begins at or after `start`: leftmost, then as Perl prefers. O(pattern x bytes).
  ///
  /// Bytes before `start` are context: `^` holds at 0 only, and `\b` looks back. `start` should be the beginning of a
  /// character; after an empty match, search on from the next one.
  public func firstMatch(in bytes: UnsafeRawBufferPointer, from start: Int = 0) -> Range<Int>? {
    guard start >= 0, start <= bytes.count else { return nil }
    if let prefilter {
      guard let found = prefilter.first(in: bytes, start..<bytes.count) else { return nil }
      if prefilter.text.isWhole, prefilter.text.runs.count == 1 { return found..<found + prefilter.text.runs[0].count }
    }
    if start == 0, !isMatch(bytes) { return nil }
    guard let slots = spanMatchers.withScratch({ $0.firstMatch(in: bytes, from: start) }) else { return nil }
    return slots[0]..<slots[1]
  }
}
