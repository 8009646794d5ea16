import Glibc

/// Files that hold a password or token.
public enum SecretFile {
  /// Why a secret was not read.
  public enum Refusal: Error, Hashable, Sendable {
    /// It cannot be opened or read.
    case unreadable(SystemError)
    /// It is not a regular file, or larger than 64 KB.
    case notAFile(String)
    /// Others could read it: its mode.
    case exposed(String, mode: UInt32)
    /// It belongs to another user.
    case foreign(String, owner: UInt32)

    /// The refusal in words, with the way out.
    public var reason: String {
      switch self {
      case .unreadable(let error): error.description
      case .notAFile(let path): "\(path): not a small regular file"
      case .exposed(let path, let mode):
        "\(path): mode 0\(String(mode, radix: 8)) lets others read it; chmod 600 it"
      case .foreign(let path, let owner): "\(path): belongs to user \(owner), not to us"
      }
    }
  }

  /// The bytes of a secret file; `~/` at the beginning is the home folder.
  ///
  /// The file is checked after it was opened, so that what is read is what was checked. Symbolic links are followed:
  /// mounted secrets are links.
  public static func read(_ path: String) throws(Refusal) -> [UInt8] {
    let descriptor: FileDescriptor
    let facts: FileFacts
    do {
      descriptor = try FileDescriptor.open(expanded(path), flags: O_RDONLY | O_NONBLOCK)
      facts = try FileFacts(descriptor)
    } catch {
      throw .unreadable(SystemError(error.call, subject: path, code: error.code))
    }
    guard facts.kind == .regular, facts.size <= 65_536 else { throw .notAFile(path) }
    guard facts.owner == geteuid() else { throw .foreign(path, owner: facts.owner) }
    guard facts.mode & 0o077 == 0 else { throw .exposed(path, mode: facts.mode & 0o777) }
    do {
      return try descriptor.readToEnd(limit: 65_536)
    } catch {
      throw .unreadable(error)
    }
  }

  private static func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst()
  }
}
