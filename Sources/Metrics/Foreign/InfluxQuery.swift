import Quantities

/// An InfluxQL query with the time of a view put into it.
///
/// Either the text says where, in Grafana's words (`$timeFilter`, `$__interval`), or the condition goes where InfluxQL
/// wants it, and functions are computed for each step. The name of a measurement alone asks for all of its fields.
struct InfluxQuery: Hashable {
  let sent: String

  init(_ text: String, from: Timestamp, to: Timestamp, step: TimeSpan) {
    let filter = "time >= \(Self.milliseconds(from))ms AND time <= \(Self.milliseconds(to))ms"
    let interval = "\(max(step.nanoseconds / 1_000_000, 1))ms"
    let isWord = !text.contains { $0.isWhitespace || $0 == "(" }
    if isWord {
      let quoted = text.hasPrefix("\"") ? text : "\"" + text.split(separator: "\"").joined(separator: "\\\"") + "\""
      sent = "SELECT max(*) FROM \(quoted) WHERE \(filter) GROUP BY time(\(interval)), *"
      return
    }
    if text.contains("$timeFilter") {
      var result = text
      for (name, value) in [("$timeFilter", filter), ("$__interval", interval), ("$interval", interval)] {
        result = Self.replaced(result, name, value)
      }
      sent = result
      return
    }
    sent = Self.inserted(Array(text.utf8), filter: filter, interval: interval)
  }

  private static func milliseconds(_ time: Timestamp) -> Int64 { time.nanoseconds.floorDivided(by: 1_000_000) }

  private static func replaced(_ text: String, _ name: String, _ value: String) -> String {
    var result = ""
    var rest = text[...]
    while let first = rest.first {
      if rest.hasPrefix(name) {
        result += value
        rest = rest.dropFirst(name.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// Puts the condition before other conditions or the first clause that comes behind them, and the step into GROUP BY.
  private static func inserted(_ bytes: [UInt8], filter: String, interval: String) -> String {
    let words = clauses(of: bytes)
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    func start(_ names: Set<String>, from: Int = 0) -> Int {
      words.first { $0.start >= from && names.contains($0.name) }?.start ?? bytes.count
    }
    let tail: Set<String> = ["GROUP", "ORDER", "LIMIT", "OFFSET", "SLIMIT", "SOFFSET", "FILL", "TZ"]
    let from = start(["FROM"])
    let whereStart = start(["WHERE"], from: from)
    let tailStart = start(tail, from: from)
    var result = trimmed(text(0..<min(whereStart, tailStart)))
    result += " WHERE " + filter
    if whereStart < tailStart { result += " AND (" + trimmed(text(whereStart + 5..<tailStart)) + ")" }
    var rest = text(tailStart..<bytes.count)
    let hasFunction = bytes[..<from].contains(UInt8(ascii: "("))
    let hasStep = rest.lowercased().contains("time(")
    if hasFunction, !hasStep {
      if words.first(where: { $0.start >= tailStart })?.name == "GROUP",
        let by = words.first(where: { $0.name == "BY" })
      {
        rest = text(tailStart..<by.start) + "BY time(\(interval))," + text(by.start + 2..<bytes.count)
      } else {
        rest = "GROUP BY time(\(interval)) " + rest
      }
    }
    return trimmed(result + " " + rest)
  }

  /// Words outside of quotes, parentheses and regular expressions, in capitals, with their places.
  private static func clauses(of bytes: [UInt8]) -> [(name: String, start: Int)] {
    var words: [(name: String, start: Int)] = []
    var depth = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let isSlash = byte == UInt8(ascii: "/")
      if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") || isSlash {
        let end = quoteEnd(in: bytes, from: index)
        index = end < bytes.count || !isSlash ? end + 1 : index + 1
        continue
      }
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") { depth -= 1 }
      guard isLetter(byte) else {
        index += 1
        continue
      }
      let start = index
      while index < bytes.count, isLetter(bytes[index]) || (48...57).contains(bytes[index]) { index += 1 }
      if depth == 0 { words.append((String(decoding: bytes[start..<index], as: UTF8.self).uppercased(), start)) }
    }
    return words
  }

  private static func quoteEnd(in bytes: [UInt8], from start: Int) -> Int {
    var index = start + 1
    while index < bytes.count, bytes[index] != bytes[start] { index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1 }
    return index
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte == 95 || (65...90).contains(byte) || (97...122).contains(byte) || byte >= 128
  }

  private static func trimmed(_ text: String) -> String {
    var rest = text[...].drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true || rest.last == ";" { rest.removeLast() }
    return String(rest)
  }
}
