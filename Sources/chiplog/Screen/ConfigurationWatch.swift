import Interface
import Platform

/// Tells when the configuration file was saved: editors write it anew, so its folder is watched.
enum ConfigurationWatch {
  /// Calls `onSave` on a thread of its own after each change of the file at `path`; does nothing where the folder cannot be
  /// watched.
  static func start(_ path: String, onSave: @escaping @Sendable () -> Void) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let inotify = try? Inotify(), (try? inotify.watch(folder, for: .names)) != nil else { return }
    _ = try? inotify.watch(path, for: .content)
    Threads.start("configuration") {
      while wait(for: name, inotify) {
        onSave()
        _ = try? inotify.watch(path, for: .content)
      }
    }
  }

  /// Blocks until there is news of `name`; false if the watch is broken.
  private static func wait(for name: String, _ inotify: Inotify) -> Bool {
    while Polling.readable([inotify.descriptor]).first == true {
      if inotify.events().contains(where: { $0.name == name || $0.name.isEmpty }) { return true }
    }
    return false
  }
}
