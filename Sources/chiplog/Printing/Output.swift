import Glibc

/// Standard output with a buffer; a reader that went away is a quiet end, a full disk is an error.
struct Output: ~Copyable {
  /// Why nothing more can be written.
  enum Ending: Error {
    /// The reader closed the pipe.
    case readerLeft
    /// The write failed, e.g. `no space left on device`.
    case failed(String)
  }

  var buffer: [UInt8] = []
  private let descriptor: Int32

  init(descriptor: Int32 = STDOUT_FILENO) {
    self.descriptor = descriptor
    buffer.reserveCapacity(1 << 17)
  }

  /// Writes the buffer out if it has grown large.
  mutating func flushIfLarge() throws(Ending) {
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Writes the buffer out.
  mutating func flush() throws(Ending) {
    var start = 0
    while start < buffer.count {
      let count = buffer.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + start }, $0.count - start)
      }
      if count > 0 { start += count }
      if count >= 0 || errno == EINTR { continue }
      if errno == EAGAIN {
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wait, 1, 1000)
        continue
      }
      throw errno == EPIPE ? .readerLeft : .failed(String(cString: strerror(errno)))
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
