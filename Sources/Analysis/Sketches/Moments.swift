/// Count, sum, mean and variance of numbers, in one pass and mergeable.
///
/// The sum is compensated (Neumaier 1974); mean and variance are kept by Welford's method (1962) and merged by that of Chan, Golub and
/// LeVeque (1979), so that large numbers that differ little lose nothing.
struct Moments: Hashable, Sendable {
  /// How many numbers.
  private(set) var count = 0
  private var total = 0.0
  private var compensation = 0.0
  private var average = 0.0
  /// The sum of the squared distances from the mean.
  private var squares = 0.0

  /// Takes a number that is finite.
  mutating func add(_ number: Double) {
    guard number.isFinite else { return }
    count &+= 1
    addToSum(number)
    let distance = number - average
    average += distance / Double(count)
    squares += distance * (number - average)
  }

  private mutating func addToSum(_ number: Double) {
    let sum = total + number
    compensation += abs(total) >= abs(number) ? (total - sum) + number : (number - sum) + total
    total = sum
  }

  /// Takes over the numbers of another.
  mutating func merge(_ other: Moments) {
    guard other.count > 0 else { return }
    guard count > 0 else {
      self = other
      return
    }
    addToSum(other.total)
    compensation += other.compensation
    let distance = other.average - average
    let all = Double(count) + Double(other.count)
    average += distance * Double(other.count) / all
    squares += other.squares + distance * distance * Double(count) / all * Double(other.count)
    count += other.count
  }

  /// The sum.
  var sum: Double { total + compensation }
  /// The arithmetic mean; nil of nothing.
  var mean: Double? { count == 0 ? nil : sum / Double(count) }
  /// The variance of the numbers as the whole population; nil of nothing.
  var variance: Double? { count == 0 ? nil : max(0, squares / Double(count)) }
}
