import Platform
import Quantities

/// The copy of a file in a spool, for what cannot be read in its place: text in another encoding, and files that cannot
/// be mapped. It grows with the file.
///
/// The jobs of one generation run one after the other; each adds to the spool and indexes it there.
final class Transcription: Sendable {
  /// The encoding that the file is read in.
  let encoding: TextEncoding
  let spool: Spool
  private let state: Monitor<State>

  private struct State {
    /// The file, or a copy that stands for it.
    var original: FileDescriptor
    /// What was read of it.
    var fingerprint = Fingerprint()
    var head: [UInt8] = []
    var transcoder: Transcoder
    var stop: String?
  }

  /// How a piece of the file came over.
  enum Step {
    /// It is in the spool.
    case added
    /// The file is not what it was.
    case lost(FollowMachine.End)
    /// It has grown such that it shows to be in another encoding.
    case reencoded
  }

  /// So many bytes of the file are read in one job.
  static let stepSize = 16 << 20

  init(_ original: FileDescriptor, _ encoding: TextEncoding, spool: Spool) {
    self.encoding = encoding
    self.spool = spool
    state = Monitor(State(original: original, transcoder: Transcoder(encoding)))
  }

  /// The file itself.
  var original: FileDescriptor { state.withLock(\.original) }

  /// What was read of the file, by which it is known again.
  var fingerprint: Fingerprint { state.withLock(\.fingerprint) }

  /// The first 4 KB of what was read of the file.
  var head: [UInt8] { state.withLock(\.head) }

  /// Why no more can be kept: the rest of the file is missing.
  var stop: String? { state.withLock(\.stop) }

  /// Lets a copy stand for the file from now on.
  func replaceOriginal(_ copy: FileDescriptor) { state.withLock { $0.original = copy } }

  /// Whether all of the first `size` bytes are in the spool, or no more can be.
  func isComplete(upTo size: Int) -> Bool { state.withLock { $0.stop != nil || $0.fingerprint.size >= size } }

  /// Reads on, up to `target` but not more than one step. Runs on a worker.
  func advance(to target: Int) throws(SystemError) -> Step {
    var now = state.withLock { $0 }
    if now.stop != nil { return .added }
    let (original, known) = (now.original, now.fingerprint)
    if !known.fits(original) { return .lost(Self.end(original, known)) }
    let size = min(target, known.size + Self.stepSize)
    if size <= known.size { return .added }
    if known.size < TextEncoding.sampleSize, TextEncoding(original, size: size) != encoding {
      return .reencoded
    }
    guard let fingerprint = Fingerprint(original, size: size) else { return .lost(Self.end(original, known)) }
    var text: [UInt8] = []
    var place = known.size
    while place < size {
      let bytes = try original.bytes(in: place..<min(place + 1 << 20, size))
      if bytes.isEmpty { return .lost(.truncated) }
      if now.head.count < Fingerprint.reach { now.head += bytes.prefix(Fingerprint.reach - now.head.count) }
      place += bytes.count
      bytes.withUnsafeBytes { now.transcoder.append($0, to: &text) }
    }
    // What was read is what the ends of it say only if they did not change meanwhile.
    if !known.fits(original) || !fingerprint.fits(original) { return .lost(Self.end(original, known)) }
    now.fingerprint = fingerprint
    if let stop = keep(text) { (now.stop, now.fingerprint) = (stop, known) }
    state.withLock { state in
      state.transcoder = now.transcoder
      state.head = now.head
      state.fingerprint = now.fingerprint
      state.stop = now.stop
    }
    return .added
  }

  /// Adds to the spool what there is room for; returns why it was not all.
  private func keep(_ text: [UInt8]) -> String? {
    text.withUnsafeBytes { text in
      for start in stride(from: 0, to: text.count, by: 256 << 10) {
        let piece = UnsafeRawBufferPointer(rebasing: text[start..<min(start + 256 << 10, text.count)])
        do throws(Spool.Failure) { try spool.append(piece) } catch { return spool.notice(error) }
      }
      return nil
    }
  }

  private static func end(_ original: FileDescriptor, _ known: Fingerprint) -> FollowMachine.End {
    (try? FileFacts(original).size) ?? 0 < known.size ? .truncated : .rewritten
  }
}
