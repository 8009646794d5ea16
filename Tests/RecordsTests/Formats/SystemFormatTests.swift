import Testing

@testable import Records

@Suite struct SystemFormatTests {
  @Test(
    "Every line gives its parts",
    arguments: [
      FormatLine(
        "dpkg", "2026-01-02 03:04:05 status half-configured libc6:amd64 2.41-1", nil, nil,
        ["action": "status", "state": "half-configured", "package": "libc6:amd64", "version": "2.41-1"]),
      FormatLine(
        "dpkg", "2026-01-02 03:04:05 upgrade libc6:amd64 2.40-1 2.41-1", nil, nil,
        ["action": "upgrade", "package": "libc6:amd64", "old_version": "2.40-1", "version": "2.41-1"]),
      FormatLine(
        "apt-history",
        "Start-Date: 2026-01-02  03:04:05\nCommandline: apt install tree\nRequested-By: bob (1000)\nInstall: tree:amd64 (2.2-1)\n"
          + "End-Date: 2026-01-02  03:04:07", nil, nil,
        ["command": "apt install tree", "user": "bob", "uid": "1000", "installed": "tree:amd64 (2.2-1)"]),
      FormatLine(
        "pacman", "[2026-01-02T03:04:05+0100] [ALPM] upgraded tree (2.1-1 -> 2.2-1)", nil, nil,
        ["action": "upgraded", "package": "tree", "version": "2.1-1 -> 2.2-1"]),
      FormatLine(
        "strace",
        "77 1767323045.678901 openat(AT_FDCWD, \"/x\", O_RDONLY) = -1 ENOENT (No such file or directory) <0.000012>",
        nil, nil,
        [
          "pid": "77", "syscall": "openat", "arguments": "AT_FDCWD, \"/x\", O_RDONLY", "result": "-1",
          "errno": "ENOENT",
          "error": "No such file or directory", "duration": "0.000012",
        ]),
      FormatLine(
        "strace", "77 1767323045.678901 read(3,  <unfinished ...>", nil, nil,
        ["pid": "77", "syscall": "read", "arguments": "3,"]),
      FormatLine(
        "logcat", "01-02 03:04:05.678  1234  1250 W ActivityManager: slow start", .warn, "slow start",
        ["pid": "1234", "tid": "1250", "tag": "ActivityManager"]),
      FormatLine(
        "logcat-time", "01-02 03:04:05.678 E/dalvikvm(  123): no heap", .error, "no heap",
        ["tag": "dalvikvm", "pid": "123"]),
      FormatLine(
        "glog", "E0102 03:04:05.678901    1234 server.go:12] cannot listen", .error, "cannot listen",
        ["tid": "1234", "code.file": "server.go", "code.line": "12"]),
      FormatLine(
        "capnslog", "2026-01-02 03:04:05.678901 I | etcdserver: ready", .info, "ready", ["package": "etcdserver"]),
      FormatLine(
        "windows-cbs", "2026-01-02 03:04:05, Info                  CBS    Session initialized", .info,
        "Session initialized",
        ["component": "CBS"]),
      FormatLine("vmware", "2026-01-02T03:04:05.678Z| vmx| I125: powered on", .info, "powered on", ["thread": "vmx"]),
      FormatLine(
        "cluster-syslog", "- 1767323045 2026.01.02 n7 Jan 2 03:04:05 n7/n7 crond(pam_unix)[77]: session closed", nil,
        "session closed", ["host": "n7", "location": "n7/n7", "program": "crond(pam_unix)", "pid": "77"]),
      FormatLine(
        "cluster-events", "4711 node-7 unix.hw state_change.down 1767323045 1 Component is down", nil,
        "Component is down",
        ["event": "4711", "host": "node-7", "component": "unix.hw", "state": "state_change.down", "flag": "1"]),
    ])
  func parts(line: FormatLine) { line.check() }
}
