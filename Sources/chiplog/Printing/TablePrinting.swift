import Analysis
import Drawing
import Glibc
import LogFiles
import Platform
import Quantities
import QueryLanguage
import Records
import Synchronization
import Timelines

/// Computes what a pipeline asks for and prints the table: of plain files and of a pipe in one pass without an index, of all else
/// over the index.
struct TablePrinting {
  let launch: Launch
  let tree: SyntaxTree

  /// Computes and prints; whether there are rows.
  func run() throws -> Bool {
    var output = Output()
    if launch.options.follows == true { return try FollowedTable(self).run(&output) }
    let hasFound: Bool
    if let listed = try list(&output) {
      hasFound = listed
    } else {
      let result = try table()
      try print(result, to: &output)
      hasFound = Self.hasFound(result)
    }
    if isFlawed.withLock({ $0 }) { throw Stopped() }
    return hasFound
  }

  /// Prints records as they come, where nothing is computed of them all; whether there were any, or nil if that cannot be done.
  private func list(_ output: inout Output) throws -> Bool? {
    guard RecordLister(try plan(newest: Clock.now)) != nil else { return nil }
    if !needsIndex {
      if launch.sources.count == 1, let files = try plainFiles() {
        return try listing(newest: Clock.now)?.run(files[0], to: &output)
      }
      if case .standardInput(let descriptor)? = launch.sources.first, launch.sources.count == 1 {
        let stream = try RecordStream(descriptor, name: "-", options: launch.files)
        return try listing(newest: stream.began)?.run(stream, to: &output)
      }
    }
    return try withIndex { snapshot, plan in
      try ListPrinting(plan, printer: printer, most: launch.options.tail)?.run(snapshot, to: &output)
    }
  }

  private func listing(newest: Timestamp) throws -> ListPrinting? {
    ListPrinting(try plan(newest: newest), printer: printer, most: launch.options.tail)
  }

  private func plan(newest: Timestamp?) throws -> PipelinePlan {
    try PipelinePlan(tree, context: context(newest: newest), limits: .large)
  }

  /// Whether records around others are asked for, which are found in an index.
  private var needsIndex: Bool { tree.contextCount > 0 }

  /// Whether anything was found: a row, and where all records make one, more than nothing in it.
  static func hasFound(_ table: ResultTable) -> Bool {
    table.rows.contains { row in row.cells.contains { $0 != .absent && $0 != .integer(0) } }
  }

  /// Whether a source could not be read; it was told.
  private let isFlawed = Monitor(false)

  init(launch: Launch, tree: SyntaxTree) {
    self.launch = launch
    self.tree = tree
  }

  /// How tables are written.
  var printer: TablePrinter {
    let glyphs = GlyphSet.forLocale(
      all: Files.environment("LC_ALL"), characters: Files.environment("LC_CTYPE"), language: Files.environment("LANG"))
    return TablePrinter(format: launch.options.output, zone: launch.zone ?? ZoneDatabase.local, glyphs: glyphs)
  }

  private func print(_ result: ResultTable, to output: inout Output) throws(Output.Ending) {
    printer.append(firstRows(of: result), to: &output.buffer)
    try output.flush()
    for note in printer.notes(of: result) { complain(note) }
  }

  /// Of a result `-n` asks for the first rows.
  func firstRows(of result: ResultTable) -> ResultTable {
    guard let count = launch.options.tail, result.rows.count > count else { return result }
    var result = result
    result.notes.append("\(count) of \(result.rows.count) rows are shown")
    result.rows.removeSubrange(count...)
    return result
  }

  private func table() throws -> ResultTable {
    if needsIndex { return try tableOverIndex() }
    if let files = try plainFiles() { return try table(of: files) }
    if case .standardInput(let descriptor)? = launch.sources.first, launch.sources.count == 1 {
      return try table(of: descriptor)
    }
    return try tableOverIndex()
  }

  func context(newest: Timestamp?) -> QueryContext {
    QueryContext(
      now: Clock.now, newest: newest, cursor: newest, isFollowing: launch.options.follows == true,
      zone: launch.zone ?? ZoneDatabase.local,
      savedFilters: launch.configuration.filters)
  }

  // MARK: Plain files

  /// The files, if all are plain and the query means the same whatever the newest record is.
  private func plainFiles() throws -> [PlainFile]? {
    // Numbers of lines are known to the index only.
    guard try FilePrinting.isTimeless(launch, tree), !tree.asksForLineNumbers else { return nil }
    var files: [PlainFile] = []
    for source in launch.sources {
      guard case .path(let path) = source, let file = PlainFile(path, options: launch.files),
        !FilePrinting.dependsOnYear(file)
      else { return nil }
      files.append(file)
    }
    return files.isEmpty ? nil : files
  }

  private func table(of files: [PlainFile]) throws -> ResultTable {
    let plan = try PipelinePlan(tree, context: context(newest: Clock.now), limits: .large)
    let chunks = files.map { RecordChunks($0) }
    // The number of the first piece of each file.
    let firsts = chunks.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    let isCut = Mutex(false)
    let run = PieceRun(plan, count: firsts[files.count]) {
      var open: (file: Int, reading: ChunkReading, feed: PieceFeed)?
      return { number, worker in
        let file = (firsts.firstIndex { $0 > number } ?? firsts.count) - 1
        if open?.file != file {
          let feed = PieceFeed(
            plan.filter.predicate, reader: files[file].reader, reference: files[file].modified, name: files[file].name,
            shortName: files[file].shortName)
          open = (file, ChunkReading(chunks[file]), feed)
        }
        guard let (_, reading, feed) = open else { return }
        switch reading.read(number - firsts[file]) {
        case .empty: break
        case .cut: isCut.withLock { $0 = true }
        case .records(let piece):
          worker.take(file: FileID(file), generation: GenerationID(0)) { take in
            feed.forEachRecord(of: piece, in: reading) { take($0.context, $0.offset) }
          }
        }
      }
    }
    run.run()
    if isCut.withLock({ $0 }) {
      complain("a file was cut short while it was read")
      throw Stopped()
    }
    return try plan.table(of: run.sink)
  }

  // MARK: A pipe

  /// In bounded memory: of the stream nothing is kept. Ctrl-C ends it, and what it came to until then is shown.
  private func table(of descriptor: FileDescriptor) throws -> ResultTable {
    let interruption = Interruption()
    let stream = try RecordStream(
      descriptor, name: "-", options: launch.files, stop: interruption?.descriptor)
    let plan = try PipelinePlan(tree, context: context(newest: stream.began), limits: .small)
    let failure = Mutex<SystemError?>(nil)
    let run = PieceRun(plan) {
      let feed = PieceFeed(
        plan.filter.predicate, reader: stream.reader, reference: stream.began, name: "-", shortName: "-")
      let piece = StreamPiece()
      return { worker in
        var read: Int?
        do throws(SystemError) { read = try stream.read(into: piece) } catch { failure.withLock { $0 = error } }
        guard let number = read else { return nil }
        worker.take(file: FileID(0), generation: GenerationID(0)) { take in
          // The number of the piece in the stream orders what is equal in time.
          piece.withBytes { bytes in
            feed.forEachRecord(in: bytes, at: number << 32) { take($0.context, $0.offset) }
          }
        }
        return number
      }
    }
    run.run()
    if let error = failure.withLock({ $0 }) { throw error }
    if interruption?.end() == true {
      complain("interrupted; this is of what had been read until then")
      isFlawed.withLock { $0 = true }
    }
    return try plan.table(of: run.sink)
  }

  // MARK: All else

  /// Over the index, as the screen does it.
  private func tableOverIndex() throws -> ResultTable {
    try withIndex { snapshot, plan in try Analyser().run(plan, over: snapshot) ?? ResultTable() }
  }

  /// Lends an index of everything, and the plan that goes with it.
  private func withIndex<Result>(_ body: (LogSnapshot, PipelinePlan) throws -> Result) throws -> Result {
    var rules = launch.files
    rules.follows = false
    let files = LogFileSet(options: rules) {}
    launch.sources.forEach(files.open)
    defer { files.close() }
    files.waitUntilIndexed()
    let snapshot = files.snapshot()
    report(snapshot)
    return try body(snapshot, plan(newest: Timeline(snapshot).span?.1))
  }

  /// Says which sources could not be read.
  func report(_ snapshot: LogSnapshot) {
    for file in snapshot.files {
      guard case .failed(let reason) = file.phase else { continue }
      complain("\(file.name): \(reason)")
      isFlawed.withLock { $0 = true }
    }
  }
}
