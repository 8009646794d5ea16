public import Series

/// Why a text is not in the format that it should be in.
public struct ExpositionMistake: Error, Hashable, Sendable {
  /// The line, from 1.
  public var line: Int
  /// The byte of the line, from 1.
  public var column: Int
  /// What is wrong there.
  public var message: String

  /// Makes a mistake.
  public init(line: Int, column: Int, message: String) {
    self.line = line
    self.column = column
    self.message = message
  }
}

/// A format that pages of metrics are written in.
public enum ExpositionFormat: String, CaseIterable, Sendable {
  /// Prometheus text, version 0.0.4.
  case prometheusText = "prometheus-text"
  /// OpenMetrics, version 1.0.
  case openMetrics = "openmetrics"

  /// What a text without a word about its format is: OpenMetrics ends with `# EOF`, and nothing else does.
  public static func likely(of bytes: UnsafeRawBufferPointer) -> ExpositionFormat {
    var end = bytes.count
    while end > 0, bytes[end - 1] == 10 || bytes[end - 1] == 13 { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[max(0, end - 5)..<end]).elementsEqual("# EOF".utf8)
      ? .openMetrics : .prometheusText
  }
}

/// Reads Prometheus text or OpenMetrics as their specifications have them, refusing what they refuse.
///
/// Panels are fed by the tolerant reader, which skips what it cannot read; this one says what is wrong with an exporter.
public enum ExpositionCheck {
  /// A sample as it is written.
  public struct Sample: Hashable, Sendable {
    /// Name and labels, the name as `__name__`, sorted.
    public var labels: [Label]
    /// The value.
    public var value: Double
    /// Seconds since 1970, if the sample has a time.
    public var time: Double?
    /// Whether it is a counter's by the text: OpenMetrics would have its name end in `_total`.
    public var isCounter = false
  }

  /// All samples of a text; O(length).
  public static func samples(
    of bytes: UnsafeRawBufferPointer, _ format: ExpositionFormat
  ) throws(ExpositionMistake) -> [Sample] {
    switch format {
    case .openMetrics: try openMetrics(bytes)
    case .prometheusText: try prometheusText(bytes)
    }
  }

  private static func openMetrics(_ bytes: UnsafeRawBufferPointer) throws(ExpositionMistake) -> [Sample] {
    var families = OpenMetricsFamilies()
    var samples: [Sample] = []
    var hasEnded = false
    var number = 0
    for slice in LineSlices(bytes) {
      number += 1
      do throws(StrictLine.Mistake) {
        if hasEnded { throw StrictLine.Mistake("text behind # EOF") }
        var line = StrictLine(slice)
        if slice.first == UInt8(ascii: "#") {
          if line.isEnd { hasEnded = true } else { try families.take(try line.metadata()) }
        } else {
          let sample = try line.sample()
          try families.take(sample)
          samples.append(Sample(labels: sample.labels, value: sample.value, time: sample.time))
        }
      } catch {
        throw ExpositionMistake(line: number, column: (error.offset ?? 0) + 1, message: error.text)
      }
    }
    do { try families.finish() } catch { throw ExpositionMistake(line: max(number, 1), column: 1, message: error.text) }
    guard hasEnded else { throw ExpositionMistake(line: number + 1, column: 1, message: "no # EOF at the end") }
    return samples
  }

  private static func prometheusText(_ bytes: UnsafeRawBufferPointer) throws(ExpositionMistake) -> [Sample] {
    var reading = PrometheusTextReading()
    var number = 0
    var length = 0
    for slice in LineSlices(bytes) {
      number += 1
      length = slice.count
      do { try reading.take(slice) } catch {
        throw ExpositionMistake(line: number, column: (error.offset ?? 0) + 1, message: error.text)
      }
    }
    if let last = bytes.last, last != 10 {
      throw ExpositionMistake(line: number, column: length + 1, message: "the last line does not end")
    }
    return reading.samples
  }
}

/// Prometheus text as it is read line by line.
private struct PrometheusTextReading {
  typealias Mistake = StrictLine.Mistake

  private(set) var samples: [ExpositionCheck.Sample] = []
  private var described: Set<String> = []
  private var counters: Set<String> = []

  mutating func take(_ slice: UnsafeRawBufferPointer) throws(Mistake) {
    let line = ExpositionLine(slice)
    switch line.kind {
    case .blank, .comment, .end, .unit: break
    case .help(let family):
      // Without a text it says nothing, and may say so again.
      let hasText = String(decoding: slice, as: UTF8.self).split(whereSeparator: \.isWhitespace).count > 3
      if hasText { try describe("HELP", family) }
    case .type(let family, let type):
      try describe("TYPE", family)
      guard ["counter", "gauge", "histogram", "summary", "untyped"].contains(type) else {
        throw Mistake("no type \(type)", at: line.breakOffset)
      }
      if type == "counter" { counters.insert(family) }
    case .broken(let reason): throw Mistake(reason, at: line.breakOffset)
    case .sample: samples.append(try sample(line))
    }
  }

  private mutating func describe(_ keyword: String, _ family: String) throws(Mistake) {
    if !described.insert("\(keyword) \(family)").inserted { throw Mistake("a second \(keyword) of \(family)") }
  }

  private func sample(_ line: ExpositionLine) throws(Mistake) -> ExpositionCheck.Sample {
    if let exemplar = line.exemplar {
      throw Mistake("an exemplar, which only OpenMetrics has", at: exemplar.lowerBound - 1)
    }
    guard let value = line.number else {
      throw Mistake("\(line.text(line.value)) is no number", at: line.value.lowerBound)
    }
    var time: Double?
    if let timestamp = line.timestamp {
      guard let milliseconds = Int64(line.text(timestamp)) else {
        throw Mistake("the timestamp is no whole number of milliseconds", at: timestamp.lowerBound)
      }
      time = Double(milliseconds) / 1000
    }
    guard StrictLine.areLabelsSound(line), let labels = line.readLabels() else {
      throw Mistake("name or labels are not as they must be", at: line.name.lowerBound)
    }
    let isCounter = counters.contains(line.text(line.name))
    return ExpositionCheck.Sample(labels: labels, value: value, time: time, isCounter: isCounter)
  }
}
