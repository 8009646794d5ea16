/// Logs of database servers.
enum DatabaseFormats {
  static let all = [redis, mysqlError, mysqlGeneral, mongodb]

  static let redis = LineFormat(
    "redis", "Redis and Valkey: pid, role, time and a sign for the level",
    source: "src/server.c, serverLogRaw",
    [
      "{pid:number}:{role} {time} {:word} {message}",
      "[{pid:number}{?:{role}}] {time} {:word} {message}",
    ])

  static let mysqlError = LineFormat(
    "mysql-error", "MySQL and MariaDB error logs",
    source: "MySQL 8.4 Reference Manual, 7.4.2.9 Error Log Output Format",
    [
      "{time} {thread:number} [{level}] [{error_code}] [{subsystem}] {message}",
      "{time} {thread:number} [{level}] {message}",
    ])

  static let mysqlGeneral = LineFormat(
    "mysql-general", "MySQL general query log",
    source: "MySQL 8.4 Reference Manual, 7.4.3 The General Query Log",
    ["{time} {thread:number} {command:name}{? DB} {message}"])

  static let mongodb = LineFormat(
    "mongodb", "MongoDB before 4.4; later ones are JSON",
    source: "MongoDB 4.2 manual, Log Messages",
    ["{time} {level} {component:name} [{context}] {message}", "{time} {level} - [{context}] {message}"])
}
