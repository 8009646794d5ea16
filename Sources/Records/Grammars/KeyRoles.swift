/// What a key of a structured record (JSON, logfmt, `key=value`) is for. A lower rank wins where several keys compete.
struct KeyRole: Equatable {
  enum Kind: UInt8 {
    case time
    case level
    case message
    /// The status of a web server's answer: gives a level where no key does.
    case status
    /// Evidence that the record is about a web request.
    case request
  }

  /// What the numbers under a level's key mean.
  enum Scale: UInt8 {
    /// 0 to 7 syslog, from 10 pino.
    case mixed
    case python
    case telemetry
  }

  var kind: Kind
  var rank: UInt8
  var scale = Scale.mixed

  /// The role of the key with these bytes; nil if it has none. What only sounds like one counts too.
  static func of(_ name: UnsafeRawBufferPointer) -> KeyRole? {
    let count = name.count
    guard count > 0, count <= longest else { return nil }
    for entry in byLength[count] where isEqual(name, entry.name) { return entry.role }
    return count >= 2 ? guess(name) : nil
  }

  /// Whether a key of that length and first byte can be one for messages.
  @inline(__always) static func mayBeMessage(_ name: UnsafeRawBufferPointer) -> Bool {
    guard let first = name.first, name.count <= longest else { return false }
    return messageShapes[name.count] &>> UInt64(first & 63) & 1 == 1
  }

  /// For each length, the first bytes of the keys for messages, one bit for each value of their low six bits.
  private static let messageShapes: [UInt64] = {
    var shapes = [UInt64](repeating: 0, count: longest + 1)
    for name in messages + lateMessages { shapes[name.utf8CodeUnitCount] |= 1 &<< UInt64(name.utf8Start[0] & 63) }
    return shapes
  }()

  @inline(__always) private static func isEqual(_ name: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
    for offset in 0..<name.count where name[offset] != text.utf8Start[offset] { return false }
    return true
  }

  /// Keys of programs that we do not know: whatever is called like a time, a level.
  private static func guess(_ name: UnsafeRawBufferPointer) -> KeyRole? {
    if KeyWords.areTime(name) { return KeyRole(kind: .time, rank: 90) }
    if KeyWords.contain(name, "level") && !KeyWords.contain(name, "levels") || KeyWords.contain(name, "severity") {
      return KeyRole(kind: .level, rank: 90)
    }
    return nil
  }

  private static let longest = 40

  private static let times: [StaticString] = [
    "@timestamp", "__REALTIME_TIMESTAMP", "timestamp", "@t", "time", "ts", "Timestamp", "Time", "_time", "t",
    "asctime", "datetime", "dateTime", "timeStamp", "TimeStamp", "TIMESTAMP", "time_iso8601", "timestamp_iso",
    "time_local", "log_time", "logTime", "event_time", "eventTime", "date", "Date", "startTime", "start_time",
    "created", "created_at", "createdAt", "when", "timeUnixNano", "timeMillis", "instant", "observedTimestamp",
    "ObservedTimestamp", "observedTimeUnixNano", "timestampMs", "ts_ms", "epoch", "_SOURCE_REALTIME_TIMESTAMP", "Ts",
    "TS", "DateTime", "@time", "syslog_timestamp",
  ]
  private static let levels: [(StaticString, Scale)] = [
    ("level", .mixed), ("log.level", .mixed), ("severity", .mixed), ("levelname", .mixed), ("lvl", .mixed),
    ("PRIORITY", .mixed), ("@l", .mixed), ("Level", .mixed), ("log_level", .mixed), ("loglevel", .mixed),
    ("logLevel", .mixed), ("severityText", .mixed), ("severity_text", .mixed), ("SeverityText", .mixed),
    ("@level", .mixed), ("LEVEL", .mixed), ("level_name", .mixed), ("levelName", .mixed), ("LogLevel", .mixed),
    ("Severity", .mixed), ("levelno", .python), ("level_number", .python), ("level_value", .mixed),
    ("severityNumber", .telemetry), ("severity_number", .telemetry), ("SeverityNumber", .telemetry),
    ("priority", .mixed), ("s", .mixed), ("l", .mixed), ("eventLogLevel", .mixed), ("L", .mixed),
    ("error_severity", .mixed),
  ]
  private static let messages: [StaticString] = [
    "message", "msg", "MESSAGE", "event", "@message", "short_message", "@m", "@mt", "Message", "log", "textPayload",
    "body", "Body", "Msg", "M",
  ]
  /// Only where no envelope holds a message: loguru's `text` is the whole formatted line.
  private static let lateMessages: [StaticString] = [
    "text", "description", "request", "eventName", "summary", "message_type", "action_type",
  ]
  private static let statuses: [StaticString] = [
    "status", "status_code", "statusCode", "http_status", "response_code", "http.status_code", "sc-status", "code",
    "http_status_code", "resp_status",
  ]
  private static let requests: [StaticString] = [
    "method", "request", "request_method", "requestMethod", "uri", "request_uri", "http_method", "http.method",
    "httpMethod", "verb", "cs-method", "req", "request_path", "http_user_agent",
  ]

  private static let byLength: [[(name: StaticString, role: KeyRole)]] = {
    var table: [[(name: StaticString, role: KeyRole)]] = Array(repeating: [], count: longest + 1)
    func add(_ name: StaticString, _ role: KeyRole) { table[name.utf8CodeUnitCount].append((name, role)) }
    for (rank, name) in times.enumerated() { add(name, KeyRole(kind: .time, rank: UInt8(rank))) }
    for (rank, entry) in levels.enumerated() {
      add(entry.0, KeyRole(kind: .level, rank: UInt8(rank), scale: entry.1))
    }
    for (rank, name) in messages.enumerated() { add(name, KeyRole(kind: .message, rank: UInt8(rank))) }
    for (rank, name) in lateMessages.enumerated() { add(name, KeyRole(kind: .message, rank: UInt8(100 + rank))) }
    for (rank, name) in statuses.enumerated() { add(name, KeyRole(kind: .status, rank: UInt8(rank))) }
    for name in requests { add(name, KeyRole(kind: .request, rank: 0)) }
    return table
  }()
}

/// A short key, held in place, that is compared with many others.
struct ShortName: Sendable, Equatable {
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  private(set) var count = 0

  /// nil if the name has no byte or more than 32.
  init?(_ name: UnsafeRawBufferPointer) {
    guard (1...32).contains(name.count) else { return nil }
    count = name.count
    withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: name) }
  }

  // SAFETY: reads `other` bytes from `name`, which its caller found there, and at most the 32 of `words`.
  @inline(__always) func matches(_ name: UnsafeRawPointer, count other: Int) -> Bool {
    guard other == count else { return false }
    return withUnsafeBytes(of: words) { words in
      var offset = 0
      while offset < other {
        if words[offset] != name.load(fromByteOffset: offset, as: UInt8.self) { return false }
        offset &+= 1
      }
      return true
    }
  }

  /// The same, eight bytes at a time. SAFETY: 32 bytes can be read from `name` on.
  @inline(__always) func isEqual(_ name: UnsafeRawPointer, count other: Int) -> Bool {
    guard other == count else { return false }
    func rest(_ index: Int, _ word: UInt64) -> UInt64 {
      let used = Swift.min(8, count &- index &* 8)
      if used <= 0 { return 0 }
      let bytes = name.loadUnaligned(fromByteOffset: index &* 8, as: UInt64.self)
      return UInt64(littleEndian: bytes ^ word) &<< UInt64(64 &- 8 &* used)
    }
    return rest(0, words.0) == 0 && rest(1, words.1) == 0 && rest(2, words.2) == 0 && rest(3, words.3) == 0
  }

  static func == (left: ShortName, right: ShortName) -> Bool {
    left.count == right.count && left.words == right.words
  }
}
