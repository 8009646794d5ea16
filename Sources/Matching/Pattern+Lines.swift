extension Pattern {
  /// Calls `body` once for every line of `bytes` that matches by itself, in order, with an offset inside the line (or
  /// of its newline), and with the end of the line: the offset of its newline, or `bytes.count`. Lines end in "\n"; what
  /// follows the last one is a line unless it is empty.
  ///
  /// The offset lies in the line, not always in the match. For scans of whole segments: one to many bytes a
  /// nanosecond.
  ///
  /// A text of which nearly every byte is new to the automaton takes time in proportion to the length of the pattern;
  /// `isCancelled` is asked from time to time then, and ends the search.
  public func forEachMatchingLine(
    in bytes: UnsafeRawBufferPointer, isCancelled: () -> Bool = { false }, _ body: (_ hit: Int, _ end: Int) -> Void
  ) {
    guard let prefilter else {
      return lineAutomata.withScratch {
        $0.forEachMatchingLine(in: bytes, 0..<bytes.count, isCancelled: isCancelled, body)
      }
    }
    let runs = prefilter.text.runs
    let newline = ByteSet(10)
    if runs.allSatisfy({ $0.contains(newline) }) { return }
    let isWhole = prefilter.text.isWhole && !runs.contains { $0.contains { $0.contains(10) } }
    lineAutomata.withScratch { automaton in
      let rest =
        isWhole
        ? forEachRun(of: prefilter, in: bytes, body)
        : forEachCandidate(of: prefilter, automaton, in: bytes, isCancelled, body)
      guard rest < bytes.count else { return }
      automaton.forEachMatchingLine(in: bytes, rest..<bytes.count, isCancelled: isCancelled, body)
    }
  }

  /// To find a run is to match. Returns where the automaton has to go on, which is the beginning of a line.
  private func forEachRun(
    of prefilter: Prefilter, in bytes: UnsafeRawBufferPointer, _ body: (Int, Int) -> Void
  ) -> Int {
    var scan = prefilter.scan(mayGiveUp: true)
    var position = 0
    while position < bytes.count, let found = scan.first(in: bytes, position..<bytes.count) {
      let end = Newlines.first(in: bytes, found..<bytes.count) ?? bytes.count
      body(found, end)
      position = end + 1
    }
    return scan.givenUpAt.map { Newlines.lineStart(in: bytes, before: $0, lowest: position) } ?? bytes.count
  }

  /// The automaton reads only lines that have a run. Where these turn out to be common, looking for them costs more
  /// than it saves. Returns where the automaton has to go on by itself, which is the beginning of a line.
  private func forEachCandidate(
    of prefilter: Prefilter, _ automaton: LazyDFA, in bytes: UnsafeRawBufferPointer, _ isCancelled: () -> Bool,
    _ body: (Int, Int) -> Void
  ) -> Int {
    var scan = prefilter.scan(mayGiveUp: true)
    var position = 0
    var candidateCount = 0
    var readCount = 0
    while position < bytes.count, let found = scan.first(in: bytes, position..<bytes.count) {
      let start = Newlines.lineStart(in: bytes, before: found, lowest: position)
      let end = Newlines.first(in: bytes, found..<bytes.count) ?? bytes.count
      if automaton.matches(bytes, start..<end, isCancelled: isCancelled) { body(found, end) }
      if automaton.isThrashing, isCancelled() { return bytes.count }
      position = end + 1
      candidateCount += 1
      readCount += end - start
      // One reader by itself is more than twice as slow as four together, and a candidate costs as much as 100 bytes.
      if candidateCount >= 64, candidateCount * 100 + readCount * 5 / 2 > position { return position }
    }
    return scan.givenUpAt.map { Newlines.lineStart(in: bytes, before: $0, lowest: position) } ?? bytes.count
  }
}
