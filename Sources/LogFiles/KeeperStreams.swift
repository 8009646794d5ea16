import Platform
import Quantities
import Records

/// How the keeper reads what has no bytes to map: pipes, programs, archives.
extension Keeper {
  /// Reads a pipe or a device; `isEndless` where writers may come and go.
  func read(_ descriptor: FileDescriptor, _ source: Source, isEndless: Bool) {
    source.kind = .stream
    stream(source, from: descriptor, child: nil) { pump in Threads.start("stream") { pump.run() } }
  }

  /// Reads the journal.
  func openJournal(_ source: Source, unit: String?) {
    source.kind = .stream
    if rules.options.isSecure {
      return fail(source, LogFailure("the journal is read by a program, which --secure forbids"))
    }
    let selection = unit.map { ["-u", $0] } ?? []
    let amount = follows ? ["-n", "all", "-f"] : []
    do {
      let child = try ChildProcess.spawn(
        "journalctl", ["-o", "json", "--no-pager"] + selection + amount, stdout: .pipe, stderr: .pipe)
      guard let output = child.standardOutput else { return }
      stream(source, from: output, child: child) { pump in Threads.start("journal") { pump.run() } }
    } catch {
      fail(
        source,
        LogFailure(
          error.isMissing ? "journalctl is not installed: it belongs to systemd" : "journalctl: \(error.reason)"))
    }
  }

  /// Unpacks a compressed file; as many at a time as there are processors.
  func read(_ archive: Archive, _ descriptor: FileDescriptor, _ source: Source) {
    source.kind = .archive
    if rules.options.isSecure {
      return fail(source, LogFailure("it is unpacked by the program \(archive.rawValue), which --secure forbids"))
    }
    let file = source.file
    begin()
    archivePool.submit { [weak self] in
      switch archive.start(descriptor) {
      case .failure(let failure):
        self?.post { keeper in
          if let source = keeper.source(file) { keeper.fail(source, failure) }
          keeper.end()
        }
      case .success(let child): self?.unpack(child, descriptor, file)
      }
    }
  }

  private func unpack(_ child: ChildProcess, _ archive: FileDescriptor, _ file: FileID) {
    let gate = Monitor<StreamPump??>(nil)
    post { keeper in
      var made: StreamPump?
      if let source = keeper.source(file), let output = child.standardOutput {
        keeper.stream(source, from: output, child: child) { made = $0 }
        source.current?.identity = try? FileFacts(archive).identity
        source.archive = archive
      }
      gate.withLock { $0 = .some(made) }
      keeper.end()
    }
    var answer: StreamPump??
    while answer == nil, !isClosed { answer = gate.wait(milliseconds: 200) { $0 } }
    guard let pump = answer ?? nil else {
      child.kill()
      _ = child.wait()
      return
    }
    pump.run()
  }

  /// Begins a generation over a new spool, and starts the thread that fills it.
  private func stream(
    _ source: Source, from input: FileDescriptor, child: ChildProcess?, start: (StreamPump) -> Void
  ) {
    do {
      let spool = try Spool(in: rules.options.spoolFolder, budget: budget)
      let file = source.file
      let pump = try StreamPump(input, child: child, isArchive: source.kind == .archive, spool: spool) {
        [weak self] event in
        self?.post { keeper in
          if let source = keeper.source(file) { keeper.handle(event, source) }
        }
      }
      let store = try SpoolBytes(spool, length: 0)
      let generation = Generation(
        id: Self.newGeneration(), file: file, identity: nil,
        bytes: ReadableBytes(descriptor: spool.descriptor, store: store, spool: spool), byteCount: 0,
        decision: Decision.take(spool.descriptor, size: 0, name: source.name, options: source.options),
        fingerprint: Fingerprint(),
        modified: rules.options.now(), segments: [])
      source.generations = [generation]
      source.pump = pump
      source.countsAsWork = !follows || source.kind == .archive
      if source.countsAsWork { begin() }
      change(source)
      start(pump)
    } catch {
      child?.kill()
      _ = child?.wait()
      fail(source, LogFailure("no spool in \(PathText.shown(rules.options.spoolFolder)): \(error.reason)"))
    }
  }

  /// Shows why a source cannot be read.
  private func fail(_ source: Source, _ failure: LogFailure) {
    source.failure = failure
    change(source)
  }

  private func handle(_ event: StreamPump.Event, _ source: Source) {
    switch event {
    case .grew: readSpool(source)
    case .needsRoom:
      source.needsRoom = true
      makeRoom(for: source)
    case .ended(let end):
      source.ending = end
      readSpool(source)
    }
  }

  /// Indexes what was added to a spool, drops its oldest bytes if it must, and notices its end.
  func readSpool(_ source: Source) {
    guard let pump = source.pump, let generation = source.current, !generation.isGrowing else { return }
    if let archive = source.archive, let facts = try? FileFacts(archive), facts.size > 0 {
      source.progress = Double(archive.place) / Double(facts.size)
    }
    let isResting = generation.nextGrowth > Clock.monotonic && source.ending == nil && !source.needsRoom
    if isResting, pump.spool.size - generation.byteCount < Stitching.segmentSize {
      return lookSoon(source.file, at: generation.nextGrowth)
    }
    let size = pump.takeSize()
    if size > generation.byteCount { return grow(source, generation, to: size) }
    makeRoom()
    if let end = source.ending { finish(end, source) }
  }

  private func finish(_ end: StreamPump.End, _ source: Source) {
    source.ending = nil
    source.pump = nil
    source.archive = nil
    source.hasEnded = true
    let complaint = end.complaint.split(separator: "\n").last.map(String.init)
    let isEmpty = source.current?.byteCount == 0
    if let stop = end.stop {
      if stop != "closed" { source.note("end", stop) }
      source.hasLostRecords = stop != "closed"
    } else if let exit = end.exit, !exit.isSuccess || (isEmpty && complaint != nil) {
      let reason = complaint ?? "it ended with \(exit)"
      if isEmpty {
        source.failure = LogFailure(reason)
      } else if source.kind == .archive {
        source.note("end", "damaged archive: what could be read is shown (\(reason))")
        source.hasLostRecords = true
      } else {
        source.note("end", reason)
        source.hasLostRecords = !exit.isSuccess
      }
    }
    if source.countsAsWork { self.end() }
    change(source)
  }

  /// Gives the oldest bytes of the largest stream back to the disk, 64 MB at most, once they are indexed, so that the
  /// stream that waits can go on; an archive stops instead, as does a stream where there is nothing to give back.
  private func makeRoom(for source: Source) {
    guard let pump = source.pump else { return }
    if source.kind == .archive { return answer(source, .stop(pump.spool.notice(.full))) }
    switch room(pump.spool.limit) {
    case .later: return
    case .none: answer(source, .stop(pump.spool.notice(.full)))
    case .dropped: answer(source, .goOn)
    }
  }

  /// What came of a search for bytes to give back.
  private enum Room {
    case dropped, later, none
  }

  private func room(_ limit: Int) -> Room {
    let count = max(1, min(32, limit / Stitching.segmentSize / 4))
    for source in streamsByKeptSize() {
      guard let generation = source.current, let spool = generation.bytes.spool else { continue }
      let count = min(count, generation.byteCount / Stitching.segmentSize - generation.firstSegment)
      let offset = (generation.firstSegment + count) * Stitching.segmentSize
      // What was written may not be indexed yet, or not be read by one who must not miss any: its writer waits.
      let isIndexed = count > 0 && !generation.isGrowing && generation.isIndexed
      if count <= 0, spool.size / Stitching.segmentSize <= generation.firstSegment { continue }
      if !isIndexed || (rules.options.holdsUnread && generation.readBytes < offset) { return .later }
      guard spool.drop(before: offset) else { continue }
      drop(count, source, generation)
      return .dropped
    }
    return .none
  }

  private func streamsByKeptSize() -> [Source] {
    func keptSize(_ source: Source) -> Int { source.current?.bytes.spool.map { $0.size - $0.droppedSize } ?? 0 }
    return sources.filter { $0.kind == .stream }.sorted { keptSize($0) > keptSize($1) }
  }

  private func answer(_ source: Source, _ answer: StreamPump.Answer) {
    source.needsRoom = false
    source.pump?.answer(answer)
  }

  /// Looks again for room, for all that wait for it.
  func makeRoom() {
    for source in sources where source.needsRoom { makeRoom(for: source) }
  }

  /// Takes note of what was read, and goes on with streams that waited for it.
  func noteRead(_ id: GenerationID, before offset: Int) {
    guard let generation = sources.lazy.compactMap(\.current).first(where: { $0.id == id }) else { return }
    generation.readBytes = max(generation.readBytes, offset)
    makeRoom()
  }

  private func drop(_ count: Int, _ source: Source, _ generation: Generation) {
    let records = generation.dropOldest(count)
    if rules.options.holdsUnread { return }
    source.dropped.records += records
    noteDropped(source, generation)
  }

  /// Says what was dropped. Where the oldest line begins may be known only after it was dropped, when a next one came.
  func noteDropped(_ source: Source, _ generation: Generation) {
    let (records, bytes) = (source.dropped.records, generation.firstByte)
    if records == 0 || bytes == source.dropped.bytes { return }
    source.dropped.bytes = bytes
    source.markers = [
      LogMarker(
        file: source.file, generation: generation.id, seen: rules.options.now(),
        kind: .dropped(records: records, bytes: bytes))
    ]
    source.note(
      "dropped",
      "the oldest \(records) records (\(SizeText.text(bytes))) were dropped at the limit for spools")
    change(source)
  }
}
