import Testing

@testable import Records

@Suite struct ScriptFormatTests {
  @Test(
    "Every line gives its parts",
    arguments: [
      FormatLine(
        "ruby-logger", "I, [2026-01-02T03:04:05.678901 #77]  INFO -- worker: done", .info, "done",
        ["pid": "77", "program": "worker"]),
      FormatLine(
        "ruby-logger", "E, [2026-01-02T03:04:05.678901 #77] ERROR -- : [ab12cd-34] failed", .error, "failed",
        ["pid": "77", "request_id": "ab12cd"]),
      FormatLine(
        "rails", "Started GET \"/orders?page=2\" for 10.0.0.9 at 2026-01-02 03:04:05 +0100", nil, nil,
        ["method": "GET", "path": "/orders?page=2", "client": "10.0.0.9"]),
      FormatLine(
        "sidekiq", "2026-01-02T03:04:05.678Z 77 TID-abc HardWorker JID-1a2b INFO: start", .info, "start",
        ["pid": "77", "tid": "abc", "class": "HardWorker", "jid": "1a2b"]),
      FormatLine(
        "gunicorn", "[2026-01-02 03:04:05 +0000] [77] [INFO] Booting worker", .info, "Booting worker", ["pid": "77"]),
      FormatLine(
        "celery", "[2026-01-02 03:04:05,678: INFO/MainProcess] Task shop.send[1a2b-3c] succeeded in 0.25s: None", .info,
        nil,
        [
          "process": "MainProcess", "task": "shop.send", "task_id": "1a2b-3c", "state": "succeeded",
          "duration": "0.25s",
        ]),
      FormatLine(
        "celery", "[2026-01-02 03:04:05,678: WARNING/ForkPoolWorker-1] low memory", .warn, "low memory",
        ["process": "ForkPoolWorker-1"]),
      FormatLine(
        "monolog", "[2026-01-02 03:04:05] local.ERROR: no such view", .error, "no such view", ["logger": "local"]),
      FormatLine(
        "monolog", "[2026-01-02T03:04:05.678901+00:00] request.INFO: Matched route", .info, "Matched route",
        ["logger": "request"]),
      FormatLine(
        "php-error", "[02-Jan-2026 03:04:05 UTC] PHP Warning:  Undefined variable $x in /srv/a.php on line 12", .warn,
        nil,
        ["severity": "Warning", "code.file": "/srv/a.php", "code.line": "12"]),
      FormatLine(
        "php-error", "[02-Jan-2026 03:04:05 UTC] PHP Fatal error:  Uncaught Error: no in /srv/a.php:12", .fatal, nil,
        ["severity": "Fatal error", "code.file": "/srv/a.php", "code.line": "12"]),
      FormatLine(
        "php-fpm", "[02-Jan-2026 03:04:05] WARNING: [pool www] child 77 exited on signal 11", .warn,
        "exited on signal 11",
        ["pool": "www", "pid": "77"]),
      FormatLine(
        "home-assistant", "2026-01-02 03:04:05.678 WARNING (MainThread) [homeassistant.core] slow", .warn, "slow",
        ["thread": "MainThread", "logger": "homeassistant.core"]),
      FormatLine(
        "fail2ban", "2026-01-02 03:04:05,678 fail2ban.actions        [77]: NOTICE  [sshd] Ban 10.0.0.9", .notice,
        "Ban 10.0.0.9",
        ["logger": "fail2ban.actions", "pid": "77", "jail": "sshd", "action": "Ban", "address": "10.0.0.9"]),
      FormatLine(
        "django", "ERROR 2026-01-02 03:04:05,678 basehttp 77 140211109841792 Broken pipe", .error, "Broken pipe",
        ["logger": "basehttp", "pid": "77", "tid": "140211109841792"]),
      FormatLine(
        "gunicorn", "[2026-01-02 03:04:05 +0000] [77] [Level 35] custom", .warn, "custom", ["pid": "77"]),
      FormatLine(
        "structlog-console", "2026-01-02 03:04:05 [warning  ] disk.full                      path=/srv used=97", .warn,
        nil, ["path": "/srv", "used": "97"]),
      FormatLine(
        "python-logging", "2026-01-02 03:04:05,678 INFO 77 Thread-2 /srv/shop/cart.py:12 added", .info, "added",
        ["pid": "77", "thread": "Thread-2", "code.file": "/srv/shop/cart.py", "code.line": "12"]),
      FormatLine(
        "lithoxyl", "FD 2026-01-02T03:04:05.678901+0000 - 105.381us - \"order failed\"", .debug, "\"order failed\"",
        ["status": "F", "duration": "105.381us"]),
    ])
  func parts(line: FormatLine) { line.check() }
}
