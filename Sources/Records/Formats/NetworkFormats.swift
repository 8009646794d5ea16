/// Logs of network services that write files of their own.
enum NetworkFormats {
  static let all = [
    suricataFast, exim, vsftpd, xferlog, samba, openvpn, bindQueries, ciscoASA, ciscoIOS, asterisk, freeswitch,
    teamspeak,
    webmin,
  ]

  static let suricataFast = LineFormat(
    "suricata-fast", "Alerts of Suricata's fast.log and Snort's alert_fast",
    source: "Suricata documentation, fast.log; src/alert-fastlog.c",
    [
      "{time} {?[{action}] }[**] [{rule}] {message:text} [**] {?[Classification: {classification:text}] }[Priority: {priority:number}] "
        + "{{{protocol}}} {client:ip}{?:{client_port:number}} -> {server:ip}{?:{server_port:number}}"
    ])

  static let exim = LineFormat(
    "exim", "exim's main log", source: "Exim specification, 53. Log files",
    [
      "{time} {?[{pid:number}] }{queue_id} {message:here}<= {from} {?H={client_host:host} {?({:text}) }[{client:ip}]{?:{client_port:number}} }"
        + "{:rest}",
      "{time} {?[{pid:number}] }{queue_id} {message:here}{:=>|->|>>|*>} {to} {:rest}",
      "{time} {?[{pid:number}] }{queue_id} {message:here}{:**|==} {to} {:rest}",
      "{time} {?[{pid:number}] }H={client_host:text} [{client:ip}]{?:{client_port:number}} {message}",
    ])

  static let vsftpd = LineFormat(
    "vsftpd", "vsftpd.log", source: "vsftpd, logging.c, vsf_log_do_log; vsftpd.conf(5)",
    [
      "{time} [pid {pid:number}] {?[{user:text}] }{message:here}{result:OK|FAIL} {command:text}: Client \"{client}\"{?, \"{path:text}\"}"
        + "{?, {bytes:number} bytes}{?, {:text}}",
      "{time} [pid {pid:number}] {?[{user:text}] }{message:here}{command:CONNECT|FTP command|FTP response|DEBUG}: Client \"{client}\"{:text}",
      "{time} [pid {pid:number}] {?[{user:text}] }{message}",
    ])

  static let xferlog = LineFormat(
    "xferlog", "Transfers of FTP servers", source: "xferlog(5)", units: ["duration": .s],
    [
      "{time} {message:here}{duration:number} {client:host} {bytes:number} {path:text} {transfer_type:a|b} {:C|U|T|_} {direction:o|i|d} "
        + "{access_mode:a|g|r} {user} {service:name} {:0|1} {} {completion:c|i}"
    ])

  static let samba = LineFormat(
    "samba", "Samba: where in the source, then the text on the next line",
    source: "Samba, lib/util/debug.c, dbghdrclass",
    [
      "[{time}, {debug_level:number}{?, pid={pid:number}, effective({:text}), real({:text}){?, class={class}}}] "
        + "{code.file}:{code.line:number}({code.function:name})"
    ])

  static let openvpn = LineFormat(
    "openvpn", "OpenVPN servers", source: "OpenVPN, src/openvpn/error.c and multi.c",
    ["{time} {?{user:name}/}{client:ip}:{client_port:number} {message}"])

  static let bindQueries = LineFormat(
    "bind-queries", "BIND's query log", source: "BIND 9 Administrator Reference Manual, category queries",
    ["{time} {?queries: }{?{level}: }{message:here}\(LookupMessages.query)"])

  static let ciscoASA = LineFormat(
    "cisco-asa", "Cisco ASA and Firepower", source: "Cisco ASA Series Syslog Messages",
    ciscoStarts.map {
      $0 + "%{facility:ASA|FTD|FWSM|PIX}-{?{:text}-}{severity:0|1|2|3|4|5|6|7}-{message_id:number}: {message}"
    })

  static let ciscoIOS = LineFormat(
    "cisco-ios", "Cisco IOS, NX-OS and IOS XR", source: "Cisco IOS System Message Guide, message format",
    ciscoStarts.map { $0 + "%{facility:text}-{severity:0|1|2|3|4|5|6|7}-{mnemonic:name}: {message}" })

  /// What precedes the `%`: a priority, a sequence number, a host, a time with the sign that its clock is not set.
  private static let ciscoStarts = [
    "", "{?<{:number}>}{?{sequence:number}: }{?{:*|.}}{time}{?{?:} {host:host}} {?: }",
    "{?<{:number}>}{sequence:number}: ",
  ]

  static let asterisk = LineFormat(
    "asterisk", "Asterisk", source: "Asterisk, main/logger.c, format_log_default",
    [
      "[{time}] {level}[{tid:number}]{?[{call_id}]} {code.file:name}:{?{code.line:number}}{? in {code.function:name}:} {message}",
      "[{time}] {level}[{tid:number}]{?[{call_id}]}: {code.file:name}:{code.line:number} in {code.function:name}: {message}",
    ])

  static let freeswitch = LineFormat(
    "freeswitch", "FreeSWITCH", source: "FreeSWITCH, src/switch_log.c, switch_log_meta_vprintf",
    [
      "{time} {?{idle:number}% }[{level}] {code.file}:{code.line:number} {message}",
      "{session} {time} {?{idle:number}% }[{level}] {code.file}:{code.line:number} {message}",
    ])

  static let teamspeak = LineFormat(
    "teamspeak", "TeamSpeak servers", source: "TeamSpeak 3 Server, logs",
    ["{time}|{level}{? }|{logger:text}{? }|{? }{virtual_server:text}{? }|{? }{message}"])

  static let webmin = LineFormat(
    "webmin", "Webmin's actions log", source: "Webmin documentation, Webmin Actions Log; web-lib-funcs.pl, webmin_log",
    [
      "{id} [{time}] {user} {session} {client:ip} {module} {script} {message:here}\"{action:text}\" \"{object_type:text}\" "
        + "\"{object:text}\"{? {:text}}"
    ])
}
