import Glibc
import Interface
import Platform
import Quantities

/// Finds what the chooser offers when the program is started without arguments.
enum LogFinder {
  private static let roots = ["/var/log"]
  private static let limit = 500

  /// What was opened last, the journal, then readable logs by last change, then those that may not be read.
  static func candidates(now: Timestamp = Clock.now) -> [FileChooser.Candidate] {
    var found: [(candidate: FileChooser.Candidate, modified: Timestamp)] = []
    var folders = roots.map { (path: $0, depth: 0) }
    while let folder = folders.popLast(), found.count < limit {
      guard let names = try? Folder.names(in: folder.path) else { continue }
      for name in names where !name.hasPrefix(".") {
        let path = "\(folder.path)/\(name)"
        guard let facts = try? FileFacts(path: path) else { continue }
        switch facts.kind {
        case .directory where folder.depth < 3 && name != "journal": folders.append((path, folder.depth + 1))
        case .regular where facts.size > 0 && !isBinary(name):
          found.append((candidate(path, facts, now), facts.modified))
        default: break
        }
      }
    }
    found.sort { left, right in
      let isLeftOpen = left.candidate.obstacle == nil
      return isLeftOpen == (right.candidate.obstacle == nil) ? left.modified > right.modified : isLeftOpen
    }
    return sets(now) + journal + found.map(\.candidate)
  }

  /// What was opened last, also several files together.
  private static func sets(_ now: Timestamp) -> [FileChooser.Candidate] {
    SessionFiles.latest(8).map { session in
      let more = session.sources.count > 3 ? " +\(session.sources.count - 3)" : ""
      var candidate = FileChooser.Candidate(
        name: session.sources.prefix(3).joined(separator: " ") + more, detail: "left \(age(now - session.saved))")
      candidate.set = session.sources
      return candidate
    }
  }

  private static var journal: [FileChooser.Candidate] {
    let hasJournal = ["/var/log/journal", "/run/log/journal"].contains { (path: String) in access(path, F_OK) == 0 }
    return hasJournal ? [.init(name: "journal:", detail: "the system's journal")] : []
  }

  private static func candidate(_ path: String, _ facts: FileFacts, _ now: Timestamp) -> FileChooser.Candidate {
    let isReadable = PathText.withBytes(path) { access($0, R_OK) } == 0
    return .init(
      name: path, detail: "\(size(facts.size)), \(age(now - facts.modified))",
      obstacle: isReadable ? nil : facts.ownership)
  }

  /// Login records and the like, which are no text.
  private static func isBinary(_ name: String) -> Bool {
    ["wtmp", "btmp", "lastlog", "faillog"].contains { name.hasPrefix($0) }
  }

  private static func size(_ bytes: Int) -> String {
    var value = Double(bytes)
    var unit = 0
    while value >= 1000, unit < 4 { (value, unit) = (value / 1024, unit + 1) }
    let text = value >= 10 || unit == 0 ? "\(Int(value))" : "\((value * 10).rounded() / 10)"
    return "\(text) \(["B", "KiB", "MiB", "GiB", "TiB"][unit])"
  }

  private static func age(_ span: TimeSpan) -> String {
    let seconds = Int(max(0, span.seconds))
    switch seconds {
    case ..<60: return "now"
    case ..<3600: return "\(seconds / 60) min ago"
    case ..<86_400: return "\(seconds / 3600) h ago"
    default: return "\(seconds / 86_400) days ago"
    }
  }
}
