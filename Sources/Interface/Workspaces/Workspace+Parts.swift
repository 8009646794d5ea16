import QueryLanguage
import Synchronization
import Timelines

/// Showing what a slow filter has found so far.
extension Workspace {
  /// What the engine is to call with the parts of a result; nil where they are not worth showing.
  ///
  /// The newest records are evaluated first. A part is shown where the rows around the cursor are in it already: those that come
  /// later stand above them, and nothing on the screen moves. The first one is shown when it fills the screen, or when ten
  /// times `patience` have gone by.
  func partialViews(
    of request: ViewRequest, _ cancellation: Cancellation, _ emit: @escaping @Sendable (Event) -> Void
  ) -> (@Sendable (FilterResult) -> Void)? {
    guard request.isNewSelection, request.showsOnlyMatches, request.context == 0 else { return nil }
    let began = ContinuousClock.now
    let parts = Mutex(0)
    return { [self] result in
      let elapsed = ContinuousClock.now - began
      guard elapsed >= patience, hasSurroundings(of: request.window.anchor, result), !cancellation.isCancelled else {
        return
      }
      let timeline = Timeline(result.snapshot, filter: result, hidden: request.hidden)
      let screenful = request.window.reach * 2 / 3
      guard timeline.count >= screenful || timeline.count > 0 && elapsed >= patience * 10 else { return }
      let part = parts.withLock { part in
        part = min(part + 1, ViewRequest.idStep - 1)
        return part
      }
      var view = Shown()
      view.id = request.id - ViewRequest.idStep + part
      view.request = request
      view.matches = result
      view.timeline = timeline
      let window = window(for: request.window, in: view, cancellation)
      guard !cancellation.isCancelled, part < ViewRequest.idStep - 1 else { return }
      let published = view
      shown.withLock { $0 = published }
      emit(
        .view(
          ViewAnswer(
            id: view.id, partOf: request.id, count: timeline.count, totalCount: timeline.totalCount,
            matchCount: timeline.count, clauses: [], matchesBySource: [:], warnings: [],
            isIndexed: result.snapshot.isIndexed, span: nil, writtenOffset: .none, window: window)))
    }
  }

  private func hasSurroundings(of anchor: WindowRequest.Anchor, _ result: FilterResult) -> Bool {
    switch anchor {
    case .end: true
    case .position(let position, _): result.hasEvaluated(position)
    default: false
    }
  }
}
