import Drawing
import Glibc
import LogFiles
import Platform
import Quantities
import QueryLanguage
import Records
import Timelines

/// Prints records without a screen, as grep and tail do.
struct Headless {
  let launch: Launch
  let printer: RecordPrinter
  private let wakeUp: WakeUp
  private let files: LogFileSet
  private let holdsUnread: Bool

  init(_ launch: Launch, _ printer: RecordPrinter) throws {
    self.launch = launch
    self.printer = printer
    let wakeUp = try WakeUp()
    self.wakeUp = wakeUp
    var rules = launch.files
    // What is printed as it comes must not be lost where the reader is slow.
    holdsUnread = Self.isEndlessStream(launch)
    rules.holdsUnread = holdsUnread
    files = LogFileSet(options: rules) { wakeUp.signal() }
  }

  /// Opens, prints, follows if asked to; the exit status.
  func run() -> Int32 {
    launch.sources.forEach(files.open)
    defer { files.close() }
    if Self.isEndlessStream(launch) { return stream() }
    files.waitUntilIndexed()
    let snapshot = files.snapshot()
    let isFlawed = report(snapshot)
    var output = Output()
    if let header = printer.header { output.buffer += Array((header + "\n").utf8) }
    return printingStatus(launch, isFlawed: isFlawed) {
      let filter = try compile(over: snapshot)
      var isMatched = try printAll(of: snapshot, filter: filter, to: &output)
      try output.flush()
      if launch.files.follows {
        var tail = FollowedTail(after: snapshot)
        isMatched = try follow(&tail, filter: filter, to: &output) || isMatched
      }
      return isMatched
    }
  }

  /// Whether there is nothing but one pipe, whose records are best printed as they come.
  private static func isEndlessStream(_ launch: Launch) -> Bool {
    guard launch.sources.count == 1, launch.options.tail == nil, !launch.options.sorts else { return false }
    switch launch.sources[0] {
    case .standardInput(let descriptor): return (try? FileFacts(descriptor))?.kind != .regular
    case .path(let path): return (try? FileFacts(path: path))?.kind == .fifo
    case .journal: return launch.files.follows
    }
  }

  /// Prints the records of a pipe as they come.
  private func stream() -> Int32 {
    var output = Output()
    if let header = printer.header { output.buffer += Array((header + "\n").utf8) }
    var tail = FollowedTail(after: LogSnapshot())
    let status = printingStatus(launch) {
      try follow(&tail, filter: compile(over: files.snapshot()), to: &output)
    }
    return report(files.snapshot()) ? ExitStatus.failure : status
  }

  /// Says which sources could not be read, and what is odd about others; whether any failed or lost records.
  private func report(_ snapshot: LogSnapshot) -> Bool {
    var isFlawed = false
    let others = snapshot.files.count { if case .failed = $0.phase { false } else { true } }
    for file in snapshot.files {
      if case .failed(let reason) = file.phase {
        isFlawed = true
        complain("\(file.name): \(reason)" + (others > 0 ? "; others are open" : ""))
      }
      if file.hasLostRecords { isFlawed = true }
      for note in file.notes { complain("\(file.name): \(note)") }
    }
    // Whoever wants the newest records misses none of the oldest.
    return isFlawed || (launch.options.tail == nil && snapshot.markers.contains(where: \.isLoss))
  }

  private func compile(over snapshot: LogSnapshot) throws(Diagnostic) -> CompiledFilter {
    let newest = Timeline(snapshot).span?.1
    let context = QueryContext(
      now: Clock.now, newest: newest, cursor: newest, isFollowing: launch.files.follows,
      zone: launch.zone ?? ZoneDatabase.local, savedFilters: launch.configuration.filters)
    return try QueryCompiler.compile(launch.queryText, context: context)
  }

  private func printAll(
    of snapshot: LogSnapshot, filter: CompiledFilter, to output: inout Output
  ) throws -> Bool {
    var result: FilterResult?
    if !launch.queryText.isEmpty {
      result = FilterEngine().evaluate(filter, over: snapshot, cancellation: Cancellation()) { _, _ in }
    }
    let timeline = Timeline(snapshot, filter: result)
    let first = launch.options.tail.map { max(0, timeline.count - $0) } ?? 0
    return try TimelinePrinting(timeline: timeline, printer: printer).run(from: first, to: &output)
  }

  /// Prints what comes until every source has ended (or for ever); whether anything matched.
  private func follow(
    _ tail: inout FollowedTail, filter: CompiledFilter, to output: inout Output
  ) throws -> Bool {
    var isMatched = false
    while true {
      let now = Clock.monotonic
      let snapshot = files.snapshot()
      let sources = PrintedSources(snapshot)
      for fresh in tail.advance(to: snapshot, now: now) {
        let generation = snapshot.generations[fresh.generation]
        let source = sources.source(
          of: generation.generation, file: generation.file, generation.reference, generation.reader)
        isMatched = try print(fresh, of: generation, source, filter: filter, to: &output) || isMatched
      }
      try output.flush()
      if holdsUnread { for (generation, end) in tail.printed { files.noteRead(generation, before: end) } }
      let isOver =
        snapshot.version > 0
        && snapshot.files.allSatisfy { file in
          switch file.phase {
          case .ended, .failed: true
          default: false
          }
        }
      if isOver && tail.due == nil { return isMatched }
      let wait = tail.due.map { Int(max(0, $0.nanoseconds - Clock.monotonic.nanoseconds + 999_999) / 1_000_000) }
      if Polling.readable([wakeUp.descriptor], milliseconds: wait).first == true { wakeUp.clear() }
    }
  }

  /// Prints a record if it passes; whether it did. Of what was added to a record that had passed only that is new.
  private func print(
    _ fresh: FreshRecord, of generation: GenerationSnapshot, _ source: PrintedSource, filter: CompiledFilter,
    to output: inout Output
  ) throws(Output.Ending) -> Bool {
    func record(_ range: Range<Int>) -> PrintedRecord {
      // SAFETY: the snapshot retains the store of these bytes.
      PrintedRecord(
        bytes: UnsafeRawBufferPointer(rebasing: generation.bytes.buffer[range]),
        line: fresh.record.line?.rawValue, lineCount: fresh.record.lineCount, source: source)
    }
    func passes(_ record: PrintedRecord) -> Bool {
      source.reader.withPlain(record.bytes) { bytes in
        let context = RecordContext(
          bytes: bytes, reader: source.reader, reference: source.reference, source: source.name,
          path: source.name, line: record.line)
        return filter.predicate.matches(context)
      }
    }
    var printed = record(fresh.record.bytes)
    if let start = fresh.record.recordStart {
      let hadPassed = passes(record(start..<fresh.record.bytes.lowerBound))
      if !hadPassed { printed = record(start..<fresh.record.bytes.upperBound) }
      if !hadPassed, !passes(printed) { return false }
    } else if !passes(printed) {
      return false
    }
    printer.append(printed, to: &output.buffer)
    try output.flushIfLarge()
    return true
  }
}
