/// What mail servers write to syslog.
enum MailMessages {
  static let all = [postfix, sendmail, dovecot]

  static let postfix = LineFormat(
    "postfix", "Postfix: the way of each mail",
    source: "Postfix, src/global/log_adhoc.c, src/qmgr/qmgr_active.c, src/smtpd/smtpd.c",
    programs: ["postfix", "postfix-in", "postfix-out"], units: ["delay": .s],
    [
      "{queue_id}: to=<{to:text}>, {?orig_to=<{orig_to:text}>, }relay={relay:host}{?[{server:text}]{?:{server_port:number}}}, "
        + "{?conn_use={conn_use:number}, }delay={delay:number}, {?delays={delays}, }{?dsn={dsn}, }status={status:name} ({reason:text})",
      "{queue_id}: from=<{from:text}>, size={size:number}, nrcpt={nrcpt:number} ({queue:text})",
      "{queue_id}: from=<{from:text}>, status={status:name}, {:text}",
      "{queue_id}: client={client_host}[{client:text}]{?:{client_port:number}}{?, sasl_method={sasl_method}}"
        + "{?, sasl_username={sasl_username}}{?, {:text}}",
      "{queue_id}: uid={uid:number} from=<{from:text}>", "{queue_id}: message-id=<{message_id:text}>{? {:text}}",
      "{queue_id}: {state:|removed|}",
      "{queue_id}: {action:reject|hold|warning|discard|milter-reject}: {stage:text} from {client_host}[{client:text}]{?:{client_port}}: "
        + "{reason:text}; from=<{from:text}> {?to=<{to:text}> }{?proto={protocol} }{?helo=<{helo:text}>}{:text}",
      "{action:connect from|disconnect from|lost connection after|timeout after} {?{stage:text} from }{client_host}[{client:text}]"
        + "{? {message}}",
      "{?warning: }{client_host}[{client:text}]: {message}",
    ])

  static let sendmail = LineFormat(
    "sendmail", "sendmail: the way of each mail",
    source: "Sendmail Installation and Operation Guide, 2.1.1 The System Log",
    programs: ["sendmail", "sm-mta", "sm-msp-queue"],
    [
      "{queue_id}: from={?<}{from:text}{?>}, size={size:number}, {:text}msgid={?<}{message_id:text}{?>}, {message}",
      "{queue_id}: from={?<}{from:text}{?>}, size={size:number}, {message}",
      "{queue_id}: to={?<}{to:text}{?>}, {?ctladdr={ctladdr:text}, }delay={delay}, {:text}relay={relay:text}{?.}{? [{server:ip}]}, "
        + "{?dsn={dsn}, }stat={status:text}",
      "{queue_id}: to={?<}{to:text}{?>}, {message}",
    ])

  static let dovecot = LineFormat(
    "dovecot", "Dovecot: logins and sessions", source: "Dovecot documentation, Logging; mail_log_prefix",
    programs: ["dovecot"],
    [
      "{service:name}({user:text}){?<{session_pid:number}><{session:text}>}: {message}",
      "{service:imap-login|pop3-login|managesieve-login|submission-login|auth|auth-worker|lmtp|master|anvil}{?({:text})}: {message}",
    ])
}
