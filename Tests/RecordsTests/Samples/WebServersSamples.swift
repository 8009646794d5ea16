import Testing

@testable import Records

/// What the samples say, record by record.
extension SampleRecordTests {
  @Test(
    "Apache, nginx, HAProxy and uWSGI",
    arguments: [
      Sample(
        "apache2/access_combined.log", "access", records: 4,
        [
          .init(
            1, 1, "2026-11-22T12:54:25Z", .warn, "GET / HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/", "protocol": "HTTP/1.1", "status": "404",
              "bytes": "236", "agent": "A \"q\" é",
            ]),
          .init(
            2, 2, "2026-11-22T12:54:25Z", .warn, "GET /nope HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/nope", "protocol": "HTTP/1.1", "status": "404",
              "bytes": "236", "agent": "A \"q\" é",
            ]),
          .init(
            3, 3, "2026-11-22T12:54:25Z", .warn, "GET /q?x=\" HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/q?x=\"", "protocol": "HTTP/1.1", "status": "404",
              "bytes": "236", "agent": "A \"q\" é",
            ]),
          .init(
            4, 4, "2026-11-22T12:54:25Z", .info, "GET /status?auto HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/status?auto", "protocol": "HTTP/1.1", "status": "200",
              "bytes": "1120", "agent": "curl/7.88.1",
            ]),
        ]),
      Sample(
        "apache2/access_common.log", "access", records: 4,
        [
          .init(
            1, 1, "2026-11-22T12:54:25Z", .warn, "GET / HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/", "protocol": "HTTP/1.1", "status": "404",
              "bytes": "236",
            ]),
          .init(
            2, 2, "2026-11-22T12:54:25Z", .warn, "GET /nope HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/nope", "protocol": "HTTP/1.1", "status": "404",
              "bytes": "236",
            ]),
          .init(
            3, 3, "2026-11-22T12:54:25Z", .warn, "GET /q?x=\" HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/q?x=\"", "protocol": "HTTP/1.1", "status": "404",
              "bytes": "236",
            ]),
          .init(
            4, 4, "2026-11-22T12:54:25Z", .info, "GET /status?auto HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/status?auto", "protocol": "HTTP/1.1", "status": "200",
              "bytes": "1120",
            ]),
        ]),
      Sample(
        "apache2/access_vhost_combined_D.log", "access", records: 4,
        [
          .init(
            1, 1, "2026-11-22T12:54:25Z", .warn, "GET / HTTP/1.1",
            [
              "vhost": "x:80", "client": "127.0.0.1", "method": "GET", "path": "/", "protocol": "HTTP/1.1",
              "status": "404", "bytes": "397", "agent": "A \"q\" é",
            ]),
          .init(
            2, 2, "2026-11-22T12:54:25Z", .warn, "GET /nope HTTP/1.1",
            [
              "vhost": "x:80", "client": "127.0.0.1", "method": "GET", "path": "/nope", "protocol": "HTTP/1.1",
              "status": "404", "bytes": "397", "agent": "A \"q\" é",
            ]),
          .init(
            3, 3, "2026-11-22T12:54:25Z", .warn, "GET /q?x=\" HTTP/1.1",
            [
              "vhost": "x:80", "client": "127.0.0.1", "method": "GET", "path": "/q?x=\"", "protocol": "HTTP/1.1",
              "status": "404", "bytes": "397", "agent": "A \"q\" é",
            ]),
          .init(
            4, 4, "2026-11-22T12:54:25Z", .info, "GET /status?auto HTTP/1.1",
            [
              "vhost": "x:80", "client": "127.0.0.1", "method": "GET", "path": "/status?auto", "protocol": "HTTP/1.1",
              "status": "200", "bytes": "1276", "agent": "curl/7.88.1",
            ]),
        ]),
      Sample(
        "apache2/error.log", "apache-error", records: 8,
        [
          .init(
            1, 1, "2026-11-22T12:54:23.648323Z", .notice,
            "Apache/2.4.71 (Debian) configured -- resuming normal operations",
            ["logger": "mpm_event", "pid": "18262", "tid": "18262", "error_code": "AH00489"]),
          .init(
            2, 2, "2026-11-22T12:54:23.648483Z", .info, "Server built: 2026-11-12T08:58:41",
            ["logger": "mpm_event", "pid": "18262", "tid": "18262", "error_code": "AH00490"]),
          .init(
            3, 3, "2026-11-22T12:54:23.648502Z", .notice,
            "Command line: '/usr/sbin/apache2 -d /srv/demo/apps/run/apache -f /srv/…",
            ["logger": "core", "pid": "18262", "tid": "18262", "error_code": "AH00094"]),
          .init(
            4, 4, "2026-11-22T12:54:25.176406Z", .info, "Attempt to serve directory: /usr/share/doc/",
            [
              "logger": "core", "pid": "18267", "tid": "18303", "client": "127.0.0.1", "client_port": "33396",
              "error_code": "AH00129",
            ]),
          .init(
            5, 5, "2026-11-22T12:54:25.207963Z", .info, "File does not exist: /usr/share/doc/nope",
            [
              "logger": "core", "pid": "18269", "tid": "18271", "client": "127.0.0.1", "client_port": "33400",
              "error_code": "AH00128",
            ]),
          .init(
            6, 6, "2026-11-22T12:54:25.254054Z", .info, "File does not exist: /usr/share/doc/q",
            [
              "logger": "core", "pid": "18269", "tid": "18273", "client": "127.0.0.1", "client_port": "33410",
              "error_code": "AH00128",
            ]),
          .init(
            7, 7, "2026-11-22T12:54:25.290254Z", .info, "removed PID file /srv/demo/apps/run/apache/pid (pid=18262)",
            ["logger": "core", "pid": "18262", "tid": "18262", "error_code": "AH00096"]),
          .init(
            8, 8, "2026-11-22T12:54:25.290279Z", .notice, "caught SIGTERM, shutting down",
            ["logger": "mpm_event", "pid": "18262", "tid": "18262", "error_code": "AH00491"]),
        ]),
      Sample(
        "nginx/access_combined.log", "access", records: 8,
        [
          .init(
            1, 1, "2026-11-22T12:54:13Z", .info, "GET / HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/", "protocol": "HTTP/1.1", "status": "200",
              "bytes": "4401", "agent": "Mozilla \"x\" é",
            ]),
          .init(
            2, 2, "2026-11-22T12:54:13Z", .warn, "GET /nope HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/nope", "protocol": "HTTP/1.1", "status": "404",
              "bytes": "153", "agent": "Mozilla \"x\" é",
            ]),
          .init(
            3, 3, "2026-11-22T12:54:13Z", .warn, "GET /q?x=%22y%22&z=é HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/q?x=%22y%22&z=é", "protocol": "HTTP/1.1",
              "status": "404", "bytes": "153", "agent": "Mozilla \"x\" é",
            ]),
          .init(
            4, 4, "2026-11-22T12:54:13Z", .error, "GET /up HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/up", "protocol": "HTTP/1.1", "status": "502",
              "bytes": "157", "agent": "Mozilla \"x\" é",
            ]),
          .init(
            5, 5, "2026-11-22T12:54:13Z", .info, "GET /nginx/ HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/nginx/", "protocol": "HTTP/1.1", "status": "200",
              "bytes": "638", "agent": "Mozilla \"x\" é",
            ]),
          .init(
            6, 6, "2026-11-22T12:54:13Z", .info, "GET /stub HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/stub", "protocol": "HTTP/1.1", "status": "200",
              "bytes": "97", "agent": "curl/7.88.1",
            ]),
          .init(
            7, 7, "2026-11-22T12:54:13Z", .info, "GET /stub HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/stub", "protocol": "HTTP/1.1", "status": "200",
              "bytes": "97", "agent": "NGINX-Prometheus-Exporter/v0.11.0-1+b4",
            ]),
          .init(
            8, 8, "2026-11-22T12:54:15Z", .info, "GET /stub HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/stub", "protocol": "HTTP/1.1", "status": "200",
              "bytes": "97", "agent": "NGINX-Prometheus-Exporter/v0.11.0-1+b4",
            ]),
        ]),
      Sample(
        "nginx/access_timed.log", "access", records: 8,
        [
          .init(
            1, 1, "2026-11-22T12:54:13Z", .info, "GET / HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/", "protocol": "HTTP/1.1", "status": "200",
              "bytes": "4401", "agent": "Mozilla \"x\" é", "rt": "0.000", "uct": "-",
            ]),
          .init(
            2, 2, "2026-11-22T12:54:13Z", .warn, "GET /nope HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/nope", "protocol": "HTTP/1.1", "status": "404",
              "bytes": "153", "agent": "Mozilla \"x\" é", "rt": "0.000", "uct": "-",
            ]),
          .init(
            3, 3, "2026-11-22T12:54:13Z", .warn, "GET /q?x=%22y%22&z=é HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/q?x=%22y%22&z=é", "protocol": "HTTP/1.1",
              "status": "404", "bytes": "153", "agent": "Mozilla \"x\" é", "rt": "0.000", "uct": "-",
            ]),
          .init(
            4, 4, "2026-11-22T12:54:13Z", .error, "GET /up HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/up", "protocol": "HTTP/1.1", "status": "502",
              "bytes": "157", "agent": "Mozilla \"x\" é", "rt": "0.000", "uct": "-",
            ]),
          .init(
            5, 5, "2026-11-22T12:54:13Z", .info, "GET /nginx/ HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/nginx/", "protocol": "HTTP/1.1", "status": "200",
              "bytes": "638", "agent": "Mozilla \"x\" é", "rt": "0.000", "uct": "-",
            ]),
          .init(
            6, 6, "2026-11-22T12:54:13Z", .info, "GET /stub HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/stub", "protocol": "HTTP/1.1", "status": "200",
              "bytes": "97", "agent": "curl/7.88.1", "rt": "0.000", "uct": "-",
            ]),
          .init(
            7, 7, "2026-11-22T12:54:13Z", .info, "GET /stub HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/stub", "protocol": "HTTP/1.1", "status": "200",
              "bytes": "97", "agent": "NGINX-Prometheus-Exporter/v0.11.0-1+b4", "rt": "0.000", "uct": "-",
            ]),
          .init(
            8, 8, "2026-11-22T12:54:15Z", .info, "GET /stub HTTP/1.1",
            [
              "client": "127.0.0.1", "method": "GET", "path": "/stub", "protocol": "HTTP/1.1", "status": "200",
              "bytes": "97", "agent": "NGINX-Prometheus-Exporter/v0.11.0-1+b4", "rt": "0.000", "uct": "-",
            ]),
        ]),
      Sample(
        "nginx/access_json.log", "json", records: 8,
        [
          .init(
            1, 1, "2026-11-22T12:54:13Z", .info, "GET / HTTP/1.1",
            [
              "remote_addr": "127.0.0.1", "request": "GET / HTTP/1.1", "status": "200", "bytes": "4401",
              "ua": "Mozilla \"x\" é",
            ]),
          .init(
            2, 2, "2026-11-22T12:54:13Z", .warn, "GET /nope HTTP/1.1",
            [
              "remote_addr": "127.0.0.1", "request": "GET /nope HTTP/1.1", "status": "404", "bytes": "153",
              "ua": "Mozilla \"x\" é",
            ]),
          .init(
            3, 3, "2026-11-22T12:54:13Z", .warn, "GET /q?x=%22y%22&z=é HTTP/1.1",
            [
              "remote_addr": "127.0.0.1", "request": "GET /q?x=%22y%22&z=é HTTP/1.1", "status": "404", "bytes": "153",
              "ua": "Mozilla \"x\" é",
            ]),
          .init(
            4, 4, "2026-11-22T12:54:13Z", .error, "GET /up HTTP/1.1",
            [
              "remote_addr": "127.0.0.1", "request": "GET /up HTTP/1.1", "status": "502", "bytes": "157",
              "ua": "Mozilla \"x\" é",
            ]),
          .init(
            5, 5, "2026-11-22T12:54:13Z", .info, "GET /nginx/ HTTP/1.1",
            [
              "remote_addr": "127.0.0.1", "request": "GET /nginx/ HTTP/1.1", "status": "200", "bytes": "638",
              "ua": "Mozilla \"x\" é",
            ]),
          .init(
            6, 6, "2026-11-22T12:54:13Z", .info, "GET /stub HTTP/1.1",
            [
              "remote_addr": "127.0.0.1", "request": "GET /stub HTTP/1.1", "status": "200", "bytes": "97",
              "ua": "curl/7.88.1",
            ]),
          .init(
            7, 7, "2026-11-22T12:54:13Z", .info, "GET /stub HTTP/1.1",
            [
              "remote_addr": "127.0.0.1", "request": "GET /stub HTTP/1.1", "status": "200", "bytes": "97",
              "ua": "NGINX-Prometheus-Exporter/v0.11.0-1+b4",
            ]),
          .init(
            8, 8, "2026-11-22T12:54:15Z", .info, "GET /stub HTTP/1.1",
            [
              "remote_addr": "127.0.0.1", "request": "GET /stub HTTP/1.1", "status": "200", "bytes": "97",
              "ua": "NGINX-Prometheus-Exporter/v0.11.0-1+b4",
            ]),
        ]),
      Sample(
        "nginx/error.log", "nginx-error", records: 21,
        [
          .init(
            1, 1, "2026-11-22T12:54:12Z", .notice, "using the \"epoll\" event method", ["pid": "17048", "tid": "17048"]),
          .init(2, 2, "2026-11-22T12:54:12Z", .notice, "nginx/1.22.1", ["pid": "17048", "tid": "17048"]),
          .init(3, 3, "2026-11-22T12:54:12Z", .notice, "OS: Linux 6.18.44-fc-v595", ["pid": "17048", "tid": "17048"]),
          .init(
            4, 4, "2026-11-22T12:54:12Z", .notice, "getrlimit(RLIMIT_NOFILE): 20000:20000",
            ["pid": "17048", "tid": "17048"]),
          .init(5, 5, "2026-11-22T12:54:12Z", .notice, "start worker processes", ["pid": "17048", "tid": "17048"]),
          .init(6, 6, "2026-11-22T12:54:12Z", .notice, "start worker process 17053", ["pid": "17048", "tid": "17048"]),
          .init(
            7, 7, "2026-11-22T12:54:13Z", .info, "client 127.0.0.1 closed keepalive connection",
            ["pid": "17053", "tid": "17053", "connection": "1", "client": "127.0.0.1"]),
          .init(
            8, 8, "2026-11-22T12:54:13Z", .error,
            "open() \"/srv/demo/apps/samples/nope\" failed (2: No such file or direct…",
            [
              "pid": "17053", "tid": "17053", "connection": "2", "client": "127.0.0.1", "request": "GET /nope HTTP/1.1",
              "method": "GET", "path": "/nope", "protocol": "HTTP/1.1", "host": "127.0.0.1:18200",
            ]),
          .init(
            9, 9, "2026-11-22T12:54:13Z", .info, "client 127.0.0.1 closed keepalive connection",
            ["pid": "17053", "tid": "17053", "connection": "2", "client": "127.0.0.1"]),
          .init(
            10, 10, "2026-11-22T12:54:13Z", .error,
            "open() \"/srv/demo/apps/samples/q\" failed (2: No such file or directory…",
            [
              "pid": "17053", "tid": "17053", "connection": "3", "client": "127.0.0.1",
              "request": "GET /q?x=%22y%22&z=é HTTP/1.1", "method": "GET", "path": "/q?x=%22y%22&z=é",
              "protocol": "HTTP/1.1", "host": "127.0.0.1:18200",
            ]),
          .init(
            11, 11, "2026-11-22T12:54:13Z", .info, "client 127.0.0.1 closed keepalive connection",
            ["pid": "17053", "tid": "17053", "connection": "3", "client": "127.0.0.1"]),
          .init(
            12, 12, "2026-11-22T12:54:13Z", .error,
            "connect() failed (111: Connection refused) while connecting to upstrea…",
            [
              "pid": "17053", "tid": "17053", "connection": "4", "client": "127.0.0.1", "request": "GET /up HTTP/1.1",
              "method": "GET", "path": "/up", "protocol": "HTTP/1.1", "upstream": "http://127.0.0.1:1/up",
              "host": "127.0.0.1:18200",
            ]),
          .init(
            13, 13, "2026-11-22T12:54:13Z", .info, "client 127.0.0.1 closed keepalive connection",
            ["pid": "17053", "tid": "17053", "connection": "4", "client": "127.0.0.1"]),
          .init(
            14, 14, "2026-11-22T12:54:13Z", .info, "client 127.0.0.1 closed keepalive connection",
            ["pid": "17053", "tid": "17053", "connection": "6", "client": "127.0.0.1"]),
          .init(
            15, 15, "2026-11-22T12:54:13Z", .info, "client 127.0.0.1 closed keepalive connection",
            ["pid": "17053", "tid": "17053", "connection": "7", "client": "127.0.0.1"]),
          .init(
            16, 16, "2026-11-22T12:54:23Z", .notice, "signal 15 (SIGTERM) received from 17040, exiting",
            ["pid": "17048", "tid": "17048"]),
          .init(17, 17, "2026-11-22T12:54:23Z", .notice, "exiting", ["pid": "17053", "tid": "17053"]),
          .init(18, 18, "2026-11-22T12:54:23Z", .notice, "exit", ["pid": "17053", "tid": "17053"]),
          .init(
            19, 19, "2026-11-22T12:54:23Z", .notice, "signal 17 (SIGCHLD) received from 17053",
            ["pid": "17048", "tid": "17048"]),
          .init(
            20, 20, "2026-11-22T12:54:23Z", .notice, "worker process 17053 exited with code 0",
            ["pid": "17048", "tid": "17048"]),
          .init(21, 21, "2026-11-22T12:54:23Z", .notice, "exit", ["pid": "17048", "tid": "17048"]),
        ]),
      Sample(
        "nginx/syslog_udp.txt", "syslog", records: 8,
        [
          .init(
            1, 1, "2026-11-22T12:54:13Z", .info,
            "127.0.0.1 - - [22/Nov/2026:12:54:13 +0000] \"GET / HTTP/1.1\" 200 4401 \"…",
            [
              "priority": "190", "host": "vm", "program": "nginx", "client": "127.0.0.1", "method": "GET", "path": "/",
              "protocol": "HTTP/1.1", "status": "200", "bytes": "4401",
            ]),
          .init(
            2, 2, "2026-11-22T12:54:13Z", .info,
            "127.0.0.1 - - [22/Nov/2026:12:54:13 +0000] \"GET /nope HTTP/1.1\" 404 15…",
            [
              "priority": "190", "host": "vm", "program": "nginx", "client": "127.0.0.1", "method": "GET",
              "path": "/nope", "protocol": "HTTP/1.1", "status": "404", "bytes": "153",
            ]),
          .init(
            3, 3, "2026-11-22T12:54:13Z", .info,
            "127.0.0.1 - - [22/Nov/2026:12:54:13 +0000] \"GET /q?x=%22y%22&z=\\xC3\\xA…",
            [
              "priority": "190", "host": "vm", "program": "nginx", "client": "127.0.0.1", "method": "GET",
              "path": "/q?x=%22y%22&z=é", "protocol": "HTTP/1.1", "status": "404", "bytes": "153",
            ]),
          .init(
            4, 4, "2026-11-22T12:54:13Z", .info,
            "127.0.0.1 - - [22/Nov/2026:12:54:13 +0000] \"GET /up HTTP/1.1\" 502 157 …",
            [
              "priority": "190", "host": "vm", "program": "nginx", "client": "127.0.0.1", "method": "GET",
              "path": "/up", "protocol": "HTTP/1.1", "status": "502", "bytes": "157",
            ]),
          .init(
            5, 5, "2026-11-22T12:54:13Z", .info,
            "127.0.0.1 - - [22/Nov/2026:12:54:13 +0000] \"GET /nginx/ HTTP/1.1\" 200 …",
            [
              "priority": "190", "host": "vm", "program": "nginx", "client": "127.0.0.1", "method": "GET",
              "path": "/nginx/", "protocol": "HTTP/1.1", "status": "200", "bytes": "638",
            ]),
          .init(
            6, 6, "2026-11-22T12:54:13Z", .info,
            "127.0.0.1 - - [22/Nov/2026:12:54:13 +0000] \"GET /stub HTTP/1.1\" 200 97…",
            [
              "priority": "190", "host": "vm", "program": "nginx", "client": "127.0.0.1", "method": "GET",
              "path": "/stub", "protocol": "HTTP/1.1", "status": "200", "bytes": "97", "agent": "curl/7.88.1",
            ]),
          .init(
            7, 7, "2026-11-22T12:54:13Z", .info,
            "127.0.0.1 - - [22/Nov/2026:12:54:13 +0000] \"GET /stub HTTP/1.1\" 200 97…",
            [
              "priority": "190", "host": "vm", "program": "nginx", "client": "127.0.0.1", "method": "GET",
              "path": "/stub", "protocol": "HTTP/1.1", "status": "200", "bytes": "97",
              "agent": "NGINX-Prometheus-Exporter/v0.11.0-1+b4",
            ]),
          .init(
            8, 8, "2026-11-22T12:54:15Z", .info,
            "127.0.0.1 - - [22/Nov/2026:12:54:15 +0000] \"GET /stub HTTP/1.1\" 200 97…",
            [
              "priority": "190", "host": "vm", "program": "nginx", "client": "127.0.0.1", "method": "GET",
              "path": "/stub", "protocol": "HTTP/1.1", "status": "200", "bytes": "97",
              "agent": "NGINX-Prometheus-Exporter/v0.11.0-1+b4",
            ]),
        ]),
      Sample(
        "haproxy/udp_rfc3164_httplog.txt", "syslog", records: 7,
        [
          .init(
            1, 1, "2026-11-22T12:54:26Z", .critical,
            "Server b/s2 is DOWN, reason: Layer4 connection problem, info: \"Connect…",
            [
              "priority": "129", "program": "haproxy", "pid": "18405", "backend": "b", "server": "s2",
              "duration": "0ms",
            ]),
          .init(
            2, 2, "2026-11-22T12:54:29Z", .info,
            "127.0.0.1:46658 [22/Nov/2026:12:54:29.504] f b/s1 0/0/0/2/2 200 3656 -…",
            [
              "priority": "134", "program": "haproxy", "pid": "18405", "client": "127.0.0.1", "client_port": "46658",
              "frontend": "f", "backend": "b", "server": "s1", "tq": "0", "tw": "0", "tc": "0", "tr": "2",
              "duration": "2", "status": "200", "bytes": "3656", "termination_state": "----", "actconn": "1",
              "feconn": "1", "beconn": "0", "srvconn": "0", "retries": "0", "srv_queue": "0", "backend_queue": "0",
              "req_headers": "curl/7.88.1", "method": "GET", "path": "/", "protocol": "HTTP/1.1",
            ]),
          .init(
            3, 3, "2026-11-22T12:54:29Z", .info,
            "127.0.0.1:46666 [22/Nov/2026:12:54:29.523] f b/s1 0/0/0/7/7 200 3656 -…",
            [
              "priority": "134", "program": "haproxy", "pid": "18405", "client": "127.0.0.1", "client_port": "46666",
              "frontend": "f", "backend": "b", "server": "s1", "tq": "0", "tw": "0", "tc": "0", "tr": "7",
              "duration": "7", "status": "200", "bytes": "3656", "termination_state": "----", "actconn": "1",
              "feconn": "1", "beconn": "0", "srvconn": "0", "retries": "0", "srv_queue": "0", "backend_queue": "0",
              "req_headers": "curl/7.88.1", "method": "GET", "path": "/", "protocol": "HTTP/1.1",
            ]),
          .init(
            4, 4, "2026-11-22T12:54:29Z", .info,
            "127.0.0.1:46668 [22/Nov/2026:12:54:29.548] f b/s1 0/0/0/6/6 200 3656 -…",
            [
              "priority": "134", "program": "haproxy", "pid": "18405", "client": "127.0.0.1", "client_port": "46668",
              "frontend": "f", "backend": "b", "server": "s1", "tq": "0", "tw": "0", "tc": "0", "tr": "6",
              "duration": "6", "status": "200", "bytes": "3656", "termination_state": "----", "actconn": "1",
              "feconn": "1", "beconn": "0", "srvconn": "0", "retries": "0", "srv_queue": "0", "backend_queue": "0",
              "req_headers": "curl/7.88.1", "method": "GET", "path": "/", "protocol": "HTTP/1.1",
            ]),
          .init(
            5, 5, "2026-11-22T12:54:29Z", .info,
            "127.0.0.1:46676 [22/Nov/2026:12:54:29.570] f b/s1 0/0/0/4/4 200 3656 -…",
            [
              "priority": "134", "program": "haproxy", "pid": "18405", "client": "127.0.0.1", "client_port": "46676",
              "frontend": "f", "backend": "b", "server": "s1", "tq": "0", "tw": "0", "tc": "0", "tr": "4",
              "duration": "4", "status": "200", "bytes": "3656", "termination_state": "----", "actconn": "1",
              "feconn": "1", "beconn": "0", "srvconn": "0", "retries": "0", "srv_queue": "0", "backend_queue": "0",
              "req_headers": "curl/7.88.1", "method": "GET", "path": "/", "protocol": "HTTP/1.1",
            ]),
          .init(
            6, 6, "2026-11-22T12:54:29Z", .info,
            "127.0.0.1:46692 [22/Nov/2026:12:54:29.589] f f/<STATS> 0/0/0/0/0 200 2…",
            [
              "priority": "134", "program": "haproxy", "pid": "18405", "client": "127.0.0.1", "client_port": "46692",
              "frontend": "f", "backend": "f", "server": "<STATS>", "tq": "0", "tw": "0", "tc": "0", "tr": "0",
              "duration": "0", "status": "200", "bytes": "2378", "termination_state": "LR--", "actconn": "1",
              "feconn": "1", "beconn": "0", "srvconn": "0", "retries": "0", "srv_queue": "0", "backend_queue": "0",
              "req_headers": "curl/7.88.1", "method": "GET", "path": "/hs;csv", "protocol": "HTTP/1.1",
            ]),
          .init(
            7, 7, "2026-11-22T12:54:29Z", .info,
            "127.0.0.1:46704 [22/Nov/2026:12:54:29.605] f f/<PROMEX> 0/0/0/0/0 200 …",
            [
              "priority": "134", "program": "haproxy", "pid": "18405", "client": "127.0.0.1", "client_port": "46704",
              "frontend": "f", "backend": "f", "server": "<PROMEX>", "tq": "0", "tw": "0", "tc": "0", "tr": "0",
              "duration": "0", "status": "200", "bytes": "47849", "termination_state": "LR--", "actconn": "1",
              "feconn": "1", "beconn": "0", "srvconn": "0", "retries": "0", "srv_queue": "0", "backend_queue": "0",
              "req_headers": "curl/7.88.1", "method": "GET", "path": "/metrics", "protocol": "HTTP/1.1",
            ]),
        ]),
      Sample(
        "haproxy/udp_rfc5424.txt", "syslog", records: 7,
        [
          .init(
            1, 1, "2026-11-22T12:54:26.842084Z", .critical,
            "Server b/s2 is DOWN, reason: Layer4 connection problem, info: \"Connect…",
            [
              "priority": "129", "program": "haproxy", "pid": "18405", "backend": "b", "server": "s2",
              "duration": "0ms",
            ]),
          .init(
            2, 2, "2026-11-22T12:54:29.507939Z", .info,
            "127.0.0.1:46658 [22/Nov/2026:12:54:29.504] f b/s1 0/0/0/2/2 200 3656 -…",
            [
              "priority": "134", "program": "haproxy", "pid": "18405", "client": "127.0.0.1", "client_port": "46658",
              "frontend": "f", "backend": "b", "server": "s1", "tq": "0", "tw": "0", "tc": "0", "tr": "2",
              "duration": "2", "status": "200", "bytes": "3656", "termination_state": "----", "actconn": "1",
              "feconn": "1", "beconn": "0", "srvconn": "0", "retries": "0", "srv_queue": "0", "backend_queue": "0",
              "req_headers": "curl/7.88.1", "method": "GET", "path": "/", "protocol": "HTTP/1.1",
            ]),
          .init(
            3, 3, "2026-11-22T12:54:29.531404Z", .info,
            "127.0.0.1:46666 [22/Nov/2026:12:54:29.523] f b/s1 0/0/0/7/7 200 3656 -…",
            [
              "priority": "134", "program": "haproxy", "pid": "18405", "client": "127.0.0.1", "client_port": "46666",
              "frontend": "f", "backend": "b", "server": "s1", "tq": "0", "tw": "0", "tc": "0", "tr": "7",
              "duration": "7", "status": "200", "bytes": "3656", "termination_state": "----", "actconn": "1",
              "feconn": "1", "beconn": "0", "srvconn": "0", "retries": "0", "srv_queue": "0", "backend_queue": "0",
              "req_headers": "curl/7.88.1", "method": "GET", "path": "/", "protocol": "HTTP/1.1",
            ]),
          .init(
            4, 4, "2026-11-22T12:54:29.556615Z", .info,
            "127.0.0.1:46668 [22/Nov/2026:12:54:29.548] f b/s1 0/0/0/6/6 200 3656 -…",
            [
              "priority": "134", "program": "haproxy", "pid": "18405", "client": "127.0.0.1", "client_port": "46668",
              "frontend": "f", "backend": "b", "server": "s1", "tq": "0", "tw": "0", "tc": "0", "tr": "6",
              "duration": "6", "status": "200", "bytes": "3656", "termination_state": "----", "actconn": "1",
              "feconn": "1", "beconn": "0", "srvconn": "0", "retries": "0", "srv_queue": "0", "backend_queue": "0",
              "req_headers": "curl/7.88.1", "method": "GET", "path": "/", "protocol": "HTTP/1.1",
            ]),
          .init(
            5, 5, "2026-11-22T12:54:29.574976Z", .info,
            "127.0.0.1:46676 [22/Nov/2026:12:54:29.570] f b/s1 0/0/0/4/4 200 3656 -…",
            [
              "priority": "134", "program": "haproxy", "pid": "18405", "client": "127.0.0.1", "client_port": "46676",
              "frontend": "f", "backend": "b", "server": "s1", "tq": "0", "tw": "0", "tc": "0", "tr": "4",
              "duration": "4", "status": "200", "bytes": "3656", "termination_state": "----", "actconn": "1",
              "feconn": "1", "beconn": "0", "srvconn": "0", "retries": "0", "srv_queue": "0", "backend_queue": "0",
              "req_headers": "curl/7.88.1", "method": "GET", "path": "/", "protocol": "HTTP/1.1",
            ]),
          .init(
            6, 6, "2026-11-22T12:54:29.591464Z", .info,
            "127.0.0.1:46692 [22/Nov/2026:12:54:29.589] f f/<STATS> 0/0/0/0/0 200 2…",
            [
              "priority": "134", "program": "haproxy", "pid": "18405", "client": "127.0.0.1", "client_port": "46692",
              "frontend": "f", "backend": "f", "server": "<STATS>", "tq": "0", "tw": "0", "tc": "0", "tr": "0",
              "duration": "0", "status": "200", "bytes": "2378", "termination_state": "LR--", "actconn": "1",
              "feconn": "1", "beconn": "0", "srvconn": "0", "retries": "0", "srv_queue": "0", "backend_queue": "0",
              "req_headers": "curl/7.88.1", "method": "GET", "path": "/hs;csv", "protocol": "HTTP/1.1",
            ]),
          .init(
            7, 7, "2026-11-22T12:54:29.60599Z", .info,
            "127.0.0.1:46704 [22/Nov/2026:12:54:29.605] f f/<PROMEX> 0/0/0/0/0 200 …",
            [
              "priority": "134", "program": "haproxy", "pid": "18405", "client": "127.0.0.1", "client_port": "46704",
              "frontend": "f", "backend": "f", "server": "<PROMEX>", "tq": "0", "tw": "0", "tc": "0", "tr": "0",
              "duration": "0", "status": "200", "bytes": "47849", "termination_state": "LR--", "actconn": "1",
              "feconn": "1", "beconn": "0", "srvconn": "0", "retries": "0", "srv_queue": "0", "backend_queue": "0",
              "req_headers": "curl/7.88.1", "method": "GET", "path": "/metrics", "protocol": "HTTP/1.1",
            ]),
        ]),
      Sample(
        "uwsgi/request_log_default.log", "uwsgi", records: 31,
        [
          .init(
            1, 41, "2026-11-22T12:51:33Z", nil, "*** Starting uWSGI 2.0.31 (64bit) on [Sun Nov 22 12:51:33 2026] ***…",
            [:]),
          .init(42, 42, nil, .info, "handling /", ["logger": "root"]),
          .init(
            43, 43, "2026-11-22T12:51:35Z", .info,
            "GET / => generated 2 bytes in 18 msecs (HTTP/1.1 200) 1 headers in 45 …",
            [
              "pid": "9134", "app_id": "0", "client": "127.0.0.1", "method": "GET", "path": "/", "bytes": "2",
              "duration": "18", "protocol": "HTTP/1.1", "status": "200",
            ]),
          .init(44, 44, nil, .info, "handling /", ["logger": "root"]),
          .init(
            45, 45, "2026-11-22T12:51:35Z", .info,
            "GET / => generated 2 bytes in 6 msecs (HTTP/1.1 200) 1 headers in 45 b…",
            [
              "pid": "9134", "app_id": "0", "client": "127.0.0.1", "method": "GET", "path": "/", "bytes": "2",
              "duration": "6", "protocol": "HTTP/1.1", "status": "200",
            ]),
          .init(46, 46, nil, .info, "handling /", ["logger": "root"]),
          .init(
            47, 47, "2026-11-22T12:51:35Z", .info,
            "GET / => generated 2 bytes in 13 msecs (HTTP/1.1 200) 1 headers in 45 …",
            [
              "pid": "9135", "app_id": "0", "client": "127.0.0.1", "method": "GET", "path": "/", "bytes": "2",
              "duration": "13", "protocol": "HTTP/1.1", "status": "200",
            ]),
          .init(48, 48, nil, .info, "handling /nf", ["logger": "root"]),
          .init(
            49, 49, "2026-11-22T12:51:35Z", .warn,
            "GET /nf => generated 2 bytes in 16 msecs (HTTP/1.1 404) 1 headers in 5…",
            [
              "pid": "9134", "app_id": "0", "client": "127.0.0.1", "method": "GET", "path": "/nf", "bytes": "2",
              "duration": "16", "protocol": "HTTP/1.1", "status": "404",
            ]),
          .init(50, 50, nil, .info, "handling /nf", ["logger": "root"]),
          .init(
            51, 51, "2026-11-22T12:51:35Z", .warn,
            "GET /nf => generated 2 bytes in 7 msecs (HTTP/1.1 404) 1 headers in 52…",
            [
              "pid": "9135", "app_id": "0", "client": "127.0.0.1", "method": "GET", "path": "/nf", "bytes": "2",
              "duration": "7", "protocol": "HTTP/1.1", "status": "404",
            ]),
          .init(52, 52, nil, .info, "handling /nf", ["logger": "root"]),
          .init(
            53, 53, "2026-11-22T12:51:35Z", .warn,
            "GET /nf => generated 2 bytes in 0 msecs (HTTP/1.1 404) 1 headers in 52…",
            [
              "pid": "9135", "app_id": "0", "client": "127.0.0.1", "method": "GET", "path": "/nf", "bytes": "2",
              "duration": "0", "protocol": "HTTP/1.1", "status": "404",
            ]),
          .init(54, 59, nil, .info, "handling /boom…", ["logger": "root"]),
          .init(
            60, 60, "2026-11-22T12:51:35Z", .error,
            "GET /boom => generated 0 bytes in 1 msecs (HTTP/1.1 500) 0 headers in …",
            [
              "pid": "9135", "app_id": "0", "client": "127.0.0.1", "method": "GET", "path": "/boom", "bytes": "0",
              "duration": "1", "protocol": "HTTP/1.1", "status": "500",
            ]),
          .init(61, 66, nil, .info, "handling /boom…", ["logger": "root"]),
          .init(
            67, 67, "2026-11-22T12:51:35Z", .error,
            "GET /boom => generated 0 bytes in 1 msecs (HTTP/1.1 500) 0 headers in …",
            [
              "pid": "9134", "app_id": "0", "client": "127.0.0.1", "method": "GET", "path": "/boom", "bytes": "0",
              "duration": "1", "protocol": "HTTP/1.1", "status": "500",
            ]),
          .init(68, 73, nil, .info, "handling /boom…", ["logger": "root"]),
          .init(
            74, 74, "2026-11-22T12:51:35Z", .error,
            "GET /boom => generated 0 bytes in 0 msecs (HTTP/1.1 500) 0 headers in …",
            [
              "pid": "9135", "app_id": "0", "client": "127.0.0.1", "method": "GET", "path": "/boom", "bytes": "0",
              "duration": "0", "protocol": "HTTP/1.1", "status": "500",
            ]),
          .init(75, 75, nil, .info, "handling /q", ["logger": "root"]),
          .init(
            76, 76, "2026-11-22T12:51:35Z", .info,
            "GET /q?a=b%20c => generated 2 bytes in 6 msecs (HTTP/1.1 200) 1 header…",
            [
              "pid": "9135", "app_id": "0", "client": "127.0.0.1", "method": "GET", "path": "/q?a=b%20c", "bytes": "2",
              "duration": "6", "protocol": "HTTP/1.1", "status": "200",
            ]),
          .init(77, 77, nil, .info, "handling /q", ["logger": "root"]),
          .init(
            78, 78, "2026-11-22T12:51:35Z", .info,
            "GET /q?a=b%20c => generated 2 bytes in 15 msecs (HTTP/1.1 200) 1 heade…",
            [
              "pid": "9135", "app_id": "0", "client": "127.0.0.1", "method": "GET", "path": "/q?a=b%20c", "bytes": "2",
              "duration": "15", "protocol": "HTTP/1.1", "status": "200",
            ]),
          .init(79, 79, nil, .info, "handling /q", ["logger": "root"]),
          .init(
            80, 80, "2026-11-22T12:51:35Z", .info,
            "GET /q?a=b%20c => generated 2 bytes in 5 msecs (HTTP/1.1 200) 1 header…",
            [
              "pid": "9135", "app_id": "0", "client": "127.0.0.1", "method": "GET", "path": "/q?a=b%20c", "bytes": "2",
              "duration": "5", "protocol": "HTTP/1.1", "status": "200",
            ]),
          .init(81, 81, nil, .info, "handling /", ["logger": "root"]),
          .init(
            82, 82, "2026-11-22T12:51:52Z", .info,
            "GET / => generated 2 bytes in 1 msecs (HTTP/1.1 200) 1 headers in 45 b…",
            [
              "pid": "9135", "app_id": "0", "client": "127.0.0.1", "method": "GET", "path": "/", "bytes": "2",
              "duration": "1", "protocol": "HTTP/1.1", "status": "200",
            ]),
          .init(83, 83, nil, .info, "handling /", ["logger": "root"]),
          .init(
            84, 84, "2026-11-22T12:51:52Z", .info,
            "GET / => generated 2 bytes in 8 msecs (HTTP/1.1 200) 1 headers in 45 b…",
            [
              "pid": "9135", "app_id": "0", "client": "127.0.0.1", "method": "GET", "path": "/", "bytes": "2",
              "duration": "8", "protocol": "HTTP/1.1", "status": "200",
            ]),
          .init(85, 85, nil, .info, "handling /", ["logger": "root"]),
          .init(
            86, 91, "2026-11-22T12:51:52Z", .info,
            "GET / => generated 2 bytes in 16 msecs (HTTP/1.1 200) 1 headers in 45 …",
            [
              "pid": "9135", "app_id": "0", "client": "127.0.0.1", "method": "GET", "path": "/", "bytes": "2",
              "duration": "16", "protocol": "HTTP/1.1", "status": "200",
            ]),
        ]),
      Sample(
        "uwsgi/request_log_json.log", "text", records: 63,
        [
          .init(1, 1, nil, nil, "*** Starting uWSGI 2.0.31 (64bit) on [Sun Nov 22 12:51:33 2026] ***", [:]),
          .init(2, 2, nil, nil, "compiled with version: 12.2.0 on 22 November 2026 12:49:39", [:]),
          .init(12, 12, nil, .warn, "*** WARNING: you are running uWSGI as root !!! (use the --uid flag) **…", [:]),
          .init(37, 37, nil, .info, "handling /", ["logger": "root"]),
          .init(
            38, 38, "2026-11-22T12:51:35Z", .info,
            "{\"ts\":1795351895,\"addr\":\"127.0.0.1\",\"method\":\"GET\",\"uri\":\"/\",\"status\":…",
            ["method": "GET", "uri": "/", "status": "200"]),
          .init(
            44, 44, "2026-11-22T12:51:35Z", .warn,
            "{\"ts\":1795351895,\"addr\":\"127.0.0.1\",\"method\":\"GET\",\"uri\":\"/nf\",\"status…",
            ["method": "GET", "uri": "/nf", "status": "404"]),
          .init(49, 54, nil, .info, "handling /boom…", ["logger": "root"]),
          .init(
            55, 55, "2026-11-22T12:51:36Z", .error,
            "{\"ts\":1795351896,\"addr\":\"127.0.0.1\",\"method\":\"GET\",\"uri\":\"/boom\",\"stat…",
            ["method": "GET", "uri": "/boom", "status": "500"]),
          .init(
            62, 62, "2026-11-22T12:51:36Z", .error,
            "{\"ts\":1795351896,\"addr\":\"127.0.0.1\",\"method\":\"GET\",\"uri\":\"/boom\",\"stat…",
            ["method": "GET", "uri": "/boom", "status": "500"]),
          .init(
            75, 75, "2026-11-22T12:51:36Z", .info,
            "{\"ts\":1795351896,\"addr\":\"127.0.0.1\",\"method\":\"GET\",\"uri\":\"/q?a=b%20c\",…",
            ["method": "GET", "uri": "/q?a=b%20c", "status": "200"]),
          .init(76, 76, nil, nil, "SIGINT/SIGTERM received...killing workers...", [:]),
          .init(78, 78, nil, nil, "goodbye to uWSGI.", [:]),
        ]),
      Sample(
        "uwsgi/log_encoder_json.log", "json", records: 50,
        [
          .init(
            5, 5, "2026-11-22T12:52:53Z", nil, "compiled with version: 12.2.0 on 22 November 2026 12:49:39",
            ["unix": "1795351973", "micros": "1795351973323324"]),
          .init(
            13, 13, "2026-11-22T12:52:53Z", nil, "detected binary path: /srv/demo/apps/venv/bin/uwsgi",
            ["unix": "1795351973", "micros": "1795351973323499"]),
          .init(
            39, 39, "2026-11-22T12:52:55Z", nil, "INFO:root:handling /",
            ["unix": "1795351975", "micros": "1795351975273638"]),
          .init(
            40, 40, "2026-11-22T12:52:55Z", nil,
            "[pid: 11756|app: 0|req: 1/1] 127.0.0.1 () {24 vars in 246 bytes} [Sun …",
            ["unix": "1795351975", "micros": "1795351975275246"]),
          .init(
            47, 47, "2026-11-22T12:52:55Z", nil,
            "[pid: 11756|app: 0|req: 2/2] 127.0.0.1 () {24 vars in 254 bytes} [Sun …",
            ["unix": "1795351975", "micros": "1795351975278043"]),
          .init(
            49, 49, "2026-11-22T12:52:56Z", nil, "worker 1 buried after 1 seconds",
            ["unix": "1795351976", "micros": "1795351976780999"]),
        ]),
    ])
  func webServers(_ sample: Sample) throws { try sample.check() }
}
