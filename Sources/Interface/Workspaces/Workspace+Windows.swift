import LogFiles
import Quantities
import Records
import Timelines

/// Cutting windows out of a view.
extension Workspace {
  func window(for request: WindowRequest, in view: Shown, _ cancellation: Cancellation) -> Window {
    let timeline = view.timeline
    func answer(_ rows: [LogRow], from first: Int, anchor: Int?, problem: String? = nil) -> Window {
      Window(
        request: request, view: view.id, rows: rows, firstRank: first, count: timeline.count, anchor: anchor,
        problem: problem)
    }
    guard timeline.count > 0 else { return answer([], from: 0, anchor: nil) }
    let rank: Int
    var problem: String?
    switch find(request.anchor, in: timeline, cancellation) {
    case .rank(let found): rank = found
    case .problem(let text, let stay):
      // The rows around the present place, so that a window there is in any case.
      problem = text
      rank = stay
    }
    if request.fold != .none, problem == nil {
      return foldedWindow(request, rank: rank, isPinned: request.anchor.isExact, in: view, cancellation)
    }
    let (sum, overflow) = rank.addingReportingOverflow(problem == nil ? request.delta : 0)
    let target = overflow ? (request.delta < 0 ? 0 : timeline.count - 1) : min(max(0, sum), timeline.count - 1)
    let first = max(0, target - request.reach)
    let records = timeline.records(from: first, count: target - first + 1 + request.reach)
    let rows = records.compactMap { timeline.row(for: $0, matching: view.matches) }
    let anchor = records.indices.contains(target - first) ? records[target - first].position : nil
    return answer(
      rows, from: first, anchor: problem == nil ? rows.firstIndex { $0.position == anchor } : nil, problem: problem)
  }

  private enum Finding {
    case rank(Int)
    case problem(String, stay: Int)
  }

  /// The rank that an anchor means; the timeline is not empty.
  private func find(_ anchor: WindowRequest.Anchor, in timeline: Timeline, _ cancellation: Cancellation) -> Finding {
    let last = timeline.count - 1
    switch anchor {
    case .position(let position, let time): return .rank(nearest(to: position, time: time, in: timeline))
    case .rank(let rank): return .rank(min(max(0, rank), last))
    case .time(let time): return .rank(min(timeline.rank(atOrAfter: time), last))
    case .percent(let percent): return .rank(timeline.rank(atPercent: percent))
    case .start: return .rank(0)
    case .end: return .rank(last)
    case .line(let file, let line): return find(line, of: file, in: timeline)
    case .column(let column, let columns, let axis, let forward):
      return .rank(find(column: column, of: columns, axis: axis, forward: forward, in: timeline))
    case .level(let position, let time, let level, let below, let forward, let count):
      let start = nearest(to: position, time: time, in: timeline)
      return find(level, below: below, from: start, forward: forward, count: count, in: timeline, cancellation)
    }
  }

  /// The rank of a record or, where it is not shown, of the nearest in time.
  func nearest(to position: Position, time: Timestamp, in timeline: Timeline) -> Int {
    let last = timeline.count - 1
    if timeline.contains(position) { return min(timeline.rank(of: position), last) }
    let after = min(timeline.rank(atOrAfter: time), last)
    guard after > 0, let later = timeline.record(at: after), let earlier = timeline.record(at: after - 1) else {
      return after
    }
    func distance(_ record: TimelineRecord) -> UInt64 { (record.key - time).nanoseconds.magnitude }
    return distance(earlier) < distance(later) ? after - 1 : after
  }

  private func find(_ line: LineNumber, of file: FileID, in timeline: Timeline) -> Finding {
    let status = timeline.snapshot.files.first { $0.file == file }
    let name = status?.shortName ?? "the file"
    let generations = timeline.snapshot.generations.filter { $0.file == file }
    guard let newest = generations.last, newest.isIndexed else {
      return .problem("the lines of \(name) are not counted yet", stay: timeline.count - 1)
    }
    var number = line
    if number.rawValue > newest.lineCount { number = LineNumber(max(1, newest.lineCount)) }
    guard let position = timeline.position(ofLine: number, in: file) else {
      return .problem("\(name) has no line \(line.rawValue)", stay: timeline.count - 1)
    }
    return .rank(min(timeline.rank(of: position), timeline.count - 1))
  }

  private func find(column: Int, of columns: Int, axis: TimeAxis, forward: Bool, in timeline: Timeline) -> Int {
    let last = timeline.count - 1
    let rank = min(timeline.rank(atOrAfter: axis.time(ofColumn: column, columns: columns)), last)
    let end = axis.time(ofColumn: column + 1, columns: columns)
    guard !forward, rank > 0, let found = timeline.record(at: rank), found.key >= end,
      let earlier = timeline.record(at: rank - 1)
    else { return rank }
    // An empty column on the way back: the column of the record before it is next.
    guard let before = axis.column(of: earlier.key, columns: columns) else { return rank - 1 }
    return min(timeline.rank(atOrAfter: axis.time(ofColumn: before, columns: columns)), rank - 1)
  }

  private func find(
    _ level: Level, below: Level?, from start: Int, forward: Bool, count: Int, in timeline: Timeline,
    _ cancellation: Cancellation
  ) -> Finding {
    let direction = forward ? SearchDirection.forward : .backward
    var rank = start
    var hits = 0
    while hits < count, !cancellation.isCancelled {
      guard
        let found = timeline.nearest(atLeast: level, from: rank, direction: direction, cancellation: cancellation)
      else {
        if hits > 0 { break }
        let name = below == nil ? "\(level.name) or worse" : level.name
        return .problem("no \(name) \(forward ? "below" : "above")", stay: start)
      }
      rank = found
      if let below, let found = timeline.record(at: rank)?.level, found >= below { continue }
      hits += 1
    }
    return hits > 0 || count <= 0 ? .rank(rank) : .problem("cancelled", stay: start)
  }
}
