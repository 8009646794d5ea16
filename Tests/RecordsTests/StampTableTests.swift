import Quantities
import Testing

@testable import Records

/// Every spelling of one instant, wherever a line may have it.
@Suite struct StampTableTests {
  private static let instant = "2026-01-02T03:04:05Z"
  private static let exact = "2026-01-02T03:04:05.678Z"

  /// Spellings of 2 January 2026, 03:04:05 UTC.
  static let whole = [
    "2026-01-02T03:04:05Z", "2026-01-02 03:04:05", "2026-01-02 03:04:05 UTC", "2026-01-02 03:04:05Z",
    "2026-01-02T03:04:05+00:00", "2026-01-02 03:04:05 +0000", "2026-01-02T04:04:05+0100", "2026-01-02 05:04:05 +02:00",
    "2026-01-01T22:04:05-05:00", "2026-01-02 04:04:05 CET", "2026-01-01 22:04:05 EST", "2026-01-02 03:04:05 GMT",
    "2026-01-02 03:04:05 +0000 UTC", "2026/01/02 03:04:05", "2026/01/02-03:04:05", "2026.01.02 03:04:05",
    "2026-01-02_03:04:05", "2026-01-02-03:04:05", "2026-01-02, 03:04:05", "2026-Jan-02 03:04:05",
    "2026:01:02 03:04:05", "2026年01月02日 03:04:05", "20260102T030405Z", "20260102T030405",
    "2026-1-2 3:04:05", "2026-01-02 3:04:05 AM", "01/02/2026 03:04:05", "01/02/2026 3:04:05 AM", "1/2/2026 3:04:05 AM",
    "01/02/2026, 03:04:05", "01:02:2026 03:04:05", "02.01.2026 03:04:05", "02-01-2026 03:04:05", "26/01/02 03:04:05",
    "02/Jan/2026:03:04:05 +0000", "02-Jan-2026 03:04:05", "02 Jan 2026 03:04:05", "2 January 2026 03:04:05",
    "02 Jan 2026, 03:04:05", "02 Jan 26 03:04:05", "Jan 02 2026 03:04:05", "Jan  2 2026 03:04:05",
    "Jan 2, 2026 3:04:05 AM", "January 2, 2026 03:04:05", "Jan 2, 2026, 3:04:05 AM", "Jan 02, 2026 3:04:05 am",
    "Jan 2, 2026 at 3:04:05 AM", "Fri Jan  2 03:04:05 2026", "Fri Jan 02 03:04:05 2026", "Fri Jan 2 03:04:05 UTC 2026",
    "Fri Jan 02 03:04:05 +0000 2026", "Fri Jan  2 2026 03:04:05", "Fri, 02 Jan 2026 03:04:05 GMT",
    "Fri, 2 Jan 2026 03:04:05 +0000", "Friday, 02-Jan-26 03:04:05 UTC", "Friday, January 2, 2026 3:04:05 AM",
    "Fri 2026-01-02 03:04:05 UTC", "Fri Jan 02 2026 03:04:05 GMT+0000", "Jan  2 03:04:05", "Jan 02 03:04:05",
    "1767323045", "1767323045000", "1767323045000000", "1767323045000000000", "1767323045.0",
    "@40000000695735af00000000", "2026-01-02T03:04:05.000Z", "2026-01-02T03:04:05.000000000Z",
    "2026-01-02T03:04:05.000+0000", "2026-01-02T03:04:05,000Z", "2026-002T03:04:05Z", "Jan-02-2026 03:04:05",
  ]

  static let fractions = [
    "2026-01-02T03:04:05.678Z", "2026-01-02 03:04:05,678", "2026-01-02 03:04:05.678", "2026-01-02 03:04:05:678",
    "2026-01-02T03:04:05.678000+00:00", "2026/01/02 03:04:05.678", "02-Jan-2026 03:04:05.678",
    "Jan 02, 2026 03:04:05.678", "Fri Jan 02 03:04:05.678000 2026", "02 Jan 2026 03:04:05,678", "1767323045.678",
    "1767323045678", "1767323045678000", "1767323045678000000", "20260102T030405.678Z", "20260102-03:04:05.678",
    "2026-01-02 03:04:05.678 UTC", "2026-01-02 03:04:05.678 +0000", "2026-01-02T03:04:05.678Z[UTC]",
    "2026-01-02T04:04:05.678+01:00[Europe/Berlin]", "26-01-02 03:04:05.678", "01/02/26 03:04:05.678",
    "2026-01-02 03:04:05.678 Z", "Jan  2 03:04:05.678", "2026-01-02-03.04.05.678000+000",
  ]

  /// Forms that are accepted only where the whole file has them, at the start of its lines.
  private static func isNumber(_ spelling: String) -> Bool { spelling.hasPrefix("17673") }

  @Test("At the start of a line, in brackets, after a prefix", arguments: whole + fractions)
  func text(_ spelling: String) {
    let expected = Self.whole.contains(spelling) ? Self.instant : Self.exact
    for line in ["\(spelling) x", "[\(spelling)] x", "\(spelling): x", "\(spelling) | x"] {
      #expect(Reading(line).time == expected, "\(line)")
    }
    if Self.isNumber(spelling) { return }
    for line in [
      "web_1  | \(spelling) x", "[main] \(spelling) x", "INFO \(spelling) x", "<\(spelling)> x", "(\(spelling)) x",
      "\u{1B}[32m\(spelling)\u{1B}[0m x", "app[12]: \(spelling) x", "\"\(spelling)\" x", "[INFO] [\(spelling)] x",
      "time=\"\(spelling)\" x",
    ] {
      #expect(Reading(line).time == expected, "\(line)")
    }
  }

  private static let keys = [
    "time", "ts", "timestamp", "@timestamp", "@t", "Time", "date", "datetime", "eventTime", "asctime", "_time", "t",
    "Timestamp", "event_time", "created_at", "dateTime", "logTime", "log_time", "time_iso8601", "time_local", "when",
    "eventTimestamp", "published", "receivedAt", "generated_at", "startTime", "TimeGenerated", "TimeCreated", "_ts",
    "DateTime", "TIMESTAMP", "syslog_timestamp", "started_at", "occurred_at", "log.time", "ingest_ts", "recorded_at",
    "utc", "UTC", "msg_ts", "msec", "instant", "TimeStamp", "eventDate", "requestReceivedTimestamp",
  ]

  @Test("Under the keys that JSON and logfmt have for it", arguments: keys)
  func key(_ key: String) {
    for (value, expected) in [
      ("\"2026-01-02T03:04:05.678Z\"", Self.exact), ("\"2026-01-02 03:04:05,678\"", Self.exact),
      ("1767323045.678", Self.exact), ("1767323045678", Self.exact), ("\"1767323045\"", Self.instant),
      ("\"02/Jan/2026:03:04:05 +0000\"", Self.instant), ("\"Fri, 02 Jan 2026 03:04:05 GMT\"", Self.instant),
      ("1.767323045678e9", Self.exact),
    ] {
      for line in [
        #"{"a":"b","\#(key)":\#(value),"msg":"x"}"#, #"{"msg":"x", "n": 3, "\#(key)": \#(value)}"#,
        #"{"\#(key)" : \#(value) }"#,
      ] {
        #expect(Reading(line).time == expected, "\(line)")
      }
      guard !value.contains("e9") else { continue }
      let line = "\(key)=\(value) level=info msg=x a=b"
      #expect(Reading(line).time == expected, "\(line)")
    }
  }

  @Test(
    "Nested in objects that loggers put it in",
    arguments: [
      #"{"record":{"time":{"repr":"x","timestamp":1767323045.678},"message":"m"}}"#,
      #"{"t":{"$date":"2026-01-02T03:04:05.678+00:00"},"s":"I"}"#, #"{"t":{"$date":1767323045678},"s":"I"}"#,
      #"{"t":{"$date":{"$numberLong":"1767323045678"}},"s":"I"}"#,
      #"{"time":{"iso":"2026-01-02T03:04:05.678Z"},"msg":"x"}"#, #"{"time":{"s":1767323045,"ms":678},"msg":"x"}"#,
      #"{"event":{"created":"2026-01-02T03:04:05.678Z"},"message":"x"}"#,
      #"{"log":{"time":"2026-01-02T03:04:05.678Z","level":"info"}}"#,
      #"{"meta":{"timestamp":"2026-01-02T03:04:05.678Z"},"msg":"x"}"#,
      #"{"metadata":{"ts":1767323045.678},"msg":"x"}"#, #"{"header":{"timestamp":1767323045678},"msg":"x"}"#,
      #"{"@fields":{"timestamp":"2026-01-02T03:04:05.678Z"},"msg":"x"}"#,
      #"{"instant":{"epochSecond":1767323045,"nanoOfSecond":678000000},"level":"INFO"}"#,
      #"{"timestamp":{"seconds":1767323045,"nanos":678000000},"msg":"x"}"#,
      #"{"resource":{"a":1},"logRecord":{"timeUnixNano":"1767323045678000000"}}"#,
      #"{"log":"x\n","stream":"stdout","time":"2026-01-02T03:04:05.678Z"}"#,
      #"{"Event":{"System":{"TimeCreated":{"SystemTime":"2026-01-02T03:04:05.678Z"}}}}"#,
      #"{"data":{"timestamp":"2026-01-02T03:04:05.678Z"},"type":"x"}"#,
    ])
  func nested(_ line: String) {
    let time = Reading(line).time
    #expect(time == Self.exact || line.contains("\"s\":1767323045,") && time == Self.instant)
  }

  @Test(
    "What is no time is none, also under such a key",
    arguments: [
      #"{"time":12.5,"msg":"x"}"#, #"{"date":"yesterday"}"#, #"{"uptime":1767}"#, #"{"runtime":"go1.22"}"#,
      #"{"timeout":"30s"}"#, #"{"update":"2.0"}"#, #"{"msg":"at 2026-01-02T03:04:05Z"}"#, #"{"t":"x"}"#,
      #"{"version":"2026.01.02"}"#, #"{"id":1767323045678}"#, #"{"data":{"a":1}}"#, "took 03:04:05 in all",
      "10.0.0.1:8080 up", "1.2.3-4 x", "2026 was a year", "12/25 done", "ratio 01:02:03:04", "a 2014:04:08 b",
    ])
  func none(_ line: String) {
    #expect(Reading(line).time == nil)
  }
}
