import Synchronization
import Timelines

/// Carries effects out that need the records or the metrics: the worker's side of the interface.
///
/// Effects come in, events go out through `emit`. The program calls it on worker threads, one a lane (see `Effect`);
/// tests call it where they stand, and get the same answers.
public final class Workspace: Sendable {
  let logs: any LogProvider
  let metrics: (any MetricsProvider)?

  /// Makes a workspace over the records of `logs` and the panels of `metrics`.
  public init(logs: any LogProvider, metrics: (any MetricsProvider)? = nil) {
    self.logs = logs
    self.metrics = metrics
  }

  /// Carries out one effect; returns when it is done, or soon after `cancellation` was cancelled.
  ///
  /// May be called from any thread. Effects of one lane must be carried out one after the other; `.host` effects and
  /// `.cancel` are not for it and do nothing.
  public func perform(_ effect: Effect, cancellation: Cancellation, emit: @escaping @Sendable (Event) -> Void) {}
}
