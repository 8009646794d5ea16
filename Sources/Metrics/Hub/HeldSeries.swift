import Quantities
import Series

/// The points that a panel holds, to which tails are added.
struct HeldSeries: Sendable {
  private(set) var series: [TimeSeries] = []
  private(set) var step = TimeSpan.zero
  /// The time that is covered, with points or without.
  private(set) var range: Range<Timestamp>?
  private(set) var unit = MetricUnit.number
  private(set) var boundUnit = MetricUnit.number
  private(set) var combination = SeriesCombination.maximum
  var fetchedAt: Timestamp?

  /// Forgets what was held and takes an answer.
  mutating func replace(with answer: RangeAnswer, _ request: RangeRequest, fetched: Timestamp) {
    series = answer.series
    step = request.step
    range = request.from..<max(request.to, request.from)
    unit = answer.unit
    boundUnit = answer.boundUnit
    combination = answer.combination
  }

  /// Where a tail for `view` begins: one column and one step before the end of what is held; nil if nothing is held.
  func tailStart(of view: PanelView) -> Timestamp? {
    guard let range else { return nil }
    let column = TimeSpan(nanoseconds: (view.to - view.from).nanoseconds / Int64(max(view.columns, 1)))
    return range.upperBound - max(column, step)
  }

  /// Puts a tail in the place of the points from its beginning on.
  mutating func append(_ answer: RangeAnswer, _ request: RangeRequest) {
    for index in series.indices {
      let kept = series[index].index(atOrAfter: request.from)
      series[index].samples.removeSubrange(kept...)
    }
    var places: [[Label]: Int] = [:]
    for (index, one) in series.enumerated() { places[one.labels] = index }
    for tail in answer.series {
      if let place = places[tail.labels] {
        series[place].samples.append(contentsOf: tail.samples)
      } else {
        series.append(tail)
      }
    }
    series.removeAll { $0.samples.isEmpty }
    // A tail may end before what was held did, where the view has moved back: what lay behind it is gone.
    if let held = range { range = held.lowerBound..<max(held.lowerBound, request.to) }
  }

  /// Forgets points before `time`; a view that slides would hold ever more.
  mutating func forget(before time: Timestamp) {
    guard let held = range, held.lowerBound < time, time < held.upperBound else { return }
    for index in series.indices { series[index].samples.removeSubrange(..<series[index].index(atOrAfter: time)) }
    series.removeAll { $0.samples.isEmpty }
    range = time..<held.upperBound
  }
}

extension PanelState {
  /// The most series that are handed to the screen beside the one drawn.
  static let mostSeries = 64

  /// Takes over what is held after an answer.
  mutating func show(_ held: HeldSeries, answer: RangeAnswer, isTail: Bool, now: Timestamp) {
    seriesCount = held.series.count
    let buckets = BucketSums.over(held.series)
    areFilledBuckets = buckets != nil
    if let buckets {
      // What buckets come to together is the greatest of them, as each counts those below too.
      (series, combination, others) = (buckets, .maximum, nil)
      drawn = combination.combined(series)
    } else {
      combination = held.combination
      drawn = combination.combined(held.series)
      keepGreatest(of: held.series)
    }
    drawnLabel = seriesCount > 1 && buckets == nil ? "\(combination.rawValue) of \(seriesCount)" : ""
    boundUnit = held.boundUnit
    unit = specification.unit.map { MetricUnit(named: $0) } ?? held.unit
    isRateOfCounter = answer.isRateOfCounter
    step = held.step
    sentExpression = answer.sentExpression
    fetched = held.range
    status = held.series.isEmpty ? .empty(reason: answer.emptyReason ?? "no series in this time") : .fresh(now)
    var notes: [String] = answer.isRateOfCounter ? ["rate"] : []
    if seriesCount > 1 { notes += ["\(seriesCount) series", buckets != nil ? "buckets" : combination.rawValue] }
    note = (notes + answer.warnings.prefix(1)).joined(separator: ", ")
  }
  /// Hands the greatest series to the screen, in the order in which they came, and what the others come to.
  private mutating func keepGreatest(of all: [TimeSeries]) {
    guard all.count > Self.mostSeries else {
      (series, others) = (all, nil)
      return
    }
    let tops = all.map { $0.bounds?.maximum ?? -.infinity }
    let ranked = all.indices.sorted { (tops[$1], $0) < (tops[$0], $1) }
    series = ranked.prefix(Self.mostSeries).sorted().map { all[$0] }
    others = combination.combined(ranked.dropFirst(Self.mostSeries).map { all[$0] })
  }
}
