import LogFiles
import Matching
import Quantities
import QueryLanguage
import Records
import TestSupport
import Testing

@testable import Timelines

/// Searching from a rank against its twin, which asks every record in turn.
@Suite struct SearchTests {
  @Test(arguments: 0..<40) func theNearestMatchIsFound(seed: Int) throws {
    var random = SeededGenerator(seed)
    let snapshot = snapshot(randomFiles(&random))
    let records = naive(snapshot)
    let filter = random.chance(50) ? FilterEngine().evaluate(try randomPredicate(&random), over: snapshot) : nil
    let timeline = Timeline(snapshot, filter: filter)
    let shown = records.filter { filter?.contains($0.position) ?? true }
    let text = ["timeout", "number=1", "a\\s+at", "[0-9]$", "nowhere", "line\\(3"][random.below(6)]
    let pattern = try Pattern(text)
    let matches = shown.map { $0.text.withUnsafeBytes(pattern.isMatch) }
    let errors = shown.map { $0.level.map { $0 >= .error } ?? false }
    let predicate = try randomPredicate(&random)
    let result = try #require(FilterEngine().evaluate(predicate, over: snapshot))
    let passing = shown.map { result.contains($0.position) }
    for rank in -1...shown.count where rank % 7 == 0 || rank < 3 || rank > shown.count - 3 {
      for direction in [SearchDirection.forward, .backward] {
        #expect(timeline.search(pattern, from: rank, direction: direction) == twin(matches, rank, direction))
        #expect(timeline.nearest(atLeast: .error, from: rank, direction: direction) == twin(errors, rank, direction))
        #expect(timeline.nearest(in: result, from: rank, direction: direction) == twin(passing, rank, direction))
      }
    }
  }

  @Test func aCancelledSearchFindsNothing() throws {
    let timeline = Timeline(snapshot([TestFile(text: Array("2026-01-02T03:04:05Z INFO a\n".utf8))]))
    let cancellation = Cancellation()
    cancellation.cancel()
    #expect(timeline.search(try Pattern("a"), from: -1, cancellation: cancellation) == nil)
    #expect(timeline.search(try Pattern("a"), from: -1) == 0)
  }

  @Test(arguments: [SearchDirection.forward, .backward]) func aSearchTellsHowFarItIs(direction: SearchDirection) throws
  {
    var random = SeededGenerator(7)
    let timeline = Timeline(snapshot(randomFiles(&random)))
    let beyond = direction == .forward ? -1 : timeline.count
    var told: [Double] = []
    let found = timeline.search(try Pattern("nowhere at all"), from: beyond, direction: direction) { told.append($0) }
    #expect(found == nil)
    #expect(told == told.sorted())
    #expect(told.allSatisfy { (0...1).contains($0) })
    #expect(told.last == 1)
  }

  private func twin(_ matches: [Bool], _ rank: Int, _ direction: SearchDirection) -> Int? {
    switch direction {
    case .forward: matches.indices.first { $0 > rank && matches[$0] }
    case .backward: matches.indices.last { $0 < rank && matches[$0] }
    }
  }
}
