/// Logs of frameworks in Ruby, Python and PHP.
enum ScriptFormats {
  static let all = [
    rubyLogger, rails, sidekiq, gunicorn, celery, monolog, phpError, phpFPM, homeAssistant, fail2ban, django, structlog,
    pythonLogging,
    pythonDefault, lithoxyl,
  ]

  static let rubyLogger = LineFormat(
    "ruby-logger", "Ruby's Logger", source: "Ruby, lib/logger/formatter.rb",
    [
      "{:D|I|W|E|F|A}, [{time} #{pid:number}] {level} -- {program:text}: {?[{request_id:hex}{?-{:text}}] }{message}",
      "{:|A|}, [{time} #{pid:number}] ANY -- {program:text}: {message}",
    ])

  static let rails = LineFormat(
    "rails", "Requests of Ruby on Rails",
    source: "Rails, railties/lib/rails/rack/logger.rb; action_controller/log_subscriber.rb",
    [
      "{?[{request_id}] }{message:here}Started {method:name} {path:quoted} for {client:ip} at {time}",
      "{?[{request_id}] }{message:here}Completed {status:number} {:text} in {duration}{? ({:text})}",
      "{?[{request_id}] }{message:here}Processing by {controller:name}#{action:name} as {content_type}",
    ])

  static let sidekiq = LineFormat(
    "sidekiq", "Sidekiq before 6", source: "Sidekiq 5, lib/sidekiq/logging.rb",
    [
      "{time} {pid:number} TID-{tid} {class:name} JID-{jid} {level}: {message}",
      "{time} {pid:number} TID-{tid} {level}: {message}",
    ])

  static let gunicorn = LineFormat(
    "gunicorn", "gunicorn's error log, and hypercorn's", source: "gunicorn/glogging.py, Logger.error_fmt",
    ["[{time}] [{pid:number}] [{level}] {message}"])

  static let celery = LineFormat(
    "celery", "Celery workers", source: "celery/app/defaults.py, worker_log_format and worker_task_log_format",
    [
      "[{time}: {level}/{process}] {message:here}Task {task:name}[{task_id}] {state:|succeeded|} in {duration}: {:rest}",
      "[{time}: {level}/{process}] {message:here}Task {task:name}[{task_id}] {state:received|retry|raised|succeeded|ignored|rejected}"
        + "{:rest}",
      "[{time}: {level}/{process}] {?{task:name}[{task_id}]: }{message}",
    ])

  static let monolog = LineFormat(
    "monolog", "Monolog: Laravel, Symfony and others", source: "Monolog, src/Monolog/Formatter/LineFormatter.php",
    ["[{time}] {logger:longest}.{level:DEBUG|INFO|NOTICE|WARNING|ERROR|CRITICAL|ALERT|EMERGENCY}: {message}"])

  static let phpError = LineFormat(
    "php-error", "PHP's error log", source: "PHP, main/main.c, php_log_err_with_severity and php_error_cb",
    [
      "[{time}] PHP {severity:Fatal error|Parse error|Warning|Notice|Deprecated|Catchable fatal error|Recoverable fatal error}: "
        + "{message:here}{:text} in {code.file} on line {code.line:number}",
      "[{time}] PHP {severity:Fatal error|Parse error|Warning|Notice|Deprecated}: {message:here}{:text} in {code.file:longest}:"
        + "{code.line:number}",
      "[{time}] PHP {severity:Fatal error|Parse error|Warning|Notice|Deprecated}: {message}",
    ])

  static let phpFPM = LineFormat(
    "php-fpm", "PHP-FPM", source: "PHP, sapi/fpm/fpm/zlog.c",
    [
      "[{time}] {level}: [pool {pool:text}] {?child {pid:number}{?,}{? }}{message}",
      "[{time}] {level}: {message:here}fpm is running, pid {pid:number}",
    ])

  static let homeAssistant = LineFormat(
    "home-assistant", "Home Assistant", source: "home-assistant/core, homeassistant/bootstrap.py, async_enable_logging",
    ["{time} {level} ({thread:text}) [{logger:name}] {message}"])

  static let fail2ban = LineFormat(
    "fail2ban", "fail2ban", source: "fail2ban/client/fail2bancmdline.py; fail2ban/helpers.py",
    [
      "{time} {logger:name} [{pid:number}]: {level} {?[{jail}] }{message:here}{action:Ban|Unban|Found|Restore Ban|Ignore} {address:ip}"
        + "{:rest}",
      "{time} fail2ban.{module:name} [{pid:number}]: {level} {?[{jail}] }{message}",
    ])

  static let django = LineFormat(
    "django", "Django's verbose formatter", source: "Django documentation, How to configure and use logging",
    ["{level} {time} {logger:name} {pid:number} {tid:number} {message}"])

  static let structlog = LineFormat(
    "structlog-console", "structlog's ConsoleRenderer: the level padded in its brackets, then the event and pairs",
    source: "structlog, src/structlog/dev.py",
    ["{?{time} }[{level:debug|info|warning|error|critical|exception|warn|notset} ] {message}"])

  static let pythonDefault = LineFormat(
    "python-default", "Python's logging without a format: no time",
    source: "Python, Lib/logging/__init__.py, BASIC_FORMAT", ["{level}:{logger:name}:{message}"])

  static let pythonLogging = LineFormat(
    "python-logging", "Python's logging with process, thread and place",
    source: "Python documentation, logging, LogRecord attributes",
    ["{time} {level} {pid:number} {thread} {code.file}:{code.line:number} {message}"])

  static let lithoxyl = LineFormat(
    "lithoxyl", "lithoxyl's sensible formatter: how an action went, its level, when it ended, how long it took",
    source: "lithoxyl documentation, README; lithoxyl/formatters.py",
    [
      "{status:b|S|F|E|W}{:D|I|C} {time} - {duration} - {message}",
      "{status:b|S|F|E|W}{:D|I|C} {{{:name}}} - {duration} - {message}",
    ])
}
