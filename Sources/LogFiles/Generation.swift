import Platform
import Quantities
import Records

/// One life of a name as the keeper tracks it. Touched on the keeper's thread only; jobs get copies of what they need.
final class Generation {
  let id: GenerationID
  let file: FileID
  /// Which file it is; a spool has none.
  var identity: FileIdentity?
  var bytes: ReadableBytes
  /// The copy of the file that is read instead of it, if there is one.
  var transcription: Transcription?
  /// The size that the copy is to reach, while it is made.
  var transcriptionTarget: Int?
  /// How many bytes are indexed.
  var byteCount: Int
  var decision: Decision
  var fingerprint: Fingerprint
  var modified: Timestamp
  /// Whether the stamps name their zone; nil before the first stamp.
  var namesZone: Bool?

  /// The segments, from number `firstSegment` on; nil while not indexed.
  var segments: [SegmentIndex?]
  /// The first segment that was not dropped.
  var firstSegment = 0
  /// Bytes before this were read by whoever must not miss any.
  var readBytes = 0
  /// Lines of dropped segments.
  var droppedLines = 0
  /// The running maximum of the stamps of dropped segments.
  var droppedKey: Timestamp?

  /// The first pass, while it runs.
  var pass: IndexPass?
  /// Whether a job indexes segments again that were read in the wrong state.
  var isMending = false
  /// The order that suits the records.
  var order = RecordOrder.written
  /// What is sorted of them.
  var stretches: [OrderedStretch] = []
  /// Whether a job sorts records.
  var isArranging = false
  /// Whether there was no room to sort them.
  var cannotBeSorted = false
  /// Whether a job indexes what was added.
  var isGrowing = false
  /// When the job under way that indexes what was added began.
  var growthBegun = TimeSpan.zero
  /// What is added is not looked at before this instant, so that a file that grows all the time is not indexed all the
  /// time: its last segment is read anew each time.
  var nextGrowth = TimeSpan.zero
  /// A size to grow to after the first pass.
  var waitingGrowth: Int?
  /// Counts up when all segments begin anew, so that results of older jobs are known and dropped.
  var epoch = 0
  private var cached: GenerationSnapshot?
  /// The last view in which all records were in an order of their own.
  private var lastSorted: (epoch: Int, snapshot: GenerationSnapshot)?

  init(
    id: GenerationID, file: FileID, identity: FileIdentity?, bytes: ReadableBytes, byteCount: Int, decision: Decision,
    fingerprint: Fingerprint, modified: Timestamp, segments: [SegmentIndex?]
  ) {
    self.id = id
    self.file = file
    self.identity = identity
    self.bytes = bytes
    self.byteCount = byteCount
    self.decision = decision
    self.fingerprint = fingerprint
    self.modified = modified
    self.segments = segments
  }

  /// Whether every segment is indexed, and in the right state.
  var isIndexed: Bool { pass == nil && !isMending }

  /// The share of segments that are indexed.
  var progress: Double {
    if let target = transcriptionTarget, target > 0 { return min(1, Double(originalFingerprint.size) / Double(target)) }
    return isIndexed ? 1 : pass?.progress ?? 1
  }

  /// The file on which it is based.
  var original: FileDescriptor { transcription?.original ?? bytes.descriptor }

  /// What was read of that file.
  var originalFingerprint: Fingerprint { transcription?.fingerprint ?? fingerprint }

  /// How much of that file was read, when `target` was asked for: no more is to come after the limit for spools.
  func originalSize(readingTo target: Int) -> Int {
    guard let transcription else { return byteCount }
    return transcription.stop == nil ? transcription.fingerprint.size : target
  }

  /// Whether the copy of the file is as far as `target`, and indexed.
  func isTranscribed(upTo target: Int) -> Bool {
    guard let transcription else { return true }
    return transcription.isComplete(upTo: target) && transcription.spool.size == byteCount
  }

  /// Says that the snapshot must be made anew.
  func touch() { cached = nil }

  /// The published view.
  func snapshot() -> GenerationSnapshot {
    if let cached { return cached }
    // What was added shows when it is in its place, which takes no longer than reading it.
    if let lastSorted, lastSorted.epoch == epoch, isArranging || isMending, isQuicklySorted {
      return lastSorted.snapshot
    }
    let known = segments.suffix(segments.reversed().prefix { $0 != nil }.count).compactMap(\.self)
    let isWhole = known.count == segments.count
    var made = GenerationSnapshot(
      file: file, generation: id, bytes: bytes.store, byteCount: byteCount, reader: decision.reader,
      segments: Stitching.stitched(
        known, firstLine: isWhole ? droppedLines : 0, carriedKey: isWhole ? droppedKey : nil),
      isIndexed: isIndexed && isWhole, fallbackKey: modified)
    if isWhole, order != .written {
      made.order = order
      made.ownOrders = validStretches.map(\.order)
      if made.ownOrders.last?.lines.upperBound == made.lineCount { lastSorted = (epoch, made) }
    } else {
      lastSorted = nil
    }
    cached = made
    return made
  }

  /// Takes over what a pass has indexed since the last call.
  func collect() {
    guard let pass else { return }
    let results = pass.takeResults()
    namesZone = namesZone ?? pass.namesZone
    for (number, index) in results where segments.indices.contains(number - firstSegment) {
      segments[number - firstSegment] = index
    }
    if !results.isEmpty { touch() }
  }

  /// Where indexing must begin again when bytes are added, and in which state; nil if that is not known yet.
  func resumption() -> (first: Int, entry: ScanState)? {
    var first = byteCount / Stitching.segmentSize
    if !fingerprint.endsLine {
      // The unfinished last line starts in the last segment that has lines.
      guard let place = segments.lastIndex(where: { $0.map { $0.lineCount > 0 } ?? true }) else {
        return (firstSegment, ScanState())
      }
      guard segments[place] != nil else { return nil }
      first = place + firstSegment
    }
    // What the last object of the segment before holds may only now be known.
    if decision.reader.looksAhead, byteCount - first * Stitching.segmentSize < RecordReader.lookahead {
      first = max(firstSegment, first - 1)
    }
    guard first > firstSegment, segments.indices.contains(first - 1 - firstSegment) else { return (first, ScanState()) }
    return (first, segments[first - 1 - firstSegment]?.exit ?? ScanState())
  }

  /// The whole segments after segment `first`, if all of them lie in the middle of the unfinished last line.
  func innerSegments(after first: Int) -> [SegmentIndex] {
    guard !fingerprint.endsLine else { return [] }
    let (start, end) = (first + 1 - firstSegment, byteCount / Stitching.segmentSize - firstSegment)
    guard start < end, end <= segments.count else { return [] }
    return segments[start..<end].compactMap(\.self)
  }

  /// After a growth that brought `count` bytes: lets little growth wait eight times as long as it took, 25 ms at most.
  func rest(afterGrowthOf count: Int, now: TimeSpan) {
    if count > Stitching.segmentSize / 2 { return }
    nextGrowth = now + TimeSpan(nanoseconds: min((now.nanoseconds - growthBegun.nanoseconds) * 8, 25_000_000))
  }

  /// Takes over what a growth job has indexed.
  func apply(_ result: Growth.Result) {
    bytes = result.bytes
    byteCount = result.size
    decision = result.decision
    fingerprint = result.fingerprint
    modified = result.modified
    namesZone = namesZone ?? result.namesZone
    if !result.segments.isEmpty {
      segments.removeLast(max(0, segments.count - (result.first - firstSegment)))
      segments += result.segments.map(Optional.some)
    }
    touch()
  }

  /// Where the oldest line begins that was not dropped.
  var firstByte: Int {
    segments.lazy.compactMap(\.self).first { $0.lineCount > 0 }?.bytes.lowerBound ?? byteCount
  }

  /// Takes the `count` oldest segments away; returns how many records went.
  func dropOldest(_ count: Int) -> Int {
    var records = 0
    for segment in segments.prefix(count).compactMap(\.self) {
      records += segment.recordCount
      droppedLines += segment.lineCount
      droppedKey = Stitching.key(droppedKey, after: segment)
    }
    segments.removeFirst(count)
    firstSegment += count
    touch()
    return records
  }

  /// Begins anew with another reader: nothing counts as indexed.
  func restart(_ decision: Decision) {
    self.decision = decision
    epoch += 1
    pass?.cancel()
    pass = nil
    isMending = false
    isArranging = false
    (order, stretches, cannotBeSorted) = (.written, [], false)
    segments = segments.map { _ in nil }
    namesZone = nil
    touch()
  }
}
