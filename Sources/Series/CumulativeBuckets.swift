private import Quantities

/// The buckets of a histogram, each of which counts those below it too.
public enum CumulativeBuckets {
  /// Buckets without holes, from that of the least bound to that of the greatest; nil stands for one that a histogram lacks.
  ///
  /// All have the instants of the greatest. Where a bucket has no value (native histograms leave out what is empty), or less than the
  /// one below (rates are not exact), it has that of the one below; the least has zero. O(buckets * samples)
  public static func filled(_ buckets: [TimeSeries?]) -> [TimeSeries] {
    guard let total = buckets.last(where: { $0 != nil }) ?? nil else { return [] }
    var below = [Double](repeating: 0, count: total.samples.count)
    return buckets.map { bucket in
      var result = TimeSeries(labels: bucket?.labels ?? [], samples: total.samples, step: total.step)
      var place = 0
      for index in result.samples.indices {
        let value = bucket?.value(at: total.samples[index].time, from: &place) ?? .nan
        below[index] = value.isFinite ? max(value, below[index]) : below[index]
        // Where the whole has a gap, so have its parts.
        result.samples[index].value = total.samples[index].value.isFinite ? below[index] : .nan
      }
      return result
    }
  }
}

extension TimeSeries {
  /// As `value(at:)`, for instants that ascend from call to call: `place` is where the last one was found.
  fileprivate func value(at time: Timestamp, from place: inout Int) -> Double? {
    while place < samples.count, samples[place].time < time { place += 1 }
    if place < samples.count, samples[place].time == time { return samples[place].value }
    return value(at: time)
  }
}
