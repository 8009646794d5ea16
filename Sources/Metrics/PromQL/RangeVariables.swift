import Quantities

/// The variables that an expression may leave to the time that is looked at, as Grafana has them:
///
///     rate(http_requests_total[$__rate_interval])     a window that holds four samples and all between two columns
///     avg_over_time(load[$__interval])                the distance of the points that are asked for
///
/// They are replaced when a request is made, so that the windows follow the zoom.
struct RangeVariables: Hashable, Sendable {
  /// The expression with values in the place of variables.
  let expression: String
  /// Where each variable stood, and how long its value is, in UTF-8 bytes.
  private let replaced: [(Range<Int>, Int)]

  static func == (left: RangeVariables, right: RangeVariables) -> Bool { left.expression == right.expression }
  func hash(into hasher: inout Hasher) { hasher.combine(expression) }

  /// Replaces the variables of `text`.
  ///
  /// - Parameters:
  ///   - step: The distance of the points asked for.
  ///   - interval: The distance of the stored samples.
  init(_ text: String, step: TimeSpan, interval: TimeSpan) {
    guard text.utf8.contains(UInt8(ascii: "$")) else {
      (expression, replaced) = (text, [])
      return
    }
    let rate = max(step + interval, interval * 4).promQL
    let milliseconds = String(max(step.nanoseconds / 1_000_000, 1))
    let values = [
      ("$__rate_interval", rate), ("${__rate_interval}", rate), ("$__interval_ms", milliseconds),
      ("${__interval_ms}", milliseconds), ("$__interval", step.promQL), ("${__interval}", step.promQL),
    ].map { (Array($0.0.utf8), Array($0.1.utf8)) }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var places: [(Range<Int>, Int)] = []
    var index = 0
    while index < bytes.count {
      guard let (name, value) = values.first(where: { bytes[index...].starts(with: $0.0) }) else {
        result.append(bytes[index])
        index += 1
        continue
      }
      places.append((index..<index + name.count, value.count))
      result += value
      index += name.count
    }
    (expression, replaced) = (String(decoding: result, as: UTF8.self), places)
  }

  /// An error about the expression with values, told of the one with variables.
  func original(_ error: MetricError) -> MetricError {
    guard case .query(let message, let range?) = error, !replaced.isEmpty else { return error }
    return .query(
      message: message, range: place(range.lowerBound)..<max(place(range.lowerBound), place(range.upperBound)))
  }

  private func place(_ offset: Int) -> Int {
    var shift = 0
    for (range, length) in replaced {
      let start = range.lowerBound + shift
      if offset <= start { break }
      if offset < start + length { return range.lowerBound }
      shift += length - range.count
    }
    return max(0, offset - shift)
  }
}

extension RangeRequest {
  /// The expression with its variables replaced.
  var variables: RangeVariables { RangeVariables(expression, step: step, interval: interval) }

  /// The request with values in the place of variables.
  func with(_ variables: RangeVariables) -> RangeRequest {
    var request = self
    request.expression = variables.expression
    return request
  }
}
