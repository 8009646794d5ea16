/// Error logs of web servers, and request logs that are no access logs of the usual form.
enum WebServerFormats {
  static let all = [nginxError, apacheError, uwsgi, squid, gin, uvicorn]

  static let nginxError = LineFormat(
    "nginx-error", "nginx error logs: what failed, for which client and request",
    source: "nginx.org, Core functionality, error_log; src/core/ngx_log.c",
    [
      "{time} [{level}] {pid:number}#{tid:number}: *{connection:number} {message}",
      "{time} [{level}] {pid:number}#{tid:number}: {message}",
    ])

  static let apacheError = LineFormat(
    "apache-error", "Apache httpd error logs, 2.2 and 2.4",
    source: "Apache HTTP Server 2.4, Log Files and ErrorLogFormat; server/log.c",
    [
      "[{time}] [{?{logger:name}}:{level}] [pid {pid:number}{?:tid {tid:number}}] "
        + "{?{code.file:name}({code.line:number}): }{?({os_error:number}){:text}: }{?[client {client:longest}:{client_port:number}] }{?[client {}] }"
        + "{?{error_code:code}: }{message}",
      "[{time}] [{level}] {?[pid {pid:number}] }[client {client:ip}{?:{client_port:number}}] {message}",
    ])

  static let uwsgi = LineFormat(
    "uwsgi", "uWSGI request log", source: "uWSGI, core/logging.c, log_request", units: ["duration": .ms],
    [
      "{?{{address space usage: {:text} }[pid: {pid:number}|app: {app_id}|req: {}/{}] {client:ip} ({user:text}) {{{:number} vars in {:number} bytes}} "
        + "[{time}] {message:here}{method:name} {path:text} => generated {bytes:number} bytes in {duration:number} msecs "
        + "{?({protocol} {status:number}) }{:rest}",
      "{?{{address space usage: {:text} }[pid: {pid:number}|app: {app_id}|req: {}/{}] {client:ip} ({user:text}) {{{:number} vars in {:number} bytes}} "
        + "[{time}] {message:here}{method:name} {path:text} => generated {bytes:number} bytes in {:number} micros "
        + "{?({protocol} {status:number}) }{:rest}",
    ])

  static let squid = LineFormat(
    "squid", "Squid's native access log", source: "Squid wiki, Features/LogFormat, format squid",
    units: ["duration": .ms],
    [
      "{time} {duration:number} {client:host} {message:here}{result:name}/{status:number} {bytes:number} {method:name} {url} {user} "
        + "{hierarchy:name}/{server} {content_type}{? {:text}}"
    ])

  static let gin = LineFormat(
    "gin", "Requests as Gin's logger writes them", source: "github.com/gin-gonic/gin, logger.go, defaultLogFormatter",
    [
      "[GIN] {time} |{:text} {status:number} {:text}| {duration} | {client:ip} |{:text} {message:here}{method:name}{? {}} "
        + "{path:quoted}",
      "[GIN] {time} | {status:number} | {duration} | {client:ip} | {message:here}{method:name} {path}",
      "[GIN-debug] {message}",
    ])

  static let uvicorn = LineFormat(
    "uvicorn", "Requests of uvicorn and hypercorn", source: "uvicorn/logging.py, AccessFormatter",
    [
      "{?{time} {?- }}{level}: {message:here}{client:ip}:{client_port:number} - \"{request:request}\" {status:number}{? {:text}}"
    ])
}
