import Quantities
import Series

/// Why a text is not in the format that it should be in.
struct ExpositionMistake: Error, Hashable {
  var line: Int
  var message: String
}

/// Reads Prometheus text or OpenMetrics as their specifications have them, refusing what they refuse.
///
/// Panels are fed by the tolerant reader, which skips what it cannot read; this one says what is wrong with an exporter.
enum ExpositionCheck {
  /// A sample as it is written.
  struct Sample: Hashable {
    /// Name and labels, the name as `__name__`, sorted.
    var labels: [Label]
    var value: Double
  }

  /// All samples of a text.
  static func samples(
    of bytes: UnsafeRawBufferPointer, isOpenMetrics: Bool
  ) throws(ExpositionMistake) -> [Sample] {
    if isOpenMetrics { return try openMetrics(bytes) }
    return try prometheusText(bytes)
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
          samples.append(Sample(labels: sample.labels, value: sample.value))
        }
      } catch {
        throw ExpositionMistake(line: number, message: error.text)
      }
    }
    do { try families.finish() } catch { throw ExpositionMistake(line: number, message: error.text) }
    guard hasEnded else { throw ExpositionMistake(line: number + 1, message: "no # EOF at the end") }
    return samples
  }

  private static func prometheusText(_ bytes: UnsafeRawBufferPointer) throws(ExpositionMistake) -> [Sample] {
    var samples: [Sample] = []
    var described: Set<String> = []
    var number = 0
    for slice in LineSlices(bytes) {
      number += 1
      func mistake(_ message: String) -> ExpositionMistake { ExpositionMistake(line: number, message: message) }
      let line = ExpositionLine(slice)
      switch line.kind {
      case .blank, .comment, .end, .unit: break
      case .help(let family):
        // Without a text it says nothing, and may say so again.
        let hasText = String(decoding: slice, as: UTF8.self).split(whereSeparator: \.isWhitespace).count > 3
        if hasText, !described.insert("HELP " + family).inserted { throw mistake("a second HELP of \(family)") }
      case .type(let family, let type):
        if !described.insert("TYPE " + family).inserted { throw mistake("a second TYPE of \(family)") }
        guard ["counter", "gauge", "histogram", "summary", "untyped"].contains(type) else {
          throw mistake("no type \(type)")
        }
      case .broken(let reason): throw mistake(reason)
      case .sample:
        guard line.exemplar == nil else { throw mistake("an exemplar, which only OpenMetrics has") }
        guard let value = line.number else { throw mistake("\(line.text(line.value)) is no number") }
        if let timestamp = line.timestamp, Int64(line.text(timestamp)) == nil {
          throw mistake("the timestamp is no whole number of milliseconds")
        }
        guard StrictLine.areLabelsSound(line), let labels = line.readLabels() else {
          throw mistake("name or labels are not as they must be")
        }
        samples.append(Sample(labels: labels, value: value))
      }
    }
    if let last = bytes.last, last != 10 {
      throw ExpositionMistake(line: number, message: "the last line does not end")
    }
    return samples
  }
}
