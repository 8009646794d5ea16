import QueryLanguage
import Testing

@Suite struct PercentileNameTests {
  @Test(arguments: [
    ("50", 0.5), ("5", 0.05), ("95", 0.95), ("99", 0.99), ("999", 0.999), ("9999", 0.9999), ("100", 1), ("0", 0),
  ])
  func namesAShare(digits: String, share: Double) {
    let read = Aggregate.share(digits)
    #expect(read.map { abs($0 - share) < 1e-12 } == true)
  }

  @Test(arguments: ["", "x", "9x", "-5", "1234567890"]) func namesNone(digits: String) {
    #expect(Aggregate.share(digits) == nil)
  }
}
