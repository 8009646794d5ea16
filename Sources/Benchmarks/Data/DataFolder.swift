import Glibc
import Platform

/// The files that are measured on; made where they are missing.
struct DataFolder {
  let folder: String
  /// Bytes of each large file.
  let size: Int

  init(_ folder: String, size: Int) throws(SystemError) {
    self.folder = folder
    self.size = size
    try Self.make(folder)
  }

  /// The large file of a kind, e.g. `app1g.log`.
  func log(_ kind: LogKind) throws -> String {
    let path = "\(folder)/\(kind.rawValue)\(Self.name(of: size)).log"
    try make(path, kind, seed: 1) { $0 >= size }
    return path
  }

  /// `count` files of the same time, each with about `lineCount` lines.
  func overlapping(count: Int, lineCount: Int) throws -> [String] {
    let inner = "\(folder)/\(count)x\(lineCount)"
    try Self.make(inner)
    let bytes = lineCount * 122
    return try (0..<count).map { number in
      let path = "\(inner)/app-\(number).log"
      try make(path, .app, seed: 100 + number) { $0 >= bytes }
      return path
    }
  }

  /// The largest file of `kind` that is there, or a new one of 10 GB.
  func largest(isHuge: Bool) throws -> String {
    if isHuge {
      let path = "\(folder)/app10g.log"
      try make(path, .app, seed: 1) { $0 >= 10_000_000_000 }
      return path
    }
    let there = ["app10g.log", "app\(Self.name(of: size)).log"].map { "\(folder)/\($0)" }
    return try there.first { access($0, R_OK) == 0 } ?? log(.app)
  }

  /// A path for something that the benchmark itself removes.
  func scratch(_ name: String) -> String { "\(folder)/scratch-\(getpid())-\(name)" }

  /// `1g`, `50m`, `200k`, `123`.
  static func name(of size: Int) -> String {
    for (unit, letter) in [(1_000_000_000, "g"), (1_000_000, "m"), (1000, "k")] where size % unit == 0 {
      return "\(size / unit)\(letter)"
    }
    return "\(size)"
  }

  private static func make(_ folder: String) throws(SystemError) {
    if mkdir(folder, 0o755) != 0, errno != EEXIST { throw SystemError("mkdir", subject: folder) }
  }

  /// Writes a log until `isEnough` of its bytes, under another name until it is complete. One that is there is taken: a
  /// broken run leaves none under its final name.
  private func make(_ path: String, _ kind: LogKind, seed: Int, isEnough: (Int) -> Bool) throws {
    if let facts = try? FileFacts(path: path), isEnough(facts.size) { return }
    let unfinished = path + ".part"
    if path.hasSuffix("g.log") || path.hasSuffix("m.log") { say("making \(path)") }
    var lines = LogLines(kind, seed: seed)
    let file = try FileDescriptor.open(unfinished, flags: O_WRONLY | O_CREAT | O_TRUNC)
    _ = fchmod(file.number, 0o644)
    var written = 0
    while !isEnough(written + lines.buffer.count) {
      lines.appendRecord()
      guard lines.buffer.count >= 4 << 20 else { continue }
      written += lines.buffer.count
      try Self.write(&lines.buffer, to: file)
    }
    try Self.write(&lines.buffer, to: file)
    guard rename(unfinished, path) == 0 else { throw SystemError("rename", subject: path) }
  }

  private static func write(_ buffer: inout [UInt8], to file: FileDescriptor) throws {
    try buffer.withUnsafeBytes { bytes in try file.write(all: bytes) }
    buffer.removeAll(keepingCapacity: true)
  }
}
