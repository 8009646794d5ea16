import Quantities

/// A kind of log that the benchmark makes.
enum LogKind: String, CaseIterable {
  /// Text with ISO stamps, key=value words, one stack trace in a hundred records.
  case app
  /// JSON objects whose keys come in two orders.
  case json
  /// The combined format of web servers.
  case access
}

/// Writes lines of a log into a buffer; the same seed gives the same lines.
struct LogLines {
  let kind: LogKind
  var buffer: [UInt8] = []
  /// Lines written so far.
  private(set) var lineCount = 0
  var dice: Dice
  /// Milliseconds since 1970 of the next record; 2026-03-01T00:00:00Z at first.
  private var time = 1_772_323_200_000
  private var second = -1
  private var prefix: [UInt8] = []

  init(_ kind: LogKind, seed: Int) {
    self.kind = kind
    dice = Dice(seed: seed)
    buffer.reserveCapacity(5 << 20)
  }

  /// Appends one record.
  mutating func appendRecord() {
    // One in twenty was written by a thread that came late.
    let late = dice.below(20) == 0 ? dice.below(kind == .access ? 3000 : 30) : 0
    switch kind {
    case .app: appendApp(at: time - late)
    case .json: appendJSON(at: time - late)
    case .access: appendAccess(at: time - late)
    }
    time += dice.below(kind == .app ? 21 : kind == .json ? 43 : 35)
  }

  mutating func put(_ text: String) { buffer.append(contentsOf: text.utf8) }

  mutating func put(_ number: Int) {
    if number < 10 { return buffer.append(48 + UInt8(truncatingIfNeeded: number)) }
    put(number / 10)
    buffer.append(48 + UInt8(truncatingIfNeeded: number % 10))
  }

  mutating func put(_ number: Int, digits: Int) {
    if digits > 1 { put(number / 10, digits: digits - 1) }
    buffer.append(48 + UInt8(truncatingIfNeeded: number % 10))
  }

  mutating func putHexadecimal(_ number: UInt64, digits: Int) {
    for place in (0..<digits).reversed() {
      let digit = UInt8(truncatingIfNeeded: number &>> UInt64(4 * place)) & 15
      buffer.append(digit < 10 ? 48 + digit : 87 + digit)
    }
  }

  mutating func putAddress(_ first: Int) {
    put(first)
    for _ in 0..<3 {
      put(".")
      put(dice.below(256))
    }
  }

  mutating func endLine() {
    buffer.append(10)
    lineCount += 1
  }

  /// `2026-03-01T10:00:00.123Z`.
  mutating func putISO(_ milliseconds: Int) {
    if milliseconds / 1000 != second {
      second = milliseconds / 1000
      let civil = CivilTime(utc: Timestamp(seconds: Int64(second)))
      prefix = Array("\(civil.year)-\(two(civil.month))-\(two(civil.day))T\(clock(civil)).".utf8)
    }
    buffer.append(contentsOf: prefix)
    put(milliseconds % 1000, digits: 3)
    put("Z")
  }

  /// `[01/Mar/2026:10:00:00 +0000]`.
  mutating func putCommonLogTime(_ milliseconds: Int) {
    if milliseconds / 1000 != second {
      second = milliseconds / 1000
      let civil = CivilTime(utc: Timestamp(seconds: Int64(second)))
      let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
      prefix = Array("[\(two(civil.day))/\(months[civil.month - 1])/\(civil.year):\(clock(civil)) +0000]".utf8)
    }
    buffer.append(contentsOf: prefix)
  }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  private func clock(_ civil: CivilTime) -> String { "\(two(civil.hour)):\(two(civil.minute)):\(two(civil.second))" }
}

/// Words that the lines are made of.
enum Words {
  static let parts = [
    "api.login", "api.basket", "db.session", "db.statement", "cache.memory", "jobs.runner", "http.inbound",
    "http.outbound", "bills.issue", "find.words", "post.letters", "cron.nightly", "files.bucket", "edge.router",
  ]
  static let methods = ["GET", "GET", "GET", "GET", "GET", "POST", "POST", "PUT", "DELETE", "HEAD"]
  static let paths = [
    "/", "/start.html", "/api/v1/people", "/api/v1/baskets", "/assets/main.js", "/assets/main.css", "/signin",
    "/health",
    "/wp-login.php", "/robots.txt",
  ]
  static let numberedPaths = ["/api/v1/baskets/", "/api/v2/things/", "/pictures/", "/find?page=2&q=word"]
  static let people = ["ada", "ben", "cleo", "dora", "emil", "fay", "gus", "hana", "zoë", "мария", "李雷"]
  static let agents = [
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0", "curl/8.5.0",
    "kube-probe/1.29", "Prometheus/2.53.0",
  ]
  static let referrers = ["-", "-", "-", "https://example.com/", "https://example.com/find?q=shoes"]
  static let failures = [
    "ValueError", "KeyError", "BrokenPipeError", "java.io.IOException", "psycopg.OperationalError",
  ]
}
