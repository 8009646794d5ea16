/// What PromQL offers by name, for completion: text to put in, and what it does.
enum FunctionTable {
  /// One of them.
  struct Entry: Hashable, Sendable {
    /// The name.
    var name: String
    /// What stands between its parentheses.
    var arguments: String
    /// What it does, in a few words.
    var help: String
  }

  /// Aggregations, which may be followed by `by` and `without`.
  static let aggregations: [Entry] = [
    .init(name: "sum", arguments: "v", help: "the sum over all series"),
    .init(name: "avg", arguments: "v", help: "the mean over all series"),
    .init(name: "max", arguments: "v", help: "the greatest of all series"),
    .init(name: "min", arguments: "v", help: "the least of all series"),
    .init(name: "count", arguments: "v", help: "how many series there are"),
    .init(name: "topk", arguments: "k, v", help: "the k greatest series"),
    .init(name: "bottomk", arguments: "k, v", help: "the k least series"),
    .init(name: "quantile", arguments: "q, v", help: "a quantile over all series"),
    .init(name: "stddev", arguments: "v", help: "the standard deviation over all series"),
    .init(name: "stdvar", arguments: "v", help: "the variance over all series"),
    .init(name: "group", arguments: "v", help: "1 for each group of series"),
    .init(name: "count_values", arguments: "\"label\", v", help: "how many series have each value"),
  ]

  /// Functions, those that panels are mostly made of first.
  static let functions: [Entry] = [
    .init(name: "rate", arguments: "counter[5m]", help: "growth a second, the mean of the window"),
    .init(name: "histogram_quantile", arguments: "q, buckets", help: "a quantile of a histogram"),
    .init(name: "increase", arguments: "counter[5m]", help: "growth in the window"),
    .init(name: "irate", arguments: "counter[5m]", help: "growth a second, of the last two samples"),
    .init(name: "avg_over_time", arguments: "v[5m]", help: "the mean of the window"),
    .init(name: "max_over_time", arguments: "v[5m]", help: "the greatest in the window"),
    .init(name: "min_over_time", arguments: "v[5m]", help: "the least in the window"),
    .init(name: "sum_over_time", arguments: "v[5m]", help: "the sum of the window"),
    .init(name: "count_over_time", arguments: "v[5m]", help: "how many samples the window has"),
    .init(name: "quantile_over_time", arguments: "q, v[5m]", help: "a quantile of the window"),
    .init(name: "last_over_time", arguments: "v[5m]", help: "the newest sample of the window"),
    .init(name: "present_over_time", arguments: "v[5m]", help: "1 where the window has samples"),
    .init(name: "stddev_over_time", arguments: "v[5m]", help: "the standard deviation of the window"),
    .init(name: "stdvar_over_time", arguments: "v[5m]", help: "the variance of the window"),
    .init(name: "mad_over_time", arguments: "v[5m]", help: "the median absolute deviation of the window"),
    .init(name: "delta", arguments: "gauge[5m]", help: "the change in the window"),
    .init(name: "idelta", arguments: "gauge[5m]", help: "the change between the last two samples"),
    .init(name: "deriv", arguments: "gauge[5m]", help: "the slope of the window, a second"),
    .init(name: "predict_linear", arguments: "gauge[1h], seconds", help: "where the slope leads to"),
    .init(name: "holt_winters", arguments: "gauge[1h], sf, tf", help: "a smoothed value"),
    .init(name: "changes", arguments: "v[5m]", help: "how often the value changed"),
    .init(name: "resets", arguments: "counter[5m]", help: "how often the counter began anew"),
    .init(name: "absent", arguments: "v", help: "1 where there is no series"),
    .init(name: "absent_over_time", arguments: "v[5m]", help: "1 where the window has no sample"),
    .init(name: "clamp", arguments: "v, min, max", help: "kept between two bounds"),
    .init(name: "clamp_min", arguments: "v, min", help: "at least min"),
    .init(name: "clamp_max", arguments: "v, max", help: "at most max"),
    .init(name: "abs", arguments: "v", help: "without its sign"),
    .init(name: "ceil", arguments: "v", help: "rounded up"),
    .init(name: "floor", arguments: "v", help: "rounded down"),
    .init(name: "round", arguments: "v, to", help: "rounded to the nearest multiple"),
    .init(name: "exp", arguments: "v", help: "e to the power of v"),
    .init(name: "ln", arguments: "v", help: "the natural logarithm"),
    .init(name: "log2", arguments: "v", help: "the logarithm to base 2"),
    .init(name: "log10", arguments: "v", help: "the logarithm to base 10"),
    .init(name: "sqrt", arguments: "v", help: "the square root"),
    .init(name: "sgn", arguments: "v", help: "-1, 0 or 1"),
    .init(name: "scalar", arguments: "v", help: "the number of the only series"),
    .init(name: "vector", arguments: "n", help: "a series of one number"),
    .init(name: "time", arguments: "", help: "seconds since 1970"),
    .init(name: "timestamp", arguments: "v", help: "when the sample was taken"),
    .init(name: "sort", arguments: "v", help: "the least first"),
    .init(name: "sort_desc", arguments: "v", help: "the greatest first"),
    .init(
      name: "label_replace", arguments: "v, \"to\", \"$1\", \"from\", \"regex\"", help: "a label made from another"),
    .init(name: "label_join", arguments: "v, \"to\", \"-\", \"a\", \"b\"", help: "a label made from others"),
    .init(name: "histogram_avg", arguments: "v", help: "the mean of a native histogram"),
    .init(name: "histogram_count", arguments: "v", help: "the count of a native histogram"),
    .init(name: "histogram_sum", arguments: "v", help: "the sum of a native histogram"),
    .init(name: "histogram_fraction", arguments: "from, to, v", help: "the share between two bounds"),
    .init(name: "minute", arguments: "v", help: "the minute of the hour, UTC"),
    .init(name: "hour", arguments: "v", help: "the hour of the day, UTC"),
    .init(name: "day_of_week", arguments: "v", help: "0 (Sunday) to 6, UTC"),
    .init(name: "day_of_month", arguments: "v", help: "1 to 31, UTC"),
    .init(name: "day_of_year", arguments: "v", help: "1 to 366, UTC"),
    .init(name: "days_in_month", arguments: "v", help: "28 to 31"),
    .init(name: "month", arguments: "v", help: "1 to 12, UTC"),
    .init(name: "year", arguments: "v", help: "the year, UTC"),
  ]

  /// Words between operands.
  static let keywords: [Entry] = [
    .init(name: "by", arguments: "labels", help: "one group for each value of the labels"),
    .init(name: "without", arguments: "labels", help: "groups that ignore the labels"),
    .init(name: "on", arguments: "labels", help: "match both sides by these labels only"),
    .init(name: "ignoring", arguments: "labels", help: "match both sides by all other labels"),
    .init(name: "group_left", arguments: "labels", help: "many on the left match one on the right"),
    .init(name: "group_right", arguments: "labels", help: "one on the left matches many on the right"),
    .init(name: "offset", arguments: "", help: "as it was before"),
    .init(name: "bool", arguments: "", help: "0 or 1 instead of leaving out"),
    .init(name: "and", arguments: "", help: "where the right side has a series too"),
    .init(name: "or", arguments: "", help: "the right side where the left has none"),
    .init(name: "unless", arguments: "", help: "where the right side has no series"),
  ]

  /// Windows that are asked for most.
  static let windows = ["5m", "1m", "15m", "30m", "1h", "6h", "1d", "7d"]

  /// Functions that want counters.
  static let ofCounters: Set<String> = ["rate", "irate", "increase", "resets"]
}
