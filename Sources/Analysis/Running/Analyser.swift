import LogFiles
import QueryLanguage
import Timelines

/// Runs pipelines over snapshots of logs, on all cores.
///
///     let analyser = Analyser()
///     let table = try analyser.run(plan, over: files.snapshot())
///
/// What it computed of segments that stay as they are is kept for the next run of the same plan: when a file grows, only its
/// last segment is read again. Safe on any thread; one run at a time.
public final class Analyser: Sendable {
  private let engine: FilterEngine
  private let workers: Int

  /// Works with the cache of `engine`, which the screen shares, and at most `workers` threads.
  public init(engine: FilterEngine = FilterEngine(), workers: Int = FilterEngine.defaultWorkers) {
    self.engine = engine
    self.workers = max(workers, 1)
  }

  /// The result of `plan` over the records of `snapshot`, but for those of `hidden` files; nil if it was cancelled.
  ///
  /// `progress` is told the share of the segments that are done, 0 to 1, from any thread. Blocks until done.
  public func run(
    _ plan: PipelinePlan, over snapshot: LogSnapshot, hidden: Set<FileID> = [],
    cancellation: Cancellation = Cancellation(), progress: (@Sendable (Double) -> Void)? = nil
  ) throws(Diagnostic) -> ResultTable? {
    let feed = engine.feed(plan.filter.predicate, over: snapshot, hidden: hidden)
    let run = PieceRun(plan, count: feed.units.count) {
      { number, worker in
        let unit = feed.units[number]
        worker.take(file: unit.file, generation: unit.generation) { take in
          feed.forEachRecord(of: number, cancellation: cancellation) { take($0, $1) }
        }
      }
    }
    run.run(workers: workers, cancellation: cancellation, progress: progress)
    return cancellation.isCancelled ? nil : try plan.table(of: run.sink)
  }
}
