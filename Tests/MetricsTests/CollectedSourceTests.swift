import Foundation
import Platform
import Quantities
import Series
import Synchronization
import TestSupport
import Testing

@testable import Metrics

private let samples = sharedMaterial?.appendingPathComponent("samples")
private let noon = Timestamp(seconds: 1_795_352_000)

private func configuration(_ kind: MetricServerKind, _ url: String, every seconds: Double = 0.1)
  -> MetricServerConfiguration
{
  var result = MetricServerConfiguration(name: "s", url: url, timeout: 5)
  result.kind = kind
  result.interval = seconds
  return result
}

private func recent(_ expression: String) -> RangeRequest {
  RangeRequest(
    expression: expression, from: Clock.now - .minutes(5), to: Clock.now, step: .milliseconds(100),
    interval: .milliseconds(100))
}

private func numbers(_ text: String) -> [String: Double] {
  Array(text.utf8).withUnsafeBytes { bytes in
    guard let view = JSONView(bytes) else { return [:] }
    let series = JSONNumbers(view, at: noon).series
    return Dictionary(series.map { ($0.title, $0.samples[0].value) }) { $1 }
  }
}

@Suite struct CollectedSamplesTests {
  @Test func collectionsFollowOneAnother() {
    var held = CollectedSamples(interval: .seconds(10 as Int64))
    for round in 0..<5 {
      let text = "a \(round)\nb{x=\"1\"} \(round * 2) 1795352000000\n"
      held.add(
        Array(text.utf8).withUnsafeBytes {
          MetricsFileContent(page: $0, at: noon + .seconds(Int64(round * 10)))
        })
    }
    #expect(held.content.series.map(\.title) == ["a", #"b{x="1"}"#])
    #expect(held.content.series[0].samples.map(\.value) == [0, 1, 2, 3, 4])
    #expect(held.content.series[1].samples.count == 1, "the exporter's own time says that it is the same sample")
  }

  @Test func theOldestQuarterIsForgotten() throws {
    var held = CollectedSamples(interval: .seconds(1 as Int64))
    for round in 0..<400 {
      let sample = Sample(time: noon + .seconds(Int64(round)), value: Double(round))
      let one = TimeSeries(
        labels: [Label(name: "__name__", value: "a")], samples: [sample], step: .seconds(1 as Int64))
      held.add(MetricsFileContent(families: [:], series: [one], interval: .seconds(1 as Int64)), limit: 100)
    }
    let values = try #require(held.content.series.first).samples.map(\.value)
    #expect((70...100).contains(values.count))
    #expect(values.last == 399 && zip(values, values.dropFirst()).allSatisfy { $1 == $0 + 1 })
  }
}

@Suite struct JSONNumbersTests {
  @Test func leavesAreNamedByTheirWay() {
    let found = numbers(
      #"{"a": {"b-c": 1.5, "ok": true, "off": false, "none": null, "text": "7"}, "9x": 2, "workers": [{"id": 1, "rss": 5}, {"id": 7, "rss": 6}]}"#
    )
    #expect(
      found == [
        "a_b_c": 1.5, "a_ok": 1, "a_off": 0, "_9x": 2, #"workers_id{worker="1"}"#: 1, #"workers_id{worker="7"}"#: 7,
        #"workers_rss{worker="1"}"#: 5, #"workers_rss{worker="7"}"#: 6,
      ])
  }

  @Test func elementsWithoutDifferentNamesGoByTheirPlace() {
    #expect(numbers(#"{"x": [1, 2]}"#) == [#"x{x="0"}"#: 1, #"x{x="1"}"#: 2])
    #expect(
      numbers(#"[{"id": 1, "v": 3}, {"id": 1, "v": 4}]"#).filter { $0.key.contains("v") }
        == [#"v{index="0"}"#: 3, #"v{index="1"}"#: 4])
    #expect(numbers(#"{"g": [[1], [2]]}"#) == [#"g{g="0",g_="0"}"#: 1, #"g{g="1",g_="0"}"#: 2])
  }

  @Test func depthAndNumberAreBounded() {
    let deep = String(repeating: "[", count: 5000) + "1" + String(repeating: "]", count: 5000)
    #expect(numbers(deep).isEmpty)
    let wide = "[" + (0..<30_000).map { "\($0)" }.joined(separator: ",") + "]"
    #expect(numbers(wide).count == 20_000)
  }

  @Test(.enabled(if: samples != nil, "../shared is absent")) func documentsOfRealProgramsAreRead() throws {
    let url = try #require(samples).appendingPathComponent("uwsgi_metrics/view.json")
    let found = numbers(String(decoding: try Data(contentsOf: url), as: UTF8.self))
    #expect(found["timers_app_latency_count"] == 200)
  }
}

@Suite struct CollectedSourceTests {
  @Test func aPageIsCollectedByItselfAndCountersBecomeRates() throws {
    let count = Mutex(0)
    let server = try ScriptedServer { request in
      let round = count.withLock { value in
        value += 1
        return value
      }
      guard request.path == "/metrics" else { return [.answer("", status: 404)] }
      let page = "# TYPE hits counter\nhits_total{p=\"/\"} \(round * 10)\n# TYPE t gauge\nt 21.5\nbroken{\n"
      return [.answer(page, type: "text/plain")]
    }
    defer { server.stop() }
    let source = try MetricSources.source(configuration(.scrape, server.url, every: 0.5))
    let cancellation = CancellationSignal()
    defer { cancellation.cancel() }
    let first = try source.fetch(recent("hits_total"), cancellation: cancellation)
    #expect(first.series.isEmpty && first.emptyReason == "rates come with the second collection")
    #expect(first.warnings == ["1 line not read; line 5: labels do not end"])
    #expect(eventually(within: 20) { count.withLock { $0 } >= 5 }, "without being asked again")
    let rates = try source.fetch(recent("hits_total"), cancellation: cancellation)
    #expect(rates.isRateOfCounter && rates.series.count == 1)
    #expect(rates.series[0].samples.count >= 3 && rates.series[0].samples.allSatisfy { $0.value > 0 })
    #expect(try source.metricNames(cancellation: cancellation) == ["hits_total", "t"])
    #expect(try source.labelValues(of: "p", in: Selector(metric: "hits_total"), cancellation: cancellation) == ["/"])
    var past = recent("t")
    (past.from, past.to) = (noon - .minutes(5), noon)
    let before = try source.fetch(past, cancellation: cancellation)
    #expect(before.emptyReason == "nothing was collected at this time: this source has no past")
    #expect(try source.fetch(recent("tt"), cancellation: cancellation).emptyReason == "no metric tt; did you mean t?")
  }

  @Test func aSourceThatFailsSaysWhyAndComesBack() throws {
    let isDown = Mutex(true)
    let server = try ScriptedServer { _ in
      isDown.withLock { $0 }
        ? [.answer("<html><title>Down</title>", status: 503, type: "text/html")] : [.answer("a 1\n")]
    }
    defer { server.stop() }
    let source = try MetricSources.source(configuration(.scrape, server.url + "/x?token=1"))
    #expect(source.summary.hasSuffix("/x"), "what may be secret is not shown")
    let cancellation = CancellationSignal()
    defer { cancellation.cancel() }
    #expect(
      throws: MetricError.unavailable(
        reason: "503: a web page (Down) instead of metrics; a proxy or a sign-in is in between", retryAfter: nil)
    ) { try source.fetch(recent("a"), cancellation: cancellation) }
    isDown.withLock { $0 = false }
    #expect(eventually(within: 20) { (try? source.fetch(recent("a"), cancellation: cancellation))?.series.count == 1 })
    #expect(server.requests.allSatisfy { $0.target == "/x?token=1" })
  }

  @Test func anyJSONPageIsASource() throws {
    let server = try ScriptedServer { _ in [.answer(#"{"queue": {"depth": 7}}"#)] }
    defer { server.stop() }
    let source = try MetricSources.source(configuration(.json, server.url + "/graph"))
    let cancellation = CancellationSignal()
    defer { cancellation.cancel() }
    #expect(try source.fetch(recent("queue_depth"), cancellation: cancellation).series.first?.samples.last?.value == 7)
    #expect(server.requests.first?.target == "/graph")
  }

  @Test(
    .enabled(if: samples != nil, "../shared is absent"),
    arguments: ["stats_socket_raw.json", "stats_http_response.txt"])
  func statsOfUWSGIWithAndWithoutAHeader(file: String) throws {
    let url = try #require(samples).appendingPathComponent("uwsgi/\(file)")
    let bytes = Array(try Data(contentsOf: url))
    let start = try #require(bytes.firstIndex(of: UInt8(ascii: "{")))
    let content = try #require(bytes[start...].withUnsafeBytes { UWSGIStats.content($0, at: noon) })
    #expect(content.isCounter("uwsgi_workers_requests") && !content.isCounter("uwsgi_workers_rss"))
    #expect(content.series.contains { $0.title.hasPrefix(#"uwsgi_workers_requests{worker="1""#) })
    #expect(!content.series.contains { $0.name.hasPrefix("uwsgi_metrics_") })
  }
}

@Suite struct RealCollectedTests {
  @Test(
    .enabled(if: program("prometheus-node-exporter") != nil, "prometheus-node-exporter is not installed"),
    .timeLimit(.minutes(2)))
  func aRealExporterWithoutAServer() throws {
    let port = freePort()
    let folder = try TemporaryFolder()
    let exporter = try Companion(
      try #require(program("prometheus-node-exporter")), ["--web.listen-address=127.0.0.1:\(port)"], in: folder)
    defer { exporter.end() }
    let source = try MetricSources.source(configuration(.scrape, "http://127.0.0.1:\(port)", every: 0.3))
    let cancellation = CancellationSignal()
    defer { cancellation.cancel() }
    func answer(_ expression: String) -> RangeAnswer? {
      try? source.fetch(recent(expression), cancellation: cancellation)
    }
    #expect(eventually(within: 60) { answer("node_load1")?.series.first?.samples.count ?? 0 >= 3 })
    #expect(
      eventually(within: 60) { answer("sum by (mode) (rate(node_cpu_seconds_total[1m]))")?.series.count ?? 0 >= 7 })
    #expect(answer("node_load1")?.warnings == [])
  }

  @Test(.enabled(if: program("uwsgi") != nil, "uwsgi is not installed"), .timeLimit(.minutes(2)))
  func aRealUWSGI() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("stats")
    let server = try Companion(
      try #require(program("uwsgi")),
      ["--http-socket", "127.0.0.1:\(freePort())", "--master", "--die-on-term", "--stats", path], in: folder)
    defer { server.end() }
    let source = try MetricSources.source(configuration(.uwsgi, "unix:\(path)", every: 0.3))
    let cancellation = CancellationSignal()
    defer { cancellation.cancel() }
    #expect(
      eventually(within: 60) {
        let answer = try? source.fetch(recent("uwsgi_workers_rss"), cancellation: cancellation)
        return answer?.series.first?.samples.isEmpty == false
      })
    #expect(try source.metricNames(cancellation: cancellation).contains("uwsgi_workers_requests"))
  }

  @Test(.enabled(if: program("influxd") != nil, "influxdb is not installed"), .timeLimit(.minutes(2)))
  func aRealInfluxDB() throws {
    let folder = try TemporaryFolder()
    let port = freePort()
    try folder.write(
      """
      reporting-disabled = true
      bind-address = "127.0.0.1:\(freePort())"
      [meta]
        dir = "\(folder.path("meta"))"
      [data]
        dir = "\(folder.path("data"))"
        wal-dir = "\(folder.path("wal"))"
      [http]
        bind-address = "127.0.0.1:\(port)"
      """, to: "influxdb.conf")
    let server = try Companion(
      try #require(program("influxd")), ["-config", folder.path("influxdb.conf")], in: folder)
    defer { server.end() }
    let now = Clock.now.nanoseconds / 1_000_000_000
    let lines = (0..<120).flatMap { second in
      ["a", "b"].map { "cpu,host=\($0) value=\(second == 60 ? 99 : 1) \((now - Int64(second)) * 1_000_000_000)" }
    }
    func post(_ path: String, _ body: String) -> Bool {
      let data = folder.path("body")
      guard (try? Data(body.utf8).write(to: URL(fileURLWithPath: data))) != nil,
        let result = try? run(
          URL(fileURLWithPath: "/usr/bin/curl"),
          ["-sf", "--data-binary", "@\(data)", "http://127.0.0.1:\(port)\(path)"])
      else { return false }
      return result.status == 0
    }
    #expect(eventually(within: 60) { post("/query?q=CREATE%20DATABASE%20m", "") })
    #expect(post("/write?db=m", lines.joined(separator: "\n")))
    var configuration = configuration(.influxdb, "http://127.0.0.1:\(port)")
    configuration.database = "m"
    let source = try MetricSources.source(configuration)
    let cancellation = CancellationSignal()
    for text in [
      "cpu", "SELECT max(value) FROM cpu WHERE host = 'a' OR host = 'b' GROUP BY host",
      "SELECT value FROM cpu GROUP BY *",
    ] {
      var request = recent(text)
      request.step = .seconds(10 as Int64)
      let answer = try source.fetch(request, cancellation: cancellation)
      #expect(answer.series.map(\.title) == [#"cpu{host="a"}"#, #"cpu{host="b"}"#], "\(text)")
      #expect(answer.series.allSatisfy { $0.samples.map(\.value).max() == 99 }, "the spike is there: \(text)")
    }
    #expect(try source.metricNames(cancellation: cancellation) == ["cpu"])
    #expect(try source.labelNames(of: Selector(metric: "cpu"), cancellation: cancellation) == ["host"])
    #expect(try source.labelValues(of: "host", in: Selector(metric: "cpu"), cancellation: cancellation) == ["a", "b"])
    #expect(throws: MetricError.self) { try source.fetch(recent("SELECT FROM x"), cancellation: cancellation) }
  }
}
