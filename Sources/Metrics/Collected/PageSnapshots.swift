import Platform
import Quantities

/// A page of Prometheus or OpenMetrics text, as exporters serve it.
struct ExpositionPage: Snapshots {
  private let page: HTTPPage

  init(_ configuration: MetricServerConfiguration) throws(HTTPAddress.Mistake) {
    page = try HTTPPage(configuration, standardPath: "/metrics")
  }

  var summary: String { page.summary }

  func snapshot(at time: Timestamp, cancellation: CancellationSignal) throws(MetricError) -> MetricsFileContent {
    let response = try page.get(cancellation)
    let content = response.body.withUnsafeBytes { MetricsFileContent(page: $0, at: time) }
    if content.series.isEmpty, content.broken > 0 {
      throw .unavailable(reason: ForeignAnswers.unexpected(response, instead: "metrics"), retryAfter: nil)
    }
    return content
  }
}

/// Any JSON document with numbers in it.
struct JSONPage: Snapshots {
  private let page: HTTPPage

  init(_ configuration: MetricServerConfiguration) throws(HTTPAddress.Mistake) {
    page = try HTTPPage(configuration, standardPath: "/")
  }

  var summary: String { page.summary }

  func snapshot(at time: Timestamp, cancellation: CancellationSignal) throws(MetricError) -> MetricsFileContent {
    let response = try page.get(cancellation)
    let series = response.body.withUnsafeBytes { bytes in
      JSONView(bytes).map { JSONNumbers($0, at: time).series }
    }
    guard let series else {
      throw .unavailable(reason: ForeignAnswers.unexpected(response, instead: "JSON"), retryAfter: nil)
    }
    return MetricsFileContent(families: [:], series: series, interval: .seconds(10 as Int64))
  }
}

/// One address that is asked as it was written, with its path and query.
private struct HTTPPage: Sendable {
  private let client: HTTPClient
  private let target: String

  init(_ configuration: MetricServerConfiguration, standardPath: String) throws(HTTPAddress.Mistake) {
    client = try HTTPClient(configuration)
    target = HTTPAddress.target(of: configuration.url) ?? standardPath
  }

  /// Without the query, in which people put tokens.
  var summary: String {
    switch client.address.transport {
    case .unix: return client.address.text
    default:
      let root = client.address.text.dropLast(client.address.prefix.utf8.count)
      return String(root) + String(target.prefix { $0 != "?" })
    }
  }

  func get(_ cancellation: CancellationSignal) throws(MetricError) -> HTTPResponse {
    let response: HTTPResponse
    do {
      response = try client.response(to: target, cancellation: cancellation)
    } catch {
      throw error.metricError
    }
    guard response.status == 200 else { throw ForeignAnswers.error(response, summary: summary) { _ in nil } }
    return response
  }
}

extension HTTPAddress {
  /// Path and query of an address as they are written; nil if it has none but `/`, or is of a Unix socket.
  static func target(of url: String) -> String? {
    guard !url.hasPrefix("unix:") else { return nil }
    var rest = url[...]
    if let scheme = url.utf8.firstIndex(of: UInt8(ascii: ":")), url[scheme...].hasPrefix("://") {
      rest = url[scheme...].dropFirst(3)
    }
    let target = rest.drop { $0 != "/" && $0 != "?" }.prefix { $0 != "#" }
    let isSafe = target.utf8.allSatisfy { $0 > 32 && $0 < 127 }
    guard !target.isEmpty, target != "/", isSafe else { return nil }
    return target.hasPrefix("?") ? "/" + target : String(target)
  }
}
