import Metrics

/// An OpenMetrics text is recognised, its span read and its format checked without a trap.
enum MetricsCheck {
  static let seeds = [
    "# TYPE a counter\na_total{x=\"y\"} 1 1773497281\na_total{x=\"y\"} 2 1773497291.5\n# EOF\n",
    "# TYPE h histogram\nh_bucket{le=\"+Inf\"} 3 # {trace_id=\"a\"} 1 2\nh_sum NaN\n# EOF\n", "up 1\n",
    "# HELP up up\n# TYPE up gauge\nup {a = \"b\\\"\" , } -Inf 12\n",
  ]

  static func run(_ input: [UInt8]) throws(Violation) {
    try Array(input.prefix(8192)).withBytes { (bytes) throws(Violation) in
      _ = OpenMetricsFile.isOpenMetrics(bytes)
      if let span = OpenMetricsFile.span(of: bytes) {
        try require(span.lowerBound <= span.upperBound, "a span that ends before it begins: \(span)")
      }
      for format in ExpositionFormat.allCases { try check(bytes, format) }
    }
  }

  private static func check(_ bytes: UnsafeRawBufferPointer, _ format: ExpositionFormat) throws(Violation) {
    let lines = bytes.count { $0 == 10 } + 1
    do throws(ExpositionMistake) {
      let samples = try ExpositionCheck.samples(of: bytes, format)
      guard samples.count <= lines, samples.allSatisfy({ !$0.labels.isEmpty }) else {
        throw ExpositionMistake(line: 0, column: 0, message: "\(samples.count) samples in \(lines) lines")
      }
    } catch {
      let isPlace = (1...lines + 1).contains(error.line) && error.column > 0 && error.column <= bytes.count + 1
      try require(isPlace, "\(format) at \(error.line):\(error.column) of \(lines) lines: \(error.message)")
    }
  }
}

/// A dashboard of Grafana becomes panels, or is refused, whatever it holds.
enum DashboardCheck {
  static let seeds = [
    #"{"title":"a","panels":[{"type":"row","panels":[{"title":"$x","targets":[{"expr":"rate(a{b=\"$x\"}[$__interval])"}]}]}]}"#,
    #"{"rows":[{"panels":[{"title":"b","format":"ms","thresholds":"1,2","targets":[{"expr":"${x:pipe} [[x]] '$x"}]}]}],"templating":{"list":[{"name":"x","current":{"value":["a.b","c"]}}]}}"#,
    #"{"panels":[{"fieldConfig":{"defaults":{"unit":"s","max":"1","thresholds":{"steps":[{"color":"red","value":1}]}}},"targets":[{"expr":"up","legendFormat":"{{a}} b"}]}]}"#,
  ]

  static func run(_ input: [UInt8]) throws(Violation) {
    guard let dashboard = try? GrafanaDashboard(Array(input.prefix(8192))) else { return }
    try require(dashboard.panels.allSatisfy { !$0.title.isEmpty }, "a panel without a title")
    try require(dashboard.panels.count <= 100, "\(dashboard.panels.count) panels")
    _ = dashboard.notes
  }
}
