import Quantities
import Testing

@Suite struct TimestampTextTests {
  @Test(arguments: [
    (Int64(0), "1970-01-01T00:00:00Z"), (1_250_000_000, "1970-01-01T00:00:01.250Z"),
    (1_000_001_000, "1970-01-01T00:00:01.000001Z"), (999_999_999, "1970-01-01T00:00:00.999999999Z"),
    (-1, "1969-12-31T23:59:59.999999999Z"), (1_795_350_896_000_000_000, "2026-11-22T12:34:56Z"),
  ])
  func instantsAreWrittenWithoutLoss(nanoseconds: Int64, text: String) {
    #expect(Timestamp(nanoseconds: nanoseconds).iso8601 == text)
  }

  @Test func theExtremesHaveATextToo() {
    #expect(Timestamp.distantPast.iso8601.hasPrefix("1677-09-21"))
    #expect(Timestamp.distantFuture.iso8601.hasPrefix("2262-04-11"))
  }

  @Test func clocksShowAsManyDigitsAsAsked() {
    let civil = CivilTime(year: 2026, month: 1, day: 2, hour: 3, minute: 4, second: 5, nanosecond: 60_000_000)
    #expect(civil.clockText() == "03:04:05")
    #expect(civil.clockText(fractionDigits: 3) == "03:04:05.060")
    #expect(civil.dateText == "2026-01-02")
  }
}
