import Synchronization
import Timelines

@testable import Interface

/// Gives nothing out, but notes what would be: texts of records by where they would have gone. Commands that it knows are
/// `wc -l` and `cat`.
final class NotedOutputs: OutputProvider {
  private let noted = Mutex<[(target: OutputRequest.Target, form: OutputForm, text: String)]>([])

  var requests: [(target: OutputRequest.Target, form: OutputForm, text: String)] { noted.withLock { $0 } }

  func perform(
    _ request: OutputRequest, records: OutputRecords?, cancellation: Cancellation, progress: (Double) -> Void
  ) -> OutputAnswer.Outcome? {
    var lines: [String] = []
    switch request.content {
    case .table(let table, _): lines = table.rows.map { $0.cells.map { "\($0)" }.joined(separator: "\t") }
    case .records:
      guard let records else { return .failed("no records") }
      let rows = records.timeline.rows(from: records.ranks.lowerBound, count: records.ranks.count)
      lines = rows.map { String(decoding: $0.bytes, as: UTF8.self) }
    }
    let text = lines.joined(separator: "\n")
    noted.withLock { $0.append((request.target, request.form, text)) }
    switch request.target {
    case .clipboard:
      let fits = text.utf8.count <= ClipboardLimit.bytes
      return .collected(bytes: fits ? Array(text.utf8) : nil, size: text.utf8.count, count: lines.count)
    case .command("wc -l"): return .ran(text: Array("\(lines.count)\n".utf8), size: 2, failure: nil)
    case .command("cat"): return .ran(text: Array((text + "\n").utf8), size: text.utf8.count + 1, failure: nil)
    case .command: return .ran(text: [], size: 0, failure: "exit 1")
    case .file: return .written(count: lines.count)
    case .program: return .prepared(path: "/tmp/records.log", line: nil, isTemporary: true)
    }
  }
}
