import Glibc
import Platform
import Quantities
import Records

/// The job that opens a name, finds out what kind of thing it leads to, and indexes the end of it. Runs on a worker.
struct Opening: Sendable {
  /// What was found.
  enum Outcome: Sendable {
    /// A file that is mapped.
    case file(OpenedFile)
    /// A compressed file.
    case archive(Archive, FileDescriptor)
    /// Something that can only be read from its beginning to its end; `isEndless` for a pipe with a name.
    case stream(FileDescriptor, isEndless: Bool)
    /// A folder.
    case folder
    /// A file whose records are shown already, as this generation.
    case copy(of: GenerationID, FileFacts)
    /// Nothing that could be read; what the name led to, if anything.
    case failed(LogFailure, FileFacts?)
  }

  /// A mapped file, with its last segments.
  struct OpenedFile: Sendable {
    var descriptor: FileDescriptor
    var store: any ByteStore
    /// The copy that is to be read instead of the file, still empty.
    var transcription: Transcription?
    var facts: FileFacts
    var decision: Decision
    var fingerprint: Fingerprint
    /// The last segments (all, if they are few), and the number of the first of them.
    var tail: [SegmentIndex]
    var tailStart: Int
    var namesZone: Bool?
  }

  /// So many segments at the end are indexed at once: the last may hold only a few lines.
  static let tailLength = 2

  /// The path, or what is already open.
  var path: String
  var descriptor: FileDescriptor?
  var name: String
  var options: ReadingOptions
  var follows: Bool
  /// Where copies of files go that cannot be read in their place.
  var spools: (folder: String, budget: SpoolBudget)
  /// What a file that has just appeared may be a copy of.
  var candidates: [CopyCandidate] = []

  func run() -> Outcome {
    do { return try inspect(open()) } catch {
      // What was missing is missing, even if it has come meanwhile: that is news to be looked at.
      return .failed(Self.failure(error, path: path), error.isMissing ? nil : try? FileFacts(path: path))
    }
  }

  private func open() throws(SystemError) -> FileDescriptor {
    if let descriptor { return descriptor }
    return try FileDescriptor.open(path, flags: O_RDONLY | O_NONBLOCK).leavingRoom()
  }

  private func inspect(_ opened: FileDescriptor) throws(SystemError) -> Outcome {
    var facts = try FileFacts(opened)
    switch facts.kind {
    case .directory: return .folder
    case .fifo: return try openPipe(opened)
    case .characterDevice:
      guard Devices.mayBeLog(opened) else { return .failed(LogFailure("is a device, not a log"), facts) }
      return .stream(opened, isEndless: false)
    case .other: return .failed(LogFailure("is a socket or a device, not a log"), facts)
    case .regular: break
    }
    let head = try opened.bytes(in: 0..<8)
    let archive = Archive(firstBytes: head)
    if let copied = try original(of: opened, facts, archive) { return .copy(of: copied, facts) }
    if let archive { return .archive(archive, opened) }
    if facts.size == 0, !head.isEmpty {
      // Files of /proc have bytes but no size; others have just been written to.
      facts = try FileFacts(opened)
      if facts.size == 0 { return .stream(opened, isEndless: false) }
    }
    let encoding = TextEncoding(opened, size: facts.size)
    if encoding != .plain { return transcribe(opened, facts, encoding) }
    do { return try index(opened, facts) } catch {
      guard error.call == "mmap", error.code == ENODEV else { throw error }
      // Files of /sys claim a page and hold a line.
      return Fingerprint(opened, size: facts.size) == nil
        ? .stream(opened, isEndless: false) : transcribe(opened, facts, .plain)
    }
  }

  private func original(
    of opened: FileDescriptor, _ facts: FileFacts, _ archive: Archive?
  ) throws(SystemError) -> GenerationID? {
    if candidates.isEmpty { return nil }
    var head = archive?.head(of: path) ?? []
    if archive == nil { head = try opened.bytes(in: 0..<min(facts.size, Fingerprint.reach)) }
    let size = archive == nil ? facts.size : Int.max
    return candidates.first { $0.isCopied(by: head, size: size) }?.generation
  }

  /// A named pipe that is followed is opened for writing too: it has no end then, where poll would spin between writers.
  private func openPipe(_ opened: FileDescriptor) throws(SystemError) -> Outcome {
    let isNamed = descriptor == nil && !path.hasPrefix("/dev/fd/") && !path.hasPrefix("/proc/")
    guard isNamed, follows else { return .stream(opened, isEndless: false) }
    return .stream(try FileDescriptor.open(path, flags: O_RDWR | O_NONBLOCK), isEndless: true)
  }

  private func index(
    _ opened: FileDescriptor, _ facts: FileFacts, attempt: Int = 0
  ) throws(SystemError) -> Outcome {
    let before = Fingerprint(opened, size: facts.size)
    let store = try MappedBytes(opened, length: facts.size)
    let decision = Decision.take(opened, size: facts.size, name: name, options: options)
    let count = Stitching.count(in: facts.size)
    let start = max(0, count - Self.tailLength)
    var tail: [SegmentIndex] = []
    var namesZone: Bool?
    var buffer = SegmentBuffer(reader: decision.reader, reference: facts.modified)
    for number in start..<count {
      let request = SegmentBuffer.Request(
        descriptor: opened, number: number, size: facts.size, entry: tail.last?.exit ?? ScanState(),
        reference: facts.modified)
      guard let found = buffer.index(request) else { break }
      tail.append(found.index)
      namesZone = found.namesZone ?? namesZone
    }
    let isSteady = before.map { tail.count == count - start && $0.fits(opened) } ?? false
    guard let before, isSteady else {
      // It was cut short or rewritten while we read: once more, from what it is now.
      if attempt > 20 { throw SystemError("read", code: EAGAIN) }
      return try index(opened, FileFacts(opened), attempt: attempt + 1)
    }
    return .file(
      OpenedFile(
        descriptor: opened, store: store, facts: facts, decision: decision, fingerprint: before, tail: tail,
        tailStart: start, namesZone: namesZone))
  }

  private func transcribe(_ opened: FileDescriptor, _ facts: FileFacts, _ encoding: TextEncoding) -> Outcome {
    do {
      let spool = try Spool(in: spools.folder, budget: spools.budget)
      return .file(
        OpenedFile(
          descriptor: opened, store: try SpoolBytes(spool, length: 0),
          transcription: Transcription(opened, encoding, spool: spool), facts: facts,
          decision: Decision.take(spool.descriptor, size: 0, name: name, options: options),
          fingerprint: Fingerprint(), tail: [], tailStart: 0))
    } catch { return .failed(LogFailure("no spool in \(PathText.shown(spools.folder)): \(error.reason)"), facts) }
  }

  /// Why `path` cannot be read, and whom to ask.
  static func failure(_ error: SystemError, path: String) -> LogFailure {
    if error.isDenied, let facts = try? FileFacts(path: path) {
      return LogFailure("\(error.reason) (\(facts.ownership))")
    }
    if error.isMissing, let target = Folder.linkTarget(path) {
      return LogFailure("dangling link to \(PathText.shown(target))", isMissing: true)
    }
    if error.code == EMFILE {
      return LogFailure("too many open files: this process may open \(Limits.openFiles) (ulimit -n)")
    }
    if error.code == ENXIO { return LogFailure("is a socket or a device, not a log") }
    return LogFailure(error.reason, isMissing: error.isMissing)
  }
}

extension Opening.Outcome {
  /// Whether a file begins with what another one held: with its first 4 KB, or all of it.
  func isChangedCopy(of fingerprint: Fingerprint) -> Bool {
    guard case .file(let opened) = self, fingerprint.size > 0 else { return false }
    return opened.facts.size >= min(fingerprint.size, Fingerprint.reach)
      && fingerprint.fitsHead(of: opened.descriptor)
  }
}
