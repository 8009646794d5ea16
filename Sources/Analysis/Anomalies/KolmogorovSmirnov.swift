import Glibc

/// Kolmogorov and Smirnov's test: whether two sets of values may come from one distribution.
struct KolmogorovSmirnov {
  /// The greatest distance between the two empirical distributions, 0 to 1.
  let distance: Double
  /// How likely a distance as great is if there is one distribution; the asymptotic form with Stephens' correction (1970).
  let probability: Double

  /// Compares; neither set is empty. O(n log n)
  init(_ first: ContiguousArray<Double>, _ second: ContiguousArray<Double>) {
    let (left, right) = (first.sorted(), second.sorted())
    var (i, j) = (0, 0)
    var greatest = 0.0
    while i < left.count, j < right.count {
      // Equal values are steps of both distributions at once.
      let value = min(left[i], right[j])
      while i < left.count, left[i] == value { i += 1 }
      while j < right.count, right[j] == value { j += 1 }
      greatest = max(greatest, abs(Double(i) / Double(left.count) - Double(j) / Double(right.count)))
    }
    distance = greatest
    let root = (Double(left.count) * Double(right.count) / Double(left.count + right.count)).squareRoot()
    probability = Self.exceedance(of: (root + 0.12 + 0.11 / root) * greatest)
  }

  /// Kolmogorov's distribution: `2 * sum over k of (-1)^(k-1) * exp(-2 k^2 x^2)`.
  static func exceedance(of value: Double) -> Double {
    // Below this the series converges slowly and the sum is 1 to all digits.
    guard value > 0.2 else { return 1 }
    var sum = 0.0
    for k in 1...100 {
      let term = exp(-2 * Double(k * k) * value * value)
      sum += k.isMultiple(of: 2) ? -term : term
      if term < 1e-17 { break }
    }
    return min(1, max(0, 2 * sum))
  }
}
