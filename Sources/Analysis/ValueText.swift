import Quantities
import Records

/// Values as text, without loss where possible: for keys, joined texts, and fields that other stages read again.
public enum ValueText {
  /// The text of a value: numbers as short as they read back, durations in nanoseconds to hours with their unit.
  public static func plain(_ value: Value) -> String {
    switch value {
    case .absent: ""
    case .integer(let number): String(number)
    case .number(let number): self.number(number)
    case .duration(let span): spelled(span, durationUnits)
    case .size(let bytes): spelled(bytes, sizeUnits)
    case .boolean(let flag): flag ? "true" : "false"
    case .time(let time): time.iso8601
    case .level(let level): level.name
    case .text(let text): text
    case .counts(let counts): counts.map(String.init).joined(separator: " ")
    }
  }

  /// A number as short as it reads back, whole ones without a point.
  public static func number(_ number: Double) -> String {
    if let whole = Int64(exactly: number) { return String(whole) }
    return "\(number)"
  }

  private static let durationUnits: [(Double, String)] = [
    (3600e9, "h"), (60e9, "m"), (1e9, "s"), (1e6, "ms"), (1e3, "us"),
  ]
  private static let sizeUnits: [(Double, String)] = [
    (1_099_511_627_776, "TiB"), (1_073_741_824, "GiB"), (1_048_576, "MiB"), (1024, "KiB"),
  ]

  /// In the largest unit in which it has at most three digits behind the point and gives back the same number; else in the
  /// smallest.
  private static func spelled(_ value: Double, _ units: [(Double, String)]) -> String {
    for (scale, name) in units where abs(value) >= scale {
      let scaled = value / scale
      if scaled * scale == value, scaled < 1e12, (scaled * 1000).rounded() == scaled * 1000 {
        return number(scaled) + name
      }
    }
    let smallest = units[units.count - 1].1 == "us" ? "ns" : "B"
    return number(value) + smallest
  }

  /// A value for reading, in few characters: three significant digits where it is no whole number, the unit that suits.
  public static func short(_ value: Value) -> String {
    switch value {
    case .number(let number): significant(number)
    case .duration(let span): inUnit(span, durationUnits, smallest: "ns")
    case .size(let bytes): inUnit(bytes, sizeUnits, smallest: "B")
    default: plain(value)
    }
  }

  private static func inUnit(_ value: Double, _ units: [(Double, String)], smallest: String) -> String {
    // What rounds to the next unit is shown in that: 1s, not 1000ms.
    for (scale, name) in units where abs(value) >= scale * 0.9995 { return significant(value / scale) + name }
    return significant(value) + smallest
  }

  /// Three significant digits, all digits before the point, no exponent between a millionth and 10^15.
  public static func significant(_ number: Double) -> String {
    guard number.isFinite else { return "\(number)" }
    let size = abs(number)
    if size == 0 { return "0" }
    if size >= 1e15 || size < 1e-6 { return "\(number)" }
    var places = 0
    var step = size
    while step < 99.95, places < 9 {
      step *= 10
      places += 1
    }
    let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
    let digits = Int64((size * scale).rounded())
    let divisor = Int64(scale)
    var text = String(digits / divisor)
    if places > 0 {
      var fraction = String(digits % divisor)
      fraction = String(repeating: "0", count: places - fraction.count) + fraction
      while fraction.hasSuffix("0") { fraction.removeLast() }
      if !fraction.isEmpty { text += "." + fraction }
    }
    return number < 0 ? "-" + text : text
  }
}
