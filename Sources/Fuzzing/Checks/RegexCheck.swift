import Matching

/// The first line is the pattern, led by a byte of flags; the rest is the text.
enum RegexCheck {
  static let seeds = [
    "0timeout\na timeout here\nnone", "0status=5\\d\\d\nstatus=503\nstatus=200\n", "1ERROR|warn\nError\nWARN",
    "2a.b\na\nb", "4^x$\nx\ny\nx\n", "0(a|ab)(c|bcd)(d*)\nabcd", "0[a-z]{2,5}?\\b\nabcdef ghi",
    "0(?P<user>\\w+)@[^ ]+\nmail to joe@example.com now", "0\\p{L}+é.\nétéé!", "0(a*)*b|(?:x{3}){2}\naaaa\nxxxxxxb",
  ]

  static func run(_ input: [UInt8]) throws(Violation) {
    let line = input.prefix(while: { $0 != 10 }).prefix(256)
    guard let flags = line.first else { return }
    let text = Array(input.dropFirst(line.count + 1).prefix(4096))
    var options = PatternOptions()
    options.ignoresCase = flags & 1 != 0
    options.dotMatchesNewline = flags & 2 != 0
    options.anchorsMatchLines = flags & 4 != 0
    let source = String(decoding: line.dropFirst(), as: UTF8.self)
    let pattern: Pattern
    do { pattern = try Pattern(source, options: options) } catch {
      return try require(
        error.range.lowerBound >= 0 && error.range.upperBound <= source.utf8.count + 1,
        "the error of /\(source)/ points at \(error.range)")
    }
    try text.withBytes { (bytes) throws(Violation) in try agree(pattern, bytes) }
  }

  /// The automaton, the matcher of spans, that of groups, and the scan by lines say the same.
  private static func agree(_ pattern: Pattern, _ bytes: UnsafeRawBufferPointer) throws(Violation) {
    let isMatch = pattern.isMatch(bytes)
    let span = pattern.firstMatch(in: bytes)
    let groups = pattern.captures(in: bytes)?.ranges
    try require(isMatch == (span != nil), "isMatch says \(isMatch), firstMatch \(String(describing: span))")
    try require(groups?.first == span.map { $0 }, "captures and firstMatch differ: \(String(describing: span))")
    if let span { try require(span.upperBound <= bytes.count, "a span beyond the text: \(span)") }
    for case let group? in groups ?? [] {
      try require(group.lowerBound >= 0 && group.upperBound <= bytes.count, "a group beyond the text: \(group)")
    }
    if let literal = pattern.requiredLiteral, let span {
      try require(bytes.part(span).contains(literal), "a match without its required literal")
    }
    var hits: [Int] = []
    var previous = -1
    pattern.forEachMatchingLine(in: bytes) { offset, _ in
      if offset <= previous { hits.append(.min) }
      previous = offset
      hits.append(bytes[..<offset].count { $0 == 10 })
    }
    try require(hits == naiveHits(pattern, bytes), "lines \(hits), one by one \(naiveHits(pattern, bytes))")
  }

  /// Every line by itself; nothing is a line behind a last newline.
  private static func naiveHits(_ pattern: Pattern, _ bytes: UnsafeRawBufferPointer) -> [Int] {
    var hits: [Int] = []
    var start = 0
    var number = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
      if pattern.isMatch(bytes.part(start..<end)) { hits.append(number) }
      number += 1
      start = end + 1
    }
    return hits
  }
}
