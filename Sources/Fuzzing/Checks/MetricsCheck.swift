import Metrics

/// An OpenMetrics text is recognised and its span read without a trap.
enum MetricsCheck {
  static let seeds = [
    "# TYPE a counter\na_total{x=\"y\"} 1 1773497281\na_total{x=\"y\"} 2 1773497291.5\n# EOF\n",
    "# TYPE h histogram\nh_bucket{le=\"+Inf\"} 3 # {trace_id=\"a\"} 1 2\nh_sum NaN\n# EOF\n", "up 1\n",
  ]

  static func run(_ input: [UInt8]) throws(Violation) {
    try Array(input.prefix(8192)).withBytes { (bytes) throws(Violation) in
      _ = OpenMetricsFile.isOpenMetrics(bytes)
      if let span = OpenMetricsFile.span(of: bytes) {
        try require(span.lowerBound <= span.upperBound, "a span that ends before it begins: \(span)")
      }
    }
  }
}
