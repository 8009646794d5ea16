import Testing

@testable import Records

/// What the samples say, record by record.
extension SampleRecordTests {
  @Test(
    "ClickHouse, PostgreSQL, Redis and InfluxDB",
    arguments: [
      Sample(
        "clickhouse/clickhouse-server.log", "clickhouse", records: 98,
        [
          .init(
            1, 1, "2026-11-22T12:47:56.168947Z", .info, "Starting ClickHouse 18.16.1 with revision 54412", ["tid": "2"]),
          .init(2, 2, "2026-11-22T12:47:56.173068Z", .info, "starting up", ["tid": "2", "logger": "Application"]),
          .init(
            19, 19, "2026-11-22T12:48:01.982399Z", .debug, "(from 127.0.0.1:40082) SELECT version()",
            [
              "tid": "21", "query_id": "4cc033b6-6fb7-4be8-b2f4-8622f270b5f8", "logger": "executeQuery",
              "client": "127.0.0.1", "client_port": "40082",
            ]),
          .init(
            20, 24, "2026-11-22T12:48:01.983075Z", .debug, "Query pipeline:…",
            ["tid": "21", "query_id": "4cc033b6-6fb7-4be8-b2f4-8622f270b5f8", "logger": "executeQuery"]),
          .init(
            25, 25, "2026-11-22T12:48:01.983269Z", .info,
            "Read 1 rows, 1.00 B in 0.001 sec., 1288 rows/sec., 1.26 KiB/sec.",
            ["tid": "21", "query_id": "4cc033b6-6fb7-4be8-b2f4-8622f270b5f8", "logger": "executeQuery"]),
          .init(
            26, 26, "2026-11-22T12:48:01.983302Z", .debug, "Peak memory usage (total): 12.11 KiB.",
            ["tid": "21", "query_id": "4cc033b6-6fb7-4be8-b2f4-8622f270b5f8", "logger": "MemoryTracker"]),
        ]),
      Sample(
        "postgresql/postgresql.log", "postgresql", records: 19,
        [
          .init(
            1, 1, "2026-11-22T12:54:43.279Z", .info,
            "starting PostgreSQL 15.18 (Debian 15.18-0+deb12u1) on x86_64-pc-linux-…", ["pid": "19376"]),
          .init(
            2, 2, "2026-11-22T12:54:43.279Z", .info, "listening on IPv4 address \"127.0.0.1\", port 15432",
            ["pid": "19376"]),
          .init(
            3, 3, "2026-11-22T12:54:43.29Z", .info, "listening on Unix socket \"/srv/demo/apps/run/pg/.s.PGSQL.15432\"",
            ["pid": "19376"]),
          .init(
            4, 4, "2026-11-22T12:54:43.309Z", .info, "database system was shut down at 2026-11-22 12:54:42 UTC",
            ["pid": "19394"]),
          .init(
            5, 5, "2026-11-22T12:54:43.327Z", .info, "database system is ready to accept connections", ["pid": "19376"]),
          .init(
            6, 6, "2026-11-22T12:54:43.757Z", .info, "connection received: host=127.0.0.1 port=43532",
            ["pid": "19400", "user": "[unknown]", "database": "[unknown]"]),
          .init(
            7, 7, "2026-11-22T12:54:43.758Z", .info,
            "connection authorized: user=postgres database=postgres application_nam…",
            ["pid": "19400", "user": "postgres", "database": "postgres", "application_name": "psql"]),
          .init(
            8, 8, "2026-11-22T12:54:43.781Z", .info, "duration: 0.421 ms  statement: select 1",
            ["pid": "19400", "user": "postgres", "database": "postgres", "duration": "0.421", "statement": "select 1"]),
          .init(
            9, 9, "2026-11-22T12:54:43.782Z", .error, "column \"nope\" does not exist at character 8",
            ["pid": "19400", "user": "postgres", "database": "postgres"]),
          .init(
            10, 10, "2026-11-22T12:54:43.782Z", .info, "select nope",
            ["pid": "19400", "user": "postgres", "database": "postgres"]),
          .init(
            11, 11, "2026-11-22T12:54:43.983Z", .info, "duration: 201.091 ms  statement: select pg_sleep(0.2)",
            [
              "pid": "19400", "user": "postgres", "database": "postgres", "duration": "201.091",
              "statement": "select pg_sleep(0.2)",
            ]),
          .init(
            12, 13, "2026-11-22T12:54:43.983Z", .info, "duration: 0.180 ms  statement: select E'multi…",
            [
              "pid": "19400", "user": "postgres", "database": "postgres", "duration": "0.180",
              "statement": "select E'multi",
            ]),
          .init(14, 14, "2026-11-22T12:54:44.029Z", .info, "received fast shutdown request", ["pid": "19376"]),
          .init(15, 15, "2026-11-22T12:54:44.029Z", .info, "aborting any active transactions", ["pid": "19376"]),
          .init(
            16, 16, "2026-11-22T12:54:44.037Z", .info,
            "background worker \"logical replication launcher\" (PID 19397) exited wi…", ["pid": "19376"]),
          .init(17, 17, "2026-11-22T12:54:44.044Z", .info, "shutting down", ["pid": "19392"]),
          .init(18, 18, "2026-11-22T12:54:44.049Z", .info, "checkpoint starting: shutdown immediate", ["pid": "19392"]),
          .init(
            19, 19, "2026-11-22T12:54:44.084Z", .info,
            "checkpoint complete: wrote 3 buffers (0.0%); 0 WAL file(s) added, 0 re…", ["pid": "19392"]),
          .init(20, 20, "2026-11-22T12:54:44.1Z", .info, "database system is shut down", ["pid": "19376"]),
        ]),
      Sample(
        "postgresql/postgresql.csv", "postgres-csv", records: 18,
        [
          .init(
            1, 1, "2026-11-22T12:54:43.279Z", .info,
            "starting PostgreSQL 15.18 (Debian 15.18-0+deb12u1) on x86_64-pc-linux-…",
            ["pid": "19376", "session_line_num": "1", "error_severity": "LOG", "error_code": "00000"]),
          .init(
            2, 2, "2026-11-22T12:54:43.279Z", .info, "listening on IPv4 address \"127.0.0.1\", port 15432",
            ["pid": "19376", "session_line_num": "2", "error_severity": "LOG", "error_code": "00000"]),
          .init(
            3, 3, "2026-11-22T12:54:43.29Z", .info, "listening on Unix socket \"/srv/demo/apps/run/pg/.s.PGSQL.15432\"",
            ["pid": "19376", "session_line_num": "3", "error_severity": "LOG", "error_code": "00000"]),
          .init(
            4, 4, "2026-11-22T12:54:43.309Z", .info, "database system was shut down at 2026-11-22 12:54:42 UTC",
            ["pid": "19394", "session_line_num": "1", "error_severity": "LOG", "error_code": "00000"]),
          .init(
            5, 5, "2026-11-22T12:54:43.327Z", .info, "database system is ready to accept connections",
            ["pid": "19376", "session_line_num": "4", "error_severity": "LOG", "error_code": "00000"]),
          .init(
            6, 6, "2026-11-22T12:54:43.757Z", .info, "connection received: host=127.0.0.1 port=43532",
            [
              "pid": "19400", "client": "127.0.0.1", "client_port": "43532", "session_line_num": "1",
              "error_severity": "LOG", "error_code": "00000",
            ]),
          .init(
            7, 7, "2026-11-22T12:54:43.758Z", .info,
            "connection authorized: user=postgres database=postgres application_nam…",
            [
              "user": "postgres", "database": "postgres", "pid": "19400", "client": "127.0.0.1", "client_port": "43532",
              "session_line_num": "2", "error_severity": "LOG", "error_code": "00000",
            ]),
          .init(
            8, 8, "2026-11-22T12:54:43.781Z", .info, "duration: 0.421 ms  statement: select 1",
            [
              "user": "postgres", "database": "postgres", "pid": "19400", "client": "127.0.0.1", "client_port": "43532",
              "session_line_num": "3", "error_severity": "LOG", "error_code": "00000",
            ]),
          .init(
            9, 9, "2026-11-22T12:54:43.782Z", .error, "column \"nope\" does not exist",
            [
              "user": "postgres", "database": "postgres", "pid": "19400", "client": "127.0.0.1", "client_port": "43532",
              "session_line_num": "4", "error_severity": "ERROR", "error_code": "42703",
            ]),
          .init(
            10, 10, "2026-11-22T12:54:43.983Z", .info, "duration: 201.091 ms  statement: select pg_sleep(0.2)",
            [
              "user": "postgres", "database": "postgres", "pid": "19400", "client": "127.0.0.1", "client_port": "43532",
              "session_line_num": "5", "error_severity": "LOG", "error_code": "00000",
            ]),
          .init(
            11, 12, "2026-11-22T12:54:43.983Z", .info, "duration: 0.180 ms  statement: select E'multi…",
            [
              "user": "postgres", "database": "postgres", "pid": "19400", "client": "127.0.0.1", "client_port": "43532",
              "session_line_num": "6", "error_severity": "LOG", "error_code": "00000",
            ]),
          .init(
            13, 13, "2026-11-22T12:54:44.029Z", .info, "received fast shutdown request",
            ["pid": "19376", "session_line_num": "5", "error_severity": "LOG", "error_code": "00000"]),
          .init(
            14, 14, "2026-11-22T12:54:44.029Z", .info, "aborting any active transactions",
            ["pid": "19376", "session_line_num": "6", "error_severity": "LOG", "error_code": "00000"]),
          .init(
            15, 15, "2026-11-22T12:54:44.037Z", .info,
            "background worker \"logical replication launcher\" (PID 19397) exited wi…",
            ["pid": "19376", "session_line_num": "7", "error_severity": "LOG", "error_code": "00000"]),
          .init(
            16, 16, "2026-11-22T12:54:44.044Z", .info, "shutting down",
            ["pid": "19392", "session_line_num": "1", "error_severity": "LOG", "error_code": "00000"]),
          .init(
            17, 17, "2026-11-22T12:54:44.049Z", .info, "checkpoint starting: shutdown immediate",
            ["pid": "19392", "session_line_num": "2", "error_severity": "LOG", "error_code": "00000"]),
          .init(
            18, 18, "2026-11-22T12:54:44.084Z", .info,
            "checkpoint complete: wrote 3 buffers (0.0%); 0 WAL file(s) added, 0 re…",
            ["pid": "19392", "session_line_num": "3", "error_severity": "LOG", "error_code": "00000"]),
          .init(
            19, 19, "2026-11-22T12:54:44.1Z", .info, "database system is shut down",
            ["pid": "19376", "session_line_num": "8", "error_severity": "LOG", "error_code": "00000"]),
        ]),
      Sample(
        "postgresql/postgresql.json", "json", records: 18,
        [
          .init(
            1, 1, "2026-11-22T12:54:43.279Z", .info,
            "starting PostgreSQL 15.18 (Debian 15.18-0+deb12u1) on x86_64-pc-linux-…",
            ["pid": "19376", "error_severity": "LOG"]),
          .init(
            2, 2, "2026-11-22T12:54:43.279Z", .info, "listening on IPv4 address \"127.0.0.1\", port 15432",
            ["pid": "19376", "error_severity": "LOG"]),
          .init(
            3, 3, "2026-11-22T12:54:43.29Z", .info, "listening on Unix socket \"/srv/demo/apps/run/pg/.s.PGSQL.15432\"",
            ["pid": "19376", "error_severity": "LOG"]),
          .init(
            4, 4, "2026-11-22T12:54:43.309Z", .info, "database system was shut down at 2026-11-22 12:54:42 UTC",
            ["pid": "19394", "error_severity": "LOG"]),
          .init(
            5, 5, "2026-11-22T12:54:43.327Z", .info, "database system is ready to accept connections",
            ["pid": "19376", "error_severity": "LOG"]),
          .init(
            6, 6, "2026-11-22T12:54:43.757Z", .info, "connection received: host=127.0.0.1 port=43532",
            ["pid": "19400", "remote_host": "127.0.0.1", "error_severity": "LOG"]),
          .init(
            7, 7, "2026-11-22T12:54:43.758Z", .info,
            "connection authorized: user=postgres database=postgres application_nam…",
            [
              "user": "postgres", "dbname": "postgres", "pid": "19400", "remote_host": "127.0.0.1",
              "error_severity": "LOG",
            ]),
          .init(
            8, 8, "2026-11-22T12:54:43.781Z", .info, "duration: 0.421 ms  statement: select 1",
            [
              "user": "postgres", "dbname": "postgres", "pid": "19400", "remote_host": "127.0.0.1",
              "error_severity": "LOG", "application_name": "psql",
            ]),
          .init(
            9, 9, "2026-11-22T12:54:43.782Z", .error, "column \"nope\" does not exist",
            [
              "user": "postgres", "dbname": "postgres", "pid": "19400", "remote_host": "127.0.0.1",
              "error_severity": "ERROR", "state_code": "42703", "statement": "select nope", "application_name": "psql",
            ]),
          .init(
            10, 10, "2026-11-22T12:54:43.983Z", .info, "duration: 201.091 ms  statement: select pg_sleep(0.2)",
            [
              "user": "postgres", "dbname": "postgres", "pid": "19400", "remote_host": "127.0.0.1",
              "error_severity": "LOG", "application_name": "psql",
            ]),
          .init(
            11, 11, "2026-11-22T12:54:43.983Z", .info, "duration: 0.180 ms  statement: select E'multi…",
            [
              "user": "postgres", "dbname": "postgres", "pid": "19400", "remote_host": "127.0.0.1",
              "error_severity": "LOG", "application_name": "psql",
            ]),
          .init(
            12, 12, "2026-11-22T12:54:44.029Z", .info, "received fast shutdown request",
            ["pid": "19376", "error_severity": "LOG"]),
          .init(
            13, 13, "2026-11-22T12:54:44.029Z", .info, "aborting any active transactions",
            ["pid": "19376", "error_severity": "LOG"]),
          .init(
            14, 14, "2026-11-22T12:54:44.037Z", .info,
            "background worker \"logical replication launcher\" (PID 19397) exited wi…",
            ["pid": "19376", "error_severity": "LOG"]),
          .init(15, 15, "2026-11-22T12:54:44.044Z", .info, "shutting down", ["pid": "19392", "error_severity": "LOG"]),
          .init(
            16, 16, "2026-11-22T12:54:44.049Z", .info, "checkpoint starting: shutdown immediate",
            ["pid": "19392", "error_severity": "LOG"]),
          .init(
            17, 17, "2026-11-22T12:54:44.084Z", .info,
            "checkpoint complete: wrote 3 buffers (0.0%); 0 WAL file(s) added, 0 re…",
            ["pid": "19392", "error_severity": "LOG"]),
          .init(
            18, 18, "2026-11-22T12:54:44.1Z", .info, "database system is shut down",
            ["pid": "19376", "error_severity": "LOG"]),
        ]),
      Sample(
        "redis/redis.log", "redis", records: 25,
        [
          .init(
            1, 1, "2026-11-22T12:54:36.69Z", .warn, "oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo",
            ["pid": "19141", "role": "C"]),
          .init(
            2, 2, "2026-11-22T12:54:36.69Z", .warn,
            "Redis version=7.0.15, bits=64, commit=00000000, modified=0, pid=19141,…", ["pid": "19141", "role": "C"]),
          .init(3, 3, "2026-11-22T12:54:36.69Z", .warn, "Configuration loaded", ["pid": "19141", "role": "C"]),
          .init(
            4, 4, "2026-11-22T12:54:36.691Z", .notice, "monotonic clock: POSIX clock_gettime",
            ["pid": "19141", "role": "M"]),
          .init(
            5, 5, "2026-11-22T12:54:36.692Z", .notice, "Running mode=standalone, port=16379.",
            ["pid": "19141", "role": "M"]),
          .init(6, 6, "2026-11-22T12:54:36.692Z", .warn, "Server initialized", ["pid": "19141", "role": "M"]),
          .init(
            7, 7, "2026-11-22T12:54:36.692Z", .warn,
            "WARNING Memory overcommit must be enabled! Without it, a background sa…", ["pid": "19141", "role": "M"]),
          .init(
            8, 8, "2026-11-22T12:54:36.701Z", .debug, "The AOF directory appendonlydir doesn't exist",
            ["pid": "19141", "role": "M"]),
          .init(
            9, 9, "2026-11-22T12:54:36.701Z", .notice, "Ready to accept connections", ["pid": "19141", "role": "M"]),
          .init(
            10, 10, "2026-11-22T12:54:36.701Z", .debug, "0 clients connected (0 replicas), 876528 bytes in use",
            ["pid": "19141", "role": "M"]),
          .init(11, 11, "2026-11-22T12:54:37.679Z", .info, "Accepted 127.0.0.1:37144", ["pid": "19141", "role": "M"]),
          .init(
            12, 12, "2026-11-22T12:54:37.679Z", .info,
            "Client closed connection id=3 addr=127.0.0.1:37144 laddr=127.0.0.1:163…", ["pid": "19141", "role": "M"]),
          .init(13, 13, "2026-11-22T12:54:37.694Z", .info, "Accepted 127.0.0.1:37158", ["pid": "19141", "role": "M"]),
          .init(14, 14, "2026-11-22T12:54:38.231Z", .info, "Accepted 127.0.0.1:37172", ["pid": "19141", "role": "M"]),
          .init(
            15, 15, "2026-11-22T12:54:38.232Z", .info,
            "Client closed connection id=5 addr=127.0.0.1:37172 laddr=127.0.0.1:163…", ["pid": "19141", "role": "M"]),
          .init(16, 16, "2026-11-22T12:54:38.243Z", .info, "Accepted 127.0.0.1:37180", ["pid": "19141", "role": "M"]),
          .init(
            17, 17, "2026-11-22T12:54:38.244Z", .info,
            "Client closed connection id=6 addr=127.0.0.1:37180 laddr=127.0.0.1:163…", ["pid": "19141", "role": "M"]),
          .init(18, 18, "2026-11-22T12:54:38.262Z", .info, "Accepted 127.0.0.1:37188", ["pid": "19141", "role": "M"]),
          .init(
            19, 19, "2026-11-22T12:54:38.263Z", .info,
            "Client closed connection id=7 addr=127.0.0.1:37188 laddr=127.0.0.1:163…", ["pid": "19141", "role": "M"]),
          .init(20, 20, "2026-11-22T12:54:38.276Z", .info, "Accepted 127.0.0.1:37202", ["pid": "19141", "role": "M"]),
          .init(
            21, 22, "2026-11-22T12:54:38.278Z", .info,
            "Client closed connection id=8 addr=127.0.0.1:37202 laddr=127.0.0.1:163…", ["pid": "19141", "role": "M"]),
          .init(
            23, 23, "2026-11-22T12:54:39.321Z", .warn, "User requested shutdown...", ["pid": "19141", "role": "M"]),
          .init(
            24, 24, "2026-11-22T12:54:39.321Z", .notice, "Saving the final RDB snapshot before exiting.",
            ["pid": "19141", "role": "M"]),
          .init(25, 25, "2026-11-22T12:54:39.328Z", .notice, "DB saved on disk", ["pid": "19141", "role": "M"]),
          .init(
            26, 26, "2026-11-22T12:54:39.328Z", .warn, "Redis is now ready to exit, bye bye...",
            ["pid": "19141", "role": "M"]),
        ]),
      Sample(
        "influxdb/server-logfmt.log", "logfmt", records: 73,
        [
          .init(
            1, 1, "2026-11-22T12:44:44.909759Z", .info, "InfluxDB starting",
            ["log_id": "16hpRywG000", "version": "1.6.7~rc0"]),
          .init(
            2, 2, "2026-11-22T12:44:44.909792Z", .info, "Go runtime", ["log_id": "16hpRywG000", "version": "go1.19.8"]),
          .init(
            3, 3, "2026-11-22T12:44:44.92357Z", .info, "Using data dir", ["log_id": "16hpRywG000", "service": "store"]),
          .init(
            5, 5, "2026-11-22T12:44:44.92365Z", .info, "Open store (start)",
            ["log_id": "16hpRywG000", "service": "store", "trace_id": "16hpRyzl000", "op_name": "tsdb_open"]),
          .init(
            40, 40, "2026-11-22T12:44:49.109052Z", .info, "Executing query",
            ["log_id": "16hpRywG000", "service": "query"]),
          .init(73, 73, "2026-11-22T13:32:27.578899Z", .info, "Server shutdown completed", ["log_id": "16hpRywG000"]),
        ]),
    ])
  func databases(_ sample: Sample) throws { try sample.check() }
}
