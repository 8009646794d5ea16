import Glibc

/// Reads folders.
public enum Folder {
  /// The names in the folder at `path`, sorted, without `.` and `..`.
  public static func names(in path: String) throws(SystemError) -> [String] {
    guard let folder = PathText.withBytes(path, { opendir($0) }) else { throw SystemError("opendir", subject: path) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { PathText.text(at: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// `path` from the root, without `.` and `..`; symbolic links stay.
  public static func absolute(_ path: String) -> String {
    var parts: [Substring] = path.hasPrefix("/") ? [] : current.split(separator: "/")
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// The folder that relative paths start from.
  public static var current: String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    guard getcwd(&buffer, buffer.count) != nil else { return "/" }
    return PathText.text(buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) })
  }

  /// Whether the shell pattern (`*`, `?`, `[a-z]`) fits the whole of `name`.
  public static func matches(_ pattern: String, _ name: String) -> Bool {
    PathText.withBytes(pattern) { pattern in PathText.withBytes(name) { fnmatch(pattern, $0, 0) } } == 0
  }
}

extension FileDescriptor {
  /// This, unless it is one of the last that there are; numbers are given out from the lowest.
  ///
  /// - Throws: EMFILE.
  public func leavingRoom() throws(SystemError) -> FileDescriptor {
    if Int(number) >= Limits.openFiles - Limits.reservedFiles { throw SystemError("open", code: EMFILE) }
    return self
  }
}

/// Limits that the system sets for this process.
public enum Limits {
  /// Raises the number of files that may be open to what an ordinary user may ask for.
  public static func raiseOpenFiles() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }

  /// How many files may be open.
  public static var openFiles: Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
    return Int(clamping: limit.rlim_cur)
  }

  /// So many descriptors are left to everything but logs: sockets, programs, and libraries that end the process when
  /// they get none.
  public static let reservedFiles = 64
}

extension Folder {
  /// What the symbolic link at `path` says; nil if it is no link.
  public static func linkTarget(_ path: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) { bytes in
        bytes.baseAddress.map { base in PathText.withBytes(path) { readlink($0, base, bytes.count) } } ?? -1
      }
    }
    return count < 0 ? nil : PathText.text(buffer.prefix(count))
  }
}
