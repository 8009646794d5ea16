import TestSupport
import Testing

@testable import Records

@Suite struct PayloadTests {
  private static let docker = "\"stream\":\"stdout\",\"time\":\"2026-01-02T03:04:05.678901234Z\"}"
  private static let container = "2026-01-02T03:04:05.678901234Z stdout F "

  @Test(
    "Docker's json-file: the level of the line in it",
    arguments: [
      (#"[WARN] x\n"#, .warn), (#"{\"level\":\"error\",\"msg\":\"a \\\"b\\\"\"}\n"#, .error),
      (#"level=debug msg=\"a b\"\n"#, .debug),
      (#"E0102 03:04:05.678901       1 a.go:1] x\n"#, .error), (#"2026-01-02 03:04:05,678 ERROR [main] x\n"#, .error),
      (#"10.0.0.1 - - [02/Jan/2026:03:04:05 +0000] \"GET / HTTP/1.1\" 503 1 \"-\" \"curl\"\n"#, .error),
      (#"1:M 02 Jan 2026 03:04:05.678 # x\n"#, .warn), (#"\u001b[32mINFO\u001b[0m x\n"#, .info),
      (#"plain words\n"#, nil),
      (#"{\"severity\":\"WARNING\",\"message\":\"ERROR in text\"}\n"#, .warn),
      (#"{\"level\":30,\"msg\":\"pino\"}\n"#, .info),
      (#"\n"#, nil), (#"{\"broken\n"#, nil), (#"<3>x\n"#, .error),
    ] as [(String, Level?)])
  func docker(_ payload: String, _ level: Level?) {
    let reading = Reading("{\"log\":\"\(payload)\",\(Self.docker)")
    #expect(reading.level == level)
    #expect(reading.time == "2026-01-02T03:04:05.678901234Z")
    #expect(reading.format == "docker")
  }

  @Test("Docker's outer level counts first")
  func outer() {
    let line = #"{"log":"{\"level\":\"error\"}\n","level":"info",\#(Self.docker)"#
    #expect(Reading(line).level == .info)
  }

  @Test(
    "CRI: level and fields of the payload",
    arguments: [
      ("{\"level\":\"error\",\"msg\":\"INFO in text\",\"user\":\"bob\"}", .error, ["user": "bob", "level": "error"]),
      ("level=warn user=bob msg=\"x y\"", .warn, ["user": "bob"]),
      ("E0102 03:04:05.678901       1 a.go:1] x", .error, [:]),
      ("2026-01-02 03:04:05 [INFO] x", .info, [:]), ("{\"status\":502,\"method\":\"GET\"}", .error, ["status": "502"]),
      ("x", nil, [:]),
      ("FATAL: {\"a\":1}", .fatal, ["a": "1"]), ("{broken", nil, [:]),
    ] as [(String, Level?, [String: String])])
  func container(_ payload: String, _ level: Level?, _ fields: [String: String]) {
    let reading = Reading(Self.container + payload)
    #expect(reading.level == level)
    #expect(reading.time == "2026-01-02T03:04:05.678901234Z")
    #expect(reading.format == "cri")
    for (name, value) in fields { #expect(reading.fields[name] == value) }
  }

  @Test("CRI: lines marked as partial are one record with the next of them")
  func partial() {
    func line(_ second: Int, _ tag: String, _ text: String) -> String {
      "2026-01-02T03:04:0\(second).678901234Z stdout \(tag) \(text)"
        + (tag == "F" ? "" : String(repeating: ".", count: 5000))
    }
    let expected = [
      line(1, "F", "one"), line(2, "P", "two, ") + "\n" + line(2, "P", "and ") + "\n" + line(3, "F", "a half"),
      line(4, "F", "three"), line(5, "P", "four ") + "\n" + line(5, "F", "five"), line(6, "F", "six"),
      line(7, "P:x", "never ended") + "\n" + line(8, "F", "y"), "2026-01-02T03:04:09Z stdout P short",
      "2026-01-02T03:04:09Z stdout F x",
    ]
    #expect(records(of: expected.joined(separator: "\n")) == expected)
    let endless = Array(repeating: line(1, "P", "x"), count: 5000)
    #expect(recordStarts(endless.joined(separator: "\n")).count { $0 } == 3)
    let lost = [
      line(1, "F", "a"), line(2, "P", "b") + "\n" + "2026-01-02T03:04:05Z plain", line(3, "F", "c"),
    ]
    #expect(recordStarts(lost.joined(separator: "\n")) == [true, true, true, true])
  }

  @Test("CRI: bounds do not depend on how the file is cut", arguments: 1...10)
  func partialAnywhere(_ seed: UInt64) {
    var generator = SeededGenerator(seed &+ 77)
    let lines = (0..<120).map { _ in
      let tag = ["F", "P", "P", "P:x"].randomElement(using: &generator) ?? "F"
      let rest =
        "2026-01-02T03:04:05.678Z stdout \(tag) \(Bool.random(using: &generator) ? "INFO x" : "{\"level\":\"warn\"}")"
        + (tag == "F" ? "" : String(repeating: "-", count: Int.random(in: 3000..<6000, using: &generator)))
      return Int.random(in: 0..<9, using: &generator) == 0 ? Traces.line(&generator) : rest
    }
    expectSameBounds(lines, &generator)
  }

  @Test("Syslog, journald and Compose with JSON inside")
  func others() {
    let cee = Reading(#"Jan  2 03:04:05 web1 app[12]: @cee: {"level":"error","user":"bob"}"#)
    #expect(cee.level == .error)
    #expect(cee.fields["user"] == "bob")
    let tight = Reading(#"<14>Jan  2 03:04:05 web1 app[12]: @cee:{"user":"bob","n":1}"#)
    #expect(tight.level == .info)
    let journal = Reading(
      #"{"MESSAGE":"{\"level\":\"error\",\"msg\":\"x\"}","__REALTIME_TIMESTAMP":"1767323045678000","_PID":"1"}"#)
    #expect(journal.level == .error)
    let prioritized = Reading(
      #"{"MESSAGE":"level=error msg=x","PRIORITY":"6","__REALTIME_TIMESTAMP":"1767323045678000"}"#)
    #expect(prioritized.level == .info)
    let compose = Reading(#"web_1  | {"time":"2026-01-02T03:04:05Z","level":"warn","msg":"ERROR x","user":"bob"}"#)
    #expect(compose.time == "2026-01-02T03:04:05Z")
    #expect(compose.level == .warn)
    #expect(compose.fields["user"] == "bob")
    let epoch = Reading(#"web-1  | {"user":"bob","level":50,"time":1767323045678}"#)
    #expect(epoch.time == "2026-01-02T03:04:05.678Z")
    #expect(epoch.level == .error)
    #expect(Reading(#"db_1   | 2026-01-02 03:04:05.678 UTC [1] LOG:  ready"#).level == .info)
  }
}
