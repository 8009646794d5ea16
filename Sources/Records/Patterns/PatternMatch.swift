/// A line that a pattern fits, part by part. Ranges are offsets into the line.
struct PatternMatch {
  /// Where each part lies; empty where an optional one is missing.
  private var starts = InlineArray<40, Int32>(repeating: 0)
  private var ends = InlineArray<40, Int32>(repeating: 0)
  /// What a `time` part was read as.
  private(set) var stamp: WrittenStamp?
  let pattern: LinePattern
  /// Where the line ends, without the white space there.
  let end: Int

  /// Fits the pattern to `line`; nil if it does not fit. Where `takesAnyLevel`, a word that is no level's name fits too.
  init?(
    _ pattern: LinePattern, _ line: UnsafeRawBufferPointer, dateOrder: DateOrder = .customary,
    takesAnyLevel: Bool = false
  ) {
    self.init(pattern, LineLead(line, dateOrder: dateOrder), takesAnyLevel: takesAnyLevel)
  }

  /// Fits the pattern to a line whose beginning is known.
  init?(_ pattern: LinePattern, _ lead: LineLead, takesAnyLevel: Bool = false) {
    guard lead.line.count > 0, pattern.mayFit(lead, takesAnyLevel: takesAnyLevel) else { return nil }
    self.pattern = pattern
    end = lead.line.count
    var matcher = PatternMatcher(pattern, lead, takesAnyLevel: takesAnyLevel)
    guard matcher.run(0, at: 0) else { return nil }
    starts = matcher.starts
    ends = matcher.ends
    stamp = matcher.stamp
  }

  /// Whether the pattern fits, without saying where.
  static func exists(_ pattern: LinePattern, _ lead: LineLead, takesAnyLevel: Bool) -> Bool {
    guard lead.line.count > 0, pattern.mayFit(lead, takesAnyLevel: takesAnyLevel) else { return false }
    var matcher = PatternMatcher(pattern, lead, takesAnyLevel: takesAnyLevel)
    return matcher.run(0, at: 0)
  }

  /// Where the part with this number lies; nil where it is missing or empty.
  subscript(part: Int) -> Range<Int>? {
    starts[part] < ends[part] ? Int(starts[part])..<Int(ends[part]) : nil
  }

  /// Where the part with this role lies.
  func range(_ role: LinePattern.Role) -> Range<Int>? {
    pattern.parts.firstIndex { $0.role == role }.flatMap { self[$0] }
  }
}

/// Runs a pattern over one line, trying short parts before long ones.
private struct PatternMatcher {
  let pattern: LinePattern
  let line: UnsafeRawBufferPointer
  let lead: LineLead
  let takesAnyLevel: Bool
  var starts = InlineArray<40, Int32>(repeating: 0)
  var ends = InlineArray<40, Int32>(repeating: 0)
  var stamp: WrittenStamp?
  private var budget = LinePattern.budget

  init(_ pattern: LinePattern, _ lead: LineLead, takesAnyLevel: Bool) {
    self.pattern = pattern
    self.lead = lead
    line = lead.line
    self.takesAnyLevel = takesAnyLevel
  }

  /// Whether the steps from `first` on fit the line from `position` to its end.
  mutating func run(_ first: Int, at position: Int) -> Bool {
    var (step, position) = (first, position)
    while step < pattern.steps.count {
      budget -= 16
      guard budget > 0 else { return false }
      switch pattern.steps[step] {
      case .blank:
        let next = line.skippingBlanks(position)
        guard next > position || position == line.count else { return false }
        position = next
      case .literal(let start, let end):
        guard hasLiteral(start, end, at: position) else { return false }
        position += Int(end - start)
      case .optional(let next):
        if run(step + 1, at: position) { return true }
        forgetParts(from: step + 1, to: Int(next))
        step = Int(next)
        continue
      case .part(let part):
        let number = Int(part)
        switch pattern.parts[number].kind {
        case .word, .text, .longest, .name, .host, .level: return runOpen(number, step, at: position)
        default:
          guard let range = closed(number, at: position) else { return false }
          note(number, range.value)
          position = range.end
        }
      }
      step += 1
    }
    return position == line.count
  }

  private func hasLiteral(_ start: Int32, _ end: Int32, at position: Int) -> Bool {
    guard position + Int(end - start) <= line.count else { return false }
    for offset in 0..<Int(end - start) where line[position + offset] != pattern.literals[Int(start) + offset] {
      return false
    }
    return true
  }

  private mutating func note(_ part: Int, _ range: Range<Int>) {
    (starts[part], ends[part]) = (Int32(range.lowerBound), Int32(range.upperBound))
  }

  private mutating func forgetParts(from: Int, to: Int) {
    for step in from..<to { if case .part(let part) = pattern.steps[step] { note(Int(part), 0..<0) } }
  }

  /// A part whose end what follows decides: every end is tried at which the next step can begin.
  private mutating func runOpen(_ part: Int, _ step: Int, at position: Int) -> Bool {
    let kind = pattern.parts[part].kind
    let limit = reach(of: kind, from: position)
    let least = kind == .text ? position : position + 1
    guard least <= limit else { return false }
    let isLast = step + 1 == pattern.steps.count
    if isLast {
      guard limit == line.count, isAccepted(kind, position..<limit) else { return false }
      note(part, position..<limit)
      return true
    }
    let isLongest = kind == .longest
    var end = isLongest ? limit : least
    while end >= least, end <= limit {
      if mayGoOn(step + 1, at: end), isAccepted(kind, position..<end), run(step + 1, at: end) {
        note(part, position..<end)
        return true
      }
      budget -= 1
      guard budget > 0 else { return false }
      end += isLongest ? -1 : 1
    }
    return false
  }

  /// Whether an open part may be just this.
  private func isAccepted(_ kind: PartKind, _ range: Range<Int>) -> Bool {
    switch kind {
    case .name: line[range.upperBound - 1] != UInt8(ascii: ":")
    case .level: takesAnyLevel || LevelValue.read(line, range, scale: .mixed) != nil
    default: true
    }
  }

  /// Whether the step can begin at `position`: what can be told from one byte.
  private func mayGoOn(_ step: Int, at position: Int) -> Bool {
    switch pattern.steps[step] {
    case .blank: position == line.count || line[position] == 32 || line[position] == 9
    case .literal(let start, _): position < line.count && line[position] == pattern.literals[Int(start)]
    case .optional(let next):
      mayGoOn(step + 1, at: position)
        || (Int(next) < pattern.steps.count ? mayGoOn(Int(next), at: position) : position == line.count)
    case .part(let part): pattern.parts[Int(part)].mayBegin(position < line.count ? line[position] : nil, pattern)
    }
  }

  /// How far an open part can reach at most.
  private func reach(of kind: PartKind, from position: Int) -> Int {
    var end = position
    switch kind {
    case .text: return line.count
    case .name:
      guard line.at(position).isLetter || line.at(position) == 95 else { return position }
      while end < line.count, Self.isNameByte(line[end]) { end += 1 }
    case .host:
      if let address = address(at: position) { return address }
      while end < line.count, line[end].isWordByte || line[end] == UInt8(ascii: ".") || line[end] == UInt8(ascii: "-") {
        end += 1
      }
    case .level:
      while end < line.count, end - position < 16, line[end] != 32, line[end] != 9 { end += 1 }
      // `Level 25`: what Python calls a level without a name.
      if end == position + 5, end + 3 <= line.count, LevelValue.custom(line, position, end + 3) != nil { end += 3 }
    default: while end < line.count, line[end] != 32, line[end] != 9 { end += 1 }
    }
    return end
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "$"), UInt8(ascii: "/"), UInt8(ascii: "@"),
      UInt8(ascii: ":"):
      true
    default: byte.isWordByte || byte >= 128
    }
  }

  /// A part that knows itself where it ends: its value, and where the line goes on.
  private mutating func closed(_ part: Int, at position: Int) -> (value: Range<Int>, end: Int)? {
    func run(_ end: Int?) -> (value: Range<Int>, end: Int)? {
      guard let end, end > position else { return nil }
      return (position..<end, end)
    }
    switch pattern.parts[part].kind {
    case .number: return run(PatternMatch.number(line, at: position))
    case .hex: return run(hexadecimal(at: position))
    case .quoted: return quoted(at: position)
    case .code: return run(code(at: position))
    case .time: return run(time(part, at: position))
    case .rest: return (min(position, line.count)..<line.count, line.count)
    case .here: return (position..<line.count, position)
    case .choice: return run(pattern.choiceEnd(pattern.parts[part], line, at: position))
    case .request: return request(at: position)
    case .ip:
      guard let end = address(at: position) else { return nil }
      let isBracketed = line[position] == UInt8(ascii: "[")
      return (isBracketed ? position + 1..<end - 1 : position..<end, end)
    case .word, .longest, .text, .name, .host, .level: return nil
    }
  }

  private func hexadecimal(at position: Int) -> Int? {
    var end = position
    if line.at(end) == UInt8(ascii: "0"), line.at(end + 1) | 32 == UInt8(ascii: "x") { end += 2 }
    let digits = end
    while end < line.count, line[end].hexadecimalValue != nil { end += 1 }
    return end > digits ? end : nil
  }

  private func code(at position: Int) -> Int? {
    var end = position
    var (letters, digits) = (0, 0)
    while end < line.count {
      let byte = line[end]
      if byte.isDigit {
        digits += 1
      } else if byte.isLetter, byte & 32 == 0 {
        letters += 1
      } else if byte != UInt8(ascii: "-"), byte != UInt8(ascii: "_") {
        break
      }
      end += 1
    }
    return letters > 0 && digits > 0 && !line.at(end).isWordByte ? end : nil
  }

  private func quoted(at position: Int) -> (value: Range<Int>, end: Int)? {
    let quote = line.at(position)
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
    var end = position + 1
    while end < line.count {
      if line[end] == UInt8(ascii: "\\") {
        end += 2
      } else if line[end] != quote {
        end += 1
      } else if line.at(end + 1) == quote, quote == UInt8(ascii: "\"") {
        end += 2
      } else {
        return (position + 1..<end, end + 1)
      }
    }
    return nil
  }

  private mutating func time(_ part: Int, at position: Int) -> Int? {
    guard let found = lead.stamp(at: position) else { return nil }
    if pattern.parts[part].role == .time { stamp = found }
    return found.end
  }

  /// `METHOD target PROTOCOL`, up to a quote, a bracket or the end of the line.
  private func request(at position: Int) -> (value: Range<Int>, end: Int)? {
    var method = position
    while line.at(method).isLetter { method += 1 }
    guard method > position + 2, line.at(method) == 32 else { return nil }
    var end = method + 1
    while end < line.count, line[end] != UInt8(ascii: "\"") { end += line[end] == UInt8(ascii: "\\") ? 2 : 1 }
    end = min(end, line.count)
    var index = method + 1
    while index < end, !line.has(" HTTP/", at: index) { index += 1 }
    if index < end {
      index += 1
      while index < end, !line[index].isSpace { index += 1 }
      end = index
    }
    return end > method + 1 ? (position..<end, end) : nil
  }

  /// Where the address that begins at `position` ends; nil if none does.
  private func address(at position: Int) -> Int? {
    let isBracketed = line.at(position) == UInt8(ascii: "[")
    var end = position + (isBracketed ? 1 : 0)
    let start = end
    var (dots, colons) = (0, 0)
    while end < line.count, end - start < 64 {
      let byte = line[end]
      if byte == UInt8(ascii: ".") {
        dots += 1
      } else if byte == UInt8(ascii: ":") {
        // `10.0.0.1:443` is an address and a port.
        if dots > 0, colons == 0 { break }
        colons += 1
      } else if byte == UInt8(ascii: "%"), colons > 1 {
        // A zone (RFC 4007, section 11): `fe80::1%eth0`.
        repeat { end += 1 } while line.at(end).isWordByte
        break
      } else if byte.hexadecimalValue == nil {
        break
      }
      end += 1
    }
    guard dots == 3 && line[end - 1] != UInt8(ascii: ".") || colons >= 2 else { return nil }
    if isBracketed { return line.at(end) == UInt8(ascii: "]") ? end + 1 : nil }
    return line.at(end).isWordByte ? nil : end
  }
}
