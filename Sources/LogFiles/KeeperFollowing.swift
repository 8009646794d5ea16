import Platform
import Quantities
import Records
import Synchronization

private let generationCounter = Atomic<Int>(0)

/// How names are opened and followed: the shell around `FollowMachine`.
extension Keeper {
  /// The next number of a generation.
  static func newGeneration() -> GenerationID {
    GenerationID(generationCounter.wrappingAdd(1, ordering: .relaxed).oldValue)
  }

  var follows: Bool { rules.options.follows }

  /// Looks at what the name leads to now, and acts on it.
  func look(_ source: Source, evenIfNotFollowing: Bool = false) {
    guard follows || evenIfNotFollowing, source.kind == .file else { return }
    if let rest = source.current?.nextGrowth, rest > Clock.monotonic { return lookSoon(source.file, at: rest) }
    let name = facts(of: source)
    var behind: [GenerationID: FileFacts] = [:]
    let lives = (source.machine.retired + [source.machine.current].compactMap(\.self)).map(\.generation)
    for generation in source.generations where generation.identity != name?.identity && lives.contains(generation.id) {
      behind[generation.id] = try? FileFacts(generation.original)
    }
    let now = rules.options.now()
    perform(source.machine.handle(.looked(name, behind: behind, now: now)), source)
    if follows, source.failure == nil { noteMissing(source, name == nil) }
  }

  private func noteMissing(_ source: Source, _ isMissing: Bool) {
    let text =
      source.generations.isEmpty ? "not there yet: waiting for it" : "gone or renamed: waiting for it to come back"
    if source.note("missing", isMissing ? text : nil) { change(source) }
  }

  private func facts(of source: Source) -> FileFacts? {
    if let path = source.path { return try? FileFacts(path: path) }
    return source.descriptor.flatMap { try? FileFacts($0) }
  }

  /// Does what the machine says.
  private func perform(_ actions: [FollowMachine.Action], _ source: Source) {
    for action in actions {
      switch action {
      case .open(let generation, let end): reopen(source, after: generation, end)
      case .read(let id, let size): read(source, id, upTo: size)
      case .release(let id): unwatch(source, id)
      case .discard(let id, let end):
        discard(source, id, end == .truncated ? { .truncated(recordsGone: $0) } : { .rewritten(recordsGone: $0) })
      case .lookAgain: if follows { lookSoon(source.file) }
      }
    }
  }

  private func read(_ source: Source, _ id: GenerationID, upTo size: Int) {
    guard let generation = source.generations.first(where: { $0.id == id }) else { return }
    guard source.isPickedUp, generation.byteCount == 0, size > 0 else { return grow(source, generation, to: size) }
    // It was empty when it appeared: only now can it be told from a copy.
    reopen(source, without: generation)
  }

  /// Opens the file of a generation again, as if it had not been seen yet.
  func reopen(_ source: Source, without generation: Generation) {
    unwatch(source, generation.id)
    source.machine.forget()
    source.generations.removeAll { $0 === generation }
    change(source)
    look(source, evenIfNotFollowing: true)
  }

  /// Tells the machine how a growth job ended, and does what follows.
  func report(_ event: FollowMachine.Event, _ source: Source) {
    if source.kind == .file { perform(source.machine.handle(event), source) }
  }

  /// Opens a source for the first time.
  func open(_ source: Source) {
    let event = FollowMachine.Event.looked(facts(of: source), behind: [:], now: rules.options.now())
    let actions = source.machine.handle(event)
    if actions.isEmpty { reopen(source, after: nil, nil) } else { perform(actions, source) }
  }

  private func reopen(_ source: Source, after old: GenerationID?, _ end: FollowMachine.End?) {
    let opening = Opening(
      path: source.path ?? source.name, descriptor: source.descriptor, name: source.name, options: source.options,
      follows: follows, spools: (rules.options.spoolFolder, budget),
      candidates: source.isPickedUp ? copyCandidates(source) : [])
    let previous = old.flatMap { id in source.generations.first { $0.id == id } }
    // A file that was cut short and has grown to its old size meanwhile seems to be rewritten.
    let search = end == .truncated || end == .rewritten ? previous.flatMap { copySearch(source, $0) } : nil
    let fingerprint = end == .renamed ? previous?.originalFingerprint : nil
    let file = source.file
    begin()
    pool.submit(urgent: true) { [weak self] in
      let copy = search?.run()
      let outcome = opening.run()
      // An editor or rsync may have put a changed copy in the place of the file.
      let isReplaced = fingerprint.map { outcome.isChangedCopy(of: $0) } ?? false
      self?.post { keeper in
        if let source = keeper.source(file) {
          let begun = keeper.take(outcome, source, after: old)
          if let old, let end {
            keeper.finish(old, end, source, begun: begun, copy: copy, isReplaced: isReplaced)
          }
        }
        keeper.end()
      }
    }
  }

  private func copySearch(_ source: Source, _ generation: Generation) -> CopySearch? {
    guard let path = source.path else { return nil }
    return CopySearch(
      path: path, identity: generation.identity, fingerprint: generation.originalFingerprint, known: knownIdentities)
  }

  private func copyCandidates(_ source: Source) -> [CopyCandidate] {
    let folder = source.path.map(parentFolder)
    let neighbours = sources.filter { $0 !== source && $0.path.map(parentFolder) == folder }
    return neighbours.flatMap(\.generations).filter { $0.byteCount > 0 }.map {
      CopyCandidate(
        generation: $0.id, store: $0.bytes.store, byteCount: $0.transcription?.fingerprint.size ?? $0.byteCount,
        head: $0.transcription?.head)
    }
  }

  /// All files that are shown.
  var knownIdentities: Set<FileIdentity> {
    Set(sources.flatMap { $0.generations.compactMap(\.identity) })
  }

  /// Shows what was opened; returns the generation that began with it.
  private func take(_ outcome: Opening.Outcome, _ source: Source, after old: GenerationID?) -> GenerationID? {
    source.failure = nil
    source.note("twin", nil)
    change(source)
    switch outcome {
    case .file(let opened): return show(opened, source, after: old)
    case .archive(let archive, let descriptor): read(archive, descriptor, source)
    case .stream(let descriptor, let isEndless): read(descriptor, source, isEndless: isEndless)
    case .folder: openFolder(source)
    case .copy(let id, let facts): hold(source, facts, id)
    case .failed(let failure, let facts): fail(source, failure, facts)
    }
    return nil
  }

  private func fail(_ source: Source, _ failure: LogFailure, _ facts: FileFacts?) {
    source.kind = .file
    if failure.isMissing, follows { noteMissing(source, true) } else { source.failure = failure }
    watchFolder(of: source)
    perform(source.machine.handle(.openFailed(facts)), source)
  }

  /// Does not show a file whose records are on the screen already, until it changes.
  private func hold(_ source: Source, _ facts: FileFacts, _ id: GenerationID) {
    let other = sources.first { $0.generations.contains { $0.id == id } }
    source.kind = .file
    source.copyOf = id
    source.note("twin", "a copy of \(other.map { PathText.shown($0.name) } ?? "another file"), not repeated")
    watch(source, id)
    perform(source.machine.handle(.openFailed(facts)), source)
  }

  /// Makes a generation of a file, or nothing if the file is shown already under another name.
  private func show(_ opened: Opening.OpenedFile, _ source: Source, after old: GenerationID?) -> GenerationID? {
    source.kind = .file
    let twin = sources.first { other in
      other !== source && other.generations.contains { $0.identity == opened.facts.identity }
    }
    if let twin {
      source.note("twin", "the same file as \(PathText.shown(twin.name))")
      watchFolder(of: source)
      perform(source.machine.handle(.openFailed(opened.facts)), source)
      return nil
    }
    // A file that was renamed away and is back is read again from its beginning.
    for generation in source.generations where generation.identity == opened.facts.identity && generation.id != old {
      generation.pass?.cancel()
      unwatch(source, generation.id)
      source.generations.removeAll { $0 === generation }
    }
    let generation = attach(opened, to: source)
    watch(source, generation.id)
    if follows, let system = opened.descriptor.remoteFileSystem {
      source.note("watch", "looked at once a second: it is on a remote file system (\(system))")
    }
    var facts = opened.facts
    if opened.transcription != nil { facts.size = 0 }
    report(.opened(generation.id, facts, now: rules.options.now()), source)
    if opened.transcription != nil { look(source, evenIfNotFollowing: true) }
    return generation.id
  }

  /// Decides what becomes of the life before the one that begins.
  private func finish(
    _ old: GenerationID, _ end: FollowMachine.End, _ source: Source, begun: GenerationID?, copy: CopySearch.Copy?,
    isReplaced: Bool
  ) {
    let generation = source.generations.first { $0.id == old }
    if let copy, let generation {
      adopt(copy, generation, source)
      mark(source, .rotated, begun ?? old)
    } else if end == .renamed, !isReplaced {
      mark(source, .rotated, begun ?? old)
    } else {
      discard(source, old, next: begun) { count in
        switch end {
        case .truncated: .truncated(recordsGone: count)
        case .rewritten: .rewritten(recordsGone: count)
        case .renamed: .rewritten(recordsGone: 0)
        }
      }
    }
  }

  /// Lets a copy stand for the file that was cut short: same generation, same positions, other bytes behind them.
  private func adopt(_ copy: CopySearch.Copy, _ generation: Generation, _ source: Source) {
    generation.identity = copy.facts.identity
    if let transcription = generation.transcription {
      transcription.replaceOriginal(copy.descriptor)
      return grow(source, generation, to: copy.facts.size)
    }
    generation.bytes = ReadableBytes(descriptor: copy.descriptor, store: copy.store)
    generation.byteCount = copy.facts.size
    generation.fingerprint = copy.fingerprint
    generation.modified = copy.facts.modified
    generation.segments = Array(repeating: nil, count: Stitching.count(in: copy.facts.size))
    generation.restart(
      Decision.take(copy.descriptor, size: copy.facts.size, name: source.name, options: source.options))
    index(source, generation, segments: 0..<generation.segments.count)
  }

  private func discard(
    _ source: Source, _ id: GenerationID, next: GenerationID? = nil, _ kind: (Int) -> LogMarker.Kind
  ) {
    guard let place = source.generations.firstIndex(where: { $0.id == id }) else { return }
    let generation = source.generations.remove(at: place)
    generation.pass?.cancel()
    unwatch(source, id)
    mark(source, kind(generation.snapshot().recordCount), next ?? id)
    for other in sources where other.copyOf == id {
      other.copyOf = nil
      other.machine = FollowMachine()
      lookSoon(other.file)
    }
  }

  /// Takes a life away whose bytes are gone.
  func forget(_ generation: Generation, _ source: Source) {
    discard(source, generation.id) { .truncated(recordsGone: $0) }
  }

  private func mark(_ source: Source, _ kind: LogMarker.Kind, _ generation: GenerationID) {
    source.markers.append(
      LogMarker(file: source.file, generation: generation, seen: rules.options.now(), kind: kind))
    change(source)
  }
}
