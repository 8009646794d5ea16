/// Makes sources as they are configured.
enum MetricSources {
  /// The source that `configuration` describes; nothing is sent yet.
  static func source(_ configuration: MetricServerConfiguration) throws(HTTPAddress.Mistake) -> any MetricSource {
    switch configuration.kind {
    case .prometheus: try PrometheusSource(configuration)
    case .graphite: try GraphiteSource(configuration)
    case .influxdb: try InfluxSource(configuration)
    case .opentsdb: try OpenTSDBSource(configuration)
    case .scrape: collected(try ExpositionPage(configuration), configuration)
    case .json: collected(try JSONPage(configuration), configuration)
    case .uwsgi: collected(try UWSGIStats(configuration), configuration)
    }
  }

  private static func collected(
    _ snapshots: any Snapshots, _ configuration: MetricServerConfiguration
  ) -> CollectedSource {
    CollectedSource(name: configuration.name, snapshots, every: configuration.interval)
  }
}
