/// The words that a stage of a pipeline may begin with.
enum StageName {
  /// Stages and aggregates, as help lists them.
  static let listed = [
    "where", "count", "rate", "top", "rare", "timeslice", "sort", "limit", "fields", "drop", "eval", "parse", "json",
    "logfmt", "patterns", "tree", "context", "dedup", "chart", "panel",
  ]
  /// Aggregates that need a field in parentheses.
  static let functions = [
    "avg", "sum", "min", "max", "distinct", "uniq", "count_distinct", "dc", "first", "last", "median", "stdev",
  ]

  static let all = listed + functions + ["stats", "head", "p50", "p90", "p95", "p99"]

  /// `p95`, `p999`
  static func isPercentile(_ name: String) -> Bool {
    name.utf8.first == UInt8(ascii: "p") && name.utf8.count > 1 && name.utf8.dropFirst().allSatisfy(\.isDigit)
  }

  /// Whether the name begins an aggregate.
  static func isAggregate(_ name: String) -> Bool {
    name == "count" || name == "rate" || functions.contains(name) || isPercentile(name)
  }
}
