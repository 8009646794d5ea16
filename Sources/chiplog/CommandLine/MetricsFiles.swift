import LogFiles
import Metrics
import Platform

/// Files of metrics among the arguments and in the folders named there: no logs, but sources of panels.
enum MetricsFiles {
  /// So much of a file is looked at.
  private static let headSize = 4096
  /// So many files of a folder are looked at: a folder of logs has few others, and the start must not wait.
  private static let folderLimit = 200

  /// Whether the first bytes of a file are OpenMetrics or Prometheus text.
  static func isMetrics(_ head: [UInt8]) -> Bool { head.withUnsafeBytes { OpenMetricsFile.isOpenMetrics($0) } }

  /// Takes the metrics files out of `sources` and finds those in its folders.
  static func take(from sources: inout [LogSource]) -> [MetricSourceConfiguration] {
    var found: [String] = []
    sources.removeAll { source in
      guard case .path(let path) = source, let facts = try? FileFacts(path: path) else { return false }
      if facts.kind == .directory { found += files(in: path) }
      guard facts.kind == .regular, isMetricsFile(path) else { return false }
      found.append(path)
      return true
    }
    return found.map { .file(name: name($0), path: $0) }
  }

  private static func files(in folder: String) -> [String] {
    let names = (try? Folder.names(in: folder)) ?? []
    return names.prefix(folderLimit).map { "\(folder)/\($0)" }.filter { path in
      (try? FileFacts(path: path))?.kind == .regular && isMetricsFile(path)
    }
  }

  private static func isMetricsFile(_ path: String) -> Bool {
    guard let head = try? FileDescriptor.open(path).bytes(in: 0..<headSize) else { return false }
    return isMetrics(head)
  }

  /// The file's name, as panels refer to it with `from`.
  private static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
