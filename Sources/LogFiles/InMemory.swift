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
    body(UnsafeRawBufferPointer(rebasing: bytes[segment.bytes]))
  }
}
