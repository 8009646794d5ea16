import Platform
import Quantities
import Records

/// How generations come to be indexed: first pass, growth, mending, another format.
extension Keeper {
  /// Makes a generation of a mapped file and starts its first pass.
  func attach(_ opened: Opening.OpenedFile, to source: Source) -> Generation {
    let spool = opened.transcription?.spool
    let generation = Generation(
      id: Self.newGeneration(), file: source.file, identity: opened.facts.identity,
      bytes: ReadableBytes(descriptor: spool?.descriptor ?? opened.descriptor, store: opened.store, spool: spool),
      byteCount: opened.transcription == nil ? opened.facts.size : 0,
      decision: opened.decision, fingerprint: opened.fingerprint, modified: opened.facts.modified,
      segments: Array(repeating: nil, count: opened.tailStart) + opened.tail)
    generation.namesZone = opened.namesZone
    generation.transcription = opened.transcription
    source.generations.append(generation)
    hurry()
    index(source, generation, segments: 0..<opened.tailStart)
    return generation
  }

  /// Indexes the segments with these numbers, and then mends what was guessed wrong.
  func index(_ source: Source, _ generation: Generation, segments: Range<Int>) {
    change(source)
    if segments.isEmpty { return settle(source, generation) }
    let pass = IndexPass(
      descriptor: generation.bytes.descriptor, byteCount: generation.byteCount, reader: generation.decision.reader,
      reference: generation.modified, segments: segments)
    generation.pass = pass
    begin()
    let (file, id) = (source.file, generation.id)
    pass.start(on: pool) { [weak self] in
      self?.post { keeper in
        keeper.finish(pass, file, id)
        keeper.end()
      }
    }
  }

  private func finish(_ pass: IndexPass, _ file: FileID, _ id: GenerationID) {
    guard let (source, generation) = find(file, id), generation.pass === pass else { return }
    generation.collect()
    generation.pass = nil
    generation.touch()
    change(source)
    settle(source, generation)
    if pass.hasFailed { look(source, evenIfNotFollowing: true) }
    if let size = generation.waitingGrowth {
      generation.waitingGrowth = nil
      grow(source, generation, to: size)
    }
  }

  /// Once every segment is there: indexes those again that were read in a state that their predecessor did not leave, or
  /// whose order the records behind them change.
  func settle(_ source: Source, _ generation: Generation) {
    generation.touch()
    change(source)
    guard generation.pass == nil, !generation.isMending else { return }
    let segments = generation.segments.compactMap(\.self)
    guard segments.count == generation.segments.count, !Stitching.isSettled(segments) else {
      arrange(source, generation)
      return makeRoom()
    }
    generation.isMending = true
    begin()
    let (file, id, epoch) = (source.file, generation.id, generation.epoch)
    let (descriptor, size, first) = (generation.bytes.descriptor, generation.byteCount, generation.firstSegment)
    let reader = generation.decision.reader
    pool.submit(urgent: true) { [weak self] in
      let mended = Stitching.settled(segments, first: first, descriptor: descriptor, size: size, reader: reader)
      self?.post { keeper in
        keeper.finishMending(file, id, epoch, from: segments, to: mended, first: first)
        keeper.end()
      }
    }
  }

  private func finishMending(
    _ file: FileID, _ id: GenerationID, _ epoch: Int, from old: [SegmentIndex], to new: [SegmentIndex]?, first: Int
  ) {
    guard let (source, generation) = find(file, id), generation.epoch == epoch else { return }
    generation.isMending = false
    guard let new else { return look(source, evenIfNotFollowing: true) }
    let shift = generation.firstSegment - first
    for place in old.indices where old[place] !== new[place] {
      let now = place - shift
      // What has grown meanwhile stays; another round will mend it.
      if generation.segments.indices.contains(now), generation.segments[now] === old[place] {
        generation.segments[now] = new[place]
      }
    }
    settle(source, generation)
  }

  /// Indexes what was added to a generation, up to `size`, after checking that the rest is unchanged.
  func grow(_ source: Source, _ generation: Generation, to size: Int) {
    // A copy of the file is written by one job at a time; and sorting the last records takes no longer than reading them.
    guard let (first, entry) = generation.resumption(), generation.transcription == nil || !generation.isGrowing,
      !generation.isArranging || !generation.isQuicklySorted
    else {
      generation.waitingGrowth = size
      return
    }
    generation.isGrowing = true
    generation.growthBegun = Clock.monotonic
    if generation.transcription != nil { generation.transcriptionTarget = size }
    let job = Growth(
      bytes: generation.bytes, transcription: generation.transcription, name: source.name,
      fingerprint: generation.fingerprint, decision: generation.decision,
      target: size, first: first, entry: entry, inner: generation.innerSegments(after: first),
      wantsZone: generation.namesZone == nil)
    let (file, id, epoch) = (source.file, generation.id, generation.epoch)
    begin()
    pool.submit(urgent: true) { [weak self] in
      let outcome = job.run()
      self?.post { keeper in
        keeper.finish(outcome, file, id, epoch, target: size)
        keeper.end()
      }
    }
  }

  private func finish(
    _ outcome: Growth.Outcome, _ file: FileID, _ id: GenerationID, _ epoch: Int, target: Int
  ) {
    guard let (source, generation) = find(file, id) else { return }
    generation.isGrowing = false
    defer { growIfWaiting(file, id) }
    switch outcome {
    case .read(let result) where generation.epoch == epoch:
      let hasGrown = result.size != generation.byteCount
      generation.rest(afterGrowthOf: result.size - generation.byteCount, now: Clock.monotonic)
      generation.apply(result)
      if hasGrown { settle(source, generation) }
      noteDropped(source, generation)
      if !generation.isTranscribed(upTo: target) { return grow(source, generation, to: target) }
      noteTranscribed(source, generation)
      report(.read(id, size: generation.originalSize(readingTo: target)), source)
    case .read:
      report(.read(id, size: generation.originalSize(readingTo: target)), source)
      lookSoon(file)
    case .lost(let end):
      report(.lost(id, end), source)
    case .reencoded: reopen(source, without: generation)
    case .failed(let error):
      source.note("growth", "growth is not shown: \(error.reason)")
      report(.read(id, size: generation.originalSize(readingTo: target)), source)
    }
    if generation.bytes.spool != nil { readSpool(source) }
  }

  private func growIfWaiting(_ file: FileID, _ id: GenerationID) {
    guard let (source, generation) = find(file, id), generation.transcription != nil, !generation.isGrowing,
      generation.pass == nil, let size = generation.waitingGrowth
    else { return }
    generation.waitingGrowth = nil
    grow(source, generation, to: size)
  }

  private func noteTranscribed(_ source: Source, _ generation: Generation) {
    generation.transcriptionTarget = nil
    if let stop = generation.transcription?.stop, source.note("end", stop) { source.hasLostRecords = true }
    change(source)
  }

  /// Reads a source in another format, or with another zone: all its generations are indexed again.
  func restart(_ source: Source) {
    let options = source.options
    for generation in source.generations {
      let start = generation.firstSegment * Stitching.segmentSize
      generation.restart(
        Decision.take(
          generation.bytes.descriptor, from: start, size: generation.byteCount, name: source.name, options: options))
      let first = generation.firstSegment
      index(source, generation, segments: first..<first + generation.segments.count)
    }
  }

  /// A source and one of its surviving lives.
  func find(_ file: FileID, _ id: GenerationID) -> (Source, Generation)? {
    guard let source = source(file), let generation = source.generations.first(where: { $0.id == id }) else {
      return nil
    }
    return (source, generation)
  }
}
