/// What language a metric server speaks.
public enum MetricServerKind: String, CaseIterable, Hashable, Sendable {
  /// The HTTP API of Prometheus, VictoriaMetrics, Mimir, Thanos.
  case prometheus
  /// A page of Prometheus or OpenMetrics text, collected by us.
  case scrape
  /// Graphite's render API.
  case graphite
  /// InfluxDB 1.x.
  case influxdb
  /// OpenTSDB 2.x.
  case opentsdb
  /// Any JSON document whose numbers are collected by us.
  case json
  /// The stats server of uWSGI, collected by us.
  case uwsgi
}

/// How a metric server is reached.
public struct MetricServerConfiguration: Hashable, Sendable {
  /// The name by which panels refer to it.
  public var name: String
  /// What it speaks.
  public var kind = MetricServerKind.prometheus
  /// `http://host:9090/prefix`, `https://...`, `unix:/run/prometheus.sock`; credentials in it become a header.
  public var url: String
  /// A file with a bearer token; refused unless only its owner, us, can read it; read again when it changes.
  public var bearerFile: String?
  /// A file with `user:password`, checked like `bearerFile`.
  public var basicFile: String?
  /// A file with lines `Name: value`, checked like `bearerFile`.
  public var headersFile: String?
  /// Headers to send, e.g. X-Scope-OrgID.
  public var headers: [(name: String, value: String)] {
    get { headerList.map { ($0.name, $0.value) } }
    set { headerList = newValue.map { Header(name: $0.name, value: $0.value) } }
  }
  private var headerList: [Header] = []
  /// A file with the certificates to trust (https).
  public var certificateAuthorityFile: String?
  /// A file with our certificate (https).
  public var certificateFile: String?
  /// A file with the key of our certificate (https).
  public var keyFile: String?
  /// The proxy to go through, `http://proxy:3128`.
  public var proxy: String?
  /// Seconds that a request may take in all.
  public var timeout: Double

  private struct Header: Hashable, Sendable {
    var name: String
    var value: String
  }

  /// The database that is asked (InfluxDB).
  public var database: String?
  /// Seconds between two collections of what has no history of its own (scrape, json, uwsgi).
  public var interval: Double = 10

  /// Makes a configuration without credentials.
  public init(name: String = "default", url: String, timeout: Double = 10) {
    self.name = name
    self.url = url
    self.timeout = timeout
  }
}

/// A place that metrics come from, as the user named it.
public enum MetricSourceConfiguration: Hashable, Sendable {
  /// A server.
  case server(MetricServerConfiguration)
  /// A file of OpenMetrics or Prometheus text with timestamps; `name` is how panels refer to it.
  case file(name: String, path: String)
}
