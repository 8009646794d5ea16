import Platform

/// How many lines lie before each piece of a file, summed up in order while the pieces are read in any.
final class LineNumbering: Sendable {
  private struct State {
    var counts: [Int: Int] = [:]
    /// Pieces before this one are summed.
    var settled = 0
    var lines = 0
    var before: [Int: Int] = [0: 0]
  }

  private let state = Monitor(State())

  /// Says how many lines a piece has, and waits until that is known of all pieces before it; the lines before it.
  ///
  /// Pieces must be begun in order: then the first of those that wait never does so for one that was not begun.
  func lines(before piece: Int, whichHas count: Int) -> Int {
    state.withLock { state in
      state.counts[piece] = count
      while let next = state.counts.removeValue(forKey: state.settled) {
        state.lines += next
        state.settled += 1
        state.before[state.settled] = state.lines
      }
    }
    return state.wait { $0.before.removeValue(forKey: piece) }
  }
}
