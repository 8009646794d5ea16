/// The beginning of a line, read once for all patterns that are tried on it.
struct LineLead {
  /// The line without the white space at its end.
  let line: UnsafeRawBufferPointer
  private let dateOrder: DateOrder
  /// The stamp at the start of the line, and that after a bracket there.
  private let first: WrittenStamp?
  private let bracketed: WrittenStamp?
  /// Whether the word after the first stamp, at `wordStart`, is a level.
  private let wordStart: Int
  let firstByte: UInt8
  let beginsWithTime: Bool
  /// The first byte after the stamp at the start that is no blank.
  let byteAfterTime: UInt8
  private let isLevel: Bool

  init(_ line: UnsafeRawBufferPointer, dateOrder: DateOrder) {
    self.line = line.part(0..<line.trimmedCount)
    self.dateOrder = dateOrder
    var grammar = StampGrammar(self.line, dateOrder: dateOrder)
    first = grammar.stamp(at: 0)
    bracketed = line.at(0) == UInt8(ascii: "[") ? grammar.stamp(at: 1) : nil
    wordStart = self.line.skippingBlanks(first?.end ?? 0)
    isLevel = Self.isLevel(self.line, wordStart)
    firstByte = self.line.at(0)
    beginsWithTime = first != nil
    byteAfterTime = self.line.at(wordStart)
  }

  /// Whether a level and then a blank stand at `position`.
  func isLevel(at position: Int) -> Bool { position == wordStart ? isLevel : Self.isLevel(line, position) }

  private static func isLevel(_ line: UnsafeRawBufferPointer, _ position: Int) -> Bool {
    let end = line.levelEnd(from: position)
    return end > position && end - position <= 16 && LevelValue.read(line, position..<end, scale: .mixed) != nil
  }

  /// The stamp that begins at `position`.
  func stamp(at position: Int) -> WrittenStamp? {
    if position == 0 { return first }
    if position == 1, line.at(0) == UInt8(ascii: "[") { return bracketed }
    var grammar = StampGrammar(line, dateOrder: dateOrder)
    return grammar.stamp(at: position)
  }
}

extension LinePattern {
  /// Whether the line can fit: follows the steps up to the first part whose end what follows decides.
  ///
  /// Most patterns fail here on most lines, in 5 to 30 ns; many are tried on the lines of a file that is opened.
  func mayFit(_ lead: LineLead, takesAnyLevel: Bool) -> Bool {
    mayBegin(lead) && mayFit(lead, takesAnyLevel, from: 0, at: 0)
  }

  /// Whether the first bytes of the line are those that the pattern begins with.
  @inline(__always) func mayBegin(_ lead: LineLead) -> Bool {
    if let firstByte, lead.firstByte != firstByte { return false }
    guard beginsWithTime else { return true }
    guard lead.beginsWithTime else { return false }
    if let byteAfterTime, lead.byteAfterTime != byteAfterTime { return false }
    return !hasNumberAfterTime || lead.byteAfterTime.isDigit || lead.byteAfterTime == UInt8(ascii: "-")
      || lead.byteAfterTime == UInt8(ascii: "+")
  }

  private func mayFit(_ lead: LineLead, _ takesAnyLevel: Bool, from first: Int, at start: Int) -> Bool {
    let line = lead.line
    var position = start
    for number in first..<steps.count {
      switch steps[number] {
      case .blank:
        let next = line.skippingBlanks(position)
        guard next > position || position == line.count else { return false }
        position = next
      case .literal(let start, let end):
        for index in start..<end {
          guard position < line.count, line[position] == literals[Int(index)] else { return false }
          position += 1
        }
      case .optional(let next):
        return mayFit(lead, takesAnyLevel, from: number + 1, at: position)
          || mayFit(lead, takesAnyLevel, from: Int(next), at: position)
      case .part(let part):
        let part = parts[Int(part)]
        switch part.kind {
        case .time:
          guard let stamp = lead.stamp(at: position) else { return false }
          position = stamp.end
        case .number:
          guard let end = PatternMatch.number(line, at: position) else { return false }
          position = end
        case .word, .longest, .name, .level:
          guard part.mayBegin(position < line.count ? line[position] : nil, self) else { return false }
          guard number + 1 < steps.count else { return true }
          // Before a blank stands a whole word; before a literal at least its first byte follows in the word.
          let end = part.kind == .level ? line.levelEnd(from: position) : line.wordEnd(from: position)
          switch steps[number + 1] {
          case .blank:
            if part.kind == .level, !takesAnyLevel, !lead.isLevel(at: position) { return false }
            position = end
          case .literal(let start, _):
            let byte = literals[Int(start)]
            return line.part(position..<end).contains(byte)
          default: return true
          }
        case .choice:
          guard let end = choiceEnd(part, line, at: position) else { return false }
          position = end
        default: return part.mayBegin(position < line.count ? line[position] : nil, self)
        }
      }
    }
    return position == line.count
  }

  /// Where the text of a choice ends that stands at `position`; nil if none does.
  func choiceEnd(_ part: Part, _ line: UnsafeRawBufferPointer, at position: Int) -> Int? {
    for choice in part.choices where position + choice.count <= line.count {
      var index = 0
      while index < choice.count, line[position + index] == literals[Int(choice.lowerBound) + index] { index += 1 }
      if index == choice.count { return position + index }
    }
    return nil
  }
}

extension UnsafeRawBufferPointer {
  /// Where the word ends that begins at `start`: at a blank, or at the end.
  fileprivate func wordEnd(from start: Int) -> Int {
    var end = start
    while end < count, self[end] != 32, self[end] != 9 { end += 1 }
    return end
  }

  /// The same for a level, which may be `Level 25`.
  fileprivate func levelEnd(from start: Int) -> Int {
    let end = wordEnd(from: start)
    guard end == start + 5, start + 8 <= count, LevelValue.custom(self, start, start + 8) != nil else { return end }
    var index = start + 8
    while index < count, self[index] != 32, self[index] != 9 { index += 1 }
    return index
  }
}

extension LinePattern.Part {
  /// Whether a part of this kind can begin with `byte`, or where that is nil, at the end of the line.
  func mayBegin(_ byte: UInt8?, _ pattern: LinePattern) -> Bool {
    guard let byte else { return kind == .text || kind == .rest || kind == .here }
    switch kind {
    case .text, .rest, .here: return true
    case .word, .longest, .level: return byte != 32 && byte != 9
    case .name: return byte.isLetter || byte == UInt8(ascii: "_")
    case .number: return byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
    case .hex: return byte.hexadecimalValue != nil
    case .ip: return byte.hexadecimalValue != nil || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "[")
    case .host:
      return byte.isWordByte || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: ".")
    case .code: return byte.isWordByte
    case .quoted: return byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
    case .time: return byte.isDigit || byte.isLetter || byte == UInt8(ascii: "@")
    case .request: return byte.isLetter
    case .choice: return choices.contains { pattern.literals[Int($0.lowerBound)] == byte }
    }
  }
}

extension PatternMatch {
  /// Where the number that begins at `position` ends; nil if none does.
  static func number(_ line: UnsafeRawBufferPointer, at position: Int) -> Int? {
    var end = position
    if line.at(end) == UInt8(ascii: "-") || line.at(end) == UInt8(ascii: "+") { end += 1 }
    let digits = end
    while line.at(end).isDigit { end += 1 }
    guard end > digits else { return nil }
    if line.at(end) == UInt8(ascii: "."), line.at(end + 1).isDigit {
      end += 1
      while line.at(end).isDigit { end += 1 }
    }
    return end
  }
}
