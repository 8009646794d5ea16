/// Part of a scan line by line: where one of several interleaved readers stands.
private struct LineStream {
  var row: UInt32
  var position: Int
  /// Where its first line begins.
  let begin: Int
  /// Behind its last line.
  let end: Int
  /// Whether nothing is left to decide at the end: the last line has had its answer, or there is none.
  var isDecided: Bool

  init(row: UInt32, position: Int, end: Int) {
    self.row = row
    self.position = position
    begin = position
    self.end = end
    isDecided = position == end
  }
}

extension LazyDFA {
  /// Texts shorter than this are read by one stream.
  private static let interleavingMinimum = 8192

  /// Calls `hit` for every line of `bytes[range]` that matches, in order, with a place in it and its end. The range
  /// begins at the beginning of a line; the automaton is linewise. Ends early when cancelled.
  ///
  /// One look-up waits for the one before, so four streams run interleaved over the quarters of the text, and their
  /// hits are put in order afterwards.
  func forEachMatchingLine(
    in bytes: UnsafeRawBufferPointer, _ range: Range<Int>, isCancelled: () -> Bool = { false },
    _ hit: (_ hit: Int, _ end: Int) -> Void
  ) {
    guard range.count >= LazyDFA.interleavingMinimum, !isThrashing else {
      var stream = LineStream(row: start, position: range.lowerBound, end: range.upperBound)
      finish(&stream, bytes, isCancelled, hit)
      return
    }
    var streams = quarters(of: range, in: bytes)
    var hits: [[(Int, Int)]] = [[], [], []]
    runInterleaved(&streams, bytes, &hits, hit)
    finish(&streams.0, bytes, isCancelled, hit)
    for (place, end) in hits[0] { hit(place, end) }
    finish(&streams.1, bytes, isCancelled, hit)
    for (place, end) in hits[1] { hit(place, end) }
    finish(&streams.2, bytes, isCancelled, hit)
    for (place, end) in hits[2] { hit(place, end) }
    finish(&streams.3, bytes, isCancelled, hit)
  }

  private typealias FourStreams = (LineStream, LineStream, LineStream, LineStream)

  private func quarters(of range: Range<Int>, in bytes: UnsafeRawBufferPointer) -> FourStreams {
    func cut(_ quarter: Int) -> Int {
      let position = range.lowerBound + range.count / 4 * quarter
      return Newlines.first(in: bytes, position..<range.upperBound).map { $0 + 1 } ?? range.upperBound
    }
    // In order also where newlines come and go between two looks, as they may in a map.
    let first = cut(1)
    let second = max(first, cut(2))
    let third = max(second, cut(3))
    return (
      LineStream(row: start, position: range.lowerBound, end: first),
      LineStream(row: start, position: first, end: second),
      LineStream(row: start, position: second, end: third),
      LineStream(row: start, position: third, end: range.upperBound)
    )
  }

  /// Runs all four until one has fewer than eight bytes left.
  private func runInterleaved(
    _ streams: inout FourStreams, _ bytes: UnsafeRawBufferPointer, _ hits: inout [[(Int, Int)]],
    _ hit: (Int, Int) -> Void
  ) {
    guard let base = bytes.baseAddress else { return }
    var (a, b, c, d) = streams
    var noted = a.position
    while a.position &+ 8 <= a.end, b.position &+ 8 <= b.end, c.position &+ 8 <= c.end, d.position &+ 8 <= d.end {
      // SAFETY: each load of eight bytes ends at or before the end of its stream, which lies in `bytes`.
      let rows = (
        LazyDFA.run(table, a.row, base.loadUnaligned(fromByteOffset: a.position, as: UInt64.self)),
        LazyDFA.run(table, b.row, base.loadUnaligned(fromByteOffset: b.position, as: UInt64.self)),
        LazyDFA.run(table, c.row, base.loadUnaligned(fromByteOffset: c.position, as: UInt64.self)),
        LazyDFA.run(table, d.row, base.loadUnaligned(fromByteOffset: d.position, as: UInt64.self))
      )
      if min(min(rows.0, rows.1), min(rows.2, rows.3)) > LazyDFA.dead {
        (a.row, b.row, c.row, d.row) = rows
        a.position &+= 8
        b.position &+= 8
        c.position &+= 8
        d.position &+= 8
        continue
      }
      if isFull {
        // The four advance alike, save for what they skip behind a match.
        let kept = forget(keeping: [a.row, b.row, c.row, d.row], afterReading: 4 * (a.position - noted))
        (a.row, b.row, c.row, d.row) = (kept[0], kept[1], kept[2], kept[3])
        noted = a.position
        if isThrashing { break }
        continue
      }
      advance(&a, to: rows.0, bytes, hit)
      advance(&b, to: rows.1, bytes) { hits[0].append(($0, $1)) }
      advance(&c, to: rows.2, bytes) { hits[1].append(($0, $1)) }
      advance(&d, to: rows.3, bytes) { hits[2].append(($0, $1)) }
    }
    note(reading: 4 * (a.position - noted))
    streams = (a, b, c, d)
  }

  @inline(__always)
  private func advance(
    _ stream: inout LineStream, to row: UInt32, _ bytes: UnsafeRawBufferPointer, _ hit: (Int, Int) -> Void
  ) {
    if row > LazyDFA.dead {
      stream.row = row
      stream.position &+= 8
    } else {
      replay(&stream, bytes, hit)
    }
  }

  /// Runs one stream to its end.
  private func finish(
    _ stream: inout LineStream, _ bytes: UnsafeRawBufferPointer, _ isCancelled: () -> Bool, _ hit: (Int, Int) -> Void
  ) {
    guard let base = bytes.baseAddress else { return }
    var noted = stream.position
    while stream.position < stream.end {
      if isThrashing { return simulate(stream, bytes, isCancelled, hit) }
      if stream.row > LazyDFA.dead, stream.position &+ 8 <= stream.end {
        // SAFETY: as in `runInterleaved`.
        let word = base.loadUnaligned(fromByteOffset: stream.position, as: UInt64.self)
        let row = LazyDFA.run(table, stream.row, word)
        if row > LazyDFA.dead {
          stream.row = row
          stream.position &+= 8
          continue
        }
      }
      if isFull {
        stream.row = forget(keeping: [stream.row], afterReading: stream.position - noted)[0]
        noted = stream.position
        if isCancelled() { return }
        continue
      }
      replay(&stream, bytes, hit)
    }
    note(reading: stream.position - noted)
    if !stream.isDecided, bytes[stream.end - 1] != 10, matchesAtEnd(stream.row) {
      hit(stream.end - 1, stream.end)
    }
  }

  /// Reads the rest of a stream, from the beginning of the line that it stands in, without states.
  private func simulate(
    _ stream: LineStream, _ bytes: UnsafeRawBufferPointer, _ isCancelled: () -> Bool, _ hit: (Int, Int) -> Void
  ) {
    var start = Newlines.lineStart(in: bytes, before: stream.position, lowest: stream.begin)
    while start < stream.end, !isCancelled() {
      let end = Newlines.first(in: bytes, start..<stream.end) ?? stream.end
      if simulate(bytes, start..<end, isCancelled: isCancelled) { hit(start, end) }
      start = end + 1
    }
  }

  /// Runs up to eight bytes with care, or to behind the line that matches or no longer can.
  @inline(never)
  private func replay(_ stream: inout LineStream, _ bytes: UnsafeRawBufferPointer, _ hit: (Int, Int) -> Void) {
    let stop = min(stream.end, stream.position &+ 8)
    while stream.position < stop {
      let byte = bytes[stream.position]
      if stream.row > LazyDFA.dead {
        let row = table[Int(stream.row) &+ Int(byte)]
        stream.row = row == LazyDFA.unknown ? extend(stream.row, byte) : row
      }
      if stream.row > LazyDFA.dead {
        stream.position &+= 1
        continue
      }
      let newline = Newlines.first(in: bytes, stream.position..<stream.end)
      if stream.row == LazyDFA.match { hit(stream.position, newline ?? stream.end) }
      stream.row = start
      stream.position = newline.map { $0 + 1 } ?? stream.end
      stream.isDecided = newline == nil
      return
    }
  }
}
