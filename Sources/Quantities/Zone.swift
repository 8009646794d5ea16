/// A time zone: how far local clocks stand ahead of UTC at each instant.
///
/// Named zones come from the machine's tz database (`TZif` bytes that the caller reads); fixed offsets need none.
///
///     let zone = Zone(name: "Europe/Zurich", tzif: bytes) ?? .utc
///     zone.offset(at: now)                       // seconds east of Greenwich
///     zone.timestamp(of: CivilTime(year: 2026, month: 1, day: 2))
public final class Zone: Sendable {
  /// What the zone is called on the screen: `UTC`, `+02:00`, `Europe/Zurich`.
  public let name: String
  let transitions: [Int64]
  let offsets: [Int32]
  let abbreviations: [String]
  let rule: ZoneRule

  init(name: String, transitions: [Int64], offsets: [Int32], abbreviations: [String], rule: ZoneRule) {
    self.name = name
    self.transitions = transitions
    self.offsets = offsets
    self.abbreviations = abbreviations
    self.rule = rule
  }

  /// Coordinated Universal Time.
  public static let utc = Zone(fixedOffset: 0)

  /// A zone that always stands `fixedOffset` seconds ahead of UTC; named `UTC`, or like `+05:30`.
  public convenience init(fixedOffset: Int) {
    let name = fixedOffset == 0 ? "UTC" : Zone.text(ofOffset: fixedOffset)
    self.init(
      name: name, transitions: [], offsets: [], abbreviations: [],
      rule: ZoneRule(standard: .init(offset: fixedOffset, abbreviation: name)))
  }

  /// Seconds that local clocks stand ahead of UTC at `instant`.
  public func offset(at instant: Timestamp) -> Int { period(at: instant).offset }

  /// The usual short name of the zone at `instant`: `CET`, `UTC`, `+05:30`.
  public func abbreviation(at instant: Timestamp) -> String { period(at: instant).abbreviation }

  /// What a local clock reads at `instant`.
  public func civilTime(at instant: Timestamp) -> CivilTime {
    CivilTime(utc: instant + .seconds(Int64(offset(at: instant))))
  }

  /// The instant at which a local clock reads `civil`.
  ///
  /// A reading that occurs twice (autumn) is the first of the two; one that is skipped (spring) is taken with the
  /// offset before the change.
  public func timestamp(of civil: CivilTime) -> Timestamp {
    let wall = civil.utc
    let before = offset(at: wall - .hours(24))
    let first = wall - .seconds(Int64(before))
    if offset(at: first) == before { return first }
    let after = offset(at: wall + .hours(24))
    let second = wall - .seconds(Int64(after))
    return offset(at: second) == after ? second : first
  }

  /// `+02:00` for 7200; seconds are left out unless they count.
  public static func text(ofOffset seconds: Int) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let size = abs(seconds)
    let base = (seconds < 0 ? "-" : "+") + two(size / 3600) + ":" + two(size / 60 % 60)
    return size % 60 == 0 ? base : base + ":" + two(size % 60)
  }

  private func period(at instant: Timestamp) -> ZoneRule.Period {
    let seconds = instant.wholeSeconds
    guard let first = transitions.first, let last = transitions.last else { return rule.period(at: seconds) }
    if seconds < first, let offset = offsets.first, let name = abbreviations.first {
      return .init(offset: Int(offset), abbreviation: name)
    }
    if seconds >= last { return rule.period(at: seconds) }
    var low = 0
    var high = transitions.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if transitions[middle] <= seconds { low = middle } else { high = middle }
    }
    return .init(offset: Int(offsets[low + 1]), abbreviation: abbreviations[low + 1])
  }
}
