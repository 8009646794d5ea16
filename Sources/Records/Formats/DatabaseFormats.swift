/// Logs of database servers and of servers written in Erlang that store data.
enum DatabaseFormats {
  static let all = [
    redis, postgresql, mysqlError, mysqlGeneral, mysqlSlow, mongodb, mssql, saphana, couchdb, elasticsearch, clickhouse,
  ]

  static let redis = LineFormat(
    "redis", "Redis and Valkey: pid, role, time and a sign for the level",
    source: "src/server.c, serverLogRaw",
    [
      "{pid:number}:{role} {time} {:word} {message}",
      "[{pid:number}{?:{role}}] {time} {:word} {message}",
    ])

  /// PostgreSQL's own levels, and the names of lines that belong to the message before.
  private static let severities =
    "{:DEBUG1|DEBUG2|DEBUG3|DEBUG4|DEBUG5|LOG|INFO|NOTICE|WARNING|ERROR|FATAL|PANIC|STATEMENT|DETAIL|HINT|CONTEXT|QUERY|LOCATION}:"
  private static let prefixes = [
    // '%m [%p] %q%u@%d ', as Debian has it, the default, and '%t [%p-%l] '.
    "{time} [{pid:number}{?-{session_line:number}}]{?:} {?[{session_line:number}-{}] }{?{user:text}@{database} }",
    // '%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ', as pgBadger wants it.
    "{time} [{pid:number}{?-{session_line:number}}]{?:} {?[{session_line:number}-{}] }user={user:text},db={database:text}"
      + "{?,app={application:text}}{?,client={client:text}} ",
    // '%t:%r:%u@%d:[%p]:' of Amazon RDS.
    "{time}:{client:text}{?({client_port:number})}:{user:text}@{database:text}:[{pid:number}]:",
  ]

  static let postgresql = LineFormat(
    "postgresql", "PostgreSQL's stderr log with the usual log_line_prefix",
    source: "PostgreSQL documentation, 20.8 Error Reporting and Logging, log_line_prefix", units: ["duration": .ms],
    prefixes.flatMap { prefix in
      [
        prefix + severities
          + " {message:here}duration: {duration:number} ms{? {:parse|bind|execute|statement|plan}{:text}: {statement:text}}",
        prefix + severities + " {message}",
      ]
    })

  static let mysqlError = LineFormat(
    "mysql-error", "MySQL and MariaDB error logs",
    source: "MySQL 8.4 Reference Manual, 7.4.2.9 Error Log Output Format",
    [
      "{time} {thread:number} [{level}] [{error_code}] [{subsystem}] {message}",
      "{time} {thread:number} [{level}] {message}",
    ])

  static let mysqlGeneral = LineFormat(
    "mysql-general", "MySQL general query log",
    source: "MySQL 8.4 Reference Manual, 7.4.3 The General Query Log; sql/log.cc, Command_names",
    [
      "{time} {thread:number} {command:Query|Connect|Quit|Init DB|Prepare|Execute|Close stmt|Field List|Reset stmt|Ping"
        + "|Statistics|Shutdown|Change user|Fetch|Long Data|Binlog Dump|Kill|Refresh|Processlist|Debug|Sleep}{? {message}}"
    ])

  static let mysqlSlow = LineFormat(
    "mysql-slow", "MySQL and MariaDB slow query log: one record a query",
    source: "MySQL 8.4 Reference Manual, 7.4.5 The Slow Query Log",
    units: ["Query_time": .s, "Lock_time": .s],
    [
      "# Time: {time}",
      "# User@Host: {user:text}[{}] @ {client_host:text}{? [{client:text}]}{? Id: {thread:number}}{? {}}",
    ],
    further: [
      "# User@Host: {user:text}[{}] @ {client_host:text}{? [{client:text}]}{? Id: {thread:number}}{? {}}",
      "# Thread_id: {thread:number} Schema: {database:text} QC_hit: {QC_hit}{? {:text}}",
      "# Query_time: {Query_time:number} Lock_time: {Lock_time:number} Rows_sent: {Rows_sent:number} "
        + "Rows_examined: {Rows_examined:number}{? Rows_affected: {Rows_affected:number}}{? {:text}}",
      "use {database};",
    ])

  static let mongodb = LineFormat(
    "mongodb", "MongoDB before 4.4; later ones are JSON",
    source: "MongoDB 4.2 manual, Log Messages", units: ["duration": .ms],
    [
      "{time} {level} {component:name} [{context}] {message:here}{operation:command|query|update|remove|insert|getmore} {:text} {duration:number}ms",
      "{time} {level} {component:name} [{context}] {message}", "{time} {level} - [{context}] {message}",
    ])

  static let mssql = LineFormat(
    "mssql", "SQL Server error logs", source: "Microsoft SQL Server, View the SQL Server error log",
    [
      "{time} {process_info:|Logon|} {message:here}Error: {error_code:number}, Severity: {severity:number}, State: {state:number}.",
      "{time} {process_info:|Logon|} {message:here}{:text} '{user:text}'.{:text} [CLIENT: {client:text}]",
      "{time} spid{spid} {message:here}Error: {error_code:number}, Severity: {severity:number}, State: {state:number}.",
      "{time} spid{spid} {message}",
    ])

  static let saphana = LineFormat(
    "saphana", "Trace files of SAP HANA",
    source: "SAP HANA Administration Guide, Traces",
    [
      "[{thread:number}]{{{connection_id}}}[{transaction_id}/{update_transaction_id}] {time} {level} {component} "
        + "{code.file}({code.line:number}) : {message}"
    ])

  static let couchdb = LineFormat(
    "couchdb", "CouchDB 2 and later", source: "CouchDB documentation, Logging; src/couch_log",
    units: ["duration": .ms],
    [
      "[{level}] {time} {node} <{pid}> {request_id} {message:here}{vhost} {client:ip} {user} {method:name} {path} {status:number} "
        + "{outcome:name} {duration:number}",
      "[{level}] {time} {node} <{pid}> {request_id} {message}",
    ])

  static let elasticsearch = LineFormat(
    "elasticsearch", "Elasticsearch and OpenSearch, plain",
    source: "Elasticsearch, distribution/src/config/log4j2.properties, ESJsonLayout's plain counterpart",
    [
      "[{time}][{level}{? }][{logger:text}{? }] [{node:text}] [{index:name}][{shard:number}] {message}",
      "[{time}][{level}{? }][{logger:text}{? }] [{node:text}] {message}",
      "[{time}][{level}{? }][{logger:text}{? }] {message}",
    ])

  static let clickhouse = LineFormat(
    "clickhouse", "ClickHouse's server log", source: "ClickHouse, src/Loggers/OwnPatternFormatter.cpp",
    ["{time} [ {tid:number} ] {{{query_id:text}}} <{level}> {?{logger:text}}: {message}"])
}
