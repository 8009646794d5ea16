/// Reads the text of a `LinePattern`.
struct PatternParser {
  private(set) var parts: [LinePattern.Part] = []
  private(set) var steps: [LinePattern.Step] = []
  private(set) var literals: [UInt8] = []

  private let text: [UInt8]
  private var index = 0
  private var depth = 0
  /// How many `{{` are open in the optional part that is being read.
  private var openBraces = 0

  init(_ text: String) { self.text = Array(text.utf8) }

  mutating func parse() throws(PatternError) {
    try sequence()
    guard index == text.count else { throw mistake("\"}\" closes nothing; a brace itself is written }}") }
    guard !parts.isEmpty else { throw mistake("the pattern has no parts; write them as {name}") }
    try checkEnds()
  }

  private mutating func sequence() throws(PatternError) {
    while index < text.count {
      let byte = text[index]
      if byte == 32 || byte == 9 {
        while index < text.count, text[index] == 32 || text[index] == 9 { index += 1 }
        steps.append(.blank)
      } else if byte == UInt8(ascii: "{"), at(1) != UInt8(ascii: "{") {
        try brace()
      } else if byte == UInt8(ascii: "}"), !isWrittenBrace {
        return
      } else {
        literal()
      }
    }
  }

  /// Whether `}}` here stands for a brace: in an optional part only where it closes a `{{`, since `}}` may also end two parts.
  private var isWrittenBrace: Bool { at(1) == UInt8(ascii: "}") && (depth == 0 || openBraces > 0) }

  private mutating func literal() {
    let start = literals.count
    while index < text.count, text[index] != 32, text[index] != 9 {
      let byte = text[index]
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
        guard byte == UInt8(ascii: "{") ? at(1) == byte : isWrittenBrace else { break }
        openBraces += byte == UInt8(ascii: "{") ? 1 : -1
        index += 1
      }
      literals.append(byte)
      index += 1
    }
    steps.append(.literal(start: Int32(start), end: Int32(literals.count)))
  }

  private mutating func brace() throws(PatternError) {
    let open = index
    if at(1) == UInt8(ascii: "?") {
      guard depth < 8 else { throw mistake("optional parts are nested too deep") }
      index += 2
      let step = steps.count
      steps.append(.optional(next: 0))
      depth += 1
      let outer = openBraces
      openBraces = 0
      try sequence()
      openBraces = outer
      depth -= 1
      guard index < text.count else { throw mistake("{? is not closed", at: open) }
      guard steps.count > step + 1 else { throw mistake("there is nothing in {?}", at: open) }
      index += 1
      steps[step] = .optional(next: Int32(steps.count))
      return
    }
    guard let close = text[open...].firstIndex(of: UInt8(ascii: "}")) else {
      throw mistake("{ is not closed; a brace itself is written {{", at: open)
    }
    let inside = text[(open + 1)..<close]
    index = close + 1
    try part(inside, at: open)
  }

  private mutating func part(_ inside: ArraySlice<UInt8>, at open: Int) throws(PatternError) {
    let colon = inside.firstIndex(of: UInt8(ascii: ":"))
    let name = String(decoding: inside[..<(colon ?? inside.endIndex)], as: UTF8.self)
    let role = Self.role(name)
    var kind: PartKind = role == .time ? .time : role == .level ? .level : .word
    if role == .message { kind = index == text.count ? .rest : .text }
    var choices: [Range<Int32>] = []
    if let colon, inside[colon...].contains(UInt8(ascii: "|")) {
      kind = .choice
      choices = try self.choices(inside[(colon + 1)...])
    } else if let colon {
      let written = String(decoding: inside[(colon + 1)...], as: UTF8.self)
      guard let known = PartKind(rawValue: written) else {
        let kinds = PartKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw mistake("no kind of part is called \"\(written)\"; there are \(kinds)", at: colon + 1)
      }
      kind = known
    }
    guard name.utf8.allSatisfy({ $0.isWordByte || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }) else {
      throw mistake("a name has letters, digits and _ . - only", at: open + 1)
    }
    guard parts.count < LinePattern.partLimit else {
      throw mistake("a pattern has at most \(LinePattern.partLimit) parts", at: open)
    }
    if kind == .here, role != .message { throw mistake("only {message} can be of the kind here", at: open) }
    if role == .time, kind != .time { throw mistake("{time} is always of the kind time", at: open) }
    if role != .field, role != .nothing, parts.contains(where: { $0.role == role }) {
      throw mistake("{\(name)} stands in the pattern twice", at: open)
    }
    steps.append(.part(Int32(parts.count)))
    parts.append(.init(name: name, bytes: Array(name.utf8), role: role, kind: kind, choices: choices))
  }

  /// The texts of `one|two`, or of `|one|`, noted among the literals.
  private mutating func choices(_ inside: ArraySlice<UInt8>) throws(PatternError) -> [Range<Int32>] {
    var ranges: [Range<Int32>] = []
    for choice in inside.split(separator: UInt8(ascii: "|")) {
      let start = Int32(literals.count)
      literals += choice
      ranges.append(start..<Int32(literals.count))
    }
    guard !ranges.isEmpty else { throw mistake("there is nothing between the bars", at: inside.startIndex) }
    return ranges
  }

  private static func role(_ name: String) -> LinePattern.Role {
    switch name {
    case "": .nothing
    case "time", "timestamp": .time
    case "level": .level
    case "message", "msg": .message
    default: .field
    }
  }

  /// A part whose end only the next thing tells must be followed by something that can tell.
  private func checkEnds() throws(PatternError) {
    for (number, step) in steps.enumerated() {
      guard case .part(let part) = step, number + 1 < steps.count, case .part(let next) = steps[number + 1] else {
        continue
      }
      let open: [PartKind] = [.word, .longest, .text, .name, .host, .level]
      let vague: [PartKind] = [.word, .longest, .text, .name, .host, .rest]
      let (first, second) = (parts[Int(part)], parts[Int(next)])
      if first.kind == .rest || open.contains(first.kind) && vague.contains(second.kind) {
        throw mistake("nothing says where {\(first.name)} ends; put text between it and {\(second.name)}", at: 0)
      }
    }
  }

  private func at(_ offset: Int) -> UInt8 { index + offset < text.count ? text[index + offset] : 0 }

  private func mistake(_ message: String, at offset: Int? = nil) -> PatternError {
    PatternError(message: message, offset: offset ?? index)
  }
}
