import Glibc
import Platform

/// Requests to one server: address, credentials, redirects, and the program or socket they go through.
struct HTTPClient: Sendable {
  let address: HTTPAddress
  /// What a redirect must lead to; empty for anything on the server.
  private let landmark: String
  private let transport: any HTTPTransport
  private let quickTransport: any HTTPTransport
  private let credentials: Credentials

  /// Sets up what `configuration` describes; nothing is sent yet.
  init(_ configuration: MetricServerConfiguration, landmark: String = "") throws(HTTPAddress.Mistake) {
    self.landmark = landmark
    address = try HTTPAddress(configuration.url)
    credentials = Credentials(configuration: configuration, fromAddress: address.credentials)
    let seconds = max(configuration.timeout, 0.1)
    transport = Self.transport(to: address, HTTPLimits(seconds: seconds), configuration)
    quickTransport = Self.transport(to: address, HTTPLimits(seconds: min(seconds, 3)), configuration)
  }

  private static func transport(
    to address: HTTPAddress, _ limits: HTTPLimits, _ configuration: MetricServerConfiguration
  ) -> any HTTPTransport {
    guard needsCurl(address, configuration) else { return SocketTransport(address: address, limits: limits) }
    return CurlTransport(
      address: address, limits: limits, certificateAuthorityFile: configuration.certificateAuthorityFile,
      certificateFile: configuration.certificateFile, keyFile: configuration.keyFile, proxy: configuration.proxy)
  }

  /// Why there was no answer, before it is told to anybody.
  enum Failure: Error {
    case transport(HTTPFailure)
    case other(MetricError)

    var metricError: MetricError {
      switch self {
      case .transport(let failure): HTTPClient.error(failure)
      case .other(let error): error
      }
    }
  }

  /// Follows redirects within the server only: credentials go nowhere else.
  ///
  /// - Parameter isQuick: Whether nothing must wait for the answer: three seconds are given, not all of the time.
  func response(
    to path: String, _ query: [(name: String, value: String)] = [], isQuick: Bool = false,
    cancellation: CancellationSignal
  ) throws(Failure) -> HTTPResponse {
    let headers: [(name: String, value: String)]
    do {
      headers = try credentials.headers()
    } catch {
      throw .other(error)
    }
    var request = HTTPRequest(path: path, query: query, headers: headers)
    for _ in 0..<3 {
      let response: HTTPResponse
      do {
        response = try (isQuick ? quickTransport : transport).send(request, cancellation: cancellation)
      } catch {
        throw .transport(error)
      }
      guard (300..<400).contains(response.status), request.form == nil || response.status >= 307,
        let place = response.headers["location"], let target = Self.localTarget(place, at: address, landmark: landmark)
      else { return response }
      request.target = target
    }
    throw .other(.unavailable(reason: "\(address.text) redirects in a circle", retryAfter: nil))
  }

  /// The path of a redirect that stays on the server and leads to `landmark`; nil for any other.
  static func localTarget(_ location: String, at address: HTTPAddress, landmark: String) -> String? {
    var path = location[...]
    if !location.hasPrefix("/") || location.hasPrefix("//") {
      guard let there = try? HTTPAddress(location), there.transport == address.transport else { return nil }
      path = path.drop { $0 != ":" }.dropFirst(3).drop { $0 != "/" }
    }
    let isSafe = path.utf8.allSatisfy { $0 > 32 && $0 < 127 }
    return isSafe && (landmark.isEmpty || path.contains(landmark)) ? String(path) : nil
  }

  static func error(_ failure: HTTPFailure) -> MetricError {
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

  private static func needsCurl(_ address: HTTPAddress, _ configuration: MetricServerConfiguration) -> Bool {
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
