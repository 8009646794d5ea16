/// A length of time in whole nanoseconds; may be negative.
///
/// Named apart from the standard library's `Duration`, whose 128-bit attoseconds cost too much in the index.
public struct TimeSpan: Hashable, Comparable, Sendable {
  /// The length in nanoseconds.
  public var nanoseconds: Int64

  /// Makes a span from nanoseconds.
  @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// No time at all.
  public static let zero = TimeSpan(nanoseconds: 0)

  /// A span of `count` nanoseconds.
  public static func nanoseconds(_ count: Int64) -> TimeSpan { TimeSpan(nanoseconds: count) }
  /// A span of `count` microseconds.
  public static func microseconds(_ count: Int64) -> TimeSpan { scaled(count, by: 1_000) }
  /// A span of `count` milliseconds.
  public static func milliseconds(_ count: Int64) -> TimeSpan { scaled(count, by: 1_000_000) }
  /// A span of `count` seconds.
  public static func seconds(_ count: Int64) -> TimeSpan { scaled(count, by: 1_000_000_000) }
  /// A span of `count` minutes.
  public static func minutes(_ count: Int64) -> TimeSpan { scaled(count, by: 60_000_000_000) }
  /// A span of `count` hours.
  public static func hours(_ count: Int64) -> TimeSpan { scaled(count, by: 3_600_000_000_000) }
  /// A span of `count` days of 24 hours.
  public static func days(_ count: Int64) -> TimeSpan { scaled(count, by: 86_400_000_000_000) }

  /// A span of a fractional number of seconds; clamps, and takes NaN as zero.
  public static func seconds(_ count: Double) -> TimeSpan {
    let value = count * 1e9
    if value.isNaN { return .zero }
    if value >= 9.2e18 { return TimeSpan(nanoseconds: .max) }
    if value <= -9.2e18 { return TimeSpan(nanoseconds: .min) }
    return TimeSpan(nanoseconds: Int64(value.rounded()))
  }

  /// The length in seconds as a floating-point number.
  @inlinable public var seconds: Double { Double(nanoseconds) / 1e9 }

  /// Shorter (or more negative) first.
  @inlinable public static func < (left: TimeSpan, right: TimeSpan) -> Bool { left.nanoseconds < right.nanoseconds }

  /// The sum; clamps on overflow.
  @inlinable public static func + (left: TimeSpan, right: TimeSpan) -> TimeSpan {
    let (sum, overflow) = left.nanoseconds.addingReportingOverflow(right.nanoseconds)
    return TimeSpan(nanoseconds: overflow ? (right.nanoseconds < 0 ? .min : .max) : sum)
  }

  /// The same length backwards.
  @inlinable public static prefix func - (span: TimeSpan) -> TimeSpan {
    TimeSpan(nanoseconds: span.nanoseconds == .min ? .max : -span.nanoseconds)
  }

  private static func scaled(_ count: Int64, by unit: Int64) -> TimeSpan {
    let (product, overflow) = count.multipliedReportingOverflow(by: unit)
    return TimeSpan(nanoseconds: overflow ? (count < 0 ? .min : .max) : product)
  }
}
