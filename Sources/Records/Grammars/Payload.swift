import JSON

/// What a record carries that another program wrote: a line in a container's log, JSON at the end of a line of text.
///
/// The outer record counts first: these are asked where it names no level.
enum Payload {
  /// The longest escaped payload that is unescaped to be read.
  private static let reach = 4096

  /// Where a JSON object begins that the line ends with, at `start` or a little after it; nil if there is none.
  ///
  /// The object may be broken: whoever reads it finds out.
  @inline(__always) static func object(in line: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard let last = line.last, last == UInt8(ascii: "}") || last == 13 || last == 32 else { return nil }
    return trailingObject(line, start)
  }

  private static func trailingObject(_ line: UnsafeRawBufferPointer, _ start: Int) -> Int? {
    let end = line.trimmedCount
    guard end > 0, line[end - 1] == UInt8(ascii: "}") else { return nil }
    let limit = min(end - 1, start + 512)
    var index = start
    while index < limit {
      if line[index] == UInt8(ascii: "{"), line[index + 1] == UInt8(ascii: "\""),
        index == 0 || line[index - 1] <= 32 || line[index - 1] == UInt8(ascii: ":")
      {
        return index
      }
      index += 1
    }
    return nil
  }

  /// The level named in `line` after `start`, be it in words or in an object that ends it.
  static func level(_ line: UnsafeRawBufferPointer, after start: Int) -> (level: Level, span: Range<Int>)? {
    if let object = object(in: line, from: start) {
      if let found = LevelFinder.find(line, in: start..<object) { return found }
      if let head = JSONReading(line.part(object..<line.count), habits: Habits()).survey()?.head, let level = head.level
      {
        let span = head.levelSpan ?? 0..<0
        return (level, span.lowerBound + object..<span.upperBound + object)
      }
    }
    if let found = container(line, start) ?? LevelPhrases.machine(line, after: start) { return found }
    return LevelFinder.find(line, in: start..<line.count) ?? LevelPhrases.answer(line, after: start)
  }

  /// The letter of klog in a container's line: ` stderr F E0102 03:04:05.678901 ...`.
  private static func container(
    _ line: UnsafeRawBufferPointer, _ start: Int
  ) -> (level: Level, span: Range<Int>)? {
    guard let payload = ContainerLine.payload(line, after: start), line.at(payload).isLetter,
      let stamp = StampGrammar(line).klog(payload), stamp.form == .klog,
      let level = LevelNames.level(letter: line[payload])
    else { return nil }
    return (level, payload..<payload + 1)
  }

  /// The level of a message in a JSON string, which may be a line of any kind; the span is in `line`, and nil where the
  /// message had to be unescaped first.
  static func level(
    _ line: UnsafeRawBufferPointer, message: JSONSpan
  ) -> (level: Level, span: Range<Int>?)? {
    var range = message.range
    // Docker ends each with a newline, which needs no unescaping.
    if line.part(range).has("\\n", at: range.count - 2) { range = range.lowerBound..<range.upperBound - 2 }
    guard message.hasEscapes, line.part(range).contains(UInt8(ascii: "\\")) else {
      guard let found = level(line.part(range)) else { return nil }
      return (found.level, found.span.map { $0.lowerBound + range.lowerBound..<$0.upperBound + range.lowerBound })
    }
    var text: [UInt8] = []
    text.reserveCapacity(min(range.count, reach))
    JSONText.unescape(line.part(range.lowerBound..<min(range.upperBound, range.lowerBound + reach)), to: &text)
    return text.withUnsafeBytes { level($0.part(0..<$0.firstLineEnd)) }.map { ($0.level, nil) }
  }

  /// The level of a line whose kind is not known.
  private static func level(_ line: UnsafeRawBufferPointer) -> (level: Level, span: Range<Int>?)? {
    func found(_ head: LineHead?) -> (level: Level, span: Range<Int>?)? {
      guard let head, let level = head.level else { return nil }
      return (level, head.levelSpan)
    }
    if JSONReading.begins(line) { return found(JSONReading(line, habits: Habits()).survey()?.head) }
    if LogfmtReading.isMostlyPairs(line), let pairs = found(LogfmtReading(line, habits: Habits()).survey().head) {
      return pairs
    }
    if let text = found(TextReading(line, habits: Habits()).head()) { return text }
    return found(AccessReading(line, reach: 160)?.head())
  }
}

/// A line as container runtimes write it (Kubernetes, "CRI logging format"): `STAMP stdout F payload`.
enum ContainerLine {
  /// Where the payload begins, if what follows the stamp at `end` has that shape.
  static func payload(_ line: UnsafeRawBufferPointer, after end: Int) -> Int? {
    guard isStream(line, end) else { return nil }
    var index = end + 9
    while line.at(index) != 32, index < line.count, index < end + 40 { index += 1 }
    return line.at(index) == 32 ? index + 1 : nil
  }

  /// Runtimes cut lines at 8 or 16 KB. A shorter part is what a program printed before it had the rest of the line, and
  /// has its own time.
  private static let cut = 4096

  /// Whether the payload was cut, and goes on in the next line of the stream.
  @inline(__always) static func isPartial(_ line: UnsafeRawBufferPointer, after end: Int) -> Bool {
    line.count >= cut && isStream(line, end) && line.at(end + 8) == UInt8(ascii: "P")
      && (line.at(end + 9) == 32 || line.at(end + 9) == UInt8(ascii: ":"))
  }

  @inline(__always) private static func isStream(_ line: UnsafeRawBufferPointer, _ end: Int) -> Bool {
    line.has(" stdout ", at: end) && (line.at(end + 8) == UInt8(ascii: "F") || line.at(end + 8) == UInt8(ascii: "P"))
      || line.has(" stderr ", at: end)
        && (line.at(end + 8) == UInt8(ascii: "F") || line.at(end + 8) == UInt8(ascii: "P"))
  }
}

extension RecordReader {
  /// Names the logs of containers by what wrote them: they are JSON or text to all else.
  mutating func nameContainer(_ lines: [UnsafeRawBufferPointer]) {
    if let forced = options.forcedFormat, forced == "docker" || forced == "cri" { formatName = forced }
    let isFree = options.forcedFormat == nil
    let lines = lines.prefix(50)
    let wanted = max(1, (lines.count + 1) / 2)
    if family == .json {
      if lines.count(where: Self.isDocker) >= wanted, isFree { formatName = "docker" }
    } else if family == .text {
      let count = lines.count { line in
        habits.stamps.find(line).map { $0.start == 0 && ContainerLine.payload(line, after: $0.stamp.end) != nil }
          ?? false
      }
      habits.isContainer = count >= wanted
      if habits.isContainer, isFree { formatName = "cri" }
    }
  }

  /// `{"log":"...\n","stream":"stdout","time":"..."}` in any order.
  private static func isDocker(_ line: UnsafeRawBufferPointer) -> Bool {
    guard var members = JSONMembers(line, object: JSONReading.object(of: line)) else { return false }
    var found = 0
    var count = 0
    while count < 8, let (name, _) = members.next() {
      count += 1
      let bytes = line.part(name.range)
      if bytes.count == 3, bytes.has("log", at: 0) { found |= 1 }
      if bytes.count == 6, bytes.has("stream", at: 0) { found |= 2 }
      if bytes.count == 4, bytes.has("time", at: 0) { found |= 4 }
    }
    return found == 7
  }
}
