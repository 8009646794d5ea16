public import Quantities
public import Series

extension Skyline {
  /// What one verdict of `spans` looks back on at most.
  static let longestWindow = 1440

  /// The stretches of a series at whose every sample `Skyline` would have found an anomaly.
  ///
  /// Each sample is judged by those before it, a day of minutes at most. The opening is a twenty-fourth of what it looks back
  /// on, as in the original, and like the other stretches at least 20 steps. Samples without 60 before them are not judged.
  ///
  /// O(n * 1440): of 960 samples noise takes 1.5 ms, a random walk, whose ends often divide the algorithms, 14 ms. `isCancelled` is asked once a sample.
  public static func spans(of series: TimeSeries, isCancelled: () -> Bool = { false }) -> [ClosedRange<Timestamp>] {
    let numbers = ContiguousArray(series.samples.filter { $0.value.isFinite })
    let many = TimeSpan.nanoseconds(series.step.nanoseconds.multipliedReportingOverflow(by: 20).partialValue)
    var skyline = Skyline()
    skyline.shortest = 60
    skyline.recent = max(skyline.recent, many)
    skyline.reference = max(skyline.reference, skyline.recent + skyline.recent)
    var spans: [ClosedRange<Timestamp>] = []
    var before: Timestamp?
    for index in numbers.indices.dropFirst(skyline.shortest - 1) {
      if isCancelled() { return [] }
      let time = numbers[index].time
      let window = numbers[max(0, index + 1 - longestWindow)...index]
      skyline.duration = time - (window.first?.time ?? time)
      skyline.opening = max(.nanoseconds(skyline.duration.nanoseconds / 24), many)
      if skyline.isAnomalous(window, now: time) {
        if let last = spans.last, last.upperBound == before {
          spans[spans.count - 1] = last.lowerBound...time
        } else {
          spans.append(time...time)
        }
      }
      before = time
    }
    return spans
  }
}
