import Dispatch
import Platform
import Quantities
import Synchronization

/// Something that tells its present values and forgets them.
protocol Snapshots: Sendable {
  /// What people call it, without credentials.
  var summary: String { get }
  /// The values of now, at `time` where they bear none of their own.
  func snapshot(at time: Timestamp, cancellation: CancellationSignal) throws(MetricError) -> MetricsFileContent
}

/// A source without a history of its own, collected every few seconds from the first question on.
///
/// Expressions are those of metrics files: selectors, rates, sums, quantiles of histograms.
final class CollectedSource: MetricSource {
  fileprivate struct State: Sendable {
    var samples: CollectedSamples
    var last: Timestamp?
    var failure: MetricError?
    var isTimed = false
    /// What could not be read of the last collection.
    var notes: [String] = []
  }

  let name: String
  var summary: String { snapshots.summary }
  private let snapshots: any Snapshots
  private let interval: TimeSpan
  private let state: Mutex<State>
  /// Held while a collection is under way: who asks meanwhile waits for it.
  private let gate = Mutex(())

  init(name: String, _ snapshots: any Snapshots, every seconds: Double) {
    self.name = name
    self.snapshots = snapshots
    interval = .milliseconds(Int64(min(max(seconds, 0.1), 86_400) * 1000))
    state = Mutex(State(samples: CollectedSamples(interval: interval)))
  }

  func sampleInterval(
    of expression: String, at time: Timestamp, cancellation: CancellationSignal
  ) throws(MetricError) -> TimeSpan? { interval }

  func fetch(_ request: RangeRequest, cancellation: CancellationSignal) throws(MetricError) -> RangeAnswer {
    let samples = try current(cancellation)
    var answer = try samples.content.answer(request) { found in
      emptyReason(request, found: found, samples)
    }
    answer.warnings += state.withLock { $0.notes }
    return answer
  }

  func metricNames(cancellation: CancellationSignal) throws(MetricError) -> [String] {
    try current(cancellation).content.metricNames
  }

  func labelNames(of selector: Selector?, cancellation: CancellationSignal) throws(MetricError) -> [String] {
    try current(cancellation).content.labelNames(of: selector)
  }

  func labelValues(
    of label: String, in selector: Selector?, cancellation: CancellationSignal
  ) throws(MetricError) -> [String] {
    try current(cancellation).content.labelValues(of: label, in: selector)
  }

  func check(_ expression: String, cancellation: CancellationSignal) throws(MetricError) {
    try FileExpression.check(expression)
  }

  func defaultPanels(cancellation: CancellationSignal) throws(MetricError) -> [PanelSpecification] { [] }

  /// What is held, with a collection that is no older than the interval.
  private func current(_ cancellation: CancellationSignal) throws(MetricError) -> CollectedSamples {
    arm(cancellation)
    collect(cancellation)
    let (samples, failure) = state.withLock { ($0.samples, $0.failure) }
    if let failure { throw failure }
    return samples
  }

  /// Collects if the last time is an interval ago.
  private func collect(_ cancellation: CancellationSignal) {
    gate.withLock { _ in
      let now = Clock.now
      // A little early counts: timers and questions do not come to the millisecond.
      if let last = state.withLock({ $0.last }), now >= last, (now - last).nanoseconds < interval.nanoseconds / 10 * 9 {
        return
      }
      let outcome: Result<MetricsFileContent, MetricError>
      do throws(MetricError) {
        outcome = .success(try snapshots.snapshot(at: now, cancellation: cancellation))
      } catch {
        outcome = .failure(error)
      }
      state.withLock { $0.take(outcome, now) }
    }
  }

  /// Begins to collect by itself; ends with this source, or when `cancellation` is cancelled.
  private func arm(_ cancellation: CancellationSignal) {
    let isFirst = state.withLock { state in
      defer { state.isTimed = true }
      return !state.isTimed
    }
    if isFirst { wait(cancellation) }
  }

  private func wait(_ cancellation: CancellationSignal) {
    let delay = DispatchTimeInterval.milliseconds(Int(clamping: interval.nanoseconds / 1_000_000))
    DispatchQueue.global().asyncAfter(deadline: .now() + delay) { [weak self] in
      guard let self, !cancellation.isCancelled else { return }
      self.collect(cancellation)
      self.wait(cancellation)
    }
  }

  private func emptyReason(_ request: RangeRequest, found: Bool, _ samples: CollectedSamples) -> String {
    guard let start = samples.start else { return "\(summary) holds no samples" }
    if request.to + request.step + interval < start {
      return "nothing was collected at this time: this source has no past"
    }
    if found { return "no samples in this time" }
    let missing = samples.content.missing(request.expression)
    let isFirst = missing == "no series" && samples.collections < 2
    return isFirst ? "rates come with the second collection" : missing
  }
}

extension CollectedSource.State {
  /// Takes what a collection brought; what is cancelled says nothing of the source.
  fileprivate mutating func take(_ outcome: Result<MetricsFileContent, MetricError>, _ now: Timestamp) {
    switch outcome {
    case .success(let content):
      samples.add(content)
      (failure, last) = (nil, now)
      notes = content.warnings
    case .failure(.cancelled): failure = .cancelled
    case .failure(let error): (failure, last) = (error, now)
    }
  }
}
