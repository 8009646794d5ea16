import Quantities

/// Times as text.
public enum TimeText {
  /// `14:09:31.204`.
  public static func clock(_ time: CivilTime, digits: Int = 3) -> String {
    let base = two(time.hour) + ":" + two(time.minute) + ":" + two(time.second)
    guard digits > 0 else { return base }
    var fraction = String(time.nanosecond)
    fraction = String(repeating: "0", count: max(0, 9 - fraction.count)) + fraction
    return base + "." + fraction.prefix(digits)
  }

  /// `2026-11-22`.
  public static func date(_ time: CivilTime) -> String {
    let year = String(max(0, time.year))
    let padded = String(repeating: "0", count: max(0, 4 - year.count)) + year
    return padded + "-" + two(time.month) + "-" + two(time.day)
  }

  /// How long something is ago or ahead, in at most seven columns: `-3.2s`, `-12m`, `+2d`.
  public static func relative(_ span: TimeSpan) -> String {
    let seconds = abs(span.seconds)
    let sign = span.nanoseconds > 0 ? "+" : "-"
    switch seconds {
    case ..<0.0005: return "0s"
    case ..<1: return sign + "\(Int((seconds * 1000).rounded()))ms"
    case ..<10: return sign + "\(Int(seconds)).\(Int(seconds * 10) % 10)s"
    case ..<60: return sign + "\(Int(seconds))s"
    case ..<3600: return sign + "\(Int(seconds / 60))m\(two(Int(seconds) % 60))s"
    case ..<86_400: return sign + "\(Int(seconds / 3600))h\(two(Int(seconds / 60) % 60))m"
    default: return sign + "\(Int(min(seconds / 86_400, 999_999)))d"
    }
  }

  /// A number with commas between thousands: `48,212`.
  public static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// Two digits.
  static func two(_ value: Int) -> String { value < 10 ? "0\(max(0, value))" : "\(value)" }
}
