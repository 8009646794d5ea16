/// A set of Unicode scalar values: sorted ranges that neither overlap nor touch.
struct ScalarSet: Hashable, Sendable {
  private(set) var ranges: [ClosedRange<UInt32>] = []

  init() {}

  /// The union of `ranges`, in any order; surrogates are dropped by `subtractingSurrogates`, not here.
  init(_ ranges: [ClosedRange<UInt32>]) {
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) { append(range) }
  }

  init(_ ranges: ClosedRange<UInt32>...) { self.init(ranges) }

  static let everything = ScalarSet(0...0xD7FF, 0xE000...0x10FFFF)

  var isEmpty: Bool { ranges.isEmpty }

  /// The scalar, if it is the only one.
  var single: UInt32? {
    guard ranges.count == 1, ranges[0].lowerBound == ranges[0].upperBound else { return nil }
    return ranges[0].lowerBound
  }

  /// Whether every scalar is ASCII.
  var isASCII: Bool { (ranges.last?.upperBound ?? 0) < 0x80 }

  func contains(_ scalar: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < scalar { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= scalar
  }

  /// Adds a range that begins at or after the beginning of the last one.
  private mutating func append(_ range: ClosedRange<UInt32>) {
    if let last = ranges.last, range.lowerBound <= last.upperBound &+ 1 {
      ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
    } else {
      ranges.append(range)
    }
  }

  func union(_ other: ScalarSet) -> ScalarSet {
    if other.isEmpty { return self }
    return isEmpty ? other : ScalarSet(ranges + other.ranges)
  }

  /// All other scalars, surrogates excepted.
  var inverted: ScalarSet {
    var result = ScalarSet()
    var next: UInt32 = 0
    for range in ranges + [0x11_0000...0x11_0000] {
      if range.lowerBound > next { result.appendScalars(next...range.lowerBound - 1) }
      next = range.upperBound &+ 1
    }
    return result
  }

  /// Adds what is not a surrogate of a range that lies behind all others.
  private mutating func appendScalars(_ range: ClosedRange<UInt32>) {
    if range.lowerBound < 0xD800 { ranges.append(range.lowerBound...min(range.upperBound, 0xD7FF)) }
    if range.upperBound > 0xDFFF { ranges.append(max(range.lowerBound, 0xE000)...range.upperBound) }
  }
}

extension ScalarSet {
  static let digits = ScalarSet(0x30...0x39)
  static let wordCharacters = ScalarSet(0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A)
  static let whitespace = ScalarSet(0x09...0x0D, 0x20...0x20)

  /// The class behind a POSIX name such as `alpha`; nil for an unknown name.
  static func posix(_ name: String) -> ScalarSet? {
    switch name {
    case "alnum": ScalarSet(0x30...0x39, 0x41...0x5A, 0x61...0x7A)
    case "alpha": ScalarSet(0x41...0x5A, 0x61...0x7A)
    case "ascii": ScalarSet(0...0x7F)
    case "blank": ScalarSet(0x09...0x09, 0x20...0x20)
    case "cntrl": ScalarSet(0...0x1F, 0x7F...0x7F)
    case "digit": digits
    case "graph": ScalarSet(0x21...0x7E)
    case "lower": ScalarSet(0x61...0x7A)
    case "print": ScalarSet(0x20...0x7E)
    case "punct": ScalarSet(0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E)
    case "space": whitespace
    case "upper": ScalarSet(0x41...0x5A)
    case "word": wordCharacters
    case "xdigit": ScalarSet(0x30...0x39, 0x41...0x46, 0x61...0x66)
    default: nil
    }
  }
}
