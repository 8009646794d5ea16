import Testing

@testable import Records

@Suite struct ProxyFormatTests {
  private static let request =
    "10.0.0.9:5100 [02/Jan/2026:03:04:05.678] web~ app/a1 10/0/30/69/109 200 2750 - - ---- 1/2/3/4/0 5/6 {host|agent} {} "
    + "\"GET /x HTTP/1.1\""
  private static let counts = [
    "termination_state": "----", "actconn": "1", "feconn": "2", "beconn": "3", "srvconn": "4", "retries": "0",
    "srv_queue": "5",
    "backend_queue": "6",
  ]
  private static let requestFields = [
    "client": "10.0.0.9", "client_port": "5100", "frontend": "web~", "backend": "app", "server": "a1", "tq": "10",
    "tw": "0",
    "tc": "30", "tr": "69", "duration": "109", "status": "200", "bytes": "2750", "req_headers": "host|agent",
    "method": "GET",
    "path": "/x", "protocol": "HTTP/1.1",
  ].merging(counts) { $1 }

  @Test(
    "Messages",
    arguments: [
      MessageLine("haproxy", request, requestFields),
      MessageLine(
        "haproxy", "10.0.0.9:5100 [02/Jan/2026:03:04:05.678] tcp-in db/d1 1/2/+500 212 SD 1/2/3/4/0 5/6",
        [
          "client": "10.0.0.9", "client_port": "5100", "frontend": "tcp-in", "backend": "db", "server": "d1", "tw": "1",
          "tc": "2",
          "duration": "500", "bytes": "212",
        ].merging(counts) { $1 }.merging(["termination_state": "SD"]) { $1 }),
      MessageLine(
        "haproxy", "10.0.0.9:5100 [02/Jan/2026:03:04:05.678] web/1: SSL handshake failure",
        ["client": "10.0.0.9", "client_port": "5100", "frontend": "web", "bind": "1"]),
      MessageLine(
        "haproxy", "Connect from 10.0.0.9:5100 to 10.0.0.1:80 (web/HTTP)",
        [
          "client": "10.0.0.9", "client_port": "5100", "server": "10.0.0.1", "server_port": "80", "frontend": "web",
          "mode": "HTTP",
        ]),
      MessageLine("haproxy", "Server app/a1 is DOWN.", ["backend": "app", "server": "a1", "state": "DOWN"]),
    ])
  func messages(line: MessageLine) { line.check() }

  @Test(
    "Lines without a header of syslog",
    arguments: [
      FormatLine("haproxy", request, .info, nil, requestFields),
      FormatLine(
        "haproxy",
        "10.0.0.9:5100 [02/Jan/2026:03:04:05.678] web app/<NOSRV> 0/-1/-1/-1/18 504 212 - - sC-- 1/2/3/4/0 5/6 \"GET /x HTTP/1.1\"",
        .error, nil,
        [
          "client": "10.0.0.9", "client_port": "5100", "frontend": "web", "backend": "app", "server": "<NOSRV>",
          "tq": "0", "tw": "-1", "tc": "-1", "tr": "-1", "duration": "18", "status": "504", "bytes": "212",
          "method": "GET", "path": "/x", "protocol": "HTTP/1.1",
        ].merging(counts) { $1 }.merging(["termination_state": "sC--"]) { $1 }),
      FormatLine(
        "haproxy", "10.0.0.9:5100 [02/Jan/2026:03:04:05.678] tcp-in db/d1 1/2/+500 512 SD 1/2/3/4/0 5/6", nil, nil,
        [
          "client": "10.0.0.9", "client_port": "5100", "frontend": "tcp-in", "backend": "db", "server": "d1", "tw": "1",
          "tc": "2", "duration": "500", "bytes": "512",
        ].merging(counts) { $1 }.merging(["termination_state": "SD"]) { $1 }),
      FormatLine(
        "nginx-proxy-manager",
        "[02/Jan/2026:03:04:05 +0000] - 404 404 - GET https example.org \"/x\" [Client 10.0.0.9] [Length 1234] [Gzip 2.5] "
          + "[Sent-to 192.0.2.1] \"Mozilla/5.0 (X11)\" \"https://example.org/\"", .warn, nil,
        [
          "upstream_status": "404", "status": "404", "method": "GET", "scheme": "https", "host": "example.org",
          "path": "/x", "client": "10.0.0.9", "bytes": "1234", "gzip": "2.5", "upstream": "192.0.2.1",
          "agent": "Mozilla/5.0 (X11)", "referer": "https://example.org/",
        ]),
      FormatLine(
        "nginx-proxy-manager",
        "[02/Jan/2026:03:04:05 +0000] HIT - 200 - GET https example.org \"/x\" [Client 10.0.0.9] [Length 1234] [Gzip -] "
          + "[Sent-to 192.0.2.1] \"curl/8\" \"-\"", .info, nil,
        [
          "cache": "HIT", "status": "200", "method": "GET", "scheme": "https", "host": "example.org", "path": "/x",
          "client": "10.0.0.9", "bytes": "1234", "upstream": "192.0.2.1", "agent": "curl/8",
        ]),
      FormatLine(
        "nginx-proxy-manager",
        "[02/Jan/2026:03:04:05 +0000] 502 - GET http example.org \"/\" [Client 10.0.0.9] [Length 154] [Gzip -] "
          + "\"curl/8\" \"-\"", .error, nil,
        [
          "status": "502", "method": "GET", "scheme": "http", "host": "example.org", "path": "/", "client": "10.0.0.9",
          "bytes": "154", "agent": "curl/8",
        ]),
    ])
  func lines(line: FormatLine) { line.check() }

  /// Two signs after a number are no end of a connection in an access log.
  @Test func othersStayAccessLogs() {
    #expect(
      reader(for: "10.0.0.9 - - [02/Jan/2026:03:04:05 +0000] \"GET / HTTP/1.1\" 200 12 \"-\" \"-\"\n").formatName
        == "access")
  }
}
