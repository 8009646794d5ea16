import Platform
import Quantities
import Records

/// The thread that owns all sources: it hears of changes, decides, hands work to the pools, and publishes snapshots.
///
/// Everything is touched on this one thread, so that nothing here needs a lock: other threads `post` closures that run
/// on it, and read what was published. It never reads a file itself (a disk may be slow): jobs on the pools do. Without
/// work it blocks in poll; while following it wakes once a second to look at the size of each file, which is the net
/// under inotify.
///
///     LogFileSet ──post──▶ mailbox ─▶ Keeper ──submit──▶ WorkerPool (Opening, IndexPass, Growth)
///         ▲                inotify ─▶   │  ◀──post results──┘
///         └──── snapshot ◀──publish─────┘
final class Keeper: @unchecked Sendable {
  // SAFETY: the mutable properties without a lock are touched only by closures and methods that run on the thread
  // that `run` occupies; `post` is the only way in.
  typealias Message = @Sendable (Keeper) -> Void

  private struct Mailbox {
    var messages: [Message] = []
    var fileCount = 0
    var isClosed = false
  }

  var rules: ReadingRules
  let budget: SpoolBudget
  let pool: WorkerPool
  let archivePool: WorkerPool
  private let onChange: @Sendable () -> Void
  private let wake: WakeUp?
  private let mailbox = Monitor(Mailbox())
  private let published = Monitor(LogSnapshot())
  private let work = Monitor(0)

  // What follows belongs to the keeper's thread.
  var sources: [Source] = []
  var folders: [FolderWatch] = []
  var watches = Watches()
  var filesByPath: [String: Set<FileID>] = [:]
  private var finished = 0
  private var isDirty = false
  private var isUrgent = false
  private var isStopping = false
  private var version = 0
  private var lastPublication = TimeSpan.zero
  private var nextSweep = TimeSpan.zero
  private var soon: [FileID: TimeSpan] = [:]
  private var shortNames: [String] = []
  private var namesAreStale = true

  /// New snapshots come at most this often: while a first pass runs, else, and when the end of a file is new.
  private static let indexingInterval = TimeSpan.milliseconds(40)
  private static let followingInterval = TimeSpan.milliseconds(8)
  private static let urgentInterval = TimeSpan.milliseconds(2)

  init(options: LogFilesOptions, onChange: @escaping @Sendable () -> Void) {
    rules = ReadingRules(options: options)
    budget = SpoolBudget(limit: options.spoolLimit, folder: options.spoolFolder)
    pool = WorkerPool(name: "index", width: Threads.processorCount)
    archivePool = WorkerPool(name: "unpack", width: max(2, Threads.processorCount))
    self.onChange = onChange
    wake = try? WakeUp()
    Limits.raiseOpenFiles()
    Threads.start("files") { self.run() }
  }

  // MARK: Any thread

  /// Runs `message` on the keeper's thread.
  func post(_ message: @escaping Message) {
    mailbox.withLock { if !$0.isClosed { $0.messages.append(message) } }
    wake?.signal()
  }

  /// Runs `message` there with the number of a new source; `waitUntilIndexed` waits for it.
  func postNewFile(_ message: @escaping @Sendable (Keeper, FileID) -> Void) {
    begin()
    mailbox.withLock { mailbox in
      let file = FileID(mailbox.fileCount)
      mailbox.fileCount += 1
      mailbox.messages.append { keeper in message(keeper, file) }
    }
    wake?.signal()
  }

  /// A number for a source that was found in a folder.
  func newFile() -> FileID {
    mailbox.withLock { mailbox in
      defer { mailbox.fileCount += 1 }
      return FileID(mailbox.fileCount)
    }
  }

  /// What was last published.
  var snapshot: LogSnapshot { published.withLock { $0 } }

  /// Notes that work has begun which `waitUntilFinished` waits for.
  func begin() { work.withLock { $0 += 1 } }

  /// Blocks until no work is left and its results are published.
  func waitUntilFinished() { work.wait { $0 <= 0 ? () : nil } }

  /// Whether messages are no longer heard.
  var isClosed: Bool { mailbox.withLock(\.isClosed) }

  /// Ends the thread soon; what still runs is ended too.
  func close() {
    post { $0.isStopping = true }
    work.withLock { $0 = .min / 2 }
  }

  // MARK: The keeper's thread

  /// Notes that work ended; counted after the next publication.
  func end() { finished += 1 }

  /// Notes that a snapshot must be published.
  func change(_ source: Source) {
    source.touch()
    isDirty = true
  }

  /// Notes that something can be shown for the first time.
  func hurry() { isUrgent = true }

  /// Adds a source, in the order of the numbers.
  func add(_ source: Source) {
    let place = sources.firstIndex { $0.file > source.file } ?? sources.count
    sources.insert(source, at: place)
    register(source)
    isDirty = true
  }

  /// Notes the name of a source, so that news of it finds it.
  func register(_ source: Source) {
    namesAreStale = true
    if let path = source.path { filesByPath[path, default: []].insert(source.file) }
  }

  /// Opens what the caller asked for.
  func open(_ wanted: LogSource, as file: FileID) {
    startWatching()
    switch wanted {
    case .path(let path):
      let options = rules.readingOptions(for: path)
      let source = Source(file: file, name: path, path: Folder.absolute(path), options: options)
      add(source)
      open(source)
    case .standardInput(let descriptor):
      let options = rules.readingOptions(for: "-")
      let source = Source(file: file, name: "-", path: nil, descriptor: descriptor, options: options)
      add(source)
      open(source)
    case .journal(let unit):
      let name = "journal:" + (unit ?? "")
      var options = rules.readingOptions(for: name)
      options.forcedFormat = options.forcedFormat ?? "json"
      let source = Source(file: file, name: name, path: nil, options: options)
      add(source)
      openJournal(source, unit: unit)
    }
  }

  /// The source with this number.
  func source(_ file: FileID) -> Source? {
    if sources.indices.contains(file.rawValue), sources[file.rawValue].file == file { return sources[file.rawValue] }
    return sources.first { $0.file == file }
  }

  /// Looks at a source again in a few milliseconds, or at the given instant.
  func lookSoon(_ file: FileID, at time: TimeSpan? = nil) {
    let time = time ?? Clock.monotonic + Self.followingInterval
    soon[file] = min(soon[file] ?? time, time)
  }

  private func lookAtWhatIsDue(_ now: TimeSpan) {
    if soon.isEmpty { return }
    for file in soon.filter({ $0.value <= now }).keys.sorted() {
      soon[file] = nil
      guard let source = source(file) else { continue }
      if source.pump != nil { readSpool(source) } else { look(source) }
    }
  }

  private func run() {
    while !isStopping {
      let messages = mailbox.withLock { mailbox in
        defer { mailbox.messages = [] }
        return mailbox.messages
      }
      for message in messages { message(self) }
      readNews()
      let now = Clock.monotonic
      if follows, now >= nextSweep {
        nextSweep = now + rules.options.lookInterval
        sweep()
      }
      lookAtWhatIsDue(now)
      publishIfDue()
      if mailbox.withLock(\.messages.isEmpty), !isStopping { sleep() }
    }
    shutDown()
  }

  private func sleep() {
    var due: [TimeSpan] = []
    if isDirty || isIndexing { due.append(lastPublication + interval) }
    if follows { due.append(nextSweep) }
    if let time = soon.values.min() { due.append(time) }
    let now = Clock.monotonic
    let milliseconds = due.min().map { Int(max(0, ($0.nanoseconds - now.nanoseconds + 999_999) / 1_000_000)) }
    guard let wake else {
      // Without a descriptor to wait for (too many are open) all is polled.
      _ = Monitor(()).wait(milliseconds: min(milliseconds ?? 20, 20)) { _ in nil as Void? }
      return
    }
    let ready = Polling.readable(
      [wake.descriptor] + (watches.news.map { [$0.descriptor] } ?? []), milliseconds: milliseconds)
    if ready[0] { wake.clear() }
  }

  private var isIndexing: Bool { sources.contains { $0.generations.contains { $0.pass != nil } } }

  private var interval: TimeSpan {
    isUrgent ? Self.urgentInterval : isIndexing ? Self.indexingInterval : Self.followingInterval
  }

  private func publishIfDue() {
    if isIndexing { collectPasses() }
    let isLast = finished > 0 && work.withLock { $0 - finished } <= 0
    if isDirty, isLast || Clock.monotonic >= lastPublication + interval { publish() }
    if !isDirty, finished > 0 {
      let count = finished
      finished = 0
      work.withLock { $0 -= count }
    }
  }

  private func collectPasses() {
    for source in sources {
      for generation in source.generations where generation.pass != nil {
        generation.collect()
        change(source)
      }
    }
  }

  private func publish() {
    guard sources.count == mailbox.withLock(\.fileCount) else { return }
    if namesAreStale {
      shortNames = ShortNames.of(sources.map(\.fullName)).map(PathText.shown)
      namesAreStale = false
    }
    version += 1
    var snapshot = LogSnapshot()
    snapshot.version = version
    snapshot.generations = sources.flatMap { $0.generations.map { $0.snapshot() } }
    snapshot.files = zip(sources, shortNames).map { $0.status(shortName: $1, follows: follows) }
    snapshot.markers = sources.flatMap(\.markers)
    isDirty = false
    isUrgent = false
    lastPublication = Clock.monotonic
    published.withLock { $0 = snapshot }
    onChange()
  }

  private func shutDown() {
    mailbox.withLock { mailbox in
      mailbox.isClosed = true
      mailbox.messages = []
    }
    for source in sources {
      source.pump?.cancel()
      for generation in source.generations { generation.pass?.cancel() }
    }
    pool.close()
    archivePool.close()
    sources = []
  }
}
