import Interface
import LogFiles
import Platform

/// A configuration that lies beside logs: may set panels and filters, and is used only after the user agreed.
enum FolderConfiguration {
  /// What such a file is called.
  static let fileName = "chiplog.jsonc"

  /// The first one in a folder that `sources` names, or that holds a file which they name.
  static func path(beside sources: [LogSource]) -> String? {
    for case .path(let path) in sources {
      let isFolder = (try? FileFacts(path: path))?.kind == .directory
      let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
      let candidate = (isFolder ? path : parent) + "/" + fileName
      if (try? FileFacts(path: candidate))?.kind == .regular { return candidate }
    }
    return nil
  }

  /// The event that brings what the file says.
  static func event(readingFrom path: String) -> Event {
    guard let bytes = Files.contents(of: path) else { return .message("\(path): cannot be read", .error) }
    let (configuration, mistakes) = Configuration.decode(bytes, scope: .folder)
    return .folderConfiguration(
      panels: configuration.panels() ?? [], filters: configuration.filters,
      mistakes: mistakes.map { "\(path):\($0)" })
  }
}
