import Glibc

/// Percentiles of numbers, in one pass and mergeable: exact while there are few numbers, then within a stated relative error.
///
/// Exact is the nearest rank: the least number at or below which the share of them lies (Hyndman and Fan's type 1; numpy's
/// `inverted_cdf`, statsd and InfluxDB's `percentile` say the same). Beyond the limit it is a sketch of buckets whose
/// bounds grow by a constant factor, so that every number in a bucket is near its middle (DDSketch: Masson, Rim and Lee, VLDB
/// 2019). Where the buckets span more than `bucketLimit`, neighbours are joined in pairs, which nearly doubles the error (UDDSketch: Epicoco,
/// Melle, Cafaro, Pulimeno and Morleo, IEEE Access 2020). What it says does not depend on the order of the numbers, nor on how they
/// were merged.
struct PercentileSketch: Sendable {
  /// How many numbers.
  private(set) var count = 0
  private let exactLimit: Int
  /// The numbers, while it is exact.
  private var numbers: [Double] = []
  private var isSorted = true
  /// Whether it still knows every number.
  private(set) var isExact = true
  private var positive = Buckets()
  private var negative = Buckets()
  private var zeros = 0
  private var least = Double.infinity
  private var greatest = -Double.infinity
  /// How many times neighbours were joined.
  private var level = 0

  /// The relative error before any buckets are joined.
  static let firstError = 0.001
  /// Buckets that are kept, empty ones between others included.
  static let bucketLimit = 2048

  private static let firstGrowth = (1 + firstError) / (1 - firstError)
  private static let scale = 1 / log(firstGrowth)

  /// Exact for up to `exactLimit` numbers.
  init(exactLimit: Int) { self.exactLimit = exactLimit }

  /// Takes a number; one that is not finite is left out.
  mutating func add(_ number: Double) {
    guard number.isFinite else { return }
    count &+= 1
    guard isExact else { return addToBuckets(number) }
    isSorted = false
    numbers.append(number)
    if numbers.count > exactLimit { convertToSketch() }
  }

  /// Takes over the numbers of another.
  mutating func merge(_ other: PercentileSketch) {
    guard other.count > 0 else { return }
    if isExact, other.isExact, count + other.count <= exactLimit {
      numbers.append(contentsOf: other.numbers)
      isSorted = false
      count += other.count
      return
    }
    convertToSketch()
    count += other.count
    if other.isExact { return other.numbers.forEach { addToBuckets($0) } }
    while level < other.level { join() }
    while spanWith(other) > Self.bucketLimit { join() }
    let shift = level - other.level
    positive.merge(other.positive, shift: shift)
    negative.merge(other.negative, shift: shift)
    zeros += other.zeros
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
  }

  /// Buckets that it would have together with another, at its own level, which is not below that of the other.
  private func spanWith(_ other: PercentileSketch) -> Int {
    let shift = level - other.level
    return positive.span(with: other.positive, shift: shift) + negative.span(with: other.negative, shift: shift)
  }

  /// Forgets the single numbers.
  mutating func convertToSketch() {
    guard isExact else { return }
    isExact = false
    let known = numbers
    numbers = []
    for number in known { addToBuckets(number) }
  }

  /// Puts the numbers that are kept in order, so that percentiles are only looked up.
  mutating func sort() {
    guard isExact, !isSorted else { return }
    numbers.sort()
    isSorted = true
  }

  /// Halves the buckets of a sketch.
  mutating func collapse() { if !isExact { join() } }

  private mutating func addToBuckets(_ number: Double) {
    least = min(least, number)
    greatest = max(greatest, number)
    if number == 0 {
      zeros += 1
    } else if number > 0 {
      let bucket = bucket(number)
      if !positive.count(bucket) { addToNewBucket(number) }
    } else {
      let bucket = bucket(-number)
      if !negative.count(bucket) { addToNewBucket(number) }
    }
  }

  /// Makes room first, so that a number far from the others does not cost the memory of all buckets between.
  @inline(never) private mutating func addToNewBucket(_ number: Double) {
    while true {
      let bucket = bucket(abs(number))
      let span =
        number > 0
        ? positive.span(with: bucket) + negative.span : negative.span(with: bucket) + positive.span
      if span <= Self.bucketLimit {
        if number > 0 { positive.add(bucket) } else { negative.add(bucket) }
        return
      }
      join()
    }
  }

  private mutating func join() {
    level += 1
    positive.join()
    negative.join()
  }

  /// The bucket that a number above 0 lies in, at the present level.
  private func bucket(_ number: Double) -> Int {
    let first = Int((log(number) * Self.scale).rounded(.up))
    return Buckets.joined(first, times: level)
  }

  // MARK: Results

  /// The relative error of a percentile: 0 while it is exact.
  var relativeError: Double {
    if isExact { return 0 }
    let growth = pow(Self.firstGrowth, Double(1 << min(level, 62)))
    return growth.isFinite ? (growth - 1) / (growth + 1) : 1
  }

  /// The number at or below which `share` (0 to 1) of the numbers lie; nil of nothing.
  func value(at share: Double) -> Double? {
    guard count > 0 else { return nil }
    // 0.55 * 100 is a little above 55, which must not become 56.
    let place = share * Double(count)
    let rank = min(count, max(1, Int((place - place * 1e-14).rounded(.up))))
    if isExact { return (isSorted ? numbers : numbers.sorted())[rank - 1] }
    var left = rank
    if rank == 1 { return least }
    if rank == count { return greatest }
    if let bucket = negative.bucket(rank: &left, fromTop: true) { return clamped(-middle(bucket)) }
    if left <= zeros { return 0 }
    left -= zeros
    return positive.bucket(rank: &left, fromTop: false).map { clamped(middle($0)) } ?? greatest
  }

  private func clamped(_ number: Double) -> Double { min(max(number, least), greatest) }

  /// The number from which both ends of a bucket are equally far, relatively: 2 top / (growth + 1), by logarithms because the top
  /// of the last bucket may be beyond all numbers.
  private func middle(_ bucket: Int) -> Double {
    let width = Double(1 << min(level, 40)) / Self.scale
    return exp(Double(bucket) * width - (width + log1p(exp(-width))) + log(2.0))
  }

  /// About how many bytes it holds.
  var byteCount: Int {
    let parts = [numbers.capacity, positive.capacity, negative.capacity]
    // An array that holds something has a head of 32 bytes, and the allocator one of 16.
    return MemoryLayout<PercentileSketch>.stride + parts.reduce(0) { $0 + ($1 > 0 ? $1 * 8 + 48 : 0) }
  }
}

/// Counts of buckets by number, from the lowest to the highest that has one.
private struct Buckets: Sendable {
  private var counts: [Int] = []
  private var first = 0

  var span: Int { counts.count }
  var capacity: Int { counts.capacity }

  /// Buckets with that one.
  @inline(__always) func span(with bucket: Int) -> Int {
    if counts.isEmpty { return 1 }
    return max(bucket, first + counts.count - 1) - min(bucket, first) + 1
  }

  /// Buckets with those of another, joined so many times.
  func span(with other: Buckets, shift: Int) -> Int {
    if other.counts.isEmpty { return counts.count }
    let low = Self.joined(other.first, times: shift)
    let high = Self.joined(other.first + other.counts.count - 1, times: shift)
    return counts.isEmpty ? high - low + 1 : max(high, first + counts.count - 1) - min(low, first) + 1
  }

  /// Counts a number in a bucket; false if that is not among those that are there.
  @inline(__always) mutating func count(_ bucket: Int) -> Bool {
    let place = bucket &- first
    guard place >= 0, place < counts.count else { return false }
    counts[place] &+= 1
    return true
  }

  mutating func add(_ bucket: Int) {
    cover(bucket)
    counts[bucket &- first] &+= 1
  }

  @inline(__always) private mutating func cover(_ bucket: Int) {
    let place = bucket &- first
    if place < 0 || place >= counts.count { grow(bucket) }
  }

  @inline(never) private mutating func grow(_ bucket: Int) {
    if counts.isEmpty {
      first = bucket
      counts = [0]
    } else if bucket < first {
      counts.insert(contentsOf: repeatElement(0, count: first - bucket), at: 0)
      first = bucket
    } else {
      counts.append(contentsOf: repeatElement(0, count: bucket - first - counts.count + 1))
    }
  }

  mutating func merge(_ other: Buckets, shift: Int) {
    guard !other.counts.isEmpty else { return }
    cover(Self.joined(other.first, times: shift))
    cover(Self.joined(other.first + other.counts.count - 1, times: shift))
    for index in other.counts.indices {
      counts[Self.joined(other.first &+ index, times: shift) &- first] &+= other.counts[index]
    }
  }

  mutating func join() {
    guard !counts.isEmpty else { return }
    let old = self
    first = Self.joined(old.first, times: 1)
    counts = [Int](repeating: 0, count: Self.joined(old.first + old.counts.count - 1, times: 1) - first + 1)
    for (index, count) in old.counts.enumerated() { counts[Self.joined(old.first + index, times: 1) - first] += count }
  }

  /// The number of a bucket after so many joins: bucket i holds what 2i - 1 and 2i held.
  static func joined(_ bucket: Int, times: Int) -> Int {
    times >= 40 ? (bucket > 0 ? 1 : 0) : (bucket + (1 << times) - 1) >> times
  }

  /// The bucket that holds the number of that rank (from 1 on), counted from one end; else the rank is lowered by all.
  func bucket(rank: inout Int, fromTop: Bool) -> Int? {
    for place in counts.indices {
      let index = fromTop ? counts.count - 1 - place : place
      if rank <= counts[index] { return first + index }
      rank -= counts[index]
    }
    return nil
  }
}
