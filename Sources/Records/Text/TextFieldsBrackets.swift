// Brackets in the prefix of a line, and places in code.

extension FieldVisit {
  /// The bracket at the walk's index; false where it is one of the message.
  mutating func bracket(_ walk: inout TextPrefix, closing: UInt8, _ body: Body) -> Bool {
    let start = walk.index + 1
    let opening = record[walk.index]
    var end = start
    while end < text.end, end - start < 160, record[end] != closing, record[end] != opening { end += 1 }
    guard byte(end) == closing, end > start else {
      guard end == start, byte(end) == closing else { return false }
      walk.index = end + 1
      return true
    }
    if walk.level.lowerBound >= start, walk.level.lowerBound < end {
      // `[module:error]`: what stands before the level names its writer.
      var last = walk.level.lowerBound
      while last > start, record[last - 1] == UInt8(ascii: ":") || record[last - 1] == 32 { last -= 1 }
      let shape = TextShape(record.part(start..<last))
      if last > start, shape.isWord || shape.isDotted || shape.isPath { tellLogger(start..<last, body) }
      walk.level = 0..<0
      walk.hasPassedLevel = true
      walk.index = end + 1
      return true
    }
    if closing != UInt8(ascii: "]") {
      guard isOneWord(start..<end),
        codePlace(at: start) != nil || closing == UInt8(ascii: ">") && byte(start).isDigit
          || closing == UInt8(ascii: ")") && TextShape(record.part(start..<end)).isThread
      else { return false }
    }
    bracketed(start..<end, walk, isRound: closing == UInt8(ascii: ")"), body)
    walk.index = end + 1
    return true
  }

  private func isOneWord(_ range: Range<Int>) -> Bool { !record.part(range).contains(32) }

  /// Gives what stands in brackets of the prefix.
  mutating func bracketed(_ content: Range<Int>, _ walk: TextPrefix, isRound: Bool, _ body: Body) {
    var range = content
    while !range.isEmpty, record[range.lowerBound] == 32 { range = range.lowerBound + 1..<range.upperBound }
    while !range.isEmpty, record[range.upperBound - 1] == 32 { range = range.lowerBound..<range.upperBound - 1 }
    guard let first = range.first, range.count > 1 || record[first].isDigit else { return }
    let bytes = record.part(range)
    if record[first].isDigit, record[first - 1] != UInt8(ascii: "<") {
      digits(range, body)
    } else if bytes.contains(UInt8(ascii: "=")) {
      // `[LogLoader partition=events-1]`: what the line is about, as Kafka writes it.
      let word = nameRange(at: first)
      if byte(word.upperBound) == 32 { tell("context", range, .string, body) }
      pairs(range, isStrict: true, body)
    } else if let place = codePlace(at: first), place.end <= range.upperBound {
      tell(place, body)
    } else if !labelled(range, body) {
      named(range, walk, body)
    }
  }

  /// `[123]`, `[123:456]`, `[10.0.0.1:80]`; a date or a hexadecimal identifier.
  private mutating func digits(_ range: Range<Int>, _ body: Body) {
    let end = afterDigits(range.lowerBound)
    if end == range.upperBound {
      if range.count <= 18 { tell("pid", range, .number, body) }
    } else if let found = address(at: range.lowerBound), found.end == range.upperBound {
      client(found, body)
    } else if byte(end) == UInt8(ascii: ":") || byte(end) == UInt8(ascii: "/"), range.lowerBound + 8 > end,
      afterDigits(end + 1) == range.upperBound, range.upperBound > end + 3
    {
      tell("pid", range.lowerBound..<end, .number, body)
      tell("tid", end + 1..<range.upperBound, .number, body)
    } else if FieldKinds.text(record.part(range)) == .identifier {
      tell("request_id", range, .identifier, body)
    }
  }

  /// `[pid 1:tid 2]`, `[client 10.0.0.1:80]`, `[myid:1]`, `[thread:Class@514]`, `[req-...]`; false if it has no such shape.
  private mutating func labelled(_ range: Range<Int>, _ body: Body) -> Bool {
    let bytes = record.part(range)
    if bytes.has("req-", at: 0), bytes.count > 12 {
      var end = range.lowerBound
      while end < range.upperBound, record[end] > 32 { end += 1 }
      tell("request_id", range.lowerBound..<end, .identifier, body)
      return true
    }
    if bytes.last?.isDigit == true {
      // `Thread:Class@line`, from log4j's `[%t:%C{1}@%L]`.
      var at = range.upperBound - 1
      while at > range.lowerBound, record[at].isDigit { at -= 1 }
      if record[at] == UInt8(ascii: "@"), let colon = lastColon(range.lowerBound..<at) {
        tell("thread", range.lowerBound..<colon, .string, body)
        tellLogger(colon + 1..<at, body)
        tell("code.line", at + 1..<range.upperBound, .number, body)
        return true
      }
    }
    return bracketPairs(range, isPrefix: true, body)
  }

  private func lastColon(_ range: Range<Int>) -> Int? {
    var index = range.upperBound
    while index > range.lowerBound {
      index -= 1
      if record[index] == UInt8(ascii: ":") { return index }
    }
    return nil
  }

  /// A logger, a thread, a code of an error, an identifier, or what the line is about.
  private mutating func named(_ range: Range<Int>, _ walk: TextPrefix, _ body: Body) {
    let bytes = record.part(range)
    let shape = TextShape(bytes)
    if record[range.lowerBound - 1] == UInt8(ascii: "<") {
      if shape.isNumbers { tell("pid", range, .string, body) }
    } else if FieldKinds.text(bytes) == .identifier {
      tell("request_id", range, .identifier, body)
    } else if shape.isPath || shape.isDotted {
      if text.hasLogger { tell("thread", range, .string, body) } else { tellLogger(range, body) }
    } else if shape.isErrorCode {
      tell("error_code", range, .string, body)
    } else if shape.isThread || shape.isWord && !text.hasLogger && loggerFollows(range.upperBound + 1, walk) {
      tell("thread", range, .string, body)
    } else if shape.isWord, !text.hasLogger {
      tellLogger(range, body)
    } else if shape.isName, hasDigitOrCapital(bytes) {
      tell("context", range, .string, body)
    }
  }

  /// Words in small letters alone are prose: `[not found]`; a context is the name of something.
  private func hasDigitOrCapital(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.contains { $0.isDigit || $0 &- 65 < 26 }
  }

  /// Whether a dotted name stands at `start`, perhaps behind the level.
  private func loggerFollows(_ start: Int, _ walk: TextPrefix) -> Bool {
    var index = start
    while byte(index) == 32 || byte(index) == UInt8(ascii: "]") || byte(index) == UInt8(ascii: "-") { index += 1 }
    if index == walk.level.lowerBound, !walk.level.isEmpty { index = afterBlanks(walk.level.upperBound) }
    let word = nameRange(at: index)
    return TextShape(record.part(word)).isDotted || codePlace(word) != nil
  }

  // MARK: Places in code

  /// `main.go:12`, `Main.cpp(00123)`, `path/auth.go:200:SignIn()`.
  func codePlace(at start: Int) -> TextCodePlace? { codePlace(nameRange(at: start)) }

  /// The same where `name` is the word that `nameRange(at:)` gives.
  func codePlace(_ name: Range<Int>) -> TextCodePlace? {
    let start = name.lowerBound
    let index = name.upperBound
    guard index - start > 2, byte(index + 1).isDigit else { return nil }
    let mark = byte(index)
    guard mark == UInt8(ascii: ":") || mark == UInt8(ascii: "(") else { return nil }
    var point = index - 1
    while point > start, record[point].isLetter { point -= 1 }
    guard point > start, record[point] == UInt8(ascii: "."), TextShape.isSource(record.part(point + 1..<index)) else {
      return nil
    }
    let end = afterDigits(index + 1)
    guard end > index + 1, end - index < 9, !byte(end).isLetter, byte(end) != UInt8(ascii: ".") || byte(end + 1) <= 32
    else { return nil }
    var place = TextCodePlace(file: start..<index, line: index + 1..<end, function: nil, end: end)
    if mark == UInt8(ascii: "(") {
      guard byte(end) == UInt8(ascii: ")") else { return nil }
      place.end = end + 1
    }
    // `file.go:200:Function()`
    if byte(end) == UInt8(ascii: ":"), byte(end + 1).isLetter {
      let name = nameRange(at: end + 1)
      if byte(name.upperBound) == UInt8(ascii: "("), byte(name.upperBound + 1) == UInt8(ascii: ")") {
        place.function = name
        place.end = name.upperBound + 2
      }
    }
    return place
  }

  mutating func tell(_ place: TextCodePlace, _ body: Body) {
    tell("code.file", place.file, .string, body)
    tell("code.line", place.line, .number, body)
    tell("code.function", place.function, .string, body)
  }

  /// `module:function:line -`, as loguru writes it; its end.
  mutating func functionPlace(_ module: Range<Int>, _ body: Body) -> Int? {
    guard byte(module.upperBound) == UInt8(ascii: ":") else { return nil }
    var index = module.upperBound + 1
    while byte(index).isWordByte || byte(index) == UInt8(ascii: "<") || byte(index) == UInt8(ascii: ">")
      || byte(index) == UInt8(ascii: ".")
    {
      index += 1
    }
    guard index > module.upperBound + 1, !byte(module.upperBound + 1).isDigit, byte(index) == UInt8(ascii: ":") else {
      return nil
    }
    let end = afterDigits(index + 1)
    guard end > index + 1, byte(end) == 32, byte(end + 1) == UInt8(ascii: "-") else { return nil }
    tellLogger(module, body)
    tell("code.function", module.upperBound + 1..<index, .string, body)
    tell("code.line", index + 1..<end, .number, body)
    return end + 2
  }
}

/// Where in the source a record was logged.
struct TextCodePlace {
  var file: Range<Int>
  var line: Range<Int>
  var function: Range<Int>?
  /// After all of it.
  var end: Int
}

/// What a word looks like.
struct TextShape {
  /// Number of points that join names.
  private(set) var points = 0
  /// `a::b`.
  private(set) var isPath = false
  /// Letters, digits, `_`, `-`, beginning with a letter.
  private(set) var isWord = false
  /// The same, with blanks, `.`, `:`, `/`, `#`.
  private(set) var isName = false
  /// Digits and points.
  private(set) var isNumbers = false
  private var hasDigit = false
  private var capitals = 0
  private var smalls = 0
  private var hasHyphen = false
  private var isJoined = true
  private let bytes: UnsafeRawBufferPointer
  private var lastPoint = -1

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    guard let first = bytes.first else { return }
    var others = 0
    var separators = 0
    var previous: UInt8 = UInt8(ascii: ".")
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte &- 97 < 26 {
        smalls &+= 1
      } else if byte &- 65 < 26 {
        capitals &+= 1
      } else if byte.isDigit {
        hasDigit = true
        if previous == UInt8(ascii: ".") { isJoined = false }
      } else if byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") {
        smalls &+= 1
      } else if byte == UInt8(ascii: ".") {
        if previous == byte { isJoined = false }
        points += 1
        lastPoint = index
      } else if byte == UInt8(ascii: "-") {
        hasHyphen = true
      } else if byte == UInt8(ascii: ":"), bytes.at(index + 1) == byte || previous == byte {
        isPath = true
      } else if byte == 32 || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "#") {
        separators += 1
      } else {
        others += 1
      }
      previous = byte
      index &+= 1
    }
    let isNamed = first.isLetter || first == UInt8(ascii: "_")
    isNumbers = hasDigit && capitals + smalls + others + separators == 0
    isPath = isPath && others == 0 && separators == 0 && isNamed && previous != UInt8(ascii: ":")
    isWord = isNamed && others == 0 && separators == 0 && points == 0 && !isPath && bytes.count <= 64
    isName = isNamed && others == 0 && bytes.count <= 64
    isJoined = isJoined && others == 0 && separators == 0 && isNamed && previous != UInt8(ascii: ".")
  }

  /// `a.b`, `org.apache.Foo$Bar`: names joined by points, none of which begins with a digit.
  var isDotted: Bool { points > 0 && isJoined && !isPath && !isException }

  /// `java.io.IOException`
  private var isException: Bool {
    let last = bytes[bytes.count - 1]
    return last == UInt8(ascii: "n") && ends("Exception") || last == UInt8(ascii: "r") && ends("Error")
  }

  /// A dotted name of two points or more whose last part begins with a capital, as classes of Java do.
  var isClass: Bool { points > 1 && isDotted && bytes.at(lastPoint + 1) &- 65 < 26 && bytes[0] &- 97 < 26 }

  /// The same with a method behind it: `org.apache.catalina.core.ApplicationContext.log`.
  var isMethod: Bool {
    guard points > 2, isDotted, bytes.at(lastPoint + 1) &- 97 < 26, bytes[0] &- 97 < 26 else { return false }
    var index = lastPoint
    while index > 0, bytes[index - 1] != UInt8(ascii: ".") { index -= 1 }
    return bytes[index] &- 65 < 26
  }

  /// `SparkContext`, `BlockManager`; but no `IOException`.
  var isCamel: Bool {
    guard isWord, capitals > 1, smalls > capitals, bytes[0] &- 65 < 26, !hasHyphen else { return false }
    return !isException && !ends("Warning") && !ends("Failure")
  }

  /// `main`, `http-nio-8080-exec-1`, `Thread-5`, `pool-1-thread-2`, `MainThread`.
  var isThread: Bool {
    guard isName, points == 0 || !isDotted, !isPath else { return false }
    if isWord, bytes.count == 4, bytes.has("main", at: 0) { return true }
    let last = bytes[bytes.count - 1]
    if last == UInt8(ascii: "d") || last == UInt8(ascii: "r"),
      ends("hread") || ends("Worker") || ends("worker") || ends("Timer")
    {
      return true
    }
    guard hasDigit, smalls > 0, last.isDigit else { return false }
    var index = bytes.count - 1
    while index > 0, bytes[index].isDigit { index -= 1 }
    let mark = bytes[index]
    return mark == UInt8(ascii: "-") || mark == UInt8(ascii: "_") || mark == UInt8(ascii: "#")
      || mark == UInt8(ascii: ":") || isWord && bytes.count - index < 4
  }

  /// `MY-010055`, `ORA-00600`.
  var isErrorCode: Bool {
    isWord && capitals > 1 && smalls == 0 && hasHyphen && hasDigit && bytes[bytes.count - 1].isDigit
      && bytes.count < 16 && bytes.count > 5
  }

  /// A file or host rather than a logger: `config.yaml`, `www.example.com`.
  var isFile: Bool {
    guard points > 0, !isPath else { return false }
    let last = UnsafeRawBufferPointer(rebasing: bytes[(lastPoint + 1)...])
    if Self.isSource(last) { return true }
    switch last.count {
    case 2:
      return last.has("io", at: 0) || last.has("de", at: 0) || last.has("fr", at: 0) || last.has("uk", at: 0)
        || last.has("eu", at: 0) || last.has("so", at: 0) || last.has("db", at: 0) || last.has("gz", at: 0)
    case 3:
      return last.has("com", at: 0) || last.has("org", at: 0) || last.has("net", at: 0) || last.has("lan", at: 0)
        || last.has("yml", at: 0) || last.has("xml", at: 0) || last.has("txt", at: 0) || last.has("log", at: 0)
        || last.has("cfg", at: 0) || last.has("ini", at: 0) || last.has("pem", at: 0) || last.has("crt", at: 0)
        || last.has("key", at: 0) || last.has("jar", at: 0) || last.has("dll", at: 0) || last.has("exe", at: 0)
        || last.has("zip", at: 0) || last.has("csv", at: 0) || last.has("sql", at: 0) || last.has("pid", at: 0)
    case 4:
      return last.has("yaml", at: 0) || last.has("json", at: 0) || last.has("conf", at: 0) || last.has("sock", at: 0)
        || last.has("toml", at: 0) || last.has("html", at: 0) || last.has("test", at: 0) || last.has("lock", at: 0)
    case 5: return last.has("local", at: 0)
    case 7: return last.has("service", at: 0)
    default: return false
    }
  }

  private func ends(_ text: StaticString) -> Bool { bytes.has(text, at: bytes.count - text.utf8CodeUnitCount) }

  /// Whether `ending` is that of a file of source text.
  static func isSource(_ ending: UnsafeRawBufferPointer) -> Bool {
    switch ending.count {
    case 1: return ending[0] == UInt8(ascii: "c") || ending[0] == UInt8(ascii: "h")
    case 2:
      return ending.has("go", at: 0) || ending.has("py", at: 0) || ending.has("rb", at: 0) || ending.has("rs", at: 0)
        || ending.has("cc", at: 0) || ending.has("js", at: 0) || ending.has("ts", at: 0) || ending.has("cs", at: 0)
        || ending.has("pl", at: 0) || ending.has("pm", at: 0) || ending.has("kt", at: 0) || ending.has("ex", at: 0)
        || ending.has("hh", at: 0) || ending.has("mm", at: 0) || ending.has("vb", at: 0)
    case 3:
      return ending.has("cpp", at: 0) || ending.has("hpp", at: 0) || ending.has("cxx", at: 0)
        || ending.has("php", at: 0) || ending.has("erl", at: 0) || ending.has("lua", at: 0) || ending.has("inl", at: 0)
        || ending.has("exs", at: 0) || ending.has("tsx", at: 0) || ending.has("asm", at: 0)
    case 4: return ending.has("java", at: 0)
    case 5: return ending.has("scala", at: 0) || ending.has("swift", at: 0)
    default: return false
    }
  }
}
