import Testing

@testable import Records

@Suite struct WebServerFormatTests {
  @Test(
    "Every line gives its parts",
    arguments: [
      FormatLine(
        "nginx-error", "2026/01/02 03:04:05 [error] 12#13: *34 connect() failed (111: Connection refused)", .error,
        "connect() failed (111: Connection refused)", ["pid": "12", "tid": "13", "connection": "34"]),
      FormatLine(
        "nginx-error", "2026/01/02 03:04:05 [notice] 1#1: start worker processes", .notice, "start worker processes",
        ["pid": "1", "tid": "1"]),
      FormatLine(
        "nginx-error", "2026/01/02 03:04:05 [crit] 7#7: *1 SSL_do_handshake() failed", .critical, nil,
        ["pid": "7", "tid": "7", "connection": "1"]),
      FormatLine(
        "apache-error",
        "[Fri Jan 02 03:04:05.678901 2026] [authz_core:error] [pid 12:tid 139] [client 10.0.0.9:5100] AH01630: client denied",
        .error, "client denied",
        [
          "logger": "authz_core", "pid": "12", "tid": "139", "client": "10.0.0.9", "client_port": "5100",
          "error_code": "AH01630",
        ]),
      FormatLine(
        "apache-error",
        "[Fri Jan 02 03:04:05.678901 2026] [core:error] [pid 12] (13)Permission denied: [client ::1:80] AH00035: no access",
        .error, "no access",
        [
          "logger": "core", "pid": "12", "os_error": "13", "client": "::1", "client_port": "80",
          "error_code": "AH00035",
        ]),
      FormatLine(
        "apache-error",
        "[Fri Jan 02 03:04:05 2026] [error] [client 10.0.0.9] script not found or unable to stat", .error,
        "script not found or unable to stat", ["client": "10.0.0.9"]),
      FormatLine(
        "uwsgi",
        "[pid: 7|app: 0|req: 3/9] 10.0.0.9 () {38 vars in 696 bytes} [Fri Jan  2 03:04:05 2026] POST /a?b=c => generated 47 bytes "
          + "in 129 msecs (HTTP/1.1 200) 9 headers in 378 bytes (1 switches on core 3)", .info, nil,
        [
          "pid": "7", "app_id": "0", "client": "10.0.0.9", "method": "POST", "path": "/a?b=c", "bytes": "47",
          "duration": "129",
          "protocol": "HTTP/1.1", "status": "200",
        ]),
      FormatLine(
        "uwsgi",
        "{address space usage: 123 bytes/4MB} {rss usage: 12 bytes/3MB} [pid: 7|app: -|req: -/9] 10.0.0.9 (bob) {38 vars in 696 bytes} "
          + "[Fri Jan  2 03:04:05 2026] GET / => generated 0 bytes in 1 msecs (HTTP/1.0 304) 2 headers in 38 bytes (1 switches on core 0)",
        .info, nil,
        [
          "pid": "7", "client": "10.0.0.9", "user": "bob", "method": "GET", "path": "/", "bytes": "0", "duration": "1",
          "protocol": "HTTP/1.0", "status": "304",
        ]),
      FormatLine(
        "squid",
        "1767323045.123     41 10.0.0.9 TCP_MISS/200 507 GET http://example.org/x bob HIER_DIRECT/192.0.2.1 text/html",
        nil, nil,
        [
          "duration": "41", "client": "10.0.0.9", "result": "TCP_MISS", "status": "200", "bytes": "507",
          "method": "GET",
          "url": "http://example.org/x", "user": "bob", "hierarchy": "HIER_DIRECT", "server": "192.0.2.1",
          "content_type": "text/html",
        ]),
      FormatLine(
        "squid", "1767323045.001      0 ::1 TCP_DENIED/403 3912 CONNECT example.org:443 - HIER_NONE/- text/html", nil,
        nil,
        [
          "duration": "0", "client": "::1", "result": "TCP_DENIED", "status": "403", "bytes": "3912",
          "method": "CONNECT",
          "url": "example.org:443", "hierarchy": "HIER_NONE", "content_type": "text/html",
        ]),
      FormatLine(
        "gin", "[GIN] 2026/01/02 - 03:04:05 | 404 |    1.234ms |    10.0.0.9 | GET      \"/x?y=1\"", nil, nil,
        ["status": "404", "duration": "1.234ms", "client": "10.0.0.9", "method": "GET", "path": "/x?y=1"]),
      FormatLine(
        "uvicorn", "2026-01-02 03:04:05,678 - INFO: 10.0.0.9:5100 - \"GET /docs HTTP/1.1\" 200 OK", .info, nil,
        [
          "client": "10.0.0.9", "client_port": "5100", "method": "GET", "path": "/docs", "protocol": "HTTP/1.1",
          "status": "200",
        ]),
    ])
  func parts(line: FormatLine) { line.check() }
}
