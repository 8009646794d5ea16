import LogFiles
import QueryLanguage
import Records
import Timelines

/// Looking along the log for what the scroll bar marks.
extension Workspace {
  /// More files than this have no marks: a rank costs a look at each of them.
  private static let surveyLimit = 256

  /// Counts the records with errors, and those that match, that each row of the scroll bar stands for.
  ///
  /// Counted by rank: where each row begins is found among the errors too, and the difference is what lies between. O(rows) ranks
  /// and an evaluation of the filters, whose leaves the engine keeps.
  func survey(_ request: MinimapRequest, _ cancellation: Cancellation, _ emit: (Event) -> Void) {
    let view = shown.withLock { $0 }
    let timeline = view.timeline
    guard view.id == request.view, request.rows > 0, timeline.count > 0,
      timeline.snapshot.files.count <= Self.surveyLimit
    else { return }
    let starts = (0..<request.rows).compactMap { row -> Position? in
      cancellation.isCancelled
        ? nil : timeline.record(at: Minimap.firstRank(ofRow: row, timeline.count, request.rows))?.position
    }
    guard starts.count == request.rows else { return }
    let base = request.subject.showsOnlyMatches ? view.request?.filter?.predicate : nil
    let errors = Level.allCases.filter { $0 >= .error }.reduce(UInt16(0)) { $0 | 1 << $1.rawValue }
    func counts(_ predicate: Predicate) -> [Int]? {
      let both = Predicate.all(of: [base, predicate].compactMap { $0 })
      guard let found = engine.evaluate(both, over: timeline.snapshot, cancellation: cancellation) else { return nil }
      let among = Timeline(timeline.snapshot, filter: found, hidden: request.subject.hidden)
      let ranks = starts.map { cancellation.isCancelled ? 0 : among.rank(of: $0) } + [among.count]
      return zip(ranks, ranks.dropFirst()).map { max(0, $1 - $0) }
    }
    guard let errorCounts = counts(.leaf(.levels(errors))) else { return }
    var matchCounts = Array(repeating: 0, count: request.rows)
    if let marked = request.search?.predicate ?? (request.marksFilter ? view.request?.filter?.predicate : nil) {
      guard let found = counts(marked) else { return }
      matchCounts = found
    }
    if cancellation.isCancelled { return }
    let marks = zip(errorCounts, matchCounts).map { Minimap.Mark(errors: $0, matches: $1) }
    emit(.minimap(Minimap(request: request, marks: marks)))
  }
}

extension Minimap {
  /// The row that stands for a record.
  static func row(ofRank rank: Int, count: Int, rows: Int) -> Int {
    guard count > 0, rows > 0 else { return 0 }
    return min(rows - 1, Int(Int128(rank) * Int128(rows) / Int128(count)))
  }

  /// The first record that a row stands for.
  static func firstRank(ofRow row: Int, _ count: Int, _ rows: Int) -> Int {
    min(max(0, count - 1), Int((Int128(row) * Int128(count) + Int128(rows) - 1) / Int128(max(1, rows))))
  }
}
