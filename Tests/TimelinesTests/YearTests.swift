import Quantities
import Records
import TestSupport
import Testing

@testable import Timelines

/// Stamps that do not name their year: the file's modification time and what follows a record tell.
@Suite struct YearTests {
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  static func syslog(_ stamp: Timestamp, _ number: Int) -> String {
    let civil = CivilTime(utc: stamp)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let day = civil.day < 10 ? " \(civil.day)" : "\(civil.day)"
    let clock = "\(two(civil.hour)):\(two(civil.minute)):\(two(civil.second))"
    return "\(months[civil.month - 1]) \(day) \(clock) host program[\(number)]: event number=\(number)\n"
  }

  static func klog(_ stamp: Timestamp, _ number: Int) -> String {
    let civil = CivilTime(utc: stamp)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let clock = "\(two(civil.hour)):\(two(civil.minute)):\(two(civil.second)).000000"
    return "I\(two(civil.month))\(two(civil.day)) \(clock)    1234 file.go:12] event number=\(number)\n"
  }

  static func instant(_ year: Int, _ month: Int, _ day: Int, _ hour: Int = 12, _ minute: Int = 0) -> Timestamp {
    CivilTime(year: year, month: month, day: day, hour: hour, minute: minute).utc
  }

  /// Fails unless records at `stamps` are read at these instants, whatever the segments are.
  private func check(
    _ stamps: [Timestamp], modified: Timestamp? = nil, order: [Timestamp]? = nil,
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    for write in [Self.syslog, Self.klog] {
      for segmentSize in [60, 150, 1_000, 1 << 16] {
        let text = stamps.enumerated().map { write($1, $0) }.joined()
        var file = TestFile(text: Array(text.utf8), segmentSize: segmentSize)
        file.reference = try #require(modified ?? stamps.last)
        let timeline = Timeline(snapshot([file]))
        let rows = timeline.rows(from: 0, count: stamps.count)
        #expect(rows.map(\.parsed.stamp) == order ?? stamps, sourceLocation: location)
      }
    }
  }

  @Test func newYearIsCrossed() throws {
    try check([Self.instant(2025, 12, 31, 23, 59), Self.instant(2026, 1, 1, 0, 1), Self.instant(2026, 1, 2)])
  }

  @Test func aSmallStepBackAtNewYearIsNoYear() throws {
    try check([
      Self.instant(2025, 12, 31, 23, 58), Self.instant(2026, 1, 1, 0, 0), Self.instant(2025, 12, 31, 23, 59),
      Self.instant(2026, 1, 1, 0, 1), Self.instant(2026, 6, 1),
    ])
  }

  @Test func severalYearsAreCounted() throws {
    let weeks = (0..<250).map { Self.instant(2021, 3, 14) + .days(Int64($0) * 7) }
    try check(weeks)
    try check(weeks, modified: Self.instant(2025, 12, 30))
    let days = (0..<900).map { Self.instant(2023, 3, 14) + .days(Int64($0)) }
    try check(days.filter { CivilTime(utc: $0).month != 2 })
  }

  @Test func aStepBackAtTheAnniversaryOfTheEndIsNoYear() throws {
    let end = Self.instant(2026, 3, 15)
    let year = (0..<200).map { Self.instant(2025, 3, 16, 11, 50) + .minutes(Int64($0) * 2640) }
    let before = [40, 30, 45].map { Self.instant(2025, 3, 16, 11, $0) }
    try check([Self.instant(2025, 3, 2)] + before + year, modified: end)
  }

  @Test func aClockThatWasNotSetIsAnExcursion() throws {
    let stamps =
      (0..<20).map { Self.instant(2025, 9, 10) + .minutes(Int64($0)) }
      + (0..<30).map { Self.instant(2025, 1, 1, 0, 0) + .minutes(Int64($0)) }
      + (0..<20).map { Self.instant(2025, 9, 11) + .minutes(Int64($0)) }
    try check(stamps, modified: Self.instant(2025, 10, 1), order: stamps.sorted())
    // At the end of the file, too.
    try check(Array(stamps.prefix(50)), modified: Self.instant(2025, 10, 1), order: stamps.prefix(50).sorted())
  }

  @Test func daysThatAreNotNamedAreCountedToo() throws {
    let stamps = (0..<200).map { Self.instant(2026, 1, 3) + .minutes(Int64($0) * 61) }
    let text = stamps.enumerated().map { number, stamp in
      String(LogShape().written(stamp).dropFirst(11).dropLast(1)) + " INFO event number=\(number)\n"
    }.joined()
    for segmentSize in [60, 1_000, 1 << 16] {
      var file = TestFile(text: Array(text.utf8), segmentSize: segmentSize)
      file.reference = try #require(stamps.last)
      let rows = Timeline(snapshot([file])).rows(from: 0, count: 200)
      #expect(rows.map(\.parsed.stamp) == stamps)
    }
  }

  @Test(arguments: 0..<20) func randomFilesAreReadAsTheTwinReadsThem(seed: Int) {
    var random = SeededGenerator(seed)
    var now = Self.instant(2022, 1 + random.below(12), 1)
    var text = ""
    for number in 0..<random.below(400) {
      now = now + .minutes(Int64(random.below([3, 900, 90_000][seed % 3])))
      if random.chance(3) { now = now - .minutes(Int64(random.below(2_000))) }
      let shown = random.chance(2) ? now + .days(Int64(random.below(300)) - 150) : now
      text += seed % 2 == 0 ? Self.syslog(shown, number) : Self.klog(shown, number)
      if random.chance(10) { text += "    continued\n" }
    }
    var file = TestFile(text: Array(text.utf8), segmentSize: [60, 150, 1_000, 1 << 16][random.below(4)])
    file.reference = now
    let snapshot = snapshot([file])
    let expected = naive(snapshot)
    let timeline = Timeline(snapshot)
    #expect(timeline.records(from: 0, count: .max).map(\.key) == expected.map(\.key))
    #expect(timeline.rows(from: 0, count: .max).map(\.parsed.stamp) == expected.map(\.stamp))
  }
}
