import Analysis
import Quantities
import Series
import Themes

/// One line, or one colour of the bars, of a chart over time.
struct ChartSeries: Equatable {
  /// What the legend calls it.
  var name: String
  /// What its numbers measure.
  var unit: Unit
  /// How it is coloured.
  var role: Role
  /// Numbers by the beginning of their slice, in order; in ones, nanoseconds or bytes.
  var samples: [Sample]

  /// What numbers measure.
  enum Unit: Hashable {
    case number, duration, size

    /// As a value of results.
    func value(_ magnitude: Double) -> Value {
      switch self {
      case .number:
        magnitude == magnitude.rounded() && abs(magnitude) < 9e15 ? .integer(Int64(magnitude)) : .number(magnitude)
      case .duration: .duration(magnitude)
      case .size: .size(magnitude)
      }
    }
  }

  /// The number of the slice that begins at an instant; nil if there is none.
  func value(at time: Timestamp) -> Double? {
    samples.first { $0.time == time }?.value
  }
}

/// What is charted: the series of a table with a time slice, the greatest first, and what they have in common.
///
///     time   level  count  p95          two charts: counts of error and warn, p95 of error and warn
///     14:00  error     12  80ms
///     14:00  warn       3  20ms
struct ChartContent: Equatable {
  /// The series that share a scale, at most nine.
  struct Group: Equatable {
    /// The computed column; nil where the scale is shared by several.
    var title: String?
    /// What they measure.
    var unit: ChartSeries.Unit
    /// The series.
    var series: [ChartSeries]
    /// Whether they add up to a whole, so that bars are stacked.
    var isAdditive: Bool
  }

  /// Charts below each other.
  var groups: [Group]
  /// The length of a slice.
  var slice: TimeSpan
  /// The beginnings of all slices that have a row, in order.
  var times: [Timestamp]

  /// How many series have a colour of their own; the rest are put together.
  static let limit = 8

  /// The series of a table; nil if it has no time slice or no numbers. `sums` are the columns whose numbers add up: counts,
  /// rates, sums.
  ///
  /// `span` is the time of all records: a sum that a slice of it lacks is zero.
  init?(_ table: ResultTable, sums: Set<Int>, span: ClosedRange<Timestamp>? = nil) {
    guard let (slice, length) = Self.slice(of: table) else { return nil }
    self.slice = TimeSpan(nanoseconds: length)
    let starts = table.rows.compactMap { row -> Timestamp? in
      if row.cells.indices.contains(slice), case .time(let time) = row.cells[slice] { time } else { nil }
    }
    times = Array(Set(starts)).sorted()
    let all = Self.slices(times, length: length, span: span)
    let keys = table.columns.indices.filter { $0 != slice && table.columns[$0].role != .value }
    let values = table.columns.indices.filter { table.columns[$0].role == .value }
    var groups: [Group] = []
    for column in values {
      guard let unit = Self.unit(of: table, column) else { continue }
      let isAdditive = sums.contains(column)
      let found = Self.series(
        of: table, column, unit: unit, slice: slice, keys: keys, isAdditive: isAdditive, isAdditive ? all : times)
      let title = table.columns[column].name
      if keys.isEmpty, let index = groups.firstIndex(where: { $0.unit == unit && $0.isAdditive == isAdditive }) {
        // Without keys, columns of one unit (p50, p95, p99) are the lines of one chart.
        groups[index].title = nil
        groups[index].series += found
      } else {
        groups.append(Group(title: title, unit: unit, series: found, isAdditive: isAdditive))
      }
    }
    guard !groups.isEmpty, !times.isEmpty else { return nil }
    for index in groups.indices {
      let isOneName = groups[index].series.count == 1
      for place in groups[index].series.indices where groups[index].series[place].role == .text {
        groups[index].series[place].role = isOneName ? .panelSpark : .source(place)
      }
    }
    self.groups = groups
  }

  /// The column of the time slices, and their length in nanoseconds.
  static func slice(of table: ResultTable) -> (column: Int, nanoseconds: Int64)? {
    for (index, column) in table.columns.enumerated() {
      if case .slice(let length) = column.role, length > 0 { return (index, length) }
    }
    return nil
  }

  /// The beginnings of all slices from the first to the last, and on to the ends of `span`; only those known where they would be
  /// more than a screen has use for.
  private static func slices(_ times: [Timestamp], length: Int64, span: ClosedRange<Timestamp>?) -> [Timestamp] {
    guard let first = times.first, let last = times.last else { return [] }
    let from = min(first, span?.lowerBound ?? first)
    let to = max(last, span?.upperBound ?? last)
    // In 128 bits: hostile logs name times that lie 500 years apart.
    let (start, step) = (Int128(first.nanoseconds), Int128(length))
    let before = (start - Int128(from.nanoseconds) + step - 1) / step
    let after = (Int128(to.nanoseconds) - start) / step
    guard before + after < 20_000 else { return times }
    return (-before...after).map { Timestamp(nanoseconds: Int64(clamping: start + $0 * step)) }
  }

  private static func unit(of table: ResultTable, _ column: Int) -> ChartSeries.Unit? {
    for row in table.rows where row.cells.indices.contains(column) {
      switch row.cells[column] {
      case .integer, .number: return .number
      case .duration: return .duration
      case .size: return .size
      case .absent: continue
      case .boolean, .time, .level, .text, .counts: return nil
      }
    }
    return nil
  }

  private static func series(
    of table: ResultTable, _ column: Int, unit: ChartSeries.Unit, slice: Int, keys: [Int], isAdditive: Bool,
    _ times: [Timestamp]
  ) -> [ChartSeries] {
    var samples: [[Value]: [Timestamp: Double]] = [:]
    for row in table.rows where row.cells.count == table.columns.count {
      guard case .time(let time) = row.cells[slice], let value = row.cells[column].magnitude, value.isFinite else {
        continue
      }
      samples[keys.map { row.cells[$0] }, default: [:]][time] = value
    }
    func weight(_ values: [Timestamp: Double]) -> Double {
      isAdditive ? values.values.reduce(0, +) : values.values.max() ?? 0
    }
    let text = ValueText(zone: .utc)
    func name(_ key: [Value]) -> String {
      keys.isEmpty
        ? table.columns[column].name : key.map { $0 == .absent ? "(none)" : text.text($0) }.joined(separator: " ")
    }
    let ranked = samples.map { (key: $0.key, values: $0.value, weight: weight($0.value), name: name($0.key)) }
      .sorted { left, right in
        // Levels as in the volume, the worst first and at the bottom of the bars; else the greatest first.
        if case .level(let a)? = left.key.first, case .level(let b)? = right.key.first, a != b { return b < a }
        return (right.weight, left.name) < (left.weight, right.name)
      }
    var all = ranked.prefix(limit).map { item in
      let level: Role? = if case .level(let level)? = item.key.first { .level(level.rawValue) } else { nil }
      return ChartSeries(
        name: item.name, unit: unit, role: level ?? .text, samples: filled(item.values, times, isAdditive))
    }
    let rest = ranked.dropFirst(limit)
    if !rest.isEmpty {
      var merged: [Timestamp: Double] = [:]
      for item in rest { merged.merge(item.values) { isAdditive ? $0 + $1 : max($0, $1) } }
      all.append(
        ChartSeries(
          name: "\(rest.count) others\(isAdditive ? "" : ", greatest")", unit: unit, role: .dim,
          samples: filled(merged, times, isAdditive)))
    }
    return all
  }

  /// A count that a slice lacks is zero; anything else has a gap there.
  private static func filled(_ values: [Timestamp: Double], _ times: [Timestamp], _ isAdditive: Bool) -> [Sample] {
    times.compactMap { time in
      (values[time] ?? (isAdditive ? 0 : nil)).map { Sample(time: time, value: $0) }
    }
  }

  /// For each of `columns` equal parts of an axis the numbers of the slice in it whose sum is the greatest, by series: what is
  /// stacked there was so at one time. The series must add up, so that each has all slices.
  func stacks(_ series: [ChartSeries], axis: TimeAxis, columns: Int) -> [[Double?]] {
    var best = [(sum: Double, index: Int)?](repeating: nil, count: max(0, columns))
    guard columns > 0, let first = series.first, series.allSatisfy({ $0.samples.count == first.samples.count }) else {
      return series.map { self.columns($0, axis: axis, columns: columns) }
    }
    for (index, sample) in first.samples.enumerated() {
      guard let range = range(ofSliceAt: sample.time, axis: axis, columns: columns) else { continue }
      let sum = series.reduce(0) { $0 + $1.samples[index].value }
      for column in range where best[column].map({ $0.sum < sum }) ?? true { best[column] = (sum, index) }
    }
    return series.map { series in best.map { $0.map { series.samples[$0.index].value } } }
  }

  private func range(ofSliceAt time: Timestamp, axis: TimeAxis, columns: Int) -> ClosedRange<Int>? {
    let end = time + slice - .nanoseconds(1)
    guard end >= axis.from, time < axis.to else { return nil }
    let first = axis.column(of: max(time, axis.from), columns: columns) ?? 0
    return first...max(first, axis.column(of: min(end, axis.to - .nanoseconds(1)), columns: columns) ?? columns - 1)
  }

  /// The greatest number of each of `columns` equal parts of an axis; nil where no slice lies.
  func columns(_ series: ChartSeries, axis: TimeAxis, columns: Int) -> [Double?] {
    var result = [Double?](repeating: nil, count: max(0, columns))
    guard columns > 0 else { return result }
    for sample in series.samples {
      guard let range = range(ofSliceAt: sample.time, axis: axis, columns: columns) else { continue }
      for column in range { result[column] = max(result[column] ?? -.infinity, sample.value) }
    }
    return result
  }
}
