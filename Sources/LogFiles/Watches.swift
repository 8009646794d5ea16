import Platform

/// Which kernel watch belongs to which source or folder. Watches are numbered by file: two names of one file share one.
struct Watches {
  /// The queue; nil where the kernel gives none, so that all is polled.
  private(set) var news: Inotify?
  private var files: [Int32: Set<FileID>] = [:]
  private var folderPaths: [Int32: String] = [:]
  private var folderNumbers: [String: Int32] = [:]

  /// What was heard.
  struct Heard {
    /// Sources whose file changed.
    var files: Set<FileID> = []
    /// Paths that appeared, went or changed.
    var paths: Set<String> = []
    /// Whether news was lost, so that all must be looked at.
    var isIncomplete = false
  }

  /// Opens the queue.
  mutating func start() { if news == nil { news = try? Inotify() } }

  /// Closes it, and forgets all.
  mutating func stop() { self = Watches() }

  /// Watches the content of the file at `path` for `file`.
  mutating func watch(_ path: String, for file: FileID) throws(SystemError) -> Int32? {
    guard let news else { return nil }
    let number = try news.watch(path, for: .content)
    files[number, default: []].insert(file)
    return number
  }

  /// Ends what `watch` began.
  mutating func unwatch(_ number: Int32, for file: FileID) {
    files[number]?.remove(file)
    if files[number]?.isEmpty ?? false {
      files[number] = nil
      news?.unwatch(number)
    }
  }

  /// Watches the names in a folder; false if that cannot be.
  @discardableResult
  mutating func watchFolder(_ path: String) -> Bool {
    if folderNumbers[path] != nil { return true }
    guard let number = try? news?.watch(path, for: .names) else { return false }
    // The folder was renamed: its number goes with the new name.
    if let old = folderPaths[number] { folderNumbers[old] = nil }
    folderPaths[number] = path
    folderNumbers[path] = number
    return true
  }

  /// Whether the names in this folder are watched.
  func isWatched(_ path: String) -> Bool { folderNumbers[path] != nil }

  /// Takes all news that waits.
  mutating func hear() -> Heard {
    var heard = Heard()
    for event in news?.events() ?? [] {
      if event.watch < 0 { heard.isIncomplete = true }
      if let folder = folderPaths[event.watch] {
        if event.isOver { forgetFolder(event.watch) }
        heard.paths.insert(event.name.isEmpty ? folder : folder == "/" ? "/" + event.name : folder + "/" + event.name)
      }
      if let sources = files[event.watch] {
        heard.files.formUnion(sources)
        if event.isOver { files[event.watch] = nil }
      }
    }
    return heard
  }

  private mutating func forgetFolder(_ number: Int32) {
    if let path = folderPaths.removeValue(forKey: number) { folderNumbers[path] = nil }
  }
}

/// The folder that a path lies in.
func parentFolder(_ path: String) -> String {
  guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
  return String(path[..<slash])
}

/// What a path ends with.
func lastComponent(_ path: String) -> String {
  String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...])
}
