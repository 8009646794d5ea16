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
        "redis", "19141:M 22 Nov 2026 12:54:36.692 * Running mode=standalone, port=16379.", .notice,
        "Running mode=standalone, port=16379.",
        ["pid": "19141", "role": "M", "mode": "standalone", "port": "16379"]),
      FormatLine(
        "redis", "[8] 22 Nov 12:54:39.321 * Ready to accept connections", .notice, "Ready to accept connections",
        ["pid": "8"]),
      FormatLine(
        "postgresql", "2026-01-02 03:04:05.678 UTC [77] LOG:  starting up", .info, "starting up", ["pid": "77"]),
      FormatLine(
        "postgresql", "2026-01-02 03:04:05.678 CET [77] bob@shop ERROR:  relation \"x\" does not exist at character 15",
        .error,
        "relation \"x\" does not exist at character 15", ["pid": "77", "user": "bob", "database": "shop"]),
      FormatLine(
        "postgresql", "2026-01-02 03:04:05.678 UTC [77-3] bob@shop STATEMENT:  SELECT 1", .info, "SELECT 1",
        ["pid": "77", "session_line": "3", "user": "bob", "database": "shop"]),
      FormatLine(
        "postgresql",
        "2026-01-02 03:04:05 UTC [77]: [5-1] user=bob,db=shop,app=psql,client=10.0.0.9 LOG:  duration: 12.345 ms  "
          + "statement: SELECT now()", nil, "duration: 12.345 ms  statement: SELECT now()",
        [
          "pid": "77", "session_line": "5", "user": "bob", "database": "shop", "application": "psql",
          "client": "10.0.0.9",
          "duration": "12.345", "statement": "SELECT now()",
        ]),
      FormatLine(
        "postgresql", "2026-01-02 03:04:05 UTC:10.0.0.9(5100):bob@shop:[77]:FATAL:  password authentication failed",
        .fatal,
        "password authentication failed",
        ["client": "10.0.0.9", "client_port": "5100", "user": "bob", "database": "shop", "pid": "77"]),
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
        "mysql-general", "2026-01-02T03:04:05.123456Z\t   14 Quit\t", nil, nil, ["thread": "14", "command": "Quit"]),
      FormatLine(
        "mysql-slow",
        "# Time: 2026-01-02T03:04:05.678222Z\n# User@Host: shop[shop] @ web1 [10.0.0.9]  Id:    22\n"
          + "# Query_time: 2.000108  Lock_time: 0.000064 Rows_sent: 1  Rows_examined: 5000\nSET timestamp=1767323045;\nSELECT 1;",
        nil, nil,
        [
          "user": "shop", "client_host": "web1", "client": "10.0.0.9", "thread": "22", "Query_time": "2.000108",
          "Lock_time": "0.000064", "Rows_sent": "1", "Rows_examined": "5000",
        ]),
      FormatLine(
        "mongodb", "2026-01-02T03:04:05.450+0000 I NETWORK  [initandlisten] waiting for connections", .info,
        "waiting for connections", ["component": "NETWORK", "context": "initandlisten"]),
      FormatLine(
        "mongodb",
        "2026-01-02T03:04:05.450+0000 I COMMAND  [conn7] command shop.orders command: find {} protocol:op_msg 143ms",
        .info,
        nil, ["component": "COMMAND", "context": "conn7", "operation": "command", "duration": "143"]),
      FormatLine(
        "mssql", "2026-01-02 03:04:05.17 Logon       Error: 18456, Severity: 14, State: 8.", .error, nil,
        ["process_info": "Logon", "error_code": "18456", "severity": "14", "state": "8"]),
      FormatLine(
        "mssql", "2026-01-02 03:04:05.17 Logon       Login failed for user 'bob'. Reason: no such. [CLIENT: 10.0.0.9]",
        nil, nil,
        ["process_info": "Logon", "user": "bob", "client": "10.0.0.9"]),
      FormatLine(
        "mssql", "2026-01-02 03:04:05.17 spid12s     Starting up database 'shop'.", nil, "Starting up database 'shop'.",
        ["spid": "12s"]),
      FormatLine(
        "saphana",
        "[1234]{300001}[15/4063] 2026-01-02 03:04:05.678901 w backup           BackupManager.cpp(00245) : took long",
        .warn,
        "took long",
        [
          "thread": "1234", "connection_id": "300001", "transaction_id": "15", "update_transaction_id": "4063",
          "component": "backup", "code.file": "BackupManager.cpp", "code.line": "00245",
        ]),
      FormatLine(
        "couchdb",
        "[notice] 2026-01-02T03:04:05.678901Z nonode@nohost <0.17.0> e1fed412f8 db.example 10.0.0.9 bob GET /shop 404 ok 1",
        .notice, nil,
        [
          "node": "nonode@nohost", "pid": "0.17.0", "request_id": "e1fed412f8", "vhost": "db.example",
          "client": "10.0.0.9",
          "user": "bob", "method": "GET", "path": "/shop", "status": "404", "outcome": "ok", "duration": "1",
        ]),
      FormatLine(
        "elasticsearch", "[2026-01-02T03:04:05,678][INFO ][o.e.n.Node               ] [node-1] started", .info,
        "started",
        ["logger": "o.e.n.Node", "node": "node-1"]),
      FormatLine(
        "elasticsearch", "[2026-01-02T03:04:05,678][WARN ][o.e.c.r.a.DiskMonitor] [node-1] [shop][0] flood stage",
        .warn, "flood stage",
        ["logger": "o.e.c.r.a.DiskMonitor", "node": "node-1", "index": "shop", "shard": "0"]),
      FormatLine(
        "clickhouse",
        "2026.01.02 03:04:05.678901 [ 21 ] {0f74dfb8-8270-474e-b141-3e249d37b388} <Error> executeQuery: no such table",
        .error,
        "no such table", ["tid": "21", "query_id": "0f74dfb8-8270-474e-b141-3e249d37b388", "logger": "executeQuery"]),
    ])
  func parts(line: FormatLine) { line.check() }
}
