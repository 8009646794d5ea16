import Glibc

/// An open file descriptor that closes itself when its last reference goes.
public final class FileDescriptor: Sendable {
  /// The number; valid while this object lives.
  public let number: Int32

  /// Takes ownership of an open descriptor.
  public init(owning number: Int32) { self.number = number }

  deinit { close(number) }

  /// Reads at most `buffer.count` bytes; 0 at the end. Retries on EINTR.
  ///
  /// - Throws: `SystemError`, also for EAGAIN on a non-blocking descriptor.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    while true {
      let count = Glibc.read(number, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { throw SystemError("read") }
    }
  }

  /// Writes all of `bytes`, however many calls it takes.
  public func write(all bytes: UnsafeRawBufferPointer) throws(SystemError) {
    var rest = bytes
    while let base = rest.baseAddress, rest.count > 0 {
      let count = Glibc.write(number, base, rest.count)
      if count >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      } else if errno == EAGAIN {
        var wait = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wait, 1, 1000)
      } else if errno != EINTR {
        throw SystemError("write")
      }
    }
  }

  /// Reads until the end of the file or stream.
  public func readToEnd(limit: Int = .max) throws(SystemError) -> [UInt8] {
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while result.count < limit {
      let count: Int
      do { count = try chunk.withUnsafeMutableBytes { buffer in try self.read(into: buffer) } } catch {
        throw error as? SystemError ?? SystemError("read")
      }
      if count == 0 { break }
      result.append(contentsOf: chunk[0..<count])
    }
    return result
  }
}

extension FileDescriptor {
  /// Where the next read begins, shared with all copies of this descriptor; 0 for what has no places.
  public var place: Int { max(0, Int(lseek(number, 0, SEEK_CUR))) }
}
