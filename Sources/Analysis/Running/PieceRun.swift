import Dispatch
import QueryLanguage
import Synchronization
import Timelines

/// Pieces of work that fill sinks on several threads, merged in the order of the pieces.
///
/// A sink that may be merged in any order is filled by a thread with all of its pieces; of others each piece fills one,
/// which waits until those before it are merged. Pieces are handed out in order, so that few wait.
public final class PieceRun: Sendable {
  /// Fills the worker with the records of the next piece; its number, or nil if there is no more.
  public typealias Body = (inout PipelineWorker) -> Int?

  private struct State {
    var merged: (any RecordSink)?
    /// The piece up to which all are merged.
    var next = 0
    /// Sinks of pieces that wait for earlier ones.
    var waiting: [Int: any RecordSink] = [:]
    var done = 0
  }

  private let plan: PipelinePlan
  /// How many pieces there are; nil if nobody knows.
  private let count: Int?
  private let makeBody: @Sendable () -> Body
  private let state = Mutex(State())
  /// Held by the thread that tells what is done.
  private let telling = Mutex(())

  /// Work that is taken until there is no more; `makeBody` is called once on each thread.
  public init(_ plan: PipelinePlan, makeBody: @escaping @Sendable () -> Body) {
    self.plan = plan
    count = nil
    self.makeBody = makeBody
  }

  /// Work of `count` pieces that come after what filled the sink `earlier`; `makeBody` is called once on each thread for
  /// what fills the worker with the records of a piece.
  public init(
    _ plan: PipelinePlan, count: Int, after earlier: (any RecordSink)? = nil,
    makeBody: @escaping @Sendable () -> (Int, inout PipelineWorker) -> Void
  ) {
    self.plan = plan
    self.count = count
    let next = Counter()
    self.makeBody = {
      let fill = makeBody()
      return { worker in
        guard let number = next.take(below: count) else { return nil }
        fill(number, &worker)
        return number
      }
    }
    state.withLock { $0.merged = earlier }
  }

  /// Does all pieces on up to `workers` threads, on one if the order of the records counts; returns when all are done, or soon
  /// after it was cancelled.
  ///
  /// `partial` gets, a few times a second and from any thread, what the pieces that are done came to, and their share.
  public func run(
    workers: Int = FilterEngine.defaultWorkers, cancellation: Cancellation = Cancellation(),
    partial: (@Sendable (any RecordSink, Double) -> Void)? = nil
  ) {
    let workers = plan.dependsOnOrder ? 1 : min(workers, count ?? workers)
    if workers <= 1 { return work(cancellation, partial) }
    DispatchQueue.concurrentPerform(iterations: workers) { _ in work(cancellation, partial) }
  }

  /// What all pieces came to.
  public var sink: any RecordSink { state.withLock { $0.merged } ?? plan.makeSink() }

  private func work(_ cancellation: Cancellation, _ partial: (@Sendable (any RecordSink, Double) -> Void)?) {
    var worker = PipelineWorker(plan)
    let body = makeBody()
    let isFree = plan.mergesInAnyOrder
    var shown = ContinuousClock.now
    while !cancellation.isCancelled, let number = body(&worker) {
      state.withLock { $0.done += 1 }
      if isFree { worker.keepBounds() } else { hand(over: &worker, number) }
      guard let partial, ContinuousClock.now - shown > .milliseconds(250) else { continue }
      if isFree { absorb(worker.takeSink()) }
      tell(partial)
      shown = .now
    }
    if isFree, !cancellation.isCancelled { absorb(worker.sink) }
  }

  private func absorb(_ sink: any RecordSink) {
    state.withLock { state in
      if state.merged == nil { state.merged = sink } else { state.merged?.absorb(sink) }
    }
  }

  private func tell(_ partial: @Sendable (any RecordSink, Double) -> Void) {
    telling.withLockIfAvailable { _ in
      let (sink, done) = state.withLock { ($0.merged, $0.done) }
      if let sink, let count { partial(sink, Double(done) / Double(max(count, 1))) }
    }
  }

  /// Merges a piece as soon as all before it are.
  private func hand(over worker: inout PipelineWorker, _ number: Int) {
    let sink = worker.takeSink()
    state.withLock { state in
      state.waiting[number] = sink
      while let ready = state.waiting.removeValue(forKey: state.next) {
        if state.merged == nil { state.merged = ready } else { state.merged?.absorb(ready) }
        state.next += 1
      }
    }
  }
}

/// Counts up, on any thread.
private final class Counter: Sendable {
  private let next = Atomic<Int>(0)

  func take(below count: Int) -> Int? {
    let number = next.add(1, ordering: .relaxed).oldValue
    return number < count ? number : nil
  }
}
