import Quantities
import Series

/// The end of a series in the light of all of it: the tests of `Skyline`, one property each.
///
/// All samples are numbers, and there is one at least. Deviations "of the sample" divide by n - 1, others by n, as in the
/// original.
struct SeriesEnding {
  let samples: ArraySlice<Sample>
  /// Of all values.
  let spread: Spread
  /// The mean of the last three values; of fewer than three the last one.
  let tail: Double

  init(_ samples: ArraySlice<Sample>) {
    self.samples = samples
    spread = Spread(samples)
    let last = samples.suffix(3)
    tail = last.count == 3 ? last.reduce(0) { $0 + $1.value } / 3 : last.last?.value ?? 0
  }

  private var last: Double { samples.last?.value ?? 0 }

  var deviatesFromAverage: Bool { abs(tail - spread.mean) > 3 * spread.sampleDeviation }

  /// Grubbs (1969), two-sided: the distance from the mean against the quantile of Student's t at 5% / 2n.
  var isGrubbsOutlier: Bool {
    guard spread.count > 2, spread.deviation > 0 else { return false }
    let distance = abs(tail - spread.mean) / spread.deviation
    // The limit is least, 1.1543, for three values, and takes longer than all other tests.
    return distance > 1.15 && distance > StudentsT.grubbsLimit(count: spread.count)
  }

  var deviatesFromOthers: Bool {
    let others = Spread(samples.dropLast())
    return others.count > 1 && abs(last - others.mean) > 3 * others.sampleDeviation
  }

  func deviates(fromAverageBefore time: Timestamp) -> Bool {
    let opening = Spread(samples.prefix { $0.time < time })
    return opening.count > 1 && abs(tail - opening.mean) > 3 * opening.sampleDeviation
  }

  var deviatesFromMovingAverage: Bool {
    let average = MovingAverage(samples, centreOfMass: 50)
    guard let deviation = average.deviation else { return false }
    return abs(last - average.mean) > 3 * deviation
  }

  /// Differences and deviations that round to zero are none: the original's guard for series that hardly move.
  var deviatesFromLine: Bool {
    guard let line = StraightLine(samples), samples.count >= 3 else { return false }
    let errors = samples.suffix(3).map { line.error(of: $0) }
    let end = errors.reduce(0, +) / 3
    return abs(end) > 3 * line.deviation && line.deviation.rounded(.toNearestOrAwayFromZero) != 0
      && end.rounded(.toNearestOrAwayFromZero) != 0
  }

  var fallsInSparseBin: Bool {
    let histogram = Histogram(samples, bins: 15)
    for bin in histogram.counts.indices where histogram.counts[bin] <= 20 {
      if bin == 0 ? tail <= histogram.edges[0] : (histogram.edges[bin]..<histogram.edges[bin + 1]).contains(tail) {
        return true
      }
    }
    return false
  }

  var deviatesFromMedian: Bool {
    var values = ContiguousArray(samples.map(\.value))
    let median = values.reorderToMedian()
    var distances = ContiguousArray(samples.map { abs($0.value - median) })
    let half = distances.reorderToMedian()
    return half > 0 && abs(last - median) / half > 6
  }

  /// Whether what came since `time` is distributed differently from what came between `start` and `time`.
  ///
  /// Only where that did not wander by itself (Dickey and Fuller's test), and with 20 values on either side.
  func changedDistribution(since time: Timestamp, from start: Timestamp) -> Bool {
    let probe = ContiguousArray(samples.reversed().prefix { $0.time >= time }.map(\.value))
    guard probe.count >= 20 else { return false }
    let before = samples.dropLast(probe.count).reversed().prefix { $0.time >= start }
    let reference = ContiguousArray(before.reversed().map(\.value))
    guard reference.count >= 20 else { return false }
    let test = KolmogorovSmirnov(reference, probe)
    return test.probability < 0.05 && test.distance > 0.5 && Stationarity.isStationary(reference)
  }
}
