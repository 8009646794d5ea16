import Testing

@testable import Records

/// What the samples say, record by record.
extension SampleRecordTests {
  @Test(
    "Loggers of Python",
    arguments: [
      Sample(
        "python-logging/asctime.log", "text", records: 6,
        [
          .init(1, 1, "2026-11-22T12:42:14.907Z", .debug, "app.web: debug x", ["logger": "app.web"]),
          .init(2, 2, "2026-11-22T12:42:14.907Z", .info, "app.web: user logged in", ["logger": "app.web"]),
          .init(3, 3, "2026-11-22T12:42:14.907Z", .warn, "app.web: slow query \"SELECT 1\"", ["logger": "app.web"]),
          .init(4, 17, "2026-11-22T12:42:14.907Z", .error, "app.web: boom…", ["logger": "app.web"]),
          .init(18, 19, "2026-11-22T12:42:14.907Z", .critical, "app.web: multi…", ["logger": "app.web"]),
          .init(20, 20, "2026-11-22T12:42:14.907Z", .info, "app.web: custom level 25", ["logger": "app.web"]),
        ]),
      Sample(
        "python-logging/asctime_dash.log", "text", records: 6,
        [
          .init(1, 1, "2026-11-22T12:42:14.907Z", .debug, "app.web - DEBUG - debug x", ["logger": "app.web"]),
          .init(2, 2, "2026-11-22T12:42:14.908Z", .info, "app.web - INFO - user logged in", ["logger": "app.web"]),
          .init(
            3, 3, "2026-11-22T12:42:14.908Z", .warn, "app.web - WARNING - slow query \"SELECT 1\"",
            ["logger": "app.web"]),
          .init(4, 17, "2026-11-22T12:42:14.908Z", .error, "app.web - ERROR - boom…", ["logger": "app.web"]),
          .init(18, 19, "2026-11-22T12:42:14.908Z", .critical, "app.web - CRITICAL - multi…", ["logger": "app.web"]),
          .init(
            20, 20, "2026-11-22T12:42:14.908Z", .info, "app.web - Level 25 - custom level 25", ["logger": "app.web"]),
        ]),
      Sample(
        "python-logging/basicConfig_default.log", "python-default", records: 6,
        [
          .init(1, 1, nil, .debug, "debug x", ["logger": "app.web"]),
          .init(2, 2, nil, .info, "user logged in", ["logger": "app.web"]),
          .init(3, 3, nil, .warn, "slow query \"SELECT 1\"", ["logger": "app.web"]),
          .init(4, 17, nil, .error, "boom…", ["logger": "app.web"]),
          .init(18, 19, nil, .critical, "multi…", ["logger": "app.web"]),
          .init(20, 20, nil, .info, "custom level 25", ["logger": "app.web"]),
        ]),
      Sample(
        "python-logging/created_epoch.log", "python-logging", records: 6,
        [
          .init(
            1, 1, "2026-11-22T12:42:14.908525Z", .debug, "debug x",
            ["pid": "21965", "thread": "MainThread", "code.file": "/srv/demo/apps/gen_pylog.py", "code.line": "5"]),
          .init(
            2, 2, "2026-11-22T12:42:14.908574Z", .info, "user logged in",
            ["pid": "21965", "thread": "MainThread", "code.file": "/srv/demo/apps/gen_pylog.py", "code.line": "5"]),
          .init(
            3, 3, "2026-11-22T12:42:14.9086Z", .warn, "slow query \"SELECT 1\"",
            ["pid": "21965", "thread": "MainThread", "code.file": "/srv/demo/apps/gen_pylog.py", "code.line": "5"]),
          .init(
            4, 17, "2026-11-22T12:42:14.908633Z", .error, "boom…",
            ["pid": "21965", "thread": "MainThread", "code.file": "/srv/demo/apps/gen_pylog.py", "code.line": "9"]),
          .init(
            18, 19, "2026-11-22T12:42:14.908934Z", .critical, "multi…",
            ["pid": "21965", "thread": "MainThread", "code.file": "/srv/demo/apps/gen_pylog.py", "code.line": "10"]),
          .init(
            20, 20, "2026-11-22T12:42:14.908967Z", .info, "custom level 25",
            ["pid": "21965", "thread": "MainThread", "code.file": "/srv/demo/apps/gen_pylog.py", "code.line": "10"]),
        ]),
      Sample(
        "python-logging/django_verbose.log", "django", records: 6,
        [
          .init(
            1, 1, "2026-11-22T12:42:14.909Z", .debug, "debug x",
            ["logger": "gen_pylog", "pid": "21965", "tid": "140211109841792"]),
          .init(
            2, 2, "2026-11-22T12:42:14.909Z", .info, "user logged in",
            ["logger": "gen_pylog", "pid": "21965", "tid": "140211109841792"]),
          .init(
            3, 3, "2026-11-22T12:42:14.909Z", .warn, "slow query \"SELECT 1\"",
            ["logger": "gen_pylog", "pid": "21965", "tid": "140211109841792"]),
          .init(
            4, 17, "2026-11-22T12:42:14.909Z", .error, "boom…",
            ["logger": "gen_pylog", "pid": "21965", "tid": "140211109841792"]),
          .init(
            18, 19, "2026-11-22T12:42:14.909Z", .critical, "multi…",
            ["logger": "gen_pylog", "pid": "21965", "tid": "140211109841792"]),
          .init(
            20, 20, "2026-11-22T12:42:14.909Z", .info, "custom level 25",
            ["logger": "gen_pylog", "pid": "21965", "tid": "140211109841792"]),
        ]),
      Sample(
        "python-logging/gunicorn_error.log", "gunicorn", records: 6,
        [
          .init(1, 1, "2026-11-22T12:42:14Z", .debug, "debug x", ["pid": "21965"]),
          .init(2, 2, "2026-11-22T12:42:14Z", .info, "user logged in", ["pid": "21965"]),
          .init(3, 3, "2026-11-22T12:42:14Z", .warn, "slow query \"SELECT 1\"", ["pid": "21965"]),
          .init(4, 17, "2026-11-22T12:42:14Z", .error, "boom…", ["pid": "21965"]),
          .init(18, 19, "2026-11-22T12:42:14Z", .critical, "multi…", ["pid": "21965"]),
          .init(20, 20, "2026-11-22T12:42:14Z", .info, "custom level 25", ["pid": "21965"]),
        ]),
      Sample(
        "python-json-logger/default.log", "json", records: 6,
        [
          .init(1, 1, nil, nil, "debug x", ["message": "debug x"]),
          .init(
            2, 2, nil, nil, "user logged in",
            ["message": "user logged in", "user": "hynek", "n": "3", "nested.a[0]": "1", "nested.a[1]": "2"]),
          .init(3, 3, nil, nil, "slow query \"SELECT 1\"", ["message": "slow query \"SELECT 1\""]),
          .init(4, 4, nil, nil, "boom", ["message": "boom"]),
          .init(5, 5, nil, nil, "multi…", [:]),
          .init(6, 6, nil, nil, "custom level 25", ["message": "custom level 25"]),
        ]),
      Sample(
        "python-json-logger/fields.log", "json", records: 6,
        [
          .init(
            1, 1, "2026-11-22T12:42:14.935Z", .debug, "debug x",
            ["asctime": "2026-11-22 12:42:14,935", "levelname": "DEBUG", "name": "app.web", "message": "debug x"]),
          .init(
            2, 2, "2026-11-22T12:42:14.935Z", .info, "user logged in",
            [
              "asctime": "2026-11-22 12:42:14,935", "levelname": "INFO", "name": "app.web", "message": "user logged in",
              "user": "hynek", "n": "3", "nested.a[0]": "1", "nested.a[1]": "2",
            ]),
          .init(
            3, 3, "2026-11-22T12:42:14.935Z", .warn, "slow query \"SELECT 1\"",
            [
              "asctime": "2026-11-22 12:42:14,935", "levelname": "WARNING", "name": "app.web",
              "message": "slow query \"SELECT 1\"",
            ]),
          .init(
            4, 4, "2026-11-22T12:42:14.935Z", .error, "boom",
            ["asctime": "2026-11-22 12:42:14,935", "levelname": "ERROR", "name": "app.web", "message": "boom"]),
          .init(
            5, 5, "2026-11-22T12:42:14.936Z", .critical, "multi…",
            ["asctime": "2026-11-22 12:42:14,936", "levelname": "CRITICAL", "name": "app.web"]),
          .init(
            6, 6, "2026-11-22T12:42:14.936Z", .info, "custom level 25",
            [
              "asctime": "2026-11-22 12:42:14,936", "levelname": "Level 25", "name": "app.web",
              "message": "custom level 25",
            ]),
        ]),
      Sample(
        "python-json-logger/renamed.log", "json", records: 6,
        [
          .init(
            1, 1, "2026-11-22T12:42:14.937Z", .debug, "debug x",
            ["@timestamp": "2026-11-22 12:42:14,937", "severity": "DEBUG", "message": "debug x"]),
          .init(
            2, 2, "2026-11-22T12:42:14.937Z", .info, "user logged in",
            [
              "@timestamp": "2026-11-22 12:42:14,937", "severity": "INFO", "message": "user logged in", "user": "hynek",
              "n": "3", "nested.a[0]": "1", "nested.a[1]": "2",
            ]),
          .init(
            3, 3, "2026-11-22T12:42:14.937Z", .warn, "slow query \"SELECT 1\"",
            ["@timestamp": "2026-11-22 12:42:14,937", "severity": "WARNING", "message": "slow query \"SELECT 1\""]),
          .init(
            4, 4, "2026-11-22T12:42:14.937Z", .error, "boom",
            ["@timestamp": "2026-11-22 12:42:14,937", "severity": "ERROR", "message": "boom"]),
          .init(
            5, 5, "2026-11-22T12:42:14.937Z", .critical, "multi…",
            ["@timestamp": "2026-11-22 12:42:14,937", "severity": "CRITICAL"]),
          .init(
            6, 6, "2026-11-22T12:42:14.937Z", .info, "custom level 25",
            ["@timestamp": "2026-11-22 12:42:14,937", "severity": "Level 25", "message": "custom level 25"]),
        ]),
      Sample(
        "python-json-logger/timestamp_true.log", "json", records: 6,
        [
          .init(
            1, 1, "2026-11-22T12:42:14.936377Z", .debug, "debug x",
            ["levelname": "DEBUG", "message": "debug x", "timestamp": "2026-11-22T12:42:14.936377+00:00"]),
          .init(
            2, 2, "2026-11-22T12:42:14.936466Z", .info, "user logged in",
            [
              "levelname": "INFO", "message": "user logged in", "user": "hynek", "n": "3", "nested.a[0]": "1",
              "nested.a[1]": "2", "timestamp": "2026-11-22T12:42:14.936466+00:00",
            ]),
          .init(
            3, 3, "2026-11-22T12:42:14.936517Z", .warn, "slow query \"SELECT 1\"",
            [
              "levelname": "WARNING", "message": "slow query \"SELECT 1\"",
              "timestamp": "2026-11-22T12:42:14.936517+00:00",
            ]),
          .init(
            4, 4, "2026-11-22T12:42:14.936568Z", .error, "boom",
            ["levelname": "ERROR", "message": "boom", "timestamp": "2026-11-22T12:42:14.936568+00:00"]),
          .init(
            5, 5, "2026-11-22T12:42:14.937031Z", .critical, "multi…",
            ["levelname": "CRITICAL", "timestamp": "2026-11-22T12:42:14.937031+00:00"]),
          .init(
            6, 6, "2026-11-22T12:42:14.937106Z", .info, "custom level 25",
            ["levelname": "Level 25", "message": "custom level 25", "timestamp": "2026-11-22T12:42:14.937106+00:00"]),
        ]),
      Sample(
        "loguru/default.log", "text", records: 8,
        [
          .init(
            1, 1, "2026-11-22T12:42:15.122Z", .trace, "__main__:<module>:40 - this is trace",
            ["logger": "__main__", "code.function": "<module>", "code.line": "40"]),
          .init(
            2, 2, "2026-11-22T12:42:15.122Z", .debug, "__main__:<module>:40 - this is debug",
            ["logger": "__main__", "code.function": "<module>", "code.line": "40"]),
          .init(
            3, 3, "2026-11-22T12:42:15.123Z", .info, "__main__:<module>:40 - this is info",
            ["logger": "__main__", "code.function": "<module>", "code.line": "40"]),
          .init(
            4, 4, "2026-11-22T12:42:15.123Z", .info, "__main__:<module>:40 - this is success",
            ["logger": "__main__", "code.function": "<module>", "code.line": "40"]),
          .init(
            5, 5, "2026-11-22T12:42:15.123Z", .warn, "__main__:<module>:40 - this is warning",
            ["logger": "__main__", "code.function": "<module>", "code.line": "40"]),
          .init(
            6, 6, "2026-11-22T12:42:15.123Z", .error, "__main__:<module>:40 - this is error",
            ["logger": "__main__", "code.function": "<module>", "code.line": "40"]),
          .init(
            7, 7, "2026-11-22T12:42:15.123Z", .critical, "__main__:<module>:40 - this is critical",
            ["logger": "__main__", "code.function": "<module>", "code.line": "40"]),
          .init(
            8, 19, "2026-11-22T12:42:15.123Z", .error, "__main__:<module>:42 - boom…",
            ["logger": "__main__", "code.function": "<module>", "code.line": "42"]),
        ]),
      Sample(
        "loguru/color.log", "text", records: 8,
        [
          .init(
            1, 1, "2026-11-22T12:42:15.122Z", .trace, "__main__:<module>:40 - this is trace",
            ["logger": "__main__", "code.function": "<module>", "code.line": "40"]),
          .init(
            2, 2, "2026-11-22T12:42:15.122Z", .debug, "__main__:<module>:40 - this is debug",
            ["logger": "__main__", "code.function": "<module>", "code.line": "40"]),
          .init(
            3, 3, "2026-11-22T12:42:15.123Z", .info, "__main__:<module>:40 - this is info",
            ["logger": "__main__", "code.function": "<module>", "code.line": "40"]),
          .init(
            4, 4, "2026-11-22T12:42:15.123Z", .info, "__main__:<module>:40 - this is success",
            ["logger": "__main__", "code.function": "<module>", "code.line": "40"]),
          .init(
            5, 5, "2026-11-22T12:42:15.123Z", .warn, "__main__:<module>:40 - this is warning",
            ["logger": "__main__", "code.function": "<module>", "code.line": "40"]),
          .init(
            6, 6, "2026-11-22T12:42:15.123Z", .error, "__main__:<module>:40 - this is error",
            ["logger": "__main__", "code.function": "<module>", "code.line": "40"]),
          .init(
            7, 7, "2026-11-22T12:42:15.123Z", .critical, "__main__:<module>:40 - this is critical",
            ["logger": "__main__", "code.function": "<module>", "code.line": "40"]),
          .init(
            8, 19, "2026-11-22T12:42:15.123Z", .error, "__main__:<module>:42 - boom…",
            ["logger": "__main__", "code.function": "<module>", "code.line": "42"]),
        ]),
      Sample(
        "loguru/serialize.jsonl", "json", records: 8,
        [
          .init(
            1, 1, "2026-11-22T12:42:15.122133Z", .trace, "this is trace",
            [
              "record.extra.user": "hynek", "record.level.name": "TRACE", "record.line": "40",
              "record.process.id": "21965",
            ]),
          .init(
            2, 2, "2026-11-22T12:42:15.122771Z", .debug, "this is debug",
            [
              "record.extra.user": "hynek", "record.level.name": "DEBUG", "record.line": "40",
              "record.process.id": "21965",
            ]),
          .init(
            3, 3, "2026-11-22T12:42:15.123001Z", .info, "this is info",
            [
              "record.extra.user": "hynek", "record.level.name": "INFO", "record.line": "40",
              "record.process.id": "21965",
            ]),
          .init(
            4, 4, "2026-11-22T12:42:15.123206Z", .info, "this is success",
            [
              "record.extra.user": "hynek", "record.level.name": "SUCCESS", "record.line": "40",
              "record.process.id": "21965",
            ]),
          .init(
            5, 5, "2026-11-22T12:42:15.123391Z", .warn, "this is warning",
            [
              "record.extra.user": "hynek", "record.level.name": "WARNING", "record.line": "40",
              "record.process.id": "21965",
            ]),
          .init(
            6, 6, "2026-11-22T12:42:15.12358Z", .error, "this is error",
            [
              "record.extra.user": "hynek", "record.level.name": "ERROR", "record.line": "40",
              "record.process.id": "21965",
            ]),
          .init(
            7, 7, "2026-11-22T12:42:15.123755Z", .critical, "this is critical",
            [
              "record.extra.user": "hynek", "record.level.name": "CRITICAL", "record.line": "40",
              "record.process.id": "21965",
            ]),
          .init(
            8, 8, "2026-11-22T12:42:15.123959Z", .error, "boom",
            ["record.level.name": "ERROR", "record.line": "42", "record.process.id": "21965"]),
        ]),
      Sample(
        "ecs-logging/stdlib.log", "json", records: 6,
        [
          .init(
            1, 1, "2026-11-22T12:42:14.94Z", .debug, "debug x",
            ["log.level": "debug", "log.logger": "app.web", "log.origin.file.line": "5", "process.pid": "21965"]),
          .init(
            2, 2, "2026-11-22T12:42:14.94Z", .info, "user logged in",
            ["log.level": "info", "log.logger": "app.web", "log.origin.file.line": "5", "process.pid": "21965"]),
          .init(
            3, 3, "2026-11-22T12:42:14.94Z", .warn, "slow query \"SELECT 1\"",
            ["log.level": "warning", "log.logger": "app.web", "log.origin.file.line": "5", "process.pid": "21965"]),
          .init(
            4, 4, "2026-11-22T12:42:14.94Z", .error, "boom",
            [
              "log.level": "error", "error.type": "RuntimeError", "log.logger": "app.web", "log.origin.file.line": "9",
              "process.pid": "21965",
            ]),
          .init(
            5, 5, "2026-11-22T12:42:14.941Z", .critical, "multi…",
            ["log.level": "critical", "log.logger": "app.web", "log.origin.file.line": "10", "process.pid": "21965"]),
          .init(
            6, 6, "2026-11-22T12:42:14.941Z", .info, "custom level 25",
            ["log.level": "level 25", "log.logger": "app.web", "log.origin.file.line": "10", "process.pid": "21965"]),
        ]),
      Sample(
        "ecs-logging/structlog.log", "json", records: 2,
        [
          .init(
            1, 1, "2026-11-22T12:42:15.06Z", .info, "hi",
            ["log.level": "info", "http.request.method": "GET", "user": "hynek"]),
          .init(2, 2, "2026-11-22T12:42:15.061Z", .error, "boom", ["log.level": "error"]),
        ]),
      Sample(
        "logstash/python_logstash_tcp_v1.jsonl", "json", records: 2,
        [
          .init(
            1, 1, "2026-11-22T12:53:04.48Z", .info, "hi",
            [
              "host": "vm", "path": "/srv/demo/apps/gen_ship.py", "type": "logstash", "level": "INFO",
              "logger_name": "ls", "user": "hynek",
            ]),
          .init(
            2, 2, "2026-11-22T12:53:04.481Z", .error, "boom",
            [
              "host": "vm", "path": "/srv/demo/apps/gen_ship.py", "type": "logstash", "level": "ERROR",
              "logger_name": "ls",
            ]),
        ]),
      Sample(
        "logstash/python_logstash_v0.jsonl", "json", records: 1,
        [
          .init(
            1, 1, "2026-11-22T12:53:04.485Z", .info, "hello v0",
            [
              "@timestamp": "2026-11-22T12:53:04.485Z", "@message": "hello v0", "@source": "logstash://vm//x/y.py",
              "@source_host": "vm", "@source_path": "/x/y.py", "@tags[0]": "t", "@type": "logstash",
              "@fields.levelname": "INFO", "@fields.logger": "ls",
            ])
        ]),
      Sample(
        "lithoxyl/readme_style.log", "lithoxyl", records: 11,
        [
          .init(
            1, 1, "2026-11-22T12:42:51.774813Z", .info, "\"user login beginning\"",
            ["status": "b", "duration": "0.033344"]),
          .init(
            2, 2, "2026-11-22T12:42:51.775091Z", .debug, "\"db query beginning\"",
            ["status": "b", "duration": "0.033623"]),
          .init(
            3, 3, "2026-11-22T12:42:51.775219Z", .debug, "\"db query succeeded - ({'sql': 'SELECT 1'})\"",
            ["status": "S", "duration": "127.792us"]),
          .init(
            4, 4, "2026-11-22T12:42:51.775419Z", .info, "\"user login succeeded - ({'user': 'hynek', 'ok': True})\"",
            ["status": "S", "duration": "606.775us"]),
          .init(
            5, 5, "2026-11-22T12:42:51.775604Z", .critical, "\"payment beginning\"",
            ["status": "b", "duration": "0.034136"]),
          .init(
            6, 6, "2026-11-22T12:42:51.775719Z", .critical,
            "\"payment raised exception: ValueError('declined') from <module> on lin…",
            ["status": "E", "duration": "114.441us"]),
          .init(
            7, 7, "2026-11-22T12:42:51.775891Z", .info, "\"soft fail beginning\"",
            ["status": "b", "duration": "0.034423"]),
          .init(8, 8, "2026-11-22T12:42:51.775997Z", .info, "\"not found\"", ["status": "F", "duration": "105.381us"]),
          .init(
            9, 9, "2026-11-22T12:42:51.776125Z", .info, "\"warned beginning\"", ["status": "b", "duration": "0.034656"]),
          .init(10, 10, nil, .info, "{end_message}", ["status": "W", "duration": "0.000us"]),
          .init(
            11, 11, "2026-11-22T12:42:51.77632Z", .info, "\"warned succeeded\"",
            ["status": "S", "duration": "195.265us"]),
        ]),
      Sample(
        "lithoxyl/structured.log", "text", records: 11,
        [
          .init(
            1, 1, nil, .info, "{iso_end} info \"app\" \"user login\" 12c3d605f58deab4c32005c9 begin 0.000…",
            ["user": "hynek"]),
          .init(
            2, 2, nil, .debug, "{iso_end} debug \"app\" \"db query\" 12c3d605f58deab4c32005cb begin 0.000 …",
            ["sql": "SELECT 1"]),
          .init(
            3, 3, "2026-11-22T12:42:51.775219Z", .debug,
            "\"app\" \"db query\" 12c3d605f58deab4c32005cb success 0.128 {\"sql\": \"SELEC…", ["sql": "SELECT 1"]),
          .init(
            4, 4, "2026-11-22T12:42:51.775419Z", .info,
            "\"app\" \"user login\" 12c3d605f58deab4c32005c9 success 0.607 {\"ok\": true,…",
            ["ok": "true", "user": "hynek"]),
          .init(
            5, 5, nil, .critical, "{iso_end} critical \"app\" \"payment\" 12c3d605f58deab4c32005cf begin 0.00…", [:]),
          .init(
            6, 6, "2026-11-22T12:42:51.775719Z", .critical,
            "\"app\" \"payment\" 12c3d605f58deab4c32005cf exception 0.114 {}", [:]),
          .init(7, 7, nil, .info, "{iso_end} info \"app\" \"soft fail\" 12c3d605f58deab4c32005d3 begin 0.000 …", [:]),
          .init(
            8, 8, "2026-11-22T12:42:51.775997Z", .info,
            "\"app\" \"soft fail\" 12c3d605f58deab4c32005d3 failure 0.105 {}", [:]),
          .init(9, 9, nil, .info, "{iso_end} info \"app\" \"warned\" 12c3d605f58deab4c32005d6 begin 0.000 {}", [:]),
          .init(10, 10, nil, .info, "{iso_end} info \"app\" \"warned\" 12c3d605f58deab4c32005d6 warning 0.000 {…", [:]),
          .init(
            11, 11, "2026-11-22T12:42:51.77632Z", .info, "\"app\" \"warned\" 12c3d605f58deab4c32005d6 success 0.195 {}",
            [:]),
        ]),
      Sample(
        "eliot/eliot.log", "json", records: 20,
        [
          .init(
            1, 1, "2026-11-22T12:41:44.3814957Z", nil, "web:request",
            [
              "action_status": "started", "task_uuid": "726643ff-9fe5-40dd-b38f-5ae6915e56b8",
              "action_type": "web:request",
            ]),
          .init(
            2, 2, "2026-11-22T12:41:44.3815563Z", nil, "hello ☃",
            ["task_uuid": "726643ff-9fe5-40dd-b38f-5ae6915e56b8", "message_type": "web:note"]),
          .init(
            3, 3, "2026-11-22T12:41:44.3815806Z", nil, "db:query",
            [
              "action_status": "started", "task_uuid": "726643ff-9fe5-40dd-b38f-5ae6915e56b8",
              "action_type": "db:query",
            ]),
          .init(
            4, 4, "2026-11-22T12:41:44.3919668Z", nil, "__main__.add",
            [
              "action_status": "started", "task_uuid": "726643ff-9fe5-40dd-b38f-5ae6915e56b8",
              "action_type": "__main__.add",
            ]),
          .init(
            5, 5, "2026-11-22T12:41:44.3920474Z", nil, "__main__.add",
            [
              "action_status": "succeeded", "task_uuid": "726643ff-9fe5-40dd-b38f-5ae6915e56b8",
              "action_type": "__main__.add",
            ]),
          .init(
            6, 6, "2026-11-22T12:41:44.392063Z", nil, "db:query",
            [
              "action_status": "succeeded", "task_uuid": "726643ff-9fe5-40dd-b38f-5ae6915e56b8",
              "action_type": "db:query",
            ]),
          .init(
            7, 7, "2026-11-22T12:41:44.392079Z", nil, "db:query",
            [
              "action_status": "started", "task_uuid": "726643ff-9fe5-40dd-b38f-5ae6915e56b8",
              "action_type": "db:query",
            ]),
          .init(
            8, 8, "2026-11-22T12:41:44.392106Z", nil, "db:query",
            [
              "reason": "no such column", "action_status": "failed",
              "task_uuid": "726643ff-9fe5-40dd-b38f-5ae6915e56b8", "action_type": "db:query",
            ]),
          .init(
            9, 9, "2026-11-22T12:41:44.392407Z", nil, "eliot:traceback",
            [
              "reason": "division by zero", "task_uuid": "726643ff-9fe5-40dd-b38f-5ae6915e56b8",
              "message_type": "eliot:traceback",
            ]),
          .init(
            10, 10, "2026-11-22T12:41:44.3924463Z", nil, "web:request",
            [
              "status": "200", "action_status": "succeeded", "task_uuid": "726643ff-9fe5-40dd-b38f-5ae6915e56b8",
              "action_type": "web:request",
            ]),
          .init(
            11, 11, "2026-11-22T12:41:44.3924904Z", nil, "web:request",
            [
              "action_status": "started", "task_uuid": "6e43cde7-cddd-4820-965c-ac34c879a00e",
              "action_type": "web:request",
            ]),
          .init(
            12, 12, "2026-11-22T12:41:44.392503Z", nil, "hello ☃",
            ["task_uuid": "6e43cde7-cddd-4820-965c-ac34c879a00e", "message_type": "web:note"]),
          .init(
            13, 13, "2026-11-22T12:41:44.392519Z", nil, "db:query",
            [
              "action_status": "started", "task_uuid": "6e43cde7-cddd-4820-965c-ac34c879a00e",
              "action_type": "db:query",
            ]),
          .init(
            14, 14, "2026-11-22T12:41:44.4029188Z", nil, "__main__.add",
            [
              "action_status": "started", "task_uuid": "6e43cde7-cddd-4820-965c-ac34c879a00e",
              "action_type": "__main__.add",
            ]),
          .init(
            15, 15, "2026-11-22T12:41:44.402989Z", nil, "__main__.add",
            [
              "action_status": "succeeded", "task_uuid": "6e43cde7-cddd-4820-965c-ac34c879a00e",
              "action_type": "__main__.add",
            ]),
          .init(
            16, 16, "2026-11-22T12:41:44.4030015Z", nil, "db:query",
            [
              "action_status": "succeeded", "task_uuid": "6e43cde7-cddd-4820-965c-ac34c879a00e",
              "action_type": "db:query",
            ]),
          .init(
            17, 17, "2026-11-22T12:41:44.403016Z", nil, "db:query",
            [
              "action_status": "started", "task_uuid": "6e43cde7-cddd-4820-965c-ac34c879a00e",
              "action_type": "db:query",
            ]),
          .init(
            18, 18, "2026-11-22T12:41:44.4030411Z", nil, "db:query",
            [
              "reason": "no such column", "action_status": "failed",
              "task_uuid": "6e43cde7-cddd-4820-965c-ac34c879a00e", "action_type": "db:query",
            ]),
          .init(
            19, 19, "2026-11-22T12:41:44.403228Z", nil, "eliot:traceback",
            [
              "reason": "division by zero", "task_uuid": "6e43cde7-cddd-4820-965c-ac34c879a00e",
              "message_type": "eliot:traceback",
            ]),
          .init(
            20, 20, "2026-11-22T12:41:44.4032612Z", nil, "web:request",
            [
              "status": "200", "action_status": "succeeded", "task_uuid": "6e43cde7-cddd-4820-965c-ac34c879a00e",
              "action_type": "web:request",
            ]),
        ]),
    ])
  func python(_ sample: Sample) throws { try sample.check() }
}
