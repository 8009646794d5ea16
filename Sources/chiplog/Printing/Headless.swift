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

  init(_ launch: Launch, _ printer: RecordPrinter) throws {
    self.launch = launch
    self.printer = printer
    let wakeUp = try WakeUp()
    self.wakeUp = wakeUp
    var rules = launch.files
    // What is printed as it comes must not be lost where the reader is slow.
    rules.holdsUnread = Self.isEndlessStream(launch)
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
    var cursor = timeline.cursor(from: first)
    let names = sourceNames(of: snapshot)
    var ending: Output.Ending?
    var isMatched = false
    cursor.forEach { record in
      isMatched = true
      append(record, source: names[record.position.file] ?? "", to: &output.buffer)
      do throws(Output.Ending) { try output.flushIfLarge() } catch { ending = error }
      return ending == nil
    }
    if let ending { throw ending }
    return isMatched
  }

  private func sourceNames(of snapshot: LogSnapshot) -> [FileID: String] {
    Dictionary(uniqueKeysWithValues: snapshot.files.map { ($0.file, $0.name) })
  }

  private func append(_ record: RecordView, source: String, to buffer: inout [UInt8]) {
    printer.append(
      PrintedRecord(
        bytes: record.bytes, reader: record.reader, reference: record.reference, line: record.line?.rawValue,
        lineCount: record.lineCount, source: source), to: &buffer)
  }

  /// Prints what comes until every source has ended (or for ever); whether anything matched.
  private func follow(
    _ tail: inout FollowedTail, filter: CompiledFilter, to output: inout Output
  ) throws -> Bool {
    var isMatched = false
    var wait: Int?
    while true {
      let ready = Polling.readable([wakeUp.descriptor], milliseconds: wait)
      if ready.first == true { wakeUp.clear() }
      let snapshot = files.snapshot()
      let names = sourceNames(of: snapshot)
      let isQuiet = ready.first != true
      for fresh in tail.advance(to: snapshot, releasingLast: isQuiet) {
        let record = PrintedRecord(
          bytes: fresh.bytes, reader: fresh.generation.reader, reference: fresh.reference,
          line: fresh.record.line?.rawValue, lineCount: fresh.record.lineCount,
          source: names[fresh.record.position.file] ?? "")
        let context = RecordContext(
          bytes: record.bytes, reader: record.reader, reference: record.reference, source: record.source,
          path: record.source, line: record.line)
        guard filter.predicate.matches(context) else { continue }
        isMatched = true
        printer.append(record, to: &output.buffer)
      }
      try output.flush()
      for (generation, end) in tail.printed { files.noteRead(generation, before: end) }
      wait = tail.isHolding ? FollowedTail.quietMilliseconds : nil
      let isOver = snapshot.files.allSatisfy { file in
        switch file.phase {
        case .ended, .failed: true
        default: false
        }
      }
      if isOver && !tail.isHolding { return isMatched }
    }
  }
}
