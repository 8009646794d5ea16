extension Pattern {
  /// Whether there is a match anywhere in `bytes`, which are one text.
  public func isMatch(_ bytes: UnsafeRawBufferPointer) -> Bool {
    withSpanMatcher { $0.firstMatch(in: bytes, from: 0) } != nil
  }

  /// The first match that begins at or after `start`: leftmost, then as Perl prefers. O(pattern x bytes).
  ///
  /// Bytes before `start` are context: `^` holds at 0 only, and `\b` looks back. `start` should be the beginning of a
  /// character; after an empty match, search on from the next one.
  public func firstMatch(in bytes: UnsafeRawBufferPointer, from start: Int = 0) -> Range<Int>? {
    guard start >= 0, start <= bytes.count else { return nil }
    guard let slots = withSpanMatcher({ $0.firstMatch(in: bytes, from: start) }) else { return nil }
    return slots[0]..<slots[1]
  }

  /// The groups of the first match that begins at or after `start`, the whole match first; nil for a group that took
  /// no part. O(pattern x bytes).
  public func firstCaptures(in bytes: UnsafeRawBufferPointer, from start: Int = 0) -> [Range<Int>?]? {
    guard start >= 0, start <= bytes.count else { return nil }
    let matcher = SpanMatcher(program, capturesGroups: true)
    guard let slots = matcher.firstMatch(in: bytes, from: start) else { return nil }
    return stride(from: 0, to: slots.count, by: 2).map { slots[$0] < 0 ? nil : slots[$0]..<slots[$0 + 1] }
  }

  /// Calls `body` once for every line of `bytes` that matches by itself, in order, with an offset inside the line (or
  /// of its newline). Lines end in "\n"; what follows the last one is a line unless it is empty.
  public func forEachLineHit(in bytes: UnsafeRawBufferPointer, _ body: (Int) -> Void) {
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
      if isMatch(UnsafeRawBufferPointer(rebasing: bytes[start..<end])) { body(start) }
      start = end + 1
    }
  }

  /// Bytes that every match contains as they are; nil where none are known.
  public var requiredLiteral: [UInt8]? { nil }

  private func withSpanMatcher<Result>(_ body: (SpanMatcher) -> Result) -> Result {
    let matcher = matchers.withLock { $0.popLast() } ?? SpanMatcherBox(SpanMatcher(program, capturesGroups: false))
    defer { matchers.withLock { if $0.count < 16 { $0.append(matcher) } } }
    return body(matcher.matcher)
  }
}

/// Carries a matcher through the pool.
// SAFETY: a matcher is in the pool or with the one thread that took it out, never both.
struct SpanMatcherBox: @unchecked Sendable {
  let matcher: SpanMatcher

  init(_ matcher: SpanMatcher) { self.matcher = matcher }
}
