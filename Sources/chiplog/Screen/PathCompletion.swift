import Interface
import Platform

/// Names of files that a path could go on with.
enum PathCompletion {
  private static let most = 300

  /// The paths that begin with `typed`, folders with a slash behind; hidden ones only where a dot was typed.
  static func items(for typed: String) -> [Prompt.Completion.Item] {
    let cut = typed.lastIndex(of: "/").map { typed.index(after: $0) } ?? typed.startIndex
    let (folder, start) = (String(typed[..<cut]), typed[cut...])
    guard let names = try? Folder.names(in: folder.isEmpty ? "." : Files.expanded(folder)) else { return [] }
    let fitting = names.filter { $0.hasPrefix(start) && (start.hasPrefix(".") || !$0.hasPrefix(".")) }
    return fitting.prefix(most).map { name in
      let path = folder + name
      let isFolder = (try? FileFacts(path: Files.expanded(path)))?.kind == .directory
      return .init(text: path + (isFolder ? "/" : ""))
    }
  }
}
