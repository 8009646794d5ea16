/// What the names of metrics tell, by the conventions of Prometheus and OpenMetrics.
enum MetricNames {
  /// The families that a sample of this name may belong to, the likeliest first.
  static func families(of metric: String) -> [String] {
    for suffix in ["_total", "_bucket", "_count", "_sum", "_created"] where metric.hasSuffix(suffix) {
      return [metric, String(metric.dropLast(suffix.count))]
    }
    return [metric]
  }

  /// Whether a sample of this name only ever grows, as far as the name tells.
  static func looksLikeCounter(_ metric: String) -> Bool {
    ["_total", "_count", "_sum", "_bucket"].contains { metric.hasSuffix($0) }
  }

  /// Whether a sample is a counter, its family's type being known.
  static func isCounter(_ metric: String, type: String) -> Bool {
    switch type {
    case "counter": !metric.hasSuffix("_created")
    case "histogram", "summary": looksLikeCounter(metric)
    case "gauge", "info", "stateset", "gaugehistogram": false
    default: looksLikeCounter(metric)
    }
  }

  /// The name among `names` that `word` is most likely a slip of; nil if none is near.
  static func nearest(to word: String, in names: [String]) -> String? {
    let limit = max(1, min(3, word.utf8.count / 4))
    var best: (name: String, distance: Int)?
    let wanted = Array(word.utf8)
    for name in names where abs(name.utf8.count - wanted.count) <= limit {
      let distance = distance(wanted, Array(name.utf8))
      if distance <= limit, distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best?.name ?? names.first { $0.contains(word) && word.utf8.count >= 4 }
  }

  /// Insertions, deletions, changes and swaps of neighbours between two words (optimal string alignment).
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var before: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
      var next = [row + 1]
      for column in right.indices {
        let change = last[column] + (left[row] == right[column] ? 0 : 1)
        var best = min(change, last[column + 1] + 1, next[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, before[column - 1] + 1)
        }
        next.append(best)
      }
      (before, last) = (last, next)
    }
    return last[right.count]
  }
}
