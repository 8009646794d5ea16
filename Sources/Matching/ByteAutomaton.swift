/// The bytes of one character of a set: a small tree over UTF-8, with equal branches shared.
///
///     [a-é]  =  61...7A -> end                  (node 0)
///               C2 -> 80...BF -> end            (node 1)
///               C3 -> 80...A9 -> end            (node 2)
///
/// Where the set matches ill-formed text, a node behind a lead byte also has a guard: if the next byte cannot continue
/// the sequence, the sequence ends here and counts as one character.
struct ByteAutomaton: Sendable {
  struct Edge: Hashable, Sendable {
    var low: UInt8
    var high: UInt8
    /// A node, or -1 for the end of the character.
    var target: Int
  }
  struct Node: Hashable, Sendable {
    var edges: [Edge]
    var guardRange: ClosedRange<UInt8>?
  }

  /// Node 0 is the root; edges lead to higher numbers or to -1.
  private(set) var nodes: [Node] = []

  init(_ set: CharacterSet) {
    var sequences = set.scalars.ranges.flatMap { ByteSequence.splitting($0) }
    if set.matchesInvalid { sequences += ByteSequence.illFormed }
    var builder = Builder()
    let root = builder.node(for: sequences)
    // The builder numbers leaves first; turn the order round so that the root is node 0.
    let last = builder.nodes.count - 1
    nodes = builder.nodes.reversed().map { node in
      Node(
        edges: node.edges.map { Edge(low: $0.low, high: $0.high, target: $0.target < 0 ? -1 : last - $0.target) },
        guardRange: node.guardRange)
    }
    assert(root == last)
  }

  private struct Builder {
    var nodes: [Node] = []
    var known: [Node: Int] = [:]

    /// The node that accepts `sequences`, none of which is empty unless it carries a guard.
    mutating func node(for sequences: [ByteSequence]) -> Int {
      var node = Node(edges: [], guardRange: nil)
      var starts = Set<Int>()
      for sequence in sequences {
        guard let first = sequence.bytes.first else {
          node.guardRange = sequence.guardRange
          continue
        }
        starts.insert(Int(first.lowerBound))
        starts.insert(Int(first.upperBound) + 1)
      }
      let cuts = starts.sorted()
      for (low, end) in zip(cuts, cuts.dropFirst()) {
        let tails = sequences.compactMap { $0.tail(after: UInt8(low)) }
        if tails.isEmpty { continue }
        let isEnd = tails.contains { $0.bytes.isEmpty && $0.guardRange == nil }
        let target = isEnd ? -1 : self.node(for: tails)
        if let previous = node.edges.last, previous.target == target, Int(previous.high) + 1 == low {
          node.edges[node.edges.count - 1].high = UInt8(end - 1)
        } else {
          node.edges.append(Edge(low: UInt8(low), high: UInt8(end - 1), target: target))
        }
      }
      if let old = known[node], !isRoot(sequences) { return old }
      nodes.append(node)
      known[node] = nodes.count - 1
      return nodes.count - 1
    }

    /// The root is appended last, even where an inner node looks the same.
    private func isRoot(_ sequences: [ByteSequence]) -> Bool { sequences.contains(where: \.isWhole) }
  }
}

/// A run of byte ranges that spell a range of scalars in UTF-8, or an ill-formed beginning of such a run.
struct ByteSequence: Hashable, Sendable {
  var bytes: [ClosedRange<UInt8>]
  /// For ill-formed text: the next byte must lie outside.
  var guardRange: ClosedRange<UInt8>?
  /// Whether nothing has been taken off its front.
  var isWhole = true

  init(_ bytes: [ClosedRange<UInt8>], unless guardRange: ClosedRange<UInt8>? = nil) {
    self.bytes = bytes
    self.guardRange = guardRange
  }

  /// What is left after `byte`; nil where the sequence does not begin with it.
  func tail(after byte: UInt8) -> ByteSequence? {
    guard let first = bytes.first, first.contains(byte) else { return nil }
    var result = ByteSequence(Array(bytes.dropFirst()), unless: guardRange)
    result.isWhole = false
    return result
  }

  /// Every maximal part of ill-formed text, as decoding replaces it by one U+FFFD.
  static let illFormed: [ByteSequence] =
    [
      ByteSequence([0x80...0xC1]), ByteSequence([0xF5...0xFF]),
      ByteSequence([0xC2...0xDF], unless: 0x80...0xBF),
      ByteSequence([0xE0...0xE0], unless: 0xA0...0xBF), ByteSequence([0xE0...0xE0, 0xA0...0xBF], unless: 0x80...0xBF),
      ByteSequence([0xE1...0xEC], unless: 0x80...0xBF), ByteSequence([0xE1...0xEC, 0x80...0xBF], unless: 0x80...0xBF),
      ByteSequence([0xED...0xED], unless: 0x80...0x9F), ByteSequence([0xED...0xED, 0x80...0x9F], unless: 0x80...0xBF),
      ByteSequence([0xEE...0xEF], unless: 0x80...0xBF), ByteSequence([0xEE...0xEF, 0x80...0xBF], unless: 0x80...0xBF),
    ] + fourByteIllFormed(0xF0...0xF0, second: 0x90...0xBF) + fourByteIllFormed(0xF1...0xF3, second: 0x80...0xBF)
    + fourByteIllFormed(0xF4...0xF4, second: 0x80...0x8F)

  private static func fourByteIllFormed(_ lead: ClosedRange<UInt8>, second: ClosedRange<UInt8>) -> [ByteSequence] {
    [
      ByteSequence([lead], unless: second), ByteSequence([lead, second], unless: 0x80...0xBF),
      ByteSequence([lead, second, 0x80...0xBF], unless: 0x80...0xBF),
    ]
  }

  /// The sequences that spell exactly the scalars of `range`.
  static func splitting(_ range: ClosedRange<UInt32>) -> [ByteSequence] {
    var result: [ByteSequence] = []
    for part in [UInt32(0)...0x7F, 0x80...0x7FF, 0x800...0xD7FF, 0xE000...0xFFFF, 0x1_0000...0x10_FFFF]
    where part.overlaps(range) {
      split(range.clamped(to: part), into: &result)
    }
    return result
  }

  /// Splits a range of scalars of one encoded length until every byte runs through a whole range by itself.
  private static func split(_ range: ClosedRange<UInt32>, into result: inout [ByteSequence]) {
    let (low, high) = (range.lowerBound, range.upperBound)
    for index in UInt32(1)..<4 where high >= 0x80 {
      let mask = (UInt32(1) << (6 * index)) - 1
      guard low & ~mask != high & ~mask else { continue }
      if low & mask != 0 {
        split(low...(low | mask), into: &result)
        split((low | mask) + 1...high, into: &result)
        return
      }
      if high & mask != mask {
        split(low...(high & ~mask) - 1, into: &result)
        split(high & ~mask...high, into: &result)
        return
      }
    }
    result.append(ByteSequence(zip(encoded(low), encoded(high)).map { $0...$1 }))
  }

  private static func encoded(_ value: UInt32) -> [UInt8] {
    Unicode.Scalar(value).map { Array(String($0).utf8) } ?? []
  }
}
