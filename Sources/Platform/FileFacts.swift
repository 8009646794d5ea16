import CSystem
import Glibc
import Quantities

/// Which file a name leads to: the same for all its names, for as long as it exists or is held open.
public struct FileIdentity: Hashable, Sendable {
  /// The device that holds it.
  public var device: UInt64
  /// Its number there; used again soon after the file is gone.
  public var inode: UInt64

  /// Makes an identity.
  public init(device: UInt64, inode: UInt64) {
    self.device = device
    self.inode = inode
  }
}

/// What the file system says of a file, without reading it.
public struct FileFacts: Hashable, Sendable {
  /// What kind of thing a name leads to.
  public enum Kind: Hashable, Sendable {
    /// Bytes on a disk, or that look so (/proc).
    case regular
    /// A folder.
    case directory
    /// A named pipe.
    case fifo
    /// A terminal, /dev/null and the like.
    case characterDevice
    /// A socket, a disk.
    case other
  }

  /// Which file.
  public var identity: FileIdentity
  /// What kind of file.
  public var kind: Kind
  /// Its length in bytes.
  public var size: Int
  /// When its content last changed.
  public var modified: Timestamp
  /// When its content or its rights last changed.
  public var changed: Timestamp
  /// The permission bits.
  public var mode: UInt32
  /// The owner's number.
  public var owner: UInt32
  /// The group's number.
  public var group: UInt32

  /// Makes up facts of a regular file, for tests of what is decided by them.
  public init(identity: FileIdentity, size: Int, modified: Timestamp) {
    self.identity = identity
    kind = .regular
    self.size = size
    self.modified = modified
    changed = modified
    mode = 0o644
    owner = 0
    group = 0
  }

  /// What `path` leads to, through symbolic links.
  public init(path: String) throws(SystemError) {
    var facts = stat()
    guard PathText.withBytes(path, { stat($0, &facts) }) == 0 else { throw SystemError("stat", subject: path) }
    self.init(facts)
  }

  /// What is open.
  public init(_ descriptor: FileDescriptor) throws(SystemError) {
    var facts = stat()
    guard fstat(descriptor.number, &facts) == 0 else { throw SystemError("fstat") }
    self.init(facts)
  }

  private init(_ facts: stat) {
    identity = FileIdentity(device: UInt64(facts.st_dev), inode: UInt64(facts.st_ino))
    kind =
      switch facts.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      case S_IFIFO: .fifo
      case S_IFCHR: .characterDevice
      default: .other
      }
    size = Int(facts.st_size)
    modified = Timestamp(seconds: Int64(facts.st_mtim.tv_sec), nanoseconds: Int64(facts.st_mtim.tv_nsec))
    changed = Timestamp(seconds: Int64(facts.st_ctim.tv_sec), nanoseconds: Int64(facts.st_ctim.tv_nsec))
    mode = facts.st_mode & 0o7777
    owner = facts.st_uid
    group = facts.st_gid
  }

  /// `owner root, group adm`: who may read a file that we may not.
  public var ownership: String { "owner \(Self.userName(owner)), group \(Self.groupName(group))" }

  /// Names are read from the files: the C library would load modules that a static program lacks.
  private static func userName(_ number: UInt32) -> String { name(of: number, in: "/etc/passwd") }
  private static func groupName(_ number: UInt32) -> String { name(of: number, in: "/etc/group") }

  private static func name(of number: UInt32, in path: String) -> String {
    guard let bytes = try? FileDescriptor.open(path).readToEnd(limit: 4 << 20) else { return String(number) }
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let parts = line.split(separator: UInt8(ascii: ":"), maxSplits: 3, omittingEmptySubsequences: false)
      if parts.count > 2, String(decoding: parts[2], as: UTF8.self) == String(number) {
        return String(decoding: parts[0], as: UTF8.self)
      }
    }
    return String(number)
  }
}

extension FileDescriptor {
  /// Opens `path`; close-on-exec, never as the controlling terminal.
  public static func open(_ path: String, flags: Int32 = O_RDONLY) throws(SystemError) -> FileDescriptor {
    while true {
      let number = PathText.withBytes(path) { Glibc.open($0, flags | O_CLOEXEC | O_NOCTTY) }
      if number >= 0 { return FileDescriptor(owning: number) }
      if errno != EINTR { throw SystemError("open", subject: path) }
    }
  }

  /// Reads up to `buffer.count` bytes at `offset`, without moving the place for `read`; fewer only at the end.
  public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(SystemError) -> Int {
    var done = 0
    while done < buffer.count {
      let count = pread(number, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(offset + done))
      if count == 0 { break }
      if count > 0 { done += count } else if errno != EINTR { throw SystemError("read") }
    }
    return done
  }

  /// The bytes of `range` that exist.
  public func bytes(in range: Range<Int>) throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var failure: SystemError?
    let count = bytes.withUnsafeMutableBytes { buffer in
      do { return try self.read(into: buffer, at: range.lowerBound) } catch {
        failure = error as? SystemError ?? SystemError("read")
        return 0
      }
    }
    if let failure { throw failure }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  /// The name of the remote file system that holds this file; nil for a local one, where changes are announced.
  public var remoteFileSystem: String? { Self.remoteFileSystems[cs_file_system_type(number)] }

  private static let remoteFileSystems: [Int64: String] = [
    0x6969: "nfs", 0xFF53_4D42: "cifs", 0x517B: "smb", 0xFE53_4D42: "smb2", 0x6573_5546: "fuse", 0x0102_1997: "9p",
    0x00C3_6400: "ceph", 0x5346_414F: "afs", 0x0BD0_0BD0: "lustre", 0x4750_4653: "gpfs",
  ]
}
