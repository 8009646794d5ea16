import Quantities

/// The range and step at which a view of so many columns is asked for.
///
/// One-sample spikes over 4 hours in 120 columns: asked at `range / columns` 3 of 20 are seen; asked at the interval of
/// the samples, with the maximum of each column drawn, all 20; and already at 20 s in place of 15, 15 of them. So it is the
/// interval of the samples where those are not too many, else eight points a column. Start and end are multiples of the step: bars stay where they are, and server caches hit.
struct RangePlan: Hashable, Sendable {
  var from: Timestamp
  var to: Timestamp
  var step: TimeSpan

  /// More steps than this Prometheus refuses.
  static let mostSteps: Int64 = 11_000
  /// Every sample is asked for up to this many: a day of samples every 15 s.
  static let manySteps: Int64 = 6000

  /// Plans for `columns` columns from `from` to `to`, samples being stored every `interval`.
  init(from: Timestamp, to: Timestamp, columns: Int, interval: TimeSpan) {
    let range = max((to - from).nanoseconds, 0)
    let isShort = range / max(interval.nanoseconds, 1) <= Self.manySteps
    let wanted = isShort ? interval.nanoseconds : range / Int64(max(columns, 1) * 8)
    let least = range / (Self.mostSteps - 2) + 1
    let base = max(wanted, least)
    step = base <= interval.nanoseconds ? interval : Self.nice(atLeast: TimeSpan(nanoseconds: base))
    step = max(step, .milliseconds(1))
    self.from = Self.floored(from, to: step)
    self.to = Self.floored(to, to: step)
  }

  /// The largest multiple of `step` (from the epoch) not after `time`.
  static func floored(_ time: Timestamp, to step: TimeSpan) -> Timestamp {
    let count = time.nanoseconds.floorDivided(by: max(step.nanoseconds, 1))
    let (product, overflow) = count.multipliedReportingOverflow(by: step.nanoseconds)
    return overflow ? time : Timestamp(nanoseconds: product)
  }

  /// The shortest round span that is not shorter than `span`: 1, 2, 5, 10, 15, 20, 30 s and min, 1, 2, 3, 6, 12 h, days.
  static func nice(atLeast span: TimeSpan) -> TimeSpan {
    if let step = steps.first(where: { $0 >= span }) { return step }
    let day: Int64 = 86_400_000_000_000
    return TimeSpan(nanoseconds: (span.nanoseconds / day + (span.nanoseconds % day == 0 ? 0 : 1)) * day)
  }

  private static let steps: [TimeSpan] =
    [10, 20, 50, 100, 200, 500].map { TimeSpan.milliseconds($0) }
    + ([1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400]
    as [Int64])
    .map { TimeSpan.seconds($0) }
}

extension TimeSpan {
  /// The span as PromQL writes it: `90s`, `1500ms`.
  var promQL: String {
    let milliseconds = max(nanoseconds / 1_000_000, 1)
    return milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
  }

  static func * (span: TimeSpan, count: Int64) -> TimeSpan {
    let (product, overflow) = span.nanoseconds.multipliedReportingOverflow(by: count)
    return TimeSpan(nanoseconds: overflow ? .max : product)
  }
}

extension Timestamp {
  /// Seconds with three decimals, as the APIs take it.
  var apiText: String {
    let milliseconds = nanoseconds.floorDivided(by: 1_000_000)
    let rest = String(abs(milliseconds % 1000))
    return (milliseconds < 0 ? "-" : "") + "\(abs(milliseconds / 1000))."
      + String(repeating: "0", count: 3 - rest.count) + rest
  }
}
