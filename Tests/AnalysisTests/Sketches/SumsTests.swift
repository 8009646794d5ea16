import Foundation
import TestSupport
import Testing

@testable import Analysis

@Suite struct MomentsMergeTests {
  private func moments(_ numbers: some Sequence<Double>) -> Moments {
    var moments = Moments()
    for number in numbers { moments.add(number) }
    return moments
  }

  @Test(arguments: 0..<20) func mergesToWhatAllNumbersGive(seed: Int) throws {
    var random = SeededGenerator(seed)
    // Numbers that differ little, far from 0, lose most.
    let base = seed % 2 == 0 ? 0 : 1e9
    let numbers = (0..<2000).map { _ in base + Double(random.below(1000)) }
    let mean = numbers.reduce(0, +) / 2000
    let variance = numbers.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 2000
    var parts: [Moments] = [moments([])]
    var start = 0
    while start < numbers.count {
      let end = min(numbers.count, start + 1 + random.below(300))
      parts.append(moments(numbers[start..<end]))
      start = end
    }
    parts.shuffle(using: &random)
    let merged = parts.reduce(into: Moments()) { $0.merge($1) }
    #expect(merged.count == 2000)
    #expect(merged.sum == numbers.reduce(0, +))
    #expect(abs(try #require(merged.mean) - mean) <= abs(mean) * 1e-15)
    #expect(abs(try #require(merged.variance) - variance) <= variance * 1e-9)
  }

  @Test func compensatesTheSum() {
    #expect(moments([1e16, 1, -1e16]).sum == 1)
    #expect(moments([Double](repeating: 0.1, count: 10)).sum == 1)
  }

  @Test func knowsNothingOfNothing() {
    #expect(moments([.nan, .infinity]) == Moments())
    #expect(Moments().mean == nil && Moments().variance == nil && Moments().sum == 0)
    #expect(moments([5]).variance == 0)
  }
}

@Suite struct DistinctCountTests {
  private func sketch(_ hashes: some Sequence<UInt64>) -> DistinctSketch {
    var sketch = DistinctSketch()
    for hash in hashes { sketch.add(hash: hash) }
    return sketch
  }

  private func hash(_ text: String) -> UInt64 {
    var text = text
    return text.withUTF8 { ByteHash.hash(UnsafeRawBufferPointer($0)) }
  }

  @Test(arguments: [0, 1, 100, 2048]) func countsFewExactly(count: Int) {
    let sketch = sketch((0..<3 * count).map { hash("user\($0 % max(count, 1))") })
    #expect(sketch.count == count && sketch.isExact && sketch.relativeError == 0)
  }

  /// Within four standard errors, for texts and for numbers in a row.
  @Test(arguments: [2049, 5000, 20_000, 60_000, 300_000]) func countsManyNearly(count: Int) {
    for sketch in [
      sketch((0..<count).map { hash("user\($0)") }), sketch((0..<count).map { ByteHash.hash(UInt64($0)) }),
      sketch((0..<count).map { ByteHash.hash(UInt64(1_700_000_000_000_000_000 + $0 * 1_000_000)) }),
    ] {
      #expect(!sketch.isExact)
      #expect(abs(Double(sketch.count - count)) <= 4 * sketch.relativeError * Double(count))
    }
  }

  @Test(arguments: 0..<6) func isTheSameHoweverItWasMerged(seed: Int) {
    var random = SeededGenerator(seed)
    let hashes = (0..<9000).map { _ in ByteHash.hash(UInt64(random.below(seed % 2 == 0 ? 1500 : 7000))) }
    var parts: [DistinctSketch] = []
    var start = 0
    while start < hashes.count {
      let end = min(hashes.count, start + 1 + random.below(4000))
      parts.append(sketch(hashes[start..<end]))
      start = end
    }
    parts.shuffle(using: &random)
    let merged = parts.reduce(into: DistinctSketch()) { $0.merge($1) }
    #expect(merged.count == sketch(hashes).count && merged.isExact == sketch(hashes).isExact)
  }
}

@Suite struct ByteHashTests {
  private func hash(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { ByteHash.hash($0) } }

  @Test func differsForEveryLengthAndBit() {
    var seen: Set<UInt64> = []
    var count = 0
    for length in 0..<80 {
      var bytes = [UInt8](repeating: 0, count: length)
      seen.insert(hash(bytes))
      count += 1
      for bit in 0..<8 * length {
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        seen.insert(hash(bytes))
        count += 1
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      }
    }
    #expect(seen.count == count)
  }

  /// A bit of the text changes each bit of the hash about every second time.
  @Test(arguments: [1, 7, 8, 13, 16, 24, 40]) func spreadsEveryBit(length: Int) {
    var random = SeededGenerator(length)
    var changed = [Int](repeating: 0, count: 64)
    let tries = 2000
    for _ in 0..<tries {
      var bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.below(256)) }
      let before = hash(bytes)
      bytes[random.below(length)] ^= 1 << UInt8(random.below(8))
      let difference = before ^ hash(bytes)
      for bit in 0..<64 where difference >> UInt64(bit) & 1 == 1 { changed[bit] += 1 }
    }
    #expect(changed.allSatisfy { $0 > tries * 4 / 10 && $0 < tries * 6 / 10 })
  }

  @Test func isTheSameAtEveryAddressAndInEveryRun() {
    let bytes = Array("xxthe same text".utf8)
    #expect(
      bytes.withUnsafeBytes { ByteHash.hash(UnsafeRawBufferPointer(rebasing: $0[2...])) } == hash(Array(bytes[2...])))
  }
}
