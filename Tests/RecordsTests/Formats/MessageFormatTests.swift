import Testing

@testable import Records

@Suite struct MessageFormatTests {
  @Test(
    "Logins",
    arguments: [
      MessageLine(
        "sshd", "Accepted publickey for bob from 10.0.0.9 port 5100 ssh2: ED25519 SHA256:abc",
        [
          "result": "Accepted", "auth_method": "publickey", "user": "bob", "client": "10.0.0.9", "client_port": "5100",
          "protocol": "ssh2",
        ]),
      MessageLine(
        "sshd", "Failed password for invalid user oracle from 10.0.0.9 port 5100 ssh2",
        [
          "result": "Failed", "auth_method": "password", "user": "oracle", "client": "10.0.0.9", "client_port": "5100",
          "protocol": "ssh2",
        ]),
      MessageLine(
        "sshd-session", "Invalid user oracle from 10.0.0.9 port 5100",
        ["user": "oracle", "client": "10.0.0.9", "client_port": "5100"]),
      MessageLine(
        "sshd", "Connection closed by authenticating user root 10.0.0.9 port 5100 [preauth]",
        ["user": "root", "client": "10.0.0.9", "client_port": "5100"]),
      MessageLine(
        "sshd", "Received disconnect from 10.0.0.9 port 5100:11: Bye Bye [preauth]",
        ["client": "10.0.0.9", "client_port": "5100", "reason_code": "11", "reason": "Bye Bye"]),
      MessageLine(
        "sshd", "Disconnected from user bob 10.0.0.9 port 5100",
        ["user": "bob", "client": "10.0.0.9", "client_port": "5100"]),
      MessageLine(
        "sshd", "pam_unix(sshd:session): session opened for user bob(uid=1000) by (uid=0)",
        [
          "service": "sshd", "pam_type": "session", "state": "opened", "user": "bob", "uid": "1000", "by_uid": "0",
        ]),
      MessageLine("sshd", "Server listening on 0.0.0.0 port 22.", ["address": "0.0.0.0", "server_port": "22"]),
      MessageLine(
        "sudo", "     bob : TTY=pts/0 ; PWD=/home/bob ; USER=root ; COMMAND=/bin/ls -l /root",
        ["user": "bob", "TTY": "pts/0", "PWD": "/home/bob", "USER": "root", "COMMAND": "/bin/ls -l /root"]),
      MessageLine("su", "(to root) bob on pts/1", ["target_user": "root", "user": "bob", "tty": "pts/1"]),
      MessageLine(
        "CRON", "(root) CMD (test -x /usr/sbin/anacron || run-parts /etc/cron.daily)",
        ["user": "root", "action": "CMD", "command": "test -x /usr/sbin/anacron || run-parts /etc/cron.daily"]),
      MessageLine("systemd-logind", "New session 7 of user bob.", ["session": "7", "user": "bob"]),
      MessageLine(
        "systemd", "Started Daily apt download activities.",
        ["action": "Started", "unit": "Daily apt download activities"]),
      MessageLine("systemd", "nginx.service: Succeeded.", ["unit": "nginx.service"]),
    ])
  func logins(line: MessageLine) { line.check() }

  @Test(
    "Mail",
    arguments: [
      MessageLine(
        "postfix/smtp",
        "4A1B2C3D4E: to=<ann@example.org>, relay=mx.example.org[192.0.2.1]:25, delay=1.2, delays=0.1/0/0.5/0.6, dsn=2.0.0, "
          + "status=sent (250 ok)",
        [
          "queue_id": "4A1B2C3D4E", "to": "ann@example.org", "relay": "mx.example.org", "server": "192.0.2.1",
          "server_port": "25",
          "delay": "1.2", "delays": "0.1/0/0.5/0.6", "dsn": "2.0.0", "status": "sent", "reason": "250 ok",
        ]),
      MessageLine(
        "postfix/qmgr", "4A1B2C3D4E: from=<bob@example.org>, size=1234, nrcpt=1 (queue active)",
        ["queue_id": "4A1B2C3D4E", "from": "bob@example.org", "size": "1234", "nrcpt": "1", "queue": "queue active"]),
      MessageLine(
        "postfix/smtpd", "4A1B2C3D4E: client=web1.example.org[10.0.0.9]",
        ["queue_id": "4A1B2C3D4E", "client_host": "web1.example.org", "client": "10.0.0.9"]),
      MessageLine(
        "postfix/smtpd",
        "NOQUEUE: reject: RCPT from unknown[10.0.0.9]: 554 5.7.1 no; from=<a@b.c> to=<d@e.f> proto=ESMTP helo=<x>",
        [
          "queue_id": "NOQUEUE", "action": "reject", "stage": "RCPT", "client_host": "unknown", "client": "10.0.0.9",
          "reason": "554 5.7.1 no", "from": "a@b.c", "to": "d@e.f", "protocol": "ESMTP", "helo": "x",
        ]),
      MessageLine(
        "postfix/smtpd", "lost connection after AUTH from unknown[10.0.0.9]",
        ["action": "lost connection after", "stage": "AUTH", "client_host": "unknown", "client": "10.0.0.9"]),
      MessageLine("postfix/qmgr", "4A1B2C3D4E: removed", ["queue_id": "4A1B2C3D4E", "state": "removed"]),
      MessageLine(
        "sendmail",
        "x1234: to=<ann@example.org>, delay=00:00:01, xdelay=00:00:01, relay=mx.example.org. [192.0.2.1], dsn=2.0.0, stat=Sent",
        [
          "queue_id": "x1234", "to": "ann@example.org", "delay": "00:00:01", "relay": "mx.example.org",
          "server": "192.0.2.1",
          "dsn": "2.0.0", "status": "Sent",
        ]),
      MessageLine(
        "dovecot", "imap(bob)<77><abc>: Logged out",
        ["service": "imap", "user": "bob", "session_pid": "77", "session": "abc"]),
    ])
  func mail(line: MessageLine) { line.check() }

  @Test(
    "Names, leases, packets",
    arguments: [
      MessageLine(
        "named", "client @0x7f00 10.0.0.9#5100 (example.org): query: example.org IN A +E(0)K (10.0.0.1)",
        [
          "client": "10.0.0.9", "client_port": "5100", "query": "example.org", "class": "IN", "type": "A",
          "flags": "+E(0)K",
          "server": "10.0.0.1",
        ]),
      MessageLine(
        "dnsmasq", "query[AAAA] example.org from 10.0.0.9",
        ["type": "AAAA", "query": "example.org", "client": "10.0.0.9"]),
      MessageLine(
        "dnsmasq", "reply example.org is 192.0.2.1", ["action": "reply", "query": "example.org", "answer": "192.0.2.1"]),
      MessageLine(
        "dnsmasq-dhcp", "DHCPACK(eth0) 10.0.0.9 00:11:22:33:44:55 laptop",
        [
          "action": "DHCPACK", "interface": "eth0", "address": "10.0.0.9", "mac": "00:11:22:33:44:55",
          "hostname": "laptop",
        ]),
      MessageLine(
        "dhcpd", "DHCPACK on 10.0.0.9 to 00:11:22:33:44:55 (laptop) via eth0",
        [
          "action": "DHCPACK", "address": "10.0.0.9", "mac": "00:11:22:33:44:55", "hostname": "laptop",
          "interface": "eth0",
        ]),
      MessageLine(
        "dhcpd", "DHCPDISCOVER from 00:11:22:33:44:55 via eth0",
        ["action": "DHCPDISCOVER", "mac": "00:11:22:33:44:55", "interface": "eth0"]),
      MessageLine("kernel", "[   12.345678] usb 1-1: new device", ["uptime": "12.345678"]),
      MessageLine(
        "filterlog", "5,,,1000000103,igb0,match,block,in,4,0x0,,64,7,0,none,17,udp,78,10.0.0.9,10.0.0.1,137,138,58",
        [
          "rule": "5", "tracker": "1000000103", "interface": "igb0", "reason": "match", "action": "block",
          "direction": "in",
          "tos": "0x0", "ttl": "64", "id": "7", "offset": "0", "flags": "none", "protocol": "udp", "length": "78",
          "client": "10.0.0.9", "server": "10.0.0.1", "client_port": "137", "server_port": "138",
        ]),
      MessageLine(
        "filterlog", "5,,,1,igb0,match,pass,out,6,0x0,0x0,1,ICMPv6,58,56,fe80::1,ff02::2,",
        [
          "rule": "5", "tracker": "1", "interface": "igb0", "reason": "match", "action": "pass", "direction": "out",
          "ttl": "1",
          "protocol": "ICMPv6", "length": "56", "client": "fe80::1", "server": "ff02::2",
        ]),
    ])
  func network(line: MessageLine) { line.check() }
}
