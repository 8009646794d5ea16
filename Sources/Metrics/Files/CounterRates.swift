import Quantities
import Series

/// What counters tell: how fast they grow.
enum CounterRates {
  /// The growth per second from each sample to the next, at the later one; a counter that fell began anew at zero.
  ///
  /// After a gap the growth is spread over the gap's length but stands at its end only: the gap stays a gap.
  static func rates(_ series: TimeSeries) -> TimeSeries {
    var result = TimeSeries(labels: series.labels.filter { $0.name != "__name__" }, step: series.step)
    var last: Sample?
    for sample in series.samples where sample.value.isFinite {
      if let last {
        let seconds = (sample.time - last.time).seconds
        result.samples.append(Sample(time: sample.time, value: growth(from: last.value, to: sample.value) / seconds))
      }
      last = sample
    }
    return result
  }

  /// The growth per second over the last `window` before each sample; a window of one sample is a gap.
  static func rates(_ series: TimeSeries, over window: TimeSpan) -> TimeSeries {
    var result = TimeSeries(labels: series.labels.filter { $0.name != "__name__" }, step: series.step)
    let samples = series.samples.filter(\.value.isFinite)
    var sums: [Double] = []
    for (index, sample) in samples.enumerated() {
      let before = index > 0 ? sums[index - 1] + growth(from: samples[index - 1].value, to: sample.value) : 0
      sums.append(before)
    }
    var first = 0
    for (index, sample) in samples.enumerated() {
      while samples[first].time < sample.time - window { first += 1 }
      guard first < index else { continue }
      let seconds = (sample.time - samples[first].time).seconds
      result.samples.append(Sample(time: sample.time, value: (sums[index] - sums[first]) / seconds))
    }
    return result
  }

  private static func growth(from last: Double, to next: Double) -> Double { next >= last ? next - last : next }
}

/// Quantiles of what histograms count.
enum HistogramQuantile {
  /// The value below which a share of the observations lie, by linear interpolation within a bucket, as Prometheus has it.
  ///
  /// - Parameter buckets: Upper bounds, ascending, the last one infinite, with cumulative counts or rates.
  static func value(_ share: Double, buckets: [(bound: Double, count: Double)]) -> Double {
    guard buckets.count >= 2, let last = buckets.last, last.bound == .infinity, last.count > 0 else { return .nan }
    guard share >= 0 else { return -.infinity }
    guard share <= 1 else { return .infinity }
    let rank = share * last.count
    let index = buckets.firstIndex { $0.count >= rank } ?? buckets.count - 1
    if index == buckets.count - 1 { return buckets[buckets.count - 2].bound }
    let upper = buckets[index]
    if index == 0, upper.bound <= 0 { return upper.bound }
    let lower = index > 0 ? buckets[index - 1] : (bound: 0, count: 0)
    let inside = upper.count - lower.count
    guard inside > 0 else { return upper.bound }
    return lower.bound + (upper.bound - lower.bound) * (rank - lower.count) / inside
  }
}
