private import Quantities

/// How several series become the one line that a panel has room for.
public enum SeriesCombination: String, Hashable, Sendable {
  /// The sum: what parts of a whole add up to (rates of a counter).
  case sum
  /// The greatest: what no average must hide (gauges, latencies).
  case maximum = "max"
  /// The least.
  case minimum = "min"
  /// The mean.
  case average = "avg"

  /// All of `series` as one; nil if there are none. The step is the least of theirs.
  ///
  /// Each series counts with the value that holds at an instant, so that series sampled at different moments (several
  /// targets in one file) still add up; one that has ended or pauses does not count and does not end the line. The
  /// instants are those of the samples or, where these are all different, multiples of the step.
  /// O(instants * series + n log n)
  public func combined(_ series: [TimeSeries]) -> TimeSeries? {
    guard let first = series.first else { return nil }
    if series.count == 1 { return first }
    let step = series.map(\.step).min() ?? first.step
    var places = [Int](repeating: 0, count: series.count)
    var result = TimeSeries(step: step)
    for time in Self.instants(of: series, step: step) {
      var value = Double.nan
      var count = 0
      for index in series.indices {
        let samples = series[index].samples
        while places[index] < samples.count, samples[places[index]].time <= time { places[index] += 1 }
        let place = places[index] - 1
        guard place >= 0, samples[place].value.isFinite, time < series[index].end(ofSample: place) else { continue }
        value = count == 0 ? samples[place].value : merged(value, samples[place].value)
        count += 1
      }
      result.samples.append(Sample(time: time, value: self == .average && count > 0 ? value / Double(count) : value))
    }
    return result
  }

  private static func instants(of series: [TimeSeries], step: TimeSpan) -> [Timestamp] {
    var all: [Timestamp] = []
    all.reserveCapacity(series.reduce(0) { $0 + $1.samples.count })
    for one in series { all.append(contentsOf: one.samples.map(\.time)) }
    all.sort()
    var distinct: [Timestamp] = []
    for time in all where time != distinct.last { distinct.append(time) }
    let longest = series.map(\.samples.count).max() ?? 0
    guard distinct.count > 2 * longest + 2, let first = distinct.first, let last = distinct.last else {
      return distinct
    }
    let count = (last - first).nanoseconds / step.nanoseconds
    guard count < distinct.count else { return distinct }
    return (0...count).map { first + .nanoseconds($0 * step.nanoseconds) }
  }

  private func merged(_ left: Double, _ right: Double) -> Double {
    switch self {
    case .sum, .average: left + right
    case .maximum: Swift.max(left, right)
    case .minimum: Swift.min(left, right)
    }
  }
}
