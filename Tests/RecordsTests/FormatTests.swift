import Quantities
import Testing

@testable import Records

@Suite struct JSONFormatTests {
  @Test("structlog: event, level and an ISO timestamp")
  func structlog() {
    let reading = Reading(
      #"{"user": "zoë", "n": 3, "ok": true, "none": null, "event": "said \"hi\"\n", "level": "warning", "#
        + #""timestamp": "2026-01-02T03:04:05.678901Z", "ctx": {"a.b": [1, {"c": "\u00e9"}]}}"#)
    #expect(reading.format == "json")
    #expect(reading.time == "2026-01-02T03:04:05.678901Z")
    #expect(reading.level == .warn)
    #expect(reading.message == "said \"hi\"\n")
    #expect(reading.fields["user"] == "zoë")
    #expect(reading.fields["ctx.a.b[0]"] == "1")
    #expect(reading.fields["ctx.a.b[1].c"] == "é")
    #expect(reading.kinds["ok"] == .boolean)
    #expect(reading.kinds["none"] == .null)
    #expect(reading.kinds["n"] == .number)
    #expect(reading.kinds["ctx"] == .object)
    #expect(reading.kinds["ctx.a.b"] == .array)
  }

  @Test(
    "Time, level and message of many loggers",
    arguments: [
      (#"{"level":30,"time":1767323045678,"pid":1,"msg":"pino"}"#, .info, "pino"),
      (#"{"level":"error","ts":1767323045.678,"caller":"a.go:1","msg":"zap"}"#, .error, "zap"),
      (
        #"{"@timestamp":"2026-01-02T03:04:05.678Z","@version":"1","message":"logstash","level":"ERROR"}"#, .error,
        "logstash"
      ),
      (#"{"name":"a","level":50,"msg":"bunyan","time":"2026-01-02T03:04:05.678Z","v":0}"#, .error, "bunyan"),
      (#"{"severity":"NOTICE","timestamp":"2026-01-02T03:04:05.678Z","message":"gcp"}"#, .notice, "gcp"),
      (#"{"severity":"ERROR","timestamp":"2026-01-02T03:04:05.678Z","jsonPayload":{"message":"gcp"}}"#, .error, "gcp"),
      (#"{"asctime": "2026-01-02 03:04:05,678", "levelname": "CRITICAL", "message": "pjl"}"#, .critical, "pjl"),
      (
        #"{"@timestamp":"2026-01-02T03:04:05.678Z","log.level":"warn","message":"ecs","log":{"logger":"a"}}"#, .warn,
        "ecs"
      ),
      (#"{"@timestamp":"2026-01-02T03:04:05.678Z","message":"ecs","log":{"level":"debug"}}"#, .debug, "ecs"),
      (#"{"log":"[WARN] docker\n","stream":"stdout","time":"2026-01-02T03:04:05.678Z"}"#, .warn, "[WARN] docker\n"),
      (#"{"PRIORITY":"3","MESSAGE":"journald","__REALTIME_TIMESTAMP":"1767323045678000"}"#, .error, "journald"),
      (#"{"PRIORITY":"6","MESSAGE":[98,121,116,101,115],"__REALTIME_TIMESTAMP":"1767323045678000"}"#, .info, "bytes"),
      (
        #"{"text":"all","record":{"level":{"icon":"x","name":"TRACE","no":5},"message":"loguru","#
          + #""time":{"repr":"2026-01-02 03:04:05.678+00:00","timestamp":1767323045.678}}}"#, .trace, "loguru"
      ),
      (#"{"version":"1.1","short_message":"gelf","timestamp":1767323045.678,"level":4}"#, .warn, "gelf"),
      (#"{"@t":"2026-01-02T03:04:05.678Z","@m":"serilog","@l":"Fatal"}"#, .fatal, "serilog"),
      (#"{"t":{"$date":"2026-01-02T03:04:05.678+00:00"},"s":"W","c":"REPL","msg":"mongo"}"#, .warn, "mongo"),
      (
        #"{"timestamp":"2026-01-02T03:04:05.678Z","level":"INFO","fields":{"message":"tracing"},"target":"a"}"#, .info,
        "tracing"
      ),
      (#"{"time":"2026-01-02T03:04:05.678Z","request":"GET / HTTP/1.1","status":502,"msg":"nginx"}"#, .error, "nginx"),
      (#"{"eventTimeOfIt":"2026-01-02T03:04:05.678Z","severityNumber":13,"body":"guess"}"#, .warn, "guess"),
    ] as [(String, Level, String)])
  func loggers(_ line: String, _ level: Level, _ message: String) {
    let reading = Reading(line)
    #expect(reading.format == (line.contains("stream") ? "docker" : "json"))
    #expect(reading.time == "2026-01-02T03:04:05.678Z")
    #expect(reading.level == level)
    #expect(reading.message == message)
  }

  @Test("Two keys for the time: the file's favourite wins, wherever it stands")
  func favourite() {
    let text = """
      {"ts": 1767323045, "started": "x", "timestamp": "2026-01-02T00:00:00Z", "level": "info"}
      {"timestamp": "2026-01-02T00:00:01Z", "ts": 1767323046, "level": "info"}
      """
    let reader = reader(for: text)
    let lines = text.split(separator: "\n").map(String.init)
    let times = lines.map { line in withBytes(line) { reader.stamp(of: $0, reference: reference) }.map(isoText) }
    #expect(times == ["2026-01-02T00:00:00Z", "2026-01-02T00:00:01Z"])
  }

  @Test("An object that is cut off gives what came before the cut")
  func truncated() {
    let reading = Reading(#"{"time":"2026-01-02T03:04:05Z","level":"info","msg":"whole","next":"cut o"#)
    #expect(reading.time == "2026-01-02T03:04:05Z")
    #expect(reading.message == "whole")
    #expect(reading.fields["next"] == nil)
  }
}

@Suite struct LineFormatTests {
  @Test("logfmt: pairs, quotes, flags, empty values, Python's repr")
  func logfmt() {
    let reading = Reading(
      #"time=2026-01-02T03:04:05Z level=warn msg="said \"hi\"" took=18ms ok=true none= flag ip=10.0.0.1 nested={'a': [1, 2]}"#
    )
    #expect(reading.format == "logfmt")
    #expect(reading.time == "2026-01-02T03:04:05Z")
    #expect(reading.level == .warn)
    #expect(reading.message == #"said "hi""#)
    #expect(reading.fields["took"] == "18ms")
    #expect(reading.kinds["took"] == .number)
    #expect(reading.kinds["ok"] == .boolean)
    #expect(reading.kinds["flag"] == .boolean)
    #expect(reading.fields["none"] == "")
    #expect(reading.kinds["ip"] == .address)
    #expect(reading.fields["nested"] == "{'a': [1, 2]}")
  }

  @Test("Access log, combined")
  func combined() {
    let reading = Reading(
      #"10.0.0.1 - bob [02/Jan/2026:03:04:05 +0100] "GET /a?b=\"c\" HTTP/1.1" 404 512 "-" "curl/8 (x)" rt=0.250"#)
    #expect(reading.format == "access")
    #expect(reading.time == "2026-01-02T02:04:05Z")
    #expect(reading.level == .warn)
    #expect(
      reading.fields == [
        "client": "10.0.0.1", "user": "bob", "method": "GET", "path": #"/a?b="c""#, "protocol": "HTTP/1.1",
        "status": "404", "bytes": "512", "agent": "curl/8 (x)", "rt": "0.250",
      ])
    #expect(reading.kinds["client"] == .address)
  }

  @Test("Access log, common, with a virtual host before and a number after")
  func common() {
    let reading = Reading(#"www:80 ::1 - - [02/Jan/2026:03:04:05 +0000] "HEAD / HTTP/1.0" 503 - "r" "a" 74289"#)
    #expect(reading.fields["vhost"] == "www:80")
    #expect(reading.fields["client"] == "::1")
    #expect(reading.fields["bytes"] == nil)
    #expect(reading.fields["extra"] == "74289")
    #expect(reading.level == .error)
    #expect(Reading(#"h - - [02/Jan/2026:03:04:05 +0000] "" 400 0"#).level == .warn)
    #expect(Reading(#"h - - [02/Jan/2026:03:04:05 +0000] "\x16\x03" 301 0"#).level == .info)
  }

  @Test("Classic syslog: host, app, pid, message")
  func classic() {
    let reading = Reading("<13>Jan  2 03:04:05 web1 sshd[230]: Failed password for=root port=22")
    #expect(reading.format == "syslog")
    #expect(reading.message == "Failed password for=root port=22")
    #expect(reading.fields["host"] == "web1")
    #expect(reading.fields["program"] == "sshd")
    #expect(reading.fields["pid"] == "230")
    #expect(reading.fields["port"] == "22")
    #expect(reading.level == .notice)
    #expect(Reading("Jan  2 03:04:05 web1 kernel: [1.5] x").fields["program"] == "kernel")
    #expect(Reading("2026-01-02T03:04:05.678+01:00 web1 su: x").format == "syslog")
    #expect(Reading("Fri 2026-01-02 03:04:05 UTC web1 su[7]: x").fields["host"] == "web1")
    #expect(Reading("2026-01-02 03:04:05 INFO su: x").format == "text")
  }

  @Test("RFC 5424: nil values, structured data, a byte order mark")
  func new() {
    let reading = Reading(
      "<165>1 2026-01-02T03:04:05.003Z web1 app - ID47 [x@1 iut=\"3\" s=\"a \\\"b\\\" ]\"][y z=\"\"] \u{FEFF}An event")
    #expect(reading.format == "syslog")
    #expect(reading.time == "2026-01-02T03:04:05.003Z")
    #expect(reading.level == .notice)
    #expect(reading.fields["msgid"] == "ID47")
    #expect(reading.fields["pid"] == nil)
    #expect(reading.fields["iut"] == "3")
    #expect(reading.fields["s"] == #"a "b" ]"#)
    #expect(reading.message == "An event")
  }

  @Test("Text: message after stamp and level, pairs among words, a JSON object at the end")
  func text() {
    let reading = Reading(#"2026-01-02 03:04:05 [info] user logged in (id=7), took=1.5s a == b {"n": {"m": 1}}"#)
    #expect(reading.format == "text")
    #expect(reading.level == .info)
    #expect(reading.message == #"user logged in (id=7), took=1.5s a == b {"n": {"m": 1}}"#)
    #expect(reading.fields == ["id": "7", "took": "1.5s", "n": #"{"m": 1}"#, "n.m": "1"])
  }

  @Test("Colours of a terminal are skipped around stamp, level, keys and values")
  func colours() {
    let reading = Reading(
      "\u{1B}[2m2026-01-02 03:04:05\u{1B}[0m [\u{1B}[33m\u{1B}[1mwarning  \u{1B}[0m] \u{1B}[1mslow query\u{1B}[0m "
        + "\u{1B}[36mtook\u{1B}[0m=\u{1B}[35m15ms\u{1B}[0m \u{1B}[36msql\u{1B}[0m=\u{1B}[35m'a b'\u{1B}[0m")
    #expect(reading.time == "2026-01-02T03:04:05Z")
    #expect(reading.level == .warn)
    #expect(reading.message.hasPrefix("slow query"))
    #expect(reading.fields == ["took": "15ms", "sql": "a b"])
  }

  @Test("PostgreSQL: the prefix goes, the continuation stays in the message")
  func postgres() {
    let reading = Reading("2026-01-02 03:04:05.678 UTC [7] ERROR:  syntax error\n\tat character 8")
    #expect(reading.level == .error)
    #expect(reading.message == "syntax error\n\tat character 8")
  }

  @Test("A line of another grammar is read by that grammar in any file")
  func mixed() {
    let text = """
      2026-01-02 03:04:05 INFO a
      2026-01-02 03:04:06 INFO b
      2026-01-02 03:04:07 INFO c
      {"time":"2026-01-02T03:04:08Z","level":"error","msg":"d"}
      10.0.0.1 - - [02/Jan/2026:03:04:09 +0000] "GET / HTTP/1.1" 500 1
      """
    let reader = reader(for: text)
    let index = withBytes(text) { reader.index($0, segment: 0..<$0.count, reference: reference) }
    #expect(reader.formatName == "text")
    #expect(index.recordCount == 5)
    #expect((0..<5).map { index.groups[0].code(ofLine: $0).level } == [.info, .info, .info, .error, .error])
    #expect(index.latest.map(isoText) == "2026-01-02T03:04:09Z")
  }

  @Test("Every registered name makes a reader, and no other does")
  func registry() {
    withBytes("x") { sample in
      for (name, summary) in FormatLibrary.builtIn.names {
        #expect(FormatLibrary.builtIn.reader(named: name, options: .init(), sample: sample)?.formatName == name)
        #expect(!summary.isEmpty)
      }
      #expect(FormatLibrary.builtIn.reader(named: "nonesuch", options: .init(), sample: sample) == nil)
    }
  }
}
