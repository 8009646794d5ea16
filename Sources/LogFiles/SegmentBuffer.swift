import Glibc
import Platform
import Quantities
import Records

/// Reads segments into memory of its own and indexes them there. One worker uses one of these for many segments.
///
/// The map is not read for this, for three reasons. A file that is cut short or rewritten changes the bytes of its map
/// between two looks of the parser at the same byte, for which no parser is made. A fault in the middle of a segment is
/// an honest short read here. And what is only indexed does not count as our memory, as touched pages of a map would.
/// Copying costs no time that could be measured: it replaces the page faults of the map.
struct SegmentBuffer: ~Copyable {
  private var storage = UnsafeMutableRawBufferPointer(start: nil, count: 0)

  /// What was learned from one segment.
  struct Finding {
    var index: SegmentIndex
    /// Whether the stamps name their zone; nil where none has a stamp.
    var namesZone: Bool?
  }

  /// So many bytes after the segment are read at most to complete its last line; what is longer is judged by these.
  static let overhang = 16 << 20

  deinit { storage.deallocate() }

  /// Indexes segment `number` of the first `size` bytes of a file; nil if the file has become shorter.
  ///
  /// The last line that starts in the segment is known not to end before `knownLineBytes`.
  mutating func index(
    _ descriptor: FileDescriptor, _ number: Int, size: Int, reader: RecordReader, entry: ScanState = ScanState(),
    reference: Timestamp, knownLineBytes: Int = 0
  ) -> Finding? {
    let range = Stitching.range(number, in: size)
    // The byte before tells whether a line starts at the first one.
    let lead = range.lowerBound > 0 ? 1 : 0
    let start = range.lowerBound - lead
    var count = range.upperBound - start
    guard read(descriptor, at: start, 0..<count) else { return nil }
    var end: Int?
    if size > range.upperBound, startsLine(count) {
      guard
        let (copied, lineEnd) = completeLine(
          descriptor, from: count, start: start, size: size, known: knownLineBytes)
      else { return nil }
      (count, end) = (copied, lineEnd)
    }
    let file = UnsafeRawBufferPointer(rebasing: storage[..<count])
    let index = reader.index(file, segment: lead..<range.upperBound - start, entry: entry, reference: reference)
    return Finding(
      index: index.moved(by: start, endingAt: end), namesZone: Sampling.namesZone(index, in: file, reader: reader))
  }

  /// Whether a line that starts in the first `count` bytes goes on after them.
  private func startsLine(_ count: Int) -> Bool {
    guard let base = storage.baseAddress, count > 0, storage[count - 1] != 10 else { return false }
    return storage[0] == 10 || count < Stitching.segmentSize + 1 || memchr(base, 10, count) != nil
  }

  /// Reads on after `count` bytes until a newline or the end of the file.
  ///
  /// Returns how many bytes are in the buffer, and where the line ends in the file if that is after them.
  private mutating func completeLine(
    _ descriptor: FileDescriptor, from count: Int, start: Int, size: Int, known: Int
  ) -> (count: Int, lineEnd: Int?)? {
    var count = count
    let limit = min(size - start, count + Self.overhang)
    while count < limit {
      let next = min(limit, count + 65_536)
      guard read(descriptor, at: start + count, count..<next) else { return nil }
      if let place = storage[count..<next].firstIndex(of: 10) { return (place + 1, nil) }
      count = next
    }
    var place = max(start + count, known)
    while place < size {
      guard let bytes = try? descriptor.bytes(in: place..<min(place + 1 << 20, size)), !bytes.isEmpty else {
        return nil
      }
      if let newline = bytes.firstIndex(of: 10) { return (count, place + newline + 1) }
      place += bytes.count
    }
    return (count, size)
  }

  /// Reads the bytes of the file that belong to `range` of the buffer; false if they are not all there.
  private mutating func read(_ descriptor: FileDescriptor, at offset: Int, _ range: Range<Int>) -> Bool {
    reserve(range.upperBound)
    let part = UnsafeMutableRawBufferPointer(rebasing: storage[range])
    return (try? descriptor.read(into: part, at: offset)) == range.count
  }

  private mutating func reserve(_ count: Int) {
    if count <= storage.count { return }
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, storage.count * 2), alignment: 64)
    if storage.count > 0 { larger.copyMemory(from: UnsafeRawBufferPointer(storage)) }
    storage.deallocate()
    storage = larger
  }
}

extension SegmentIndex {
  /// The same index of a segment in which no line starts, read in another state.
  func reached(in state: ScanState) -> SegmentIndex {
    if state == entry { return self }
    return SegmentIndex(
      bytes: bytes, lineCount: 0, recordCount: 0, groups: groups, base: nil, tick: tick, earliest: nil, latest: nil,
      leadingLines: 0, stampedCount: 0, lateCount: 0, entry: state, exit: state, reference: reference)
  }

  /// The same index of bytes that lie `distance` further on; its last line ends at `end`, if that is given.
  func moved(by distance: Int, endingAt end: Int?) -> SegmentIndex {
    let upper = end ?? bytes.upperBound + distance
    return SegmentIndex(
      bytes: min(bytes.lowerBound + distance, upper)..<upper, lineCount: lineCount, recordCount: recordCount,
      groups: groups, base: base, tick: tick, earliest: earliest, latest: latest, leadingLines: leadingLines,
      stampedCount: stampedCount, lateCount: lateCount, entry: entry, exit: exit, reference: reference)
  }
}
