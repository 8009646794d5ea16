import Foundation
import Platform
import Quantities
import Series
import TestSupport
import Testing

@testable import Metrics

private let programs = (prometheus: program("prometheus"), exporter: program("prometheus-node-exporter"))

/// A real Prometheus that scrapes itself and a real node_exporter every second.
private final class RealServer {
  let folder: TemporaryFolder
  let port = freePort()
  private let exporter: Companion
  private var prometheus: Companion?
  private let executable: URL

  init() throws {
    struct Absent: Error {}
    guard let executable = programs.prometheus, let exporterProgram = programs.exporter else { throw Absent() }
    self.executable = executable
    folder = try TemporaryFolder()
    let exporterPort = freePort()
    exporter = try Companion(exporterProgram, ["--web.listen-address=127.0.0.1:\(exporterPort)"], in: folder)
    try folder.write(
      """
      global: {scrape_interval: 1s, scrape_timeout: 1s}
      scrape_configs:
        - {job_name: node, static_configs: [{targets: ["127.0.0.1:\(exporterPort)"]}]}
        - {job_name: prometheus, scrape_interval: 2s, static_configs: [{targets: ["127.0.0.1:\(port)"]}]}
      """, to: "prometheus.yml")
    try start()
  }

  var url: String { "http://127.0.0.1:\(port)" }

  func start() throws {
    prometheus = try Companion(
      executable,
      [
        "--config.file=\(folder.path("prometheus.yml"))", "--storage.tsdb.path=\(folder.path("data"))",
        "--web.listen-address=127.0.0.1:\(port)", "--log.level=error",
      ], in: folder)
  }

  func end() { prometheus?.end() }
}

@Suite struct PrometheusTests {
  @Test(
    .enabled(
      if: programs.prometheus != nil && programs.exporter != nil,
      "prometheus and prometheus-node-exporter are not installed"),
    .timeLimit(.minutes(3)))
  func aRealServerFromBeginningToEndAndBack() throws {
    let server = try RealServer()
    defer { server.end() }
    let hub = MetricsHub(
      sources: [.server(MetricServerConfiguration(url: server.url, timeout: 5))], now: { Clock.now }, onChange: {})
    defer { hub.close() }
    hub.setPanels([
      PanelSpecification(title: "cpu", expression: "node_cpu_seconds_total"),
      PanelSpecification(title: "load", expression: "node_load1"),
      PanelSpecification(title: "bad", expression: "sum(node_load1{)"),
      PanelSpecification(title: "slip", expression: "node_laod1"),
      PanelSpecification(title: "mem", expression: "node_memory_MemTotal_bytes"),
      PanelSpecification(title: "http", expression: "sum by (code) (prometheus_http_requests_total)"),
    ])
    let start = Clock.now - .minutes(5)
    func panel(_ title: String) -> PanelState? {
      hub.setView(from: start, to: Clock.now, columns: 60, isFollowing: true)
      return hub.panels().first { $0.title == title }
    }

    #expect(eventually(within: 60) { panel("load")?.drawn?.samples.count ?? 0 >= 3 })
    #expect(panel("load")?.drawn?.last.map { $0.value >= 0 } == true)
    #expect(panel("load")?.sentExpression == "last_over_time(node_load1[2s])", "the job's interval is known")
    #expect(panel("load")?.isRateOfCounter == false)
    #expect(
      eventually(within: 60) {
        if case .fresh = panel("cpu")?.status { return panel("cpu")?.drawn?.last != nil }
        return false
      })
    #expect(panel("cpu")?.isRateOfCounter == true)
    #expect(panel("cpu")?.note.hasPrefix("rate, ") == true)
    #expect(panel("cpu")?.seriesCount ?? 0 > 4)
    #expect(panel("cpu")?.drawn?.last.map { $0.value > 0 && $0.value < 1000 } == true)
    #expect(panel("cpu")?.unit == .number, "seconds a second are busy processors")
    #expect(panel("mem")?.unit == .bytes)
    #expect(eventually(within: 60) { panel("http")?.drawn?.last != nil })
    #expect(panel("http")?.unit == .number.perSecond)

    #expect(eventually { if case .failed = panel("bad")?.status { return true } else { return false } })
    guard case .failed(let message, let caret?) = panel("bad")?.status else {
      Issue.record("no place in \(String(describing: panel("bad")?.status))")
      return
    }
    #expect(message.contains("unexpected"))
    #expect(caret.lowerBound == 15)
    #expect(
      eventually(within: 30) {
        panel("slip")?.status == .empty(reason: "no metric node_laod1; did you mean node_load1?")
      })

    let before = panel("load")?.drawn?.samples.count ?? 0
    server.end()
    #expect(
      eventually(within: 60) {
        if case .stale(_, let reason, _) = panel("load")?.status { return reason.contains("refused") }
        return false
      })
    #expect(panel("load")?.drawn?.samples.count ?? 0 >= before)
    try server.start()
    #expect(
      eventually(within: 90) {
        if case .fresh = panel("load")?.status { return panel("load")?.drawn?.samples.count ?? 0 > before }
        return false
      })
  }
}
