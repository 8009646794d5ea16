import LogFiles
import Quantities
import QueryLanguage
import Timelines

/// Which records are shown: requests for views, and their answers.
extension State {
  /// Asks for the records that the options select, with the window around the cursor (or at the end, following).
  mutating func requestView(isNewSelection: Bool) -> [Effect] {
    log.requestCount += 1
    view.requestCount += ViewRequest.idStep
    let anchor: WindowRequest.Anchor
    if follow.isFollowing {
      anchor = .end
    } else if let place = log.home ?? log.place {
      anchor = .position(place.position, time: place.time)
    } else {
      anchor = .start
    }
    let window = WindowRequest(
      id: log.requestCount, anchor: anchor, reach: reach, movesCursor: true,
      placement: follow.isFollowing ? .bottom : .visible, fold: options.repeats)
    let isStillNew = isNewSelection || view.isFiltering
    let request = ViewRequest(
      id: view.requestCount, filter: activeFilter, showsOnlyMatches: options.showsOnlyMatches,
      context: options.context, hidden: options.hidden, isNewSelection: isStillNew, window: window)
    view.inFlight = request
    if isNewSelection { view.isPartial = false }
    view.isOutdated = false
    view.progress = 0
    view.foundSoFar = 0
    return [.showView(request)]
  }

  /// The filter that selects records: the one typed or, on `x`, the search.
  var activeFilter: CompiledFilter? {
    options.filtersBySearch ? search.filter : filter.compiled
  }

  /// Sources changed: the view follows, but a filter at work is not disturbed.
  mutating func take(_ summary: SourcesSummary) -> [Effect] {
    let isLearningDue = isLearningDue(from: summary)
    moveBookmarks(to: summary)
    self.summary = summary
    tellOfOpened(in: summary)
    var effects: [Effect] = isLearningDue ? [.learnVocabulary] : []
    if view.inFlight != nil {
      view.isOutdated = true
    } else {
      effects += requestView(isNewSelection: view.id == 0)
    }
    for panel in panels.logs.keys { panels.logs[panel]?.isOutdated = true }
    effects += result.request == nil ? requestResult(isRefresh: false) : refreshResult()
    return effects
  }

  /// Bookmarks go along where the clock of a source is put right.
  private mutating func moveBookmarks(to new: SourcesSummary) {
    for file in Set(bookmarks.marks.map(\.place.position.file)) {
      guard let before = summary.status(of: file)?.clockOffset, let after = new.status(of: file)?.clockOffset,
        before != after
      else { continue }
      bookmarks.move(file, by: after + -before)
    }
  }

  /// Whether there is much more to learn fields and values from than when they were sampled last.
  private mutating func isLearningDue(from new: SourcesSummary) -> Bool {
    let records = new.files.reduce(0) { $0 + $1.recordCount }
    let hasFinished = new.indexingProgress == nil && summary.indexingProgress != nil && records != vocabulary.records
    guard new.files.count != vocabulary.files || records > vocabulary.records * 2 || hasFinished else { return false }
    vocabulary.files = new.files.count
    vocabulary.records = records
    return true
  }

  mutating func takeProgress(_ id: Int, _ fraction: Double, _ found: Int) -> [Effect] {
    guard id == view.inFlight?.id else { return [] }
    view.progress = fraction
    view.foundSoFar = found
    return []
  }

  mutating func take(_ answer: ViewAnswer) -> [Effect] {
    if answer.partOf != nil { return takePart(answer) }
    guard let request = view.inFlight, answer.id == request.id else { return [] }
    view.isPartial = false
    let wasOutdated = view.isOutdated
    // What indexing brings to light is not new, nor is what was in a file before it was opened.
    let wasComplete = view.isIndexed && view.totalCount > 0
    view.inFlight = nil
    view.isOutdated = false
    view.id = answer.id
    view.count = answer.count
    view.totalCount = answer.totalCount
    view.matchCount = answer.matchCount
    view.clauses = answer.clauses
    view.isIndexed = answer.isIndexed
    view.span = answer.span
    view.writtenOffset = answer.writtenOffset
    sources.matchCounts = answer.matchesBySource
    warn(answer.warnings)
    let isAllOld = request.isNewSelection || !wasComplete
    follow.countAtPause = isAllOld ? answer.count : follow.countAtPause + answer.openedCount

    var effects = install(answer.window, isNewSelection: request.isNewSelection)
    // Folding was changed while the view was built.
    if answer.window.request.fold != options.repeats { effects += refetch() }
    effects += open()
    effects += releaseOutput()
    effects += findSpots()
    effects += refreshAxis()
    if wasOutdated { effects += requestView(isNewSelection: false) }
    return effects
  }

  /// Shows doubts that turned up while the filter was evaluated: in its prompt, or in the status line.
  private mutating func warn(_ warnings: [Diagnostic]) {
    guard let warning = warnings.first else { return }
    filter.warnings += warnings
    if prompt?.kind == .filter {
      if prompt?.problem == nil { prompt?.problem = warning }
    } else {
      say(warning.message + (warning.help.map { "; " + $0 } ?? ""), .warning)
    }
  }

  /// Puts the rows of a new view in place; the cursor stays on its record, or goes to the nearest in time.
  mutating func install(_ window: Window, isNewSelection: Bool) -> [Effect] {
    let asked = log.pending
    let cursor = log.home ?? log.place
    log.pending = nil
    if let asked, asked.movesCursor, !follow.isFollowing || asked.anchor == .end {
      // A jump was under way in the old view: its answer will be dropped, so it is asked for again.
      show(window, cursorAt: cursor.flatMap { window.index(of: $0.position) } ?? window.anchor)
      return request(asked.anchor, delta: asked.delta, movesCursor: true, placement: asked.placement)
    }
    if follow.isFollowing, window.request.anchor == .end {
      log.home = nil
      show(window, cursorAt: window.rows.indices.last, placement: .bottom)
      return refill()
    }
    if let cursor, let index = window.index(of: cursor.position) {
      log.home = nil
      show(window, cursorAt: index)
      return refill()
    }
    log.home = cursor
    show(window, cursorAt: window.anchor ?? window.rows.indices.last, isFar: true)
    // The cursor moved while the view was built: look again from where it is now.
    if let cursor, window.request.anchor != .position(cursor.position, time: cursor.time), !window.rows.isEmpty {
      return request(.position(cursor.position, time: cursor.time), movesCursor: true)
    }
    return refill()
  }

  /// Replaces the rows and sets the cursor; nil only without rows.
  private mutating func show(
    _ window: Window, cursorAt index: Int?, placement: WindowRequest.Placement = .visible, isFar: Bool = false
  ) {
    let before = log.cursor
    log.window = window
    measureColumns()
    log.cursor = (index ?? window.rows.indices.last).map { window.rows[$0].position }
    if log.cursor != before {
      log.cursorLine = 0
      detail.scroll = 0
      detail.selected = min(detail.selected, max(0, detailItems.count - 1))
    }
    keepCursorVisible(placement: placement, isFar: isFar)
  }

  mutating func take(_ window: Window) -> [Effect] {
    guard let pending = log.pending, pending.id == window.request.id else { return [] }
    guard window.view == view.id else {
      // Cut from another view than the one on the screen. If one is being built, its answer asks again; if workers
      // show one whose answer was dropped (it came when it was cancelled already), the right one is built anew.
      if view.inFlight != nil { return [] }
      if window.view > view.id { return requestView(isNewSelection: true) }
      return request(
        pending.anchor, delta: pending.delta, movesCursor: pending.movesCursor, placement: pending.placement)
    }
    log.pending = nil
    if let problem = window.problem {
      say(problem, .warning)
      if log.leftTheEnd { return resumeFollowing() }
    }
    log.leftTheEnd = false
    guard pending.movesCursor else {
      show(window, cursorAt: log.cursor.flatMap(window.index(of:)) ?? window.anchor)
      return refill()
    }
    guard let anchor = window.anchor else { return [] }
    if pending.anchor != log.home.map({ .position($0.position, time: $0.time) }) { log.home = nil }
    let isFar = log.window.index(of: window.rows[anchor].position) == nil
    if window.firstRank + anchor + 1 < window.count, pending.anchor != .end { pause() }
    show(window, cursorAt: anchor, placement: pending.placement, isFar: isFar)
    return refill()
  }

  /// Changes options; remembers the old ones for `U` and asks for other records if need be.
  mutating func change(_ body: (inout ViewOptions) -> Void) -> [Effect] {
    let before = options
    body(&options)
    guard options != before else { return [] }
    undo.push(before)
    return optionsChanged(from: before)
  }

  /// Brings everything in line with changed options.
  mutating func optionsChanged(from before: ViewOptions) -> [Effect] {
    if options.filter != before.filter, case .success(let compiled) = compile(options.filter) { setFilter(compiled) }
    if options.wraps { log.horizontalOffset = 0 }
    let effects = resultOptionsChanged(from: before)
    guard options.selectsOtherRecords(than: before) else {
      // Zooming leaves the rows alone.
      if options.zoom == before.zoom, options.span == before.span { log.topLine = 0 }
      keepCursorVisible()
      let rows = options.repeats == before.repeats ? refill() : refetch()
      return effects + rows + (options.zoom == before.zoom ? [] : refreshAxis())
    }
    return effects + requestView(isNewSelection: true)
  }

  /// Runs the pipeline of changed options, or ends the one that is not wanted any more.
  mutating func resultOptionsChanged(from before: ViewOptions) -> [Effect] {
    guard showsResult else {
      guard !before.pipeline.isEmpty else { return [] }
      result.isRunning = false
      return [.cancel(.analysis)]
    }
    if before.pipeline.isEmpty {
      detail.isOpen = false
      if focusedPane == .detail { focusedPane = .log }
    }
    if options.zone != before.zone { rearrangeResult() }
    let isSame =
      options.query == before.query && options.hidden == before.hidden && result.request?.query == options.query
    return isSame ? [] : requestResult(isRefresh: false)
  }

  mutating func undoView() -> [Effect] {
    let before = options
    guard let earlier = undo.pop(differingFrom: before) else { return say("nothing to undo") }
    options = earlier
    let effects = optionsChanged(from: before)
    say(options.filter == before.filter ? "undone" : options.filter.isEmpty ? "no filter" : "filter: \(options.filter)")
    return effects
  }

  // MARK: Filters

  /// Reads and compiles a filter; nil for the empty one.
  func compile(_ text: String) -> Result<CompiledFilter?, Diagnostic> {
    guard text.contains(where: { !$0.isWhitespace }) else { return .success(nil) }
    do {
      return .success(try QueryCompiler.compile(text, context: queryContext))
    } catch {
      return .failure(error)
    }
  }

  /// What a query needs to know of the present.
  var queryContext: QueryContext {
    QueryContext(
      now: now, newest: view.span?.upperBound, cursor: log.cursorRow?.time, isFollowing: follow.isFollowing,
      zone: screenZone, savedFilters: settings.savedFilters, knownFields: Set(vocabulary.values.keys))
  }

  mutating func setFilter(_ compiled: CompiledFilter?) {
    filter.compiled = compiled
    filter.slides = compiled?.slides ?? false
    filter.warnings = compiled?.warnings ?? []
    slid = now
    if compiled != nil { options.filtersBySearch = false }
  }

  /// Reads a filter with or without a pipeline; `@name` alone may stand for both.
  func read(_ text: String) -> Result<ReadQuery, Diagnostic> {
    var parts = QueryParts(text)
    if let saved = parts.savedName.flatMap({ settings.savedFilters[$0] }) {
      let inner = QueryParts(saved)
      if !inner.pipeline.isEmpty {
        parts.filter = inner.filter
        parts.pipeline = inner.pipeline + (parts.pipeline.isEmpty ? "" : " " + parts.pipeline)
      }
    }
    if !parts.pipeline.isEmpty {
      do { _ = try QueryParser.parse(text) } catch { return .failure(error) }
    }
    return compile(parts.filter).map { ReadQuery(filter: parts.filter, compiled: $0, pipeline: parts.pipeline) }
  }

  /// Puts a query in force; an invalid one is refused with its message.
  mutating func apply(filter text: String) -> [Effect] {
    switch read(text) {
    case .failure(let problem): return say(problem.sentence, .error)
    case .success(let query):
      let effects = change {
        $0.filter = query.resolvedFilter
        $0.pipeline = query.pipeline
      }
      if let warning = filter.warnings.first { say(warning.message + (warning.help.map { "; " + $0 } ?? ""), .warning) }
      return effects
    }
  }
}
