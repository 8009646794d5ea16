import Platform
import Quantities
import Records

/// Puts segments that were indexed apart, and from a guess of the state before them, into their places.
enum Stitching {
  /// Bytes of a file in whose lines one segment begins: index `n` covers the lines that start in
  /// `n * segmentSize ..< (n + 1) * segmentSize`.
  static let segmentSize = 2 << 20

  /// The places of segments that follow each other without holes, with what came before them.
  ///
  /// Segments in which no line starts (a line of many megabytes) are left out.
  static func stitched(
    _ segments: some Sequence<SegmentIndex>, firstLine: Int = 0, carriedKey: Timestamp? = nil
  ) -> [StitchedSegment] {
    var line = firstLine
    var record = 0
    var key = carriedKey
    var result: [StitchedSegment] = []
    for index in segments where index.lineCount > 0 {
      result.append(StitchedSegment(index: index, firstLine: line, firstRecord: record, carriedKey: key))
      line += index.lineCount
      record += index.recordCount
      key = Self.key(key, after: index)
    }
    return result
  }

  /// The same with those in which no line starts.
  static func stitchedAll(_ segments: [SegmentIndex], firstLine: Int) -> [StitchedSegment] {
    var (line, record) = (firstLine, 0)
    return segments.map { index in
      defer { (line, record) = (line + index.lineCount, record + index.recordCount) }
      return StitchedSegment(index: index, firstLine: line, firstRecord: record, carriedKey: nil)
    }
  }

  /// The running maximum after `segment`, given the one before it.
  static func key(_ carried: Timestamp?, after segment: SegmentIndex) -> Timestamp? {
    guard let top = segment.order.top else { return carried }
    return carried.map { max($0, top) } ?? top
  }

  /// The first segment that was read in another state than its predecessor left; nil if all fit.
  static func firstMisfit(_ segments: [SegmentIndex]) -> Int? {
    segments.indices.dropFirst().first { segments[$0].entry != segments[$0 - 1].exit }
  }

  /// Whether all segments fit together: their states, and the order of their records.
  static func isSettled(_ segments: [SegmentIndex]) -> Bool {
    firstMisfit(segments) == nil && !Surroundings.misfits(segments) && Disorder(segments).judgement == .settled
  }

  /// Indexes again whatever does not fit; nil if the file became shorter.
  ///
  /// `segments[n]` is segment `first + n` of the first `size` bytes of the file.
  static func settled(
    _ segments: [SegmentIndex], first: Int, descriptor: FileDescriptor, size: Int, reader: RecordReader
  ) -> [SegmentIndex]? {
    var segments = segments
    if let misfit = firstMisfit(segments) {
      let mended = mended(
        segments, from: misfit, first: first, descriptor: descriptor, size: size, reader: reader)
      guard let mended else { return nil }
      segments = mended
    }
    var settling = OrderSettling(segments, source: DescribedSegments(descriptor: descriptor, reader: reader))
    return settling.run() ? settling.segments : nil
  }

  /// Indexes again, in file order from `misfit` on, what was read in the wrong state; nil if the file became shorter.
  ///
  /// `segments[n]` is segment `first + n` of the first `size` bytes of the file.
  private static func mended(
    _ segments: [SegmentIndex], from misfit: Int, first: Int, descriptor: FileDescriptor, size: Int,
    reader: RecordReader
  ) -> [SegmentIndex]? {
    var segments = segments
    var buffer = SegmentBuffer(reader: reader, reference: segments[misfit].reference)
    for place in misfit..<segments.count where segments[place].entry != segments[place - 1].exit {
      let request = SegmentBuffer.Request(
        descriptor: descriptor, number: first + place, size: size, entry: segments[place - 1].exit,
        reference: segments[place].reference, wantsZone: false)
      guard let found = buffer.index(request) else { return nil }
      segments[place] = found.index
    }
    return segments
  }

  /// The bytes of segment `number` in a file of `size` bytes.
  static func range(_ number: Int, in size: Int) -> Range<Int> {
    min(number * segmentSize, size)..<min((number + 1) * segmentSize, size)
  }

  /// How many segments a file of `size` bytes has.
  static func count(in size: Int) -> Int { (size + segmentSize - 1) / segmentSize }
}
