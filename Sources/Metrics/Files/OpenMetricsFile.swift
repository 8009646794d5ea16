import Quantities

/// Files of metrics in text form.
public enum OpenMetricsFile {
  /// Whether the beginning of a file is OpenMetrics or Prometheus text with timestamps, and so not a log.
  ///
  /// A page without timestamps (one scrape) counts too: what it lacks is better told in a panel than shown as a log.
  /// `sample` may end within a line.
  public static func isOpenMetrics(_ sample: UnsafeRawBufferPointer) -> Bool {
    var comments = 0
    var samples = 0
    var timed = 0
    var others = 0
    for slice in LineSlices(UnsafeRawBufferPointer(rebasing: sample.prefix(65_536))) {
      let isCutOff = slice.baseAddress.map { base in
        sample.baseAddress.map { base + slice.count == $0 + min(sample.count, 65_536) } ?? false
      }
      if isCutOff == true, comments + samples > 0 { break }
      let line = ExpositionLine(slice)
      switch line.kind {
      case .type, .unit, .help, .end: comments += 1
      case .sample where isSample(line):
        samples += 1
        if line.time != nil { timed += 1 }
      case .blank, .comment: break
      default: others += 1
      }
      if others > 2 + (comments + samples) / 50 { return false }
    }
    return comments > 0 && samples > 0 || comments > 1 || (timed > 1 && others == 0)
  }

  /// Whether a line can hardly be anything else: a name of letters, a number, and a time if no labels.
  private static func isSample(_ line: ExpositionLine) -> Bool {
    guard line.number != nil, line.timestamp == nil || line.time != nil else { return false }
    let isName = line.name.allSatisfy { index in
      let byte = line.bytes[index]
      return byte == 95 || byte == 58 || (48...57).contains(byte) || (65...90).contains(byte)
        || (97...122).contains(byte)
    }
    let startsWell = line.name.first.map { !(48...57).contains(line.bytes[$0]) } ?? (line.labels != nil)
    return isName && startsWell && (line.labels == nil || line.readLabels() != nil)
  }

  /// The first and last instant that a metrics file has samples of; nil if it has none with a time.
  ///
  /// Reads the whole file: not for the thread that draws.
  public static func span(of bytes: UnsafeRawBufferPointer) -> ClosedRange<Timestamp>? {
    var first = Timestamp.distantFuture
    var last = Timestamp.distantPast
    for slice in LineSlices(bytes) {
      let line = ExpositionLine(slice)
      guard line.kind == .sample, let time = line.time else { continue }
      first = min(first, time)
      last = max(last, time)
    }
    return first <= last ? first...last : nil
  }
}
