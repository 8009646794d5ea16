import Testing

@testable import Records

@Suite struct LevelBelowTests {
  private let text = """
    Nov 22, 2026 2:00:01 PM org.example.shop.Service startInternal
    INFO: Starting service [shop]
    Nov 22, 2026 2:00:02 PM org.example.shop.Loader <init>
    WARNING: a thread is left: order=8812
     java.lang.Object.wait(Native Method)
    Nov 22, 2026 2:00:03 PM org.example.shop.Shop lambda$main$0
    SEVERE: payment failed
    java.lang.IllegalStateException: closed
    \tat org.example.shop.Shop.pay(Shop.java:12)
    Caused by: java.io.IOException: gone
    Nov 22, 2026 2:00:04 PM org.example.shop.Shop
    FINE: INFO:
    Nov 22, 2026 2:00:05 PM org.example.shop.Shop pay
    INFO:

    """

  @Test func theLevelStandsOnTheSecondLine() {
    #expect(
      blockRecords(text) == [
        BlockRecord(
          1...2, "2026-11-22T14:00:01Z", .info, "Starting service [shop]",
          ["logger=org.example.shop.Service", "code.function=startInternal"]),
        BlockRecord(
          3...5, "2026-11-22T14:00:02Z", .warn,
          "a thread is left: order=8812\n java.lang.Object.wait(Native Method)",
          ["logger=org.example.shop.Loader", "code.function=<init>", "order=8812"]),
        BlockRecord(
          6...10, "2026-11-22T14:00:03Z", .error,
          "payment failed\njava.lang.IllegalStateException: closed\n\tat org.example.shop.Shop.pay(Shop.java:12)\n"
            + "Caused by: java.io.IOException: gone",
          ["logger=org.example.shop.Shop", "code.function=lambda$main$0"]),
        BlockRecord(11...12, "2026-11-22T14:00:04Z", .debug, "INFO:", ["logger=org.example.shop.Shop"]),
        BlockRecord(
          13...14, "2026-11-22T14:00:05Z", .info, "", ["logger=org.example.shop.Shop", "code.function=pay"]),
      ])
    #expect(reader(for: text).formatName == "jul")
  }

  @Test func itIsFoundAmongRecordsOfAnotherLayout() {
    let records = blockRecords(
      """
      2026-11-22 14:00:00,000 INFO [main] started
      2026-11-22 14:00:01,000 WARN [main] slow
      Nov 22, 2026 2:00:02 PM org.example.shop.Shop pay
      SEVERE: payment failed
      2026-11-22 14:00:03,000 ERROR [main] gave up

      """)
    #expect(records.map(\.lines) == [1...1, 2...2, 3...4, 5...5])
    #expect(records.map(\.level) == [.info, .warn, .error, .error])
  }

  @Test("Lines that only look so", arguments: ["INFO:root:x", "INFO::x", "info", "NOTE that: x", "https: x"])
  func others(second: String) {
    #expect(!reader(for: "2026-11-22 14:00:00,000 started\n\(second)\n").habits.hasLevelBelow)
  }

  @Test func cutAnywhere() { checkCuts(text) }

  @Test func itCanBeAskedFor() {
    let records = blockRecords(text, ReadingOptions(forcedFormat: "jul"))
    #expect(records.map(\.level) == [.info, .warn, .error, .debug, .info])
  }
}
