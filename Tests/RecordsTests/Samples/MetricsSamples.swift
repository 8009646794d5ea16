import Testing

@testable import Records

/// What the samples say, record by record.
extension SampleRecordTests {
  @Test(
    "Servers of metrics and logs",
    arguments: [
      Sample(
        "graphite/carbon-cache.head.log", "text", records: 350,
        [
          .init(1, 9, nil, nil, "Starting carbon-cache (instance a)…", [:]),
          .init(
            10, 10, "2026-11-22T12:44:50Z", nil, "[console] Using sorted write strategy for cache",
            ["logger": "console"]),
          .init(
            21, 21, "2026-11-22T12:44:55Z", nil,
            "[listener] MetricLineReceiver connection with 127.0.0.1:46264 establis…", ["logger": "listener"]),
          .init(
            100, 100, "2026-11-22T12:44:55Z", nil,
            "[creates] new metric stats.timers.app.latency.lower matched schema all", ["logger": "creates"]),
          .init(
            357, 357, "2026-11-22T12:45:00Z", nil,
            "[updates] wrote 1 datapoints for stats.timers.app.latency.mean_99 in 0…", ["logger": "updates"]),
        ]),
      Sample(
        "graphite/graphite-web-info.log", "text", records: 63,
        [
          .init(1, 1, "2026-11-22T12:45:48.756Z", nil, "Fetching data for [stats.timers.app.latency.upper_90]", [:]),
          .init(
            2, 2, "2026-11-22T12:45:48.756Z", nil, "graphite.storage.Store.fetch :: Starting fetch on all backends", [:]
          ),
          .init(
            4, 4, "2026-11-22T12:45:48.784Z", nil,
            "Got all fetch results for ['stats.timers.app.latency.upper_90'] in 0.0…", [:]),
          .init(
            63, 63, "2026-11-22T12:46:51.304Z", nil,
            "graphite.render.datalib.fetchData :: lookup and merge of \"servers.web1…", [:]),
        ]),
      Sample(
        "loki/server-logfmt.log", "logfmt", records: 140,
        [
          .init(
            1, 1, "2026-11-22T13:30:25.243847399Z", .info, "auth disabled",
            ["caller": "loki.go:501", "no_auth_tenant": "fake"]),
          .init(2, 2, "2026-11-22T13:30:25.24405185Z", .info, "Starting Loki", ["caller": "main.go:146"]),
          .init(
            4, 4, "2026-11-22T13:30:25.246052097Z", .warn,
            "ruler.storage exists and is not empty, but will be ignored in favour o…", ["caller": "modules.go:1522"]),
          .init(
            5, 5, "2026-11-22T13:30:25.250925572Z", .info, "server listening on addresses",
            ["caller": "server.go:401", "http": "127.0.0.1:13100"]),
          .init(
            60, 60, "2026-11-22T13:30:25.310963867Z", .info,
            "sleeping for initial delay before starting periodic flushing", ["caller": "ingester.go:345"]),
          .init(
            140, 140, "2026-11-22T13:30:57.853831733Z", .info,
            "level=info ts=2026-11-22T13:30:57.853831733Z caller=table_manager.go:2…",
            ["caller": "table_manager.go:253"]),
        ]),
      Sample(
        "node-exporter/server.log", "logfmt", records: 119,
        [
          .init(1, 1, "2026-11-22T12:42:52.116Z", .info, "Starting node_exporter", ["caller": "node_exporter.go:180"]),
          .init(2, 2, "2026-11-22T12:42:52.117Z", .info, "Build context", ["caller": "node_exporter.go:181"]),
          .init(
            3, 3, "2026-11-22T12:42:52.117Z", .warn,
            "Node Exporter is running as root user. This exporter is designed to ru…",
            ["caller": "node_exporter.go:183"]),
          .init(60, 60, "2026-11-22T12:42:57.414Z", .error, "collector failed", ["caller": "collector.go:169"]),
          .init(119, 119, "2026-11-22T12:44:53.413Z", .error, "collector failed", ["caller": "collector.go:169"]),
        ]),
      Sample(
        "pushgateway/server.log", "logfmt", records: 7,
        [
          .init(
            1, 1, "2026-11-22T12:42:52.1Z", .info, "starting pushgateway",
            ["caller": "main.go:100", "version": "(version=1.5.1, branch=debian/sid, revision=1.5.1-2+b5)"]),
          .init(
            2, 2, "2026-11-22T12:42:52.101Z", .info,
            "ts=2026-11-22T12:42:52.101Z caller=main.go:101 level=info build_contex…", ["caller": "main.go:101"]),
          .init(
            3, 3, "2026-11-22T12:42:52.103Z", .info, "Listening on",
            ["caller": "tls_config.go:232", "address": "127.0.0.1:19091"]),
          .init(
            4, 4, "2026-11-22T12:42:52.103Z", .info, "TLS is disabled.",
            ["caller": "tls_config.go:235", "address": "127.0.0.1:19091"]),
          .init(5, 5, "2026-11-22T12:47:52.11Z", .info, "metrics persisted", ["caller": "diskmetricstore.go:221"]),
          .init(
            6, 6, "2026-11-22T13:32:27.585Z", .info, "received SIGINT/SIGTERM; exiting gracefully...",
            ["caller": "main.go:266"]),
          .init(7, 7, "2026-11-22T13:32:27.585Z", .info, "HTTP server stopped", ["caller": "main.go:214"]),
        ]),
      Sample(
        "prometheus/server-logfmt.log", "logfmt", records: 35,
        [
          .init(
            1, 1, "2026-11-22T12:42:52.191Z", .info, "Experimental native histogram support enabled.",
            ["caller": "main.go:198"]),
          .init(
            2, 2, "2026-11-22T12:42:52.191Z", .info, "Experimental in-memory exemplar storage enabled",
            ["caller": "main.go:173"]),
          .init(10, 10, "2026-11-22T12:42:52.214Z", .info, "Starting TSDB ...", ["caller": "main.go:988"]),
        ]),
      Sample(
        "statsd/server-console-dump.log", "text", records: 1101,
        [
          .init(1, 1, "2026-11-22T12:44:49Z", .info, "[29556] reading config file: cfg.js", ["pid": "29556"]),
          .init(2, 2, "2026-11-22T12:44:49Z", .info, "server is up INFO", [:]),
          .init(3, 3, "2026-11-22T12:44:51Z", .debug, "app.req:1|c", [:]),
          .init(23, 23, "2026-11-22T12:44:51Z", .debug, "app.sampled:1|c|@0.5", [:]),
          .init(1098, 1098, "2026-11-22T12:44:55Z", .debug, "app.req:1|c", [:]),
        ]),
      Sample(
        "victoria-metrics/server-json.log", "json", records: 120,
        [
          .init(
            1, 1, "2026-11-22T12:42:52.091Z", .info, "build version: ",
            ["caller": "VictoriaMetrics/lib/logger/flag.go:12"]),
          .init(
            3, 3, "2026-11-22T12:42:52.091Z", .info, "flag \"graphiteListenAddr\"=\"127.0.0.1:12003\"",
            ["caller": "VictoriaMetrics/lib/logger/flag.go:20"]),
          .init(
            60, 60, "2026-11-22T13:32:27.596Z", .info,
            "TCP and UDP InfluxDB servers at \"127.0.0.1:18089\" have been stopped",
            ["caller": "VictoriaMetrics/lib/ingestserver/influx/server.go:87"]),
          .init(
            120, 120, "2026-11-22T13:32:27.606Z", .info, "the VictoriaMetrics has been stopped in 0.010 seconds",
            ["caller": "VictoriaMetrics/app/victoria-metrics/main.go:81"]),
        ]),
    ])
  func metrics(_ sample: Sample) throws { try sample.check() }
}
