import Testing

@testable import Records

/// What the samples say, record by record.
extension SampleRecordTests {
  @Test(
    "structlog",
    arguments: [
      Sample(
        "structlog/console_nocolor.log", "structlog-console", records: 5,
        [
          .init(
            1, 1, "2026-11-22T12:41:44Z", .debug,
            "cache.miss                     key=user:42 request_id=a1b2 user=hynek",
            ["key": "user:42", "request_id": "a1b2", "user": "hynek"]),
          .init(
            2, 2, "2026-11-22T12:41:44Z", .info,
            "user logged in                 ip=127.0.0.1 n=3 none=None ok=True rati…",
            ["ip": "127.0.0.1", "n": "3", "ok": "True", "ratio": "0.25", "request_id": "a1b2", "user": "hynek"]),
          .init(
            3, 3, "2026-11-22T12:41:44Z", .warn,
            "slow query                     duration_ms=1532.7 nested={'a': [1, 2, …",
            [
              "duration_ms": "1532.7", "request_id": "a1b2", "sql": "SELECT * FROM \"t\" WHERE a = 'x y'",
              "user": "hynek",
            ]),
          .init(
            4, 48, "2026-11-22T12:41:44Z", .error, "boom                           request_id=a1b2 user=hynek…",
            ["request_id": "a1b2", "user": "hynek"]),
          .init(49, 50, "2026-11-22T12:41:44Z", .critical, "unicode ☃ and…", [:]),
        ]),
      Sample(
        "structlog/console_color.log", "structlog-console", records: 5,
        [
          .init(
            1, 1, "2026-11-22T12:41:44Z", .debug,
            "cache.miss                     key=user:42 request_id=a1b2 user=hynek",
            ["key": "user:42", "request_id": "a1b2", "user": "hynek"]),
          .init(
            2, 2, "2026-11-22T12:41:44Z", .info,
            "user logged in                 ip=127.0.0.1 n=3 none=None ok=True rati…",
            ["ip": "127.0.0.1", "n": "3", "ok": "True", "ratio": "0.25", "request_id": "a1b2", "user": "hynek"]),
          .init(
            3, 3, "2026-11-22T12:41:44Z", .warn,
            "slow query                     duration_ms=1532.7 nested={'a': [1, 2, …",
            [
              "duration_ms": "1532.7", "request_id": "a1b2", "sql": "SELECT * FROM \"t\" WHERE a = 'x y'",
              "user": "hynek",
            ]),
          .init(
            4, 48, "2026-11-22T12:41:44Z", .error, "boom                           request_id=a1b2 user=hynek…",
            ["request_id": "a1b2", "user": "hynek"]),
          .init(49, 50, "2026-11-22T12:41:44Z", .critical, "unicode ☃ and…", [:]),
        ]),
      Sample(
        "structlog/json_default_tracebacks_locals.log", "json", records: 5,
        [
          .init(
            1, 1, "2026-11-22T12:41:44.163846Z", .debug, "cache.miss",
            ["user": "hynek", "request_id": "a1b2", "key": "user:42"]),
          .init(
            2, 2, "2026-11-22T12:41:44.163918Z", .info, "user logged in",
            ["user": "hynek", "request_id": "a1b2", "ip": "127.0.0.1", "n": "3", "ok": "true", "ratio": "0.25"]),
          .init(
            3, 3, "2026-11-22T12:41:44.163955Z", .warn, "slow query",
            ["user": "hynek", "request_id": "a1b2", "duration_ms": "1532.7"]),
          .init(4, 4, "2026-11-22T12:41:44.163988Z", .error, "boom", ["user": "hynek", "request_id": "a1b2"]),
          .init(
            5, 5, "2026-11-22T12:41:44.164435Z", .critical, "unicode ☃ and…", ["user": "hynek", "request_id": "a1b2"]),
        ]),
      Sample(
        "structlog/json_epoch_float.log", "json", records: 5,
        [
          .init(
            1, 1, "2026-11-22T12:41:44.0713701Z", .debug, "cache.miss",
            ["key": "user:42", "request_id": "a1b2", "user": "hynek"]),
          .init(
            2, 2, "2026-11-22T12:41:44.071412Z", .info, "user logged in",
            ["ip": "127.0.0.1", "n": "3", "ok": "true", "ratio": "0.25", "request_id": "a1b2", "user": "hynek"]),
          .init(
            3, 3, "2026-11-22T12:41:44.0714378Z", .warn, "slow query",
            ["duration_ms": "1532.7", "request_id": "a1b2", "user": "hynek"]),
          .init(4, 4, "2026-11-22T12:41:44.0714643Z", .error, "boom", ["request_id": "a1b2", "user": "hynek"]),
          .init(
            5, 5, "2026-11-22T12:41:44.0716805Z", .critical, "unicode ☃ and…", ["request_id": "a1b2", "user": "hynek"]),
        ]),
      Sample(
        "structlog/json_eventrenamer_callsite.log", "json", records: 5,
        [
          .init(
            1, 1, "2026-11-22T12:41:44.071872Z", .debug, "cache.miss",
            ["user": "hynek", "request_id": "a1b2", "key": "user:42", "func_name": "run", "process": "21346"]),
          .init(
            2, 2, "2026-11-22T12:41:44.071986Z", .info, "user logged in",
            [
              "user": "hynek", "request_id": "a1b2", "ip": "127.0.0.1", "n": "3", "ok": "true", "ratio": "0.25",
              "func_name": "run", "process": "21346",
            ]),
          .init(
            3, 3, "2026-11-22T12:41:44.072044Z", .warn, "slow query",
            ["user": "hynek", "request_id": "a1b2", "duration_ms": "1532.7", "func_name": "run", "process": "21346"]),
          .init(
            4, 4, "2026-11-22T12:41:44.072097Z", .error, "boom",
            ["user": "hynek", "request_id": "a1b2", "func_name": "run", "process": "21346"]),
          .init(
            5, 5, "2026-11-22T12:41:44.072321Z", .critical, "unicode ☃ and…",
            ["user": "hynek", "request_id": "a1b2", "func_name": "run", "process": "21346"]),
        ]),
      Sample(
        "structlog/json_iso.log", "json", records: 5,
        [
          .init(
            1, 1, "2026-11-22T12:41:44.069324Z", .debug, "cache.miss",
            ["user": "hynek", "request_id": "a1b2", "key": "user:42"]),
          .init(
            2, 2, "2026-11-22T12:41:44.069451Z", .info, "user logged in",
            ["user": "hynek", "request_id": "a1b2", "ip": "127.0.0.1", "n": "3", "ok": "true", "ratio": "0.25"]),
          .init(
            3, 3, "2026-11-22T12:41:44.069498Z", .warn, "slow query",
            ["user": "hynek", "request_id": "a1b2", "duration_ms": "1532.7"]),
          .init(4, 4, "2026-11-22T12:41:44.069541Z", .error, "boom", ["user": "hynek", "request_id": "a1b2"]),
          .init(
            5, 5, "2026-11-22T12:41:44.070436Z", .critical, "unicode ☃ and…", ["user": "hynek", "request_id": "a1b2"]),
        ]),
      Sample(
        "structlog/json_iso_formatexc.log", "json", records: 5,
        [
          .init(
            1, 1, "2026-11-22T12:41:44.070646Z", .debug, "cache.miss",
            ["user": "hynek", "request_id": "a1b2", "key": "user:42"]),
          .init(
            2, 2, "2026-11-22T12:41:44.070693Z", .info, "user logged in",
            ["user": "hynek", "request_id": "a1b2", "ip": "127.0.0.1", "n": "3", "ok": "true", "ratio": "0.25"]),
          .init(
            3, 3, "2026-11-22T12:41:44.070732Z", .warn, "slow query",
            ["user": "hynek", "request_id": "a1b2", "duration_ms": "1532.7"]),
          .init(4, 4, "2026-11-22T12:41:44.070773Z", .error, "boom", ["user": "hynek", "request_id": "a1b2"]),
          .init(
            5, 5, "2026-11-22T12:41:44.071202Z", .critical, "unicode ☃ and…", ["user": "hynek", "request_id": "a1b2"]),
        ]),
      Sample(
        "structlog/keyvalue.log", "logfmt", records: 5,
        [
          .init(
            1, 1, "2026-11-22T12:41:44.072505Z", .debug, "cache.miss",
            ["user": "hynek", "request_id": "a1b2", "key": "user:42"]),
          .init(
            2, 2, "2026-11-22T12:41:44.072549Z", .info, "user logged in",
            ["user": "hynek", "request_id": "a1b2", "ip": "127.0.0.1", "n": "3", "ok": "True", "ratio": "0.25"]),
          .init(
            3, 3, "2026-11-22T12:41:44.072575Z", .warn, "slow query",
            ["user": "hynek", "request_id": "a1b2", "duration_ms": "1532.7"]),
          .init(4, 4, "2026-11-22T12:41:44.072602Z", .error, "boom", ["user": "hynek", "request_id": "a1b2"]),
          .init(
            5, 5, "2026-11-22T12:41:44.072806Z", .critical, "unicode ☃ and…", ["user": "hynek", "request_id": "a1b2"]),
        ]),
      Sample(
        "structlog/logfmt.log", "logfmt", records: 5,
        [
          .init(
            1, 1, "2026-11-22T12:41:44.072958Z", .debug, "cache.miss",
            ["user": "hynek", "request_id": "a1b2", "key": "user:42"]),
          .init(
            2, 2, "2026-11-22T12:41:44.073017Z", .info, "user logged in",
            ["user": "hynek", "request_id": "a1b2", "ip": "127.0.0.1", "n": "3", "ok": "true", "ratio": "0.25"]),
          .init(
            3, 3, "2026-11-22T12:41:44.07306Z", .warn, "slow query",
            ["user": "hynek", "request_id": "a1b2", "duration_ms": "1532.7"]),
          .init(4, 4, "2026-11-22T12:41:44.073098Z", .error, "boom", ["user": "hynek", "request_id": "a1b2"]),
          .init(
            5, 5, "2026-11-22T12:41:44.073282Z", .critical, "unicode ☃ and…", ["user": "hynek", "request_id": "a1b2"]),
        ]),
      Sample(
        "structlog/logfmt_boolflag.log", "logfmt", records: 5,
        [
          .init(
            1, 1, "2026-11-22T12:41:44.073439Z", .debug, "cache.miss",
            ["user": "hynek", "request_id": "a1b2", "key": "user:42"]),
          .init(
            2, 2, "2026-11-22T12:41:44.073484Z", .info, "user logged in",
            ["user": "hynek", "request_id": "a1b2", "ip": "127.0.0.1", "n": "3", "ok": "", "ratio": "0.25"]),
          .init(
            3, 3, "2026-11-22T12:41:44.073519Z", .warn, "slow query",
            ["user": "hynek", "request_id": "a1b2", "duration_ms": "1532.7"]),
          .init(4, 4, "2026-11-22T12:41:44.073555Z", .error, "boom", ["user": "hynek", "request_id": "a1b2"]),
          .init(
            5, 5, "2026-11-22T12:41:44.07373Z", .critical, "unicode ☃ and…", ["user": "hynek", "request_id": "a1b2"]),
        ]),
      Sample(
        "structlog/stdlib_processorformatter_json.log", "json", records: 2,
        [
          .init(1, 1, "2026-11-22T12:41:44.164742Z", .info, "from structlog", ["logger": "app.web"]),
          .init(2, 2, "2026-11-22T12:41:44.165017Z", .warn, "foreign record", ["logger": "urllib3.pool"]),
        ]),
    ])
  func structlog(_ sample: Sample) throws { try sample.check() }
}
