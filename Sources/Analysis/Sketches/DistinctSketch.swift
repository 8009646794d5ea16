import Glibc

/// How many different values there are, in one pass and mergeable: exact for up to 2,048, then within a stated error.
///
/// Keeps hashes of 64 bits (of a million values two are the same with a probability below 1 in 10^7), beyond the limit the registers of
/// HyperLogLog (Flajolet, Fusy, Gandouet and Meunier 2007), read by the estimator of Ertl ("New cardinality estimation algorithms for
/// HyperLogLog sketches", arXiv 1702.01284, algorithm 6), which needs no tables of corrections.
struct DistinctSketch: Sendable {
  private var hashes: Set<UInt64> = []
  private var registers: [UInt8] = []

  /// Values that are counted exactly.
  static let exactLimit = 2048
  /// Bits that choose the register.
  private static let precision = 14
  private static let registerCount = 1 << precision
  /// The greatest rank of a hash less one.
  private static let most = 64 - precision

  init() {}

  /// Whether the count is exact.
  var isExact: Bool { registers.isEmpty }

  /// The standard error of the count: 1.04 / sqrt(registers); 0 while it is exact.
  var relativeError: Double { isExact ? 0 : 1.04 / Double(Self.registerCount).squareRoot() }

  /// Takes a value by its hash.
  mutating func add(hash: UInt64) {
    guard isExact else { return register(hash) }
    hashes.insert(hash)
    if hashes.count > Self.exactLimit { convert() }
  }

  /// Takes over the values of another.
  mutating func merge(_ other: DistinctSketch) {
    if other.isExact {
      for hash in other.hashes { add(hash: hash) }
      return
    }
    if isExact { convert() }
    for index in registers.indices { registers[index] = max(registers[index], other.registers[index]) }
  }

  private mutating func convert() {
    registers = [UInt8](repeating: 0, count: Self.registerCount)
    for hash in hashes { register(hash) }
    hashes = []
  }

  private mutating func register(_ hash: UInt64) {
    let index = Int(truncatingIfNeeded: hash &>> UInt64(Self.most))
    let rank = UInt8(truncatingIfNeeded: min((hash &<< UInt64(Self.precision)).leadingZeroBitCount, Self.most) + 1)
    if registers[index] < rank { registers[index] = rank }
  }

  /// How many different values there are.
  var count: Int {
    if isExact { return hashes.count }
    var ranks = [Double](repeating: 0, count: Self.most + 2)
    for register in registers { ranks[Int(register)] += 1 }
    let size = Double(Self.registerCount)
    var sum = size * Self.tau(1 - ranks[Self.most + 1] / size)
    for rank in stride(from: Self.most, through: 1, by: -1) { sum = 0.5 * (sum + ranks[rank]) }
    sum += size * Self.sigma(ranks[0] / size)
    return Int((size * size / (2 * log(2.0)) / sum).rounded())
  }

  private static func sigma(_ share: Double) -> Double {
    if share >= 1 { return .infinity }
    var (power, weight, sum, last) = (share, 1.0, share, -1.0)
    while sum != last {
      power *= power
      last = sum
      sum += power * weight
      weight += weight
    }
    return sum
  }

  private static func tau(_ share: Double) -> Double {
    if share <= 0 || share >= 1 { return 0 }
    var (root, weight, sum, last) = (share, 1.0, 1 - share, -1.0)
    while sum != last {
      root = root.squareRoot()
      last = sum
      weight *= 0.5
      sum -= (1 - root) * (1 - root) * weight
    }
    return sum / 3
  }

  /// About how many bytes it holds.
  var byteCount: Int {
    let set = hashes.capacity > 0 ? hashes.capacity * 12 + 96 : 0
    return MemoryLayout<DistinctSketch>.stride + set + (registers.capacity > 0 ? registers.capacity + 48 : 0)
  }
}
