import LogFiles
import Matching
import Quantities
import Records
import Synchronization
import TestSupport
import Testing

@testable import QueryLanguage
@testable import Timelines

/// Filters against their twin, the plain truth asked of every record.
@Suite struct FilterTests {
  @Test(arguments: 0..<60) func wordsAgreeWithThePlainTruth(seed: Int) throws {
    var random = SeededGenerator(seed)
    let snapshot = snapshot(randomFiles(&random))
    let engine = FilterEngine()
    let records = naive(snapshot)
    // The same engine for all: what the cache holds of earlier filters must not show.
    for _ in 0..<6 {
      let predicate = try randomPredicate(&random)
      let result = try #require(engine.evaluate(predicate, over: snapshot))
      let expected = records.filter { $0.passes(predicate, in: snapshot) }.map(\.position)
      #expect(Timeline(snapshot, filter: result).records(from: 0, count: .max).map(\.position) == expected)
      #expect(result.count == expected.count && result.isComplete)
      let passing = Set(expected)
      #expect(records.allSatisfy { result.contains($0.position) == passing.contains($0.position) })
    }
  }

  @Test(arguments: 0..<23) func everyQueryAgreesWithThePlainTruth(number: Int) throws {
    var random = SeededGenerator(number)
    let snapshot = snapshot(
      (0..<4).map { file in
        var shape = LogShape.random(&random)
        shape.isStructured = file == 0
        let text = shape.text(150, from: Timestamp(seconds: 1_767_355_200), &random)
        return TestFile(file: file, text: text, segmentSize: [100, 1_000, 1 << 20][random.below(3)])
      })
    let now = Timestamp(seconds: 1_767_355_200)
    let filter = try QueryCompiler.compile(queries[number], context: QueryContext(now: now, newest: now))
    let result = try #require(FilterEngine().evaluate(filter, over: snapshot))
    let expected = naive(snapshot).filter { $0.passes(filter.predicate, in: snapshot) }.map(\.position)
    #expect(Timeline(snapshot, filter: result).records(from: 0, count: .max).map(\.position) == expected)
  }

  @Test(arguments: 0..<30) func aGrownFileGivesWhatAFreshOneDoes(seed: Int) throws {
    var random = SeededGenerator(seed)
    let engine = FilterEngine()
    let predicates = try (0..<4).map { _ in try randomPredicate(&random) }
    var shape = LogShape.random(&random)
    shape.endsWithNewline = true
    let text = shape.text(600, from: Timestamp(seconds: 1_767_355_200), &random)
    var before: LogSnapshot?
    var length = 0
    while length < text.count {
      length = min(text.count, length + random.below(text.count / 3 + 2) + 1)
      let now = snapshot([TestFile(text: Array(text[..<length]), segmentSize: 4_000)], after: before)
      for predicate in predicates {
        let grown = try #require(engine.evaluate(predicate, over: now))
        let fresh = try #require(FilterEngine().evaluate(predicate, over: now))
        #expect(grown.positions == fresh.positions)
      }
      before = now
    }
  }

  @Test func aGrownFileIsScannedAtItsEndOnly() throws {
    var random = SeededGenerator(1)
    let text = LogShape().text(5_000, from: Timestamp(seconds: 1_767_355_200), &random)
    let pattern = Pattern.literal("timeout", ignoresCase: false)
    let leaf = Leaf(key: "text:timeout", kind: .text(pattern))
    let cache = LeafCache(limit: 1 << 20)
    let old = snapshot([TestFile(text: text.dropLast(300), segmentSize: 1 << 24)])
    let new = snapshot([TestFile(text: text, segmentSize: 1 << 24)])
    let scan = SegmentScan(Generation(old.generations[0]), segment: 0, cancellation: nil)
    _ = SegmentEvaluation(scan, file: old.files[0], cache: cache).records(of: scan.starts, passing: .leaf(leaf))
    let later = SegmentScan(Generation(new.generations[0]), segment: 0, cancellation: nil)
    let known = cache.bits(pattern.cacheKey, later, end: 0, keepsUnchanged: true).known
    #expect(known.bitCount > later.starts.bitCount - 140)
  }

  @Test func typingGivesWhatFreshFiltersDo() throws {
    var random = SeededGenerator(11)
    let snapshot = snapshot(randomFiles(&random, records: 800))
    let now = Timestamp(seconds: 1_767_355_200)
    let engine = FilterEngine()
    let typed = [
      "t", "ti", "tim", "time", "timeO", "timeo", "timeout", "tim*out", "~timeout", "~/(?i)timeout/", "imeou", "Time",
    ]
    for text in typed + typed.reversed() + ["level>=warn timeo", "timeout or refused", "msg:timeout"] {
      let filter = try QueryCompiler.compile(text, context: QueryContext(now: now, newest: now))
      let reused = try #require(engine.evaluate(filter, over: snapshot))
      #expect(reused.positions == FilterEngine().evaluate(filter, over: snapshot)?.positions, "\(text)")
    }
  }

  @Test func onlyTextsWithinOthersNarrowThem() throws {
    let cache = LeafCache(limit: 1 << 20)
    func sought(_ text: String, ignoresCase: Bool = true) -> Pattern { .literal(text, ignoresCase: ignoresCase) }
    _ = cache.narrower([sought("tim"), sought("Ab", ignoresCase: false)])
    func narrower(_ pattern: Pattern) -> String? { cache.narrower([pattern])[pattern.cacheKey] }
    #expect(narrower(sought("timeo")) == sought("tim").cacheKey)
    #expect(narrower(sought("timeout")) == sought("timeo").cacheKey)
    #expect(narrower(sought("TIMER", ignoresCase: false)) == sought("tim").cacheKey)
    #expect(narrower(try Pattern("x+timer")) == sought("tim").cacheKey)
    #expect(narrower(sought("cab")) == nil)
    #expect(narrower(sought("xAb", ignoresCase: false)) == sought("Ab", ignoresCase: false).cacheKey)
    #expect(narrower(try Pattern("(tim)?x")) == nil)
  }

  @Test func aRecordThatGrowsInTheNextSegmentIsAskedAgain() {
    let first = Array("2026-01-02T03:04:05Z INFO a\n".utf8)
    let engine = FilterEngine()
    let leaf = Predicate.leaf(Leaf(key: "exact:timeout", kind: .text(.literal("timeout", ignoresCase: false))))
    let old = snapshot([TestFile(text: first + Array("    at one\n".utf8), segmentSize: first.count)])
    #expect(engine.count(of: leaf, over: old) == 0)
    let text = first + Array("    at one\n    at timeout\n".utf8)
    let new = snapshot([TestFile(text: text, segmentSize: first.count)], after: old)
    #expect(new.generations[0].segments[0].index === old.generations[0].segments[0].index)
    #expect(engine.count(of: leaf, over: new) == 1)
  }

  @Test func theCarriageReturnIsNoPartOfARecord() throws {
    let text = "2026-01-02T03:04:05Z INFO x\r\n2026-01-02T03:04:06Z INFO xy\r\n"
    let snapshot = snapshot([TestFile(text: Array(text.utf8))])
    for pattern in ["x.", "x[^a]", "x\\s?.?$"] {
      let leaf = Predicate.leaf(Leaf(key: pattern, kind: .text(try Pattern(pattern))))
      let expected = naive(snapshot).filter { $0.passes(leaf, in: snapshot) }.count
      #expect(FilterEngine().count(of: leaf, over: snapshot) == expected)
    }
  }

  @Test func aCancelledEvaluationGivesNothing() throws {
    var random = SeededGenerator(5)
    let snapshot = snapshot(randomFiles(&random, records: 2_000))
    let cancellation = Cancellation()
    cancellation.cancel()
    let leaf = Predicate.leaf(Leaf(key: "text:a", kind: .text(.literal("a", ignoresCase: false))))
    #expect(FilterEngine().evaluate(leaf, over: snapshot, cancellation: cancellation) == nil)
    #expect(FilterEngine().count(of: leaf, over: snapshot, cancellation: cancellation) == nil)
  }

  @Test(arguments: 0..<20) func whatIsCancelledLeavesNoTraceInTheCache(seed: Int) throws {
    var random = SeededGenerator(seed)
    let snapshot = snapshot(randomFiles(&random, records: 1_000, missing: false))
    let engine = FilterEngine()
    let predicate = try randomPredicate(&random)
    let cancellation = Cancellation()
    let last = random.below(5)
    let calls = Atomic<Int>(0)
    _ = engine.evaluate(
      predicate, over: snapshot, cancellation: cancellation,
      progress: { _, _ in if calls.add(1, ordering: .relaxed).newValue > last { cancellation.cancel() } })
    let result = try #require(engine.evaluate(predicate, over: snapshot))
    #expect(result.positions == FilterEngine().evaluate(predicate, over: snapshot)?.positions)
  }

  @Test func partialResultsAreBeginnings() throws {
    var random = SeededGenerator(9)
    let files = (0..<3).map { file in
      TestFile(
        file: file, text: LogShape().text(3_000, from: Timestamp(seconds: 1_767_355_200), &random), segmentSize: 900)
    }
    let snapshot = snapshot(files)
    let predicate = Predicate.leaf(Leaf(key: "text:timeout", kind: .text(.literal("timeout", ignoresCase: false))))
    let seen = Mutex<(fractions: [Double], results: [FilterResult])>(([], []))
    let result = FilterEngine(workers: 3).evaluate(
      predicate, over: snapshot, progress: { fraction, _ in seen.withLock { $0.fractions.append(fraction) } },
      partial: { result in seen.withLock { $0.results.append(result) } })
    let all = Set(try #require(result).positions)
    let (fractions, results) = seen.withLock { $0 }
    #expect(!fractions.isEmpty && fractions == fractions.sorted() && fractions.allSatisfy { (0...1).contains($0) })
    #expect(!results.isEmpty && results.allSatisfy { !$0.isComplete && Set($0.positions).isSubset(of: all) })
  }

  @Test func theCacheStaysWithinItsBound() throws {
    var random = SeededGenerator(3)
    let text = LogShape().text(3_000, from: Timestamp(seconds: 1_767_355_200), &random)
    let snapshot = snapshot([TestFile(text: text, segmentSize: 2_000)])
    let engine = FilterEngine(cacheLimit: 20_000)
    for number in 0..<30 {
      let leaf = Predicate.leaf(Leaf(key: "text:\(number)", kind: .text(.literal("\(number)", ignoresCase: false))))
      let count = naive(snapshot).filter { $0.passes(leaf, in: snapshot) }.count
      #expect(engine.evaluate(leaf, over: snapshot)?.count == count)
      #expect(engine.cacheByteCount <= 20_000)
    }
  }

  @Test(arguments: 0..<30) func contextIsTheNeighbourhoodOfMatches(seed: Int) throws {
    var random = SeededGenerator(seed)
    let snapshot = snapshot(randomFiles(&random))
    let predicate = try randomPredicate(&random)
    let result = try #require(FilterEngine().evaluate(predicate, over: snapshot))
    let width = random.below(5)
    let context = result.context(width)
    for generation in snapshot.generations {
      let records = naive(snapshot).filter { $0.generation == generation.generation }.sorted { $0.line < $1.line }
      let matches = records.indices.filter { result.contains(records[$0].position) }
      let near = Set(matches.flatMap { max(0, $0 - width)...min(records.count - 1, $0 + width) })
      #expect(records.indices.filter { context.contains(records[$0].position) } == near.sorted())
    }
  }

  @Test func clausesAreCountedByThemselves() throws {
    let text = "2026-01-02T03:04:05Z INFO a one\n2026-01-02T03:04:06Z INFO b\n2026-01-02T03:04:07Z INFO a two\n"
    let snapshot = snapshot([TestFile(text: Array(text.utf8))])
    func clause(_ text: String) -> CompiledFilter.Clause {
      .init(text: text, predicate: .leaf(Leaf(key: text, kind: .text(.literal(text, ignoresCase: false)))))
    }
    let clauses = [clause("INFO a"), clause("b"), clause("c")]
    let filter = CompiledFilter(
      predicate: .and(clauses.map(\.predicate)), warnings: [], unitDoubts: [], resolvedText: "", readAs: nil,
      highlights: [], clauses: clauses, slides: false)
    let counts = try #require(FilterEngine().clauseCounts(of: filter, over: snapshot))
    #expect(counts.map(\.text) == ["INFO a", "b", "c"] && counts.map(\.count) == [2, 1, 0])
    #expect(FilterEngine().evaluate(filter, over: snapshot)?.count == 0)
  }
}

extension FilterResult {
  /// Where the passing records are.
  var positions: [Position] { Timeline(snapshot, filter: self).records(from: 0, count: .max).map(\.position) }
}
