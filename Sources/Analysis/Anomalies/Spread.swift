import Quantities
import Series

/// Mean and deviation of values; two passes, so that large values that differ little lose nothing.
struct Spread {
  let count: Int
  let mean: Double
  /// The sum of the squared distances from the mean.
  let squares: Double

  init(_ samples: ArraySlice<Sample>) {
    count = samples.count
    var sum = 0.0
    for sample in samples { sum += sample.value }
    let mean = sum / Double(max(1, count))
    var squares = 0.0
    for sample in samples { squares += (sample.value - mean) * (sample.value - mean) }
    self.mean = mean
    self.squares = squares
  }

  /// Of the values as the whole population.
  var deviation: Double { count > 0 ? (squares / Double(count)).squareRoot() : 0 }
  /// Of the values as a sample of more.
  var sampleDeviation: Double { count > 1 ? (squares / Double(count - 1)).squareRoot() : 0 }
}

/// The exponentially weighted average at the end of a series, and the deviation from it.
///
/// The newest value weighs 1, each older one `c / (c + 1)` of the next, `c` being the centre of mass. The variance is freed of its
/// bias: `s^2 = V * W^2 / (W^2 - Q)`, with V the weighted variance, W the sum of the weights and Q that of their squares.
struct MovingAverage {
  let mean: Double
  /// nil of a single value.
  let deviation: Double?

  init(_ samples: ArraySlice<Sample>, centreOfMass: Double) {
    let decay = centreOfMass / (centreOfMass + 1)
    var (weight, squaredWeight, mean, squares) = (0.0, 0.0, 0.0, 0.0)
    // West (1979): the mean moves by the new value's share, nothing large is subtracted.
    for sample in samples {
      let old = weight * decay
      weight = old + 1
      squaredWeight = squaredWeight * decay * decay + 1
      let distance = sample.value - mean
      mean += distance / weight
      squares = squares * decay + distance * distance * old / weight
    }
    self.mean = mean
    let freed = weight * weight - squaredWeight
    deviation = samples.count > 1 && freed > 0 ? (max(0, squares * weight) / freed).squareRoot() : nil
  }
}

/// The straight line with the least squared distances from the samples.
struct StraightLine {
  let start: Timestamp
  let slope: Double
  let height: Double
  /// The root of the mean squared distance.
  let deviation: Double

  /// nil of fewer than two instants.
  init?(_ samples: ArraySlice<Sample>) {
    guard let first = samples.first, let last = samples.last, first.time < last.time else { return nil }
    let count = Double(samples.count)
    var (meanTime, meanValue) = (0.0, 0.0)
    for sample in samples {
      meanTime += (sample.time - first.time).seconds
      meanValue += sample.value
    }
    meanTime /= count
    meanValue /= count
    var (timeSquares, products, squares) = (0.0, 0.0, 0.0)
    for sample in samples {
      let time = (sample.time - first.time).seconds - meanTime
      timeSquares += time * time
      products += time * (sample.value - meanValue)
      squares += (sample.value - meanValue) * (sample.value - meanValue)
    }
    start = first.time
    slope = products / timeSquares
    height = meanValue - slope * meanTime
    deviation = (max(0, squares - slope * products) / count).squareRoot()
  }

  /// How far a sample lies above the line.
  func error(of sample: Sample) -> Double { sample.value - (height + slope * (sample.time - start).seconds) }
}

/// How many values fall into each of several equal bins between the least and the greatest.
struct Histogram {
  let counts: [Int]
  /// One more than there are bins; a bin has its lower edge, the last one both.
  let edges: [Double]

  init(_ samples: ArraySlice<Sample>, bins: Int) {
    var (low, high) = (Double.infinity, -Double.infinity)
    for sample in samples {
      low = min(low, sample.value)
      high = max(high, sample.value)
    }
    if low >= high { (low, high) = (low - 0.5, low + 0.5) }
    let width = high / Double(bins) - low / Double(bins)
    var edges = (0..<bins).map { low + Double($0) * width }
    edges.append(high)
    var counts = [Int](repeating: 0, count: bins)
    for sample in samples where width > 0 && width.isFinite {
      var bin = min(bins - 1, Int((sample.value / width - low / width).clamped(0, Double(bins))))
      // The division is rounded: the edges decide.
      if bin > 0, sample.value < edges[bin] { bin -= 1 }
      if bin < bins - 1, sample.value >= edges[bin + 1] { bin += 1 }
      counts[bin] += 1
    }
    self.counts = counts
    self.edges = edges
  }
}

extension Double {
  fileprivate func clamped(_ low: Double, _ high: Double) -> Double {
    self > low ? Swift.min(self, high) : low
  }
}

extension ContiguousArray<Double> {
  /// The median; leaves the values in another order. Of no values zero. O(n) on average
  mutating func reorderToMedian() -> Double {
    guard !isEmpty else { return 0 }
    let middle = count / 2
    let upper = select(middle)
    guard count.isMultiple(of: 2) else { return upper }
    // What stands before the middle is not greater.
    let lower = self[..<middle].max() ?? upper
    return lower / 2 + upper / 2
  }

  /// Hoare's selection: puts the value of rank `rank` in its place, smaller ones before it.
  private mutating func select(_ rank: Int) -> Double {
    var (low, high) = (0, count - 1)
    while low < high {
      let pivot = self[low + (high - low) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while self[left] < pivot { left += 1 }
        while pivot < self[right] { right -= 1 }
        if left <= right {
          swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if rank <= right { high = right } else if rank >= left { low = left } else { break }
    }
    return self[rank]
  }
}
