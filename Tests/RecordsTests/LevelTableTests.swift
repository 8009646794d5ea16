import Testing

@testable import Records

/// Names, letters and numbers of levels, in the places where programs write them.
@Suite struct LevelTableTests {
  @Test(
    "Lines of programs",
    arguments: [
      // Network devices: the digit is the severity of syslog (Cisco, System Message Logging).
      ("Jan  2 03:04:05 fw : %ASA-6-302013: Built outbound TCP connection", .info),
      ("Jan  2 03:04:05 sw1 42: %SYS-5-CONFIG_I: Configured from console", .notice),
      ("Jan  2 03:04:05 sw1 %LINK-3-UPDOWN: Interface Gi0/1, changed state to down", .error),
      ("Jan  2 2026 03:04:05: %ASA-1-105005: (Primary) Lost Failover communications", .critical),
      ("*Jan  2 03:04:05.678: %OSPF-4-ERRRCV: Received invalid packet", .warn),
      ("2026 Jan  2 03:04:05 nx %ETHPORT-5-IF_UP: Interface up", .notice),
      ("Jan  2 03:04:05 r1 %BGP-7-DEBUG: x", .debug), ("Jan  2 03:04:05 r1 %HA_EM-0-LOG: x", .fatal),
      // Priorities.
      ("<0>Jan  2 03:04:05 h a: x", .fatal), ("<14>Jan  2 03:04:05 h a: x", .info),
      ("<6>[    0.000000] Linux version", .info),
      ("<3>[   12.345678] usb 1-1: device descriptor read/64, error -71", .error),
      ("<165>1 2026-01-02T03:04:05Z h a - - - x", .notice),
      // Letters.
      ("01-02 03:04:05.678  1234  1234 V ActivityManager: x", .trace), ("01-02 03:04:05.678 F/libc(  123): x", .fatal),
      ("I0102 03:04:05.678901    1 a.go:1] x", .info), ("W20260102 03:04:05.678901    1 a.cc:1] x", .warn),
      ("[I 2026-01-02 03:04:05.678 ServerApp] x", .info), ("[W 260102 03:04:05 web:12] 404 GET /", .warn),
      ("[D 03:04:05.678 NotebookApp] x", .debug), ("2026-01-02 03:04:05.678 [I] x", .info),
      ("E, [2026-01-02T03:04:05.678901 #12] ERROR -- : x", .error), ("2026-01-02 03:04:05 E [main] x", .error),
      // PostgreSQL.
      ("2026-01-02 03:04:05.678 UTC [12] LOG:  x", .info), ("2026-01-02 03:04:05.678 UTC [12] HINT:  x", .info),
      ("2026-01-02 03:04:05.678 UTC [12] DETAIL:  x", .info),
      ("2026-01-02 03:04:05.678 UTC [12] STATEMENT:  SELECT 1", .info),
      ("2026-01-02 03:04:05.678 UTC [12] CONTEXT:  x", .info), ("2026-01-02 03:04:05.678 UTC [12] PANIC:  x", .fatal),
      ("2026-01-02 03:04:05.678 UTC [12] postgres@db FATAL:  x", .fatal),
      ("2026-01-02 03:04:05.678 UTC [12] DEBUG1:  x", .debug),
      // Java.
      ("02-Jan-2026 03:04:05.678 SEVERE [main] a.B.c x", .error),
      ("02-Jan-2026 03:04:05.678 FINE [main] a.B.c x", .debug),
      ("02-Jan-2026 03:04:05.678 FINER [main] a.B.c x", .trace),
      ("02-Jan-2026 03:04:05.678 FINEST [main] a.B.c x", .trace),
      ("02-Jan-2026 03:04:05.678 CONFIG [main] a.B.c x", .debug),
      ("2026-01-02 03:04:05,678 [main] TRACE a.B - x", .trace),
      ("2026-01-02 03:04:05.678  WARN 12 --- [main] a.B : x", .warn),
      ("26/01/02 03:04:05 WARN a.B: x", .warn), ("2026-01-02 03:04:05,678 - OFF - x", nil),
      // .NET and Windows.
      ("fail: A.B[0]", .error), ("crit: A.B[0]", .critical), ("dbug: A.B[0]", .debug), ("trce: A.B[0]", .trace),
      ("warn: A.B[0]", .warn), ("info: A.B[0]", .info), ("2026-01-02 03:04:05.678 +00:00 [INF] x", .info),
      ("2026-01-02 03:04:05.678 +00:00 [WRN] x", .warn), ("2026-01-02 03:04:05.678 +00:00 [FTL] x", .fatal),
      ("2026-01-02 03:04:05.678 +00:00 [VRB] x", .trace), ("2026-01-02 03:04:05.6780|INFO|A.B|x", .info),
      ("2026-01-02 03:04:05 Information x", .info), ("2026-01-02 03:04:05 [Critical] x", .critical),
      ("2026-01-02 03:04:05 [Verbose] x", .trace), ("2026-01-02 03:04:05, Error                 CBS    x", .error),
      // Elixir, Erlang.
      ("03:04:05.678 [notice] x", .notice), ("03:04:05.678 [emergency] x", .fatal),
      ("=ERROR REPORT==== 2-Jan-2026::03:04:05 ===", .error),
      ("=WARNING REPORT==== 2-Jan-2026::03:04:05.678901 ===", .warn),
      ("=INFO REPORT==== 2-Jan-2026::03:04:05 ===", .info), ("=CRASH REPORT==== 2-Jan-2026::03:04:05 ===", .error),
      ("=SUPERVISOR REPORT==== 2-Jan-2026::03:04:05 ===", .error),
      ("=PROGRESS REPORT==== 2-Jan-2026::03:04:05 ===", .info),
      ("2026-01-02 03:04:05.678 [error] <0.1.0> x", .error),
      // Rust, Go, PHP, Ruby, Python, nginx, Apache, systemd.
      ("2026-01-02T03:04:05.678901Z  WARN app::x: y", .warn), ("[2026-01-02T03:04:05Z ERROR app::x] y", .error),
      ("2026-01-02T03:04:05.678Z\tINFO\tmain.go:12\tx", .info), ("2026-01-02T03:04:05.678Z\tdpanic\tx", .critical),
      ("[2026-01-02 03:04:05] local.ERROR: x {\"a\":1}", .error),
      ("[2026-01-02 03:04:05] production.ALERT: x", .critical),
      ("[02-Jan-2026 03:04:05 UTC] PHP Warning:  x in /a.php on line 3", .warn),
      ("[02-Jan-2026 03:04:05 UTC] PHP Fatal error:  x", .fatal),
      ("[02-Jan-2026 03:04:05 UTC] PHP Parse error:  x", .error),
      ("[02-Jan-2026 03:04:05 UTC] PHP Notice:  x", .notice),
      ("[02-Jan-2026 03:04:05 UTC] PHP Deprecated:  x", .notice),
      ("[02-Jan-2026 03:04:05] WARNING: [pool www] x", .warn), ("WARNING:root:x", .warn), ("CRITICAL:a.b:x", .critical),
      ("2026-01-02 03:04:05,678 - a.b - WARNING - x", .warn), ("2026-01-02 03:04:05.678 | SUCCESS  | a:b:1 - x", .info),
      ("2026/01/02 03:04:05 [emerg] 1#1: x", .fatal), ("2026/01/02 03:04:05 [alert] 1#1: x", .critical),
      ("2026/01/02 03:04:05 [crit] 1#1: x", .critical), ("[Fri Jan 02 03:04:05 2026] [core:notice] [pid 1] x", .notice),
      ("[Fri Jan 02 03:04:05 2026] [ssl:trace4] [pid 1] x", .trace), ("2026-01-02 03:04:05 Level 25 x", .info),
      // Databases and queues.
      ("2026-01-02T03:04:05.678901Z 0 [System] [MY-010116] [Server] x", .info),
      ("2026-01-02  3:04:05 0 [Note] x", .notice),
      ("2026-01-02T03:04:05.678+0000 I  NETWORK  [listener] x", .info),
      ("2026-01-02T03:04:05.678+0000 F  -  [main] x", .fatal),
      ("1:M 02 Jan 2026 03:04:05.678 . x", .debug), ("[info] 2026-01-02T03:04:05.678901Z couchdb@h <0.1.0> x", .info),
      ("[2026-01-02 03:04:05,678] ERROR x (kafka.server.KafkaServer)", .error),
      ("[2026-01-02T03:04:05,678][WARN ][o.e.c.R] [node] x", .warn), ("ORA-00600: internal error code", nil),
      ("[12]{-1}[-1/-1] 2026-01-02 03:04:05.678901 i Basis  a.cpp(00012) : x", .info),
      ("[12]{-1}[-1/-1] 2026-01-02 03:04:05.678901 e Basis  a.cpp(00012) : x", .error),
      ("[12]{-1}[-1/-1] 2026-01-02 03:04:05.678901 w Basis  a.cpp(00012) : x", .warn),
      ("[12]{-1}[-1/-1] 2026-01-02 03:04:05.678901 f Basis  a.cpp(00012) : x", .fatal),
      ("2026-01-02 03:04:05 WRN app > x", .warn), ("3:04AM INF x", .info), ("3:04PM ERR x", .error),
    ] as [(String, Level?)])
  func lines(_ line: String, _ level: Level?) {
    #expect(Reading(line).level == level)
  }

  @Test(
    "Values under keys",
    arguments: [
      (#""level":10"#, .trace), (#""level":20"#, .debug), (#""level":30"#, .info), (#""level":40"#, .warn),
      (#""level":50"#, .error),
      (#""level":60"#, .fatal), (#""level":3"#, .error), (#""level":"W""#, .warn), (#""s":"I""#, .info),
      (#""s":"E""#, .error),
      (#""s":"D1""#, .debug), (#""s":"D5""#, .trace), (#""s":"F""#, .fatal), (#""severity":"EMERGENCY""#, .fatal),
      (#""severity":"DEFAULT""#, nil), (#""PRIORITY":"4""#, .warn), (#""levelname":"CRITICAL""#, .critical),
      (#""levelno":30"#, .warn),
      (#""level":"dpanic""#, .critical), (#""level":"Information""#, .info), (#""@l":"Verbose""#, .trace),
      (#""lvl":"eror""#, .error),
      (#""lvl":"crit""#, .critical), (#""log.level":"warn""#, .warn), (#""log":{"level":"fatal"}"#, .fatal),
      (#""level":{"name":"SUCCESS","no":25}"#, .info), (#""severityNumber":9"#, .info),
      (#""severityText":"Error""#, .error),
      (#""Level":"warning""#, .warn), (#""loglevel":"err""#, .error), (#""LogLevel":"Trace""#, .trace),
      (#""level":"unknown""#, nil),
      (#""level":"high""#, nil), (#""level":"7""#, .debug), (#""level":35"#, .info), (#""level":"[info]""#, .info),
      (#""level":"INFO ""#, .info), (#""level_name":"ALERT""#, .critical), (#""level":300,"channel":"app""#, .warn),
      (#""level":550,"channel":"app""#, .critical), (#""level":600,"channel":"app""#, .fatal),
      (#""level":100,"channel":"a""#, .debug),
      (#""level_value":40000"#, .error), (#""level_value":20000"#, .info), (#""level":null"#, nil),
      (#""level":-1"#, nil),
      (#""error_severity":"LOG""#, .info), (#""message_level":"x""#, nil), (#""levels":"error""#, nil),
      (#""water_level":3"#, nil),
    ] as [(String, Level?)])
  func values(_ member: String, _ level: Level?) {
    #expect(Reading(#"{"time":"2026-01-02T03:04:05Z",\#(member),"msg":"x"}"#).level == level)
  }

  static let prose = [
    "user info updated", "Error handling is good", "the error was fixed", "No errors found", "warning signs were seen",
    "Fatal attraction is a film", "I am here", "A new day", "critical mass reached", "debugging is fun",
    "trace amounts found",
    "Notice the difference", "an alert was cleared", "Information about x", "emergency exit opened",
    "failed to open /etc/x",
    "severe weather ahead", "panic at the disco", "fine, thanks", "config loaded", "success story", "log rotated",
    "note to self: buy milk", "GET /error/404 HTTP/1.1", "email to info@example.com", "open /var/log/error.log",
    "level 3 reached", "status=error-free run", "it was a warning: nothing more", "process I/O is slow",
    "see E and F for more",
    "T minus 10", "grade A result", "the (info) desk is closed", "Crit Bit trees are fast", "statement of facts",
    "details follow",
    "hint taken", "verbose output on", "error-prone code", "debug/pprof served", "100% error free", "a fatal flaw",
    "Errors: 0",
    "%d-3-x is a format", "=x=y=", "<b>bold</b>", "v1.2.3-ERROR-free", "catch (Exception e) found",
  ]

  @Test("Words of prose are no levels, after a stamp, in syslog, and alone", arguments: prose)
  func isNone(_ text: String) {
    for line in ["2026-01-02 03:04:05 x " + text, "Jan  2 03:04:05 web1 app[12]: x " + text, "y x " + text] {
      #expect(Reading(line).level == nil, "\(line)")
    }
  }
}
