extension LazyDFA {
  /// Runs eight bytes, lowest first, without looking at what comes out.
  @inline(__always)
  static func run(_ table: UnsafeMutablePointer<UInt32>, _ row: UInt32, _ word: UInt64) -> UInt32 {
    var row = row
    row = table[Int(row &+ UInt32(truncatingIfNeeded: word & 255))]
    row = table[Int(row &+ UInt32(truncatingIfNeeded: (word &>> 8) & 255))]
    row = table[Int(row &+ UInt32(truncatingIfNeeded: (word &>> 16) & 255))]
    row = table[Int(row &+ UInt32(truncatingIfNeeded: (word &>> 24) & 255))]
    row = table[Int(row &+ UInt32(truncatingIfNeeded: (word &>> 32) & 255))]
    row = table[Int(row &+ UInt32(truncatingIfNeeded: (word &>> 40) & 255))]
    row = table[Int(row &+ UInt32(truncatingIfNeeded: (word &>> 48) & 255))]
    return table[Int(row &+ UInt32(truncatingIfNeeded: word &>> 56))]
  }

  /// Whether `bytes[range]`, one text, matches.
  ///
  /// A linewise automaton answers whether a line of it does. False when cancelled.
  func matches(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, isCancelled: () -> Bool = { false }
  ) -> Bool {
    guard let base = bytes.baseAddress else { return matchesAtEnd(start) }
    if isThrashing { return simulate(bytes, range, isCancelled: isCancelled) }
    var row = start
    var position = range.lowerBound
    var noted = position
    let end = range.upperBound
    while row > LazyDFA.dead, position < end {
      if position &+ 8 <= end {
        // SAFETY: the eight bytes lie in `range`, which lies in `bytes`; rows as `table` says.
        let after = LazyDFA.run(table, row, base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        if after > LazyDFA.dead {
          row = after
          position &+= 8
          continue
        }
      }
      if isFull {
        row = forget(keeping: [row], afterReading: position - noted)[0]
        noted = position
        if isThrashing { return simulate(bytes, range, isCancelled: isCancelled) }
      }
      row = step(row, bytes, &position, min(end, position &+ 8))
      if row == LazyDFA.dead, isLinewise, let newline = Newlines.first(in: bytes, position..<end) {
        row = start
        position = newline + 1
      }
    }
    note(reading: position - noted)
    return matchesAtEnd(row)
  }

  /// Runs with care up to `end`, or to a match or a dead end: `position` is then that of the byte that led there.
  private func step(
    _ row: UInt32, _ bytes: UnsafeRawBufferPointer, _ position: inout Int, _ end: Int
  ) -> UInt32 {
    var row = row
    while position < end {
      var after = table[Int(row) &+ Int(bytes[position])]
      if after == LazyDFA.unknown { after = extend(row, bytes[position]) }
      row = after
      if row <= LazyDFA.dead { return row }
      position &+= 1
    }
    return row
  }
}
