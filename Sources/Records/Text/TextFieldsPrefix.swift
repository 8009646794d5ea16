// The prefix of a line of text: what loggers write around stamp and level.

extension FieldVisit {
  /// Walks over stamp, level and what stands between and around them; the offset of the message.
  mutating func prefix(_ head: LineHead, _ body: Body) -> Int {
    var walk = TextPrefix(head, end: text.end)
    if walk.stamp.lowerBound > 0, !walk.stamp.isEmpty { beforeStamp(&walk, body) }
    walk.index = walk.stamp.upperBound
    var tokens = 0
    while tokens < 12, !text.isDone {
      skipSeparators(&walk)
      guard walk.index < text.end, !walk.isEnded else { break }
      if walk.index == walk.level.lowerBound, !walk.level.isEmpty {
        passLevel(&walk, body)
        continue
      }
      guard token(&walk, body) else { break }
      tokens += 1
    }
    return walk.index
  }

  /// Reads the token at the walk's index; false where the message begins.
  private mutating func token(_ walk: inout TextPrefix, _ body: Body) -> Bool {
    let first = record[walk.index]
    switch first {
    case UInt8(ascii: "["): return bracket(&walk, closing: UInt8(ascii: "]"), body)
    case UInt8(ascii: "("): return bracket(&walk, closing: UInt8(ascii: ")"), body)
    case UInt8(ascii: "<"): return bracket(&walk, closing: UInt8(ascii: ">"), body)
    case UInt8(ascii: "#"):
      // As Ruby's logger writes the process.
      let end = afterDigits(walk.index + 1)
      guard end > walk.index + 1 else { return false }
      tell("pid", walk.index + 1..<end, .number, body)
      walk.index = end
      return true
    case _ where first.isDigit: return number(&walk, body)
    case _
    where first.isLetter || first == UInt8(ascii: "_") || first == UInt8(ascii: ".")
      || first == UInt8(ascii: "/"):
      return name(&walk, body)
    default: return false
    }
  }

  /// Past blanks, colours, closing brackets, and marks between columns.
  private func skipSeparators(_ walk: inout TextPrefix) {
    var index = walk.index
    while index < text.end {
      switch record[index] {
      case 27: index = LevelFinder.skipEscape(record, index)
      case 32, 9, UInt8(ascii: "]"), UInt8(ascii: ")"), UInt8(ascii: ">"), UInt8(ascii: "|"), UInt8(ascii: ","),
        UInt8(ascii: ":"):
        index += 1
      case UInt8(ascii: "-") where byte(index + 1) == 32 || byte(index + 1) == UInt8(ascii: "-"): index += 1
      case UInt8(ascii: "[")
      where index + 1 == walk.level.lowerBound && byte(walk.level.upperBound) == UInt8(ascii: "]"):
        index += 1
      case UInt8(ascii: "<") where index + 1 == walk.level.lowerBound,
        UInt8(ascii: "(") where index + 1 == walk.level.lowerBound:
        index += 1
      default:
        walk.index = min(index, text.end)
        return
      }
    }
    walk.index = text.end
  }

  /// Past the level; `LEVEL:name:message` is how Python's root logger writes.
  private mutating func passLevel(_ walk: inout TextPrefix, _ body: Body) {
    walk.index = walk.level.upperBound
    let wasFirst = walk.level.lowerBound == 0 && walk.stamp.isEmpty
    walk.level = 0..<0
    walk.hasPassedLevel = true
    guard wasFirst, byte(walk.index) == UInt8(ascii: ":"), byte(walk.index + 1).isLetter else { return }
    let word = nameRange(at: walk.index + 1)
    guard byte(word.upperBound) == UInt8(ascii: ":") else { return }
    tellLogger(word, body)
    walk.index = word.upperBound + 1
    walk.isEnded = true
  }

  // MARK: Before the stamp

  /// Level, brackets, and a host that stands alone before the stamp.
  private mutating func beforeStamp(_ walk: inout TextPrefix, _ body: Body) {
    let limit = walk.stamp.lowerBound
    guard limit < 300 else { return }
    var words = 0
    var host: Range<Int>?
    while walk.index < limit, !text.isDone {
      let first = record[walk.index]
      if walk.index == walk.level.lowerBound, !walk.level.isEmpty {
        walk.index = walk.level.upperBound
        walk.level = 0..<0
        walk.hasPassedLevel = true
      } else if first == UInt8(ascii: "["), walk.index + 1 < limit, !walk.level.contains(walk.index + 1),
        let close = record.firstIndex(of: UInt8(ascii: "]"), in: walk.index..<limit)
      {
        bracketed(walk.index + 1..<close, walk, isRound: false, body)
        walk.index = close + 1
      } else if first.isWordByte {
        let start = walk.index
        while walk.index < limit, record[walk.index] > 32 { walk.index += 1 }
        words += 1
        if record[walk.index - 1] != UInt8(ascii: ":"), byte(walk.index) == 32 { host = start..<walk.index }
        if record.part(start..<walk.index).contains(UInt8(ascii: "=")) {
          pairs(start..<walk.index, isStrict: true, body)
        }
      } else {
        walk.index += first == 27 ? max(1, LevelFinder.skipEscape(record, walk.index) - walk.index) : 1
      }
    }
    if words == 1, let host, host.upperBound + 1 == limit, isHost(host) { tell("host", host, .string, body) }
  }

  /// `db-1`, `web1.example.org`; not `Started`, and no name of a file.
  private func isHost(_ range: Range<Int>) -> Bool {
    guard range.count > 2, range.count < 64, record[range.lowerBound].isLetter else { return false }
    var isMarked = false
    for byte in record.part(range) {
      guard byte.isWordByte || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") else { return false }
      isMarked = isMarked || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
    var index = range.lowerBound
    while index + 4 <= range.upperBound {
      if record.has(".log", at: index) { return false }
      index += 1
    }
    return isMarked
  }

  // MARK: Numbers

  /// A process or thread beside the level: `25746 INFO`, `INFO 12345 --- [main]`, `334#334:`.
  private mutating func number(_ walk: inout TextPrefix, _ body: Body) -> Bool {
    let start = walk.index
    var end = afterDigits(start)
    var isHexadecimal = false
    if end == start + 1, record[start] == 48, byte(end) == UInt8(ascii: "x") {
      end += 1
      while byte(end).hexadecimalValue != nil { end += 1 }
      isHexadecimal = true
    }
    guard end - start <= 18 else { return false }
    if byte(end) == UInt8(ascii: "#") {
      let last = afterDigits(end + 1)
      guard last > end + 1, byte(last) == UInt8(ascii: ":") else { return false }
      tell("pid", start..<end, .number, body)
      tell("tid", end + 1..<last, .number, body)
      walk.index = last + 1
      walk.isEnded = true
      return true
    }
    guard byte(end) == 32 || byte(end) == 9 else { return false }
    let next = skippingMarks(end)
    if !walk.level.isEmpty {
      guard next <= walk.level.lowerBound, let isBeside = isBeside(next, walk) else { return false }
      let isThread = walk.hasPid || isHexadecimal || isBeside && byte(walk.level.lowerBound - 1) == UInt8(ascii: "[")
      isThread ? tell("tid", start..<end, .number, body) : tell("pid", start..<end, .number, body)
    } else {
      guard walk.hasPassedLevel, byte(afterBlanks(end)) == UInt8(ascii: "-") || opensName(next) else { return false }
      walk.hasPid || isHexadecimal ? tell("tid", start..<end, .number, body) : tell("pid", start..<end, .number, body)
    }
    walk.hasPid = true
    walk.index = end
    return true
  }

  /// Whether the level stands at `index` (true), or a second number or a bracket before it does (false).
  private func isBeside(_ index: Int, _ walk: TextPrefix) -> Bool? {
    if index == walk.level.lowerBound { return true }
    if byte(index) == UInt8(ascii: "["), index < walk.level.lowerBound { return false }
    let end = afterDigits(index)
    return end > index && skippingMarks(end) == walk.level.lowerBound ? false : nil
  }

  /// Whether a place in code, a bracket or a dotted name stands at `index`.
  private func opensName(_ index: Int) -> Bool {
    if byte(index - 1) == UInt8(ascii: "[") || byte(index) == UInt8(ascii: "[") { return true }
    let word = nameRange(at: index)
    return codePlace(at: index) != nil || TextShape(record.part(word)).isDotted
  }

  /// Past blanks, opening brackets and marks between columns.
  private func skippingMarks(_ start: Int) -> Int {
    var index = start
    while index < text.end {
      switch record[index] {
      case 32, 9, UInt8(ascii: "-"), UInt8(ascii: "|"), UInt8(ascii: "["), UInt8(ascii: "<"): index += 1
      case 27: index = LevelFinder.skipEscape(record, index)
      default: return index
      }
    }
    return index
  }

  // MARK: Names

  /// A logger, module or place in code; false where it may be the first word of the message.
  private mutating func name(_ walk: inout TextPrefix, _ body: Body) -> Bool {
    let word = nameRange(at: walk.index)
    if let place = codePlace(word) {
      tell(place, body)
      walk.index = place.end
      walk.isEnded = walk.isEnded || byte(place.end) == UInt8(ascii: ":")
      return true
    }
    guard word.count > 1, record[word.lowerBound].isLetter || record[word.lowerBound] == UInt8(ascii: "_") else {
      return false
    }
    let shape = TextShape(record.part(word))
    if !walk.level.isEmpty { return nameBeforeLevel(word, shape, &walk, body) }
    guard walk.hasPassedLevel || shape.isPath || shape.points > 1, !text.hasLogger else { return false }
    if let end = functionPlace(word, body) {
      walk.index = end
      walk.isEnded = true
      return true
    }
    let after = afterBlanks(word.upperBound)
    let isColon = byte(after) == UInt8(ascii: ":") && (byte(after + 1) == 32 || byte(after + 1) == 9)
    let isDash = after > word.upperBound && byte(after) == UInt8(ascii: "-") && byte(after + 1) == 32
    if walk.hasProgramMark, isColon {
      tell("program", word, .string, body)
      walk.index = after + 1
      walk.isEnded = true
      return true
    }
    let isLogger: Bool
    if shape.isPath || shape.isDotted {
      isLogger =
        isColon && !shape.isFile || isDash && !shape.isFile || shape.isClass || shape.isMethod
        || (byte(after) == UInt8(ascii: "[") || after > word.upperBound + 1) && !shape.isFile
    } else {
      isLogger = (isColon || isDash) && shape.isCamel
    }
    guard isLogger else {
      guard walk.hasPid, shape.isWord, !shape.isCamel, after == word.upperBound + 1 else { return false }
      // `pid LEVEL database logger:`, as Odoo writes it.
      let next = nameRange(at: after)
      guard byte(next.upperBound) == UInt8(ascii: ":"), byte(next.upperBound + 1) == 32 else { return false }
      let nextShape = TextShape(record.part(next))
      guard nextShape.isDotted, nextShape.points > 1, !nextShape.isFile else { return false }
      tell("context", word, .string, body)
      walk.index = after
      return true
    }
    tellLogger(word, body)
    walk.index = isColon || isDash ? after + 1 : word.upperBound
    walk.isEnded = isColon || isDash
    return true
  }

  /// A name between stamp and level: `asctime - name - LEVEL`, `asctime name LEVEL`, `local.WARNING`.
  private mutating func nameBeforeLevel(
    _ word: Range<Int>, _ shape: TextShape, _ walk: inout TextPrefix, _ body: Body
  ) -> Bool {
    if walk.level.lowerBound > word.lowerBound, walk.level.lowerBound < word.upperBound {
      guard byte(walk.level.lowerBound - 1) == UInt8(ascii: "."), walk.level.upperBound == word.upperBound else {
        return false
      }
      tellLogger(word.lowerBound..<walk.level.lowerBound - 1, body)
      walk.index = walk.level.lowerBound
      return true
    }
    let next = skippingMarks(word.upperBound)
    guard next <= walk.level.lowerBound, next > word.upperBound else { return false }
    guard
      next == walk.level.lowerBound || shape.isDotted || shape.isPath || byte(next - 1) == UInt8(ascii: "[")
        || byte(next - 2) == UInt8(ascii: "-") || byte(next - 2) == UInt8(ascii: "|") || byte(next).isDigit
    else { return false }
    if shape.isThread, !shape.isDotted {
      tell("thread", word, .string, body)
    } else if !text.hasLogger {
      tellLogger(word, body)
    }
    walk.index = word.upperBound
    return true
  }

  mutating func tellLogger(_ name: Range<Int>, _ body: Body) {
    guard !name.isEmpty else { return }
    text.hasLogger = true
    tell("logger", name, .string, body)
  }

  /// The word at `start`: letters, digits, `_`, `.`, `-`, `$`, `/` and `::`.
  func nameRange(at start: Int) -> Range<Int> {
    var index = start
    while index < text.end, index - start < 200 {
      let next = record[index]
      // Letters, digits, `$`, `-`, `.`, `/`, `_`.
      let bits: UInt64 = next < 64 ? 0x03FF_E010_0000_0000 : 0x07FF_FFFE_87FF_FFFE
      if next < 128, bits &>> UInt64(next & 63) & 1 != 0 {
        index &+= 1
      } else if next == UInt8(ascii: ":"), byte(index + 1) == UInt8(ascii: ":"), byte(index + 2).isLetter {
        index += 2
      } else {
        break
      }
    }
    return start..<index
  }

  /// The logger in round brackets at the end of the line, as log4j's `(%c)` writes it.
  func trailingLogger() -> Range<Int>? {
    let end = text.end - 1
    guard record[end] == UInt8(ascii: ")") else { return nil }
    var open = end
    while open > 0, record[open - 1] > 32, record[open - 1] != UInt8(ascii: "("), end - open < 160 { open -= 1 }
    guard open > 1, record[open - 1] == UInt8(ascii: "("), record[open - 2] == 32,
      TextShape(record.part(open..<end)).isClass
    else { return nil }
    return open..<end
  }
}

/// Where the walk over a prefix is.
struct TextPrefix {
  var index = 0
  /// Empty where there is none.
  var stamp: Range<Int>
  /// Empty where there is none, or after it was passed.
  var level: Range<Int>
  var hasPassedLevel = false
  var hasPid = false
  /// After ` -- `, behind which Ruby's logger names the program.
  var hasProgramMark = false
  /// Whether a mark was passed behind which only the message stands.
  var isEnded = false

  init(_ head: LineHead, end: Int) {
    stamp = head.stampSpan.map { min($0.lowerBound, end)..<min($0.upperBound, end) } ?? 0..<0
    level = head.levelSpan.map { min($0.lowerBound, end)..<min($0.upperBound, end) } ?? 0..<0
    // A level far behind is one of the message.
    if level.lowerBound > stamp.upperBound + 120 { level = 0..<0 }
  }
}
