import Testing

@testable import Records

@Suite struct JournalFormatTests {
  @Test(
    "What journalctl writes by its output modes",
    arguments: [
      FormatLine(
        "syslog", "1795352153.533937 web1 app[4242]: request 0 took 0ms", nil, "request 0 took 0ms",
        ["host": "web1", "program": "app", "pid": "4242", "duration": "0ms"]),
      FormatLine(
        "json", #"data: {"PRIORITY":"3","MESSAGE":"failed","__REALTIME_TIMESTAMP":"1795352153533937"}"#, .error,
        "failed",
        ["PRIORITY": "3", "MESSAGE": "failed", "__REALTIME_TIMESTAMP": "1795352153533937"]),
      FormatLine(
        "json", "\u{1e}" + #"{"PRIORITY":"6","MESSAGE":"ok","__REALTIME_TIMESTAMP":"1795352153533937"}"#, .info, "ok",
        ["PRIORITY": "6", "MESSAGE": "ok", "__REALTIME_TIMESTAMP": "1795352153533937"]),
    ])
  func modes(line: FormatLine) { line.check() }

  @Test("A line of syslog without a program has its host, where the file is known to be syslog")
  func tagless() {
    let text = """
      2026-11-22T12:55:40.705443+00:00 vm app[77]: hello
      2026-11-22T12:55:40.708369+00:00 vm octet counted

      """
    let reader = reader(for: text)
    withBytes("2026-11-22T12:55:40.708369+00:00 vm octet counted") { line in
      let record = reader.parse(line, reference: reference)
      #expect(record.fields.map { $0.text(in: line) } == ["vm"])
      #expect(record.messageEncoding.decode(line.part(record.messageSpan)) == "octet counted")
    }
    #expect(Reading("2026-11-22T12:55:40.708369+00:00 vm octet counted").format == "text")
  }

  @Test("The request of a web server's JSON log is its message, and its status its level")
  func request() {
    let reading = Reading(
      #"{"time":"2026-11-22T12:54:13+00:00","remote_addr":"::1","request":"GET /up HTTP/1.1","status":502}"#)
    #expect(reading.message == "GET /up HTTP/1.1")
    #expect(reading.level == .error)
  }
}
