import Testing

@testable import Records

@Suite struct JavaFormatTests {
  @Test(
    "Every line gives its parts",
    arguments: [
      FormatLine(
        "cassandra", "INFO  [main] 2026-01-02 03:04:05,678 Daemon.java:687 - Starting", .info, "Starting",
        ["thread": "main", "code.file": "Daemon.java", "code.line": "687"]),
      FormatLine(
        "kafka", "[2026-01-02 03:04:05,678] INFO [Reaper-0]: Stopped (kafka.server.Reaper)", .info, "Stopped",
        ["context": "Reaper-0", "logger": "kafka.server.Reaper"]),
      FormatLine(
        "jvm",
        "[2026-01-02T03:04:05.678+0000][12.345s][info][gc] GC(3) Pause Young (Normal) (G1 Evacuation Pause) 24M->4M(256M) 3.456ms",
        .info, "Pause Young (Normal) (G1 Evacuation Pause) 24M->4M(256M) 3.456ms",
        [
          "uptime": "12.345", "tags": "gc", "gc_id": "3", "event": "Pause Young (Normal) (G1 Evacuation Pause)",
          "before": "24M",
          "after": "4M", "heap": "256M", "duration": "3.456",
        ]),
      FormatLine(
        "jvm", "[2026-01-02T03:04:05.678+0000][info][gc,start     ] GC(3) Pause Full", .info, "Pause Full",
        ["tags": "gc,start", "gc_id": "3"]),
      FormatLine(
        "jvm-gc",
        "2026-01-02T03:04:05.678+0000: 9.344: [GC (Allocation Failure) 15000K->2000K(20480K), 0.0123456 secs] "
          + "[Times: user=0.02 sys=0.00, real=0.01 secs]", nil, nil,
        [
          "uptime": "9.344", "event": "GC", "cause": "Allocation Failure", "duration": "0.0123456", "user": "0.02",
          "sys": "0.00",
          "real": "0.01",
        ]),
      FormatLine(
        "jenkins", "2026-01-02 03:04:05.678+0000 [id=22]\tINFO\thudson.WebAppMain$3#run: Jenkins is up", .info,
        "Jenkins is up",
        ["thread": "22", "logger": "hudson.WebAppMain$3", "code.function": "run"]),
      FormatLine(
        "vdsm", "MainThread::INFO::2026-01-02 03:04:05,678::vdsm::71::vds::(run) I am it", .info, "I am it",
        ["thread": "MainThread", "module": "vdsm", "code.line": "71", "logger": "vds", "code.function": "run"]),
    ])
  func parts(line: FormatLine) { line.check() }
}
