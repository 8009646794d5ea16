import Testing

@testable import Records

/// Lines of programs in the formats that their documentation shows, with and without a format definition, and what a person
/// would name in them: all of it, and nothing else.
@Suite struct TextFieldTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let line: String
    let fields: [String: String]
    var testDescription: String { String(line.prefix(60)) }

    init(_ line: String, _ fields: [String: String]) {
      self.line = line
      self.fields = fields
    }
  }

  @Test(arguments: syslogCases + applicationCases + serverCases) func namesWhatAPersonWould(_ test: Case) {
    #expect(Reading(test.line).fields == test.fields, "\(test.line)")
  }

  @Test(arguments: proseCases) func namesNothingInProse(_ line: String) {
    #expect(Reading("2026-01-02 03:04:05 INFO " + line).fields == [:], "\(line)")
    #expect(
      Reading("Jan  2 03:04:05 web1 app: " + line).fields == ["host": "web1", "program": "app"], "\(line)")
  }

  /// Cut anywhere and with any byte changed, a line is read without a trap, and a look for one field finds what the list has.
  @Test(arguments: 0..<4) func readsWhatIsLeftOfLines(seed: Int) {
    var random = SplitMix(state: UInt64(seed) &+ 77)
    for test in Self.syslogCases + Self.applicationCases + Self.serverCases {
      let reader = reader(for: test.line)
      for _ in 0..<6 {
        var bytes = Array(test.line.utf8)
        bytes.removeLast(Int(random.next() % UInt64(bytes.count)))
        for _ in 0..<random.next() % 4 where !bytes.isEmpty {
          bytes[Int(random.next() % UInt64(bytes.count))] = Self.odd[Int(random.next() % UInt64(Self.odd.count))]
        }
        bytes.withUnsafeBytes { record in
          let fields = reader.parse(record, reference: reference).fields
          // A name of bytes that are no UTF-8 cannot be asked for.
          for name in Set(fields.map(\.path).filter { !$0.contains("\u{FFFD}") } + ["user", "client", "thread"]) {
            var found: [String] = []
            reader.forEachValue(of: FieldPath(name), in: record) {
              found.append($0.text())
              return true
            }
            let listed = fields.filter { $0.path == name }.map { $0.text(in: record) }
            #expect(found == listed, "\(name) in \(String(decoding: record, as: UTF8.self))")
          }
        }
      }
    }
  }

  private static let odd = Array("\"'`[](){}<>:;,.=-/ @#|\\\u{1b}0aZ\n\r".utf8) + [0, 255, 128]

  private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = (state ^ state &>> 30) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ value &>> 27) &* 0x94D0_49BB_1331_11EB
      return value ^ value &>> 31
    }
  }

  /// Programs that log through syslog.
  static let syslogCases: [Case] = [
    Case(
      #"Jan  2 03:04:05 web1 sshd[4711]: Accepted publickey for bob from 192.0.2.7 port 50022 ssh2: RSA SHA256:abcdef"#,
      [
        "client_port": "50022", "client": "192.0.2.7", "host": "web1", "program": "sshd", "pid": "4711", "user": "bob",
        "auth_method": "publickey", "result": "Accepted", "protocol": "ssh2",
      ]),
    Case(
      #"Jan  2 03:04:05 web1 sshd[4711]: Failed password for invalid user admin from 203.0.113.9 port 33166 ssh2"#,
      [
        "host": "web1", "client": "203.0.113.9", "user": "admin", "program": "sshd", "client_port": "33166",
        "pid": "4711", "auth_method": "password", "protocol": "ssh2", "result": "Failed",
      ]),
    Case(
      #"Jan  2 03:04:05 web1 sshd[4711]: Invalid user tutu from 2001:db8::5 port 33166"#,
      [
        "host": "web1", "program": "sshd", "pid": "4711", "user": "tutu", "client": "2001:db8::5",
        "client_port": "33166",
      ]),
    Case(
      #"Jan  2 03:04:05 web1 sshd[4711]: Connection closed by authenticating user root 203.0.113.9 port 4022 [preauth]"#,
      [
        "host": "web1", "program": "sshd", "pid": "4711", "user": "root", "client": "203.0.113.9",
        "client_port": "4022",
      ]),
    Case(
      #"Jan  2 03:04:05 web1 sshd[4711]: Received disconnect from 203.0.113.9 port 4022:11: disconnected by user"#,
      [
        "client": "203.0.113.9", "client_port": "4022", "host": "web1", "program": "sshd", "pid": "4711",
        "reason": "disconnected by user", "reason_code": "11",
      ]),
    Case(
      #"Jan  2 03:04:05 web1 sshd[4711]: pam_unix(sshd:session): session opened for user bob(uid=1000) by (uid=0)"#,
      [
        "program": "sshd", "user": "bob", "pid": "4711", "host": "web1", "uid": "1000", "service": "sshd",
        "by_uid": "0", "state": "opened", "pam_type": "session",
      ]),
    Case(
      #"Jan  2 03:04:05 web1 sudo:      bob : TTY=pts/0 ; PWD=/home/bob ; USER=root ; COMMAND=/usr/bin/ls"#,
      [
        "host": "web1", "program": "sudo", "COMMAND": "/usr/bin/ls", "PWD": "/home/bob", "USER": "root", "TTY": "pts/0",
        "user": "bob",
      ]),
    Case(
      #"Jan  2 03:04:05 web1 su: pam_unix(su:session): session closed for user root"#,
      ["program": "su", "host": "web1", "user": "root", "pam_type": "session", "service": "su", "state": "closed"]),
    Case(
      #"Jan  2 03:17:01 web1 CRON[2345]: (root) CMD (   cd / && run-parts --report /etc/cron.hourly)"#,
      [
        "host": "web1", "pid": "2345", "program": "CRON", "command": "cd / && run-parts --report /etc/cron.hourly",
        "user": "root", "action": "CMD",
      ]),
    Case(
      #"Jan  2 03:04:05 mx postfix/smtpd[900]: connect from mail.example.org[198.51.100.3]"#,
      [
        "host": "mx", "pid": "900", "client": "198.51.100.3", "program": "postfix/smtpd", "action": "connect from",
        "client_host": "mail.example.org",
      ]),
    Case(
      #"Jan  2 03:04:05 mx postfix/smtp[901]: 4F9D1: to=<bob@example.org>, relay=mx.example.org[198.51.100.3]:25, delay=1.2, dsn=2.0.0, status=sent (250 OK)"#,
      [
        "host": "mx", "status": "sent", "pid": "901", "delay": "1.2", "dsn": "2.0.0", "program": "postfix/smtp",
        "to": "bob@example.org", "relay": "mx.example.org", "server": "198.51.100.3", "reason": "250 OK",
        "server_port": "25", "queue_id": "4F9D1",
      ]),
    Case(
      #"Jan  2 03:04:05 mx postfix/smtp[901]: connect to gmail.example[198.51.100.4]:25: Connection timed out"#,
      ["host": "mx", "program": "postfix/smtp", "pid": "901", "server": "198.51.100.4", "server_port": "25"]),
    Case(
      #"Jan  2 03:04:05 mx dovecot: imap-login: Login: user=<bob>, method=PLAIN, rip=192.0.2.7, lip=192.0.2.1, mpid=12, TLS, session=<aB3+x>"#,
      [
        "rip": "192.0.2.7", "host": "mx", "lip": "192.0.2.1", "method": "PLAIN", "program": "dovecot", "mpid": "12",
        "user": "bob", "session": "aB3+x", "service": "imap-login",
      ]),
    Case(
      #"Jan  2 03:04:05 web1 systemd[1]: Started Session 42 of user bob."#,
      ["pid": "1", "host": "web1", "program": "systemd", "unit": "Session 42 of user bob", "action": "Started"]),
    Case(
      #"Jan  2 03:04:05 web1 systemd[1]: nginx.service: Main process exited, code=exited, status=1/FAILURE"#,
      [
        "code": "exited", "program": "systemd", "pid": "1", "status": "1/FAILURE", "host": "web1",
        "unit": "nginx.service",
      ]),
    Case(
      #"Jan  2 03:04:05 web1 kernel: [UFW BLOCK] IN=eth0 SRC=203.0.113.9 DST=192.0.2.1 LEN=40 PROTO=TCP SPT=4022 DPT=22"#,
      [
        "host": "web1", "program": "kernel", "IN": "eth0", "SRC": "203.0.113.9", "DST": "192.0.2.1", "LEN": "40",
        "PROTO": "TCP", "SPT": "4022", "DPT": "22",
      ]),
    Case(
      #"Jan  2 03:04:05 web1 kernel: usb 1-1: new high-speed USB device number 2 using xhci_hcd"#,
      ["host": "web1", "program": "kernel"]),
    Case(
      #"Jan  2 03:04:05 gw dhcpd[7]: DHCPACK on 192.0.2.50 to 00:11:22:33:44:55 (laptop) via eth0"#,
      [
        "program": "dhcpd", "host": "gw", "pid": "7", "address": "192.0.2.50", "mac": "00:11:22:33:44:55",
        "hostname": "laptop", "interface": "eth0", "action": "DHCPACK",
      ]),
    Case(
      #"Jan  2 03:04:05 gw named[8]: client @0x7f2c 192.0.2.50#53210 (example.org): query: example.org IN A + (192.0.2.1)"#,
      [
        "program": "named", "pid": "8", "host": "gw", "client": "192.0.2.50", "client_port": "53210", "type": "A",
        "server": "192.0.2.1", "query": "example.org", "class": "IN", "flags": "+",
      ]),
    Case(
      #"Jan  2 03:04:05 gw unbound[9]: [9:0] info: 192.0.2.50 example.org. A IN"#,
      ["host": "gw", "program": "unbound", "pid": "9", "address": "192.0.2.50"]),
    Case(
      #"Jan  2 03:04:05 gw NetworkManager[10]: <info>  [1767322245.1] dhcp4 (eth0): state changed unknown -> bound, address=192.0.2.5"#,
      ["host": "gw", "program": "NetworkManager", "pid": "10", "address": "192.0.2.5"]),
    Case(
      #"Jan  2 03:04:05 gw charon: 05[NET] received packet: from 203.0.113.9[500] to 192.0.2.1[500] (464 bytes)"#,
      ["host": "gw", "program": "charon", "client": "203.0.113.9", "address": "192.0.2.1"]),
    Case(
      #"Jan  2 03:04:05 ftp proftpd[77]: ftp.example.org (203.0.113.9[203.0.113.9]) - USER bob: Login successful."#,
      ["host": "ftp", "program": "proftpd", "pid": "77", "address": "203.0.113.9"]),
    Case(
      #"Jan  2 03:04:05 lb haproxy[88]: Server app/web1 is DOWN, reason: Layer4 timeout, check duration: 2001ms. 1 active and 0 backup servers left."#,
      [
        "host": "lb", "pid": "88", "duration": "2001ms", "program": "haproxy", "state": "DOWN", "server": "web1",
        "backend": "app",
      ]),
    Case(
      #"Jan  2 03:04:05 web1 dockerd[99]: time="2026-01-02T03:04:05Z" level=info msg="Container stopped" container=4f9d1"#,
      [
        "host": "web1", "program": "dockerd", "pid": "99", "time": "2026-01-02T03:04:05Z", "level": "info",
        "msg": "Container stopped", "container": "4f9d1",
      ]),
    Case(
      #"Jan  2 03:04:05 web1 puppet-agent[500]: Applied catalog in 12.34 seconds"#,
      ["host": "web1", "program": "puppet-agent", "pid": "500", "duration": "12.34 seconds"]),
    Case(
      #"Jan  2 03:04:05 vpn openvpn[60]: bob/203.0.113.9:1194 MULTI: primary virtual IP for bob/203.0.113.9:1194: 10.8.0.6"#,
      [
        "host": "vpn", "program": "openvpn", "pid": "60", "client": "203.0.113.9", "client_port": "1194",
        "address": "10.8.0.6",
      ]),
  ]

  /// Frameworks and their loggers.
  static let applicationCases: [Case] = [
    Case(
      #"2026-01-02 03:04:05.678  INFO 12345 --- [           main] c.e.demo.DemoApplication                 : Started DemoApplication in 2.5 seconds (process running for 3.1)"#,
      ["pid": "12345", "thread": "main", "logger": "c.e.demo.DemoApplication", "duration": "2.5 seconds"]),
    Case(
      #"2026-01-02 03:04:05,678 INFO  [http-nio-8080-exec-1] org.apache.catalina.core.StandardService - Starting service [Tomcat]"#,
      ["thread": "http-nio-8080-exec-1", "logger": "org.apache.catalina.core.StandardService"]),
    Case(
      #"2026-01-02 03:04:05.678 [main] INFO  com.zaxxer.hikari.HikariDataSource - HikariPool-1 - Starting..."#,
      ["thread": "main", "logger": "com.zaxxer.hikari.HikariDataSource"]),
    Case(
      #"2026-01-02 03:04:05,678 INFO org.apache.hadoop.yarn.server.resourcemanager.ResourceManager: Transitioning to active state"#,
      ["logger": "org.apache.hadoop.yarn.server.resourcemanager.ResourceManager"]),
    Case(
      #"2026-01-02 03:04:05,678 INFO  [master/hb1:16000] master.HMaster: Active backup masters: 0"#,
      ["thread": "master/hb1:16000", "logger": "master.HMaster", "masters": "0"]),
    Case(
      #"[2026-01-02T03:04:05,678][INFO ][o.e.n.Node               ] [es-1] started"#,
      ["logger": "o.e.n.Node", "node": "es-1"]),
    Case(
      #"[2026-01-02 03:04:05,678] INFO [GroupCoordinator 0] Preparing to rebalance group g1 (kafka.coordinator.group.GroupCoordinator)"#,
      ["context": "GroupCoordinator 0", "logger": "kafka.coordinator.group.GroupCoordinator"]),
    Case(
      #"26/01/02 03:04:05 INFO BlockManagerInfo: Added broadcast_0_piece0 in memory on 192.0.2.5:41234 (size: 4.2 KiB, free: 366.3 MiB)"#,
      ["logger": "BlockManagerInfo", "address": "192.0.2.5", "size": "4.2 KiB", "free": "366.3 MiB"]),
    Case(
      #"INFO  [CompactionExecutor:5] 2026-01-02 03:04:05,678 CompactionTask.java:241 - Compacted 4 sstables in 18 msecs"#,
      [
        "thread": "CompactionExecutor:5", "code.file": "CompactionTask.java", "code.line": "241",
        "duration": "18 msecs",
      ]),
    Case(
      #"2026-01-02 03:04:05,678 [myid:1] - INFO  [NIOWorkerThread-3:NIOServerCnxn@514] - Processing ruok command from /127.0.0.1:50284"#,
      [
        "myid": "1", "thread": "NIOWorkerThread-3", "logger": "NIOServerCnxn", "code.line": "514",
        "client": "127.0.0.1",
        "client_port": "50284",
      ]),
    Case(
      #"2026-01-02 03:04:05,678 myapp.views WARNING Login failed for user 'bob' from 192.0.2.7"#,
      ["logger": "myapp.views", "user": "bob", "client": "192.0.2.7"]),
    Case(
      #"2026-01-02 03:04:05,678 - uvicorn.error - INFO - Application startup complete."#, ["logger": "uvicorn.error"]),
    Case(
      #"2026-01-02 03:04:05.678 | INFO     | app.jobs:run_once:42 - Job done in 35ms"#,
      ["logger": "app.jobs", "code.function": "run_once", "code.line": "42", "duration": "35ms"]),
    Case(
      #"[2026-01-02 03:04:05,678: INFO/MainProcess] Task app.tasks.add[4f9d1c2e-0000-4000-8000-000000000001] succeeded in 0.05s: 4"#,
      [
        "duration": "0.05s", "task_id": "4f9d1c2e-0000-4000-8000-000000000001", "state": "succeeded",
        "task": "app.tasks.add", "process": "MainProcess",
      ]),
    Case(
      #"[2026-01-02 03:04:05 +0000] [4711] [INFO] Listening at: http://127.0.0.1:8000 (4711)"#,
      ["pid": "4711", "url": "http://127.0.0.1:8000"]),
    Case(
      #"127.0.0.1 - - [02/Jan/2026 03:04:05] "GET /static/app.js HTTP/1.1" 304 -"#,
      ["client": "127.0.0.1", "method": "GET", "path": "/static/app.js", "protocol": "HTTP/1.1", "status": "304"]),
    Case(
      #"[02/Jan/2026 03:04:05] "GET /admin/ HTTP/1.1" 302 512"#,
      ["method": "GET", "path": "/admin/", "protocol": "HTTP/1.1", "status": "302", "bytes": "512"]),
    Case(
      #"I, [2026-01-02T03:04:05.678901 #4711]  INFO -- : Started GET "/posts/1" for 192.0.2.7 at 2026-01-02 03:04:05 +0000"#,
      ["pid": "4711", "method": "GET", "path": "/posts/1", "client": "192.0.2.7"]),
    Case(
      #"I, [2026-01-02T03:04:05.678901 #4711]  INFO -- : Completed 200 OK in 12ms (Views: 5.2ms | ActiveRecord: 1.1ms)"#,
      ["pid": "4711", "status": "200", "duration": "12ms", "Views": "5.2ms", "ActiveRecord": "1.1ms"]),
    Case(
      #"2026-01-02T03:04:05.678Z pid=4711 tid=ox3k class=HardJob jid=4f9d1 INFO: start"#,
      ["pid": "4711", "tid": "ox3k", "class": "HardJob", "jid": "4f9d1"]),
    Case(
      #"4711 2026-01-02 03:04:05 INFO nova.osapi.wsgi [req-38101a0b-2096-447d-96ea-a692162415ae 113d - - -] 192.0.2.7 "GET /v2/servers HTTP/1.1" status: 200 len: 1893 time: 0.24"#,
      [
        "logger": "nova.osapi.wsgi", "request_id": "req-38101a0b-2096-447d-96ea-a692162415ae",
        "client": "192.0.2.7", "method": "GET", "path": "/v2/servers", "protocol": "HTTP/1.1", "status": "200",
        "len": "1893",
      ]),
    Case(
      #"2026-01-02 03:04:05,678 INFO odoo.addons.base.models.res_users: Login failed for db:shop login:bob@example.org from 192.0.2.7"#,
      [
        "logger": "odoo.addons.base.models.res_users", "db": "shop", "login": "bob@example.org",
        "client": "192.0.2.7",
      ]),
    Case(
      #"[2026-01-02 03:04:05] local.WARNING: Login failed. Attempt for user "bob@example.org" failed. (192.0.2.7 -> POST:https://shop.example.org/login)"#,
      [
        "client": "192.0.2.7", "user": "bob@example.org", "path": "https://shop.example.org/login", "method": "POST",
        "logger": "local",
      ]),
    Case(
      #"[2026-01-02 03:04:05.678][vaultwarden::api::identity][ERROR] Username or password is incorrect. Try again. IP: ::1. Username: bob@example.org."#,
      ["logger": "vaultwarden::api::identity", "IP": "::1", "Username": "bob@example.org"]),
    Case(
      #"2026-01-02T03:04:05.678Z  INFO actix_web::server: listening on 127.0.0.1:8080"#,
      ["logger": "actix_web::server", "address": "127.0.0.1"]),
    Case(
      #"2026/01/02 03:04:05 main.go:12: listening on :8080"#, ["code.file": "main.go", "code.line": "12"]),
    Case(
      #"2026/01/02 03:04:05 ...ers/web/auth/auth.go:200:SignInPost() [I] Failed authentication attempt for bob from 192.0.2.7:39522: user does not exist [uid: 0, name: bob, keyid: 0]"#,
      [
        "code.file": "...ers/web/auth/auth.go", "code.line": "200", "code.function": "SignInPost", "user": "bob",
        "client": "192.0.2.7", "client_port": "39522", "uid": "0", "name": "bob", "keyid": "0",
      ]),
    Case(
      #"2026-01-02 03:04:05.678+0000 [id=42] INFO hudson.WebAppMain$3#run: Jenkins is fully up and running"#,
      ["code.function": "run", "logger": "hudson.WebAppMain$3", "thread": "42"]),
    Case(
      #"[03:04:05 INF] HTTP GET /weather responded 200 in 35.1234 ms"#,
      ["method": "GET", "path": "/weather", "status": "200", "duration": "35.1234 ms"]),
    Case(
      #"2026-01-02 03:04:05.678 +00:00 [INF] Request finished HTTP/1.1 GET http://localhost:5000/weather - 200 in 35ms"#,
      ["method": "GET", "path": "http://localhost:5000/weather", "duration": "35ms"]),
    Case(
      #"2026-01-02T03:04:05.678Z [warn][API]: Failed sign-in attempt {"ip":"::ffff:192.0.2.7","email":"bob"}"#,
      ["logger": "API", "ip": "192.0.2.7", "email": "bob"]),
    Case(
      #"2026-01-02 03:04:05.678 [info] <0.684.0> accepting AMQP connection <0.684.0> (192.0.2.7:50284 -> 192.0.2.1:5672)"#,
      ["pid": "0.684.0", "client": "192.0.2.7", "client_port": "50284", "server": "192.0.2.1", "server_port": "5672"]),
  ]

  /// Servers with logs of their own.
  static let serverCases: [Case] = [
    Case(
      #"2026/01/02 03:04:05 [error] 334#335: *338 limiting requests, excess: 5.428 by zone "one", client: ::1, server: , request: "GET /x HTTP/1.1", host: "shop.example.org""#,
      [
        "tid": "335", "protocol": "HTTP/1.1", "path": "/x", "pid": "334", "method": "GET", "host": "shop.example.org",
        "client": "::1", "request": "GET /x HTTP/1.1", "connection": "338",
      ]),
    Case(
      #"[Fri Jan 02 03:04:05.678901 2026] [proxy_fcgi:error] [pid 1178:tid 1397] [client 192.0.2.7:55309] AH01071: Got error 'PHP message: user bob authentication failure', referer: https://shop.example.org/"#,
      [
        "tid": "1397", "client_port": "55309", "referer": "https://shop.example.org/", "client": "192.0.2.7",
        "pid": "1178", "user": "bob", "error_code": "AH01071", "logger": "proxy_fcgi",
      ]),
    Case(
      #"2026-01-02 03:04:05 8 [Warning] Access denied for user 'bob'@'192.0.2.7' (using password: YES)"#,
      ["thread": "8", "user": "bob", "client": "192.0.2.7"]),
    Case(
      #"2026-01-02T03:04:05.678901Z 10 [ERROR] [MY-010055] [Server] Unknown database 'shop'"#,
      ["thread": "10", "error_code": "MY-010055", "subsystem": "Server"]),
    Case(
      #"2026-01-02 03:04:05.17 Logon       Login failed for user 'SA'. Reason: Password did not match. [CLIENT: 192.0.2.7]"#,
      ["client": "192.0.2.7", "user": "SA", "process_info": "Logon"]),
    Case(
      #"2026/01/02 03:04:05 kid1| Accepting HTTP Socket connections at conn3 local=[::]:3128 remote=[::] FD 12 flags=9"#,
      ["local": "[::]:3128", "remote": "[::]", "flags": "9"]),
    Case(
      #"[02-Jan-2026 03:04:05] NOTICE: [pool www] child 4711 serves http://127.0.0.1/, ready"#,
      ["url": "http://127.0.0.1/", "pool": "www", "pid": "4711"]),
    Case(
      #"2026-01-02 03:04:05.678901 I | etcdserver: published {Name:n1 ClientURLs:[http://192.0.2.5:2379]} to cluster 4f9d1"#,
      ["url": "http://192.0.2.5:2379", "package": "etcdserver"]),
    Case(
      #"2026-01-02T03:04:05.678Z [INFO]  agent.server.raft: election won: term=2 tally=1"#,
      ["logger": "agent.server.raft", "term": "2", "tally": "1"]),
    Case(
      #"2026-01-02 03:04:05.678901 [NOTICE] switch_core.c:1234 Channel created"#,
      ["code.file": "switch_core.c", "code.line": "1234"]),
    Case(
      #"[Jan  2 03:04:05] NOTICE[4711] chan_sip.c: Registration from 'sip:bob' failed for '192.0.2.7:5060' - Wrong password"#,
      ["address": "192.0.2.7", "code.file": "chan_sip.c", "tid": "4711"]),
    Case(
      #"2026-01-02 03:04:05.678 WARNING (MainThread) [homeassistant.components.http.ban] Login attempt with invalid authentication from 192.0.2.7"#,
      ["thread": "MainThread", "logger": "homeassistant.components.http.ban", "client": "192.0.2.7"]),
    Case(
      #"[2026-01-02 03:04:05,678] [INFO] [paperless.auth] Login failed for user `bob` from private IP `2001:db8::7`."#,
      ["logger": "paperless.auth", "user": "bob", "client": "2001:db8::7"]),
    Case(
      #"2026-01-02 03:04:05 192.0.2.7:52234 TLS Error: tls-crypt unwrapping failed from [AF_INET]192.0.2.7:52234"#,
      ["client": "192.0.2.7", "client_port": "52234"]),
    Case(
      #"2026/01/02 03:04:05 /api/login: 403 192.0.2.7 <nil>"#,
      ["path": "/api/login", "status": "403", "client": "192.0.2.7"]),
    Case(
      #"2026/01/02 03:04:05 [router:host-http] [origin:shop] [client: 192.0.2.7] [useragent: Mozilla/5.0 (X11; Linux)] POST /xmlrpc.php 404"#,
      [
        "router": "host-http", "origin": "shop", "client": "192.0.2.7", "useragent": "Mozilla/5.0 (X11; Linux)",
        "method": "POST", "path": "/xmlrpc.php", "status": "404",
      ]),
    Case(
      #"2026-01-02 03:04:05: New connection from 192.0.2.7:50284 on port 1883."#,
      ["client": "192.0.2.7", "client_port": "50284"]),
    Case(
      #"web-1.example.org 2026-01-02T03:04:05Z ERROR upstream http://192.0.2.5:9000/api timed out"#,
      ["host": "web-1.example.org", "url": "http://192.0.2.5:9000/api"]),
    Case(
      #"2026-01-02 03:04:05 INFO 192.0.2.7 "GET /login HTTP/1.1" 200 512 "https://example.org/" "curl/8.5.0""#,
      [
        "client": "192.0.2.7", "method": "GET", "path": "/login", "protocol": "HTTP/1.1", "status": "200",
        "bytes": "512",
        "referer": "https://example.org/", "agent": "curl/8.5.0",
      ]),
  ]

  /// What looks like a field and is none.
  static let proseCases = [
    "Note: this is only a test", "Warning: foo, bar and baz", "done: 3 files copied in total", "at 12:30: restarted",
    "std::vector out of range", "a::b is no address, ADC::DAC neither", "version 1.2.3.4 installed",
    "upgraded libfoo-1.2.3.4 to 1.2.3.5-2", "interface 00:1a:2b:3c:4d:5e is up", "user not found",
    "user agent is empty",
    "no such user", "the user was deleted", "user data loaded, user input ignored", "for user accounts in total",
    "waiting for response from the server", "C:\\Windows\\System32\\drivers\\etc\\hosts is missing",
    "SELECT name FROM users WHERE id IN (1, 2)", "in 3 of 4 cases", "in 5 minutes or so it will run", "GET is a method",
    "the POST office is closed", "{\"a\": 1, \"b\": \"c\"", "10:15:30 was the time", "2026-01-01 was the day",
    "at com.example.Foo.bar(Foo.java:12)", "java.lang.IllegalStateException: null", "ratio 4:3, scale 1:100",
    "it's user's turn", "connecting to the database", "see section 1.2.3 and 4.5.6.7.8", "took a while",
    "status unknown",
    "key = value", "a == b", "[not a field] [neither: ", "email sent, email received", "from here to there",
    "192.168.1 is a net",
    "<html><body>", "50% of 12 MB used", "x -> y -> z", "(see above)", "failed to open file: permission denied",
    "host unreachable", "port closed", "\"quoted text: with colon\" and more", "pool main: waiting",
  ]
}
