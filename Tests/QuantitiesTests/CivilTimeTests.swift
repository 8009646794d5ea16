import Quantities
import Testing

@Suite struct CivilTimeTests {
  @Test func knownDaysFallWhereTheCalendarSays() {
    #expect(CivilTime.day(year: 1970, month: 1, day: 1) == 0)
    #expect(CivilTime.day(year: 2000, month: 3, day: 1) == 11_017)
    #expect(CivilTime.day(year: 1969, month: 12, day: 31) == -1)
    #expect(
      CivilTime(year: 2026, month: 11, day: 22, hour: 12, minute: 34, second: 56).utc.wholeSeconds == 1_795_350_896)
  }

  @Test func everyDayOfFiveHundredYearsComesBack() {
    var year = 1700
    var (month, day) = (1, 1)
    for number in CivilTime.day(year: 1700, month: 1, day: 1)..<CivilTime.day(year: 2200, month: 1, day: 1) {
      let date = CivilTime.date(ofDay: number)
      #expect(date == (year, month, day))
      if date != (year, month, day) { return }
      day += 1
      if day > CivilTime.days(inMonth: month, of: year) { (day, month) = (1, month + 1) }
      if month > 12 { (month, year) = (1, year + 1) }
    }
  }

  @Test func instantsBeforeTheEpochReadDownwards() {
    let civil = CivilTime(utc: Timestamp(nanoseconds: -1))
    #expect(
      civil == CivilTime(year: 1969, month: 12, day: 31, hour: 23, minute: 59, second: 59, nanosecond: 999_999_999))
    #expect(civil.utc == Timestamp(nanoseconds: -1))
  }

  @Test func arithmeticClampsInsteadOfWrapping() {
    #expect(Timestamp.distantFuture + .days(1) == .distantFuture)
    #expect(Timestamp.distantPast - .days(1) == .distantPast)
    #expect(Timestamp(seconds: .max) == .distantFuture)
    #expect(TimeSpan.days(.max).nanoseconds == .max)
    #expect(TimeSpan.seconds(Double.nan) == .zero)
  }
}
