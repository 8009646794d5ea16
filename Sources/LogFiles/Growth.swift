import Platform
import Quantities
import Records

/// The job that indexes what was added to a generation. Runs on a worker; only the last segments are touched.
struct Growth: Sendable {
  /// What came of it.
  enum Outcome: Sendable {
    /// Read up to `size`.
    case read(Result)
    /// The file is not what it was.
    case lost(FollowMachine.End)
    /// With what was added it shows to be in another encoding: it must be opened again.
    case reencoded
    /// It cannot be mapped any more.
    case failed(SystemError)
  }

  struct Result: Sendable {
    var bytes: ReadableBytes
    var size: Int
    var decision: Decision
    var fingerprint: Fingerprint
    var modified: Timestamp
    /// The first segment that is new or indexed again.
    var first: Int
    var segments: [SegmentIndex]
    var namesZone: Bool?
  }

  /// One job does so many segments at most; what is left is the next job's.
  static let segmentLimit = 8

  var bytes: ReadableBytes
  /// The copy of the file that is read instead of it.
  var transcription: Transcription?
  var name: String
  var fingerprint: Fingerprint
  var decision: Decision
  /// The size to read to.
  var target: Int
  /// The segment in which the first changed line starts, and the state before it.
  var first: Int
  var entry: ScanState
  /// The segments after `first` that lie in the middle of an unfinished line: no line starts in them, so that they are
  /// not read again each time that the line grows.
  var inner: [SegmentIndex] = []
  /// Whether it is not known yet if the stamps name their zone.
  var wantsZone = true

  func run() -> Outcome {
    if bytes.spool == nil, !fingerprint.fits(bytes.descriptor) {
      let size = (try? FileFacts(bytes.descriptor).size) ?? 0
      return .lost(size < fingerprint.size ? .truncated : .rewritten)
    }
    do throws(SystemError) {
      guard let transcription else {
        if bytes.spool == nil, fingerprint.size < TextEncoding.sampleSize,
          TextEncoding(bytes.descriptor, size: target) != .plain
        {
          return .reencoded
        }
        return try index(to: target, of: bytes.descriptor)
      }
      switch try transcription.advance(to: target) {
      case .added: return try index(to: transcription.spool.size, of: transcription.original)
      case .lost(let end): return .lost(end)
      case .reencoded: return .reencoded
      }
    } catch { return .failed(error) }
  }

  private func index(to target: Int, of original: FileDescriptor) throws(SystemError) -> Outcome {
    let resumed = first + inner.count
    let size = min(target, (resumed + Self.segmentLimit) * Stitching.segmentSize)
    let modified = try FileFacts(original).modified
    var result = Result(
      bytes: bytes, size: size, decision: decision, fingerprint: fingerprint, modified: modified, first: first,
      segments: [])
    if size == fingerprint.size { return .read(result) }
    try result.bytes.makeReadable(upTo: target)
    var entry = entry
    if decision.isStale(at: size) {
      // Below 64 KB all is one segment, so that nothing before `first` was read in the old way.
      result.decision = Decision.take(bytes.descriptor, size: size, name: name, options: decision.reader.options)
      result.first = 0
      entry = ScanState()
    }
    var buffer = SegmentBuffer(reader: result.decision.reader, reference: modified)
    for number in result.first..<Stitching.count(in: size) {
      if result.first == first, inner.indices.contains(number - first - 1) {
        result.segments.append(inner[number - first - 1].reached(in: entry))
        continue
      }
      let request = SegmentBuffer.Request(
        descriptor: bytes.descriptor, number: number, size: size, entry: entry, reference: modified,
        knownLineBytes: inner.isEmpty ? 0 : fingerprint.size, wantsZone: wantsZone && result.namesZone == nil)
      guard let found = buffer.index(request) else { return .lost(.truncated) }
      result.segments.append(found.index)
      result.namesZone = result.namesZone ?? found.namesZone
      entry = found.index.exit
    }
    guard let now = Fingerprint(bytes.descriptor, size: size), !result.bytes.hasFaulted else {
      return .lost(.truncated)
    }
    if bytes.spool == nil, !fingerprint.fits(bytes.descriptor) { return .lost(.rewritten) }
    result.fingerprint = now
    return .read(result)
  }
}
