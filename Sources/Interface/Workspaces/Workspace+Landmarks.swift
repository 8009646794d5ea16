import LogFiles
import Quantities
import Records
import Timelines

/// Gaps and bursts of errors among the records shown.
extension Workspace {
  func findLandmark(_ request: LandmarkRequest, _ cancellation: Cancellation, _ emit: (Event) -> Void) {
    let view = shown.withLock { $0 }
    let key = LandmarkKey(view: view.id, kind: request.kind, length: request.axis.span)
    var found = landmarks.withLock { $0?.key == key ? $0?.found : nil }
    if found == nil {
      let search = LandmarkSearch(timeline: view.timeline, length: request.axis.span, cancellation: cancellation)
      found = request.kind == .gap ? search.gaps() : search.bursts()
      guard let found else { return }
      landmarks.withLock { $0 = (key, found) }
    }
    guard let found else { return }
    let rank = nearest(to: request.from.position, time: request.from.time, in: view.timeline)
    let index =
      request.isForward
      ? found.all.firstIndex { $0.rank > rank }.map { min($0 + request.count - 1, found.all.count - 1) }
      : found.all.lastIndex { $0.rank < rank }.map { max($0 - request.count + 1, 0) }
    emit(
      .landmark(
        LandmarkAnswer(
          id: request.id, found: index.map { (found.all[$0], $0 + 1) }, count: found.all.count, least: found.least)))
  }
}

/// What landmarks were looked for in; while it is the same, so are they.
struct LandmarkKey: Hashable, Sendable {
  var view: Int
  var kind: Landmark.Kind
  var length: TimeSpan
}

/// What was found of one kind, in order, and how long a gap must be.
struct Landmarks: Sendable {
  var all: [Landmark] = []
  var least = TimeSpan.zero
}

/// Looks through the whole timeline, not only through what the axis shows; what the axis shows says what is long.
///
/// A gap is a silence of more than a hundredth of the axis shown and of more than ten times the median distance of
/// neighbouring records: it would be seen on the axis, and it is not how these records usually come. A burst is a run of
/// slices, 200 to the axis, each with at least five errors and with more than the median slice by four times and by four
/// standard deviations of a count so large; a run goes on over one slice that has fewer.
struct LandmarkSearch {
  let timeline: Timeline
  /// The length of the axis shown.
  let length: TimeSpan
  let cancellation: Cancellation

  /// More slices than this are not counted: in a part of less than a fiftieth of the log the least gap grows instead.
  static let mostSlices = 50_000
  /// Distances that the median is taken from.
  static let samples = 400

  private struct Slices {
    var counts: [LevelCounts]
    var axis: TimeAxis

    func start(_ slice: Int) -> Timestamp { axis.time(ofColumn: slice, columns: counts.count) }
  }

  /// The records counted in so many slices of the length shown; nil if cancelled.
  private func slices(perAxis: Int) -> Slices? {
    guard let span = timeline.span else {
      return Slices(counts: [], axis: TimeAxis(from: .distantPast, to: .distantPast))
    }
    let axis = TimeAxis(from: span.0, to: max(span.1, span.0) + .nanoseconds(1))
    let share = axis.span.seconds / max(length.seconds, 1e-3)
    let count = Int(min(Double(Self.mostSlices), max(1, Double(perAxis) * share)))
    let counts = timeline.histogram(from: axis.from, to: axis.to, columns: count, cancellation: cancellation)
    return counts.map { Slices(counts: $0, axis: axis) }
  }

  // MARK: Gaps

  /// All gaps in order; nil if cancelled.
  func gaps() -> Landmarks? {
    // A hundredth of the axis covers nine slices of a thousandth, wherever it begins.
    guard let slices = slices(perAxis: 1000) else { return nil }
    let slice = slices.axis.span.divided(by: Int64(max(1, slices.counts.count)))
    let least = max(length.divided(by: 100), medianDistance.times(10), slice.times(9))
    var gaps = Landmarks(least: least)
    var begin: Int?
    for slice in slices.counts.indices {
      if slices.counts[slice].total == 0 {
        if begin == nil { begin = slice }
        continue
      }
      defer { begin = nil }
      guard let first = begin, slice - first >= 8 else { continue }
      if let gap = gap(around: slices.start(first), least: least) { gaps.all.append(gap) }
      if cancellation.isCancelled { return nil }
    }
    return gaps
  }

  /// The silence that holds an instant.
  private func gap(around time: Timestamp, least: TimeSpan) -> Landmark? {
    let rank = timeline.rank(atOrAfter: time)
    guard rank > 0, let before = timeline.record(at: rank - 1), let after = timeline.record(at: rank) else {
      return nil
    }
    let silence = after.key - before.key
    guard silence > least else { return nil }
    return landmark(after, rank: rank, "gap of \(State.length(silence))")
  }

  /// The median of the distances between neighbouring records, of a sample of them spread evenly.
  private var medianDistance: TimeSpan {
    let step = max(1, timeline.count / Self.samples)
    var distances: [TimeSpan] = []
    for rank in stride(from: 0, to: timeline.count - 1, by: step) {
      let pair = timeline.records(from: rank, count: 2)
      if pair.count == 2 { distances.append(pair[1].key - pair[0].key) }
    }
    return distances.sorted().middle ?? .zero
  }

  // MARK: Bursts

  /// All bursts in order; nil if cancelled.
  func bursts() -> Landmarks? {
    guard let slices = slices(perAxis: 200) else { return nil }
    let errors = slices.counts.map { counts in
      Level.allCases.reduce(0) { $0 + ($1 >= .error ? counts[$1] : 0) }
    }
    // Slices without any records tell nothing of what is usual.
    let usual = zip(errors, slices.counts).filter { $1.total > 0 }.map(\.0).sorted().middle ?? 0
    let limit = max(5, usual * 4, usual + Int((4 * Double(usual).squareRoot()).rounded(.up)))
    var bursts = Landmarks()
    var slice = 0
    while slice < errors.count {
      guard errors[slice] >= limit else {
        slice += 1
        continue
      }
      let end = end(ofRunFrom: slice, errors, limit)
      let count = errors[slice..<end].reduce(0, +)
      let time = slices.start(end) - slices.start(slice)
      if let burst = burst(at: slices.start(slice), count: count, in: time, usual: usual * (end - slice)) {
        bursts.all.append(burst)
      }
      if cancellation.isCancelled { return nil }
      slice = end
    }
    return bursts
  }

  private func end(ofRunFrom start: Int, _ errors: [Int], _ limit: Int) -> Int {
    var end = start + 1
    while end < errors.count {
      if errors[end] >= limit {
        end += 1
      } else if end + 1 < errors.count, errors[end + 1] >= limit {
        end += 2
      } else {
        break
      }
    }
    return end
  }

  private func burst(at time: Timestamp, count: Int, in span: TimeSpan, usual: Int) -> Landmark? {
    let start = timeline.rank(atOrAfter: time) - 1
    guard
      let rank = timeline.nearest(atLeast: .error, from: start, direction: .forward, cancellation: cancellation),
      let record = timeline.record(at: rank)
    else { return nil }
    let than = usual > 0 ? ", usually \(TimeText.grouped(usual))" : ""
    return landmark(record, rank: rank, "burst of \(TimeText.grouped(count)) errors in \(State.length(span))\(than)")
  }

  private func landmark(_ record: TimelineRecord, rank: Int, _ text: String) -> Landmark {
    let time = timeline.row(for: record, limit: 4096)?.time ?? record.key
    return Landmark(rank: rank, place: Place(position: record.position, time: time), text: text)
  }
}

extension Array where Element: Comparable {
  /// The middle one of a sorted array.
  fileprivate var middle: Element? { isEmpty ? nil : self[count / 2] }
}

extension TimeSpan {
  /// So many times as long.
  fileprivate func times(_ count: Int64) -> TimeSpan {
    let (product, overflow) = nanoseconds.multipliedReportingOverflow(by: count)
    return .nanoseconds(overflow ? .max : product)
  }
}
