import TestSupport
import Testing

@testable import Analysis

@Suite struct PercentileSketchTests {
  enum Shape: CaseIterable {
    case uniform, exponential, bimodal, constant, signed, huge, whole

    func number(_ generator: inout SeededGenerator) -> Double {
      let unit = Double.random(in: 0..<1, using: &generator)
      switch self {
      case .uniform: return unit * 1000
      case .exponential: return -Double.logarithm(1 - unit) * 50
      case .bimodal: return unit < 0.9 ? 10 + unit : 5000 + unit * 100
      case .constant: return 42
      case .signed: return (unit - 0.5) * 200
      case .huge:
        return unit == 0
          ? 0 : Double(sign: .plus, exponent: Int.random(in: -900...900, using: &generator), significand: 1 + unit)
      case .whole: return (unit * 20).rounded()
      }
    }
  }

  private static let shares = [0, 0.001, 0.01, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1]

  @Test(arguments: Shape.allCases, [1, 7, 500, 20_000]) func errorIsWithinWhatIsStated(shape: Shape, count: Int) throws
  {
    var generator = SeededGenerator(UInt64(count))
    let numbers = (0..<count).map { _ in shape.number(&generator) }
    let sorted = numbers.sorted()
    for limit in [0, 100_000] {
      var sketch = PercentileSketch(exactLimit: limit)
      for number in numbers { sketch.add(number) }
      #expect(sketch.count == count && sketch.isExact == (limit > 0))
      for share in Self.shares {
        let truth = sorted[max(1, Int((share * Double(count)).rounded(.up))) - 1]
        let value = try #require(sketch.value(at: share))
        #expect(
          abs(value - truth) <= abs(truth) * sketch.relativeError * (1 + 1e-9) + 1e-300,
          "\(share): \(value) for \(truth)")
      }
    }
  }

  @Test(arguments: Shape.allCases) func orderAndCuttingDoNotMatter(shape: Shape) {
    var generator = SeededGenerator(5)
    let numbers = (0..<3000).map { _ in shape.number(&generator) }
    for limit in [0, 500, 10_000] {
      var whole = PercentileSketch(exactLimit: limit)
      for number in numbers { whole.add(number) }
      var parts = (0..<7).map { _ in PercentileSketch(exactLimit: limit) }
      for number in numbers.shuffled(using: &generator) { parts[Int.random(in: 0..<7, using: &generator)].add(number) }
      var merged = PercentileSketch(exactLimit: limit)
      for part in parts { merged.merge(part) }
      for share in Self.shares { #expect(merged.value(at: share) == whole.value(at: share)) }
      #expect(merged.relativeError == whole.relativeError && merged.isExact == whole.isExact)
    }
  }

  @Test func staysSmall() {
    var sketch = PercentileSketch(exactLimit: 100)
    var generator = SeededGenerator(1)
    for _ in 0..<100_000 { sketch.add(Shape.huge.number(&generator)) }
    #expect(sketch.byteCount < 80_000)
  }

  @Test func refusesWhatIsNoNumber() {
    var sketch = PercentileSketch(exactLimit: 0)
    for number in [Double.nan, .infinity, -.infinity] { sketch.add(number) }
    #expect(sketch.count == 0 && sketch.value(at: 0.5) == nil)
  }
}

@Suite struct DistinctSketchTests {
  @Test(arguments: [0, 1, 100, 2048, 2049, 10_000, 300_000]) func countsWithinItsError(count: Int) {
    var sketch = DistinctSketch()
    for number in 0..<count { for _ in 0..<2 { sketch.add(hash: ByteHash.hash(UInt64(number))) } }
    if count <= 2048 { #expect(sketch.isExact && sketch.count == count) }
    // Four standard errors: the hash is fixed, so that this holds always or never.
    #expect(abs(Double(sketch.count - count)) <= 4 * sketch.relativeError * Double(count))
  }

  @Test func mergesToTheSame() {
    var whole = DistinctSketch()
    var parts = (0..<5).map { _ in DistinctSketch() }
    for number in 0..<9000 {
      whole.add(hash: ByteHash.hash(UInt64(number)))
      parts[number % 5].add(hash: ByteHash.hash(UInt64(number)))
      parts[number % 3].add(hash: ByteHash.hash(UInt64(number)))
    }
    var merged = DistinctSketch()
    for part in parts { merged.merge(part) }
    #expect(merged.count == whole.count)
  }

  /// Texts that differ in one byte anywhere have different hashes, whose bits are spread.
  @Test func hashesDiffer() {
    var seen: Set<UInt64> = []
    var ones = 0
    for length in 0..<70 {
      for place in 0..<max(length, 1) {
        var bytes = [UInt8](repeating: 97, count: length)
        if length > 0 { bytes[place] = 98 }
        let hash = bytes.withUnsafeBytes { ByteHash.hash($0) }
        #expect(seen.insert(hash).inserted)
        ones += hash.nonzeroBitCount
      }
    }
    let mean = Double(ones) / Double(seen.count)
    #expect(abs(mean - 32) < 1)
  }
}

@Suite struct MomentsTests {
  @Test func computesLikeTwoPasses() throws {
    var generator = SeededGenerator(3)
    // Large numbers that differ little, where a sum of squares would lose all digits.
    let numbers = (0..<5000).map { _ in 1e9 + Double.random(in: 0..<1, using: &generator) }
    var parts = (0..<4).map { _ in Moments() }
    for (place, number) in numbers.enumerated() { parts[place % 4].add(number) }
    let merged = parts.reduce(into: Moments()) { $0.merge($1) }
    let mean = numbers.reduce(0) { $0 + ($1 - 1e9) } / 5000 + 1e9
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5000
    #expect(merged.count == 5000)
    #expect(abs(try #require(merged.mean) - mean) < 1e-6)
    #expect(abs(try #require(merged.variance) - variance) < 1e-6)
    #expect(Moments().mean == nil && Moments().variance == nil)
  }
}

extension Double {
  /// The natural logarithm, by halving and a series: the tests import no library of functions.
  static func logarithm(_ number: Double) -> Double {
    guard number > 0 else { return -700 }
    let exponent = Double(number.exponent)
    let ratio = (number.significand - 1) / (number.significand + 1)
    var (term, sum) = (ratio, 0.0)
    for odd in stride(from: 1.0, to: 60, by: 2) {
      sum += term / odd
      term *= ratio * ratio
    }
    return 2 * sum + exponent * 0.693147180559945309
  }
}
