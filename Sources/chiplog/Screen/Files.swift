import Glibc
import Interface
import Platform

/// Small files of the user: configuration, themes, histories.
enum Files {
  /// The first bytes of a file, at most `limit`; nil if it cannot be read.
  static func contents(of path: String, limit: Int = 4 << 20) -> [UInt8]? {
    try? FileDescriptor.open(expanded(path)).readToEnd(limit: limit)
  }

  /// `~/x` as the path that it means.
  static func expanded(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = environment("HOME") else { return path }
    return home + path.dropFirst()
  }

  /// Replaces a file in one step, so that a crash leaves the old one; its folder is made, for the user alone.
  static func replace(_ path: String, with bytes: [UInt8]) throws(SystemError) {
    makeFolder(of: path)
    let fresh = path + ".new"
    let number = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard number >= 0 else { throw SystemError("open", subject: fresh) }
    let file = FileDescriptor(owning: number)
    var failure: SystemError?
    bytes.withUnsafeBytes { buffer in
      do throws(SystemError) { try file.write(all: buffer) } catch { failure = error }
    }
    if let failure { throw failure }
    guard rename(fresh, path) == 0 else { throw SystemError("rename", subject: path) }
  }

  /// `$XDG_CONFIG_HOME/chiplog`, or its usual place.
  static var configurationFolder: String { folder("XDG_CONFIG_HOME", or: ".config") }

  /// `$XDG_STATE_HOME/chiplog`, or its usual place.
  static var stateFolder: String { folder("XDG_STATE_HOME", or: ".local/state") }

  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func folder(_ variable: String, or usual: String) -> String {
    if let base = environment(variable), base.hasPrefix("/") { return base + "/chiplog" }
    return (environment("HOME") ?? "") + "/\(usual)/chiplog"
  }

  private static func makeFolder(of path: String) {
    var made = ""
    for part in path.split(separator: "/").dropLast() {
      made += "/" + part
      mkdir(made, 0o700)
    }
  }
}

/// What was entered at the prompts in earlier sessions: one file a prompt, the latest entry last.
enum PromptHistories {
  private static func path(_ kind: PromptKind) -> String { "\(Files.stateFolder)/history.\(kind.name)" }

  static func load(_ kind: PromptKind) -> [String] {
    guard let bytes = Files.contents(of: path(kind)) else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").suffix(1000).map(String.init)
  }

  /// Keeps the entries; a disk that takes none costs only the history.
  static func save(_ entries: [String], of kind: PromptKind) {
    let lines = entries.suffix(1000).filter { !$0.contains("\n") }
    try? Files.replace(path(kind), with: Array(lines.map { $0 + "\n" }.joined().utf8))
  }
}
