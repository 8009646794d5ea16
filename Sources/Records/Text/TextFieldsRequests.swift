// Requests in text: `"GET / HTTP/1.1" 200 512`, `POST /xmlrpc.php 404`, `Started GET "/x" for 10.0.0.1`, `GET http://h/x`.

extension FieldVisit {
  /// The end of a method of HTTP or WebDAV at `start`, which must be a whole word; nil if none stands there.
  func method(at start: Int) -> Int? {
    var end = start
    while end < text.end, record[end] &- 65 < 26, end - start < 12 { end += 1 }
    let isKnown: Bool
    switch end - start {
    case 3: isKnown = record.has("GET", at: start) || record.has("PUT", at: start)
    case 4: isKnown = record.has("POST", at: start) || record.has("HEAD", at: start)
    case 5: isKnown = record.has("PATCH", at: start) || record.has("MKCOL", at: start)
    case 6: isKnown = record.has("DELETE", at: start)
    case 7: isKnown = record.has("OPTIONS", at: start) || record.has("CONNECT", at: start)
    case 8: isKnown = record.has("PROPFIND", at: start)
    case 9: isKnown = record.has("PROPPATCH", at: start)
    default: isKnown = false
    }
    return isKnown ? end : nil
  }

  /// Whether a request begins here, perhaps behind a quote.
  func isRequest(at start: Int) -> Bool {
    let first = byte(start) == UInt8(ascii: "\"") ? start + 1 : start
    guard byte(first) &- 65 < 26, let end = method(at: first) else { return false }
    return target(after: end) != nil
  }

  /// Where the target of a request is, and what quotes it (0 for nothing): a path, `*`, or a URL.
  private func target(after end: Int) -> (start: Int, quote: UInt8)? {
    var start = end
    let separator = byte(end)
    guard separator == 32 || separator == UInt8(ascii: ":") else { return nil }
    start = afterBlanks(end + 1)
    let quote = byte(start)
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") || quote == UInt8(ascii: "`") {
      return byte(start + 1) == UInt8(ascii: "/") || isURL(start + 1) ? (start + 1, quote) : nil
    }
    if byte(start) == UInt8(ascii: "/") || isURL(start) { return (start, 0) }
    if byte(start) == UInt8(ascii: "*"), byte(start + 1) == 32 { return (start, 0) }
    // A scheme and a host may stand between: `GET http example.org "/x"`.
    guard separator == 32, record.has("http", at: start) else { return nil }
    var index = start
    var words = 0
    while index < text.end, index - start < 300, words < 3 {
      if record[index] == 32 {
        words += 1
        if byte(index + 1) == UInt8(ascii: "\""), byte(index + 2) == UInt8(ascii: "/") {
          return (index + 2, UInt8(ascii: "\""))
        }
      }
      index += 1
    }
    return nil
  }

  func isURL(_ start: Int) -> Bool { record.has("http://", at: start) || record.has("https://", at: start) }

  /// The request at `start`, inside quotes if `outer` is one; its end, nil if none stands there.
  mutating func request(at start: Int, outer: UInt8, _ body: Body) -> Int? {
    guard let methodEnd = method(at: start), let (first, quote) = target(after: methodEnd) else { return nil }
    var end = first
    let closing = quote != 0 ? quote : outer
    if closing != 0 {
      while end < text.end, record[end] != closing { end += record[end] == UInt8(ascii: "\\") ? 2 : 1 }
      end = min(end, text.end)
    } else {
      while end < text.end, record[end] > 32, record[end] != UInt8(ascii: "\"") { end += 1 }
    }
    tell("method", start..<methodEnd, .string, body)
    var pathEnd = end
    var after = end
    if quote == 0 {
      // Up to the protocol, which is the last word.
      let mark = closing != 0 ? lastBlank(first..<end) : end
      if record.has("HTTP/", at: mark + 1), byte(mark) == 32 {
        pathEnd = mark
        after = mark + 6
        while byte(after).isDigit || byte(after) == UInt8(ascii: ".") { after += 1 }
      } else if closing == 0, end > first + 1, isSentenceEnd(record[end - 1]) {
        pathEnd -= 1
      }
    }
    let encoding: FieldEncoding = record.part(first..<pathEnd).contains(UInt8(ascii: "\\")) ? .backslash : .plain
    if !text.isDone, !give("path", first..<pathEnd, .string, encoding, body) { text.isDone = true }
    if after > pathEnd { tell("protocol", pathEnd + 1..<after, .string, body) }
    text.hasRequest = true
    let last = closing != 0 ? min(max(end, after) + 1, text.end) : after
    return answer(at: last, body)
  }

  private func lastBlank(_ range: Range<Int>) -> Int {
    var index = range.upperBound - 1
    while index > range.lowerBound, record[index] != 32 { index -= 1 }
    return index > range.lowerBound ? index : range.upperBound
  }

  @inline(__always) func isSentenceEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
      || byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]")
  }

  /// Status and size behind a request.
  private mutating func answer(at start: Int, _ body: Body) -> Int {
    if byte(start) == UInt8(ascii: "\"") { return answer(at: start + 1, body) }
    let first = afterBlanks(start)
    guard first > start, !text.isAmongAccess, let end = status(at: first) else { return start }
    tell("status", first..<end, .number, body)
    let size = afterBlanks(end)
    let last = afterDigits(size)
    guard last > size, byte(last) <= 32, !isDuration(last) else { return end }
    tell("bytes", size..<last, .number, body)
    return last
  }

  /// The end of a three-digit status at `start`.
  func status(at start: Int) -> Int? {
    guard byte(start) &- 49 < 5, byte(start + 1).isDigit, byte(start + 2).isDigit else { return nil }
    let next = byte(start + 3)
    return next.isWordByte || next == UInt8(ascii: ".") && byte(start + 4).isDigit || next == UInt8(ascii: "%")
      || next == UInt8(ascii: "/") || next == UInt8(ascii: "-") && byte(start + 4).isDigit || isDuration(start + 3)
      ? nil : start + 3
  }

  /// Whether a unit of time stands at `end` of a number, perhaps after a blank.
  func isDuration(_ end: Int) -> Bool { unitEnd(end) != nil }

  /// The end of the unit of time at `start`, where a number ends.
  func unitEnd(_ start: Int) -> Int? {
    var index = start
    if byte(index) == 32 { index += 1 }
    let first = index
    while index < text.end, index - first < 13, record[index].isLetter || record[index] >= 128 { index += 1 }
    guard !byte(index).isWordByte else { return nil }
    let isUnit: Bool
    switch index - first {
    case 1: isUnit = record[first] == UInt8(ascii: "s") || record[first] == UInt8(ascii: "h") && first == start
    case 2: isUnit = record.has("ms", at: first) || record.has("us", at: first) || record.has("ns", at: first)
    case 3: isUnit = record.has("sec", at: first) || record.has("µs", at: first) || record.has("μs", at: first)
    case 4: isUnit = record.has("secs", at: first) || record.has("msec", at: first) || record.has("usec", at: first)
    case 5: isUnit = record.has("msecs", at: first) || record.has("usecs", at: first)
    case 6: isUnit = record.has("second", at: first) || record.has("millis", at: first)
    case 7: isUnit = record.has("seconds", at: first)
    case 11: isUnit = record.has("millisecond", at: first) || record.has("microsecond", at: first)
    case 12: isUnit = record.has("milliseconds", at: first) || record.has("microseconds", at: first)
    default: isUnit = false
    }
    return isUnit ? index : nil
  }

  /// The duration at `start`: a number with a unit of time; its end, nil if none stands there.
  mutating func duration(at start: Int, _ body: Body) -> Int? {
    var index = afterDigits(start)
    guard index > start else { return nil }
    if byte(index) == UInt8(ascii: "."), byte(index + 1).isDigit { index = afterDigits(index + 1) }
    guard let end = unitEnd(index) else { return nil }
    if !text.hasDuration { tell("duration", start..<end, .number, body) }
    text.hasDuration = true
    return end
  }

  /// A quoted text behind a request: where the visitor came from, or with what.
  mutating func visitor(_ range: Range<Int>, _ body: Body) {
    let start = range.lowerBound
    if isURL(start) {
      tell("referer", range, .address, body)
    } else if range.count > 3, record[start].isLetter, record.part(range).contains(UInt8(ascii: "/")) {
      tell("agent", range, .string, body)
    }
  }
}
