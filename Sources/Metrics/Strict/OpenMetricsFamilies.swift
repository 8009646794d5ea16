import Series

/// What OpenMetrics wants of the samples of a family together: order, suffixes, values.
struct OpenMetricsFamilies {
  typealias Mistake = StrictLine.Mistake

  /// The suffixes that samples of each type may have.
  static let suffixes: [String: [String]] = [
    "counter": ["_total", "_created"], "gauge": [""], "unknown": [""], "stateset": [""], "info": ["_info"],
    "summary": ["", "_count", "_sum", "_created"], "histogram": ["_bucket", "_count", "_sum", "_created"],
    "gaugehistogram": ["_bucket", "_gcount", "_gsum"],
  ]

  private var name: String?
  private var type = "unknown"
  private var described: Set<String> = []
  private var hasSamples = false
  private var taken: Set<String> = []
  private var groups: Set<[Label]> = []
  private var group: [Label]?
  private var histogram = HistogramCheck()
  private var last: [[Label]: Double?] = [:]

  /// Takes a line about a family.
  mutating func take(_ metadata: StrictLine.Metadata) throws(Mistake) {
    if metadata.family != name { try begin(metadata.family) }
    if hasSamples { throw Mistake("\(metadata.keyword) of \(metadata.family) behind its samples") }
    guard described.insert(metadata.keyword).inserted else {
      throw Mistake("a second \(metadata.keyword) of \(metadata.family)")
    }
    if metadata.keyword == "TYPE" { type = metadata.text }
  }

  /// Takes a sample.
  mutating func take(_ sample: StrictLine.Sample) throws(Mistake) {
    if suffix(of: sample) == nil { try begin(sample.name) }
    let suffix = suffix(of: sample) ?? ""
    hasSamples = true
    try checkGroup(sample)
    try checkLabels(sample, suffix)
    try checkValue(sample, suffix)
    if sample.hasExemplar {
      let isAllowed = type == "counter" && suffix == "_total" || type.hasSuffix("histogram") && suffix == "_bucket"
      if !isAllowed { throw Mistake("an exemplar where none may be") }
    }
    if type.hasSuffix("histogram") { try histogram.take(sample, suffix) }
  }

  /// Ends the last family.
  mutating func finish() throws(Mistake) {
    guard let name else { return }
    try endGroup()
    for suffix in Set((Self.suffixes[type] ?? []) + [""]) where !taken.insert(name + suffix).inserted {
      throw Mistake("\(name + suffix) is already the name of another family or its sample")
    }
  }

  private mutating func begin(_ name: String) throws(Mistake) {
    try finish()
    if taken.contains(name) { throw Mistake("\(name) comes again, or is the name of another family's sample") }
    self.name = name
    (type, hasSamples, group) = ("unknown", false, nil)
    described = []
    groups = []
    last = [:]
  }

  private func suffix(of sample: StrictLine.Sample) -> String? {
    guard let name, sample.name.hasPrefix(name) else { return nil }
    let suffix = String(sample.name.dropFirst(name.count))
    return Self.suffixes[type]?.contains(suffix) == true ? suffix : nil
  }

  /// The samples of one set of labels stand together, their times ascending.
  private mutating func checkGroup(_ sample: StrictLine.Sample) throws(Mistake) {
    let own = type == "stateset" ? name ?? "" : type == "summary" ? "quantile" : "le"
    let labels = sample.labels.filter { $0.name != "__name__" && $0.name != own }
    if labels != group {
      try endGroup()
      guard groups.insert(labels).inserted else { throw Mistake("samples of the same labels are apart") }
      group = labels
      last = [:]
    }
    if let before = last[sample.labels] {
      guard let before, let time = sample.time else { throw Mistake("the same sample twice without timestamps") }
      if time < before { throw Mistake("timestamps go backwards") }
    }
    last[sample.labels] = .some(sample.time)
  }

  private mutating func endGroup() throws(Mistake) {
    if group != nil, type.hasSuffix("histogram") { try histogram.finish(isGauge: type == "gaugehistogram") }
    histogram = HistogramCheck()
  }

  private func checkLabels(_ sample: StrictLine.Sample, _ suffix: String) throws(Mistake) {
    if type == "stateset", sample.value(of: name ?? "") == nil { throw Mistake("a state without its label") }
    if type == "summary", suffix.isEmpty {
      guard let text = sample.value(of: "quantile"), let share = Double(text), (0...1).contains(share) else {
        throw Mistake("no quantile between 0 and 1")
      }
    }
  }

  private func checkValue(_ sample: StrictLine.Sample, _ suffix: String) throws(Mistake) {
    func mistake(_ text: String) -> Mistake { Mistake(text, at: sample.valueOffset) }
    if type == "info", sample.value != 1 { throw mistake("the value of an info must be 1") }
    if type == "stateset", sample.value != 0, sample.value != 1 { throw mistake("a state must be 0 or 1") }
    let counts = ["_total", "_bucket", "_count", "_gcount"].contains(suffix)
    if counts, sample.value.isNaN || sample.value < 0 { throw mistake("\(sample.name) must not be negative or NaN") }
  }
}

/// What belongs together in one histogram.
struct HistogramCheck {
  private var bound: Double?
  private var count = 0.0
  private var hasNegative = false
  private var total: Double?
  private var sum: Double?

  /// Takes a sample of a histogram.
  mutating func take(_ sample: StrictLine.Sample, _ suffix: String) throws(StrictLine.Mistake) {
    switch suffix {
    case "_bucket":
      guard let text = sample.value(of: "le") else { throw StrictLine.Mistake("a bucket without le") }
      let isNumber = text == "+Inf" || text.utf8.allSatisfy { "0123456789+-.e".utf8.contains($0) }
      guard isNumber, let next = text == "+Inf" ? .infinity : Double(text) else {
        throw StrictLine.Mistake("le is \(text), which is no number")
      }
      if let bound, next == .infinity ? false : next <= bound { throw StrictLine.Mistake("buckets are not in order") }
      if sample.value < count, bound != .infinity {
        throw StrictLine.Mistake("a bucket holds less than the one before")
      }
      (bound, count) = (next, sample.value)
      if next < 0 { hasNegative = true }
    case "_count", "_gcount": total = sample.value
    case "_sum", "_gsum": sum = sample.value
    default: break
    }
  }

  /// Checks the whole.
  func finish(isGauge: Bool) throws(StrictLine.Mistake) {
    guard bound == .infinity else { throw StrictLine.Mistake("a histogram without a bucket of +Inf") }
    if let total, total != count { throw StrictLine.Mistake("the count is not that of the bucket of +Inf") }
    guard (total == nil) == (sum == nil) else {
      throw StrictLine.Mistake("a sum without a count, or the other way round")
    }
    guard let sum else { return }
    // Forbidden by the specification; the Go client writes it for what was observed, and Prometheus takes that.
    if hasNegative, !isGauge, count == 0 { throw StrictLine.Mistake("a sum, though there are negative buckets") }
    if sum < 0, !hasNegative { throw StrictLine.Mistake("a negative sum without negative buckets") }
  }
}
