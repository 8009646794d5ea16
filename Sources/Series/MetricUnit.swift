/// What a metric's values measure, and how they read on the screen.
///
///     MetricUnit.bytes.text(1_288_490_189)                 // "1.2 GiB"
///     MetricUnit.seconds.text(0.25)                        // "250ms"
///     MetricUnit.inferred(fromMetric: "app_requests_total").perSecond.text(212)   // "212/s"
public struct MetricUnit: Hashable, Sendable {
  /// The kind of quantity.
  public enum Base: Hashable, Sendable {
    /// A plain count.
    case number
    /// A length of time.
    case seconds
    /// An amount of memory or data, in powers of 1,024.
    case bytes
    /// An amount of data in bits, in powers of 1,000.
    case bits
    /// A share where 1 is the whole; shown in percent.
    case ratio
    /// An instant in Unix time.
    case instant
    /// Any other unit, written after the number.
    case named(String)
  }

  /// The kind of quantity.
  public var base: Base
  /// What a raw value is multiplied with to be in the base unit, e.g. 0.001 for milliseconds.
  public var scale: Double
  /// Whether values are per second.
  public var isRate: Bool

  /// Makes a unit.
  public init(_ base: Base, scale: Double = 1, isRate: Bool = false) {
    self.base = base
    self.scale = scale
    self.isRate = isRate
  }

  /// A plain number.
  public static let number = MetricUnit(.number)
  /// Seconds.
  public static let seconds = MetricUnit(.seconds)
  /// Bytes.
  public static let bytes = MetricUnit(.bytes)
  /// A share of 1, shown in percent.
  public static let ratio = MetricUnit(.ratio)

  /// The unit of this quantity's change per second: seconds per second are a plain number (busy CPUs).
  public var perSecond: MetricUnit {
    if base == .seconds { return MetricUnit(.number, scale: scale) }
    var result = self
    result.isRate = true
    return result
  }

  /// The unit that a metric's name ends with, by the conventions of Prometheus; a plain number if it tells none.
  ///
  /// The unit is that of the values as they are; a counter's rate is `perSecond` of it.
  public static func inferred(fromMetric name: String) -> MetricUnit {
    var words = name.split(whereSeparator: { $0 == "_" || $0 == ":" || $0 == "." }).map { $0.lowercased() }
    while let last = words.last, ["total", "sum", "bucket", "created", "max", "min", "avg"].contains(last) {
      words.removeLast()
    }
    guard let last = words.last else { return .number }
    if last == "count" { return .number }
    if last == "seconds", let before = words.dropLast().last, before == "timestamp" || before == "time" {
      return MetricUnit(.instant)
    }
    return suffixes[last] ?? .number
  }

  /// Reads the `unit` option of a panel or the unit of a metric's metadata: `s`, `ms`, `bytes`, `B/s`, `%`, `req/s`.
  ///
  /// Any other word is itself the unit.
  public init(named text: String) {
    var word = text
    var isRate = false
    if word.hasSuffix("/s") {
      word.removeLast(2)
      isRate = true
    } else if word == "bps" {
      word = "bit"
      isRate = true
    }
    if word.isEmpty {
      self.init(.number, isRate: isRate)
    } else if let known = Self.spellings[word] ?? Self.suffixes[word.lowercased()] {
      self = known
      self.isRate = isRate
    } else {
      self.init(.named(word), isRate: isRate)
    }
  }

  private static let spellings: [String: MetricUnit] = [
    "s": .seconds, "sec": .seconds, "min": MetricUnit(.seconds, scale: 60), "m": MetricUnit(.seconds, scale: 60),
    "h": MetricUnit(.seconds, scale: 3600), "d": MetricUnit(.seconds, scale: 86_400),
    "ms": MetricUnit(.seconds, scale: 1e-3), "us": MetricUnit(.seconds, scale: 1e-6),
    "µs": MetricUnit(.seconds, scale: 1e-6), "ns": MetricUnit(.seconds, scale: 1e-9),
    "B": .bytes, "KiB": MetricUnit(.bytes, scale: 1024), "MiB": MetricUnit(.bytes, scale: 1_048_576),
    "GiB": MetricUnit(.bytes, scale: 1_073_741_824), "kB": MetricUnit(.bytes, scale: 1000),
    "MB": MetricUnit(.bytes, scale: 1e6), "GB": MetricUnit(.bytes, scale: 1e9), "bit": MetricUnit(.bits),
    "%": MetricUnit(.ratio, scale: 0.01), "1": .number, "short": .number, "none": .number, "number": .number,
    "time": MetricUnit(.instant),
  ]

  private static let suffixes: [String: MetricUnit] = [
    "seconds": .seconds, "milliseconds": MetricUnit(.seconds, scale: 1e-3), "ms": MetricUnit(.seconds, scale: 1e-3),
    "microseconds": MetricUnit(.seconds, scale: 1e-6), "nanoseconds": MetricUnit(.seconds, scale: 1e-9),
    "minutes": MetricUnit(.seconds, scale: 60), "hours": MetricUnit(.seconds, scale: 3600),
    "days": MetricUnit(.seconds, scale: 86_400),
    "bytes": .bytes, "kilobytes": MetricUnit(.bytes, scale: 1024), "megabytes": MetricUnit(.bytes, scale: 1_048_576),
    "bits": MetricUnit(.bits), "ratio": .ratio, "ratios": .ratio, "percent": MetricUnit(.ratio, scale: 0.01),
    "celsius": MetricUnit(.named("C")), "volts": MetricUnit(.named("V")), "amperes": MetricUnit(.named("A")),
    "watts": MetricUnit(.named("W")), "joules": MetricUnit(.named("J")), "hertz": MetricUnit(.named("Hz")),
    "meters": MetricUnit(.named("m")), "grams": MetricUnit(.named("g")), "rpm": MetricUnit(.named("rpm")),
  ]
}
