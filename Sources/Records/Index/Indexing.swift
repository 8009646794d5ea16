import Quantities

/// The kernel: notes for every line of a segment whether a record starts there, its level and its time.
///
/// Takes the bytes in blocks of any size, so that they can be read into a buffer that the processor's cache holds. One
/// of these serves many segments, one after the other, on one thread.
///
///     indexer.begin(reference: modificationTime)
///     let used = indexer.read(block, from: firstLine, before: segmentEnd, at: offset, isLast: false)
///     ...                                     // the unfinished line is the beginning of the next block
///     let index = indexer.finish(emptyAt: segmentEnd)
public struct SegmentIndexer: ~Copyable {
  private var reading: LineReading
  private var tally = SegmentTally()
  private var ends = LineEnds()
  private var entry = ScanState()
  private var state = ScanState()
  /// Whether the block that is read ends with the file.
  private var isLastBlock = false
  /// Whether a line was left for the next block, to be read together with those after it.
  private var isHeld = false
  /// Where the last line that was read ends, with its newline.
  private var end = 0

  /// An indexer of files that `reader` reads; `reference` settles stamps without a year or date.
  public init(_ reader: RecordReader, reference: Timestamp) {
    reading = LineReading(reader: reader, reference: reference)
  }

  /// Starts a segment whose first line is read in the state `entry`.
  public mutating func begin(entry: ScanState = ScanState(), reference: Timestamp) {
    if reference != reading.resolver.reference { reading = LineReading(reader: reading.reader, reference: reference) }
    (self.entry, state) = (entry, entry)
    tally.begin(at: 0)
  }

  /// Reads the lines that begin in `block` from offset `first` on, where one begins, and before offset `limit`.
  ///
  /// Returns the offset of the first line that was not read: it begins at `limit` or later, or its newline is not in the
  /// block, or the object that it begins is not (at most `RecordReader.lookahead` bytes are wanted). With `isLast` the block ends with the file, and its last line needs no newline. `block` lies at `position`
  /// in its file; its bytes must not change meanwhile.
  public mutating func read(
    _ block: UnsafeRawBufferPointer, from first: Int, before limit: Int, at position: Int, isLast: Bool
  ) -> Int {
    guard first < limit, first < block.count else { return first }
    if tally.lineCount == 0 { tally.begin(at: position + first) }
    var start = first
    ends.begin(at: first)
    (isLastBlock, isHeld) = (isLast, false)
    while start < limit, !isHeld, ends.fill(block) {
      var index = 0
      if position + start == 0 {
        if mustHold(block, from: 0, lineEnd: ends[0]) { return 0 }
        // No line can continue a record where there is none.
        readFirst(block.part(0..<ends[0]), readable: block.count)
        (start, index) = (ends[0] + 1, 1)
      }
      start = read(block, from: start, index, before: limit, at: position)
    }
    if isLast, start < limit, start < block.count {
      if position + start == 0 {
        readFirst(block, readable: block.count)
      } else {
        add(block, start..<block.count, at: position + start)
      }
      start = block.count
    }
    if tally.lineCount > 0 { end = position + start }
    return start
  }

  /// The index of what was read; of no lines, if none was, at offset `place` of the file.
  ///
  /// `lineEnd` tells where the last line ends, if that is after what was given of it.
  public mutating func finish(emptyAt place: Int, lineEnd: Int? = nil) -> SegmentIndex {
    if tally.lineCount == 0 {
      tally.begin(at: place)
      end = place
    }
    // What falls by more than an hour needs a look at each stamp: `RecordReader.settled`.
    return tally.finish(endingAt: lineEnd ?? end, entry: entry, exit: state, reference: reading.resolver.reference)
  }

  /// Chooses the loop once for many lines, so that nothing in it asks for the family.
  private mutating func read(
    _ block: UnsafeRawBufferPointer, from start: Int, _ index: Int, before limit: Int, at position: Int
  ) -> Int {
    switch reading.reader.family {
    case .text: lines(TextPath.self, block, from: start, index, before: limit, at: position)
    case .json where reading.reader.habits.levels != nil, .custom, .columns, .journal, .xml:
      lines(NoPath.self, block, from: start, index, before: limit, at: position)
    case .json: lines(JSONPath.self, block, from: start, index, before: limit, at: position)
    case .access: lines(AccessPath.self, block, from: start, index, before: limit, at: position)
    case .syslog: lines(SyslogPath.self, block, from: start, index, before: limit, at: position)
    case .logfmt: lines(LogfmtPath.self, block, from: start, index, before: limit, at: position)
    }
  }

  @inline(__always) private mutating func lines<Path: FastPath>(
    _: Path.Type, _ block: UnsafeRawBufferPointer, from first: Int, _ index: Int, before limit: Int, at position: Int
  ) -> Int {
    var start = first
    var index = index
    let count = ends.count
    while index < count, start < limit {
      let end = ends[index]
      let line = block.part(start..<end)
      if state.rawValue & ScanState.stamped == 0, let mark = Path.mark(line, readable: block.count &- start, &reading) {
        state.rawValue = 0
        tally.note(mark.nanoseconds)
        tally.add(mark.code, at: position &+ start)
      } else {
        if mustHold(block, from: start, lineEnd: end) {
          isHeld = true
          return start
        }
        add(block, start..<end, at: position &+ start)
      }
      start = end &+ 1
      index &+= 1
    }
    return start
  }

  /// Whether the record that may begin with a line cannot be read before more of the file is there.
  @inline(__always) private func mustHold(_ block: UnsafeRawBufferPointer, from start: Int, lineEnd end: Int) -> Bool {
    reading.reader.habits.hasBlocks && !isLastBlock
      && reading.reader.needsMore(block.part(start..<block.count), lineEnd: end - start)
  }

  @inline(never) private mutating func add(_ block: UnsafeRawBufferPointer, _ line: Range<Int>, at position: Int) {
    let mark = reading.generalMark(block.part(line), readable: block.count - line.lowerBound, state: &state)
    if let stamp = mark.stamp { tally.note(stamp.nanoseconds) }
    tally.add(mark.code, at: position)
  }

  private mutating func readFirst(_ line: UnsafeRawBufferPointer, readable: Int) {
    var mark = reading.generalMark(line, readable: readable, state: &state)
    if !mark.code.isStart { mark = reading.firstMark(line, readable: readable) }
    if let stamp = mark.stamp { tally.note(stamp.nanoseconds) }
    tally.add(mark.code, at: 0)
  }
}

extension RecordReader {
  /// Indexes the lines that start in `segment` (at 0, or after a newline); the last may end after it, or lack its newline.
  ///
  /// `file` is all valid bytes of the file; nothing outside is read. `entry` is the state before the first line, and
  /// `reference` the instant that stamps without year or date are resolved against. O(bytes); safe on any thread. The
  /// only function that reads in place: the bytes should not change while it runs. The segment is taken for the last one;
  /// what comes after it may change the order of its last records, see `settled(_:_:at:in:)`.
  public func index(
    _ file: UnsafeRawBufferPointer, segment: Range<Int>, entry: ScanState = .init(), reference: Timestamp
  ) -> SegmentIndex {
    let segment = segment.clamped(to: 0..<file.count)
    var indexer = SegmentIndexer(self, reference: reference)
    indexer.begin(entry: entry, reference: reference)
    var start = segment.lowerBound
    if start > 0 { start = min(start - 1 + file.part(start - 1..<file.count).firstLineEnd + 1, segment.upperBound) }
    _ = indexer.read(file, from: start, before: segment.upperBound, at: 0, isLast: true)
    let index = indexer.finish(emptyAt: start)
    return index.order.hasPlunge ? settled(index, file, at: 0, in: OrderContext()) : index
  }
}
