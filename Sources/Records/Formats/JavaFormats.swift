/// Logs of programs in Java whose layout is not the general one.
enum JavaFormats {
  static let all = [cassandra, kafka, zookeeper, unifiedGC, classicGC, jenkins, vdsm]

  /// Found by its second lines alone (`LevelBelow`): any two words may follow a stamp.
  static let simple = LineFormat(
    "jul", "java.util.logging: the level stands on the second line",
    source: "Java SE, java.util.logging.SimpleFormatter",
    ["{time} {logger:name} {code.function}", "{time} {logger:name}"], further: ["{level}: {message}"])

  static let cassandra = LineFormat(
    "cassandra", "Cassandra's system.log and debug.log", source: "conf/logback.xml of Apache Cassandra",
    ["{level} [{thread:text}] {time} {code.file}:{code.line:number} - {message}"])

  static let kafka = LineFormat(
    "kafka", "Kafka brokers: the logger stands at the end", source: "config/log4j.properties of Apache Kafka",
    [
      "[{time}] {level} [{context:text}]{?:} {message:text} ({logger:name})",
      "[{time}] {level} {message:text} ({logger:name})",
    ])

  static let zookeeper = LineFormat(
    "zookeeper", "ZooKeeper servers and clients", source: "conf/log4j.properties of Apache ZooKeeper",
    [
      "{time} [myid:{myid:text}] - {level} [{thread:text}:{logger:name}@{code.line:number}] - {message}",
      "{time} [{?myid:{myid}}] - {level} [{thread:text}:{logger:name}@{code.line:number}] - {message}",
    ])

  /// What precedes the text of a line of the unified log: a time, the uptime, or both; level and tags.
  private static let decorations = [
    "[{time}]{?[{uptime:number}s]}[{level}{? }][{tags:text}{? }] ", "[{uptime:number}s][{level}{? }][{tags:text}{? }] ",
  ]

  static let unifiedGC = LineFormat(
    "jvm", "The JVM's unified log, as -Xlog:gc writes it", source: "JEP 158 and JEP 271",
    units: ["duration": .ms, "uptime": .s],
    decorations.flatMap { start in
      [
        start + "GC({gc_id:number}) {message:here}{event:text} {before}->{after}({heap}) {duration:number}ms",
        start + "GC({gc_id:number}) {message:here}{event:text} {duration:number}ms",
        start + "GC({gc_id:number}) {message}",
      ]
    } + ["[{uptime:number}s][{level}{? }][{tags:text}{? }] {message}"])

  static let classicGC = LineFormat(
    "jvm-gc", "The JVM's log of garbage collections before Java 9",
    source: "Java SE 8, HotSpot Virtual Machine Garbage Collection Tuning Guide, -XX:+PrintGCDetails",
    units: ["duration": .s, "uptime": .s],
    [
      "{time}: {uptime:number}: {message:here}[{event:GC|Full GC} ({cause:text}) {:text}, {duration:number} secs] [Times: "
        + "user={user:number} sys={sys:number}, real={real:number} secs]",
      "{time}: {uptime:number}: {message:here}[{event:GC|Full GC} {:text}, {duration:number} secs]{:text}",
      "{time}: {uptime:number}: {message}",
    ])

  static let jenkins = LineFormat(
    "jenkins", "Jenkins", source: "Jenkins, core/src/main/java/io/jenkins/util/SupportLogFormatter.java",
    [
      "{time} [id={thread:number}] {level} {logger:name}#{code.function:name}: {message}",
      "{time} [id={thread:number}] {level} {logger:name}: {message}",
    ])

  static let vdsm = LineFormat(
    "vdsm", "oVirt's VDSM before 4.2", source: "VDSM, vdsm/logger.conf.in",
    ["{thread:name}::{level}::{time}::{module}::{code.line:number}::{logger}::({code.function:text}) {message}"])
}
