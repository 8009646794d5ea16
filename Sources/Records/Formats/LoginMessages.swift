/// What programs write to syslog that let people in.
enum LoginMessages {
  static let all = [sshd, sudo, su, cron, logind, pamOnly]

  /// Linux-PAM's pam_unix, through whatever program uses it.
  private static let pam = [
    "pam_unix({service}:{pam_type}): session {state:opened|closed} for user {user}{?(uid={uid:number})}{? by {?{by}}(uid={by_uid:number})}",
    "pam_unix({service}:{pam_type}): {message}",
  ]
  private static let pamSource = "Linux-PAM, modules/pam_unix"

  private static let peer = "{client:host} port {client_port:number}"

  static let sshd = LineFormat(
    "sshd", "OpenSSH's server: who logged in, failed or left", source: "OpenSSH, auth.c, auth_log; packet.c; sshd.c",
    programs: ["sshd", "sshd-session", "sshd-auth"],
    [
      "{result:Accepted|Failed|Postponed|Partial} {auth_method} for {?{:invalid user|illegal user} }{user:text} from "
        + peer
        + "{? {protocol:ssh2|ssh1}}{?:{:text}}{? {:text}}",
      "{:Invalid|Illegal} user {user:text} from {client:host}{? port {client_port:number}}{? {:text}}",
      "{:Connection closed by|Connection reset by|Disconnected from|Disconnecting} {?{:authenticating|invalid} user {user:text} }"
        + peer
        + "{?:{:text}}{? {:text}}",
      "Received disconnect from {client:ip}{? port {client_port:number}}:{reason_code:number}: {reason:text}{? [preauth]}",
      "{:|Disconnected from|} user {user:text} " + peer,
      "{:text}maximum authentication attempts exceeded for {?invalid user }{user:text} from " + peer + "{? {:text}}",
      "Connection from " + peer + " on {server:ip} port {server_port:number}{? {:text}}",
      "Connection {:closed|reset} by {client:ip}{? {:text}}",
      "{:Did not receive identification string from|Unable to negotiate with|Bad protocol version identification} "
        + "{?{protocol:quoted} from }{client:host}{? port {client_port:number}}{?:{:text}}{? {:text}}",
      "Server listening on {address:ip} port {server_port:number}.",
      "reverse mapping checking getaddrinfo for {client_host} [{client:ip}] failed{:text}",
    ] + pam)

  static let sudo = LineFormat(
    "sudo", "sudo: who ran what as whom", source: "sudoers(5), LOG FORMAT", programs: ["sudo"],
    [
      "{? }{user} : {?{message:text} ; }TTY={TTY} ; PWD={PWD:text} ; USER={USER} ; {?GROUP={GROUP} ; }{?TSID={TSID} ; }{?ENV={ENV:text} ; }"
        + "COMMAND={COMMAND:text}"
    ] + pam)

  static let su = LineFormat(
    "su", "su", source: "util-linux, login-utils/su-common.c, log_syslog", programs: ["su"],
    [
      "{?{result:|FAILED SU|} }(to {target_user}) {user} on {tty}",
      "{result:Successful|FAILED} su for {target_user} by {user}",
      "{result:+|-} {tty} {user}:{target_user}",
    ] + pam)

  static let cron = LineFormat(
    "cron", "cron: whose job", source: "Debian cron, misc.c, log_it; cronie, src/misc.c",
    programs: ["cron", "CRON", "crond", "CROND", "anacron", "crontab", "/usr/sbin/cron"],
    ["({user}) {action:CMD|CMDOUT|CMDEND|MAIL|RELOAD|LIST|REPLACE|BEGIN EDIT|END EDIT|CRON} ({? }{command:text})"] + pam
  )

  static let logind = LineFormat(
    "systemd-logind", "systemd-logind: sessions", source: "systemd, src/login/logind-session.c",
    programs: ["systemd-logind"],
    [
      "New session {session} of user {user:text}.", "Removed session {session:text}.",
      "Session {session} logged out.{:text}",
    ])

  static let pamOnly = LineFormat(
    "pam", "Sessions through PAM, by programs that let people in", source: pamSource,
    programs: ["login", "systemd", "gdm-password]", "lightdm", "polkitd", "vsftpd", "sddm-helper", "atd", "runuser"],
    SystemdMessages.patterns + pam)
}

/// What systemd says of its units.
enum SystemdMessages {
  /// Source: systemd, src/core/job.c and src/core/unit.c.
  static let patterns = [
    "{action:Started|Starting|Stopped|Stopping|Reloaded|Reloading|Reached target|Stopped target|Listening on|Closed|Mounted|Mounting"
      + "|Unmounted|Unmounting|Finished|Created slice|Removed slice|Condition check resulted in|Failed to start|Found device|Set up} "
      + "{unit:text}.{?..}",
    "{unit:name}: {message}",
  ]
}
