/// Logs of programs in Java whose layout is not the general one.
enum JavaFormats {
  static let all = [cassandra, kafka, zookeeper]

  static let cassandra = LineFormat(
    "cassandra", "Cassandra's system.log and debug.log", source: "conf/logback.xml of Apache Cassandra",
    ["{level} [{thread:text}] {time} {code.file}:{code.line:number} - {message}"])

  static let kafka = LineFormat(
    "kafka", "Kafka brokers: the logger stands at the end", source: "config/log4j.properties of Apache Kafka",
    [
      "[{time}] {level} [{context:text}] {message:text} ({logger:name})",
      "[{time}] {level} {message:text} ({logger:name})",
    ])

  static let zookeeper = LineFormat(
    "zookeeper", "ZooKeeper servers and clients", source: "conf/log4j.properties of Apache ZooKeeper",
    [
      "{time} [myid:{myid:text}] - {level} [{thread:text}:{logger:name}@{code.line:number}] - {message}",
      "{time} [{?myid:{myid}}] - {level} [{thread:text}:{logger:name}@{code.line:number}] - {message}",
    ])
}
