import Testing

@testable import Records

/// What the samples say, record by record.
extension SampleRecordTests {
  @Test(
    "The journal in every form of journalctl",
    arguments: [
      Sample(
        "systemd-journal/export.txt", "journal-export", records: 22,
        [
          .init(
            1, 17, "2026-11-22T12:55:53.533937Z", .info, "request 0 took 0ms",
            [
              "_HOSTNAME": "web1", "PRIORITY": "6", "SYSLOG_IDENTIFIER": "app", "_PID": "4242",
              "MESSAGE": "request 0 took 0ms", "CODE_LINE": "10", "REQUEST_ID": "r0",
            ]),
          .init(
            18, 34, "2026-11-22T12:55:55.033937Z", .info, "request 1 took 3ms",
            [
              "_HOSTNAME": "web1", "PRIORITY": "6", "SYSLOG_IDENTIFIER": "app", "_PID": "4242",
              "MESSAGE": "request 1 took 3ms", "CODE_LINE": "11", "REQUEST_ID": "r1",
            ]),
          .init(
            35, 51, "2026-11-22T12:55:56.533937Z", .warn, "request 2 took 6ms",
            [
              "_HOSTNAME": "web1", "SYSLOG_IDENTIFIER": "app", "_PID": "4242", "PRIORITY": "4",
              "MESSAGE": "request 2 took 6ms", "CODE_LINE": "12", "REQUEST_ID": "r2",
            ]),
          .init(
            52, 68, "2026-11-22T12:55:58.033937Z", .error, "request 3 took 9ms",
            [
              "_HOSTNAME": "web1", "SYSLOG_IDENTIFIER": "app", "_PID": "4242", "PRIORITY": "3",
              "MESSAGE": "request 3 took 9ms", "CODE_LINE": "13", "REQUEST_ID": "r3",
            ]),
          .init(
            69, 85, "2026-11-22T12:55:59.533937Z", .critical, "request 4 took 12ms",
            [
              "_HOSTNAME": "web1", "SYSLOG_IDENTIFIER": "app", "_PID": "4242", "PRIORITY": "2",
              "MESSAGE": "request 4 took 12ms", "CODE_LINE": "14", "REQUEST_ID": "r4",
            ]),
          .init(
            341, 356, "2026-11-22T12:56:23.533937Z", .error, "Traceback (most recent call last):…",
            ["_HOSTNAME": "web1", "SYSLOG_IDENTIFIER": "app", "_PID": "4242", "PRIORITY": "3"]),
          .init(
            357, 370, "2026-11-22T12:56:25.033937Z", .info, "bin red \u{FFFD}",
            [
              "_HOSTNAME": "web1", "PRIORITY": "6", "SYSLOG_IDENTIFIER": "bin", "_PID": "1",
              "MESSAGE": "bin red \u{FFFD}",
            ]),
        ]),
      Sample(
        "systemd-journal/input.export", "journal-export", records: 22,
        [
          .init(
            1, 16, "2026-11-22T12:55:53.533937Z", .info, "request 0 took 0ms",
            [
              "_HOSTNAME": "web1", "PRIORITY": "6", "SYSLOG_IDENTIFIER": "app", "_PID": "4242",
              "MESSAGE": "request 0 took 0ms", "CODE_LINE": "10", "REQUEST_ID": "r0",
            ]),
          .init(
            17, 32, "2026-11-22T12:55:55.033937Z", .info, "request 1 took 3ms",
            [
              "_HOSTNAME": "web1", "PRIORITY": "6", "SYSLOG_IDENTIFIER": "app", "_PID": "4242",
              "MESSAGE": "request 1 took 3ms", "CODE_LINE": "11", "REQUEST_ID": "r1",
            ]),
          .init(
            33, 48, "2026-11-22T12:55:56.533937Z", .warn, "request 2 took 6ms",
            [
              "_HOSTNAME": "web1", "PRIORITY": "4", "SYSLOG_IDENTIFIER": "app", "_PID": "4242",
              "MESSAGE": "request 2 took 6ms", "CODE_LINE": "12", "REQUEST_ID": "r2",
            ]),
        ]),
      Sample(
        "systemd-journal/verbose.txt", "journal-verbose", records: 22,
        [
          .init(
            1, 14, "2026-11-22T12:55:53.533937Z", .info, "request 0 took 0ms",
            [
              "_HOSTNAME": "web1", "PRIORITY": "6", "SYSLOG_IDENTIFIER": "app", "_PID": "4242",
              "MESSAGE": "request 0 took 0ms", "CODE_LINE": "10", "REQUEST_ID": "r0",
            ]),
          .init(
            15, 28, "2026-11-22T12:55:55.033937Z", .info, "request 1 took 3ms",
            [
              "_HOSTNAME": "web1", "PRIORITY": "6", "SYSLOG_IDENTIFIER": "app", "_PID": "4242",
              "MESSAGE": "request 1 took 3ms", "CODE_LINE": "11", "REQUEST_ID": "r1",
            ]),
          .init(
            29, 42, "2026-11-22T12:55:56.533937Z", .warn, "request 2 took 6ms",
            [
              "_HOSTNAME": "web1", "SYSLOG_IDENTIFIER": "app", "_PID": "4242", "PRIORITY": "4",
              "MESSAGE": "request 2 took 6ms", "CODE_LINE": "12", "REQUEST_ID": "r2",
            ]),
          .init(
            43, 56, "2026-11-22T12:55:58.033937Z", .error, "request 3 took 9ms",
            [
              "_HOSTNAME": "web1", "SYSLOG_IDENTIFIER": "app", "_PID": "4242", "PRIORITY": "3",
              "MESSAGE": "request 3 took 9ms", "CODE_LINE": "13", "REQUEST_ID": "r3",
            ]),
          .init(
            57, 70, "2026-11-22T12:55:59.533937Z", .critical, "request 4 took 12ms",
            [
              "_HOSTNAME": "web1", "SYSLOG_IDENTIFIER": "app", "_PID": "4242", "PRIORITY": "2",
              "MESSAGE": "request 4 took 12ms", "CODE_LINE": "14", "REQUEST_ID": "r4",
            ]),
          .init(
            281, 292, "2026-11-22T12:56:23.533937Z", .error, "Traceback (most recent call last):…",
            ["_HOSTNAME": "web1", "SYSLOG_IDENTIFIER": "app", "_PID": "4242", "PRIORITY": "3"]),
          .init(
            293, 301, "2026-11-22T12:56:25.033937Z", .info, "[19B blob data]",
            [
              "_HOSTNAME": "web1", "PRIORITY": "6", "SYSLOG_IDENTIFIER": "bin", "_PID": "1",
              "MESSAGE": "[19B blob data]",
            ]),
        ]),
      Sample(
        "systemd-journal/json.txt", "json", records: 22,
        [
          .init(
            1, 1, "2026-11-22T12:55:53.533937Z", .info, "request 0 took 0ms",
            [
              "_PID": "4242", "SYSLOG_IDENTIFIER": "app", "_HOSTNAME": "web1", "MESSAGE": "request 0 took 0ms",
              "REQUEST_ID": "r0", "PRIORITY": "6", "CODE_LINE": "10",
            ]),
          .init(
            2, 2, "2026-11-22T12:55:55.033937Z", .info, "request 1 took 3ms",
            [
              "PRIORITY": "6", "_HOSTNAME": "web1", "CODE_LINE": "11", "REQUEST_ID": "r1", "SYSLOG_IDENTIFIER": "app",
              "MESSAGE": "request 1 took 3ms", "_PID": "4242",
            ]),
          .init(
            3, 3, "2026-11-22T12:55:56.533937Z", .warn, "request 2 took 6ms",
            [
              "_HOSTNAME": "web1", "REQUEST_ID": "r2", "_PID": "4242", "SYSLOG_IDENTIFIER": "app",
              "MESSAGE": "request 2 took 6ms", "CODE_LINE": "12", "PRIORITY": "4",
            ]),
          .init(
            4, 4, "2026-11-22T12:55:58.033937Z", .error, "request 3 took 9ms",
            [
              "MESSAGE": "request 3 took 9ms", "_HOSTNAME": "web1", "_PID": "4242", "REQUEST_ID": "r3", "PRIORITY": "3",
              "CODE_LINE": "13", "SYSLOG_IDENTIFIER": "app",
            ]),
          .init(
            5, 5, "2026-11-22T12:55:59.533937Z", .critical, "request 4 took 12ms",
            [
              "_HOSTNAME": "web1", "MESSAGE": "request 4 took 12ms", "_PID": "4242", "REQUEST_ID": "r4",
              "SYSLOG_IDENTIFIER": "app", "PRIORITY": "2", "CODE_LINE": "14",
            ]),
          .init(
            21, 21, "2026-11-22T12:56:23.533937Z", .error, "Traceback (most recent call last):…",
            ["_HOSTNAME": "web1", "PRIORITY": "3", "_PID": "4242", "SYSLOG_IDENTIFIER": "app"]),
          .init(
            22, 22, "2026-11-22T12:56:25.033937Z", .info, "bin \u{1B}[31mred\u{1B}[0m \u{FFFD}…",
            ["_HOSTNAME": "web1", "SYSLOG_IDENTIFIER": "bin", "PRIORITY": "6", "_PID": "1"]),
        ]),
      Sample(
        "systemd-journal/json-seq.txt", "json", records: 22,
        [
          .init(
            1, 1, "2026-11-22T12:55:53.533937Z", .info, "request 0 took 0ms",
            [
              "CODE_LINE": "10", "PRIORITY": "6", "MESSAGE": "request 0 took 0ms", "_PID": "4242", "REQUEST_ID": "r0",
              "SYSLOG_IDENTIFIER": "app", "_HOSTNAME": "web1",
            ]),
          .init(
            2, 2, "2026-11-22T12:55:55.033937Z", .info, "request 1 took 3ms",
            [
              "MESSAGE": "request 1 took 3ms", "SYSLOG_IDENTIFIER": "app", "_HOSTNAME": "web1", "CODE_LINE": "11",
              "_PID": "4242", "PRIORITY": "6", "REQUEST_ID": "r1",
            ]),
          .init(
            3, 3, "2026-11-22T12:55:56.533937Z", .warn, "request 2 took 6ms",
            [
              "SYSLOG_IDENTIFIER": "app", "PRIORITY": "4", "_PID": "4242", "CODE_LINE": "12", "REQUEST_ID": "r2",
              "MESSAGE": "request 2 took 6ms", "_HOSTNAME": "web1",
            ]),
          .init(
            21, 21, "2026-11-22T12:56:23.533937Z", .error, "Traceback (most recent call last):…",
            ["_HOSTNAME": "web1", "PRIORITY": "3", "SYSLOG_IDENTIFIER": "app", "_PID": "4242"]),
          .init(
            22, 22, "2026-11-22T12:56:25.033937Z", .info, "bin \u{1B}[31mred\u{1B}[0m \u{FFFD}…",
            ["SYSLOG_IDENTIFIER": "bin", "_PID": "1", "PRIORITY": "6", "_HOSTNAME": "web1"]),
        ]),
      Sample(
        "systemd-journal/json-sse.txt", "json", records: 22,
        [
          .init(
            1, 2, "2026-11-22T12:55:53.533937Z", .info, "request 0 took 0ms",
            [
              "PRIORITY": "6", "REQUEST_ID": "r0", "_PID": "4242", "MESSAGE": "request 0 took 0ms", "_HOSTNAME": "web1",
              "CODE_LINE": "10", "SYSLOG_IDENTIFIER": "app",
            ]),
          .init(
            3, 4, "2026-11-22T12:55:55.033937Z", .info, "request 1 took 3ms",
            [
              "REQUEST_ID": "r1", "_PID": "4242", "MESSAGE": "request 1 took 3ms", "SYSLOG_IDENTIFIER": "app",
              "PRIORITY": "6", "_HOSTNAME": "web1", "CODE_LINE": "11",
            ]),
          .init(
            43, 44, "2026-11-22T12:56:25.033937Z", .info, "bin \u{1B}[31mred\u{1B}[0m \u{FFFD}…",
            ["SYSLOG_IDENTIFIER": "bin", "_PID": "1", "_HOSTNAME": "web1", "PRIORITY": "6"]),
        ]),
      Sample(
        "systemd-journal/json-pretty.txt", "json", records: 22,
        [
          .init(
            1, 18, "2026-11-22T12:55:53.533937Z", .info, "request 0 took 0ms",
            [
              "CODE_LINE": "10", "_PID": "4242", "MESSAGE": "request 0 took 0ms", "PRIORITY": "6", "REQUEST_ID": "r0",
              "_HOSTNAME": "web1", "SYSLOG_IDENTIFIER": "app",
            ]),
          .init(
            19, 36, "2026-11-22T12:55:55.033937Z", .info, "request 1 took 3ms",
            [
              "CODE_LINE": "11", "_PID": "4242", "_HOSTNAME": "web1", "PRIORITY": "6", "REQUEST_ID": "r1",
              "SYSLOG_IDENTIFIER": "app", "MESSAGE": "request 1 took 3ms",
            ]),
          .init(
            37, 54, "2026-11-22T12:55:56.533937Z", .warn, "request 2 took 6ms",
            [
              "_HOSTNAME": "web1", "MESSAGE": "request 2 took 6ms", "CODE_LINE": "12", "PRIORITY": "4", "_PID": "4242",
              "SYSLOG_IDENTIFIER": "app", "REQUEST_ID": "r2",
            ]),
        ]),
      Sample(
        "systemd-journal/gatewayd_entries_range.jsonl", "json", records: 3,
        [
          .init(
            1, 1, "2026-11-22T12:56:20.533937Z", .error, "request 18 took 54ms",
            [
              "SYSLOG_IDENTIFIER": "app", "_HOSTNAME": "web1", "MESSAGE": "request 18 took 54ms", "_PID": "4242",
              "PRIORITY": "3", "CODE_LINE": "28", "REQUEST_ID": "r18",
            ]),
          .init(
            2, 2, "2026-11-22T12:56:22.033937Z", .critical, "request 19 took 57ms",
            [
              "_PID": "4242", "SYSLOG_IDENTIFIER": "app", "REQUEST_ID": "r19", "CODE_LINE": "29", "_HOSTNAME": "web1",
              "MESSAGE": "request 19 took 57ms", "PRIORITY": "2",
            ]),
          .init(
            3, 3, "2026-11-22T12:56:23.533937Z", .error, "Traceback (most recent call last):…",
            ["PRIORITY": "3", "_HOSTNAME": "web1", "SYSLOG_IDENTIFIER": "app", "_PID": "4242"]),
        ]),
      Sample(
        "systemd-journal/gatewayd_follow_sse.txt", "json", records: 3,
        [
          .init(
            1, 2, "2026-11-22T12:56:22.033937Z", .critical, "request 19 took 57ms",
            [
              "REQUEST_ID": "r19", "_HOSTNAME": "web1", "PRIORITY": "2", "CODE_LINE": "29", "SYSLOG_IDENTIFIER": "app",
              "MESSAGE": "request 19 took 57ms", "_PID": "4242",
            ]),
          .init(
            3, 4, "2026-11-22T12:56:23.533937Z", .error, "Traceback (most recent call last):…",
            ["_PID": "4242", "_HOSTNAME": "web1", "PRIORITY": "3", "SYSLOG_IDENTIFIER": "app"]),
          .init(
            5, 6, "2026-11-22T12:56:25.033937Z", .info, "bin \u{1B}[31mred\u{1B}[0m \u{FFFD}…",
            ["SYSLOG_IDENTIFIER": "bin", "_HOSTNAME": "web1", "_PID": "1", "PRIORITY": "6"]),
        ]),
      Sample(
        "systemd-journal/short.txt", "syslog", records: 22,
        [
          .init(
            1, 1, "2026-11-22T12:55:53Z", nil, "request 0 took 0ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "0ms"]),
          .init(
            2, 2, "2026-11-22T12:55:55Z", nil, "request 1 took 3ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "3ms"]),
          .init(
            3, 3, "2026-11-22T12:55:56Z", nil, "request 2 took 6ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "6ms"]),
          .init(
            4, 4, "2026-11-22T12:55:58Z", nil, "request 3 took 9ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "9ms"]),
          .init(
            5, 5, "2026-11-22T12:55:59Z", nil, "request 4 took 12ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "12ms"]),
          .init(
            21, 23, "2026-11-22T12:56:23Z", nil, "Traceback (most recent call last):…",
            ["host": "web1", "program": "app", "pid": "4242"]),
          .init(
            24, 24, "2026-11-22T12:56:25Z", nil, "[10B blob data]", ["host": "web1", "program": "bin", "pid": "1"]),
        ]),
      Sample(
        "systemd-journal/short-full.txt", "syslog", records: 22,
        [
          .init(
            1, 1, "2026-11-22T12:55:53Z", nil, "request 0 took 0ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "0ms"]),
          .init(
            2, 2, "2026-11-22T12:55:55Z", nil, "request 1 took 3ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "3ms"]),
          .init(
            3, 3, "2026-11-22T12:55:56Z", nil, "request 2 took 6ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "6ms"]),
          .init(
            4, 4, "2026-11-22T12:55:58Z", nil, "request 3 took 9ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "9ms"]),
          .init(
            5, 5, "2026-11-22T12:55:59Z", nil, "request 4 took 12ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "12ms"]),
          .init(
            21, 23, "2026-11-22T12:56:23Z", nil, "Traceback (most recent call last):…",
            ["host": "web1", "program": "app", "pid": "4242"]),
          .init(
            24, 24, "2026-11-22T12:56:25Z", nil, "[10B blob data]", ["host": "web1", "program": "bin", "pid": "1"]),
        ]),
      Sample(
        "systemd-journal/short-iso.txt", "syslog", records: 22,
        [
          .init(
            1, 1, "2026-11-22T12:55:53Z", nil, "request 0 took 0ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "0ms"]),
          .init(
            2, 2, "2026-11-22T12:55:55Z", nil, "request 1 took 3ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "3ms"]),
          .init(
            3, 3, "2026-11-22T12:55:56Z", nil, "request 2 took 6ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "6ms"]),
          .init(
            4, 4, "2026-11-22T12:55:58Z", nil, "request 3 took 9ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "9ms"]),
          .init(
            5, 5, "2026-11-22T12:55:59Z", nil, "request 4 took 12ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "12ms"]),
          .init(
            21, 23, "2026-11-22T12:56:23Z", nil, "Traceback (most recent call last):…",
            ["host": "web1", "program": "app", "pid": "4242"]),
          .init(
            24, 24, "2026-11-22T12:56:25Z", nil, "[10B blob data]", ["host": "web1", "program": "bin", "pid": "1"]),
        ]),
      Sample(
        "systemd-journal/short-iso-precise.txt", "syslog", records: 22,
        [
          .init(
            1, 1, "2026-11-22T12:55:53.533937Z", nil, "request 0 took 0ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "0ms"]),
          .init(
            2, 2, "2026-11-22T12:55:55.033937Z", nil, "request 1 took 3ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "3ms"]),
          .init(
            3, 3, "2026-11-22T12:55:56.533937Z", nil, "request 2 took 6ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "6ms"]),
          .init(
            4, 4, "2026-11-22T12:55:58.033937Z", nil, "request 3 took 9ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "9ms"]),
          .init(
            5, 5, "2026-11-22T12:55:59.533937Z", nil, "request 4 took 12ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "12ms"]),
          .init(
            21, 23, "2026-11-22T12:56:23.533937Z", nil, "Traceback (most recent call last):…",
            ["host": "web1", "program": "app", "pid": "4242"]),
          .init(
            24, 24, "2026-11-22T12:56:25.033937Z", nil, "[10B blob data]",
            ["host": "web1", "program": "bin", "pid": "1"]),
        ]),
      Sample(
        "systemd-journal/short-precise.txt", "syslog", records: 22,
        [
          .init(
            1, 1, "2026-11-22T12:55:53.533937Z", nil, "request 0 took 0ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "0ms"]),
          .init(
            2, 2, "2026-11-22T12:55:55.033937Z", nil, "request 1 took 3ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "3ms"]),
          .init(
            3, 3, "2026-11-22T12:55:56.533937Z", nil, "request 2 took 6ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "6ms"]),
          .init(
            4, 4, "2026-11-22T12:55:58.033937Z", nil, "request 3 took 9ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "9ms"]),
          .init(
            5, 5, "2026-11-22T12:55:59.533937Z", nil, "request 4 took 12ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "12ms"]),
          .init(
            21, 23, "2026-11-22T12:56:23.533937Z", nil, "Traceback (most recent call last):…",
            ["host": "web1", "program": "app", "pid": "4242"]),
          .init(
            24, 24, "2026-11-22T12:56:25.033937Z", nil, "[10B blob data]",
            ["host": "web1", "program": "bin", "pid": "1"]),
        ]),
      Sample(
        "systemd-journal/short-unix.txt", "syslog", records: 22,
        [
          .init(
            1, 1, "2026-11-22T12:55:53.533937Z", nil, "request 0 took 0ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "0ms"]),
          .init(
            2, 2, "2026-11-22T12:55:55.033937Z", nil, "request 1 took 3ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "3ms"]),
          .init(
            3, 3, "2026-11-22T12:55:56.533937Z", nil, "request 2 took 6ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "6ms"]),
          .init(
            4, 4, "2026-11-22T12:55:58.033937Z", nil, "request 3 took 9ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "9ms"]),
          .init(
            5, 5, "2026-11-22T12:55:59.533937Z", nil, "request 4 took 12ms",
            ["host": "web1", "program": "app", "pid": "4242", "duration": "12ms"]),
          .init(
            21, 23, "2026-11-22T12:56:23.533937Z", nil, "Traceback (most recent call last):…",
            ["host": "web1", "program": "app", "pid": "4242"]),
          .init(
            24, 24, "2026-11-22T12:56:25.033937Z", nil, "[10B blob data]",
            ["host": "web1", "program": "bin", "pid": "1"]),
        ]),
      Sample(
        "systemd-journal/short-monotonic.txt", "journal-monotonic", records: 22,
        [
          .init(
            1, 1, nil, nil, "request 0 took 0ms",
            ["uptime": "1.000000", "host": "web1", "program": "app", "pid": "4242", "duration": "0ms"]),
          .init(
            2, 2, nil, nil, "request 1 took 3ms",
            ["uptime": "2.500000", "host": "web1", "program": "app", "pid": "4242", "duration": "3ms"]),
          .init(
            3, 3, nil, nil, "request 2 took 6ms",
            ["uptime": "4.000000", "host": "web1", "program": "app", "pid": "4242", "duration": "6ms"]),
          .init(
            4, 4, nil, nil, "request 3 took 9ms",
            ["uptime": "5.500000", "host": "web1", "program": "app", "pid": "4242", "duration": "9ms"]),
          .init(
            5, 5, nil, nil, "request 4 took 12ms",
            ["uptime": "7.000000", "host": "web1", "program": "app", "pid": "4242", "duration": "12ms"]),
          .init(
            21, 23, nil, nil, "Traceback (most recent call last):…",
            ["uptime": "31.000000", "host": "web1", "program": "app", "pid": "4242"]),
          .init(
            24, 24, nil, nil, "[10B blob data]", ["uptime": "32.500000", "host": "web1", "program": "bin", "pid": "1"]),
        ]),
      Sample(
        "systemd-journal/with-unit.txt", "syslog", records: 22,
        [
          .init(
            1, 1, "2026-11-22T12:55:53Z", nil, "request 0 took 0ms",
            ["host": "web1", "program": "app.service", "pid": "4242", "duration": "0ms"]),
          .init(
            2, 2, "2026-11-22T12:55:55Z", nil, "request 1 took 3ms",
            ["host": "web1", "program": "app.service", "pid": "4242", "duration": "3ms"]),
          .init(
            3, 3, "2026-11-22T12:55:56Z", nil, "request 2 took 6ms",
            ["host": "web1", "program": "app.service", "pid": "4242", "duration": "6ms"]),
          .init(
            4, 4, "2026-11-22T12:55:58Z", nil, "request 3 took 9ms",
            ["host": "web1", "program": "app.service", "pid": "4242", "duration": "9ms"]),
          .init(
            5, 5, "2026-11-22T12:55:59Z", nil, "request 4 took 12ms",
            ["host": "web1", "program": "app.service", "pid": "4242", "duration": "12ms"]),
          .init(
            21, 23, "2026-11-22T12:56:23Z", nil, "Traceback (most recent call last):…",
            ["host": "web1", "program": "app.service", "pid": "4242"]),
          .init(
            24, 24, "2026-11-22T12:56:25Z", nil, "[10B blob data]", ["host": "web1", "program": "bin", "pid": "1"]),
        ]),
      Sample(
        "systemd-journal/cat.txt", "text", records: 21,
        [
          .init(1, 1, nil, nil, "request 0 took 0ms", [:]),
          .init(2, 2, nil, nil, "request 1 took 3ms", [:]),
          .init(24, 25, nil, nil, "bin red \u{FFFD}", [:]),
        ]),
    ])
  func journals(_ sample: Sample) throws { try sample.check() }
}
