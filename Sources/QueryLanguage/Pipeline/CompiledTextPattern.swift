import Matching

/// What `parse` looks for, ready to be matched: names and where their values lie.
///
///     try CompiledTextPattern(.template(.quoted("took <ms>ms for <user>"))).names   // ["ms", "user"]
public struct CompiledTextPattern: Sendable {
  private enum Matcher: Sendable {
    /// Literal pieces, and after each but the last a gap: the number of its name, or nil where it is skipped.
    case template(pieces: [[UInt8]], gaps: [Int?])
    /// An expression, and by group the number of its name.
    case regex(Pattern, groups: [Int?])
  }

  /// The names of the fields that a match gives, in the order written.
  public let names: [String]
  private let matcher: Matcher

  /// Compiles a pattern. Throws where it names nothing, names something twice, or cannot be matched.
  public init(_ pattern: TextPattern) throws(Diagnostic) {
    switch pattern {
    case .template(let literal): (names, matcher) = try Self.template(literal)
    case .regex(let regex): (names, matcher) = try Self.regex(regex)
    }
  }

  /// Gives the values of the first match to `body`, by the number of their name; whether there was one. O(bytes) for templates.
  ///
  /// A gap takes as little as it can and nothing beyond its line; at the end of a template it takes the rest of the line.
  public func match(_ bytes: UnsafeRawBufferPointer, _ body: (_ name: Int, _ value: Range<Int>) -> Void) -> Bool {
    switch matcher {
    case .template(let pieces, let gaps):
      guard let found = Self.find(pieces, in: bytes) else { return false }
      for (gap, range) in zip(gaps, found) { if let gap { body(gap, range) } }
      return true
    case .regex(let pattern, let groups):
      guard let captures = pattern.captures(in: bytes) else { return false }
      for (number, name) in groups.enumerated() {
        if let name, let range = captures[number + 1] { body(name, range) }
      }
      return true
    }
  }

  // MARK: Templates

  private static func template(_ literal: Literal) throws(Diagnostic) -> ([String], Matcher) {
    var names: [String] = []
    var pieces: [[UInt8]] = [[]]
    var gaps: [Int?] = []
    let text = Array(literal.pieces.joined().utf8)
    var index = 0
    while index < text.count {
      guard let (name, end) = gap(in: text, at: index) else {
        pieces[pieces.count - 1].append(text[index])
        index += 1
        continue
      }
      if !gaps.isEmpty, pieces[pieces.count - 1].isEmpty {
        throw Diagnostic(
          "two gaps touch each other", range: literal.range, help: "put the text that stands between them there")
      }
      if name == "_" {
        gaps.append(nil)
      } else {
        guard !names.contains(name) else { throw twice(name, literal.range) }
        try checkName(name, literal.range)
        gaps.append(names.count)
        names.append(name)
      }
      pieces.append([])
      index = end
    }
    guard !names.isEmpty else {
      throw Diagnostic(
        "this names no field", range: literal.range, help: "put names in angle brackets: parse \"took <ms>ms\"")
    }
    return (names, .template(pieces: pieces, gaps: gaps))
  }

  /// `<name>`, `<_>` or `*` at `index`, and where it ends.
  private static func gap(in text: [UInt8], at index: Int) -> (name: String, end: Int)? {
    if text[index] == UInt8(ascii: "*") { return ("_", index + 1) }
    guard text[index] == UInt8(ascii: "<"),
      let close = text[index...].prefix(80).firstIndex(of: UInt8(ascii: ">")), close > index + 1
    else { return nil }
    let name = text[index + 1..<close]
    let isName =
      name.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") }
      && !name[index + 1].isDigit
    return isName ? (String(decoding: name, as: UTF8.self), close + 1) : nil
  }

  private static func checkName(_ name: String, _ range: Range<Int>) throws(Diagnostic) {
    guard BuiltInField(name: name) != nil else { return }
    throw Diagnostic("\(name) is a built-in field", range: range, help: "choose another name")
  }

  private static func twice(_ name: String, _ range: Range<Int>) -> Diagnostic {
    Diagnostic("two parts are called \(name)", range: range, help: "choose another name, or <_> for what is not needed")
  }

  /// The gaps of the first match, looked for line by line; a template with a line end in it is looked for in all of the text.
  private static func find(_ pieces: [[UInt8]], in bytes: UnsafeRawBufferPointer) -> [Range<Int>]? {
    if pieces.contains(where: { $0.contains(10) }) { return find(pieces, in: bytes, 0..<bytes.count) }
    var start = 0
    while start <= bytes.count {
      let end = endOfLine(bytes, from: start)
      if let gaps = find(pieces, in: bytes, start..<end) { return gaps }
      start = end + 1
    }
    return nil
  }

  /// The gaps of the first match in a range: each piece is taken where it comes first, as what is not found behind that is
  /// not found behind a later one either.
  private static func find(
    _ pieces: [[UInt8]], in bytes: UnsafeRawBufferPointer, _ range: Range<Int>
  ) -> [Range<Int>]? {
    guard let begin = position(of: pieces[0], in: bytes, range) else { return nil }
    var place = begin + pieces[0].count
    var gaps: [Range<Int>] = []
    for number in 1..<pieces.count {
      let isRest = pieces[number].isEmpty && number == pieces.count - 1
      guard let next = isRest ? range.upperBound : position(of: pieces[number], in: bytes, place..<range.upperBound)
      else {
        return nil
      }
      gaps.append(place..<next)
      place = next + pieces[number].count
    }
    return gaps
  }

  private static func endOfLine(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    bytes[start...].firstIndex(of: 10) ?? bytes.count
  }

  private static func position(of piece: [UInt8], in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    guard let first = piece.first else { return range.lowerBound }
    let last = range.upperBound - piece.count
    var index = range.lowerBound
    while index <= last {
      if bytes[index] == first, bytes[index..<index + piece.count].elementsEqual(piece) { return index }
      index += 1
    }
    return nil
  }

  // MARK: Expressions

  private static func regex(_ regex: RegexLiteral) throws(Diagnostic) -> ([String], Matcher) {
    let options = PatternOptions(
      ignoresCase: regex.flags.contains("i"), dotMatchesNewline: regex.flags.contains("s"),
      anchorsMatchLines: regex.flags.contains("m"))
    let pattern: Pattern
    do throws(PatternError) { pattern = try Pattern(regex.pattern, options: options) } catch {
      throw Diagnostic(error.message, range: regex.range, help: error.help)
    }
    var names: [String] = []
    var groups: [Int?] = []
    for name in pattern.captureNames {
      guard let name else {
        groups.append(nil)
        continue
      }
      guard !names.contains(name) else { throw twice(name, regex.range) }
      try checkName(name, regex.range)
      groups.append(names.count)
      names.append(name)
    }
    guard !names.isEmpty else {
      throw Diagnostic(
        "this names no field", range: regex.range, help: "name the groups: parse ~/took (?<ms>\\d+)ms/")
    }
    return (names, .regex(pattern, groups: groups))
  }
}
