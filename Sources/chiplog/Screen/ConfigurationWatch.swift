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
      while true {
        _ = Polling.readable([inotify.descriptor])
        let events = inotify.events()
        if events.contains(where: { $0.name == name || $0.name.isEmpty }) { onSave() }
        _ = try? inotify.watch(path, for: .content)
      }
    }
  }
}
