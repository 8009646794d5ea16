/// Answers as `LazyDFA` does, without keeping states: steps all places that the program can stand at, byte by byte.
///
/// For texts on which nearly every byte leads to a state never seen before, as `(a|b)*a(a|b){20}` meets on a random run
/// of a and b: to build and forget these states costs many times what this costs. O(program x bytes).
struct SetSimulation {
  private let program: Program
  private var current: [Int32] = []
  private var following: [Int32] = []
  private var stack: [Int32] = []
  /// For each instruction: the last step that reached it.
  private var marks: [UInt32]
  private var mark: UInt32 = 0
  /// Places stepped, so that callers can look up from time to time.
  private(set) var stepCount = 0

  init(_ program: Program) {
    self.program = program
    marks = Array(repeating: 0, count: program.instructions.count)
  }

  /// Whether `bytes[range]`, one text, matches; false also when cancelled.
  mutating func matches(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, isCancelled: () -> Bool = { false }
  ) -> Bool {
    var position = range.lowerBound
    var byte = position < range.upperBound ? bytes[position] : nil
    current.removeAll(keepingCapacity: true)
    nextMark()
    if reach(program.searchStart, AssertionContext(previous: nil, next: byte)) { return true }
    var nextLook = stepCount + SetSimulation.stepsBetweenLooks
    while let now = byte {
      swap(&current, &following)
      if following.isEmpty { return false }
      current.removeAll(keepingCapacity: true)
      nextMark()
      position += 1
      byte = position < range.upperBound ? bytes[position] : nil
      if step(now, AssertionContext(previous: now, next: byte)) { return true }
      if stepCount > nextLook {
        if isCancelled() { return false }
        nextLook = stepCount + SetSimulation.stepsBetweenLooks
      }
    }
    return false
  }

  private static let stepsBetweenLooks = 4_000_000

  private mutating func nextMark() {
    mark &+= 1
    guard mark == 0 else { return }
    for index in marks.indices { marks[index] = 0 }
    mark = 1
  }

  /// Takes `byte` from all places of `following` to `current`; true where the pattern has matched.
  private mutating func step(_ byte: UInt8, _ context: AssertionContext) -> Bool {
    stepCount += following.count
    for address in following {
      switch program.instructions[Int(address)] {
      case .byte(let low, let high, let next):
        if byte >= low, byte <= high, reach(next, context) { return true }
      case .table(let first, let count):
        for index in Int(first)..<Int(first + count) {
          let edge = program.edges[index]
          if byte < edge.low { break }
          if byte <= edge.high, reach(edge.next, context) { return true }
        }
      default: break
      }
    }
    return false
  }

  /// Adds what is reached from `address` without consuming; true where the pattern has matched.
  private mutating func reach(_ address: Int32, _ context: AssertionContext) -> Bool {
    stack.append(address)
    while let address = stack.popLast() {
      if marks[Int(address)] == mark { continue }
      marks[Int(address)] = mark
      switch program.instructions[Int(address)] {
      case .match:
        stack.removeAll(keepingCapacity: true)
        return true
      case .split(let first, let second):
        stack.append(first)
        stack.append(second)
      case .save(_, let next): stack.append(next)
      case .assert(let assertion, let next): if context.satisfies(assertion) { stack.append(next) }
      case .byte, .table: current.append(address)
      }
    }
    return false
  }
}
