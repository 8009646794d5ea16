import Foundation
import Platform
import Quantities
import Series
import TestSupport
import Testing

@testable import Metrics

private let start: Int64 = 1_795_352_000

/// Ten minutes of two counters, a gauge and a histogram, every 15 s; the first counter restarts after five minutes.
private func sampleText() -> String {
  var lines = ["# HELP shop_requests Requests.", "# TYPE shop_requests counter"]
  for (code, rate) in [("200", 10.0), ("503", 1.0)] {
    for tick in 0...40 {
      let value = rate * Double(tick < 20 || code == "503" ? tick * 15 : (tick - 20) * 15)
      lines.append(#"shop_requests_total{code="\#(code)",path="/a\"b"} \#(value) \#(start + Int64(tick) * 15).25"#)
    }
  }
  lines += [
    "# TYPE shop_connections gauge", "# UNIT shop_latency_seconds seconds", "# TYPE shop_latency_seconds histogram",
  ]
  for tick in 0...40 { lines.append("shop_connections \(tick % 7) \(start + Int64(tick) * 15).25") }
  for (bound, share) in [("0.1", 50.0), ("1", 90.0), ("+Inf", 100.0)] {
    for tick in 0...40 {
      lines.append(
        #"shop_latency_seconds_bucket{le="\#(bound)"} \#(share * Double(tick)) \#(start + Int64(tick) * 15).25"#)
    }
  }
  lines += (0...40).map { "shop_latency_seconds_sum \(30 * $0) \(start + Int64($0) * 15).25" }
  lines += (0...40).map { "shop_latency_seconds_count \(100 * $0) \(start + Int64($0) * 15).25" }
  return (lines + ["# EOF"]).joined(separator: "\n") + "\n"
}

private func content(_ text: String) -> MetricsFileContent {
  Array(text.utf8).withUnsafeBytes { MetricsFileContent($0) }
}

private func values(_ expression: String, in text: String = sampleText()) throws -> [[Double]] {
  var evaluation = FileEvaluation(content(text))
  return try evaluation.series(of: try FileExpression.parse(expression)).map { $0.samples.map(\.value) }
}

@Suite struct ExpositionTests {
  @Test func linesAreToldApart() {
    func kind(_ text: String) -> ExpositionLine.Kind { Array(text.utf8).withUnsafeBytes { ExpositionLine($0).kind } }
    #expect(kind("") == .blank && kind("  \r") == .blank)
    #expect(kind("# TYPE a counter") == .type(family: "a", type: "counter"))
    #expect(kind("# UNIT a_seconds seconds") == .unit(family: "a_seconds", unit: "seconds"))
    #expect(kind("# HELP a b c") == .help(family: "a"))
    #expect(kind("# EOF") == .end && kind("# whatever") == .comment && kind("#") == .comment)
    #expect(kind("a 1") == .sample && kind("a{} 1 2") == .sample && kind(#"a{b="}"} 1 2 # {} 3"#) == .sample)
    #expect(kind("a") == .broken("no value") && kind(#"a{b="c 1"#) == .broken("labels do not end"))
    #expect(kind("a 1 2 3") == .broken("more than a value and a timestamp"))
  }

  @Test(arguments: [
    (#"a{b="c"} 1 1.5"#, [Label(name: "__name__", value: "a"), Label(name: "b", value: "c")]),
    (#"a { b = "c\\\"\n" , } 1"#, [Label(name: "__name__", value: "a"), Label(name: "b", value: "c\\\"\n")]),
    (#"{"my.name","l.x"="é"} 1"#, [Label(name: "__name__", value: "my.name"), Label(name: "l.x", value: "é")]),
    ("a{} 1", [Label(name: "__name__", value: "a")]),
  ]) func labelsAreRead(text: String, labels: [Label]) {
    Array(text.utf8).withUnsafeBytes { #expect(ExpositionLine($0).readLabels() == labels) }
  }

  @Test func secondsAndMillisecondsAreTimes() {
    func time(_ text: String) -> Timestamp? { Array(text.utf8).withUnsafeBytes { ExpositionLine($0).time } }
    #expect(time("a 1 1795352000") == Timestamp(seconds: start))
    #expect(time("a 1 1795352000.123456") == Timestamp(seconds: start, nanoseconds: 123_456_000))
    #expect(time("a 1 1795352000123") == Timestamp(seconds: start, nanoseconds: 123_000_000))
    #expect(time("a 1 1.795352e9") == Timestamp(seconds: start))
    #expect(time("a 1") == nil && time("a 1 x") == nil && time("a 1 NaN") == nil && time("a 1 1e300") == nil)
  }

  @Test func decimalsAreExact() {
    for text in [
      "0", "1", "-1.5", "3.14159265358979", "123456789012345", "0.1", "1e-7", "9007199254740993", "1.7e308", "5.",
    ] {
      let value = Array(text.utf8).withUnsafeBytes { DecimalNumber.value(of: $0) }
      #expect(value == Double(text.hasSuffix(".") ? text + "0" : text))
    }
    for text in ["", "-", ".", "1e", "0x1f", "1_0", "a", "1 "] {
      #expect(Array(text.utf8).withUnsafeBytes { DecimalNumber.value(of: $0) } == nil)
    }
  }

  @Test func anyBytesAreSurvived() {
    var random = SystemRandomNumberGenerator()
    let bytes = Array(sampleText().utf8)
    for _ in 0..<300 {
      var broken = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
      for _ in 0..<20 where !broken.isEmpty {
        broken[Int.random(in: 0..<broken.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      broken.withUnsafeBytes {
        _ = MetricsFileContent($0)
        _ = OpenMetricsFile.isOpenMetrics($0)
      }
    }
  }
}

@Suite struct FileDetectionTests {
  private func isMetrics(_ text: String) -> Bool {
    Array(text.utf8).withUnsafeBytes { OpenMetricsFile.isOpenMetrics($0) }
  }

  @Test func metricsAreKnownByTheirContent() {
    let text = sampleText()
    #expect(isMetrics(text))
    for length in [200, 1000, 5000] { #expect(isMetrics(String(text.prefix(length)))) }
    #expect(isMetrics("up{job=\"a\"} 1 1795352000\nup{job=\"b\"} 0 1795352000\n"))
    let span = Array(text.utf8).withUnsafeBytes { OpenMetricsFile.span(of: $0) }
    #expect(span?.lowerBound == Timestamp(seconds: start, nanoseconds: 250_000_000))
    #expect(span?.upperBound == Timestamp(seconds: start + 600, nanoseconds: 250_000_000))
  }

  @Test(arguments: [
    "", "# a comment\n", "2026-01-02T03:04:05Z info hello\n2026-01-02T03:04:06Z info x\n", "level=info msg=\"x\" n=1\n",
    "{\"a\":1}\n{\"a\":2}\n", "size 123\ncount 4\n", "Jan  2 03:04:05 host app[1]: x\n",
    "# TYPE x\nhello world again\nfoo bar baz\nmore text here\nand more lines\n",
    "1795352000 12 13\n1795352001 12 13\n",
  ]) func logsAreNoMetrics(text: String) { #expect(!isMetrics(text)) }

  @Test(.enabled(if: sharedMaterial != nil, "../shared is absent")) func realPagesAreMetricsAndRealLogsAreNot() throws {
    let samples = try #require(sharedMaterial).appendingPathComponent("samples")
    let pages = [
      "node-exporter/metrics.txt", "pushgateway/metrics.txt", "prometheus/client_python_openmetrics.txt",
      "prometheus/client_python_text0.0.4.txt", "prometheus/federate.txt",
    ]
    let files = FileManager.default.enumerator(at: samples, includingPropertiesForKeys: [.isRegularFileKey])
    var metrics: Set<String> = []
    for case let file as URL in files ?? .init() {
      guard let data = try? Data(contentsOf: file) else { continue }
      let name = file.path.dropFirst(samples.resolvingSymlinksInPath().path.count + 1)
      if data.prefix(65_536).withUnsafeBytes({ OpenMetricsFile.isOpenMetrics($0) }) { metrics.insert(String(name)) }
    }
    for page in pages { #expect(metrics.contains(page)) }
    for name in metrics { #expect(!name.hasSuffix(".log") && !name.hasSuffix(".json"), "\(name)") }
  }
}

@Suite struct FileExpressionTests {
  @Test func countersAreRatesAndARestartIsNoFall() throws {
    let rates = try values(#"shop_requests_total{code="200"}"#)
    #expect(rates.count == 1 && rates[0].count == 40)
    #expect(rates[0].enumerated().allSatisfy { index, value in index == 19 ? value == 0 : abs(value - 10) < 1e-9 })
    #expect(try values("shop_connections")[0].prefix(8) == [0, 1, 2, 3, 4, 5, 6, 0])
  }

  @Test func matchersChooseSeries() throws {
    #expect(try values("shop_requests_total").count == 2)
    #expect(try values(#"shop_requests_total{code!="200"}"#).count == 1)
    #expect(try values(#"shop_requests_total{code=~"5.."}"#).count == 1)
    #expect(try values(#"shop_requests_total{code=~"5"}"#).isEmpty, "anchored")
    #expect(try values(#"shop_requests_total{code!~"5..|2.."}"#).isEmpty)
    #expect(try values(#"{__name__=~"shop_conn.*"}"#).count == 1)
    #expect(try values(#"shop_requests_total{path="/a\"b",absent=""}"#).count == 2)
    #expect(throws: FileExpression.Mistake.self) { try values(#"shop_requests_total{code=~"("}"#) }
  }

  @Test func functionsAreEvaluated() throws {
    #expect(try values(#"rate(shop_requests_total{code="503"}[1m])"#)[0].allSatisfy { abs($0 - 1) < 1e-9 })
    #expect(try values(#"increase(shop_requests_total{code="503"}[1m])"#)[0].allSatisfy { abs($0 - 60) < 1e-9 })
    #expect(abs(try values("sum(rate(shop_requests_total[1m]))")[0][0] - 11) < 1e-9)
    #expect(try values("sum by (code) (shop_requests_total)").count == 2)
    #expect(try values("sum(shop_requests_total) by (path)").count == 1)
    #expect(try values("count(shop_requests_total)")[0][0] == 2)
    #expect(try values("max without (code, path) (shop_requests_total)").count == 1)
    #expect(
      abs(try values("rate(shop_latency_seconds_sum[1m]) / rate(shop_latency_seconds_count[1m])")[0][5] - 0.3) < 1e-9)
    #expect(try values("100 * (shop_connections + 1)")[0][1] == 200)
    #expect(try values("-shop_connections")[0][1] == -1)
    #expect(try values("3")[0].first == 3)
    let errors = try values(#"sum(rate(shop_requests_total{code="503"}[1m])) / sum(rate(shop_requests_total[1m]))"#)
    #expect(abs(errors[0][0] - 1.0 / 11) < 1e-9)
  }

  @Test func quantilesInterpolateAsPrometheusDoes() throws {
    let p50 = try values("histogram_quantile(0.5, rate(shop_latency_seconds_bucket[1m]))")
    #expect(abs(p50[0][3] - 0.1) < 1e-9)
    let p70 = try values("histogram_quantile(0.7, sum by (le) (rate(shop_latency_seconds_bucket[1m])))")
    #expect(abs(p70[0][3] - 0.55) < 1e-9)
    #expect(try values("histogram_quantile(0.99, shop_latency_seconds_bucket)")[0][3] == 1, "the last finite bound")
    #expect(HistogramQuantile.value(0.5, buckets: [(1, 0), (.infinity, 0)]).isNaN)
    #expect(HistogramQuantile.value(0.5, buckets: []).isNaN)
  }

  @Test(arguments: [
    ("topk(3, x)", 0..<4), ("x offset 5m", 2..<8), ("rate(x)", 6..<7), ("rate(x[5m]", 10..<10), ("", 0..<0),
    ("sum(x", 5..<5), ("x{a=1}", 0..<1), ("x > 3", 2..<3), ("rate(x[abc])", 7..<10),
  ]) func whatAFileCannotAnswerIsPointedAt(text: String, range: Range<Int>) {
    #expect { try FileExpression.parse(text) } throws: { error in
      (error as? FileExpression.Mistake)?.range.lowerBound == range.lowerBound
    }
  }
}

@Suite struct MetricsFileSourceTests {
  private func fetch(_ expression: String, _ path: String) throws -> RangeAnswer {
    let from = Timestamp(seconds: start)
    let request = RangeRequest(
      expression: expression, from: from, to: from + .minutes(10), step: .seconds(15 as Int64),
      interval: .seconds(15 as Int64))
    return try MetricsFileSource(name: "f", path: path).fetch(request, cancellation: CancellationSignal())
  }

  @Test func aFileAnswersAsAServerDoes() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(sampleText(), to: "metrics.txt")
    let rates = try fetch("shop_requests_total", path)
    #expect(
      rates.isRateOfCounter && rates.combination == .sum && rates.unit == .number.perSecond && rates.series.count == 2)
    #expect(try fetch("shop_latency_seconds_sum", path).unit == .number)
    #expect(try fetch("histogram_quantile(0.9, shop_latency_seconds_bucket)", path).unit == .seconds)
    #expect(
      try fetch("shop_conections", path).emptyReason == "no metric shop_conections; did you mean shop_connections?")
    #expect(throws: MetricError.self) { try fetch("topk(1, x)", path) }
    #expect(throws: MetricError.self) { try fetch("x", folder.path("absent")) }
    let source = MetricsFileSource(name: "f", path: path)
    #expect(
      try source.sampleInterval(of: "x", at: .init(seconds: start), cancellation: .init()) == .seconds(15 as Int64))
    #expect(
      try source.labelNames(of: Selector(metric: "shop_requests_total"), cancellation: .init()) == [
        "__name__", "code", "path",
      ])
    #expect(try source.labelValues(of: "code", in: nil, cancellation: .init()) == ["200", "503"])
  }

  @Test func aFileThatGrowsIsReadAgain() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("# TYPE a gauge\na 1 \(start)\n", to: "m")
    let source = MetricsFileSource(name: "f", path: path)
    #expect(try source.metricNames(cancellation: .init()) == ["a"])
    try folder.append("b 2 \(start)\nbroken\n", to: "m")
    #expect(try source.metricNames(cancellation: .init()) == ["a", "b"])
    #expect(try fetch("b", path).warnings == ["1 line not read; line 4: no value"])
    let plain = try folder.write("# TYPE a gauge\na 1\n", to: "plain")
    #expect(try fetch("a", plain).emptyReason == "the samples of \(plain) have no timestamps")
  }

  @Test func defaultPanelsTellTheFourThings() throws {
    let folder = try TemporaryFolder()
    let source = MetricsFileSource(name: "f", path: try folder.write(sampleText(), to: "metrics.txt"))
    let panels = try source.defaultPanels(cancellation: CancellationSignal())
    #expect(
      panels.map(\.text) == [
        "shop requests: shop_requests_total", #"5xx: shop_requests_total{code=~"5.."}"#,
        "p99 shop latency: histogram_quantile(0.99, sum by (le) (rate(shop_latency_seconds_bucket[60s])))",
        "shop connections: shop_connections",
      ])
    for panel in panels { #expect(!(try fetch(panel.expression, source.summary).series.isEmpty)) }
  }

  @Test func aHubShowsTheFilesOwnPanels() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(sampleText(), to: "metrics.txt")
    let hub = MetricsHub(sources: [.file(name: "metrics.txt", path: path)], now: { Clock.now }, onChange: {})
    defer { hub.close() }
    hub.setView(from: Timestamp(seconds: start), to: Timestamp(seconds: start + 600), columns: 40, isFollowing: false)
    hub.setPanels([])
    hub.showDefaultPanels()
    #expect(eventually { hub.panels().count == 4 && hub.panels().allSatisfy { $0.drawn != nil } })
    #expect(hub.panels()[0].note == "rate, 2 series, sum")
    hub.setPanels([])
    #expect(hub.panels().isEmpty)
  }
}
