import Metrics
import Series

/// A histogram over time: how much fell into each bucket.
///
/// The buckets of Prometheus count what is at or below their bound, the label `le` (its documentation, "Histograms and summaries"); what
/// is in one alone is the difference to the one below.
struct Heat {
  /// The upper bounds, ascending; the last may be infinite.
  let bounds: [Double]
  /// For each bound the cumulative series, all at the same instants.
  private let series: [TimeSeries]

  /// nil unless all series are buckets of one histogram, three at least. `areFilled` says that they are without holes already.
  init?(_ all: [TimeSeries], areFilled: Bool = false) {
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
    series = areFilled ? found.map(\.series) : CumulativeBuckets.filled(found.map(\.series))
  }

  /// All that was counted: the greatest bucket.
  var total: TimeSeries { series[series.count - 1] }

  /// Buckets put together, so that there are no more than `rows`, from the least; each by the bound that ends it, with the most that
  /// fell into it at one time of each column; nil is a gap.
  func rows(_ axis: TimeAxis, _ count: Int, rows: Int) -> [(bound: Double, values: [Double?])] {
    let groups = min(max(1, rows), series.count)
    return (0..<groups).map { group in
      let last = (group + 1) * series.count / groups - 1
      let below = group == 0 ? nil : series[group * series.count / groups - 1]
      let parts = difference(series[last], below)
      let extents = PanelColumns.downsample(parts, from: axis.from, to: axis.to, columns: count)
      return (bounds[last], extents.map { $0?.maximum })
    }
  }

  private func difference(_ series: TimeSeries, _ below: TimeSeries?) -> TimeSeries {
    guard let below else { return series }
    var result = series
    for index in result.samples.indices { result.samples[index].value -= below.samples[index].value }
    return result
  }

  /// The value that a share of all counted lies at or below, as `histogram_quantile` of Prometheus tells it: linear within a bucket,
  /// whose least begins at zero; of what lies above the last finite bound, that bound.
  func quantile(_ share: Double) -> TimeSeries {
    var result = TimeSeries(samples: total.samples, step: total.step)
    for index in result.samples.indices { result.samples[index].value = quantile(share, at: index) }
    return result
  }

  private func quantile(_ share: Double, at index: Int) -> Double {
    let all = total.samples[index].value
    guard all > 0, all.isFinite else { return .nan }
    let wanted = share * all
    guard let bucket = series.firstIndex(where: { $0.samples[index].value >= wanted }) else { return .nan }
    guard bounds[bucket].isFinite else { return bucket > 0 ? bounds[bucket - 1] : .nan }
    guard bucket > 0 || bounds[0] > 0 else { return bounds[0] }
    let (low, below) = bucket > 0 ? (bounds[bucket - 1], series[bucket - 1].samples[index].value) : (0, 0)
    let inside = series[bucket].samples[index].value - below
    return inside > 0 ? low + (bounds[bucket] - low) * (wanted - below) / inside : bounds[bucket]
  }
}
