import LogFiles
import QueryLanguage
import Synchronization
import Timelines

/// Runs pipelines over snapshots of logs, on all cores.
///
///     let analyser = Analyser()
///     let table = try analyser.run(plan, over: files.snapshot())
///
/// What it computed of segments that stay as they are is kept for the next run of the same plan: when a file grows, only its
/// last segment is read again. Safe on any thread; of runs at the same time only one serves the next.
public final class Analyser: Sendable {
  /// What a run came to of the segments that do not change any more.
  private struct Base: Sendable {
    var query: String
    var hidden: Set<FileID>
    var units: Set<RecordFeed.Unit>
    var sink: any RecordSink
  }

  private let engine: FilterEngine
  private let workers: Int
  private let base = Mutex<Base?>(nil)

  /// Works with the cache of `engine`, which the screen shares, and at most `workers` threads.
  public init(engine: FilterEngine = FilterEngine(), workers: Int = FilterEngine.defaultWorkers) {
    self.engine = engine
    self.workers = max(workers, 1)
  }

  /// The result of `plan` over the records of `snapshot`, but for those of `hidden` files; nil if it was cancelled.
  ///
  /// `partial` is told, a few times a second and from any thread, what all pieces that are done came to, and the share that is
  /// done, 0 to 1. Blocks until done.
  public func run(
    _ plan: PipelinePlan, over snapshot: LogSnapshot, hidden: Set<FileID> = [],
    cancellation: Cancellation = Cancellation(), partial: (@Sendable (ResultTable, Double) -> Void)? = nil
  ) throws(Diagnostic) -> ResultTable? {
    guard let feed = feed(plan, snapshot, hidden, cancellation) else { return nil }
    // What stands around a match changes with the matches in the next segment.
    let known = plan.contextCount > 0 ? nil : takeBase(plan, hidden, feed)
    let (settled, open) = Self.split(feed.units, known: known?.units ?? [])
    let first = pass(settled, feed, plan, after: known?.sink, cancellation, partial)
    guard !cancellation.isCancelled else { return nil }
    let units = (known?.units ?? []).union(settled.map { feed.units[$0] })
    base.withLock {
      $0 = Base(query: plan.identity, hidden: hidden, units: units, sink: first)
    }
    let all = pass(open, feed, plan, after: first, cancellation, nil)
    return cancellation.isCancelled ? nil : try plan.table(of: all)
  }

  private func feed(
    _ plan: PipelinePlan, _ snapshot: LogSnapshot, _ hidden: Set<FileID>, _ cancellation: Cancellation
  ) -> RecordFeed? {
    guard plan.contextCount > 0 else { return engine.feed(plan.filter.predicate, over: snapshot, hidden: hidden) }
    return engine.feed(
      plan.filter.predicate, over: snapshot, hidden: hidden, context: plan.contextCount, cancellation: cancellation)
  }

  /// What an earlier run left, if all that it saw is still there.
  private func takeBase(_ plan: PipelinePlan, _ hidden: Set<FileID>, _ feed: RecordFeed) -> Base? {
    guard let known = base.withLock({ $0 }), known.query == plan.identity, known.hidden == hidden,
      known.units.isSubset(of: feed.units)
    else { return nil }
    return known
  }

  /// The numbers of the units that are not known: those that stay as they are, and those that may grow (the last of each generation).
  private static func split(
    _ units: [RecordFeed.Unit], known: Set<RecordFeed.Unit>
  ) -> (settled: [Int], open: [Int]) {
    var settled: [Int] = []
    var open: [Int] = []
    for number in units.indices {
      let isLast = number + 1 == units.count || units[number + 1].generation != units[number].generation
      if isLast { open.append(number) } else if !known.contains(units[number]) { settled.append(number) }
    }
    return (settled, open)
  }

  private func pass(
    _ numbers: [Int], _ feed: RecordFeed, _ plan: PipelinePlan, after earlier: (any RecordSink)?,
    _ cancellation: Cancellation, _ partial: (@Sendable (ResultTable, Double) -> Void)?
  ) -> any RecordSink {
    let run = PieceRun(plan, count: numbers.count, after: earlier) {
      { piece, worker in
        let unit = feed.units[numbers[piece]]
        worker.take(file: unit.file, generation: unit.generation) { take in
          feed.forEachRecord(of: numbers[piece], cancellation: cancellation) { take($0, $1) }
        }
      }
    }
    run.run(workers: workers, cancellation: cancellation) { sink, share in
      guard let partial, let table = try? plan.table(of: sink, isPartial: true) else { return }
      partial(table, share)
    }
    return run.sink
  }
}
