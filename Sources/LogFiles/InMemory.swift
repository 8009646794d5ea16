import Quantities
import Records

/// Indexing bytes that lie in memory just as files are indexed: for tests and measurements of what is built on snapshots.
package enum InMemory {
  /// Indexes `bytes` in segments of `segmentSize` bytes, each as if nothing were open where it begins, and stitches them.
  ///
  /// Of `known` segments those are taken over, the last one apart, whose lines are the same: as if the file had grown.
  package static func segments(
    _ bytes: UnsafeRawBufferPointer, reader: RecordReader, segmentSize: Int, reference: Timestamp,
    known: [SegmentIndex] = []
  ) -> [SegmentIndex] {
    var segments: [SegmentIndex] = []
    var entry = ScanState()
    for start in stride(from: 0, to: bytes.count, by: segmentSize) {
      let range = start..<min(start + segmentSize, bytes.count)
      let fresh = reader.index(bytes, segment: range, entry: entry, reference: reference)
      entry = fresh.exit
      let old = known.dropLast().first { $0.bytes == fresh.bytes && $0.lineCount == fresh.lineCount }
      segments.append(old ?? fresh)
    }
    var settling = OrderSettling(segments, source: MemorySegments(bytes: bytes, reader: reader))
    _ = settling.run()
    return settling.segments
  }

  /// Gives a snapshot of bytes in memory the order that suits its records, sorted in stretches that begin at the segments
  /// `cuts`, the first one at 0; those behind the last of `cuts` are left as they are if that is past the end.
  package static func arrange(_ snapshot: inout GenerationSnapshot, cuts: [Int] = [0]) {
    let segments = snapshot.segments
    snapshot.order = Disorder(segments.map(\.index)).order
    snapshot.ownOrders = []
    guard snapshot.order != .written else { return }
    let source = MemorySegments(bytes: snapshot.bytes.buffer, reader: snapshot.reader)
    let start = segments.lazy.compactMap(\.index.order.first).first ?? .distantPast
    let ends = cuts.dropFirst() + [segments.count]
    for (from, end) in zip(cuts, ends) where from < end && end <= segments.count {
      let above = segments[..<from].last { $0.index.order.last != nil }?.index.order.last
      var building = OrderBuilding(
        segments[from..<end], source: source, isNewestFirst: snapshot.order == .newestFirst,
        leadingKey: above ?? start)
      guard let order = building.run() else { return }
      snapshot.ownOrders.append(order)
    }
  }

  /// Puts the segments from `first` on into their places.
  package static func stitched(_ segments: some Sequence<SegmentIndex>) -> [StitchedSegment] {
    Stitching.stitched(segments)
  }
}

struct MemorySegments: SegmentSource {
  // SAFETY: the caller keeps the bytes while this is used, and nobody writes to them.
  nonisolated(unsafe) let bytes: UnsafeRawBufferPointer
  let reader: RecordReader

  func withBytes<Result>(of segment: SegmentIndex, _ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
    let more = reader.looksAhead ? RecordReader.lookahead : 0
    let end = min(bytes.count, segment.bytes.upperBound + more)
    return body(UnsafeRawBufferPointer(rebasing: bytes[segment.bytes.lowerBound..<end]))
  }
}
