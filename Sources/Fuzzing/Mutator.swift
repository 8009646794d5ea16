/// Makes new inputs out of old ones, the same ones for the same seed: what runs where libFuzzer is not linked.
///
/// It knows nothing of what an input reaches; libFuzzer (`Tests/fuzz`) does, and finds deeper. This one is for tests.
public struct Mutator {
  private var state: UInt64
  private let seeds: [[UInt8]]

  /// Mutates `seeds`, with random numbers that begin at `state`.
  public init(seeds: [[UInt8]], state: UInt64) {
    self.seeds = seeds.isEmpty ? [[]] : seeds
    self.state = state
  }

  /// The next input: one of the seeds with some bytes changed, or parts of two.
  public mutating func next() -> [UInt8] {
    var input = seeds[below(seeds.count)]
    for _ in 0...below(8) { mutate(&input) }
    return input
  }

  private mutating func mutate(_ input: inout [UInt8]) {
    let place = below(input.count + 1)
    switch below(7) {
    case 0: input.insert(byte(), at: place)
    case 1 where place < input.count: input[place] = byte()
    case 2 where place < input.count: input[place] ^= 1 << UInt8(below(8))
    case 3: input.removeSubrange(place..<min(input.count, place + below(8)))
    case 4: input.insert(contentsOf: input[place..<min(input.count, place + below(32))], at: below(input.count + 1))
    case 5:
      let other = seeds[below(seeds.count)]
      input.replaceSubrange(place..<input.count, with: other[below(other.count + 1)...])
    default: input.insert(contentsOf: repeatElement(byte(), count: below(70)), at: place)
    }
  }

  /// Bytes that mean something to parsers, more often than others.
  private mutating func byte() -> UInt8 {
    let telling = Array("\n\r\t \"'\\/()[]{}<>=:,.-+*?|&~!^$@#%0159aZ_\u{1b}\0\u{7f}\u{e9}\u{feff}".utf8)
    return below(3) == 0 ? UInt8(truncatingIfNeeded: random()) : telling[below(telling.count)]
  }

  private mutating func below(_ bound: Int) -> Int { Int(random() % UInt64(max(1, bound))) }

  /// SplitMix64 (Steele, Lea and Flood, 2014).
  private mutating func random() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
