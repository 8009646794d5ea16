import Glibc

/// Percentiles of numbers, in one pass and mergeable: exact while there are few numbers, then within a stated relative error.
///
/// Exact is the nearest rank: the least number at or below which the share of them lies. Beyond the limit it is a sketch of buckets whose
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
    let shift = level - other.level
    positive.merge(other.positive, shift: shift)
    negative.merge(other.negative, shift: shift)
    zeros += other.zeros
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
    keepBound()
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
      positive.add(bucket(number))
    } else {
      negative.add(bucket(-number))
    }
    if positive.span + negative.span > Self.bucketLimit { keepBound() }
  }

  private mutating func keepBound() { while positive.span + negative.span > Self.bucketLimit { join() } }

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
    let rank = min(count, max(1, Int((share * Double(count)).rounded(.up))))
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

  /// The number from which both ends of a bucket are equally far, relatively.
  private func middle(_ bucket: Int) -> Double {
    let growth = pow(Self.firstGrowth, Double(1 << min(level, 62)))
    let top = exp(Double(bucket) * Double(1 << min(level, 62)) / Self.scale)
    return top.isFinite && growth.isFinite ? 2 * top / (growth + 1) : greatest
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

  mutating func add(_ bucket: Int, count: Int = 1) {
    if counts.isEmpty {
      first = bucket
      counts = [count]
      return
    }
    if bucket < first {
      counts.insert(contentsOf: repeatElement(0, count: first - bucket), at: 0)
      first = bucket
    } else if bucket >= first + counts.count {
      counts.append(contentsOf: repeatElement(0, count: bucket - first - counts.count + 1))
    }
    counts[bucket - first] &+= count
  }

  mutating func merge(_ other: Buckets, shift: Int) {
    // The ends first, so that there is room for all between them.
    for index in [0, other.counts.count - 1] + Array(other.counts.indices.dropFirst().dropLast())
    where other.counts.indices.contains(index) && other.counts[index] > 0 {
      if index == 0, other.counts.count == 1 {
        add(Self.joined(other.first, times: shift), count: other.counts[0])
        return
      }
      add(Self.joined(other.first + index, times: shift), count: other.counts[index])
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
