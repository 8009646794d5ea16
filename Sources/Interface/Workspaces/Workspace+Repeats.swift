import Timelines

/// Cutting windows in which repeats are folded.
extension Workspace {
  /// The rows around the record at `rank`, one a run of repeats.
  ///
  /// The record that was asked for begins a row of its own where it was found, not only passed: a match of a search inside a run is
  /// seen, and the next step goes on from it.
  func foldedWindow(_ request: WindowRequest, rank: Int, isPinned: Bool, in view: Shown, _ cancellation: Cancellation)
    -> Window
  {
    let timeline = view.timeline
    let isMixed = view.request.map { !$0.showsOnlyMatches || $0.context > 0 } ?? false
    var walk = RepeatWalk(
      timeline, view: view.id, matching: isMixed ? view.matches : nil, isExact: request.fold == .identical,
      keys: repeatKeys, cancellation)
    var target = isPinned ? rank : walk.leader(of: rank) ?? rank
    for _ in 0..<max(0, request.delta) {
      guard let next = walk.end(ofRunAt: target), next < timeline.count else { break }
      target = next
    }
    for _ in 0..<max(0, -max(request.delta, -timeline.count)) {
      guard target > 0, let earlier = walk.leader(of: target - 1) else { break }
      target = earlier
    }
    walk.refresh()
    var runs: [Range<Int>] = []
    var start = target
    while runs.count <= request.reach, start < timeline.count {
      guard let end = walk.end(ofRunAt: start) else { break }
      runs.append(start..<end)
      start = end
    }
    // Where nothing could be read the record stands alone.
    if runs.isEmpty { runs = [target..<target + 1] }
    walk.refresh()
    var earlier: [Range<Int>] = []
    var end = target
    while earlier.count < request.reach, end > 0, let leader = walk.leader(of: end - 1) {
      earlier.append(leader..<end)
      end = leader
    }
    return window(request, of: earlier.reversed() + runs, target: target, &walk, view)
  }

  private func window(
    _ request: WindowRequest, of runs: [Range<Int>], target: Int, _ walk: inout RepeatWalk, _ view: Shown
  ) -> Window {
    var rows: [LogRow] = []
    var kept: [Window.Run] = []
    var anchor: Int?
    for run in runs {
      guard let record = walk.record(at: run.lowerBound) ?? view.timeline.record(at: run.lowerBound),
        let row = view.timeline.row(for: record, matching: view.matches)
      else { continue }
      if run.lowerBound == target { anchor = rows.count }
      rows.append(row)
      let last = run.count > 1 ? walk.record(at: run.upperBound - 1) : nil
      kept.append(Window.Run(ranks: run, lastTime: last?.key ?? row.time, last: last?.position ?? row.position))
    }
    var window = Window(
      request: request, view: view.id, rows: rows, firstRank: kept.first?.ranks.lowerBound ?? 0,
      count: view.timeline.count, anchor: anchor)
    window.runs = kept
    return window
  }
}
