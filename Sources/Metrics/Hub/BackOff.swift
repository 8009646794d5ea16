import Quantities

/// How long to wait after failures in a row: 1 s, doubled up to 60 s, each a little more or less so that many panels and
/// many terminals do not knock at a returning server in the same instant.
struct BackOff: Hashable, Sendable {
  private(set) var failures = 0
  /// When the first failure of the row happened.
  private(set) var since: Timestamp?

  /// Takes note of a failure; answers when to try again.
  ///
  /// - Parameter jitter: 0 to 1; 0.5 is the plain delay, the ends a fifth less and more.
  mutating func failed(at now: Timestamp, retryAfter: TimeSpan?, jitter: Double) -> Timestamp {
    since = since ?? now
    let seconds = min(60, Double(1 << min(failures, 6))) * (0.8 + 0.4 * min(max(jitter, 0), 1))
    failures += 1
    return now + max(.seconds(seconds), retryAfter ?? .zero)
  }

  /// Takes note that all is well again.
  mutating func succeeded() { self = BackOff() }
}
