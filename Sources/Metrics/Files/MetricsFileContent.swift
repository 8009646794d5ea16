import Quantities
import Series

/// What a metrics file holds, read once: families and series.
struct MetricsFileContent: Sendable {
  /// What is told of a family.
  struct Family: Hashable, Sendable {
    var type = ""
    var unit = ""
  }

  private(set) var families: [String: Family] = [:]
  /// Sorted by name, then by labels.
  private(set) var series: [TimeSeries] = []
  /// Samples that bear no time, and so cannot stand on a time axis.
  private(set) var untimed = 0
  /// Lines that could not be read, and the first of them with its reason.
  private(set) var broken = 0
  private(set) var firstBroken: (line: Int, reason: String)?
  /// The usual distance of a series' samples.
  private(set) var interval = TimeSpan.seconds(15 as Int64)

  /// What was collected: series of ascending samples, taken every `interval`.
  init(families: [String: Family], series: [TimeSeries], interval: TimeSpan) {
    self.families = families
    self.series = series
    self.interval = interval
  }

  /// Reads a page of text; samples without a time of their own are of `time`. O(n)
  init(page bytes: UnsafeRawBufferPointer, at time: Timestamp) {
    self.init(bytes, untimedAt: time)
  }

  /// Reads a whole file. O(n)
  init(_ bytes: UnsafeRawBufferPointer) { self.init(bytes, untimedAt: nil) }

  private init(_ bytes: UnsafeRawBufferPointer, untimedAt: Timestamp?) {
    var places: [Int: [Int]] = [:]
    var keys: [[UInt8]] = []
    for (number, slice) in LineSlices(bytes).enumerated() {
      let line = ExpositionLine(slice)
      switch line.kind {
      case .blank, .comment, .end, .help: break
      case .type(let family, let type): families[family, default: Family()].type = type
      case .unit(let family, let unit): families[family, default: Family()].unit = unit
      case .broken(let reason): note(reason, line: number + 1)
      case .sample: read(line, number + 1, untimedAt, &places, &keys)
      }
    }
    tidy()
  }

  /// The family that a sample of this name belongs to.
  func family(of metric: String) -> Family? {
    for name in MetricNames.families(of: metric) {
      if let family = families[name] { return family }
    }
    return nil
  }

  /// Whether samples of this name only ever grow.
  func isCounter(_ metric: String) -> Bool { MetricNames.isCounter(metric, type: family(of: metric)?.type ?? "") }

  private mutating func note(_ reason: String, line: Int) {
    broken += 1
    if firstBroken == nil { firstBroken = (line, reason) }
  }

  private mutating func read(
    _ line: ExpositionLine, _ number: Int, _ untimedAt: Timestamp?, _ places: inout [Int: [Int]],
    _ keys: inout [[UInt8]]
  ) {
    guard let value = line.number else { return note("\(line.text(line.value)) is no number", line: number) }
    guard let time = line.time ?? (line.timestamp == nil ? untimedAt : nil) else {
      if line.timestamp == nil { untimed += 1 } else { note("a timestamp is no number", line: number) }
      return
    }
    let key = UnsafeRawBufferPointer(rebasing: line.bytes[line.key])
    var hasher = Hasher()
    hasher.combine(bytes: key)
    let hash = hasher.finalize()
    var place = places[hash]?.first { keys[$0].elementsEqual(key) }
    if place == nil {
      guard let labels = line.readLabels() else { return note("labels cannot be read", line: number) }
      place = series.count
      places[hash, default: []].append(series.count)
      keys.append(Array(key))
      series.append(TimeSeries(labels: labels, step: interval))
    }
    if let place { series[place].samples.append(Sample(time: time, value: value.isFinite ? value : .nan)) }
  }

  /// Sorts what is out of order, finds the interval, and orders the series.
  private mutating func tidy() {
    for index in series.indices {
      let samples = series[index].samples
      let ascends = zip(samples, samples.dropFirst()).allSatisfy { $0.time < $1.time }
      if !ascends { series[index].samples = Self.ascending(samples) }
    }
    interval = Self.interval(of: series) ?? interval
    for index in series.indices { series[index].step = interval }
    series.sort { left, right in left.name == right.name ? left.title < right.title : left.name < right.name }
  }

  /// Sorted by time; of several at one instant the last one written stays.
  private static func ascending(_ samples: ContiguousArray<Sample>) -> ContiguousArray<Sample> {
    let sorted = samples.enumerated().sorted { left, right in
      left.element.time == right.element.time ? left.offset < right.offset : left.element.time < right.element.time
    }
    var result: ContiguousArray<Sample> = []
    for (_, sample) in sorted {
      if result.last?.time == sample.time { result.removeLast() }
      result.append(sample)
    }
    return result
  }

  /// The median distance of samples in the longest series, in whole milliseconds.
  private static func interval(of series: [TimeSeries]) -> TimeSpan? {
    guard let longest = series.max(by: { $0.samples.count < $1.samples.count }), longest.samples.count > 1 else {
      return nil
    }
    let part = longest.samples.prefix(2000)
    let distances = zip(part, part.dropFirst()).map { ($1.time - $0.time).nanoseconds }.sorted()
    let median = distances[distances.count / 2]
    return TimeSpan(nanoseconds: max((median + 500_000) / 1_000_000, 1) * 1_000_000)
  }
}
