public import Quantities
public import Series

/// Whether a series has just become anomalous: nine simple tests vote.
///
/// These are the algorithms of Etsy's Skyline (Kale, 2013): none is right alone, six that agree seldom err. They look at
/// the end of a series, most of them at the mean of its last three values.
///
///     Skyline().verdict(on: load.samples[...], now: noon).isAnomalous
///
/// Two things differ from the original. Its Grubbs test saw only values above the mean, this one sees both sides. Its median
/// test answered neither yes nor no to most series, which counted as a vote for an anomaly; here it is a no.
/// `histogramBins` is as it was: it takes the values in the lowest bin for normal unless they are the least of all.
public struct Skyline: Sendable {
  /// One of the tests.
  public enum Algorithm: CaseIterable, Sendable {
    /// The end lies three deviations from the mean of all values.
    case deviationFromAverage
    /// The end is an outlier by Grubbs' test at a significance of 5%.
    case grubbs
    /// The last value lies three deviations of all others from their mean.
    case meanSubtraction
    /// The end lies three deviations from the mean of the opening.
    case openingAverage
    /// The last value lies three deviations from the exponentially weighted average.
    case deviationFromMovingAverage
    /// The end lies three deviations from the straight line through all values.
    case leastSquares
    /// The end falls into a bin of the histogram that holds at most 20 values.
    case histogramBins
    /// The last value lies six times as far from the median as half of the values do.
    case medianDeviation
    /// The last minutes are distributed differently from those before, which did not wander.
    case kolmogorovSmirnov
  }

  /// What came out.
  public enum Verdict: Equatable, Sendable {
    /// Too few numbers to say anything.
    case tooShort
    /// The last sample is too old.
    case stale
    /// The last values are all the same.
    case boring
    /// The algorithms that found an anomaly, and whether they are enough.
    case votes(Set<Algorithm>, isAnomalous: Bool)

    /// Whether enough algorithms found an anomaly.
    public var isAnomalous: Bool {
      if case .votes(_, true) = self { return true }
      return false
    }
  }

  /// How many algorithms must agree.
  public var consensus = 6
  /// Fewer numbers are too few.
  public var shortest = 1
  /// An end older than this is stale.
  public var staleAfter = TimeSpan.seconds(Int64(500))
  /// So many equal values at the end are boring.
  public var boredom = 100
  /// How much time a full series covers.
  public var duration = TimeSpan.hours(24)
  /// The part at the beginning of `duration` that the end is compared with.
  public var opening = TimeSpan.hours(1)
  /// The last stretch that Kolmogorov and Smirnov's test compares with the one before.
  public var recent = TimeSpan.minutes(10)
  /// Where the stretch before begins.
  public var reference = TimeSpan.hours(1)

  /// Makes Skyline with the settings of the original.
  public init() {}

  /// What all algorithms say about a series at `now`; samples that are no numbers are left out. O(n log n)
  public func verdict(on samples: ArraySlice<Sample>, now: Timestamp) -> Verdict {
    let numbers = ContiguousArray(samples.filter { $0.value.isFinite })
    if let refusal = refusal(of: numbers[...], now: now) { return refusal }
    let ending = SeriesEnding(numbers[...])
    let votes = Set(Algorithm.allCases.filter { holds($0, of: ending, now: now) })
    return .votes(votes, isAnomalous: votes.count >= consensus)
  }

  /// `verdict(on:now:).isAnomalous` of numbers, given up as soon as too many algorithms are against it.
  ///
  /// Almost all ends of a series are normal, and four votes against cost O(n).
  func isAnomalous(_ numbers: ArraySlice<Sample>, now: Timestamp) -> Bool {
    guard refusal(of: numbers, now: now) == nil else { return false }
    let ending = SeriesEnding(numbers)
    var remaining = Algorithm.allCases.count
    var votes = 0
    for algorithm in Algorithm.allCases {
      remaining -= 1
      if holds(algorithm, of: ending, now: now) { votes += 1 }
      if votes >= consensus { return true }
      if votes + remaining < consensus { return false }
    }
    return false
  }

  private func refusal(of numbers: ArraySlice<Sample>, now: Timestamp) -> Verdict? {
    guard numbers.count >= max(1, shortest), let last = numbers.last else { return .tooShort }
    if now - last.time > staleAfter { return .stale }
    return numbers.suffix(boredom).allSatisfy { $0.value == last.value } ? .boring : nil
  }

  private func holds(_ algorithm: Algorithm, of ending: SeriesEnding, now: Timestamp) -> Bool {
    switch algorithm {
    case .deviationFromAverage: ending.deviatesFromAverage
    case .grubbs: ending.isGrubbsOutlier
    case .meanSubtraction: ending.deviatesFromOthers
    case .openingAverage: ending.deviates(fromAverageBefore: now - duration + opening)
    case .deviationFromMovingAverage: ending.deviatesFromMovingAverage
    case .leastSquares: ending.deviatesFromLine
    case .histogramBins: ending.fallsInSparseBin
    case .medianDeviation: ending.deviatesFromMedian
    case .kolmogorovSmirnov: ending.changedDistribution(since: now - recent, from: now - reference)
    }
  }
}
