import Testing

@testable import Records

/// What the samples say, record by record.
extension SampleRecordTests {
  @Test(
    "rsyslog, syslog-ng, runit and collectd",
    arguments: [
      Sample(
        "rsyslog/RSYSLOG_FileFormat.log", "syslog", records: 8,
        [
          .init(1, 1, "2026-11-22T12:55:40Z", nil, "hello rfc3164 \"quoted\" ☃", ["host": "vm", "program": "app"]),
          .init(
            2, 2, "2026-11-22T12:55:40.705443Z", nil, "hello rfc5424 k=v",
            ["host": "vm", "program": "app", "pid": "77"]),
          .init(3, 3, "2026-11-22T12:55:40.708369Z", nil, "octet octet counted", ["host": "vm"]),
          .init(4, 4, "2026-11-22T12:55:40.721495Z", nil, "header at all", ["host": "no"]),
          .init(5, 5, "2026-10-03T07:08:09Z", nil, "single-digit day", ["host": "h1", "program": "su", "pid": "12"]),
          .init(6, 6, "2003-10-11T22:14:15.003Z", nil, "su \u{FEFF}BOM msg", ["host": "mymachine.example.com"]),
          .init(
            7, 7, "2026-11-22T12:55:41.134402Z", nil, "from python SysLogHandler",
            ["host": "localhost", "program": "myapp", "pid": "24659"]),
          .init(
            8, 8, "2026-11-22T12:55:41.136058Z", nil, "myapp[24659]: multi#012line",
            ["host": "localhost", "program": "pyapp"]),
        ]),
      Sample(
        "rsyslog/RSYSLOG_SyslogProtocol23Format.log", "syslog", records: 8,
        [
          .init(
            1, 1, "2026-11-22T12:55:40Z", .error, "hello rfc3164 \"quoted\" ☃",
            ["priority": "131", "host": "vm", "program": "app"]),
          .init(
            2, 2, "2026-11-22T12:55:40.705443Z", .warn, "hello rfc5424 k=v",
            [
              "priority": "12", "host": "vm", "program": "app", "pid": "77", "msgid": "REQ", "tzKnown": "1",
              "isSynced": "0", "ip": "10.0.0.1", "x": "a\\]b", "k": "v",
            ]),
          .init(
            3, 3, "2026-11-22T12:55:40.708369Z", .notice, "octet counted",
            ["priority": "13", "host": "vm", "program": "octet", "tzKnown": "1", "isSynced": "0"]),
          .init(
            4, 4, "2026-11-22T12:55:40.721495Z", .notice, "at all",
            ["priority": "13", "host": "no", "program": "header"]),
          .init(
            5, 5, "2026-10-03T07:08:09Z", .critical, "single-digit day",
            ["priority": "34", "host": "h1", "program": "su", "pid": "12"]),
          .init(
            6, 6, "2003-10-11T22:14:15.003Z", .critical, "BOM msg",
            ["priority": "34", "host": "mymachine.example.com", "program": "su", "msgid": "ID47", "a": "b"]),
          .init(
            7, 7, "2026-11-22T12:55:41.134402Z", .error, "from python SysLogHandler",
            ["priority": "11", "host": "localhost", "program": "myapp", "pid": "24659"]),
          .init(
            8, 8, "2026-11-22T12:55:41.136058Z", .warn, "myapp[24659]: multi#012line",
            ["priority": "12", "host": "localhost", "program": "pyapp"]),
        ]),
      Sample(
        "rsyslog/RSYSLOG_TraditionalFileFormat.log", "syslog", records: 8,
        [
          .init(1, 1, "2026-11-22T12:55:40Z", nil, "hello rfc3164 \"quoted\" ☃", ["host": "vm", "program": "app"]),
          .init(
            2, 2, "2026-11-22T12:55:40Z", nil, "hello rfc5424 k=v",
            ["host": "vm", "program": "app", "pid": "77", "k": "v"]),
          .init(3, 3, "2026-11-22T12:55:40Z", nil, "octet octet counted", ["host": "vm"]),
          .init(4, 4, "2026-11-22T12:55:40Z", nil, "header at all", ["host": "no"]),
          .init(5, 5, "2026-10-03T07:08:09Z", nil, "single-digit day", ["host": "h1", "program": "su", "pid": "12"]),
          .init(6, 6, "2026-10-11T22:14:15Z", nil, "su \u{FEFF}BOM msg", ["host": "mymachine.example.com"]),
          .init(
            7, 7, "2026-11-22T12:55:41Z", nil, "from python SysLogHandler",
            ["host": "localhost", "program": "myapp", "pid": "24659"]),
          .init(
            8, 8, "2026-11-22T12:55:41Z", nil, "myapp[24659]: multi#012line", ["host": "localhost", "program": "pyapp"]),
        ]),
      Sample(
        "rsyslog/json.jsonl", "json", records: 8,
        [
          .init(
            1, 1, "2026-11-22T12:55:40Z", .error, " hello rfc3164 \"quoted\" ☃",
            ["host": "vm", "severity": "err", "facility": "local0", "app": "app"]),
          .init(
            2, 2, "2026-11-22T12:55:40.705443Z", .warn, "hello rfc5424 k=v",
            ["host": "vm", "severity": "warning", "facility": "user", "app": "app"]),
          .init(
            3, 3, "2026-11-22T12:55:40.708369Z", .notice, "octet counted",
            ["host": "vm", "severity": "notice", "facility": "user", "app": "octet"]),
          .init(
            4, 4, "2026-11-22T12:55:40.721495Z", .notice, " at all",
            ["host": "no", "severity": "notice", "facility": "user", "app": "header"]),
          .init(
            5, 5, "2026-10-03T07:08:09Z", .critical, " single-digit day",
            ["host": "h1", "severity": "crit", "facility": "auth", "app": "su"]),
          .init(
            6, 6, "2003-10-11T22:14:15.003Z", .critical, "\u{FEFF}BOM msg",
            ["host": "mymachine.example.com", "severity": "crit", "facility": "auth", "app": "su"]),
          .init(
            7, 7, "2026-11-22T12:55:41.134402Z", .error, " from python SysLogHandler",
            ["host": "localhost", "severity": "err", "facility": "user", "app": "myapp"]),
          .init(
            8, 8, "2026-11-22T12:55:41.136058Z", .warn, " myapp[24659]: multi#012line",
            ["host": "localhost", "severity": "warning", "facility": "user", "app": "pyapp"]),
        ]),
      Sample(
        "syslog-ng/default.log", "syslog", records: 2,
        [
          .init(1, 1, "2026-11-22T12:57:06Z", nil, "hello rfc3164", ["host": "vm", "program": "app"]),
          .init(
            2, 2, "2026-11-22T12:57:06Z", nil, "hello rfc5424 k=v",
            ["host": "vm", "program": "app", "pid": "77", "k": "v"]),
        ]),
      Sample(
        "syslog-ng/iso.log", "syslog", records: 2,
        [
          .init(1, 1, "2026-11-22T12:57:06Z", nil, "hello rfc3164", ["host": "vm", "program": "app"]),
          .init(
            2, 2, "2026-11-22T12:57:06Z", nil, "hello rfc5424 k=v",
            ["host": "vm", "program": "app", "pid": "77", "k": "v"]),
        ]),
      Sample(
        "syslog-ng/format_welf.log", "logfmt", records: 2,
        [
          .init(
            1, 1, "2026-11-22T12:57:06Z", .error, "hello rfc3164",
            [
              "DATE": "Nov 22 12:57:06", "FACILITY": "local0", "HOST": "vm", "MESSAGE": "hello rfc3164",
              "PRIORITY": "err", "PROGRAM": "app",
            ]),
          .init(
            2, 2, "2026-11-22T12:57:06Z", .notice, "hello rfc5424 k=v",
            [
              "DATE": "Nov 22 12:57:06", "FACILITY": "user", "HOST": "vm", "MESSAGE": "hello rfc5424 k=v", "PID": "77",
              "PRIORITY": "notice", "PROGRAM": "app",
            ]),
        ]),
      Sample(
        "syslog-ng/format_json.jsonl", "json", records: 2,
        [
          .init(
            1, 1, "2026-11-22T12:57:06Z", .error, "hello rfc3164", ["PROGRAM": "app", "PRIORITY": "err", "HOST": "vm"]),
          .init(
            2, 2, "2026-11-22T12:57:06Z", .notice, "hello rfc5424 k=v",
            ["_SDATA.origin@123.ip": "10.0.0.1", "PROGRAM": "app", "PRIORITY": "notice", "PID": "77", "HOST": "vm"]),
        ]),
      Sample(
        "runit-svlogd/svlogd_t_tai64n.log", "text", records: 7,
        [
          .init(1, 1, "2026-11-22T12:55:49.0660115Z", .info, "request 1 done", [:]),
          .init(2, 2, "2026-11-22T12:55:49.0660335Z", .info, "request 2 done", [:]),
          .init(3, 3, "2026-11-22T12:55:49.0660365Z", .info, "request 3 done", [:]),
          .init(4, 4, "2026-11-22T12:55:49.0660385Z", nil, "binary \u{1}\u{2} bytes", [:]),
          .init(5, 5, "2026-11-22T12:55:49.0660405Z", nil, "Traceback (most recent call last):", [:]),
          .init(6, 6, "2026-11-22T12:55:49.0660425Z", nil, "File \"x.py\", line 1", [:]),
          .init(7, 7, "2026-11-22T12:55:49.0660445Z", nil, "ValueError: x", [:]),
        ]),
      Sample(
        "runit-svlogd/svlogd_tt_utc.log", "text", records: 7,
        [
          .init(1, 1, "2026-11-22T12:55:49.04754Z", .info, "request 1 done", [:]),
          .init(2, 2, "2026-11-22T12:55:49.04759Z", .info, "request 2 done", [:]),
          .init(3, 3, "2026-11-22T12:55:49.04759Z", .info, "request 3 done", [:]),
          .init(4, 4, "2026-11-22T12:55:49.04759Z", nil, "binary \u{1}\u{2} bytes", [:]),
          .init(5, 5, "2026-11-22T12:55:49.0476Z", nil, "Traceback (most recent call last):", [:]),
          .init(6, 6, "2026-11-22T12:55:49.0476Z", nil, "File \"x.py\", line 1", [:]),
          .init(7, 7, "2026-11-22T12:55:49.0476Z", nil, "ValueError: x", [:]),
        ]),
      Sample(
        "runit-svlogd/svlogd_ttt.log", "text", records: 7,
        [
          .init(1, 1, "2026-11-22T12:55:49.05371Z", .info, "request 1 done", [:]),
          .init(2, 2, "2026-11-22T12:55:49.05377Z", .info, "request 2 done", [:]),
          .init(3, 3, "2026-11-22T12:55:49.05377Z", .info, "request 3 done", [:]),
          .init(4, 4, "2026-11-22T12:55:49.05377Z", nil, "binary \u{1}\u{2} bytes", [:]),
          .init(5, 5, "2026-11-22T12:55:49.05377Z", nil, "Traceback (most recent call last):", [:]),
          .init(6, 6, "2026-11-22T12:55:49.05378Z", nil, "File \"x.py\", line 1", [:]),
          .init(7, 7, "2026-11-22T12:55:49.05378Z", nil, "ValueError: x", [:]),
        ]),
      Sample(
        "collectd/logfile.log", "text", records: 8,
        [
          .init(1, 1, "2026-11-22T12:47:25Z", .info, "write_prometheus plugin: Listening on [127.0.0.1]:19103.", [:]),
          .init(
            2, 3, "2026-11-22T12:47:25Z", .error,
            "write_prometheus plugin: MHD_OPTION_EXTERNAL_LOGGER is not the first o…", [:]),
          .init(4, 4, "2026-11-22T12:47:25Z", .info, "statsd plugin: Listening on [127.0.0.1]:18225.", [:]),
          .init(5, 5, "2026-11-22T12:47:25Z", .info, "Initialization complete, entering read-loop.", [:]),
          .init(6, 6, "2026-11-22T12:47:25Z", .warn, "unixsock plugin: No such group: `collectd'", [:]),
          .init(7, 7, "2026-11-22T12:47:36Z", .info, "Exiting normally.", [:]),
          .init(8, 8, "2026-11-22T12:47:36Z", .info, "collectd: Stopping 5 read threads.", [:]),
          .init(9, 9, "2026-11-22T12:47:36Z", .info, "collectd: Stopping 5 write threads.", [:]),
        ]),
      Sample(
        "collectd/log_logstash.json", "json", records: 8,
        [
          .init(
            1, 1, "2026-11-22T12:47:25Z", .info, "write_prometheus plugin: Listening on [127.0.0.1]:19103.",
            ["message": "write_prometheus plugin: Listening on [127.0.0.1]:19103.", "level": "info"]),
          .init(
            2, 2, "2026-11-22T12:47:25Z", .error,
            "write_prometheus plugin: MHD_OPTION_EXTERNAL_LOGGER is not the first o…", ["level": "error"]),
          .init(
            3, 3, "2026-11-22T12:47:25Z", .info, "statsd plugin: Listening on [127.0.0.1]:18225.",
            ["message": "statsd plugin: Listening on [127.0.0.1]:18225.", "level": "info"]),
          .init(
            4, 4, "2026-11-22T12:47:25Z", .info, "Initialization complete, entering read-loop.",
            ["message": "Initialization complete, entering read-loop.", "level": "info"]),
          .init(
            5, 5, "2026-11-22T12:47:25Z", .warn, "unixsock plugin: No such group: `collectd'",
            ["message": "unixsock plugin: No such group: `collectd'", "level": "warning"]),
          .init(
            6, 6, "2026-11-22T12:47:36Z", .info, "Exiting normally.", ["message": "Exiting normally.", "level": "info"]),
          .init(
            7, 7, "2026-11-22T12:47:36Z", .info, "collectd: Stopping 5 read threads.",
            ["message": "collectd: Stopping 5 read threads.", "level": "info"]),
          .init(
            8, 8, "2026-11-22T12:47:36Z", .info, "collectd: Stopping 5 write threads.",
            ["message": "collectd: Stopping 5 write threads.", "level": "info"]),
        ]),
    ])
  func system(_ sample: Sample) throws { try sample.check() }
}
