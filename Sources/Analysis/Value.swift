import QueryLanguage
import Quantities
import Records

/// One cell of a result: what a key is, or what an aggregate computed.
public enum Value: Hashable, Sendable {
  /// There is none.
  case absent
  /// A whole number without unit: counts, and fields that held whole numbers.
  case integer(Int64)
  /// A number without unit.
  case number(Double)
  /// A duration in nanoseconds.
  case duration(Double)
  /// A size in bytes.
  case size(Double)
  /// `true` or `false`.
  case boolean(Bool)
  /// An instant.
  case time(Timestamp)
  /// A level of the common scale.
  case level(Level)
  /// A text; invalid UTF-8 has become U+FFFD.
  case text(String)
  /// Counts in equal slices of the span that the result names, the earliest first: drawn as a sparkline.
  case counts([Int])

  /// The number that it is, in ones, nanoseconds or bytes; nil for what is none.
  public var magnitude: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value), .duration(let value), .size(let value): value
    case .absent, .boolean, .time, .level, .text, .counts: nil
    }
  }
}
