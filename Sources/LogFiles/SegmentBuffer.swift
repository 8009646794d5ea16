import Glibc
import Platform
import Quantities
import Records

/// Reads segments into memory of its own, block by block, and indexes them there. One worker uses one of these for many.
///
/// The map is not read for this, for three reasons. A file that is cut short or rewritten changes the bytes of its map
/// between two looks of the parser at the same byte, for which no parser is made. A fault in the middle of a segment is
/// an honest short read here. And what is only indexed does not count as our memory, as touched pages of a map would.
/// It is also quicker: copying 1 GB into blocks that stay in the cache and finding its newlines takes 49 ms on one
/// thread, 61 through a map that faults, 84 through one that is populated a segment at a time.
///
///     storage:   ... unfinished line │ block, at a page boundary
///                    ├─── held ─────┤├──── read ────┤
struct SegmentBuffer: ~Copyable {
  private var indexer: SegmentIndexer
  private let reader: RecordReader
  // SAFETY: our own, from `reserve` to the next one or `deinit`. `front` bytes of it stand before the block.
  private var storage = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  private var front = 0
  /// Bytes before the block that belong to it: the beginning of a line whose end was not there yet.
  private var held = 0

  /// What was learned from one segment.
  struct Finding {
    var index: SegmentIndex
    /// Whether the stamps name their zone; nil where none has a stamp, or nobody asked.
    var namesZone: Bool?
  }

  /// Which segment of which file, and what is known of it.
  struct Request {
    var descriptor: FileDescriptor
    var number: Int
    /// How many bytes the file has for us.
    var size: Int
    var entry = ScanState()
    var reference: Timestamp
    /// The last line that starts in the segment is known not to end before this.
    var knownLineBytes = 0
    var wantsZone = true
  }

  /// So many bytes after the segment are read at most to complete its last line; what is longer is judged by these.
  static let overhang = 16 << 20
  /// A block and the beginnings of lines fit into the cache that each processor has for itself.
  private static let blockSize = 256 << 10
  private static let usualFront = 64 << 10

  init(reader: RecordReader, reference: Timestamp) {
    self.reader = reader
    indexer = SegmentIndexer(reader, reference: reference)
  }

  deinit { storage.deallocate() }

  /// Indexes a segment; nil if the file has become shorter.
  mutating func index(_ request: Request) -> Finding? {
    let range = Stitching.range(request.number, in: request.size)
    indexer.begin(entry: request.entry, reference: request.reference)
    held = 0
    reserve(front: Self.usualFront, block: Self.blockSize)
    guard let first = firstLine(request, range) else { return nil }
    var place = first
    while let length = nextLength(at: place, range, size: request.size) {
      guard let block = read(request.descriptor, at: place, length) else { return nil }
      let position = place - held
      place += length
      let next = indexer.read(
        block, from: 0, before: range.upperBound - position, at: position, isLast: place == request.size)
      if position + next >= range.upperBound {
        held = 0
        break
      }
      hold(block, from: next)
    }
    var lineEnd: Int?
    if held > 0 {
      lineEnd = cutLine(request, from: place)
      if lineEnd == nil { return nil }
    }
    var index = indexer.finish(emptyAt: first, lineEnd: lineEnd)
    shrink()
    if index.order.hasPlunge {
      let file = DescribedSegments(descriptor: request.descriptor, reader: reader)
      guard let exact = file.settled(index, in: OrderContext()) else { return nil }
      index = exact
    }
    return Finding(index: index, namesZone: request.wantsZone ? namesZone(index, request) : nil)
  }

  /// Where the first line of the segment starts: at its first byte if a newline stands before that, else after its first
  /// newline; its end if no line starts in it. nil if the file is too short.
  private mutating func firstLine(_ request: Request, _ range: Range<Int>) -> Int? {
    if range.isEmpty || range.lowerBound == 0 { return range.lowerBound }
    var place = range.lowerBound - 1
    // Most lines are short: a small step first, then large ones.
    var length = 1024
    while place < range.upperBound {
      length = min(length, range.upperBound - place)
      guard let block = read(request.descriptor, at: place, length) else { return nil }
      if let newline = Self.newline(in: block) { return place + newline + 1 }
      place += length
      length = Self.blockSize
    }
    return range.upperBound
  }

  /// How much to read next; nil where nothing more is needed, or allowed.
  private func nextLength(at place: Int, _ range: Range<Int>, size: Int) -> Int? {
    if place < range.upperBound {
      // All blocks but the first begin at a page of the file.
      return min(range.upperBound, (place / Self.blockSize + 1) * Self.blockSize) - place
    }
    let limit = min(size, range.upperBound + Self.overhang)
    guard held > 0, place < limit else { return nil }
    // A line that is long already may be much longer still: what is moved and searched again stays in proportion.
    return min((held + 4095) & ~4095, limit - place)
  }

  /// The bytes of the file before `place + length` that are not indexed yet, after reading `length` of them; nil if they
  /// are not all there.
  private mutating func read(_ descriptor: FileDescriptor, at place: Int, _ length: Int) -> UnsafeRawBufferPointer? {
    // Copying between addresses that differ within their pages takes longer.
    let start = front + (held == 0 ? place & 4095 : 0)
    reserve(front: front, block: start - front + length)
    let part = UnsafeMutableRawBufferPointer(rebasing: storage[start..<start + length])
    guard (try? descriptor.read(into: part, at: place)) == length else { return nil }
    return UnsafeRawBufferPointer(rebasing: storage[start - held..<start + length])
  }

  /// Keeps the unfinished line at the end of `block` for the next one.
  private mutating func hold(_ block: UnsafeRawBufferPointer, from start: Int) {
    let rest = UnsafeRawBufferPointer(rebasing: block[start...])
    held = rest.count
    if held <= front {
      UnsafeMutableRawBufferPointer(rebasing: storage[front - held..<front]).copyMemory(from: rest)
    } else {
      let old = storage
      let room = (held * 2 + 4095) & ~4095
      storage = .allocate(byteCount: room * 2, alignment: 4096)
      front = room
      UnsafeMutableRawBufferPointer(rebasing: storage[front - held..<front]).copyMemory(from: rest)
      old.deallocate()
    }
  }

  /// Indexes the line that is held as if it ended here, and finds where it ends; nil if the file has become shorter.
  private mutating func cutLine(_ request: Request, from start: Int) -> Int? {
    let line = UnsafeRawBufferPointer(rebasing: storage[front - held..<front])
    _ = indexer.read(line, from: 0, before: held, at: start - held, isLast: true)
    held = 0
    var place = max(start, request.knownLineBytes)
    while place < request.size {
      let length = min(1 << 20, request.size - place)
      guard let block = read(request.descriptor, at: place, length) else { return nil }
      if let newline = Self.newline(in: block) { return place + newline + 1 }
      place += length
    }
    return request.size
  }

  private static func newline(in block: UnsafeRawBufferPointer) -> Int? {
    // SAFETY: the search ends at the block's last byte.
    guard let base = block.baseAddress, let hit = memchr(base, 10, block.count) else { return nil }
    return base.distance(to: UnsafeRawPointer(hit))
  }

  private mutating func namesZone(_ index: SegmentIndex, _ request: Request) -> Bool? {
    let length = min(index.bytes.count, 16 << 10)
    guard index.stampedCount > 0, let block = read(request.descriptor, at: index.bytes.lowerBound, length) else {
      return nil
    }
    return Sampling.namesZone(in: block, reader: reader, reference: request.reference)
  }

  /// Makes room; what is held stays before the block.
  private mutating func reserve(front wantedFront: Int, block: Int) {
    if front >= wantedFront, storage.count - front >= block { return }
    let front = max(front, wantedFront)
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: front + block + 4096, alignment: 4096)
    if held > 0 {
      let target = UnsafeMutableRawBufferPointer(rebasing: larger[front - held..<front])
      target.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[self.front - held..<self.front]))
    }
    storage.deallocate()
    (storage, self.front) = (larger, front)
  }

  /// Gives back what only a very long line needed.
  private mutating func shrink() {
    if storage.count <= 4 * Self.blockSize { return }
    storage.deallocate()
    (storage, front) = (UnsafeMutableRawBufferPointer(start: nil, count: 0), 0)
  }
}

extension SegmentIndex {
  /// The same index of a segment in which no line starts, read in another state.
  func reached(in state: ScanState) -> SegmentIndex {
    if state == entry { return self }
    return SegmentIndex(
      bytes: bytes, lineCount: 0, recordCount: 0, groups: groups, base: nil, tick: tick, earliest: nil, latest: nil,
      leadingLines: 0, stampedCount: 0, lateCount: 0, entry: state, exit: state, reference: reference, order: order)
  }
}
