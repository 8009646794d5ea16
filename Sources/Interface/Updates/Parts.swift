/// What a running filter has found so far.
extension State {
  /// Shows it in place of the records before; the filter goes on.
  ///
  /// A cursor that has moved since the filter was asked for stays where it is: the rows around it are asked for anew.
  mutating func takePart(_ answer: ViewAnswer) -> [Effect] {
    guard let request = view.inFlight, answer.partOf == request.id, answer.id > view.id else { return [] }
    view.id = answer.id
    view.count = answer.count
    view.totalCount = answer.totalCount
    view.matchCount = answer.matchCount
    view.clauses = []
    view.isPartial = true
    if let pending = log.pending, pending.movesCursor, !follow.isFollowing || pending.anchor == .end {
      return self.request(
        pending.anchor, delta: pending.delta, movesCursor: true, placement: pending.placement)
    }
    let isAtAnchor = follow.isFollowing && answer.window.request.anchor == .end
    if isAtAnchor || log.home != nil || log.place.flatMap({ answer.window.index(of: $0.position) }) != nil
      || log.window.rows.isEmpty
    {
      return install(answer.window, isNewSelection: true)
    }
    guard let place = log.place else { return [] }
    let isFirst = answer.window.request.anchor == .position(place.position, time: place.time)
    return isFirst
      ? install(answer.window, isNewSelection: true)
      : self.request(.position(place.position, time: place.time), movesCursor: true)
  }
}
