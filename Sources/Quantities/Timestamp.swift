/// An instant on the time line of Unix time, in whole nanoseconds since 1970-01-01T00:00:00Z.
///
/// Holds the years 1678 to 2261; what lies outside is clamped, never wrapped.
///
///     let noon = Timestamp(seconds: 1_767_355_200)
///     noon + .minutes(5) > noon
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Nanoseconds since the Unix epoch, negative before it.
  public var nanoseconds: Int64

  /// Makes an instant from nanoseconds since the Unix epoch.
  @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// Makes an instant from whole seconds since the Unix epoch and a remainder of nanoseconds; clamps on overflow.
  @inlinable public init(seconds: Int64, nanoseconds: Int64 = 0) {
    let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, carry) = scaled.addingReportingOverflow(nanoseconds)
    self.nanoseconds = overflow || carry ? (seconds < 0 ? .min : .max) : sum
  }

  /// The earliest instant that can be written.
  public static let distantPast = Timestamp(nanoseconds: .min)
  /// The latest instant that can be written.
  public static let distantFuture = Timestamp(nanoseconds: .max)

  /// Whole seconds since the epoch, rounded down.
  @inlinable public var wholeSeconds: Int64 { nanoseconds.floorDivided(by: 1_000_000_000) }

  /// Seconds since the epoch as a floating-point number (exact to about 200 ns).
  @inlinable public var seconds: Double { Double(nanoseconds) / 1e9 }

  /// Earlier first.
  @inlinable public static func < (left: Timestamp, right: Timestamp) -> Bool { left.nanoseconds < right.nanoseconds }

  /// The instant that lies `span` later; clamps on overflow.
  @inlinable public static func + (left: Timestamp, span: TimeSpan) -> Timestamp {
    let (sum, overflow) = left.nanoseconds.addingReportingOverflow(span.nanoseconds)
    return Timestamp(nanoseconds: overflow ? (span.nanoseconds < 0 ? .min : .max) : sum)
  }

  /// The instant that lies `span` earlier; clamps on overflow.
  @inlinable public static func - (left: Timestamp, span: TimeSpan) -> Timestamp {
    let (difference, overflow) = left.nanoseconds.subtractingReportingOverflow(span.nanoseconds)
    return Timestamp(nanoseconds: overflow ? (span.nanoseconds < 0 ? .max : .min) : difference)
  }

  /// The span from `right` to `left`; clamps on overflow.
  @inlinable public static func - (left: Timestamp, right: Timestamp) -> TimeSpan {
    let (difference, overflow) = left.nanoseconds.subtractingReportingOverflow(right.nanoseconds)
    return TimeSpan(nanoseconds: overflow ? (left < right ? .min : .max) : difference)
  }
}

extension Int64 {
  /// The quotient rounded towards negative infinity; `divisor` must be positive.
  @inlinable public func floorDivided(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
