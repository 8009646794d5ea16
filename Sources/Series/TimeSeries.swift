public import Quantities

/// A value at an instant; NaN says that there is none (a gap).
public struct Sample: Hashable, Sendable {
  /// When the value was taken.
  public var time: Timestamp
  /// The value in the series' own unit.
  public var value: Double

  /// Makes a sample.
  @inlinable public init(time: Timestamp, value: Double) {
    self.time = time
    self.value = value
  }
}

/// A name and value that tell one series from another.
public struct Label: Hashable, Sendable {
  /// The label's name; `__name__` carries the metric's name.
  public var name: String
  /// The label's value.
  public var value: String

  /// Makes a label.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// Values of one metric over time.
///
/// Samples are in time order, no two at the same instant. A sample stands for the time from its instant until the
/// next one, but no longer than one and a half steps: what lies between is a gap, never zero.
///
///     let load = TimeSeries(labels: [], samples: [Sample(time: noon, value: 0.7)], step: .seconds(15))
///     load.value(at: noon + .seconds(10))          // 0.7
///     load.value(at: noon + .minutes(10))          // nil
public struct TimeSeries: Hashable, Sendable {
  /// What tells this series from its sisters.
  public var labels: [Label]
  /// The samples, ascending in time.
  public var samples: ContiguousArray<Sample>
  /// The distance at which samples are expected; positive.
  public var step: TimeSpan

  /// Makes a series; `samples` must ascend in time.
  public init(labels: [Label] = [], samples: ContiguousArray<Sample> = [], step: TimeSpan) {
    self.labels = labels
    self.samples = samples
    self.step = step > .zero ? step : .nanoseconds(1)
  }

  /// The metric's name, empty after most functions.
  public var name: String { labels.first { $0.name == "__name__" }?.value ?? "" }

  /// The name and labels as PromQL writes them: `up{job="app"}`.
  public var title: String {
    let rest = labels.filter { $0.name != "__name__" }.map { "\($0.name)=\"\($0.value)\"" }
    return rest.isEmpty ? name : "\(name){\(rest.joined(separator: ","))}"
  }

  /// The last sample that is a number.
  public var last: Sample? { samples.last { $0.value.isFinite } }

  /// The least and greatest numbers; nil if there are none.
  public var bounds: (minimum: Double, maximum: Double)? {
    var result: (minimum: Double, maximum: Double)?
    for sample in samples where sample.value.isFinite {
      result = (
        Swift.min(result?.minimum ?? sample.value, sample.value),
        Swift.max(result?.maximum ?? sample.value, sample.value)
      )
    }
    return result
  }

  /// The index of the first sample at or after `time`. O(log n)
  public func index(atOrAfter time: Timestamp) -> Int {
    var low = 0
    var high = samples.count
    while low < high {
      let middle = (low + high) / 2
      if samples[middle].time < time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The value that held at `time`; nil in a gap. O(log n)
  public func value(at time: Timestamp) -> Double? {
    let index = index(atOrAfter: time + .nanoseconds(1)) - 1
    guard index >= 0, samples[index].value.isFinite, time < end(ofSample: index) else { return nil }
    return samples[index].value
  }

  /// The instant until which the sample at `index` holds.
  func end(ofSample index: Int) -> Timestamp {
    let time = samples[index].time
    if index + 1 < samples.count {
      let next = samples[index + 1].time
      if (next - time).nanoseconds <= longestHold { return next }
    }
    return time + step
  }

  private var longestHold: Int64 {
    let (sum, overflow) = step.nanoseconds.addingReportingOverflow(step.nanoseconds / 2)
    return overflow ? .max : sum
  }
}
