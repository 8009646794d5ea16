import Platform
import Quantities
import Records

/// All sources that are open: maps them, indexes them in the background and follows them.
///
///     let files = LogFileSet(options: .init(follows: true)) { wakeTheScreen() }
///     files.open(.path("/var/log/syslog"))
///     let snapshot = files.snapshot()              // any thread, at any time
///
/// All methods may be called on any thread. Closes itself when the last reference goes.
public final class LogFileSet: @unchecked Sendable {
  // SAFETY: the keeper is a constant, and guards itself.
  let keeper: Keeper

  /// Makes an empty set; `onChange` is called on a background thread after each new snapshot was published.
  ///
  /// It must not block: nothing else is noticed meanwhile.
  public init(options: LogFilesOptions = .init(), onChange: @escaping @Sendable () -> Void = {}) {
    keeper = Keeper(options: options, onChange: onChange)
  }

  deinit { keeper.close() }

  /// Opens a source in the background and returns at once; what comes of it shows in the snapshots.
  ///
  /// Sources are numbered in the order of these calls; further files of a folder come after all that were opened.
  public func open(_ source: LogSource) {
    keeper.postNewFile { keeper, file in
      keeper.open(source, as: file)
      keeper.end()
    }
  }

  /// What is known now; cheap.
  public func snapshot() -> LogSnapshot { keeper.snapshot }

  /// Reads a source in the named format from now on, or in the one that its content shows (nil).
  public func setFormat(_ name: String?, for file: FileID) {
    change(file) { $0.options.forcedFormat = name }
  }

  /// Reads the stamps of a source that name no zone in `zone` from now on.
  public func setAssumedZone(_ zone: Zone, for file: FileID) {
    change(file) { $0.options.assumedZone = zone }
  }

  /// Adds `offset` to every stamp of a source from now on: its clock was wrong by so much.
  public func setClockOffset(_ offset: TimeSpan, for file: FileID) {
    change(file) { $0.options.offset = offset }
  }

  /// Starts or stops watching for growth, rotation and new files.
  public func setFollowing(_ follows: Bool) {
    keeper.begin()
    keeper.post { keeper in
      keeper.setFollowing(follows)
      keeper.end()
    }
  }

  /// Says that the bytes of a generation before `offset` are not needed any more; see `LogFilesOptions.holdsUnread`.
  public func noteRead(_ generation: GenerationID, before offset: Int) {
    keeper.post { keeper in keeper.noteRead(generation, before: offset) }
  }

  /// Blocks until all that there is to read now is indexed; streams that are not followed are read to their end.
  public func waitUntilIndexed() { keeper.waitUntilFinished() }

  /// Ends all threads and programs soon; snapshots stay valid.
  public func close() { keeper.close() }

  private func change(_ file: FileID, _ body: @escaping @Sendable (Source) -> Void) {
    keeper.begin()
    keeper.post { keeper in
      if let source = keeper.source(file) {
        body(source)
        keeper.restart(source)
      }
      keeper.end()
    }
  }
}
