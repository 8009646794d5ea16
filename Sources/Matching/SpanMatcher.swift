/// Finds where the preferred match lies (leftmost, then as Perl would choose), by keeping all threads of the program
/// in order of preference and stepping them together: O(program x text), whatever the pattern.
///
/// Owns its scratch memory; one search at a time.
// SAFETY: a pool lends it to one thread at a time, so that sharing the reference between threads is sound.
final class SpanMatcher: @unchecked Sendable {
  private let program: Program
  private let slotCount: Int
  private var current: ThreadList
  private var following: ThreadList
  private var stack: [Job] = []
  private var slots: [Int]
  /// How many thread steps the last search took: what the tests bound instead of time.
  private(set) var stepCount = 0

  private struct ThreadList {
    /// Instruction numbers, preferred first.
    var dense: [Int32] = []
    /// For each instruction: its index in `dense`, if that entry holds it.
    var sparse: [Int32]
    /// For each instruction: its group ends.
    var slots: [Int]

    func contains(_ address: Int32) -> Bool {
      let index = Int(sparse[Int(address)])
      return index < dense.count && dense[index] == address
    }

    mutating func insert(_ address: Int32) {
      sparse[Int(address)] = Int32(dense.count)
      dense.append(address)
    }
  }

  private enum Job {
    case visit(Int32)
    case restore(slot: Int, value: Int)
  }

  /// With `capturesGroups` false only group 0 is kept.
  init(_ program: Program, capturesGroups: Bool) {
    self.program = program
    slotCount = capturesGroups ? 2 * program.groupCount : 2
    let count = program.instructions.count
    current = ThreadList(
      sparse: Array(repeating: 0, count: count), slots: Array(repeating: -1, count: count * slotCount))
    following = current
    slots = Array(repeating: -1, count: slotCount)
  }

  /// The slots of the first match that begins at or after `start`; nil if there is none. Bytes before `start` are
  /// context for anchors.
  func firstMatch(in text: UnsafeRawBufferPointer, from start: Int) -> [Int]? {
    stepCount = 0
    current.dense.removeAll(keepingCapacity: true)
    var best: [Int]?
    var boundary = start
    var position = start
    while position <= text.count {
      if current.dense.isEmpty {
        if best != nil || (program.isAnchored && position > 0) { break }
        position = skip(text, from: position)
        boundary = max(boundary, position)
      }
      let byte = position < text.count ? text[position] : nil
      let context = AssertionContext(previous: position > 0 ? text[position - 1] : nil, next: byte)
      let isBoundary = !program.tracksCharacters || position == boundary
      if isBoundary, best == nil, !program.isAnchored || position == 0 {
        for index in slots.indices { slots[index] = -1 }
        add(program.start, at: position, context, to: &current)
      }
      if program.tracksCharacters, isBoundary, byte != nil {
        boundary = position + CharacterCursor.length(in: text, at: position)
      }
      step(text, at: position, &best)
      swap(&current, &following)
      position += 1
    }
    return best
  }

  /// The next position where a match can begin, where the first byte tells.
  private func skip(_ text: UnsafeRawBufferPointer, from start: Int) -> Int {
    guard !program.isNullable, !program.tracksCharacters else { return start }
    var position = start
    while position < text.count, !program.firstBytes.contains(text[position]) { position += 1 }
    return position
  }

  /// Moves every thread over the byte at `position`; a thread that has matched ends all less preferred ones.
  private func step(_ text: UnsafeRawBufferPointer, at position: Int, _ best: inout [Int]?) {
    following.dense.removeAll(keepingCapacity: true)
    let byte = position < text.count ? text[position] : nil
    let after = AssertionContext(previous: byte, next: position + 1 < text.count ? text[position + 1] : nil)
    for address in current.dense {
      stepCount += 1
      var target: Int32?
      switch program.instructions[Int(address)] {
      case .byte(let low, let high, let next): if let byte, byte >= low, byte <= high { target = next }
      case .table(let first, let count): if let byte { target = edge(byte, first, count) }
      case .match:
        best = Array(current.slots[Int(address) * slotCount..<(Int(address) + 1) * slotCount])
        return
      case .split, .save, .assert: break
      }
      guard let target else { continue }
      for index in 0..<slotCount { slots[index] = current.slots[Int(address) * slotCount + index] }
      add(target, at: position + 1, after, to: &following)
    }
  }

  private func edge(_ byte: UInt8, _ first: Int32, _ count: Int32) -> Int32? {
    for index in Int(first)..<Int(first + count) {
      let edge = program.edges[index]
      if byte < edge.low { return nil }
      if byte <= edge.high { return edge.next }
    }
    return nil
  }

  /// Adds all instructions that consume or match and are reached from `address` without consuming, in order.
  private func add(_ address: Int32, at position: Int, _ context: AssertionContext, to list: inout ThreadList) {
    stack.append(.visit(address))
    while let job = stack.popLast() {
      switch job {
      case .restore(let slot, let value): slots[slot] = value
      case .visit(let address): visit(address, at: position, context, &list)
      }
    }
  }

  private func visit(
    _ start: Int32, at position: Int, _ context: AssertionContext, _ list: inout ThreadList
  ) {
    var address = start
    while !list.contains(address) {
      list.insert(address)
      stepCount += 1
      switch program.instructions[Int(address)] {
      case .split(let first, let second):
        stack.append(.visit(second))
        address = first
      case .save(let slot, let next):
        if Int(slot) < slotCount {
          stack.append(.restore(slot: Int(slot), value: slots[Int(slot)]))
          slots[Int(slot)] = position
        }
        address = next
      case .assert(let assertion, let next):
        guard context.satisfies(assertion) else { return }
        address = next
      case .byte, .table, .match:
        for index in 0..<slotCount { list.slots[Int(address) * slotCount + index] = slots[index] }
        return
      }
    }
  }
}
