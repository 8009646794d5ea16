import Testing

@testable import Records

@Suite struct DatabaseFormatTests {
  @Test(
    "Every line gives its parts",
    arguments: [
      FormatLine(
        "redis", "19141:M 22 Nov 2026 12:54:39.321 # Server initialized", .warn, "Server initialized",
        ["pid": "19141", "role": "M"]),
      FormatLine(
        "redis", "[8] 22 Nov 12:54:39.321 * Ready to accept connections", .notice, "Ready to accept connections",
        ["pid": "8"]),
      FormatLine(
        "mysql-error", "2026-01-02T03:04:05.000001Z 10 [ERROR] [MY-010055] [Server] Unknown database 'x'", .error,
        "Unknown database 'x'", ["thread": "10", "error_code": "MY-010055", "subsystem": "Server"]),
      FormatLine(
        "mysql-error", "2026-01-02  3:04:05 0 [Note] InnoDB: Completed initialization of buffer pool", .notice,
        "InnoDB: Completed initialization of buffer pool", ["thread": "0"]),
      FormatLine(
        "mysql-general", "2026-01-02T03:04:05.123456Z\t   14 Query\tSELECT * FROM users", nil, "SELECT * FROM users",
        ["thread": "14", "command": "Query"]),
      FormatLine(
        "mongodb", "2026-01-02T03:04:05.450+0000 I NETWORK  [initandlisten] waiting for connections", .info,
        "waiting for connections", ["component": "NETWORK", "context": "initandlisten"]),
    ])
  func parts(line: FormatLine) { line.check() }
}
