import Foundation
import Quantities
import Series
import TestSupport
import Testing

@testable import Analysis

@Suite struct SkylineTests {
  static let folder = sharedMaterial?.appendingPathComponent("samples/kale-skyline")
  static let isThere = folder.map { FileManager.default.fileExists(atPath: $0.path) } ?? false

  /// The reference's names, in the order of its ensemble.
  static let algorithms: [(String, Skyline.Algorithm)] = [
    ("first_hour_average", .openingAverage), ("mean_subtraction_cumulation", .meanSubtraction),
    ("stddev_from_average", .deviationFromAverage), ("stddev_from_moving_average", .deviationFromMovingAverage),
    ("least_squares", .leastSquares), ("grubbs", .grubbs), ("histogram_bins", .histogramBins),
    ("median_absolute_deviation", .medianDeviation), ("ks_test", .kolmogorovSmirnov),
  ]

  struct Reference: Decodable {
    struct Case: Decodable {
      let verdicts: [String: Bool?]
      /// `Boring`, or the whole verdict and that of each algorithm.
      let outcome: Bool?

      enum Keys: String, CodingKey { case verdicts, run_selected_algorithm }

      init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Keys.self)
        verdicts = try values.decode([String: Bool?].self, forKey: .verdicts)
        if (try? values.decode(String.self, forKey: .run_selected_algorithm)) == "Boring" {
          outcome = nil
        } else {
          var list = try values.nestedUnkeyedContainer(forKey: .run_selected_algorithm)
          outcome = try list.decode(Bool.self)
        }
      }
    }
    let now: Double
    let cases: [String: Case]
  }

  @Test(.enabled(if: isThere, "../shared/samples/kale-skyline is absent"))
  func `the verdicts are those of the reference`() throws {
    let folder = try #require(Self.folder)
    let decoder = JSONDecoder()
    let reference = try decoder.decode(
      Reference.self, from: Data(contentsOf: folder.appendingPathComponent("verdicts.json")))
    #expect(reference.cases.count == 10)
    let now = Timestamp(seconds: Int64(reference.now))
    for (name, expected) in reference.cases {
      let pairs = try decoder.decode(
        [[Double]].self, from: Data(contentsOf: folder.appendingPathComponent("series_\(name).json")))
      let samples = ContiguousArray(pairs.map { Sample(time: Timestamp(seconds: Int64($0[0])), value: $0[1]) })
      let verdict = Skyline().verdict(on: samples[...], now: now)
      guard let outcome = expected.outcome else {
        #expect(verdict == .boring, "\(name)")
        continue
      }
      #expect(verdict.isAnomalous == outcome, "\(name)")
      #expect(Skyline().isAnomalous(samples[...], now: now) == outcome, "\(name)")
      guard case .votes(let votes, _) = verdict else {
        Issue.record("\(name): \(verdict)")
        continue
      }
      for (key, algorithm) in Self.algorithms {
        // The one-sided test of the original missed this one; no answer was counted as a yes.
        let mended = name == "spike_down" && algorithm == .grubbs
        let answer = try #require(expected.verdicts[key]) ?? false
        #expect(votes.contains(algorithm) == (mended || answer), "\(name): \(key)")
      }
    }
  }

  @Test func `giving up early finds what all votes find`() {
    var random = SeededGenerator(23)
    var outcomes: Set<Bool> = []
    for _ in 0..<300 {
      var values = (0..<200).map { _ in Double.random(in: 90..<110, using: &random) }
      let end = Double.random(in: -40...240, using: &random)
      for index in (200 - Int.random(in: 0...25, using: &random))..<200 { values[index] = end }
      let samples = series(values).samples
      let verdict = Skyline().verdict(on: samples[...], now: samples[199].time)
      #expect(Skyline().isAnomalous(samples[...], now: samples[199].time) == verdict.isAnomalous)
      if case .votes(let votes, let isAnomalous) = verdict { #expect(isAnomalous == (votes.count >= 6)) }
      outcomes.insert(verdict.isAnomalous)
    }
    #expect(outcomes.count == 2)
  }

  @Test func `both sides are outliers to Grubbs`() {
    for spike in [-60.0, 60] {
      let values = (0..<300).map { Double($0 % 7) } + [spike, spike, spike]
      #expect(SeriesEnding(series(values).samples[...]).isGrubbsOutlier, "\(spike)")
    }
    #expect(!SeriesEnding(series((0..<300).map { Double($0 % 7) }).samples[...]).isGrubbsOutlier)
  }

  @Test func `old, short and boring series are refused`() {
    let skyline = Skyline()
    #expect(skyline.verdict(on: [], now: Timestamp(seconds: 0)) == .tooShort)
    #expect(skyline.verdict(on: series([.nan]).samples[...], now: Timestamp(seconds: 0)) == .tooShort)
    let samples = series([1, 2, 3]).samples
    #expect(skyline.verdict(on: samples[...], now: samples[2].time + .seconds(Int64(501))) == .stale)
    #expect(skyline.verdict(on: series([7, 7, 7]).samples[...], now: Timestamp(seconds: 120)) == .boring)
  }

  @Test func `a series that wanders off changes its distribution only where it did not wander before`() {
    var random = SeededGenerator(11)
    let noise = (0..<1440).map { _ in Double.random(in: 0..<1, using: &random) }
    let shifted = noise.enumerated().map { $0.offset < 1400 ? $0.element : $0.element + 2 }
    let second = TimeSpan.seconds(Int64(1))
    func changed(_ values: [Double]) -> Bool {
      let samples = series(values, step: second).samples
      let cut = samples[1400].time
      return SeriesEnding(samples[...]).changedDistribution(since: cut, from: samples[0].time)
    }
    #expect(changed(shifted))
    #expect(!changed(noise))
    var sum = 0.0
    let walk = noise.map { value -> Double in
      sum += value - 0.5
      return sum
    }
    #expect(!changed(walk.enumerated().map { $0.offset < 1400 ? $0.element : $0.element + 100 }))
  }

  @Test func `the spans are where a series leaves its course`() {
    var random = SeededGenerator(3)
    var values = (0..<400).map { _ in Double.random(in: 90..<110, using: &random) }
    for index in 200..<205 { values[index] = 400 }
    values[300] = -500
    values[350] = .nan
    let series = series(values)
    let spans = Skyline.spans(of: series)
    #expect(spans.first?.lowerBound == series.samples[200].time)
    #expect(spans.contains { $0.contains(series.samples[300].time) })
    #expect(!spans.contains { $0.contains(series.samples[150].time) || $0.contains(series.samples[390].time) })
    #expect(Skyline.spans(of: series) { true }.isEmpty)
  }
}

/// A series of values a step apart from the epoch on.
func series(_ values: [Double], step: TimeSpan = .minutes(1)) -> TimeSeries {
  let samples = values.enumerated().map { index, value in
    Sample(time: Timestamp(nanoseconds: Int64(index) * step.nanoseconds), value: value)
  }
  return TimeSeries(samples: ContiguousArray(samples), step: step)
}
