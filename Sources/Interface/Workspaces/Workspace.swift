import LogFiles
import Metrics
import Quantities
import Synchronization
import Timelines

/// Carries effects out that need the records or the metrics: the worker's side of the interface.
///
/// Effects come in, events go out through `emit`. The program calls it on worker threads, one a lane (see `Effect`);
/// tests call it where they stand, and get the same answers.
///
///     let workspace = Workspace(logs: files, metrics: hub)
///     workspace.perform(effect, cancellation: cancellation) { event in mailbox.put(event) }
public final class Workspace: Sendable {
  /// A view as it is shown: what windows, searches and volumes are answered from.
  struct Shown: Sendable {
    /// The request's `id`; 0 before the first.
    var id = 0
    /// The records shown.
    var timeline = Timeline(LogSnapshot())
    /// What was asked for; nil before the first.
    var request: ViewRequest?
    /// What the filter matches, without context; nil without a filter.
    var matches: FilterResult?
  }

  let logs: any LogProvider
  let metrics: (any MetricsProvider)?
  let results: any ResultProvider
  let outputs: any OutputProvider
  let engine: FilterEngine
  /// How long a filter runs before what it has found so far is shown.
  let patience: Duration
  let shown = Mutex(Shown())
  let repeatKeys = RepeatKeys()
  let offsets = Mutex<[GenerationID: WrittenOffset]>([:])
  let vocabulary = Mutex(Vocabulary())
  let landmarks = Mutex<(key: LandmarkKey, found: Landmarks)?>(nil)

  /// Makes a workspace over the records of `logs` and the panels of `metrics`, which runs pipelines by `results`.
  ///
  /// A filter that takes longer than `patience` shows what it has found so far.
  public init(
    logs: any LogProvider, metrics: (any MetricsProvider)? = nil, results: any ResultProvider = NoResults(),
    outputs: any OutputProvider = NoOutputs(), engine: FilterEngine = FilterEngine(),
    patience: Duration = .milliseconds(100)
  ) {
    self.patience = patience
    self.logs = logs
    self.metrics = metrics
    self.results = results
    self.outputs = outputs
    self.engine = engine
  }

  /// Carries out one effect; returns when it is done, or soon after `cancellation` was cancelled.
  ///
  /// May be called from any thread. Effects of one lane must be carried out one after the other; `.host` effects and
  /// `.cancel` are not for it and do nothing. Completions of expressions are emitted from a thread of the metrics hub,
  /// perhaps later.
  public func perform(
    _ effect: Effect, cancellation: Cancellation = Cancellation(), emit: @escaping @Sendable (Event) -> Void
  ) {
    switch effect {
    case .showView(let request): show(request, cancellation, emit)
    case .fetchWindow(let request): emit(.window(window(for: request, in: shown.withLock { $0 }, cancellation)))
    case .search(let request): search(request, cancellation, emit)
    case .analyse(let request): analyse(request, cancellation, emit)
    case .askLogs(let request): ask(request, cancellation, emit)
    case .findAnomalies(let request): findAnomalies(request, cancellation, emit)
    case .findLandmark(let request): findLandmark(request, cancellation, emit)
    case .countVolume(let request): count(request, cancellation, emit)
    case .drawMinimap(let request): survey(request, cancellation, emit)
    case .learnVocabulary: learn(cancellation, emit)
    case .countValues(let field): countValues(of: field, cancellation, emit)
    case .open(let name): logs.open(name: name)
    case .setFormat(let name, let file): logs.setFormat(name, for: file)
    case .setAssumedZone(let zone, let file): logs.setAssumedZone(zone, for: file)
    case .setClockOffset(let offset, let file): logs.setClockOffset(offset, for: file)
    case .setPanels(let panels): metrics?.setPanels(panels.filter { !$0.asksLogs })
    case .setPanelView(let view):
      metrics?.setView(from: view.axis.from, to: view.axis.to, columns: view.columns, isFollowing: view.isFollowing)
    case .completeExpression(let text, let cursor, let source):
      guard let metrics else { return emit(.message("no metric source: --prometheus URL names one", .warning)) }
      metrics.complete(text, cursor: cursor, source: source) { emit(.completions(text: text, $0)) }
    case .checkExpression(let text, let source):
      metrics?.check(text, source: source) { emit(.expressionChecked(text, $0)) }
    case .findAlerts(let request): findAlerts(request, emit)
    case .findExemplars(let request): findExemplars(request, emit)
    case .retryMetrics: metrics?.retry()
    case .giveOut(let request): giveOut(request, cancellation, emit)
    case .findSpots(let spots): emit(.spotsFound(find(spots)))
    case .runProgram, .completePath, .keepSession, .findSession: break
    case .cancel, .copy, .findFiles, .findZone, .setTheme, .setMouse, .saveHistory, .savePanels, .saveColumns,
      .savePanelSet,
      .importPanels,
      .saveQuery,
      .useFolderConfiguration, .redraw, .suspend, .quit:
      break
    }
  }

  /// The view on the screen and what its filter matches, for saving what is shown.
  public var timeline: Timeline { shown.withLock { $0.timeline } }

  private func count(_ request: VolumeRequest, _ cancellation: Cancellation, _ emit: (Event) -> Void) {
    let timeline = shown.withLock { $0.timeline }
    let counts = timeline.histogram(
      from: request.axis.from, to: request.axis.to, columns: request.columns, cancellation: cancellation)
    guard let counts else { return }
    let columns = counts.map { column in Volume.Column(counts: (0..<9).map { Int(column.counts[$0]) }) }
    emit(.volume(Volume(request: request, columns: columns)))
  }

  private func search(
    _ request: SearchRequest, _ cancellation: Cancellation, _ emit: @escaping (Event) -> Void
  ) {
    let timeline = shown.withLock { $0.timeline }
    let direction = request.isForward ? SearchDirection.forward : .backward
    let beyond = request.isForward ? -1 : timeline.count
    var rank = request.from.map { timeline.rank(of: $0.position) } ?? beyond
    // The start itself counts while one types, and so does the record that stands where a lost one was.
    if let from = request.from, request.includesStart || !timeline.contains(from.position) {
      rank -= request.isForward ? 1 : request.includesStart ? -1 : 0
    }
    var hasWrapped = false
    let reporting = SearchProgress(request, emit)
    for number in 0..<request.count {
      // What lies ahead, then all once more.
      let ahead = Double(max(0, request.isForward ? timeline.count - rank : rank))
      let share = ahead / max(1, ahead + Double(timeline.count))
      func progress(_ from: Double, _ part: Double) -> (Double) -> Void {
        { reporting.report((Double(number) + from + $0 * part) / Double(request.count)) }
      }
      var found = timeline.search(
        request.pattern, from: rank, direction: direction, cancellation: cancellation,
        progress: progress(0, rank == beyond ? 1 : share))
      if found == nil, rank != beyond, !cancellation.isCancelled {
        found = timeline.search(
          request.pattern, from: beyond, direction: direction, cancellation: cancellation,
          progress: progress(share, 1 - share))
        hasWrapped = true
      }
      if cancellation.isCancelled { return }
      guard let found else { return emit(.found(SearchAnswer(id: request.id, place: nil, hasWrapped: false))) }
      rank = found
    }
    let place = timeline.record(at: rank).map { record in
      Place(position: record.position, time: timeline.row(for: record)?.time ?? record.key)
    }
    emit(.found(SearchAnswer(id: request.id, place: place, hasWrapped: hasWrapped)))
  }
}

/// Tells how far a search is, a few times a second.
private final class SearchProgress {
  private let id: Int
  private let emit: (Event) -> Void
  private var next = ContinuousClock.now + .milliseconds(100)

  init(_ request: SearchRequest, _ emit: @escaping (Event) -> Void) { (id, self.emit) = (request.id, emit) }

  func report(_ fraction: Double) {
    let now = ContinuousClock.now
    guard now >= next else { return }
    next = now + .milliseconds(100)
    emit(.searchProgress(id: id, fraction: fraction))
  }
}
