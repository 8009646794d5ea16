private import Quantities

extension MetricUnit {
  /// The most columns that `text(_:)` takes for the units that names imply.
  public static let width = 10

  /// `value` as people read it, at most three significant digits: `3.1/s`, `1.2 GiB`, `250ms`, `100`, `12.4k`, `37%`.
  ///
  /// What is no number is `NaN`, `+Inf` or `-Inf`.
  public func text(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    if base == .instant { return Self.instantText(value * scale) }
    let scaled = value * scale
    let prefix = prefix(for: scaled)
    return number(scaled, prefix) + prefix.name + (isRate ? "/s" : "")
  }

  /// Two bounds with one unit: `0.2-3.1/s`, `1.2-1.4 GiB`.
  public func text(from low: Double, to high: Double) -> String {
    guard low.isFinite, high.isFinite, base != .instant else { return "\(text(low))-\(text(high))" }
    let prefix = prefix(for: abs(high) >= abs(low) ? high * scale : low * scale)
    let (first, last) = (number(low * scale, prefix), number(high * scale, prefix))
    let joint = first.hasPrefix("-") || last.hasPrefix("-") ? ".." : "-"
    return (first == last ? first : first + joint + last) + prefix.name + (isRate ? "/s" : "")
  }

  /// A unit of a size that suits a value: its written name, and how much of the base unit it is.
  struct Prefix {
    var name: String
    var size: Double
  }

  private func prefix(for value: Double) -> Prefix {
    let size = abs(value)
    switch base {
    case .number: return Self.thousands(size, unit: "", space: "")
    case .bits: return Self.thousands(size, unit: "bit", space: " ")
    case .named(let name): return Self.thousands(size, unit: name, space: " ")
    case .ratio: return Prefix(name: "%", size: 0.01)
    case .instant: return Prefix(name: "", size: 1)
    case .bytes:
      for (index, name) in [" PiB", " TiB", " GiB", " MiB", " KiB"].enumerated() {
        let unit = Double(1 << (50 - 10 * index))
        if size >= unit * 0.9995 { return Prefix(name: name, size: unit) }
      }
      return Prefix(name: " B", size: 1)
    case .seconds:
      if size >= 2 * 86_400 { return Prefix(name: "d", size: 86_400) }
      if size >= 2 * 3600 { return Prefix(name: "h", size: 3600) }
      if size >= 120 { return Prefix(name: "min", size: 60) }
      if size >= 0.9995 || size == 0 { return Prefix(name: "s", size: 1) }
      if size >= 0.9995e-3 { return Prefix(name: "ms", size: 1e-3) }
      if size >= 0.9995e-6 { return Prefix(name: "us", size: 1e-6) }
      return Prefix(name: "ns", size: 1e-9)
    }
  }

  private static func thousands(_ size: Double, unit: String, space: String) -> Prefix {
    for (name, factor) in [("P", 1e15), ("T", 1e12), ("G", 1e9), ("M", 1e6), ("k", 1e3)] where size >= factor * 0.9995 {
      return Prefix(name: space + name + unit, size: factor)
    }
    return Prefix(name: unit.isEmpty ? "" : space + unit, size: 1)
  }

  private func number(_ value: Double, _ prefix: Prefix) -> String {
    let mantissa = value / prefix.size
    let isWhole = mantissa == mantissa.rounded()
    let countsWholes = prefix.size == 1 && !isRate
    return Self.digits(mantissa, dropsZero: isWhole && (countsWholes || mantissa == 0))
  }

  /// About three significant digits without an exponent where that is possible.
  static func digits(_ value: Double, dropsZero: Bool) -> String {
    let size = abs(value)
    let sign = value < 0 ? "-" : ""
    if dropsZero, size < 1e15 { return sign + String(Int64(size)) }
    if size >= 9999.5 { return sign + exponent(size) }
    if size >= 99.95 { return sign + String(Int64(size.rounded())) }
    if size >= 0.995 { return sign + fixed(size, 1) }
    if size >= 0.01 { return sign + fixed(size, 2) }
    if size >= 0.001 { return sign + fixed(size, 3) }
    return sign + exponent(size)
  }

  private static func fixed(_ size: Double, _ decimals: Int) -> String {
    let unit = decimals == 1 ? 10 : decimals == 2 ? 100 : 1000
    let scaled = Int64((size * Double(unit)).rounded())
    let rest = String(scaled % Int64(unit))
    return "\(scaled / Int64(unit))." + String(repeating: "0", count: decimals - rest.count) + rest
  }

  private static func exponent(_ size: Double) -> String {
    var mantissa = size
    var power = 0
    while mantissa >= 9.5 {
      mantissa /= 10
      power += 1
    }
    while mantissa < 0.95, power > -400 {
      mantissa *= 10
      power -= 1
    }
    return "\(Int64(mantissa.rounded()))e\(power)"
  }

  private static func instantText(_ seconds: Double) -> String {
    guard abs(seconds) < 9e9 else { return digits(seconds, dropsZero: false) }
    let civil = CivilTime(utc: Timestamp(seconds: Int64(seconds)))
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(civil.year)-\(two(civil.month))-\(two(civil.day))"
  }
}
