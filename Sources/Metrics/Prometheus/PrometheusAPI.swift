import Platform
import Quantities

/// Requests to one server's HTTP API, and how it wraps its answers.
struct PrometheusAPI: Sendable {
  private let client: HTTPClient
  /// Where the server is.
  var address: HTTPAddress { client.address }

  /// Sets up what `configuration` describes; nothing is sent yet.
  init(_ configuration: MetricServerConfiguration) throws(HTTPAddress.Mistake) {
    client = try HTTPClient(configuration, landmark: "/api/v1/")
  }

  /// Calls `body` with the `data` of a successful answer, and with its warnings.
  func get<Result>(
    _ endpoint: String, _ query: [(name: String, value: String)], expression: String = "",
    cancellation: CancellationSignal, _ body: (_ data: JSONView, _ warnings: [String]) -> Result?
  ) throws(MetricError) -> Result {
    let response: HTTPResponse
    do {
      response = try client.response(to: client.address.path(to: endpoint), query, cancellation: cancellation)
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
      let response = try client.response(
        to: client.address.path(to: endpoint), query, isQuick: true, cancellation: cancellation)
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
}
