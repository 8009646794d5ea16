import Platform
import Quantities
import Series

/// What the HTTP APIs of other metric stores have in common.
enum ForeignAnswers {
  /// The error of an answer that carries no data; `message` finds what the server says in its JSON.
  static func error(
    _ response: HTTPResponse, summary: String, message: (JSONView) -> String?
  ) -> MetricError {
    let said = response.body.withUnsafeBytes { JSONView($0).flatMap(message) }.map(PrometheusErrors.visible)
    let tail = said.map { ": \($0)" } ?? ""
    switch response.status {
    case 401: return .configuration(reason: "401: \(summary) wants credentials (bearer_file or basic_file)\(tail)")
    case 403: return .configuration(reason: "403: \(summary) does not let us in\(tail)")
    case 404: return .unavailable(reason: "404: nothing at \(summary)\(tail)", retryAfter: nil)
    case 300..<400:
      let target = response.headers["location"].map { " to \(PrometheusErrors.visible($0))" } ?? ""
      return .configuration(reason: "\(response.status): \(summary) redirects\(target); give that address")
    case 400, 413, 422:
      let line = said ?? firstLine(response)
      return .query(message: line.isEmpty ? "\(response.status) without a message" : line, range: nil)
    default: break
    }
    let wait = response.headers["retry-after"].flatMap { Int64($0) }.map { TimeSpan.seconds(min(max($0, 0), 3600)) }
    let reason = said.map { "\(response.status): \($0)" } ?? unexpected(response, instead: "data")
    return .unavailable(reason: reason, retryAfter: wait)
  }

  /// Says what came in the place of what was wanted.
  static func unexpected(_ response: HTTPResponse, instead wanted: String) -> String {
    let line = firstLine(response)
    if response.mediaType.hasSuffix("html") || line.hasPrefix("<") { return PrometheusErrors.foreign(response) }
    let start = response.status == 200 ? "the answer is no \(wanted)" : "\(response.status)"
    return line.isEmpty ? start : "\(start): \(line)"
  }

  private static func firstLine(_ response: HTTPResponse) -> String {
    let text = String(decoding: response.body.prefix(4096), as: UTF8.self)
    return PrometheusErrors.visible(String(text.drop(while: \.isWhitespace).prefix { !$0.isNewline }.prefix(200)))
  }

  /// Labels of a series: its name and tags, sorted.
  static func labels(name: String, tags: JSONView?) -> [Label] {
    var labels: [Label] = []
    tags?.forEachMember { member, value in
      if member != "name", member != "__name__", let text = value.text, !text.isEmpty {
        labels.append(Label(name: member, value: text))
      }
    }
    labels.append(Label(name: "__name__", value: name))
    return labels.sorted { $0.name < $1.name }
  }

  /// The usual distance of samples; nil for fewer than two.
  static func spacing(of samples: ContiguousArray<Sample>) -> TimeSpan? {
    let part = samples.prefix(500)
    let distances = zip(part, part.dropFirst()).map { ($1.time - $0.time).nanoseconds }.filter { $0 > 0 }.sorted()
    return distances.isEmpty ? nil : TimeSpan(nanoseconds: distances[distances.count / 2])
  }
}

extension HTTPClient {
  /// Calls `body` with the JSON of a successful answer.
  ///
  /// - Parameter message: Finds what the server says in an answer that is an error.
  func json<Result>(
    _ endpoint: String, _ query: [(name: String, value: String)], cancellation: CancellationSignal,
    message: (JSONView) -> String?, _ body: (JSONView) throws(MetricError) -> Result
  ) throws(MetricError) -> Result {
    let response: HTTPResponse
    do {
      response = try self.response(to: address.path(to: endpoint), query, cancellation: cancellation)
    } catch {
      throw error.metricError
    }
    guard response.status == 200 else {
      throw ForeignAnswers.error(response, summary: address.text, message: message)
    }
    var outcome: Swift.Result<Result, MetricError> = .failure(
      .unavailable(reason: ForeignAnswers.unexpected(response, instead: "JSON"), retryAfter: nil))
    response.body.withUnsafeBytes { bytes in
      guard let view = JSONView(bytes) else { return }
      do throws(MetricError) { outcome = .success(try body(view)) } catch { outcome = .failure(error) }
    }
    return try outcome.get()
  }
}
