import Quantities
import Series

/// Turns native histograms into the series that classic ones have: a cumulative count for each bound, the label `le`.
///
/// The answer to a range query has `histograms: [[seconds, {"count": "9", "sum": "2.5", "buckets": [[rule, "low", "high", "count"], ...]}]]`
/// (Prometheus' documentation, "HTTP API", "Native histograms"); buckets without counts are left out, so that bounds differ from time to
/// time. What is at or below a bound is the sum of the buckets that end there or before.
struct NativeHistograms {
  /// Bounds of one histogram at most, but for the infinite one; of more every second, third ... is taken.
  static let mostBounds = 80

  private struct Moment {
    var time: Timestamp
    var count: Double
    var buckets: [(high: Double, count: Double)]
  }

  /// The series of one histogram with these labels, the least bound first.
  static func series(_ array: JSONView, labels: [Label], step: TimeSpan) -> [TimeSeries] {
    let moments = moments(array)
    guard !moments.isEmpty else { return [] }
    let all = Set(moments.flatMap { $0.buckets.map(\.high) }.filter(\.isFinite)).sorted()
    let stride = max(1, (all.count + mostBounds - 1) / mostBounds)
    let bounds = all.enumerated().filter { ($0.offset + 1) % stride == 0 || $0.offset == all.count - 1 }.map(\.element)
    var result = bounds.map { bound in
      series(labels, le: "\(bound)", step, moments) { moment in
        moment.buckets.reduce(0) { $1.high <= bound ? $0 + $1.count : $0 }
      }
    }
    result.append(series(labels, le: "+Inf", step, moments, \.count))
    return result
  }

  private static func series(
    _ labels: [Label], le: String, _ step: TimeSpan, _ moments: [Moment], _ value: (Moment) -> Double
  ) -> TimeSeries {
    TimeSeries(
      labels: (labels.filter { $0.name != "le" } + [Label(name: "le", value: le)]).sorted { $0.name < $1.name },
      samples: ContiguousArray(moments.map { Sample(time: $0.time, value: value($0)) }), step: step)
  }

  private static func moments(_ array: JSONView) -> [Moment] {
    var result: [Moment] = []
    array.forEachElement { item in
      let parts = item.elements
      guard parts.count == 2, let seconds = parts[0].number, abs(seconds) < 9e9, let count = parts[1]["count"]?.number
      else { return }
      let time = Timestamp(nanoseconds: Int64((seconds * 1000).rounded()) * 1_000_000)
      if let last = result.last, last.time >= time { return }
      var buckets: [(high: Double, count: Double)] = []
      parts[1]["buckets"]?.forEachElement { bucket in
        let numbers = bucket.elements
        guard numbers.count == 4, let high = numbers[2].number, let own = numbers[3].number, own.isFinite else {
          return
        }
        buckets.append((high, own))
      }
      result.append(Moment(time: time, count: count, buckets: buckets))
    }
    return result
  }
}
