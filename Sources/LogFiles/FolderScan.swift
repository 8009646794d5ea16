import Platform

/// A folder whose files are shown, and in which new ones are awaited.
final class FolderWatch {
  let path: String
  /// The name as given, to name the files by.
  let name: String
  /// The source that stands for the folder until the first file is found.
  let file: FileID
  let options: LogFilesOptions
  var isScanning = false
  var mustScanAgain = false
  /// Whether it was read once, so that what appears now is new.
  var isOpen = false
  /// Whether the kernel tells of new names in it and all folders below.
  var isWatched = false
  /// What was looked at and is no log.
  var ignored: Set<FileIdentity> = []

  init(path: String, name: String, file: FileID, options: LogFilesOptions) {
    self.path = path
    self.name = name
    self.file = file
    self.options = options
  }

  /// Whether `path` lies in the folder.
  func holds(_ path: String) -> Bool { path == self.path || path.hasPrefix(self.path == "/" ? "/" : self.path + "/") }
}

/// The job that finds the logs in a folder and all folders below it. Runs on a worker.
struct FolderScan: Sendable {
  struct Result: Sendable {
    /// Logs, by path, in the order of their names, rotated ones in that of writing.
    var files: [String] = []
    /// The folder and those below it.
    var folders: [String] = []
    /// Files that are no logs.
    var ignored: Set<FileIdentity> = []
  }

  var path: String
  /// Files that need no look.
  var knownPaths: Set<String>
  var knownFiles: Set<FileIdentity>
  /// What the program knows to be something else.
  var isAccepted: @Sendable (String, [UInt8]) -> Bool
  /// So deep are folders searched.
  static let depthLimit = 16

  func run() -> Result {
    var result = Result()
    visit(path, depth: 0, &result)
    result.files = RotatedSets.inOrder(result.files)
    return result
  }

  private func visit(_ folder: String, depth: Int, _ result: inout Result) {
    result.folders.append(folder)
    for name in (try? Folder.names(in: folder)) ?? [] where !name.hasPrefix(".") {
      let path = folder == "/" ? "/" + name : folder + "/" + name
      guard !knownPaths.contains(path), let facts = try? FileFacts(path: path) else { continue }
      if facts.kind == .directory {
        // A link to a folder may lead back up.
        if depth < Self.depthLimit, Folder.linkTarget(path) == nil { visit(path, depth: depth + 1, &result) }
      } else if facts.kind == .regular, !knownFiles.contains(facts.identity) {
        if isLog(path) { result.files.append(path) } else { result.ignored.insert(facts.identity) }
      }
    }
  }

  /// Whether the first 4 KB hold no NUL or are UTF-16, or are those of an archive. What may not be read counts: the user should know.
  private func isLog(_ path: String) -> Bool {
    guard let descriptor = try? FileDescriptor.open(path), let head = try? descriptor.bytes(in: 0..<4096) else {
      return true
    }
    let isText = !head.contains(0) || head.withUnsafeBytes { TextEncoding(firstBytes: $0) } != .plain
    return (isText || Archive(firstBytes: head) != nil) && isAccepted(path, head)
  }
}
