/// haproxy, through syslog and by itself, and Nginx Proxy Manager.
enum ProxyFormats {
  static let all = [messages, lines, manager]
  /// Those whose lines are taken for an access log: their requests stand at another place, or without quotes.
  static let access = [lines, manager]

  private static let source = "haproxy 2.8 Configuration Manual, 8.2 Log formats"

  private static let counts =
    "{termination_state} {actconn:number}/{feconn:number}/{beconn:number}/{srvconn:number}/{?+}{retries:number} "
    + "{srv_queue:number}/{backend_queue:number}"
  private static func requests(_ time: String) -> [String] {
    let start = "{client:ip}:{client_port:number} [\(time)] {frontend} "
    return [
      start
        + "{backend}/{server} {tq:number}/{tw:number}/{tc:number}/{tr:number}/{?+}{duration:number} {status:number} "
        + "{?+}{bytes:number} {req_cookie} {res_cookie} " + counts
        + " {?{{{req_headers:text}}} }{?{{{res_headers:text}}} }\"{request:request}\"{? {:text}}",
      start
        + "{backend}/{server} {tq:number}/{tw:number}/{tc:number}/{tr:number}/{?+}{duration:number} {status:number} "
        + "{?+}{bytes:number} {req_cookie} {res_cookie} " + counts + " {:text}",
      start + "{backend}/{server} {tw:number}/{tc:number}/{?+}{duration:number} {?+}{bytes:number} " + counts,
      start + "{backend}/{server} {duration:number}/{status:number} {message}",
      "{client:ip}:{client_port:number} [\(time)] {frontend}/{bind}: {message}",
    ]
  }
  private static let events = [
    "Connect from {client:ip}:{client_port:number} to {server:ip}:{server_port:number} ({frontend}/{mode})",
    "{:Proxy|proxy} {backend} {state:text}.",
    "Server {backend}/{server} is {state:UP|DOWN|MAINT|going DOWN}{message}",
  ]

  static let messages = LineFormat(
    "haproxy-messages", "haproxy requests, connections and states of servers", source: source, programs: ["haproxy"],
    units: units, requests("{:time}") + events)

  private static let units: [String: FieldUnit] = [
    "duration": .ms, "tq": .ms, "tw": .ms, "tc": .ms, "tr": .ms,
  ]

  static let lines = LineFormat(
    "haproxy", "haproxy requests and connections without a header of syslog", source: source, units: units,
    requests("{time}"))

  static let manager = LineFormat(
    "nginx-proxy-manager", "requests of Nginx Proxy Manager",
    source: "Nginx Proxy Manager, docker/rootfs/etc/nginx/conf.d/include/log.conf, log_format proxy and standard",
    [
      "[{time}] {cache} {upstream_status} {status:number} - {method:name} {scheme:name} {host} {path:quoted} "
        + "[Client {client}] [Length {bytes:number}] [Gzip {gzip}] [Sent-to {upstream}] {agent:quoted} {referer:quoted}",
      "[{time}] {status:number} - {method:name} {scheme:name} {host} {path:quoted} "
        + "[Client {client}] [Length {bytes:number}] [Gzip {gzip}] {agent:quoted} {referer:quoted}",
    ])
}
