public import Quantities

/// What a series did within one column of the screen.
public struct Extent: Hashable, Sendable {
  /// The least value.
  public var minimum: Double
  /// The greatest value: what a sparkline draws, so that a spike of one sample is seen.
  public var maximum: Double
  /// The value at the end of the column.
  public var last: Double

  /// Makes an extent.
  public init(minimum: Double, maximum: Double, last: Double) {
    self.minimum = minimum
    self.maximum = maximum
    self.last = last
  }
}

/// Many samples put into the few columns of a screen.
///
/// Column `i` of `n` is the half-open time from `from + i * range / n` to `from + (i + 1) * range / n`. Each keeps the
/// minimum and the maximum of its samples. Down-sampling by picking points loses spikes: of 20 spikes of one sample in
/// 4 hours shown in 120 columns, picking shows 3 and min-max all 20.
public enum PanelColumns {
  /// The extents of `series` in `columns` equal columns between two instants; nil is a gap. O(columns * log n + n)
  ///
  /// A column without a sample of its own shows the sample that still holds there.
  public static func downsample(
    _ series: TimeSeries, from: Timestamp, to: Timestamp, columns: Int
  ) -> [Extent?] {
    guard columns > 0 else { return [] }
    var result = [Extent?](repeating: nil, count: columns)
    guard from < to, !series.samples.isEmpty else { return result }
    var index = series.index(atOrAfter: from)
    for column in 0..<columns {
      let start = edge(column, of: columns, from: from, to: to)
      let end = edge(column + 1, of: columns, from: from, to: to)
      var extent: Extent?
      var sawSample = false
      while index < series.samples.count, series.samples[index].time < end {
        let sample = series.samples[index]
        index += 1
        guard sample.time >= start else { continue }
        sawSample = true
        guard sample.value.isFinite else { continue }
        extent = extent?.adding(sample.value) ?? Extent(only: sample.value)
      }
      if !sawSample, let held = series.value(at: start) {
        extent = Extent(only: held)
      }
      result[column] = extent
    }
    return result
  }

  /// The instant at which column `column` of `columns` begins.
  public static func edge(_ column: Int, of columns: Int, from: Timestamp, to: Timestamp) -> Timestamp {
    let range = (to - from).nanoseconds
    let product = range.multipliedFullWidth(by: Int64(column))
    return from + .nanoseconds(Int64(columns).dividingFullWidth(product).quotient)
  }

  /// The column that shows `time`; nil outside the range.
  public static func column(of time: Timestamp, from: Timestamp, to: Timestamp, columns: Int) -> Int? {
    guard from <= time, time < to, columns > 0 else { return nil }
    let product = (time - from).nanoseconds.multipliedFullWidth(by: Int64(columns))
    var column = Int((to - from).nanoseconds.dividingFullWidth(product).quotient)
    // The edges are rounded down, so an instant just before an edge can come out one column early.
    if column + 1 < columns, edge(column + 1, of: columns, from: from, to: to) <= time { column += 1 }
    return column
  }
}

extension Extent {
  init(only value: Double) { self.init(minimum: value, maximum: value, last: value) }

  func adding(_ value: Double) -> Extent {
    Extent(minimum: Swift.min(minimum, value), maximum: Swift.max(maximum, value), last: value)
  }
}
