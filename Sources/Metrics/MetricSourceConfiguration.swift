/// How a Prometheus server (or one that speaks its language) is reached.
public struct PrometheusConfiguration: Hashable, Sendable {
  /// The name by which panels refer to it.
  public var name: String
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
  case prometheus(PrometheusConfiguration)
  /// A file of OpenMetrics or Prometheus text with timestamps; `name` is how panels refer to it.
  case file(name: String, path: String)
}
