import Dispatch
import Platform
public import Quantities
import Synchronization

/// All metric sources and panels of a session: fetches in the background, answers snapshots at once.
///
///     let hub = MetricsHub(sources: [.server(.init(url: "http://localhost:9090"))], now: now) { wake() }
///     hub.setPanels([try PanelSpecification(parsing: "load: node_load1")])
///     hub.setView(from: start, to: end, columns: 66, isFollowing: true)
///     hub.panels()          // .loading; after a wake-up .fresh
///     hub.close()
///
/// Every method may be called from any thread and returns at once. `onChange` is called from worker threads.
public final class MetricsHub: Sendable {
  private struct Shared: Sendable {
    var core = HubCore()
    var cancellation = CancellationSignal()
    var wake: Timestamp?
    var isClosed = false
  }

  private let shared = Mutex(Shared())
  private let now: @Sendable () -> Timestamp
  private let onChange: @Sendable () -> Void
  private let workers = DispatchQueue(label: "chiplog.metrics", attributes: .concurrent)
  private let work = DispatchGroup()

  /// Makes a hub; nothing is asked before there are panels and a view.
  ///
  /// - Parameter now: The wall clock.
  public init(
    sources: [MetricSourceConfiguration], now: @escaping @Sendable () -> Timestamp,
    onChange: @escaping @Sendable () -> Void
  ) {
    self.now = now
    self.onChange = onChange
    setSources(sources)
  }

  /// Replaces the sources (a reloaded configuration); the first is the default. Panels fetch anew.
  public func setSources(_ configurations: [MetricSourceConfiguration]) {
    var sources: [any MetricSource] = []
    var mistakes: [String: String] = [:]
    for configuration in configurations {
      switch configuration {
      case .server(let server):
        do {
          sources.append(try MetricSources.source(server))
        } catch {
          mistakes[server.name] = error.message
        }
      case .file(let name, let path): sources.append(MetricsFileSource(name: name, path: path))
      }
    }
    setSources(sources, mistakes: mistakes)
  }

  func setSources(_ sources: [any MetricSource], mistakes: [String: String] = [:]) {
    change { shared, now in
      shared.cancellation.cancel()
      shared.cancellation = CancellationSignal()
      shared.core.replaceSources(sources, mistakes: mistakes, now: now)
    }
  }

  /// Names and summaries of the sources, the default first.
  public var sources: [(name: String, summary: String)] {
    shared.withLock { $0.core.sources.map { ($0.name, $0.summary) } }
  }

  /// Replaces the panels; those that ask for the same keep their data.
  public func setPanels(_ specifications: [PanelSpecification]) {
    change { shared, now in shared.core.replacePanels(specifications, now: now) }
    notify()
  }

  /// Fetches the sources' own choice of panels and shows it, if there are no panels by then.
  public func showDefaultPanels() {
    let (sources, cancellation) = shared.withLock { ($0.core.sources, $0.cancellation) }
    run {
      var panels: [PanelSpecification] = []
      for source in sources {
        for var panel in (try? source.defaultPanels(cancellation: cancellation)) ?? [] {
          panel.source = source.name
          panels.append(panel)
        }
      }
      let chosen = panels
      self.change { shared, now in
        guard shared.core.panels.isEmpty, !chosen.isEmpty else { return }
        shared.core.replacePanels(chosen, now: now)
      }
      self.notify()
    }
  }

  /// Sets the time that the panels show, in how many columns, and whether it moves with the present.
  public func setView(from: Timestamp, to: Timestamp, columns: Int, isFollowing: Bool) {
    let view = PanelView(from: from, to: to, columns: columns, isFollowing: isFollowing)
    change { shared, now in shared.core.show(view, now: now) }
  }

  /// The panels as they stand.
  public func panels() -> [PanelState] { shared.withLock { $0.core.panels } }

  /// Tries every source again now, back-off or not.
  public func retry() { change { shared, now in shared.core.retry(now: now) } }

  /// Completes the expression that a user types into the panel prompt.
  ///
  /// `cursor` is a UTF-8 offset; `source` nil is the default one. Answers once, on a worker thread, as soon as the source
  /// has told its names (they are kept for a while) or has failed to.
  public func complete(
    _ text: String, cursor: Int, source name: String?, answer: @escaping @Sendable (ExpressionCompletion) -> Void
  ) {
    let (source, problem, cancellation) = shared.withLock {
      ($0.core.source(named: name), $0.core.problem(with: name), $0.cancellation)
    }
    run {
      let place = CompletionPlace(text, cursor: cursor)
      if let source {
        answer(place.completion(from: source, cancellation: cancellation))
        source.learnSummaries(cancellation: cancellation)
      } else {
        answer(place.completion(candidates: place.ownNames, problem: problem))
      }
    }
  }

  /// Has the source read an expression; answers once, on a worker thread, with what is wrong and where (UTF-8 bytes of the
  /// expression), or nil if nothing is or nobody can tell.
  public func check(
    _ expression: String, source name: String?, answer: @escaping @Sendable (ExpressionProblem?) -> Void
  ) {
    let (source, cancellation) = shared.withLock { ($0.core.source(named: name), $0.cancellation) }
    guard let source else { return answer(nil) }
    run {
      do throws(MetricError) {
        try source.check(expression, cancellation: cancellation)
        answer(nil)
      } catch {
        guard case .query(let message, let range) = error else { return answer(nil) }
        let count = expression.utf8.count
        answer(ExpressionProblem(message: message, range: range ?? 0..<count, in: expression))
      }
    }
  }

  /// Ends all work; returns within half a second. The hub is of no use afterwards.
  public func close() {
    shared.withLock {
      $0.isClosed = true
      $0.cancellation.cancel()
    }
    // A worker that is stuck in the machine's resolver cannot be called off; it ends by itself and touches nothing.
    _ = work.wait(timeout: .now() + .milliseconds(400))
  }

  deinit { shared.withLock { $0.cancellation.cancel() } }

  private func notify() {
    if !shared.withLock({ $0.isClosed }) { onChange() }
  }

  /// Changes the state, then begins the fetches that are due and arranges to be woken for the next ones.
  private func change(_ body: (inout sending Shared, Timestamp) -> Void) {
    let now = now()
    let (jobs, cancellation, delay) = shared.withLock { shared -> ([HubCore.Job], CancellationSignal, TimeSpan?) in
      guard !shared.isClosed else { return ([], shared.cancellation, nil) }
      body(&shared, now)
      let jobs = shared.core.poll(now)
      return (jobs, shared.cancellation, Self.arrangeWake(&shared, now: now))
    }
    for job in jobs { run { self.perform(job, cancellation: cancellation) } }
    guard let delay else { return }
    let milliseconds = Int(clamping: delay.nanoseconds / 1_000_000 + 1)
    workers.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [weak self] in
      self?.change { shared, _ in shared.wake = nil }
    }
  }

  /// How long until the next wake-up, if one must be set.
  private static func arrangeWake(_ shared: inout Shared, now: Timestamp) -> TimeSpan? {
    guard let due = shared.core.nextDue else { return nil }
    if let wake = shared.wake, wake <= due, wake > now { return nil }
    shared.wake = due
    return max(due - now, .milliseconds(5))
  }

  private func perform(_ job: HubCore.Job, cancellation: CancellationSignal) {
    var interval = job.plan.interval
    var request = job.plan.request(interval: interval ?? FetchPlan.usualInterval)
    let outcome: Result<RangeAnswer, MetricError>
    do {
      if interval == nil {
        interval = try job.source.sampleInterval(
          of: job.plan.expression, at: job.plan.end, cancellation: cancellation)
      }
      request = job.plan.request(interval: interval ?? FetchPlan.usualInterval)
      outcome = .success(try job.source.fetch(request, cancellation: cancellation))
    } catch {
      outcome = .failure(error)
    }
    let isGuess = interval == nil
    change { shared, now in
      shared.core.finished(
        job, request, isGuess: isGuess, outcome, now: now, jitter: Double.random(in: 0...1))
    }
    notify()
  }

  /// Calls `body` on a worker with all sources, or with one.
  func onWorker(
    source name: String?? = .none,
    _ body: @escaping @Sendable ([any MetricSource], CancellationSignal, Timestamp) -> Void
  ) {
    let (sources, cancellation) = shared.withLock { shared -> ([any MetricSource], CancellationSignal) in
      guard let name else { return (shared.core.sources, shared.cancellation) }
      return (shared.core.source(named: name).map { [$0] } ?? [], shared.cancellation)
    }
    let now = now()
    run { body(sources, cancellation, now) }
  }

  private func run(_ body: @escaping @Sendable () -> Void) {
    workers.async(group: work, execute: DispatchWorkItem(block: body))
  }
}
