/// A deterministic automaton that is built while it runs: answers only whether there is a match, at one table look-up a
/// byte.
///
/// A state is the set of instructions that the program can stand at. Its row of the table holds, for each byte, where
/// the row of the next state begins. Three rows are no states: *unknown* (not worked out yet), *match* and *dead* lead
/// to themselves whatever comes, so that eight bytes can be run without a look and then be replayed with care.
///
///     row 0      row 256    row 512    row 768 ...
///     unknown    match      dead       state 0 (the beginning of a text), state 1 ...
///
/// Memory is bounded: with `stateLimit` states, or sets of `keyLimit` instructions in total, everything is forgotten
/// but the states that the caller stands in. Where that happens after less than ten bytes a state, states are not worth
/// building, and the next `simulationLength` bytes are left to `SetSimulation`. Not thread-safe: one scan at a time.
// SAFETY: a pool lends it to one thread at a time, so that sharing the reference between threads is sound.
final class LazyDFA: @unchecked Sendable {
  static let unknown: UInt32 = 0
  static let match: UInt32 = 256
  static let dead: UInt32 = 512
  /// States that are kept at most: 2 MB of rows.
  static let stateLimit = 2048
  /// Instructions in all kept states at most: 4 MB.
  static let keyLimit = 1 << 20
  /// Bytes read for each state built, below which building does not pay.
  static let worthwhileCount = 10
  /// Bytes that are simulated before states are tried again.
  static let simulationLength = 1 << 20
  /// How many states a caller may add between two looks at `isFull`.
  static let slack = 40

  /// Whether "\n" ends a text and begins the next one; otherwise it is a byte like others.
  let isLinewise: Bool
  /// The row of the beginning of a text.
  private(set) var start: UInt32 = 0
  /// The rows. Replaced when it grows: read it again after `extend`.
  // SAFETY: `capacity` rows of 256, allocated in `init` and `grow`, freed in `deinit`; every value in it is the
  // beginning of a row below `capacity`.
  private(set) var table: UnsafeMutablePointer<UInt32>
  /// How many states have been worked out, and how often everything was forgotten: what tests bound.
  private(set) var builtCount = 0
  private(set) var clearCount = 0
  /// Bytes that are to be read without building states.
  private var simulatedLength = 0
  /// Bytes read since everything was forgotten.
  private var readCount = 0
  /// Made when first needed.
  private lazy var simulation = SetSimulation(program)

  private let program: Program
  private let classes: ByteClasses
  private var capacity = 32
  private var keys: [[Int32]] = []
  private var rows: [[Int32]: UInt32] = [:]
  private var keySize = 0
  private var endMatches: [Bool?] = []
  private var marks: [UInt32]
  private var mark: UInt32 = 0
  private var stack: [Int32] = []

  init(_ program: Program, classes: ByteClasses, isLinewise: Bool) {
    self.program = program
    self.classes = classes
    self.isLinewise = isLinewise
    marks = Array(repeating: 0, count: program.instructions.count)
    table = .allocate(capacity: 256 * capacity)
    forget()
  }

  deinit { table.deallocate() }

  // MARK: What scans ask for

  /// Whether `forget(keeping:)` is due before more states are added.
  var isFull: Bool { keys.count + LazyDFA.slack >= LazyDFA.stateLimit || keySize >= LazyDFA.keyLimit }

  /// Works out where `row`, a state, goes on `byte`, for all bytes that the program does not tell apart.
  @inline(never) func extend(_ row: UInt32, _ byte: UInt8) -> UInt32 {
    let target = target(of: row, byte)
    for index in Int(classes.first[Int(byte)])...Int(classes.last[Int(byte)]) { table[Int(row) + index] = target }
    return target
  }

  /// Whether the text matches if it ends in the state of `row`.
  func matchesAtEnd(_ row: UInt32) -> Bool {
    if row <= LazyDFA.dead { return row == LazyDFA.match }
    let index = Int(row / 256) - 3
    if let known = endMatches[index] { return known }
    let answer = resolved(keys[index], next: nil) == nil
    endMatches[index] = answer
    return answer
  }

  /// Whether the caller should leave the text to `simulate`.
  var isThrashing: Bool { simulatedLength > 0 }

  /// Takes note of `count` bytes that were read by states.
  func note(reading count: Int) { readCount += count }

  /// Whether `bytes[range]`, one text, matches, without states.
  func simulate(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, isCancelled: () -> Bool = { false }) -> Bool {
    simulatedLength = max(0, simulatedLength - range.count - 1)
    return simulation.matches(bytes, range, isCancelled: isCancelled)
  }

  /// Forgets all states but those of `kept`, and returns their new rows; `count` bytes have been read since the last
  /// note.
  func forget(keeping kept: [UInt32], afterReading count: Int) -> [UInt32] {
    note(reading: count)
    if readCount < LazyDFA.worthwhileCount * keys.count { simulatedLength = LazyDFA.simulationLength }
    readCount = 0
    let keptKeys = kept.map { $0 > LazyDFA.dead ? keys[Int($0 / 256) - 3] : nil }
    clearCount += 1
    forget()
    let rows = zip(kept, keptKeys).map { row, key in key.map { intern($0) } ?? row }
    if isFull { simulatedLength = LazyDFA.simulationLength }
    return rows
  }

  // MARK: States

  private func forget() {
    keys.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
    endMatches.removeAll(keepingCapacity: true)
    keySize = 0
    table.initialize(repeating: LazyDFA.unknown, count: 256 * capacity)
    (table + Int(LazyDFA.match)).update(repeating: LazyDFA.match, count: 256)
    (table + Int(LazyDFA.dead)).update(repeating: LazyDFA.dead, count: 256)
    start = state(of: [program.searchStart], previous: nil)
  }

  /// The row of a state whose key is `kind of the byte before` and then the sorted instructions.
  private func intern(_ key: [Int32]) -> UInt32 {
    if let row = rows[key] { return row }
    if keys.count + 3 >= capacity { grow() }
    let row = UInt32(keys.count + 3) * 256
    keys.append(key)
    endMatches.append(nil)
    rows[key] = row
    keySize += key.count
    builtCount += 1
    return row
  }

  private func grow() {
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: 512 * capacity)
    larger.initialize(from: table, count: 256 * capacity)
    (larger + 256 * capacity).initialize(repeating: LazyDFA.unknown, count: 256 * capacity)
    table.deallocate()
    table = larger
    capacity *= 2
  }

  private func target(of row: UInt32, _ byte: UInt8) -> UInt32 {
    let isEnd = isLinewise && byte == 10
    guard let addresses = resolved(keys[Int(row / 256) - 3], next: isEnd ? nil : byte) else { return LazyDFA.match }
    if isEnd { return start }
    var targets: [Int32] = []
    for address in addresses {
      switch program.instructions[Int(address)] {
      case .byte(let low, let high, let next): if byte >= low, byte <= high { targets.append(next) }
      case .table(let first, let count):
        for edge in program.edges[Int(first)..<Int(first + count)] where byte >= edge.low && byte <= edge.high {
          targets.append(edge.next)
        }
      default: break
      }
    }
    return state(of: targets, previous: byte)
  }

  /// The state reached by standing at `addresses` behind `previous`. Assertions about what comes next stay in it.
  private func state(of addresses: [Int32], previous: UInt8?) -> UInt32 {
    guard let found = follow(addresses, previous: previous, next: nil, isNextKnown: false) else { return LazyDFA.match }
    if found.addresses.isEmpty { return LazyDFA.dead }
    return intern([found.isPending ? kind(of: previous) : 0] + found.addresses.sorted())
  }

  /// The instructions of `key` that consume, now that the next byte is known; nil where the pattern has matched.
  private func resolved(_ key: [Int32], next: UInt8?) -> ArraySlice<Int32>? {
    let addresses = key.dropFirst()
    guard addresses.contains(where: { isAssertion($0) }) else { return addresses }
    guard let (all, _) = follow(Array(addresses), previous: representative(key[0]), next: next, isNextKnown: true)
    else { return nil }
    return all[...]
  }

  private func isAssertion(_ address: Int32) -> Bool {
    if case .assert = program.instructions[Int(address)] { true } else { false }
  }

  /// Everything that is reached from `addresses` without consuming: the instructions that consume and, unless the next
  /// byte is known, the assertions that ask for it. Nil where the match is among them.
  private func follow(
    _ addresses: [Int32], previous: UInt8?, next: UInt8?, isNextKnown: Bool
  ) -> (addresses: [Int32], isPending: Bool)? {
    mark &+= 1
    var result: [Int32] = []
    var isPending = false
    let context = AssertionContext(previous: previous, next: next)
    stack.removeAll(keepingCapacity: true)
    stack += addresses
    while let address = stack.popLast() {
      if marks[Int(address)] == mark { continue }
      marks[Int(address)] = mark
      switch program.instructions[Int(address)] {
      case .match: return nil
      case .split(let first, let second):
        stack.append(first)
        stack.append(second)
      case .save(_, let next): stack.append(next)
      case .byte, .table: result.append(address)
      case .assert(let assertion, let next):
        if isNextKnown || !assertion.asksForNextByte {
          if context.satisfies(assertion) { stack.append(next) }
        } else {
          isPending = true
          result.append(address)
        }
      }
    }
    return (result, isPending)
  }

  // MARK: The byte before

  /// What assertions of this program can tell about the byte before: 0 nothing, 1 word, 2 newline, 3 beginning.
  private func kind(of byte: UInt8?) -> Int32 {
    guard let byte else { return classes.asksForTextStart || classes.asksForLineStart ? 3 : 0 }
    if classes.asksForLineStart, byte == 10 { return 2 }
    return classes.asksForWords && AssertionContext.isWord(byte) ? 1 : 0
  }

  private func representative(_ kind: Int32) -> UInt8? {
    switch kind {
    case 1: UInt8(ascii: "a")
    case 2: 10
    case 3: nil
    default: 0
    }
  }
}

extension Assertion {
  /// Whether it depends on what follows.
  var asksForNextByte: Bool {
    switch self {
    case .textStart, .lineStart: false
    case .textEnd, .lineEnd, .wordBoundary, .notWordBoundary, .nextByteNot: true
    }
  }
}
