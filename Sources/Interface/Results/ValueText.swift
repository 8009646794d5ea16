import Analysis
import Quantities
import Series

/// Values of results as people read them, short enough for a column.
///
///     ValueText(zone: .utc).text(.duration(182_400_000))       // "182ms"
///     ValueText(zone: .utc).text(.size(1_572_864))             // "1.5MiB"
public struct ValueText: Sendable {
  /// How much of a time is written.
  public enum TimeForm: Equatable, Sendable {
    /// The day only.
    case date
    /// Hours and minutes, and with the day where results span several.
    case minutes(hasDate: Bool)
    /// To the second.
    case seconds(hasDate: Bool)
    /// To the millisecond.
    case milliseconds(hasDate: Bool)
  }

  /// The zone of times.
  public var zone: Zone
  /// How much of a time is written.
  public var times = TimeForm.seconds(hasDate: true)
  /// Whether numbers are shares of 1, in percent.
  public var isShare = false
  /// Whether whole numbers have commas between thousands.
  public var groupsThousands = true

  /// Makes the texts of a zone.
  public init(zone: Zone) { self.zone = zone }

  /// The text of a value; empty for what is absent, and for counts, which are drawn.
  public func text(_ value: Value) -> String {
    switch value {
    case .absent, .counts: ""
    case .integer(let number): groupsThousands ? TimeText.grouped(Int(number)) : String(number)
    case .number(let number) where isShare: Self.percent(number)
    case .number(let number): Self.number(number, groupsThousands: groupsThousands)
    case .duration(let nanoseconds): Self.duration(nanoseconds)
    case .size(let bytes): MetricUnit.bytes.text(bytes).filter { $0 != " " }
    case .boolean(let flag): flag ? "true" : "false"
    case .time(let time): text(time)
    case .level(let level): level.name
    case .text(let text): text
    }
  }

  /// An instant.
  public func text(_ time: Timestamp) -> String {
    let civil = zone.civilTime(at: time)
    func dated(_ clock: String, _ hasDate: Bool) -> String {
      hasDate ? String(TimeText.date(civil).dropFirst(5)) + " " + clock : clock
    }
    return switch times {
    case .date: TimeText.date(civil)
    case .minutes(let hasDate): dated(String(TimeText.clock(civil).prefix(5)), hasDate)
    case .seconds(let hasDate): dated(TimeText.clock(civil, digits: 0), hasDate)
    case .milliseconds(let hasDate): dated(TimeText.clock(civil), hasDate)
    }
  }

  /// The form that tells the times of a column apart: of slices to their length, else to the millisecond.
  static func timeForm(of times: some Sequence<Timestamp>, slice: Int64?, zone: Zone) -> TimeForm {
    var first: CivilTime?
    var hasDate = false
    for time in times {
      let civil = zone.civilTime(at: time)
      guard let day = first else {
        first = civil
        continue
      }
      if (day.year, day.month, day.day) != (civil.year, civil.month, civil.day) { hasDate = true }
    }
    guard let slice else { return .milliseconds(hasDate: hasDate) }
    if slice % 86_400_000_000_000 == 0 { return .date }
    if slice % 60_000_000_000 == 0 { return .minutes(hasDate: hasDate) }
    return slice % 1_000_000_000 == 0 ? .seconds(hasDate: hasDate) : .milliseconds(hasDate: hasDate)
  }

  /// The most precise form of a time that takes no more than `columns`.
  func fitting(_ columns: Int) -> ValueText {
    var text = self
    let steps: [TimeForm] =
      switch times {
      case .milliseconds(let hasDate): [.seconds(hasDate: hasDate), .minutes(hasDate: hasDate)]
      case .seconds(let hasDate): [.minutes(hasDate: hasDate)]
      case .date, .minutes: []
      }
    for step in steps where text.timeColumns > columns { text.times = step }
    return text
  }

  /// The shortest form in which these times still differ: within an hour that needs seconds, within two seconds their parts.
  func telling(_ times: [Timestamp]) -> ValueText {
    guard let first = times.min(), let last = times.max() else { return self }
    var text = fitting(0)
    if first < last, last - first < .seconds(Int64(2)) { return self }
    if last - first < .minutes(60), case .minutes(let hasDate) = text.times { text.times = .seconds(hasDate: hasDate) }
    return text
  }

  /// What a time takes.
  var timeColumns: Int {
    switch times {
    case .date: 10
    case .minutes(let hasDate): hasDate ? 11 : 5
    case .seconds(let hasDate): hasDate ? 14 : 8
    case .milliseconds(let hasDate): hasDate ? 18 : 12
    }
  }

  /// Three significant digits below a minute, then two units: `830us`, `2.01s`, `1m35s`, `3h07m`.
  static func duration(_ nanoseconds: Double) -> String {
    guard nanoseconds.isFinite else { return number(nanoseconds) }
    if nanoseconds == 0 { return "0s" }
    let size = abs(nanoseconds)
    let sign = nanoseconds < 0 ? "-" : ""
    if size >= 59.95e9 {
      let seconds = Int64(min(9e15, (size / 1e9).rounded()))
      func two(_ value: Int64) -> String { TimeText.two(Int(value)) }
      if seconds < 3600 { return "\(sign)\(seconds / 60)m\(two(seconds % 60))s" }
      if seconds < 48 * 3600 { return "\(sign)\(seconds / 3600)h\(two(seconds / 60 % 60))m" }
      return "\(sign)\(TimeText.grouped(Int(seconds / 86_400)))d\(two(seconds / 3600 % 24))h"
    }
    for (unit, length) in [("s", 1e9), ("ms", 1e6), ("us", 1e3)] where size >= length * 0.9995 {
      return sign + digits(size / length, significant: 3) + unit
    }
    return sign + digits(size, significant: 3) + "ns"
  }

  /// `91%`, `6.0%`, `0.07%`: two digits below a tenth.
  static func percent(_ share: Double) -> String {
    guard share.isFinite else { return number(share) }
    return digits(abs(share) * 100, significant: abs(share) >= 0.0995 ? 3 : 2) + "%"
  }

  /// Five significant digits at most, without zeros at the end.
  static func number(_ value: Double, groupsThousands: Bool = true) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf" }
    let size = abs(value)
    let text =
      size >= 1e15 || (size > 0 && size < 1e-5) ? exponent(size) : digits(size, significant: 5, groupsThousands)
    return value < 0 && text != "0" ? "-" + text : text
  }

  /// A number that is not negative, with so many digits where it has a fraction, without zeros at the end.
  private static func digits(_ value: Double, significant: Int, _ groupsThousands: Bool = true) -> String {
    var decimals = significant - 1
    var limit = 10.0
    while value >= limit, decimals > 0 {
      decimals -= 1
      limit *= 10
    }
    limit = 1
    while value < limit, decimals < 10, value > 0 {
      decimals += 1
      limit /= 10
    }
    let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = (value * scale).rounded()
    guard scaled < 9e18 else { return exponent(value) }
    let digits = Int64(scaled)
    var fraction = String(digits % Int64(scale))
    fraction = decimals == 0 ? "" : String(repeating: "0", count: decimals - fraction.count) + fraction
    while fraction.hasSuffix("0") { fraction.removeLast() }
    let whole = Int(digits / Int64(scale))
    return (groupsThousands ? TimeText.grouped(whole) : String(whole)) + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// `7.3e-06`
  private static func exponent(_ value: Double) -> String {
    var (mantissa, power) = (value, 0)
    while mantissa >= 9.995, power < 400 { (mantissa, power) = (mantissa / 10, power + 1) }
    while mantissa < 0.9995, power > -400 { (mantissa, power) = (mantissa * 10, power - 1) }
    return digits(mantissa, significant: 3) + "e\(power)"
  }
}
