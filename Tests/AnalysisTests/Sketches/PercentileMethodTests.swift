import Foundation
import TestSupport
import Testing

@testable import Analysis

/// Percentiles against the sorted numbers: exact ones equal them, others are as near as is said.
@Suite struct PercentileMethodTests {
  enum Kind: CaseIterable {
    case uniform, exponential, logNormal, bimodal, constant, ascending, descending, huge, tiny, signed, zeros

    func numbers(_ random: inout SeededGenerator, _ count: Int) -> [Double] {
      func unit() -> Double { Double.random(in: 1e-9..<1, using: &random) }
      return (0..<count).map { number in
        switch self {
        case .uniform: unit() * 1000
        case .exponential: -log(unit()) * 20
        case .logNormal: exp(2 * (-2 * log(unit())).squareRoot() * cos(2 * .pi * unit()))
        case .bimodal: random.chance(80) ? 3 + unit() : 5000 + 100 * unit()
        case .constant: 42
        case .ascending: Double(number)
        case .descending: Double(count - number)
        case .huge: pow(10, unit() * 600 - 300)
        case .tiny: Double(bitPattern: UInt64(random.below(1 << 53)))
        case .signed: (unit() - 0.5) * pow(10, unit() * 20)
        case .zeros: random.chance(60) ? 0 : (unit() - 0.3) * 7
        }
      }
    }
  }

  private static let shares = [0, 0.001, 0.01, 0.25, 0.5, 0.55, 0.9, 0.95, 0.99, 0.999, 1]

  /// The number of that rank, counted in whole numbers.
  private func nearestRank(_ sorted: [Double], _ share: Double) -> Double {
    let thousandths = Int((share * 1000).rounded())
    return sorted[max(1, (thousandths * sorted.count + 999) / 1000) - 1]
  }

  private func check(_ sketch: PercentileSketch, _ numbers: [Double]) {
    let sorted = numbers.sorted()
    #expect(sketch.count == sorted.count)
    for share in Self.shares {
      let (found, expected) = (sketch.value(at: share) ?? .nan, nearestRank(sorted, share))
      let room = sketch.isExact ? 0 : abs(expected) * (sketch.relativeError + 1e-9) + Double.leastNonzeroMagnitude
      #expect(abs(found - expected) <= room, "p\(share * 100): \(found) for \(expected), \(sketch.relativeError)")
    }
    if let first = sorted.first, let last = sorted.last {
      #expect(sketch.value(at: 0) == first && sketch.value(at: 1) == last)
    }
  }

  private func sketch(_ numbers: some Sequence<Double>, limit: Int) -> PercentileSketch {
    var sketch = PercentileSketch(exactLimit: limit)
    for number in numbers { sketch.add(number) }
    return sketch
  }

  @Test(arguments: Kind.allCases) func isAsNearAsItSays(kind: Kind) {
    for seed in 0..<4 {
      var random = SeededGenerator(seed)
      let numbers = kind.numbers(&random, 1 + random.below(4000))
      check(sketch(numbers, limit: .max), numbers)
      check(sketch(numbers, limit: 100), numbers)
      var smaller = sketch(numbers, limit: 0)
      for _ in 0..<4 {
        smaller.collapse()
        check(smaller, numbers)
      }
    }
  }

  @Test(arguments: Kind.allCases) func isTheSameHoweverItWasMerged(kind: Kind) {
    for seed in 0..<4 {
      var random = SeededGenerator(seed)
      let numbers = kind.numbers(&random, 3000)
      for limit in [0, 500, 10_000] {
        let whole = sketch(numbers, limit: limit)
        var parts: [PercentileSketch] = []
        var start = 0
        while start < numbers.count {
          let end = min(numbers.count, start + 1 + random.below(700))
          parts.append(sketch(numbers[start..<end], limit: limit))
          start = end
        }
        while parts.count > 1 {
          let taken = parts.remove(at: random.below(parts.count))
          parts[random.below(parts.count)].merge(taken)
        }
        #expect(parts[0].isExact == whole.isExact && parts[0].relativeError == whole.relativeError)
        for share in Self.shares { #expect(parts[0].value(at: share) == whole.value(at: share)) }
      }
    }
  }

  @Test func saysAThousandthForWhatIsUsual() {
    var random = SeededGenerator(1)
    let milliseconds = Kind.logNormal.numbers(&random, 100_000).map { min(max($0, 0.1), 5) }
    #expect(sketch(milliseconds, limit: 0).relativeError < 0.00101)
    // All numbers that there are.
    #expect(
      sketch([-1e308, -Double.leastNonzeroMagnitude, 0, .leastNonzeroMagnitude, 1.7e308], limit: 0).relativeError < 0.78
    )
  }

  @Test func staysSmall() {
    #expect(PercentileSketch(exactLimit: 1000).byteCount < 100)
    #expect(sketch([7], limit: 1000).byteCount < 200)
    var random = SeededGenerator(2)
    for kind in Kind.allCases {
      #expect(sketch(kind.numbers(&random, 5000), limit: 100).byteCount < 64 << 10, "\(kind)")
    }
  }

  @Test func leavesOutWhatIsNoNumber() {
    #expect(sketch([.nan, .infinity, -.infinity], limit: 10).value(at: 0.5) == nil)
    #expect(sketch([.nan, 3, .infinity], limit: 0).value(at: 0.5) == 3)
  }

  @Test func isAValue() {
    let one = sketch([1, 2, 3], limit: 0)
    var other = one
    other.add(100)
    other.merge(one)
    #expect(one.count == 3 && one.value(at: 1) == 3 && other.count == 7)
  }

  /// 500 numbers, and what others say of them.
  @Test func saysWhatNumpyAndInfluxSay() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../../shared/samples/percentiles").standardized
    guard let data = try? Data(contentsOf: folder.appending(path: "values.json")),
      let compared = try? Data(contentsOf: folder.appending(path: "engines_compared.json"))
    else {
      print("skipped: there are no shared samples")
      return
    }
    let numbers = try #require(try JSONSerialization.jsonObject(with: data) as? [Double])
    let engines = try #require(try JSONSerialization.jsonObject(with: compared) as? [String: Any])
    let exact = sketch(numbers, limit: 1000)
    for name in ["numpy_inverted_cdf", "influxdb1.6.7", "statsd_upper_N(round(p/100*n)-1)"] {
      let said = try #require(engines[name] as? [String: Double])
      for percent in ["50", "90", "95", "99"] {
        #expect(exact.value(at: (Double(percent) ?? 0) / 100) == said[percent], "\(name) p\(percent)")
      }
    }
  }
}
