import Platform

/// Compressed files, read through the program that belongs to them.
enum Archive: String, CaseIterable, Sendable {
  case gzip
  case bzip2
  case xz
  case zstd

  /// What files of this kind begin with.
  private var magic: [UInt8] {
    switch self {
    case .gzip: [0x1F, 0x8B, 0x08]
    case .bzip2: [0x42, 0x5A, 0x68]
    case .xz: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]
    case .zstd: [0x28, 0xB5, 0x2F, 0xFD]
    }
  }

  /// The Debian package that holds the program.
  private var package: String { self == .xz ? "xz-utils" : rawValue }

  /// The kind that a file with these first bytes is, whatever its name.
  init?(firstBytes: [UInt8]) {
    guard let kind = Self.allCases.first(where: { firstBytes.starts(with: $0.magic) }) else { return nil }
    // "BZh" could begin a log; the block size that follows is a digit, and then comes the mark of a block or of the end.
    if kind == .bzip2, firstBytes.count >= 5, !(0x31...0x39).contains(firstBytes[3]) { return nil }
    if kind == .bzip2, firstBytes.count >= 5, firstBytes[4] != 0x31, firstBytes[4] != 0x17 { return nil }
    self = kind
  }

  /// Starts the program with the archive as its input; a failure is a sentence for the user.
  func start(_ archive: FileDescriptor) -> Result<ChildProcess, LogFailure> {
    do {
      return .success(
        try ChildProcess.spawn(rawValue, ["-dc"], stdin: .descriptor(archive), stdout: .pipe, stderr: .pipe))
    } catch {
      return .failure(
        LogFailure(
          error.isMissing
            ? "\(rawValue) is not installed: the package \(package) lets this file be read"
            : "\(rawValue): \(error.reason)"))
    }
  }

  /// The first 4 KB of what is compressed; empty if it cannot be read.
  func head(of path: String) -> [UInt8] {
    guard let archive = try? FileDescriptor.open(path), case .success(let child) = start(archive) else { return [] }
    defer {
      child.kill()
      _ = child.wait()
    }
    return (try? child.standardOutput?.readToEnd(limit: Fingerprint.reach)) ?? []
  }
}

/// Why a source cannot be read, as a sentence for the user.
struct LogFailure: Error, Hashable, Sendable {
  var message: String
  /// Whether there is nothing yet where the name leads, so that it may be waited for.
  var isMissing = false

  init(_ message: String, isMissing: Bool = false) { (self.message, self.isMissing) = (message, isMissing) }
}

extension SystemError {
  /// Whether there is no such file or program.
  var isMissing: Bool { code == 2 }
  /// Whether the rights do not suffice.
  var isDenied: Bool { code == 13 || code == 1 }
}
