import Foundation
import Quantities
import Series
import TestSupport
import Testing

@testable import Analysis

@Suite struct AnomalyStatisticsTests {
  private func isNear(_ left: Double, _ right: Double, _ share: Double = 1e-9) -> Bool {
    abs(left - right) <= share * max(abs(left), abs(right))
  }

  @Test(arguments: [
    // From tables of the distribution (Abramowitz and Stegun 26.10); the last one is SciPy's.
    (0.25, 1, 1.0), (0.025, 1, 12.706), (0.025, 10, 2.228), (0.005, 30, 2.750), (0.0005, 120, 3.373),
    (0.05 / 2880, 1438, 4.153148),
  ])
  func `quantiles of Student's t are those of the tables`(_ row: (Double, Int, Double)) {
    let found = StudentsT.quantile(exceededWith: row.0, freedom: Double(row.1))
    #expect(abs(found - row.2) < 0.0006, "\(found)")
  }

  @Test func `a quantile is exceeded as often as asked`() {
    for freedom in [1.0, 2, 3.5, 40, 1438, 1e6] {
      for probability in [0.4, 0.05, 1e-4, 1e-7] {
        let value = StudentsT.quantile(exceededWith: probability, freedom: freedom)
        #expect(isNear(StudentsT.exceedance(of: value, freedom: freedom), probability, 1e-8), "\(freedom)")
      }
    }
    // One degree of freedom is Cauchy's distribution.
    for value in [0.1, 1, 5, 100] {
      #expect(isNear(StudentsT.exceedance(of: value, freedom: 1), atan(1 / value) / .pi))
    }
  }

  @Test func `Grubbs' limits are those of the tables`() {
    // Grubbs and Beck (1972), two-sided at 5%.
    for (count, limit) in [(3, 1.155), (5, 1.715), (10, 2.290), (20, 2.709), (50, 3.128), (100, 3.384)] {
      #expect(abs(StudentsT.grubbsLimit(count: count) - limit) < 0.003, "\(count)")
    }
  }

  @Test func `Kolmogorov's distribution has its known quantiles`() {
    for (value, probability) in [(1.2238, 0.10), (1.3581, 0.05), (1.6276, 0.01)] {
      #expect(abs(KolmogorovSmirnov.exceedance(of: value) - probability) < 1e-4)
    }
    #expect(KolmogorovSmirnov.exceedance(of: 0) == 1)
  }

  @Test func `the distance of two distributions is the naive one`() {
    var random = SeededGenerator(5)
    for _ in 0..<100 {
      let left = (0..<Int.random(in: 1...30, using: &random)).map { _ in Double(Int.random(in: 0...9, using: &random)) }
      let right = (0..<Int.random(in: 1...30, using: &random)).map { _ in Double(Int.random(in: 0...9, using: &random))
      }
      func share(_ values: [Double], _ value: Double) -> Double {
        Double(values.filter { $0 <= value }.count) / Double(values.count)
      }
      let naive = (left + right).map { abs(share(left, $0) - share(right, $0)) }.max() ?? 0
      let found = KolmogorovSmirnov(ContiguousArray(left), ContiguousArray(right)).distance
      #expect(abs(found - naive) < 1e-12)
    }
  }

  @Test func `a median is that of the sorted values`() {
    var random = SeededGenerator(7)
    for count in [1, 2, 3, 4, 5, 10, 101, 1000] {
      for range in [0...3, 0...100_000] {
        let values = (0..<count).map { _ in Double(Int.random(in: range, using: &random)) }
        let sorted = values.sorted()
        var copy = ContiguousArray(values)
        #expect(copy.reorderToMedian() == (sorted[(count - 1) / 2] + sorted[count / 2]) / 2)
        #expect(copy.sorted() == sorted)
      }
    }
  }

  @Test func `moving averages are weighted sums`() throws {
    var random = SeededGenerator(9)
    let values = (0..<50).map { _ in Double.random(in: 1e6..<1e6 + 10, using: &random) }
    let found = MovingAverage(series(values).samples[...], centreOfMass: 5)
    let weights: [Double] = values.indices.map { pow(5.0 / 6, Double(values.count - 1 - $0)) }
    let weight = weights.reduce(0, +)
    let products: [Double] = zip(weights, values).map { $0 * $1 }
    let mean = products.reduce(0, +) / weight
    let squares: [Double] = zip(weights, values).map { $0 * ($1 - mean) * ($1 - mean) }
    let squaredWeights: [Double] = weights.map { $0 * $0 }
    let freed = squares.reduce(0, +) * weight / (weight * weight - squaredWeights.reduce(0, +))
    #expect(isNear(found.mean, mean))
    #expect(isNear(try #require(found.deviation), freed.squareRoot(), 1e-6))
    #expect(MovingAverage(series([3]).samples[...], centreOfMass: 5).deviation == nil)
  }

  @Test func `a straight line is found`() throws {
    let values: [Double] = (0..<50).map { index in 3 + 30 * Double(index) + (index.isMultiple(of: 2) ? 1 : -1) }
    let samples = series(values).samples
    let line = try #require(StraightLine(samples[...]))
    #expect(abs(line.slope - 0.5) < 1e-3)
    #expect(abs(line.deviation - 1) < 1e-3)
    #expect(abs(samples.map { line.error(of: $0) }.reduce(0, +)) < 1e-9)
    #expect(StraightLine(series([1]).samples[...]) == nil)
  }

  @Test func `every value falls into the bin of its edges`() {
    var random = SeededGenerator(13)
    for _ in 0..<100 {
      let values = (0..<200).map { _ in Double(Int.random(in: -50...50, using: &random)) * 0.1 }
      let histogram = Histogram(series(values).samples[...], bins: 15)
      #expect(histogram.counts.reduce(0, +) == values.count)
      for bin in 0..<14 {
        let naive = values.filter { histogram.edges[bin] <= $0 && $0 < histogram.edges[bin + 1] }.count
        #expect(histogram.counts[bin] == naive)
      }
    }
    #expect(Histogram(series([7, 7]).samples[...], bins: 2).edges == [6.5, 7, 7.5])
  }

  @Test func `noise returns to its mean, a walk does not`() throws {
    var random = SeededGenerator(17)
    let noise = ContiguousArray((0..<300).map { _ in Double.random(in: 0..<1, using: &random) })
    var sum = 0.0
    var walk: ContiguousArray<Double> = []
    for value in noise {
      sum += value - 0.5
      walk.append(sum)
    }
    #expect(Stationarity.isStationary(noise))
    #expect(!Stationarity.isStationary(walk))
    #expect(Stationarity.statistic(ContiguousArray(repeating: 4, count: 100)) == nil)
    #expect(Stationarity.statistic([1, 2, 3]) == nil)
  }

  @Test func `the statistic without lags is that of a plain regression`() throws {
    let values: ContiguousArray<Double> = [3, 5, 4, 6, 2, 7, 5, 4, 6, 3]
    let x = Array(values.dropLast())
    let y = zip(values.dropFirst(), values).map { $0 - $1 }
    let (meanX, meanY) = (x.reduce(0, +) / 9, y.reduce(0, +) / 9)
    let squares = x.map { ($0 - meanX) * ($0 - meanX) }.reduce(0, +)
    let slope = zip(x, y).map { ($0 - meanX) * ($1 - meanY) }.reduce(0, +) / squares
    let rest = zip(x, y).map { pow($1 - meanY - slope * ($0 - meanX), 2) }.reduce(0, +)
    let expected = slope / (rest / 7 / squares).squareRoot()
    #expect(isNear(try #require(Stationarity.statistic(values, mostLags: 0)), expected))
  }

  @Test func `spikes of one sample are found on either side, and stretches once`() {
    var random = SeededGenerator(19)
    var values = (0..<500).map { _ in Double.random(in: 90..<110, using: &random) }
    for index in stride(from: 10, to: 490, by: 25) { values[index] = 300 }
    values[200] = -80
    values[201] = 290
    values[350] = .nan
    values[400] = 250
    values[401] = .nan
    values[402] = 280
    let spikes = Spike.spikes(in: values)
    #expect(spikes.filter { values[$0.peak] == 300 }.count == 20)
    #expect(spikes.contains(Spike(range: 200...200, peak: 200)))
    #expect(spikes.contains(Spike(range: 201...201, peak: 201)))
    #expect(spikes.contains(Spike(range: 400...402, peak: 402)))
    #expect(spikes.count == 23)
  }

  @Test func `ramps, waves and noise have no spikes; a single burst among zeros is one`() {
    #expect(Spike.spikes(in: (0..<300).map { Double($0) }).isEmpty)
    #expect(Spike.spikes(in: (0..<300).map { sin(Double($0) / 20) }).isEmpty)
    #expect(Spike.spikes(in: [Double](repeating: 0.1, count: 300)).isEmpty)
    #expect(Spike.spikes(in: [1, 100]).isEmpty)
    // A gauge that mostly rests: the plateau is one, a blip of a sixth is none, and what is there half of the time is none.
    let gauge = (0..<100).map { (30..<44).contains($0) ? 6.0 : $0 == 10 ? 1 : 0 }
    #expect(Spike.spikes(in: gauge) == [Spike(range: 30...43, peak: 30)])
    #expect(Spike.spikes(in: (0..<100).map { $0 % 5 < 2 ? 1.0 : 0 }).isEmpty)
    let burst = [Double](repeating: 0, count: 100) + [9, 12, 12] + [Double](repeating: 0, count: 100)
    #expect(Spike.spikes(in: burst) == [Spike(range: 100...102, peak: 101)])
  }
}
