import Glibc
import Platform
import Quantities

/// Requests to one server's HTTP API: address, credentials and redirects.
struct PrometheusAPI: Sendable {
  let address: HTTPAddress
  private let transport: any HTTPTransport
  private let quickTransport: any HTTPTransport
  private let credentials: Credentials

  /// Sets up what `configuration` describes; nothing is sent yet.
  init(_ configuration: PrometheusConfiguration) throws(HTTPAddress.Mistake) {
    address = try HTTPAddress(configuration.url)
    credentials = Credentials(configuration: configuration, fromAddress: address.credentials)
    let seconds = max(configuration.timeout, 0.1)
    transport = Self.transport(to: address, HTTPLimits(seconds: seconds), configuration)
    quickTransport = Self.transport(to: address, HTTPLimits(seconds: min(seconds, 3)), configuration)
  }

  private static func transport(
    to address: HTTPAddress, _ limits: HTTPLimits, _ configuration: PrometheusConfiguration
  ) -> any HTTPTransport {
    guard needsCurl(address, configuration) else { return SocketTransport(address: address, limits: limits) }
    return CurlTransport(
      address: address, limits: limits, certificateAuthorityFile: configuration.certificateAuthorityFile,
      certificateFile: configuration.certificateFile, keyFile: configuration.keyFile, proxy: configuration.proxy)
  }

  /// Calls `body` with the `data` of a successful answer, and with its warnings.
  func get<Result>(
    _ endpoint: String, _ query: [(name: String, value: String)], expression: String = "",
    cancellation: CancellationSignal, _ body: (_ data: JSONView, _ warnings: [String]) -> Result?
  ) throws(MetricError) -> Result {
    let response: HTTPResponse
    do {
      response = try self.response(endpoint, query, over: transport, cancellation: cancellation)
    } catch {
      throw error.metricError
    }
    guard response.status == 200 else {
      throw PrometheusErrors.error(response, address: address, expression: expression)
    }
    if let result = Self.read(response, body) { return result }
    throw PrometheusErrors.error(response, address: address, expression: expression)
  }

  /// As `get`, of an endpoint that not every server has and that nothing must wait for: nil if it does not answer within
  /// three seconds with success. Throws where no other request would fare better.
  func hint<Result>(
    _ endpoint: String, _ query: [(name: String, value: String)], cancellation: CancellationSignal,
    _ body: (_ data: JSONView) -> Result?
  ) throws(MetricError) -> Hint<Result> {
    do {
      let response = try response(endpoint, query, over: quickTransport, cancellation: cancellation)
      guard response.status == 200, let value = Self.read(response, { data, _ in body(data) }) else { return .absent }
      return .value(value)
    } catch .transport(.timedOut) {
      return .slow
    } catch .transport(.tooLarge) {
      return .absent
    } catch {
      throw error.metricError
    }
  }

  /// What came of asking for a hint.
  enum Hint<Value> {
    case value(Value)
    case absent
    case slow
  }

  private static func read<Result>(
    _ response: HTTPResponse, _ body: (_ data: JSONView, _ warnings: [String]) -> Result?
  ) -> Result? {
    response.body.withUnsafeBytes { bytes in
      guard let view = JSONView(bytes), view["status"]?.text == "success", let data = view["data"] else { return nil }
      let notes = (view["warnings"]?.texts ?? []) + (view["infos"]?.texts ?? [])
      return body(data, notes.map(PrometheusErrors.visible))
    }
  }

  /// Why there was no answer, before it is told to anybody.
  private enum Failure: Error {
    case transport(HTTPFailure)
    case other(MetricError)

    var metricError: MetricError {
      switch self {
      case .transport(let failure): PrometheusAPI.error(failure)
      case .other(let error): error
      }
    }
  }

  /// Follows redirects within the server only: credentials go nowhere else.
  private func response(
    _ endpoint: String, _ query: [(name: String, value: String)], over transport: any HTTPTransport,
    cancellation: CancellationSignal
  ) throws(Failure) -> HTTPResponse {
    let headers: [(name: String, value: String)]
    do {
      headers = try credentials.headers()
    } catch {
      throw .other(error)
    }
    var request = HTTPRequest(path: address.path(to: endpoint), query: query, headers: headers)
    for _ in 0..<3 {
      let response: HTTPResponse
      do {
        response = try transport.send(request, cancellation: cancellation)
      } catch {
        throw .transport(error)
      }
      guard (300..<400).contains(response.status), request.form == nil || response.status >= 307,
        let place = response.headers["location"], let target = Self.localTarget(place, at: address)
      else { return response }
      request.target = target
    }
    throw .other(.unavailable(reason: "\(address.text) redirects in a circle", retryAfter: nil))
  }

  /// The path of a redirect that stays on the server and keeps asking the API; nil for any other.
  static func localTarget(_ location: String, at address: HTTPAddress) -> String? {
    var path = location[...]
    if !location.hasPrefix("/") || location.hasPrefix("//") {
      guard let there = try? HTTPAddress(location), there.transport == address.transport else { return nil }
      path = path.drop { $0 != ":" }.dropFirst(3).drop { $0 != "/" }
    }
    let isSafe = path.utf8.allSatisfy { $0 > 32 && $0 < 127 }
    return isSafe && path.contains("/api/v1/") ? String(path) : nil
  }

  private static func error(_ failure: HTTPFailure) -> MetricError {
    switch failure {
    case .broken(let reason): .unavailable(reason: reason, retryAfter: nil)
    case .timedOut(let seconds):
      .unavailable(
        reason: "no answer within \(seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)") s", retryAfter: nil
      )
    case .tooLarge(let limit):
      .query(message: "the answer is larger than \(limit >> 20) MiB; add up series with sum()", range: nil)
    case .cancelled: .cancelled
    }
  }

  private static func needsCurl(_ address: HTTPAddress, _ configuration: PrometheusConfiguration) -> Bool {
    switch address.transport {
    case .tls: return true
    case .unix: return false
    case .tcp(let host, _):
      if configuration.proxy != nil { return true }
      let isLocal = host == "localhost" || host.hasPrefix("127.") || host == "::1"
      guard !isLocal, let proxy = getenv("http_proxy") else { return false }
      return proxy.pointee != 0
    }
  }
}
