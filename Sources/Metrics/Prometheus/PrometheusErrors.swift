import Quantities

/// Turns what a server answered instead of data into words that help.
enum PrometheusErrors {
  /// The error of an answer that carries no data.
  ///
  /// - Parameter expression: The text that was sent, in which places are found.
  static func error(_ response: HTTPResponse, address: HTTPAddress, expression: String) -> MetricError {
    let api = apiError(response)
    switch response.status {
    case 401:
      return .configuration(reason: "401: \(address.text) wants credentials (bearer_file or basic_file)")
    case 403: return .configuration(reason: "403: \(address.text) does not let us in" + tail(api?.message))
    case 404 where api == nil:
      let hint = address.prefix.isEmpty ? "; is there a path prefix, as in \(address.text)/prometheus ?" : ""
      return .unavailable(reason: "404: no query API at \(address.text)\(hint)", retryAfter: nil)
    case 429: return .unavailable(reason: "429: the server asks for fewer requests", retryAfter: retryAfter(response))
    case 300..<400:
      let target = response.headers["location"].map { " to \(visible($0))" } ?? ""
      return .configuration(reason: "\(response.status): \(address.text) redirects\(target); give that address")
    default: break
    }
    if let api {
      let isQuery =
        api.type == "bad_data" || api.type == "execution" || response.status == 400 || response.status == 422
      if isQuery, api.type != "timeout" { return query(api.message, expression: expression) }
      return .unavailable(reason: "\(response.status): \(api.message)", retryAfter: retryAfter(response))
    }
    return .unavailable(reason: foreign(response), retryAfter: retryAfter(response))
  }

  /// What `status: error` says.
  private static func apiError(_ response: HTTPResponse) -> (type: String, message: String)? {
    response.body.withUnsafeBytes { bytes in
      guard let view = JSONView(bytes), view["status"]?.text == "error" else { return nil }
      return (view["errorType"]?.text ?? "", visible(view["error"]?.text ?? "error without a message"))
    }
  }

  /// A page of a proxy or something that is no metric server.
  static func foreign(_ response: HTTPResponse) -> String {
    let text = String(decoding: response.body.prefix(4096), as: UTF8.self)
    let isPage = response.mediaType.hasSuffix("html") || text.drop(while: \.isWhitespace).hasPrefix("<")
    if isPage {
      let title = title(ofPage: text).map { " (\($0))" } ?? ""
      return "\(response.status): a web page\(title) instead of metrics; a proxy or a sign-in is in between"
    }
    let line = visible(String(text.prefix { !$0.isNewline }.prefix(200)))
    return response.status == 200
      ? "the answer is not one of Prometheus\(tail(line))" : "\(response.status)\(tail(line))"
  }

  /// Finds the place in the expression that Prometheus (`1:6: parse error: ...`) or VictoriaMetrics names.
  static func query(_ text: String, expression: String) -> MetricError {
    let count = expression.utf8.count
    if let mark = range(of: ": parse error: ", in: text) {
      let places = text[..<mark.lowerBound].split(separator: " ").last?.split(separator: ":") ?? []
      let message = String(text[mark.upperBound...])
      guard places.count == 2, let line = Int(places[0]), let column = Int(places[1]) else {
        return .query(message: message, range: nil)
      }
      let offset = min(max(offset(line: line, column: column, in: expression), 0), count)
      return .query(message: message, range: word(at: offset, in: expression))
    }
    if let mark = range(of: "unparsed data: \"", in: text) {
      let rest = text[mark.upperBound...].dropLast(text.hasSuffix("\"") ? 1 : 0)
      let message = String(text[..<mark.lowerBound].split(separator: "): ").last ?? "")
      let offset = expression.hasSuffix(rest) ? count - rest.utf8.count : nil
      return .query(
        message: message.hasSuffix("; ") ? String(message.dropLast(2)) : message,
        range: offset.map { word(at: $0, in: expression) })
    }
    let message = withoutPreface(text)
    return .query(message: message, range: named(in: message, expression: expression))
  }

  /// What VictoriaMetrics says behind `error when executing query="..." for (time=..., step=...): `.
  private static func withoutPreface(_ text: String) -> String {
    guard text.hasPrefix("error when executing query="), let place = range(of: " for (time=", in: text) else {
      return text
    }
    let rest = String(text[place.upperBound...])
    return range(of: "): ", in: rest).map { String(rest[$0.upperBound...]) } ?? text
  }

  /// The word of the expression that the message has in quotes: `unknown func "raet"`.
  private static func named(in message: String, expression: String) -> Range<Int>? {
    let parts = message.split(separator: "\"", omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[1].isEmpty else { return nil }
    return Tokenizer.tokens(of: expression).first { $0.kind == .word && $0.value == parts[1] }?.range
  }

  private static func offset(line: Int, column: Int, in expression: String) -> Int {
    var start = 0
    var rest = line
    for (index, byte) in expression.utf8.enumerated() where byte == 10 && rest > 1 {
      rest -= 1
      start = index + 1
    }
    return start + column - 1
  }

  /// The token that begins at or covers `offset`; an empty range at the end.
  private static func word(at offset: Int, in expression: String) -> Range<Int> {
    let count = expression.utf8.count
    if offset >= count { return count..<count }
    let token = Tokenizer.tokens(of: expression).first { $0.range.contains(offset) }
    return offset..<(token?.range.upperBound ?? offset + 1)
  }

  private static func retryAfter(_ response: HTTPResponse) -> TimeSpan? {
    response.headers["retry-after"].flatMap { Int64($0) }.map { .seconds(min(max($0, 0), 3600)) }
  }

  private static func tail(_ text: String?) -> String { text.map { $0.isEmpty ? "" : ": \($0)" } ?? "" }

  private static func title(ofPage text: String) -> String? {
    for (open, close) in [("<title>", "</title>"), ("<TITLE>", "</TITLE>")] {
      guard let start = range(of: open, in: text), let end = range(of: close, in: text),
        start.upperBound <= end.lowerBound
      else { continue }
      return visible(String(text[start.upperBound..<end.lowerBound].prefix(80)))
    }
    return nil
  }

  /// Foreign text on one line: control characters become spaces.
  static func visible(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      result.unicodeScalars.append(scalar.value < 32 || (127..<160).contains(scalar.value) ? " " : scalar)
    }
    return result.split(separator: " ").joined(separator: " ")
  }

  private static func range(of needle: String, in text: String) -> Range<String.Index>? {
    var start = text.startIndex
    while start < text.endIndex {
      if text[start...].hasPrefix(needle) { return start..<text.index(start, offsetBy: needle.count) }
      start = text.index(after: start)
    }
    return nil
  }
}
