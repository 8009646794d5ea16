import Series

/// The buckets of one histogram made of those of several: over all labels but `le`.
enum BucketSums {
  /// nil unless all of `series`, several, are buckets. What has no bucket of a bound counts there with the next one below, so
  /// that histograms of different bounds (native ones) add up too. O(bounds * samples * n log n)
  static func over(_ series: [TimeSeries]) -> [TimeSeries]? {
    guard series.count > 1 else { return nil }
    var bounds: [Double: String] = [:]
    var groups: [[Label]: [Double: TimeSeries]] = [:]
    for one in series {
      guard let text = one.labels.first(where: { $0.name == "le" })?.value, let bound = bound(text) else { return nil }
      bounds[bound] = text
      groups[one.labels.filter { $0.name != "le" }, default: [:]][bound] = one
    }
    let common = groups.keys.dropFirst().reduce(Array(groups.keys.first ?? [])) { kept, labels in
      kept.filter { labels.contains($0) }
    }
    let sorted = bounds.keys.sorted()
    let ladders = groups.values.map { group in CumulativeBuckets.filled(sorted.map { group[$0] }) }
    return sorted.indices.map { index in
      let parts = ladders.compactMap { $0.indices.contains(index) ? $0[index] : nil }
      var sum = SeriesCombination.sum.combined(parts) ?? TimeSeries(step: series[0].step)
      sum.labels = common + [Label(name: "le", value: bounds[sorted[index]] ?? "")]
      return sum
    }
  }

  private static func bound(_ text: String) -> Double? { text == "+Inf" ? .infinity : Double(text) }
}
