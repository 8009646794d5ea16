import Dispatch
import Glibc
import LogFiles
import Matching
import QueryLanguage
import Quantities
import Synchronization

/// Evaluates filters over snapshots, on all cores, and remembers the answer of every leaf in every segment.
///
///     let engine = FilterEngine()
///     let result = engine.evaluate(filter.predicate, over: files.snapshot(), cancellation: cancellation)
///     let timeline = Timeline(files.snapshot(), filter: result)
///
/// A changed filter computes only the leaves that are new, a grown file only its last segment. Safe on any thread; several
/// evaluations may run at once.
public final class FilterEngine: Sendable {
  let cache: LeafCache
  private let workers: Int

  /// Makes an engine whose cache holds at most `cacheLimit` bytes, and that works with `workers` threads.
  public init(cacheLimit: Int = 64 << 20, workers: Int = FilterEngine.defaultWorkers) {
    cache = LeafCache(limit: cacheLimit)
    self.workers = max(workers, 1)
  }

  /// One thread a core, at most eight: more do not help memory.
  public static var defaultWorkers: Int { min(max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1), 8) }

  /// Evaluates a compiled filter; see `evaluate(_:over:cancellation:progress:partial:)` for predicates.
  public func evaluate(
    _ filter: CompiledFilter, over snapshot: LogSnapshot, cancellation: Cancellation = Cancellation(),
    progress: (@Sendable (Double, Int) -> Void)? = nil, partial: (@Sendable (FilterResult) -> Void)? = nil
  ) -> FilterResult? {
    evaluate(filter.predicate, over: snapshot, cancellation: cancellation, progress: progress, partial: partial)
  }

  /// Finds the records of `snapshot` that pass `predicate`; nil if it was cancelled, soon after it was.
  ///
  /// The newest segments come first. `progress` is told, about 30 times a second and from any thread, the fraction done (0 to
  /// 1) and the records found so far; `partial`, about 5 times a second, a result in which what is not yet evaluated is
  /// missing. Blocks until done.
  public func evaluate(
    _ predicate: Predicate, over snapshot: LogSnapshot, cancellation: Cancellation = Cancellation(),
    progress: (@Sendable (Double, Int) -> Void)? = nil, partial: (@Sendable (FilterResult) -> Void)? = nil
  ) -> FilterResult? {
    let evaluation = Evaluation(
      predicate, over: snapshot, cache: cache, cancellation: cancellation, progress: progress, partial: partial)
    evaluation.run(workers: workers)
    return cancellation.isCancelled ? nil : evaluation.result(isComplete: true)
  }

  /// The number of records that pass `predicate`; nil if cancelled.
  public func count(
    of predicate: Predicate, over snapshot: LogSnapshot, cancellation: Cancellation = Cancellation()
  ) -> Int? {
    evaluate(predicate, over: snapshot, cancellation: cancellation)?.count
  }

  /// What each top-level part of `filter` passes by itself, for the screen that explains an empty result.
  public func clauseCounts(
    of filter: CompiledFilter, over snapshot: LogSnapshot, cancellation: Cancellation = Cancellation()
  ) -> [(text: String, count: Int)]? {
    var counts: [(text: String, count: Int)] = []
    for clause in filter.clauses {
      guard let count = count(of: clause.predicate, over: snapshot, cancellation: cancellation) else { return nil }
      counts.append((clause.text, count))
    }
    return counts
  }

  /// Bytes that the cache holds at present.
  public var cacheByteCount: Int { cache.byteCount }
}

/// One run of a predicate over a snapshot: a queue of segments, workers that take from it, the answers.
private final class Evaluation: Sendable {
  private struct Unit { var generation, segment, byteCount: Int }

  private struct Answers {
    var segments: [[SegmentBits?]]
    var done = 0
    var count = 0
    var lastProgress: ContinuousClock.Instant?
    var lastPartial: ContinuousClock.Instant?
  }

  private let predicate: Predicate
  private let snapshot: LogSnapshot
  let cache: LeafCache
  private let cancellation: Cancellation
  private let progress: (@Sendable (Double, Int) -> Void)?
  private let partial: (@Sendable (FilterResult) -> Void)?
  private let generations: [Generation]
  private let files: [FileStatus]
  private let narrower: [String: String]
  private let units: [Unit]
  private let byteCount: Int
  private let next = Atomic<Int>(0)
  private let answers: Mutex<Answers>
  private let report = Mutex(())

  init(
    _ predicate: Predicate, over snapshot: LogSnapshot, cache: LeafCache, cancellation: Cancellation,
    progress: (@Sendable (Double, Int) -> Void)?, partial: (@Sendable (FilterResult) -> Void)?
  ) {
    (self.predicate, self.snapshot, self.cache, self.cancellation) = (predicate, snapshot, cache, cancellation)
    (self.progress, self.partial) = (progress, partial)
    generations = snapshot.generations.map(Generation.init)
    let statuses = Dictionary(snapshot.files.map { ($0.file, $0) }, uniquingKeysWith: { first, _ in first })
    files = generations.map { statuses[$0.file] ?? FileStatus(file: $0.file, name: "", shortName: "") }
    narrower = cache.narrower(predicate.leaves.flatMap(\.searched))
    units = Self.units(generations)
    byteCount = units.reduce(0) { $0 + $1.byteCount }
    answers = Mutex(Answers(segments: generations.map { .init(repeating: nil, count: $0.segments.count) }))
  }

  /// All segments with records, newest first.
  private static func units(_ generations: [Generation]) -> [Unit] {
    var units: [(order: Int64, unit: Unit)] = []
    for (number, generation) in generations.enumerated() {
      for segment in generation.segments.indices where generation.segments[segment].index.recordCount > 0 {
        let index = generation.segments[segment].index
        let key = index.latest?.nanoseconds ?? generation.segments[segment].carriedKey?.nanoseconds ?? Key.timeless
        units.append((key, Unit(generation: number, segment: segment, byteCount: index.bytes.count)))
      }
    }
    units.sort { ($0.order, $0.unit.generation, $0.unit.segment) > ($1.order, $1.unit.generation, $1.unit.segment) }
    return units.map(\.unit)
  }

  func run(workers: Int) {
    let workers = min(workers, units.count)
    if workers <= 1 { return work() }
    DispatchQueue.concurrentPerform(iterations: workers) { _ in work() }
  }

  private func work() {
    while !cancellation.isCancelled {
      let number = next.add(1, ordering: .relaxed).oldValue
      guard number < units.count else { return }
      let unit = units[number]
      let scan = SegmentScan(generations[unit.generation], segment: unit.segment, cancellation: cancellation)
      let evaluation = SegmentEvaluation(scan, file: files[unit.generation], cache: cache, narrower: narrower)
      let bits = SegmentBits(words: evaluation.records(of: scan.starts, passing: predicate))
      if cancellation.isCancelled { return }
      answers.withLock {
        $0.segments[unit.generation][unit.segment] = bits
        $0.done += unit.byteCount
        $0.count += bits.count
      }
      tell()
    }
  }

  /// Tells how far the work is, if nobody else is telling and the last time is long enough ago.
  private func tell() {
    guard progress != nil || partial != nil else { return }
    report.withLockIfAvailable { _ in
      let now = ContinuousClock.now
      let (fraction, count, tells, gives) = answers.withLock { answers in
        let tells = answers.lastProgress.map { now - $0 > .milliseconds(30) } ?? true
        let gives = partial != nil && (answers.lastPartial.map { now - $0 > .milliseconds(200) } ?? true)
        if tells { answers.lastProgress = now }
        if gives { answers.lastPartial = now }
        return (Double(answers.done) / Double(max(byteCount, 1)), answers.count, tells, gives)
      }
      if tells { progress?(fraction, count) }
      if gives { partial?(result(isComplete: false)) }
    }
  }

  func result(isComplete: Bool) -> FilterResult {
    let segments = answers.withLock { $0.segments }
    return FilterResult(
      snapshot: snapshot, generations: segments.map(GenerationBits.init(segments:)), isComplete: isComplete)
  }
}

extension Leaf {
  /// The patterns that are looked for in all text.
  var searched: [Pattern] { if case .text(let pattern) = kind { [pattern] } else { prefilters } }
}
