import Platform
import Quantities
import Series

/// The stats server of uWSGI: a JSON document to whoever connects, with or without (`--stats-http`) a header before it.
///
/// Its numbers are named as those of any JSON document, with `uwsgi_` before them; its own `metrics` carry their type.
struct UWSGIStats: Snapshots {
  private let transport: SocketTransport

  init(_ configuration: MetricServerConfiguration) throws(HTTPAddress.Mistake) {
    let isNamed = configuration.url.hasPrefix("tcp://")
    let address = try HTTPAddress(isNamed ? String(configuration.url.dropFirst(6)) : configuration.url)
    if case .tls = address.transport { throw HTTPAddress.Mistake(message: "the stats server of uWSGI speaks no TLS") }
    transport = SocketTransport(address: address, limits: HTTPLimits(seconds: max(configuration.timeout, 0.1)))
  }

  var summary: String {
    switch transport.address.transport {
    case .tcp(let host, let port), .tls(let host, let port): "uwsgi \(host):\(port)"
    case .unix(let path): "uwsgi \(path)"
    }
  }

  func snapshot(at time: Timestamp, cancellation: CancellationSignal) throws(MetricError) -> MetricsFileContent {
    let bytes = try receive(cancellation)
    guard let start = bytes.firstIndex(of: UInt8(ascii: "{")),
      let content = bytes[start...].withUnsafeBytes({ Self.content($0, at: time) })
    else { throw .unavailable(reason: "\(summary) answers no JSON; is it the stats server?", retryAfter: nil) }
    return content
  }

  /// The metrics of a document; nil if it is none of uWSGI's.
  static func content(_ bytes: UnsafeRawBufferPointer, at time: Timestamp) -> MetricsFileContent? {
    guard let view = JSONView(bytes), view["listen_queue"] != nil || view["workers"] != nil else { return nil }
    var numbers = JSONNumbers(view, prefix: "uwsgi", at: time)
    var families: [String: MetricsFileContent.Family] = [:]
    let own = numbers.series.filter { !$0.name.hasPrefix("uwsgi_metrics_") }
    for name in Set(own.map(\.name)) where counters.contains(where: { name.hasSuffix("_" + $0) }) {
      families[name] = .init(type: "counter")
    }
    let before = numbers.series.count
    view["metrics"]?.forEachMember { member, value in
      guard let number = value["value"]?.number else { return }
      let (name, labels) = named(member)
      if value["type"]?.number == 0 { families[name] = .init(type: "counter") }
      numbers.add(number, name: name, labels: labels)
    }
    return MetricsFileContent(
      families: families, series: own + numbers.series[before...], interval: .seconds(10 as Int64))
  }

  /// Numbers that only grow (uWSGI's stats.c).
  private static let counters = [
    "requests", "exceptions", "harakiri_count", "signals", "respawn_count", "running_time", "tx", "static_requests",
    "routed_requests", "offloaded_requests", "write_errors", "read_errors", "listen_queue_errors", "hits", "miss",
  ]

  /// `worker.1.requests` is `uwsgi_worker_requests{worker="1"}`.
  private static func named(_ text: String) -> (name: String, labels: [Label]) {
    var name = "uwsgi"
    var labels: [Label] = []
    var last = "index"
    for part in text.split(separator: ".") {
      if part.allSatisfy(\.isNumber) {
        labels.append(Label(name: last, value: String(part)))
      } else {
        last = JSONNumbers.joined("", String(part))
        name += "_" + last
      }
    }
    return (name, labels)
  }

  private func receive(_ cancellation: CancellationSignal) throws(MetricError) -> [UInt8] {
    let deadline = transport.limits.deadline
    do {
      let stream = try transport.connect(deadline: deadline, cancellation: cancellation)
      var bytes: [UInt8] = []
      var isOpen = true
      while isOpen {
        isOpen = try stream.read(into: &bytes, deadline: deadline)
        if bytes.count > transport.limits.bytes { throw HTTPClient.error(.tooLarge(limit: transport.limits.bytes)) }
      }
      return bytes
    } catch let error as SocketError {
      throw HTTPClient.error(transport.failure(error))
    } catch let error as MetricError {
      throw error
    } catch {
      throw .unavailable(reason: "\(summary): \(error)", retryAfter: nil)
    }
  }
}
