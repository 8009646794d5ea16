import Testing

@testable import Records

/// Second and third lines of formats, where their parts take another form.
@Suite struct FurtherLineTests {
  @Test(
    "Java",
    arguments: [
      FormatLine(
        "cassandra", "WARN  [GossipTasks:1] 2026-01-02 03:04:05,678 FailureDetector.java:278 - Not marking nodes down",
        .warn, "Not marking nodes down",
        ["thread": "GossipTasks:1", "code.file": "FailureDetector.java", "code.line": "278"]),
      FormatLine(
        "cassandra",
        "DEBUG [CompactionExecutor:4] 2026-01-02 03:04:05,678 CompactionTask.java:258 - Compacted 4 sstables", .debug,
        "Compacted 4 sstables",
        ["thread": "CompactionExecutor:4", "code.file": "CompactionTask.java", "code.line": "258"]),
      FormatLine(
        "kafka", "[2026-01-02 03:04:05,678] WARN No meta.properties file under dir /kafka (kafka.server.Checkpoint)",
        .warn, "No meta.properties file under dir /kafka", ["logger": "kafka.server.Checkpoint"]),
      FormatLine(
        "kafka", "[2026-01-02 03:04:05,678] ERROR [Controller id=1] Failed (kafka.controller.Controller)", .error,
        nil, ["context": "Controller id=1", "logger": "kafka.controller.Controller"]),
      FormatLine(
        "jenkins", "2026-01-02 03:04:05.678+0000 [id=1]\tWARNING\to.e.j.s.h.ContextHandler: Empty contextPath", .warn,
        "Empty contextPath", ["thread": "1", "logger": "o.e.j.s.h.ContextHandler"]),
      FormatLine(
        "jenkins", "2026-01-02 03:04:05.678+0000 [id=30]\tSEVERE\thudson.util.BootFailure#publish: Failed to boot",
        .error, "Failed to boot",
        ["thread": "30", "logger": "hudson.util.BootFailure", "code.function": "publish"]),
      FormatLine(
        "vdsm", "Thread-12::DEBUG::2026-01-02 03:04:05,678::task::595::Storage.TaskManager::(_update) moving", .debug,
        "moving",
        [
          "thread": "Thread-12", "module": "task", "code.line": "595", "logger": "Storage.TaskManager",
          "code.function": "_update",
        ]),
      FormatLine(
        "vdsm", "periodic/3::WARNING::2026-01-02 03:04:05,678::periodic::261::virt::(__call__) skipped", .warn,
        "skipped",
        [
          "thread": "periodic/3", "module": "periodic", "code.line": "261", "logger": "virt",
          "code.function": "__call__",
        ]),
    ])
  func java(line: FormatLine) { line.check() }

  @Test(
    "Servers",
    arguments: [
      FormatLine(
        "rabbitmq", "2026-01-02 03:04:05.678 [error] <0.1234.0> closing connection", .error, "closing connection",
        ["pid": "0.1234.0"]),
      FormatLine(
        "rabbitmq", "2026-01-02 03:04:05.678901+00:00 [warning] <0.9.0> memory alarm", .warn, "memory alarm",
        ["pid": "0.9.0"]),
      FormatLine(
        "clickhouse", "2026.01.02 03:04:05.678901 [ 1 ] {} <Information> Application: starting up", .info,
        "starting up", ["tid": "1", "logger": "Application"]),
      FormatLine(
        "clickhouse", "2026.01.02 03:04:05.678901 [ 301 ] {} <Trace> MergeTree (background): merged", .trace, nil,
        ["tid": "301", "logger": "MergeTree (background)"]),
      FormatLine(
        "fail2ban", "2026-01-02 03:04:05,678 fail2ban.actions        [77]: NOTICE  [sshd] Unban 2001:db8::7", .notice,
        "Unban 2001:db8::7",
        ["logger": "fail2ban.actions", "pid": "77", "jail": "sshd", "action": "Unban", "address": "2001:db8::7"]),
      FormatLine(
        "gin", "[GIN] 2026/01/02 - 03:04:05 | 200 |      12.5µs |             ::1 | POST     \"/orders\"", nil, nil,
        ["status": "200", "duration": "12.5µs", "client": "::1", "method": "POST", "path": "/orders"]),
      FormatLine(
        "squid",
        "1767323045.500   1203 2001:db8::7 TCP_TUNNEL/200 39 CONNECT example.org:443 - HIER_DIRECT/192.0.2.1 -",
        nil, nil,
        [
          "duration": "1203", "client": "2001:db8::7", "result": "TCP_TUNNEL", "status": "200", "bytes": "39",
          "method": "CONNECT", "url": "example.org:443", "hierarchy": "HIER_DIRECT", "server": "192.0.2.1",
        ]),
      FormatLine(
        "vmware", "2026-01-02T03:04:05.678Z| vcpu-0| W115: disk is slow", .warn, "disk is slow", ["thread": "vcpu-0"]),
      FormatLine(
        "vmware", "2026-01-02T03:04:05.678Z Er(02) vmx - cannot open", .error, "cannot open", ["thread": "vmx"]),
      FormatLine(
        "capnslog", "2026-01-02 03:04:05.678901 W | rafthttp: lost the connection", .warn, "lost the connection",
        ["package": "rafthttp"]),
      FormatLine(
        "capnslog", "2026-01-02 03:04:05.678901 C | etcdmain: cannot listen", .critical, "cannot listen",
        ["package": "etcdmain"]),
    ])
  func servers(line: FormatLine) { line.check() }
}
