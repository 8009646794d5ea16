/// What one contender needed, round by round, in the base unit of its row (seconds, bytes ...).
struct Samples {
  var values: [Double]

  /// The middle value; NaN of nothing.
  var median: Double {
    guard !values.isEmpty else { return .nan }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// The least value; NaN of nothing.
  var least: Double { values.min() ?? .nan }
  /// The greatest value; NaN of nothing.
  var greatest: Double { values.max() ?? .nan }

  /// The same with each value divided by `count`.
  func divided(by count: Double) -> Samples { Samples(values: values.map { $0 / count }) }

  /// The value that the given share (0 to 1) of all lie at or below, by nearest rank; NaN of nothing.
  func quantile(_ share: Double) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return .nan }
    return sorted[min(max(Int((share * Double(sorted.count)).rounded(.up)) - 1, 0), sorted.count - 1)]
  }
}

/// What a value of a row is.
enum Unit: String {
  case seconds, bytes, bytesPerLine, secondsPerLine

  /// `value` for people: three digits that count.
  func text(_ value: Double) -> String {
    if value.isNaN { return "-" }
    switch self {
    case .seconds: return Self.scaled(value, [(1, "s"), (1e-3, "ms"), (1e-6, "us"), (1e-9, "ns")])
    case .bytes: return Self.scaled(value, [(1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1, "B")])
    case .bytesPerLine: return "\(Self.rounded(value)) B/line"
    case .secondsPerLine: return Self.scaled(value, [(1, "s"), (1e-3, "ms"), (1e-6, "us"), (1e-9, "ns")]) + "/line"
    }
  }

  private static func scaled(_ value: Double, _ units: [(Double, String)]) -> String {
    let unit = units.first { value >= $0.0 } ?? units[units.count - 1]
    return "\(rounded(value / unit.0)) \(unit.1)"
  }

  /// At most three digits, or all of those before the point.
  static func rounded(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
    let places = abs(value) >= 99.95 ? 0 : abs(value) >= 9.995 ? 1 : 2
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let whole = Int((abs(value) * Double(scale)).rounded())
    let sign = value < 0 && whole > 0 ? "-" : ""
    if places == 0 { return "\(sign)\(whole)" }
    let digits = String(whole % scale)
    return "\(sign)\(whole / scale)." + String(repeating: "0", count: places - digits.count) + digits
  }
}

/// What a row must reach.
enum Goal {
  /// Our value over the peer's is at most this.
  case ratio(atMost: Double)
  /// The peer's value over ours is at least this.
  case timesBetter(atLeast: Double)
  /// Our value is at most this, in the row's unit.
  case value(atMost: Double)
  /// The better of a ratio and a value, one of which is enough.
  case either(ratio: Double, value: Double)
  /// Shown for itself.
  case none
}
