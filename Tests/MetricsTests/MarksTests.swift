import Foundation
import Platform
import Quantities
import Series
import Synchronization
import TestSupport
import Testing

@testable import Metrics

private let start = Timestamp(seconds: 1_795_352_000)
private func at(_ seconds: Int64) -> Timestamp { start + .seconds(seconds) }
private let ten = TimeSpan.seconds(10 as Int64)

private func firing(_ name: String, _ seconds: [Int64], severity: String = "page") -> TimeSeries {
  TimeSeries(
    labels: [Label(name: "alertname", value: name), Label(name: "severity", value: severity)],
    samples: ContiguousArray(seconds.map { Sample(time: at($0), value: 1) }), step: ten)
}

@Suite struct AlertTests {
  @Test func samplesBecomeStretches() {
    let alerts = AlertAnswers.spans([firing("A", [0, 10, 20, 50, 60]), firing("B", [90])], step: ten, from: at(-5))
    #expect(alerts.map(\.name) == ["A", "A", "B"])
    // A sample stands for the step before it; the view begins within the first one.
    #expect(alerts.map(\.from) == [at(-5), at(40), at(80)])
    #expect(alerts.map(\.to) == [at(20), at(60), at(90)])
    #expect(alerts[0].severity == "page")
  }

  @Test func whatFiresNowGoesOnAndSaysWhatItIsAbout() {
    let spans = AlertAnswers.spans(
      [firing("A", [0, 10]), firing("A", [90, 100], severity: "low")], step: ten, from: at(0))
    let labels = [Label(name: "alertname", value: "A"), Label(name: "severity", value: "low")]
    let active = AlertAnswers.Active(labels: labels, summary: "3 of 4", isFiring: true, since: at(85))
    let pending = AlertAnswers.Active(
      labels: [Label(name: "alertname", value: "C")], summary: "", isFiring: false, since: at(99))
    let elsewhere = AlertAnswers.Active(
      labels: [Label(name: "alertname", value: "E")], summary: "", isFiring: true, since: at(50))
    let alerts = AlertAnswers.completed(
      spans, active: [active, pending, elsewhere], rules: ["A": "x > 3", "E": "y > 1"], step: ten,
      view: at(0)...at(200), now: at(107))
    #expect(alerts.map(\.name) == ["A", "E", "A"])
    #expect(alerts.map(\.isActive) == [false, true, true])
    #expect(alerts.map(\.to) == [at(10), at(107), at(107)])
    #expect(alerts.map(\.summary) == ["x > 3", "y > 1", "3 of 4"])
  }

  @Test func anotherServerAnswersInParts() throws {
    let matrix =
      #"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"alertname":"A","alertstate":"firing"},"values":[[1795352100,"1"],[1795352110,"1"]]}]}}"#
    let server = try ScriptedServer { request in
      request.path == "/api/v1/query_range" ? [.answer(matrix)] : [.answer("nothing here", status: 404)]
    }
    defer { server.stop() }
    let source = try PrometheusSource(MetricServerConfiguration(url: server.url))
    let alerts = try source.alerts(
      in: at(0)...at(1000), columns: 25, now: at(900), cancellation: CancellationSignal())
    #expect(alerts == [Alert(name: "A", from: at(90), to: at(110))])
    let asked = server.requests.first { $0.path == "/api/v1/query_range" }
    #expect(asked?.parameter("query") == #"max_over_time(ALERTS{alertstate="firing"}[10s])"#)
    #expect(asked?.parameter("end") == at(910).apiText)
  }

  @Test func timesOfAlertsAreRead() {
    #expect(AlertAnswers.time("2026-11-22T12:53:20.123456789Z") == start)
    #expect(AlertAnswers.time("2026-11-22T13:53:20+01:00") == nil)
    #expect(AlertAnswers.time("soon") == nil)
  }

  @Test func tracesAreNamedInManyWays() {
    func trace(_ names: [String]) -> String? {
      Exemplar(time: start, value: 1, labels: names.map { Label(name: $0, value: "x") }).trace?.name
    }
    #expect(trace(["span_id", "trace_id"]) == "trace_id")
    #expect(trace(["TraceID", "user"]) == "TraceID")
    #expect(trace(["request"]) == "request")
    #expect(trace(["a", "b"]) == nil)
  }
}

/// A page of metrics, counted up at every request, each bucket with an exemplar.
private func shop(_ count: Int, time: Double) -> String {
  """
  # TYPE shop_requests counter
  shop_requests_total \(count) # {trace_id="c\(count)"} 1 \(time)
  # TYPE shop_seconds histogram
  shop_seconds_bucket{le="0.1"} \(count) # {trace_id="fast\(count)",span="s"} 0.05 \(time)
  shop_seconds_bucket{le="+Inf"} \(count * 2) # {trace_id="slow\(count)"} 0.7 \(time)
  shop_seconds_count \(count * 2)
  shop_seconds_sum \(count)
  # EOF

  """
}

/// A Prometheus with rules and exemplars, that scrapes a page of this process.
private final class RuledServer {
  let port = freePort()
  private let folder: TemporaryFolder
  private let target: ScriptedServer
  private var prometheus: Companion?

  init(_ executable: URL) throws {
    folder = try TemporaryFolder()
    let count = Mutex(0)
    target = try ScriptedServer { _ in
      let number = count.withLock { number in
        number += 1
        return number
      }
      let page = shop(number, time: Date().timeIntervalSince1970)
      return [.answer(page, type: "application/openmetrics-text; version=1.0.0; charset=utf-8")]
    }
    try folder.write(
      """
      groups:
        - name: shop
          rules:
            - {record: "shop:requests:rate", expr: "rate(shop_requests_total[10s])"}
            - alert: Busy
              expr: shop_requests_total > 2
              labels: {severity: page}
              annotations: {summary: "{{ $value }} requests"}
            - {alert: Never, expr: shop_requests_total > 1e9}
      """, to: "rules.yml")
    try folder.write(
      """
      global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
      rule_files: [rules.yml]
      scrape_configs: [{job_name: shop, static_configs: [{targets: ["127.0.0.1:\(target.port)"]}]}]
      """, to: "prometheus.yml")
    prometheus = try Companion(
      executable,
      [
        "--config.file=\(folder.path("prometheus.yml"))", "--storage.tsdb.path=\(folder.path("data"))",
        "--web.listen-address=127.0.0.1:\(port)", "--log.level=error", "--enable-feature=exemplar-storage",
      ], in: folder)
  }

  var url: String { "http://127.0.0.1:\(port)" }

  func end() {
    prometheus?.end()
    target.stop()
  }
}

@Suite struct RealMarksTests {
  @Test(
    .enabled(if: program("prometheus") != nil, "prometheus is not installed"), .timeLimit(.minutes(3)))
  func alertsAndExemplarsOfARealServer() throws {
    let server = try RuledServer(try #require(program("prometheus")))
    defer { server.end() }
    let source = try PrometheusSource(MetricServerConfiguration(url: server.url, timeout: 5))
    let signal = CancellationSignal()
    let begin = Clock.now - .minutes(5)

    var alerts: [Alert] = []
    #expect(
      eventually(within: 90) {
        let now = Clock.now
        alerts = (try? source.alerts(in: begin...now, columns: 100, now: now, cancellation: signal)) ?? []
        return alerts.first.map { $0.isActive && $0.to > $0.from } ?? false
      })
    #expect(alerts.map(\.name) == ["Busy"])
    #expect(alerts.first?.severity == "page")
    #expect(alerts.first?.summary.hasSuffix(" requests") == true, "what the alert says of itself")

    func exemplars(_ expression: String) throws(MetricError) -> [Exemplar] {
      try source.exemplars(of: expression, in: begin...Clock.now, cancellation: signal)
    }
    #expect(try eventually(within: 60) { try exemplars("shop_seconds_bucket").count >= 4 })
    let buckets = try exemplars("histogram_quantile(0.9, sum by (le) (rate(shop_seconds_bucket[$__rate_interval])))")
    #expect(Set(buckets.map(\.value)) == [0.05, 0.7])
    #expect(buckets.allSatisfy { $0.trace?.name == "trace_id" && $0.time > begin })
    #expect(buckets.map(\.time) == buckets.map(\.time).sorted())
    #expect(try exemplars("shop:requests:rate").isEmpty)
    #expect { try exemplars("rate(") } throws: { error in
      if case .query(_, let range)? = error as? MetricError { range != nil } else { false }
    }

    #expect(throws: Never.self) {
      try source.check("sum(rate(shop_requests_total[$__rate_interval]))", cancellation: signal)
    }
    #expect { try source.check("sum(rate(shop_requests_total[$__rate_interval)))", cancellation: signal) } throws: {
      error in
      if case .query(_, let range?)? = error as? MetricError { range.lowerBound == 45 } else { false }
    }
  }
}
