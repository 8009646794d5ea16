import Quantities
import Series

/// What was collected from a source without a history of its own: the last hours, bounded in number.
struct CollectedSamples: Sendable {
  /// What is held, ready to be evaluated.
  private(set) var content: MetricsFileContent
  private var places: [[Label]: Int] = [:]
  private var series: [TimeSeries] = []
  private var families: [String: MetricsFileContent.Family] = [:]
  private var count = 0
  /// How often something was added.
  private(set) var collections = 0
  private let interval: TimeSpan

  /// The most samples that are kept, 16 bytes each; of 2,000 series every 10 seconds that is three hours.
  static let mostSamples = 2 << 20

  /// Holds nothing yet; `interval` is the time between two collections.
  init(interval: TimeSpan) {
    self.interval = interval
    content = MetricsFileContent(families: [:], series: [], interval: interval)
  }

  /// The first instant held; nil before the first collection.
  var start: Timestamp? { series.lazy.compactMap { $0.samples.first?.time }.min() }

  /// Adds a collection behind the others. What has a time not after its predecessor's is the same sample again.
  mutating func add(_ snapshot: MetricsFileContent, limit: Int = mostSamples) {
    collections += 1
    families.merge(snapshot.families) { $1 }
    for one in snapshot.series {
      guard let place = places[one.labels] else {
        places[one.labels] = series.count
        series.append(TimeSeries(labels: one.labels, samples: one.samples, step: interval))
        count += one.samples.count
        continue
      }
      for sample in one.samples where sample.time > series[place].samples.last?.time ?? .distantPast {
        series[place].samples.append(sample)
        count += 1
      }
    }
    if count > limit { forgetOldest() }
    content = MetricsFileContent(families: families, series: series, interval: interval)
  }

  /// Forgets the first quarter of the time that is held; once in a while, so that adding stays cheap.
  private mutating func forgetOldest() {
    guard let first = start, let last = series.compactMap({ $0.samples.last?.time }).max() else { return }
    let cut = first + TimeSpan(nanoseconds: (last - first).nanoseconds / 4 + 1)
    for index in series.indices {
      series[index].samples.removeSubrange(..<series[index].index(atOrAfter: cut))
    }
    series.removeAll { $0.samples.isEmpty }
    places = Dictionary(uniqueKeysWithValues: series.enumerated().map { ($1.labels, $0) })
    count = series.reduce(0) { $0 + $1.samples.count }
  }
}
