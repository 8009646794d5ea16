import LogFiles
import Quantities
import QueryLanguage
import Records
import Timelines

/// Building views.
extension Workspace {
  func show(_ request: ViewRequest, _ cancellation: Cancellation, _ emit: @escaping @Sendable (Event) -> Void) {
    let snapshot = logs.snapshot()
    var view = Shown()
    view.id = request.id
    view.request = request
    if let filter = request.filter {
      let id = request.id
      let partial = partialViews(of: request, cancellation, emit)
      let result = engine.evaluate(
        filter, over: snapshot, cancellation: cancellation,
        progress: { fraction, found in emit(.viewProgress(id: id, fraction: fraction, found: found)) },
        partial: partial)
      guard let result else { return }
      view.matches = result
      let wanted = request.context > 0 ? result.context(request.context) : result
      view.timeline = Timeline(snapshot, filter: request.showsOnlyMatches ? wanted : nil, hidden: request.hidden)
    } else {
      view.timeline = Timeline(snapshot, hidden: request.hidden)
    }
    let timeline = view.timeline
    var matchCount = timeline.count
    if let result = view.matches, !request.showsOnlyMatches || request.context > 0 {
      matchCount = Timeline(snapshot, filter: result, hidden: request.hidden).count
    }
    var clauses: [ClauseCount] = []
    if matchCount == 0, timeline.totalCount > 0, let filter = request.filter {
      guard let counts = countClauses(of: filter, over: snapshot, cancellation) else { return }
      clauses = counts
    }
    var warnings: [Diagnostic] = []
    for doubt in request.isNewSelection ? request.filter?.unitDoubts ?? [] : [] {
      guard let count = engine.count(of: doubt.predicate, over: snapshot, cancellation: cancellation) else { return }
      if let warning = doubt.warning(count: count) { warnings.append(warning) }
    }
    let window = window(for: request.window, in: view, cancellation)
    if cancellation.isCancelled { return }
    let published = view
    let before = shown.withLock { shown in
      defer { shown = published }
      return shown.timeline.snapshot
    }
    emit(
      .view(
        ViewAnswer(
          id: request.id, count: timeline.count, openedCount: openedCount(in: timeline, since: before),
          totalCount: timeline.totalCount, matchCount: matchCount,
          clauses: clauses, matchesBySource: view.matches.map { countBySource($0, snapshot) } ?? [:],
          warnings: warnings, isIndexed: snapshot.isIndexed, span: timeline.span.map { $0.0...max($0.0, $0.1) },
          writtenOffset: writtenOffset(of: snapshot, hidden: request.hidden), window: window)))
  }

  /// Records shown of sources that an earlier snapshot did not have.
  private func openedCount(in timeline: Timeline, since before: LogSnapshot) -> Int {
    let known = Set(before.generations.map(\.file))
    let files = Set(timeline.snapshot.generations.map(\.file))
    guard !files.isSubset(of: known) else { return 0 }
    return Timeline(timeline.snapshot, filter: timeline.filter, hidden: timeline.hidden.union(known)).count
  }

  /// The matches of each source; nothing where there are so many that counting would be felt.
  private func countBySource(_ matches: FilterResult, _ snapshot: LogSnapshot) -> [FileID: Int] {
    let files = Set(snapshot.files.map(\.file))
    guard files.count <= 64 else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: files.map {
        ($0, Timeline(snapshot, filter: matches, hidden: files.subtracting([$0])).count)
      })
  }

  /// What each clause matches alone, with the values seen in the field of one that matches nothing.
  private func countClauses(
    of filter: CompiledFilter, over snapshot: LogSnapshot, _ cancellation: Cancellation
  ) -> [ClauseCount]? {
    let seen = vocabulary.withLock { $0 }
    return engine.clauseCounts(of: filter, over: snapshot, cancellation: cancellation)?.map { text, count in
      let field = String(text.drop { $0 == "-" }.prefix { !"=:~!<> ".contains($0) })
      let values = count == 0 && field.count < text.count ? seen.values[field] ?? [] : []
      return ClauseCount(text: text, count: count, seenValues: Array(values.prefix(8)))
    }
  }

  // MARK: Written zones

  /// The offset that the first stamps of all generations are written in; read once a generation.
  private func writtenOffset(of snapshot: LogSnapshot, hidden: Set<FileID>) -> WrittenOffset {
    var result = WrittenOffset.none
    for generation in snapshot.generations where !hidden.contains(generation.file) {
      let offset = writtenOffset(of: generation)
      switch (result, offset) {
      case (_, .none), (.mixed, _): continue
      case (.none, _): result = offset
      default: if result != offset { result = .mixed }
      }
    }
    return result
  }

  private func writtenOffset(of generation: GenerationSnapshot) -> WrittenOffset {
    if let known = offsets.withLock({ $0[generation.generation] }) { return known }
    guard let segment = generation.segments.first?.index, segment.recordCount > 0 else { return .none }
    let buffer = generation.bytes.buffer
    var start = segment.bytes.lowerBound
    let end = min(segment.bytes.upperBound, buffer.count, generation.byteCount, start + 64 << 10)
    var found = WrittenOffset.none
    for _ in 0..<50 where start < end && found == .none {
      // SAFETY: start and end lie inside the buffer, which lives as long as `generation`.
      let rest = UnsafeRawBufferPointer(rebasing: buffer[start..<end])
      let length = rest.firstIndex(of: 10) ?? rest.count
      let line = UnsafeRawBufferPointer(rebasing: rest[..<length])
      let parsed = generation.reader.parse(line, reference: segment.reference)
      if parsed.stamp != nil, let seconds = parsed.writtenOffset { found = .seconds(seconds) }
      start += length + 1
    }
    let result = found
    offsets.withLock { $0[generation.generation] = result }
    return result
  }
}
