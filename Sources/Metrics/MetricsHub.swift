public import Quantities
import Synchronization

/// All metric sources and panels of a session: fetches in the background, answers snapshots at once.
///
///     let hub = MetricsHub(sources: [.prometheus(.init(url: "http://localhost:9090"))], now: now) { wake() }
///     hub.setPanels([try PanelSpecification(parsing: "load: node_load1")])
///     hub.setView(from: start, to: end, columns: 66, isFollowing: true)
///     hub.panels()          // .loading; after a wake-up .fresh
///     hub.close()
///
/// Every method may be called from any thread and returns at once. `onChange` is called from worker threads.
public final class MetricsHub: Sendable {
  private let state: Mutex<[PanelState]>
  private let onChange: @Sendable () -> Void

  /// Makes a hub; nothing is asked before there are panels and a view.
  ///
  /// - Parameter now: The wall clock.
  public init(
    sources: [MetricSourceConfiguration], now: @escaping @Sendable () -> Timestamp,
    onChange: @escaping @Sendable () -> Void
  ) {
    state = Mutex([])
    self.onChange = onChange
  }

  /// Replaces the sources (a reloaded configuration); the first is the default. Panels fetch anew.
  public func setSources(_ sources: [MetricSourceConfiguration]) {}

  /// Names and summaries of the sources, the default first.
  public var sources: [(name: String, summary: String)] { [] }

  /// Replaces the panels; those that stay the same keep their data.
  public func setPanels(_ specifications: [PanelSpecification]) {
    state.withLock { $0 = specifications.map { PanelState(specification: $0) } }
    onChange()
  }

  /// Fetches the sources' own choice of panels and shows it, if no panels are set by then.
  public func showDefaultPanels() {}

  /// Sets the time that the panels show, in how many columns, and whether it moves with the present.
  public func setView(from: Timestamp, to: Timestamp, columns: Int, isFollowing: Bool) {}

  /// The panels as they stand.
  public func panels() -> [PanelState] { state.withLock { $0 } }

  /// Tries every source again now, back-off or not.
  public func retry() {}

  /// Completes the expression that a user types into the panel prompt.
  ///
  /// Answers on a worker thread, at least once; again when a list has arrived from the server. `source` nil is the default.
  public func complete(
    _ text: String, cursor: Int, source: String?, answer: @escaping @Sendable (ExpressionCompletion) -> Void
  ) {
    answer(ExpressionCompletion(replaced: cursor..<cursor, candidates: [], problem: nil))
  }

  /// Ends all work; returns within half a second. The hub is of no use afterwards.
  public func close() {}
}

/// What could stand at the cursor of an expression.
public struct ExpressionCompletion: Hashable, Sendable {
  /// A text that could be put in, and what it is.
  public struct Candidate: Hashable, Sendable {
    /// What replaces the typed part.
    public var text: String
    /// `metric`, `counter`, `label`, `value`, `function`.
    public var kind: String
  }

  /// The typed part that a candidate replaces, in UTF-8 bytes.
  public var replaced: Range<Int>
  /// Candidates, best first, at most 200.
  public var candidates: [Candidate]
  /// Why the list may be short, e.g. that the server does not answer.
  public var problem: String?
}
