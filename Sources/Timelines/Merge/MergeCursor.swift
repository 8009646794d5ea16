import LogFiles
import Quantities
import Records

/// A record lent to a closure while a timeline streams by; its bytes are not copied.
public struct RecordView {
  /// Where it is.
  public let position: Position
  /// The bytes of the record without its last line end; valid only while the closure runs.
  public let bytes: UnsafeRawBufferPointer
  /// The number of its first line; nil while the file is not indexed from its beginning.
  public let line: LineNumber?
  /// How many lines it has.
  public let lineCount: Int
  /// Its level as the index has it.
  public let level: Level?
  /// The instant that stamps without a year or a date are resolved against.
  public let reference: Timestamp
  // SAFETY: the cursor that lends the record holds its generation while the closure runs. A reader of its own would be retained a
  // dozen times for each record, which threads that go through one file wait for each other for.
  fileprivate unowned(unsafe) let generation: Generation

  /// How the bytes are read.
  public var reader: RecordReader { generation.reader }
  /// Whether the bytes are Latin-1 instead of UTF-8.
  public var isLatin1: Bool { generation.reader.isLatin1 }
  /// Where the stamp is written in the bytes; nil where there is none.
  public var stampSpan: Range<Int>? { generation.reader.stampSpan(of: bytes) }
}

/// Goes through the records of a timeline in merged order, from any rank to the end: O(log files) a record.
///
///     var cursor = timeline.cursor(from: 0)
///     while let record = cursor.next() { ... }
///     cursor.forEach { view in write(view.bytes); return true }     // streams without copying
///
/// Holds the snapshot's bytes alive. A value: a copy goes its own way.
public struct MergeCursor: Sendable {
  /// The next record of one run, with its key as far as it is known.
  fileprivate struct Head: Sendable {
    var stamps: Stamps
    var place: Place
    /// Where its first line begins; nil until needed.
    var offset: Int?
    /// The key, or a lower bound of it.
    var key: Int64
    var isExact: Bool
    /// The exact key of the record directly above in the same segment, if it is known.
    var keyAbove: Int64?
  }

  private var heads: [Head]
  /// A binary heap of indexes into `heads`, least (key, run) on top.
  private var heap: [Int]

  init(_ cuts: [RankSelection.Cut]) {
    heads = cuts.map { cut in
      let run = cut.stamps.run
      let place = run.visible(atOrAfter: cut.place)
      return Head(
        stamps: cut.stamps, place: place, offset: nil, key: max(cut.bound, run.lowerBound(at: place)),
        isExact: run.isTimeless, keyAbove: nil)
    }
    heap = zip(heads.indices, heads).filter { $1.place < $1.stamps.run.end }.map(\.0)
    for index in stride(from: heap.count / 2 - 1, through: 0, by: -1) { siftDown(from: index) }
  }

  /// The next record; nil at the end.
  public mutating func next() -> TimelineRecord? {
    guard let top = exactTop() else { return nil }
    let head = heads[top]
    let generation = head.stamps.run.generation
    let place = head.stamps.run.filePlace(head.place)
    let start = head.offset ?? generation.offset(of: place)
    let (next, end) = generation.record(after: place, at: start)
    let record = generation.record(at: place, bytes: start..<end, next: next, key: head.key)
    advance(top, to: next, at: end)
    return record
  }

  /// Lends each record to `body`, in order, until it returns false. Cheaper than `next()`: with one file left to go
  /// through, stamps are not read.
  public mutating func forEach(_ body: (RecordView) -> Bool) {
    while let top = heap.count == 1 ? heap[0] : exactTop() {
      let run = heads[top].stamps.run
      let generation = run.generation
      let place = run.filePlace(heads[top].place)
      let start = heads[top].offset ?? generation.offset(of: place)
      let (next, end) = generation.record(after: place, at: start)
      let view = generation.view(at: place, bytes: start..<end, next: next)
      advance(top, to: next, at: end)
      if !body(view) { return }
    }
  }

  /// Lends each record to `body`, in order, with what `next()` says of it, until it returns false.
  mutating func forEachRecord(_ body: (TimelineRecord, RecordView) -> Bool) {
    while let top = exactTop() {
      let run = heads[top].stamps.run
      let generation = run.generation
      let place = run.filePlace(heads[top].place)
      let start = heads[top].offset ?? generation.offset(of: place)
      let (next, end) = generation.record(after: place, at: start)
      let record = generation.record(at: place, bytes: start..<end, next: next, key: heads[top].key)
      let view = generation.view(at: place, bytes: start..<end, next: next)
      advance(top, to: next, at: end)
      if !body(record, view) { return }
    }
  }

  /// The head with the least (key, run), its key made exact.
  private mutating func exactTop() -> Int? {
    while let top = heap.first {
      if heads[top].isExact { return top }
      heads[top].makeExact()
      siftDown(from: 0)
    }
    return nil
  }

  private mutating func advance(_ top: Int, to next: Place, at offset: Int) {
    let run = heads[top].stamps.run
    if run.own != nil { return advanceOwn(top) }
    let place = run.bits == nil ? next : run.visible(atOrAfter: next)
    guard place < run.end else {
      removeTop()
      return
    }
    heads[top].move(to: place, isNext: place == next, at: place == next ? offset : nil)
    siftDown(from: 0)
  }

  private mutating func advanceOwn(_ top: Int) {
    let run = heads[top].stamps.run
    let place = run.visible(atOrAfter: Place(rawValue: heads[top].place.rawValue + 1))
    guard place < run.end else { return removeTop() }
    heads[top].move(to: place, isNext: false, at: nil)
    siftDown(from: 0)
  }

  private mutating func removeTop() {
    let last = heap.removeLast()
    guard !heap.isEmpty else { return }
    heap[0] = last
    siftDown(from: 0)
  }

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    (heads[left].key, left) < (heads[right].key, right)
  }

  private mutating func siftDown(from index: Int) {
    var hole = index
    let item = heap[hole]
    while true {
      var child = 2 * hole + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, isBefore(heap[child + 1], heap[child]) { child += 1 }
      guard isBefore(heap[child], item) else { break }
      heap[hole] = heap[child]
      hole = child
    }
    heap[hole] = item
  }
}

extension MergeCursor.Head {
  /// Goes to a later record of the run; `isNext` says that no other record lies between.
  fileprivate mutating func move(to next: Place, isNext: Bool, at offset: Int?) {
    let run = stamps.run
    keyAbove = isNext && isExact && next.segment == place.segment ? key : nil
    place = next
    self.offset = offset
    isExact = run.isTimeless
    key = next.bit == 0 || !isNext ? max(key, run.lowerBound(at: next)) : key
  }

  fileprivate mutating func makeExact() {
    let generation = stamps.run.generation
    isExact = true
    guard let above = keyAbove, stamps.run.own == nil, generation.segments.indices.contains(place.segment) else {
      key = max(key, stamps.key(at: place))
      return
    }
    let start = offset ?? generation.offset(of: place)
    let index = generation.segments[place.segment].index
    let limit = max(start, generation.end(ofGroup: place.group, in: index))
    let end = Newlines.lineEnd(in: generation.bytes, from: start, to: limit)
    offset = start
    key = max(above, stamps.stamp(at: place, start..<end))
  }
}

extension Generation {
  /// Where the record after the one at `place` starts, which begins at byte `start`.
  func record(after place: Place, at start: Int) -> (place: Place, offset: Int) {
    let next = nextStart(after: place)
    if next.segment == place.segment, next.group == place.group {
      let limit = end(ofGroup: place.group, in: segments[place.segment].index)
      return (next, Newlines.skip(next.line - place.line, in: bytes, from: start, to: limit))
    }
    return (next, max(start, offset(of: next)))
  }

  /// The record at `place`; `bytes` reach to the next record and are trimmed here.
  func record(at place: Place, bytes: Range<Int>, next: Place, key: Int64) -> TimelineRecord {
    TimelineRecord(
      position: position(bytes.lowerBound), bytes: trimmed(bytes), line: line(at: place),
      lineCount: lineCount(before: next) - lineCount(before: place), key: Timestamp(nanoseconds: key),
      level: level(at: place))
  }

  func view(at place: Place, bytes: Range<Int>, next: Place) -> RecordView {
    RecordView(
      position: position(bytes.lowerBound), bytes: UnsafeRawBufferPointer(rebasing: self.bytes[trimmed(bytes)]),
      line: line(at: place), lineCount: lineCount(before: next) - lineCount(before: place), level: level(at: place),
      reference: segments[place.segment].index.reference(ofLine: place.line), generation: self)
  }

  func position(_ offset: Int) -> Position { Position(file: file, generation: id, offset: ByteOffset(offset)) }

  func level(at place: Place) -> Level? {
    segments[place.segment].index.groups[place.group].code(ofLine: Int(place.bit)).level
  }

  func line(at place: Place) -> LineNumber? {
    snapshot.isIndexed ? LineNumber(lineCount(before: place) + 1) : nil
  }

  /// `range` without a newline at its end, nor a CR before it.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    if end > range.lowerBound, bytes[end - 1] == 10 {
      end -= 1
      if end > range.lowerBound, bytes[end - 1] == 13 { end -= 1 }
    }
    return range.lowerBound..<end
  }
}
