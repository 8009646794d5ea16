/// Builds a program from a syntax tree, from the end to the beginning: every part is given where it leads to.
struct ProgramBuilder {
  private var program = Program()
  private var automata: [CharacterSet: ByteAutomaton] = [:]
  private var outermostRepeat: Range<Int>?
  /// Parts visited, so that repeats of nothing are bounded as well.
  private var work = 0
  private let patternLength: Int
  private var limit = Program.largestCount

  /// The program of `node`, whose pattern is `patternLength` bytes long.
  static func build(_ node: SyntaxNode, groupCount: Int, patternLength: Int) throws(PatternError) -> Program {
    var builder = ProgramBuilder(patternLength: patternLength)
    return try builder.build(node, groupCount: groupCount)
  }

  /// The program of a node without repeats by count, as long as it gets.
  static func buildUnbounded(_ node: SyntaxNode) -> Program {
    var builder = ProgramBuilder(patternLength: 0)
    builder.limit = Int(Int32.max)
    // Only the limit can make it fail; an empty program matches nothing.
    return (try? builder.build(node, groupCount: 1)) ?? Program(instructions: [.byte(low: 1, high: 0, next: 0)])
  }

  private init(patternLength: Int) { self.patternLength = patternLength }

  private mutating func build(_ node: SyntaxNode, groupCount: Int) throws(PatternError) -> Program {
    let end = try add(.match)
    let closing = try add(.save(slot: 1, next: end))
    let body = try add(node, next: closing)
    program.start = try add(.save(slot: 0, next: body))
    program.groupCount = groupCount
    program.isNullable = node.isNullable
    program.searchStart = program.start
    program.firstBytes = ProgramBuilder.firstBytes(of: program)
    if node.beginsAtTextStart { return program }
    program.tracksCharacters =
      node.isNullable && node.contains { if case .assertion = $0 { true } else { false } }
      || (UInt8(0x80)...0xBF).contains { program.firstBytes.contains($0) }
    let loop = try add(.match)
    let skip =
      program.tracksCharacters
      ? try add(CharacterSet(scalars: .everything, matchesInvalid: true), next: loop)
      : try add(.byte(low: 0, high: 0xFF, next: loop))
    program.instructions[Int(loop)] = .split(program.start, skip)
    program.searchStart = loop
    return program
  }

  private mutating func add(_ instruction: Instruction) throws(PatternError) -> Int32 {
    guard program.instructions.count < limit else { throw tooLarge }
    program.instructions.append(instruction)
    return Int32(program.instructions.count - 1)
  }

  private var tooLarge: PatternError {
    PatternError(
      message: "the pattern is too large when its repeats are written out", range: outermostRepeat ?? 0..<patternLength,
      help: "use smaller counts, or * or +")
  }

  // MARK: Parts

  private mutating func add(_ node: SyntaxNode, next: Int32) throws(PatternError) -> Int32 {
    work += 1
    guard work / 4 < limit else { throw tooLarge }
    switch node {
    case .empty: return next
    case .set(let set): return try add(set, next: next)
    case .assertion(let assertion): return try add(.assert(assertion, next: next))
    case .concatenation(let nodes):
      var target = next
      for node in nodes.reversed() { target = try add(node, next: target) }
      return target
    case .alternation(let nodes):
      var target: Int32?
      for node in nodes.reversed() {
        let branch = try add(node, next: next)
        if let rest = target { target = try add(.split(branch, rest)) } else { target = branch }
      }
      return target ?? next
    case .repetition(let repetition): return try add(repetition, next: next)
    case .capture(let body, let index):
      let closing = try add(.save(slot: Int32(2 * index + 1), next: next))
      let inner = try add(body, next: closing)
      return try add(.save(slot: Int32(2 * index), next: inner))
    }
  }

  private mutating func add(_ repetition: Repetition, next: Int32) throws(PatternError) -> Int32 {
    let isOutermost = outermostRepeat == nil
    if isOutermost { outermostRepeat = repetition.range }
    defer { if isOutermost { outermostRepeat = nil } }
    var target = next
    var least = repetition.least
    if let most = repetition.most {
      for _ in 0..<most - least {
        let body = try add(repetition.body, next: target)
        target = try choice(body, next, isGreedy: repetition.isGreedy)
      }
    } else {
      target = try loop(repetition, next: next, isAtLeastOnce: least > 0)
      least -= 1
    }
    for _ in 0..<max(0, least) { target = try add(repetition.body, next: target) }
    return target
  }

  /// `x+`, or `x*`; the latter is `(x+)?` where x can be empty, so that an empty turn of x ends the loop instead of
  /// losing its place in the order of preference.
  private mutating func loop(
    _ repetition: Repetition, next: Int32, isAtLeastOnce: Bool
  ) throws(PatternError) -> Int32 {
    let turn = try add(.match)
    let body = try add(repetition.body, next: turn)
    program.instructions[Int(turn)] =
      repetition.isGreedy ? .split(body, next) : .split(next, body)
    if isAtLeastOnce { return body }
    return repetition.body.isNullable ? try choice(body, next, isGreedy: repetition.isGreedy) : turn
  }

  private mutating func choice(_ body: Int32, _ next: Int32, isGreedy: Bool) throws(PatternError) -> Int32 {
    try add(isGreedy ? .split(body, next) : .split(next, body))
  }

  private mutating func add(_ set: CharacterSet, next: Int32) throws(PatternError) -> Int32 {
    if let only = set.scalars.ranges.first, set.scalars.ranges.count == 1, only.upperBound < 0x80, !set.matchesInvalid {
      return try add(.byte(low: UInt8(only.lowerBound), high: UInt8(only.upperBound), next: next))
    }
    let automaton = automata[set] ?? ByteAutomaton(set)
    automata[set] = automaton
    var addresses = [Int32](repeating: 0, count: automaton.nodes.count)
    for (index, node) in automaton.nodes.enumerated().reversed() {
      let first = Int32(program.edges.count)
      for edge in node.edges {
        program.edges.append(
          ProgramEdge(low: edge.low, high: edge.high, next: edge.target < 0 ? next : addresses[edge.target]))
      }
      let table = try add(.table(first: first, count: Int32(node.edges.count)))
      if let range = node.guardRange {
        addresses[index] = try add(.split(table, try add(.assert(.nextByteNot(range), next: next))))
      } else {
        addresses[index] = table
      }
    }
    return addresses.first ?? next
  }

  /// The bytes that some match can begin with.
  private static func firstBytes(of program: Program) -> ByteSet {
    var result = ByteSet()
    var seen = Set<Int32>()
    var stack = [program.start]
    while let address = stack.popLast() {
      guard seen.insert(address).inserted else { continue }
      switch program.instructions[Int(address)] {
      case .byte(let low, let high, _): result.insert(low...high)
      case .table(let first, let count):
        for edge in program.edges[Int(first)..<Int(first + count)] { result.insert(edge.low...edge.high) }
      case .split(let first, let second): stack += [first, second]
      case .save(_, let next), .assert(_, let next): stack.append(next)
      case .match: break
      }
    }
    return result
  }
}

extension SyntaxNode {
  /// Whether every match must begin at the beginning of the text.
  var beginsAtTextStart: Bool {
    switch self {
    case .assertion(.textStart): true
    case .concatenation(let nodes): nodes.first?.beginsAtTextStart ?? false
    case .alternation(let nodes): nodes.allSatisfy(\.beginsAtTextStart)
    case .repetition(let repetition): repetition.least > 0 && repetition.body.beginsAtTextStart
    case .capture(let body, _): body.beginsAtTextStart
    case .empty, .set, .assertion: false
    }
  }
}
