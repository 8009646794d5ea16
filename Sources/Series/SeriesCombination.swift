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
  /// At an instant that some series lack, only those that have a number there count: a series that ends does not end
  /// the line. O(n log n) in all samples.
  public func combined(_ series: [TimeSeries]) -> TimeSeries? {
    guard let first = series.first else { return nil }
    if series.count == 1 { return first }
    var all: [Sample] = []
    all.reserveCapacity(series.reduce(0) { $0 + $1.samples.count })
    for one in series { all.append(contentsOf: one.samples) }
    all.sort { $0.time < $1.time }
    var result: ContiguousArray<Sample> = []
    var index = 0
    while index < all.count {
      let time = all[index].time
      var value = Double.nan
      var count = 0
      while index < all.count, all[index].time == time {
        let next = all[index].value
        index += 1
        guard next.isFinite else { continue }
        value = count == 0 ? next : merged(value, next)
        count += 1
      }
      result.append(Sample(time: time, value: self == .average && count > 0 ? value / Double(count) : value))
    }
    return TimeSeries(samples: result, step: series.map(\.step).min() ?? first.step)
  }

  private func merged(_ left: Double, _ right: Double) -> Double {
    switch self {
    case .sum, .average: left + right
    case .maximum: Swift.max(left, right)
    case .minimum: Swift.min(left, right)
    }
  }
}
