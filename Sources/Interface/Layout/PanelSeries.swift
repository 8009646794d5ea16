import Series

/// A histogram over time: how much fell into each bucket.
///
/// The buckets of Prometheus count what is at or below their bound, the label `le` (its documentation, "Histograms and summaries"); what
/// is in one alone is the difference to the one below.
struct Heat {
  /// The upper bounds, ascending; the last may be infinite.
  let bounds: [Double]
  /// For each bound the cumulative series.
  private let series: [TimeSeries]

  /// nil unless all series are buckets of one histogram, three at least.
  init?(_ all: [TimeSeries]) {
    guard all.count > 2 else { return nil }
    var found: [(bound: Double, series: TimeSeries)] = []
    var others: Set<[String]> = []
    for series in all {
      guard let text = series.labels.first(where: { $0.name == "le" })?.value,
        let bound = text == "+Inf" ? .infinity : Double(text)
      else { return nil }
      found.append((bound, series))
      others.insert(series.labels.filter { $0.name != "le" }.map { "\($0.name)=\($0.value)" }.sorted())
    }
    guard others.count == 1, Set(found.map(\.bound)).count == found.count else { return nil }
    found.sort { $0.bound < $1.bound }
    bounds = found.map(\.bound)
    series = found.map(\.series)
  }

  /// All that was counted: the greatest bucket.
  var total: TimeSeries { series[series.count - 1] }

  /// For each bucket from the least, what fell into it in each column; nil is a gap.
  func columns(_ axis: TimeAxis, _ count: Int) -> [[Double?]] {
    let sums = series.map { PanelColumns.downsample($0, from: axis.from, to: axis.to, columns: count) }
    return sums.indices.map { bucket in
      (0..<count).map { column in
        guard let sum = sums[bucket][column]?.last else { return nil }
        let below = bucket == 0 ? 0 : sums[bucket - 1][column]?.last ?? 0
        return max(0, sum - below)
      }
    }
  }

  /// Buckets put together, so that there are no more than `rows`; each by the bound that ends it.
  func rows(_ axis: TimeAxis, _ count: Int, rows: Int) -> [(bound: Double, values: [Double?])] {
    let cells = columns(axis, count)
    let groups = min(max(1, rows), cells.count)
    return (0..<groups).map { group in
      let range = (group * cells.count / groups)..<((group + 1) * cells.count / groups)
      let values = (0..<count).map { column in
        range.reduce(Double?.none) { sum, bucket in cells[bucket][column].map { $0 + (sum ?? 0) } ?? sum }
      }
      return (bounds[range.upperBound - 1], values)
    }
  }
}

/// What tells the series of a panel from each other.
enum SeriesNames {
  /// For each series the values of the labels that not all of them share; the name where that is all they differ in.
  static func distinguishing(_ series: [TimeSeries]) -> [String] {
    let all = series.map { Dictionary($0.labels.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }) }
    let names = Set(all.flatMap(\.keys)).filter { name in Set(all.map { $0[name] }).count > 1 }.sorted()
    return zip(series, all).map { series, labels in
      let values = names.compactMap { name in labels[name].map { names.count > 1 && $0.isEmpty ? "-" : $0 } }
      return values.isEmpty ? series.title : values.joined(separator: ", ")
    }
  }
}
