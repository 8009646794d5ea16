import Testing

@testable import Records

@Suite struct NetworkFormatTests {
  @Test(
    "Every line gives its parts",
    arguments: [
      FormatLine(
        "suricata-fast",
        "01/02/2026-03:04:05.678901  [**] [1:2100366:8] ICMP PING *NIX [**] [Classification: Misc activity] [Priority: 3] "
          + "{ICMP} 10.0.0.9:8 -> 10.0.0.1:0", nil, "ICMP PING *NIX",
        [
          "rule": "1:2100366:8", "classification": "Misc activity", "priority": "3", "protocol": "ICMP",
          "client": "10.0.0.9",
          "client_port": "8", "server": "10.0.0.1", "server_port": "0",
        ]),
      FormatLine(
        "exim", "2026-01-02 03:04:05 1vTest-000001-Ab <= bob@example.org H=web1 (helo) [10.0.0.9]:5100 P=esmtp", nil,
        nil,
        [
          "queue_id": "1vTest-000001-Ab", "from": "bob@example.org", "client_host": "web1", "client": "10.0.0.9",
          "client_port": "5100",
        ]),
      FormatLine(
        "exim", "2026-01-02 03:04:05 1vTest-000001-Ab => ann@example.org R=dns", nil, nil,
        ["queue_id": "1vTest-000001-Ab", "to": "ann@example.org"]),
      FormatLine(
        "vsftpd",
        "Fri Jan  2 03:04:05 2026 [pid 7] [bob] OK UPLOAD: Client \"10.0.0.9\", \"/in/a b.txt\", 120 bytes, 1.2Kbyte/sec",
        nil, nil,
        [
          "pid": "7", "user": "bob", "result": "OK", "command": "UPLOAD", "client": "10.0.0.9", "path": "/in/a b.txt",
          "bytes": "120",
        ]),
      FormatLine(
        "vsftpd", "Fri Jan  2 03:04:05 2026 [pid 7] CONNECT: Client \"10.0.0.9\"", nil, nil,
        ["pid": "7", "command": "CONNECT", "client": "10.0.0.9"]),
      FormatLine(
        "xferlog", "Fri Jan  2 03:04:05 2026 1 10.0.0.9 120 /in/a.txt b _ i r bob ftp 0 * c", nil, nil,
        [
          "duration": "1", "client": "10.0.0.9", "bytes": "120", "path": "/in/a.txt", "transfer_type": "b",
          "direction": "i",
          "access_mode": "r", "user": "bob", "service": "ftp", "completion": "c",
        ]),
      FormatLine(
        "samba", "[2026/01/02 03:04:05.678901,  0] ../../source3/smbd/server.c:123(main)\n  smbd version 4.22 started.",
        nil, nil,
        ["debug_level": "0", "code.file": "../../source3/smbd/server.c", "code.line": "123", "code.function": "main"]),
      FormatLine(
        "openvpn", "2026-01-02 03:04:05 bob/10.0.0.9:5100 Connection reset, restarting [0]", nil, nil,
        ["user": "bob", "client": "10.0.0.9", "client_port": "5100"]),
      FormatLine(
        "asterisk", "[Jan  2 03:04:05] NOTICE[1234][C-0001] chan_sip.c: Peer is now reachable", .notice, nil,
        ["tid": "1234", "call_id": "C-0001", "code.file": "chan_sip.c"]),
      FormatLine(
        "freeswitch", "2026-01-02 03:04:05.678901 96.03% [WARNING] sofia_reg.c:3223 cannot find user", .warn,
        "cannot find user",
        ["idle": "96.03", "code.file": "sofia_reg.c", "code.line": "3223"]),
      FormatLine(
        "teamspeak", "2026-01-02 03:04:05.678901|INFO    |VirtualServer |  1| listening", .info, "listening",
        ["logger": "VirtualServer", "virtual_server": "1"]),
      FormatLine(
        "rabbitmq", "2026-01-02 03:04:05.678 [info] <0.222.0> accepting connection", .info, "accepting connection",
        ["pid": "0.222.0"]),
      FormatLine(
        "ejabberd", "2026-01-02 03:04:05.678 [info] <0.12.0>@ejabberd_app:start:63 ejabberd is started", .info,
        "ejabberd is started",
        ["pid": "0.12.0", "code.function": "ejabberd_app:start", "code.line": "63"]),
    ])
  func parts(line: FormatLine) { line.check() }
}
