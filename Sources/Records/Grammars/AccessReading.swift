import Quantities

/// The parts of one line of an access log.
///
///     [vhost] client ident user [02/Jan/2026:03:04:05 +0000] "GET /path HTTP/1.1" 200 512 "referer" "agent" rest
struct AccessReading {
  let line: UnsafeRawBufferPointer
  var stamp: WrittenStamp
  var stampSpan: Range<Int>
  /// The request between its quotes; nil where the server does not quote it.
  var request: Range<Int>?
  /// The three digits of the answer's status.
  var status: Range<Int>?
  /// After the status, or after the request, or after the stamp.
  var rest: Int

  /// Reads the line; nil if it has no bracketed stamp with a month's name within `reach`.
  init?(_ line: UnsafeRawBufferPointer, reach: Int = 512) {
    guard let bracket = Self.bracket(line, reach: reach) else { return nil }
    guard let stamp = CommonLogStamp.read(line, at: bracket + 1) ?? Self.stamp(line, at: bracket + 1) else {
      return nil
    }
    self.line = line
    self.stamp = stamp
    stampSpan = bracket + 1..<stamp.end
    rest = stamp.end + 1
    readRequest()
    if request == nil, status == nil { return nil }
  }

  var level: Level? {
    status.flatMap { LevelNames.level(status: Int(line[$0.lowerBound] &- 48) * 100) }
  }

  private static func stamp(_ line: UnsafeRawBufferPointer, at start: Int) -> WrittenStamp? {
    var grammar = StampGrammar(line)
    guard let stamp = grammar.stamp(at: start), stamp.form == .dayMonthName, stamp.year != nil,
      line.at(stamp.end) == UInt8(ascii: "]")
    else { return nil }
    return stamp
  }

  /// The first `[` that a digit follows.
  private static func bracket(_ line: UnsafeRawBufferPointer, reach: Int) -> Int? {
    var index = 0
    let end = min(reach, line.count - 20)
    while index < end {
      if line[index] == UInt8(ascii: "["), line[index + 1].isDigit { return index }
      if line[index] == UInt8(ascii: "\"") { return nil }
      index += 1
    }
    return nil
  }

  private mutating func readRequest() {
    let start = line.skippingBlanks(rest)
    if line.at(start) == UInt8(ascii: "\"") {
      let end = Self.closingQuote(line, from: start + 1)
      request = start + 1..<end
      rest = min(end + 1, line.count)
      let number = line.skippingBlanks(rest)
      if isStatus(number) {
        status = number..<number + 3
        rest = number + 3
      } else if line.at(number) == UInt8(ascii: "-") {
        rest = number + 1
      }
      return
    }
    // Without quotes: the status is the first number of three digits, but only beside a method or protocol.
    var index = start
    var words = 0
    while index < line.count, words < 14, index < start + 1024 {
      let wordStart = index
      while index < line.count, line[index] != 32 { index += 1 }
      if status == nil, isStatus(wordStart), !isEndState(wordStart + 4) { status = wordStart..<wordStart + 3 }
      if line.has("HTTP/", at: wordStart), isStatus(index + 1) {
        status = index + 1..<index + 4
        return
      }
      index = line.skippingBlanks(index)
      words += 1
    }
  }

  /// Two letters or dashes: how haproxy says that a connection ended, after the number of its bytes.
  private func isEndState(_ start: Int) -> Bool {
    func isSign(_ byte: UInt8) -> Bool { byte.isLetter || byte == UInt8(ascii: "-") }
    return isSign(line.at(start)) && isSign(line.at(start + 1)) && line.at(start + 2) == 32
  }

  private func isStatus(_ start: Int) -> Bool {
    guard start + 3 <= line.count, line[start] >= 49, line[start] <= 53, line[start + 1].isDigit,
      line[start + 2].isDigit
    else { return false }
    let after = line.at(start + 3)
    return start + 3 == line.count || after.isSpace || after == UInt8(ascii: ",")
  }

  /// The closing quote, past `\"`; the end of the line if there is none.
  static func closingQuote(_ line: UnsafeRawBufferPointer, from start: Int) -> Int {
    var index = start
    while index < line.count {
      if line[index] == UInt8(ascii: "\"") { return index }
      index += line[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return line.count
  }

  func head() -> LineHead {
    var head = LineHead()
    head.family = .access
    head.stamp = stamp
    head.stampSpan = stampSpan
    head.level = level
    head.isWhole = true
    return head
  }
}
