import Glibc

/// Student's t distribution, as Grubbs' test needs it.
enum StudentsT {
  /// The value that t exceeds with probability `probability` (at most one half). About 60 steps of bisection
  static func quantile(exceededWith probability: Double, freedom: Double) -> Double {
    guard probability > 0, probability < 0.5, freedom > 0 else { return probability >= 0.5 ? 0 : .infinity }
    var (low, high) = (0.0, 1.0)
    while exceedance(of: high, freedom: freedom) > probability, high < 1e150 { (low, high) = (high, high * 2) }
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high, high - low > 1e-14 * high else { return middle }
      if exceedance(of: middle, freedom: freedom) > probability { low = middle } else { high = middle }
    }
  }

  /// The probability that t exceeds a value that is not negative: half the incomplete beta function.
  static func exceedance(of value: Double, freedom: Double) -> Double {
    let square = value * value
    guard square.isFinite else { return 0 }
    return incompleteBeta(
      freedom / (freedom + square), square / (freedom + square), freedom / 2, 0.5) / 2
  }

  /// How many deviations a value may lie from the mean of `count` > 2 values: Grubbs' limit at 5%, two-sided.
  static func grubbsLimit(count: Int) -> Double {
    let count = Double(count)
    let limit = quantile(exceededWith: 0.05 / (2 * count), freedom: count - 2)
    return (count - 1) / count.squareRoot() * (limit * limit / (count - 2 + limit * limit)).squareRoot()
  }

  /// The regularised incomplete beta function I_x(a, b), with `rest` = 1 - x given apart for its digits.
  ///
  /// The continued fraction of DLMF 8.17.22 by Lentz's method, on the side where it converges fast.
  static func incompleteBeta(_ x: Double, _ rest: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard rest > 0 else { return 1 }
    if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(rest, x, b, a) }
    let logarithm = a * log(x) + b * log(rest) + logGamma(a + b) - logGamma(a) - logGamma(b)
    return exp(logarithm) * fraction(x, a, b) / a
  }

  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    func nonZero(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
    var c = 1.0
    var d = 1 / nonZero(1 - (a + b) * x / (a + 1))
    var result = d
    for step in 1...500 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / nonZero(1 + even * d)
      c = nonZero(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / nonZero(1 + odd * d)
      c = nonZero(1 + odd / c)
      result *= d * c
      if abs(d * c - 1) < 1e-15 { break }
    }
    return result
  }

  private static func logGamma(_ value: Double) -> Double { lgamma(value).0 }
}
