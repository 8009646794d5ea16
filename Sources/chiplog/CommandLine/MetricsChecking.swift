import Drawing
import Glibc
import JSON
import Metrics
import Platform

/// `--check-metrics [FORMAT] FILE...`: whether pages of metrics are as their format wants them, and what they hold.
///
/// Each sample becomes one JSON object a line:
///
///     {"name":"http_requests_total","labels":{"code":"200"},"value":1027,"ts":1395066363}
///
/// Values that JSON has no number for are the texts `NaN`, `+Inf` and `-Inf`; `ts` is in seconds, null without one. A
/// counter of Prometheus text has the name that OpenMetrics gives it (`..._total`), so that both formats compare; where
/// the text has another, that one is added as `written`.
enum MetricsChecking {
  /// How much of a page is read: a hundred times what a busy exporter writes.
  private static let limit = 256 << 20

  /// Checks, prints, and returns the exit status: 0 all is well, 2 where something is malformed or unreadable.
  static func run(_ arguments: [String]) throws(UsageError) -> Int32 {
    var files = arguments
    let format = files.first.flatMap(ExpositionFormat.init(rawValue:))
    if format != nil { files.removeFirst() }
    if files.isEmpty, isatty(STDIN_FILENO) != 1 { files = ["-"] }
    guard !files.isEmpty else {
      let formats = ExpositionFormat.allCases.map(\.rawValue).joined(separator: "|")
      throw UsageError("--check-metrics needs a file", help: "chiplog --check-metrics [\(formats)] FILE")
    }
    var status = ExitStatus.matched
    for file in files {
      let bytes = try read(file)
      let outcome = bytes.withUnsafeBytes { page in check(page, format ?? .likely(of: page)) }
      switch outcome {
      case .success(let text): do { try print(text) } catch { return try ending(error) }
      case .failure(let mistake):
        complain("\(name(of: file)):\(mistake.line):\(mistake.column): \(mistake.message)")
        status = ExitStatus.failure
      }
    }
    return status
  }

  private static func name(of file: String) -> String { file == "-" ? "standard input" : file }

  private static func read(_ file: String) throws(UsageError) -> [UInt8] {
    do throws(SystemError) {
      let descriptor =
        file == "-" ? FileDescriptor(owning: dup(STDIN_FILENO)) : try FileDescriptor.open(Files.expanded(file))
      return try descriptor.readToEnd(limit: limit)
    } catch {
      throw UsageError("\(error)".hasPrefix(file) ? "\(error)" : "\(name(of: file)): \(error)")
    }
  }

  private static func check(
    _ page: UnsafeRawBufferPointer, _ format: ExpositionFormat
  ) -> Result<[UInt8], ExpositionMistake> {
    do throws(ExpositionMistake) {
      var text: [UInt8] = []
      for sample in try ExpositionCheck.samples(of: page, format) { append(sample, to: &text) }
      return .success(text)
    } catch {
      return .failure(error)
    }
  }

  private static func append(_ sample: ExpositionCheck.Sample, to text: inout [UInt8]) {
    let written = sample.labels.first { $0.name == "__name__" }?.value ?? ""
    let name = sample.isCounter && !written.hasSuffix("_total") ? written + "_total" : written
    text += Array("{\"name\":".utf8)
    JSONText.appendQuoted(name, to: &text)
    text += Array(",\"labels\":{".utf8)
    var isFirst = true
    for label in sample.labels where label.name != "__name__" {
      if !isFirst { text.append(UInt8(ascii: ",")) }
      isFirst = false
      JSONText.appendQuoted(label.name, to: &text)
      text.append(UInt8(ascii: ":"))
      JSONText.appendQuoted(label.value, to: &text)
    }
    text += Array("},\"value\":\(number(sample.value)),\"ts\":\(sample.time.map(number) ?? "null")".utf8)
    if name != written {
      text += Array(",\"written\":".utf8)
      JSONText.appendQuoted(written, to: &text)
    }
    text += Array("}\n".utf8)
  }

  /// A number as JSON has it, whole ones without a fraction.
  private static func number(_ value: Double) -> String {
    if value.isNaN { return "\"NaN\"" }
    if value.isInfinite { return value < 0 ? "\"-Inf\"" : "\"+Inf\"" }
    let isWhole = value.rounded() == value && abs(value) < 1e15
    return isWhole && !(value == 0 && value.sign == .minus) ? String(Int64(value)) : value.description
  }

  private static func print(_ text: [UInt8]) throws(Output.Ending) {
    let output = Output()
    if !text.isEmpty { try output.write(text) }
  }

  /// A reader that went away is a quiet end.
  private static func ending(_ ending: Output.Ending) throws(UsageError) -> Int32 {
    switch ending {
    case .readerLeft: return ExitStatus.matched
    case .failed(let reason): throw UsageError("standard output: \(reason)")
    }
  }
}
