/// Files of metrics in text form.
public enum OpenMetricsFile {
  /// Whether the beginning of a file looks like OpenMetrics or Prometheus text with timestamps, not like a log.
  public static func isOpenMetrics(_ sample: UnsafeRawBufferPointer) -> Bool {
    let head = String(decoding: sample.prefix(4096), as: UTF8.self)
    return head.hasPrefix("# TYPE ") || head.hasPrefix("# HELP ")
  }
}
