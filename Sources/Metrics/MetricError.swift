public import Quantities

/// Why a metric source did not answer with data.
public enum MetricError: Error, Hashable, Sendable {
  /// The source cannot be reached or does not answer as it should; trying again may help.
  case unavailable(reason: String, retryAfter: TimeSpan?)
  /// The expression is wrong or too much; `range` is the place in the text that was sent, in UTF-8 bytes.
  case query(message: String, range: Range<Int>?)
  /// The source is set up wrongly (address, credentials, permissions of a file); trying again may help after a change.
  case configuration(reason: String)
  /// The work was called off.
  case cancelled

  /// The reason in words.
  public var reason: String {
    switch self {
    case .unavailable(let reason, _), .configuration(let reason): reason
    case .query(let message, _): message
    case .cancelled: "cancelled"
    }
  }
}
