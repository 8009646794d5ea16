/// haproxy through syslog.
enum ProxyFormats {
  static let all = [messages]

  private static let source = "haproxy 2.8 Configuration Manual, 8.2 Log formats"

  private static let start = "{client:ip}:{client_port:number} [{:time}] {frontend} "
  private static let counts =
    "{termination_state} {actconn:number}/{feconn:number}/{beconn:number}/{srvconn:number}/{?+}{retries:number} "
    + "{srv_queue:number}/{backend_queue:number}"
  private static let patterns = [
    start + "{backend}/{server} {tq:number}/{tw:number}/{tc:number}/{tr:number}/{?+}{duration:number} {status:number} "
      + "{?+}{bytes:number} {req_cookie} {res_cookie} " + counts
      + " {?{{{req_headers:text}}} }{?{{{res_headers:text}}} }\"{request:request}\"{? {:text}}",
    start + "{backend}/{server} {tq:number}/{tw:number}/{tc:number}/{tr:number}/{?+}{duration:number} {status:number} "
      + "{?+}{bytes:number} {req_cookie} {res_cookie} " + counts + " {:text}",
    start + "{backend}/{server} {tw:number}/{tc:number}/{?+}{duration:number} {?+}{bytes:number} " + counts,
    start + "{backend}/{server} {duration:number}/{status:number} {message}",
    "{client:ip}:{client_port:number} [{:time}] {frontend}/{bind}: {message}",
    "Connect from {client:ip}:{client_port:number} to {server:ip}:{server_port:number} ({frontend}/{mode})",
    "{:Proxy|proxy} {backend} {state:text}.",
    "Server {backend}/{server} is {state:UP|DOWN|MAINT|going DOWN}{message}",
  ]

  static let messages = LineFormat(
    "haproxy-messages", "haproxy requests, connections and states of servers", source: source, programs: ["haproxy"],
    units: ["duration": .ms], patterns)
}
